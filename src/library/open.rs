//! A library: a folder of record files, or the exercise debates inside the binary.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::cache;
use super::catalogue::{Catalogue, Decoded, Disk, Entry, Stamp, decode, edition, encode, stamps};
use super::error::{LibraryError, Problem, one_line};
use super::existing::Replace;
use super::facts;
use super::files::{parse_record, read_packed, record_of, stamp, text_of};
use super::folders::cache_folder;
use super::keeping::Keeping;
use super::parallel::parallel_map;
use super::scan::{Known, Scan, is_refused, scan, take_in};
use super::writer::{Stored, Writer};
use crate::record::json::read_statements;
use crate::record::{Language, Record, Statement, Symbol};

/// The catalogue, as `encode.rs` describes it; the files in it are names of [`EXERCISE_TEXTS`].
pub(super) static EXERCISE_CATALOGUE: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/exercise.bin"));

/// File names and texts of the debates, as in `data/exercise`.
pub(super) static EXERCISE_TEXTS: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/exercise.rs"));

/// The number of files a thread checks at a time.
const LOOKS: usize = 256;

/// A library: its folder, its catalogue and the files that could not be read.
#[derive(Debug, Default)]
pub struct Library {
    root: Option<PathBuf>,
    keeping: Keeping,
    catalogue: Arc<Catalogue>,
    problems: Vec<Problem>,
    disk: Disk,
    stamps: Vec<u8>,
}

impl Library {
    /// The exercise debates inside the binary.
    pub fn exercise() -> Self {
        let catalogue = decode(EXERCISE_CATALOGUE).map(|decoded| decoded.catalogue.sorted());
        Self { catalogue: Arc::new(catalogue.unwrap_or_default()), ..Self::default() }
    }

    /// Opens a folder: one with `records/YYYY/`, or a flat one of record files. Files that cannot
    /// be read become [`Problem`]s; an empty folder is an empty library. The catalogue is kept in
    /// the library, or else in the user's cache, see [`Library::open_with`].
    ///
    /// # Errors
    /// When the folder itself is missing or cannot be read.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        Self::open_with(root, cache_folder().as_deref())
    }

    /// Opens a folder. `cache` is where the catalogue is kept if the library cannot be written;
    /// with `None` it is then rebuilt each time.
    ///
    /// An existing catalogue is used if the modification times of the folders still match.
    /// Otherwise the files that changed are read on all processors, and the catalogue is written
    /// again.
    ///
    /// # Errors
    /// When the folder itself is missing or cannot be read.
    pub fn open_with(root: &Path, cache: Option<&Path>) -> Result<Self, LibraryError> {
        let cache = cache.map(Path::to_owned);
        Self::open_keeping(root, &Keeping { cache, named: true, ..Keeping::default() })
    }

    /// Opens a folder; `keeping` says where derived files may be kept.
    ///
    /// # Errors
    /// When the folder itself is missing or cannot be read.
    pub fn open_keeping(root: &Path, keeping: &Keeping) -> Result<Self, LibraryError> {
        let kept = cache::find_catalogue(root, keeping);
        match kept {
            Some(decoded) if cache::looks_same(root, &decoded.disk) => {
                Ok(Self::of_decoded(root, keeping, decoded))
            }
            Some(decoded) => {
                let known = cache::known_files(&decoded);
                Self::made(root, keeping, scan_now(root)?, known)
            }
            None => Self::made(root, keeping, scan_now(root)?, HashMap::new()),
        }
    }

    /// Whether every file is unchanged since the catalogue was made, judged by its metadata.
    pub fn looks_unchanged(&self) -> bool {
        let Some(root) = &self.root else { return true };
        let entries = &self.catalogue.entries;
        let Some(stamps) = stamps(&self.stamps, entries.len()) else { return false };
        let groups = entries.len().div_ceil(LOOKS);
        let same = parallel_map(groups, |group| {
            let range = group * LOOKS..entries.len().min((group + 1) * LOOKS);
            let same = entries[range.clone()].iter().zip(&stamps[range]).all(|(entry, then)| {
                let file = root.join(entry.file());
                std::fs::metadata(&file)
                    .is_ok_and(|meta| stamp(&meta) == *then && !is_refused(&file, &meta))
            });
            same.then_some(())
        });
        same.iter().all(Option::is_some)
    }

    /// Size, seconds and nanoseconds of the file of each entry when the catalogue was made; `None` if the catalogue
    /// does not have them.
    pub fn known_stamps(&self) -> Option<Vec<(u64, i64, u32)>> {
        let known = stamps(&self.stamps, self.catalogue.entries.len())?;
        Some(known.into_iter().map(|stamp| (stamp.size, stamp.seconds, stamp.nanos)).collect())
    }

    /// Whether the files of some entries, given by their indexes, are as they were when the catalogue was made.
    pub fn are_unchanged(&self, entries: impl IntoIterator<Item = usize>) -> bool {
        let Some(root) = &self.root else { return true };
        let all = &self.catalogue.entries;
        let Some(known) = stamps(&self.stamps, all.len()) else { return false };
        entries.into_iter().all(|nth| {
            let (Some(entry), Some(then)) = (all.get(nth), known.get(nth)) else { return false };
            std::fs::metadata(root.join(entry.file())).is_ok_and(|meta| stamp(&meta) == *then)
        })
    }

    /// Compares every file with the catalogue, which [`Library::open`] leaves until after the first
    /// screen. Returns the current library if something changed.
    ///
    /// # Errors
    /// When the folder is gone or cannot be read any longer.
    pub fn refresh(&self) -> Result<Option<Self>, LibraryError> {
        let Some(root) = &self.root else {
            return Ok(None);
        };
        let looked = scan_now(root)?;
        let entries = &self.catalogue.entries;
        let stamps = stamps(&self.stamps, entries.len()).unwrap_or_default();
        let mut then: HashMap<String, Stamp> = entries
            .iter()
            .zip(stamps)
            .map(|(entry, stamp)| (entry.file().to_string_lossy().into_owned(), stamp))
            .collect();
        then.extend(self.disk.problems.iter().map(|bad| (bad.file.clone(), bad.stamp)));
        let is_problem = |file: &str| self.disk.problems.iter().any(|bad| bad.file == file);
        let same = cache::looks_same(root, &self.disk)
            && looked.scan.disk.problems.iter().all(|bad| is_problem(&bad.file))
            && looked.scan.files.iter().all(|found| {
                then.get(&found.file) == Some(&found.stamp)
                    && (!found.refused || is_problem(&found.file))
            });
        if same {
            return Ok(None);
        }
        let known = cache::find_catalogue(root, &self.keeping).map(|d| cache::known_files(&d));
        let mut made = Self::made(root, &self.keeping, looked, known.unwrap_or_default())?;
        made.prefer(self.catalogue.preferred().cloned());
        Ok(Some(made))
    }

    /// A file kept beside the catalogue; `None` if there is none that can be trusted.
    pub(super) fn kept(&self, name: &str, limit: u64) -> Option<Vec<u8>> {
        cache::find_kept_file(self.root.as_deref()?, &self.keeping, name, limit)
    }

    /// Keeps a file beside the catalogue; returns false if that is not permitted.
    pub(super) fn keep(&self, name: &str, bytes: &[u8]) -> bool {
        let keeping = &self.keeping;
        self.root.as_deref().is_some_and(|root| cache::keep_file(root, keeping, name, bytes))
    }

    /// Current size, seconds and nanoseconds of the file of an entry.
    pub(super) fn stamp_now(&self, entry: &Entry) -> Option<(u64, i64, u32)> {
        let meta = std::fs::metadata(self.file(entry)?).ok()?;
        let stamp = stamp(&meta);
        Some((stamp.size, stamp.seconds, stamp.nanos))
    }

    /// Reads the files that are not known, and keeps the catalogue.
    fn made(
        root: &Path,
        keeping: &Keeping,
        looked: TimedScan,
        mut known: HashMap<String, Known>,
    ) -> Result<Self, LibraryError> {
        let (mut disk, outlines) = take_in(root, looked.scan, &mut known);
        cache::mark_fresh(&mut disk, looked.started);
        let too_much = || LibraryError::Bad {
            file: root.to_owned(),
            message: "too many names and topics for one catalogue; divide it into several \
                      libraries"
                .to_owned(),
        };
        let bytes = encode(&disk, &outlines).ok_or_else(too_much)?;
        let decoded = decode(&bytes).ok_or_else(too_much)?;
        cache::keep_catalogue(root, keeping, &bytes);
        Ok(Self::of_decoded(root, keeping, decoded))
    }

    fn of_decoded(root: &Path, keeping: &Keeping, decoded: Decoded) -> Self {
        let problems = decoded.disk.problems.iter().map(|bad| Problem::of_bad(root, bad));
        Self {
            problems: problems.chain(facts::load(root)).collect(),
            root: Some(root.to_owned()),
            keeping: keeping.clone(),
            catalogue: Arc::new(decoded.catalogue),
            disk: decoded.disk,
            stamps: decoded.stamps,
        }
    }

    /// Sets the preferred language for records in several languages.
    pub fn prefer(&mut self, language: Option<Language>) {
        if self.catalogue.preferred() != language.as_ref() {
            Arc::make_mut(&mut self.catalogue).prefer(language);
        }
    }

    /// What is in it.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The catalogue as a shared value: that of a full library takes a megabyte.
    pub fn shared_catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue)
    }

    /// The files that could not be read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The folder; `None` for the exercise debates.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The folder for catalogue and index if the library cannot be written.
    pub fn cache(&self) -> Option<&Path> {
        self.keeping.cache.as_deref()
    }

    /// Where files derived from it may be kept.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// The file of an entry; `None` for the exercise debates.
    pub fn file(&self, entry: &Entry) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join(entry.file()))
    }

    /// The problem that the record of an entry could not be read.
    pub fn unread(&self, entry: &Entry, error: &LibraryError) -> Problem {
        let file = self.file(entry).unwrap_or_else(|| entry.file());
        let message = match error {
            LibraryError::Bad { message, .. } | LibraryError::Refused { message, .. } => {
                message.clone()
            }
            other => other.to_string(),
        };
        Problem { file, message, unread: true }
    }

    /// The entry of this symbol in this language (by default the preferred one), else in English,
    /// else in any.
    pub fn entry(&self, symbol: &Symbol, language: Option<&Language>) -> Option<&Entry> {
        let language = language.or_else(|| self.catalogue.preferred());
        edition(self.catalogue.editions(symbol), language)
    }

    /// Reads the record of an entry.
    ///
    /// # Errors
    /// If the file cannot be read, is not a record, or now holds another record.
    pub fn load(&self, entry: &Entry) -> Result<Record, LibraryError> {
        self.record_of(entry, &self.bytes(entry)?)
    }

    /// Some statements of the record of an entry, by their ascending indexes, without the rest of it. `None` if they
    /// cannot be read in this way: [`load`](Self::load) says why.
    pub fn load_statements(&self, entry: &Entry, wanted: &[usize]) -> Option<Vec<Statement>> {
        let file = match &self.root {
            Some(_) => entry.file(),
            // Inside the binary nothing is packed.
            None => PathBuf::new(),
        };
        let text = text_of(&file, self.bytes(entry).ok()?).ok()?;
        read_statements(&text, (&entry.symbol, &entry.language), wanted)
    }

    /// Reads some statements of each of several records on all processors, and applies `with` to them.
    pub fn load_statements_of<T: Send>(
        &self,
        wanted: &[(&Entry, Vec<usize>)],
        with: impl Fn(usize, Vec<Statement>) -> T + Sync,
    ) -> Vec<Option<T>> {
        parallel_map(wanted.len(), |n| {
            let (entry, statements) = wanted.get(n)?;
            Some(with(n, self.load_statements(entry, statements)?))
        })
    }

    /// The bytes of the file of an entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn bytes(&self, entry: &Entry) -> Result<Cow<'static, [u8]>, LibraryError> {
        if let Some(file) = self.file(entry) {
            let read = read_packed(&file).map(Cow::Owned);
            return read.map_err(|fault| LibraryError::of_fault(&file, fault));
        }
        let file = entry.file();
        let text = EXERCISE_TEXTS.iter().find(|(name, _)| file.to_str() == Some(name));
        let text = text.map(|(_, bytes)| Cow::Borrowed(*bytes));
        text.ok_or_else(|| LibraryError::NotHere { symbol: entry.symbol.clone() })
    }

    /// The record in the bytes of the file of an entry.
    ///
    /// # Errors
    /// If they are not a record, or another record now.
    pub(crate) fn record_of(&self, entry: &Entry, bytes: &[u8]) -> Result<Record, LibraryError> {
        let file = self.file(entry).unwrap_or_else(|| entry.file());
        let read = match &self.root {
            Some(_) => record_of(&file, bytes),
            None => parse_record(bytes),
        };
        let record = read.map_err(|fault| LibraryError::of_fault(&file, fault))?;
        if record.symbol == entry.symbol && record.language == entry.language {
            return Ok(record);
        }
        Err(LibraryError::Bad {
            message: one_line(&format!(
                "field symbol: the file now holds {} in {}; start again to read it",
                record.symbol,
                record.language.name()
            )),
            file,
        })
    }

    /// Reads records on all processors and applies `with` to each.
    ///
    /// # Errors
    /// Each as [`load`](Self::load).
    pub fn load_each<T: Send>(
        &self,
        entries: &[&Entry],
        with: impl Fn(Record) -> T + Sync,
    ) -> Vec<Result<T, LibraryError>> {
        let read = |entry: &Entry| self.load(entry).map(&with);
        let done = parallel_map(entries.len(), |n| entries.get(n).map(|entry| read(entry)));
        // What a failed thread left is read here.
        done.into_iter()
            .zip(entries)
            .map(|(done, entry)| done.unwrap_or_else(|| read(entry)))
            .collect()
    }

    /// Writes one record under the lock of the library; for many, [`Writer`] takes it once.
    ///
    /// # Errors
    /// If the folder cannot be written, another program holds the lock, or the library has the
    /// record with other words from a source that is no worse. Nothing is changed then.
    pub fn store(root: &Path, record: &Record) -> Result<Stored, LibraryError> {
        Writer::open(root)?.store(record, Replace::Better)
    }
}

/// What a scan found, and when it started.
struct TimedScan {
    scan: Scan,
    started: Stamp,
}

fn scan_now(root: &Path) -> Result<TimedScan, LibraryError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let started = Stamp {
        size: 0,
        seconds: i64::try_from(now.as_secs()).unwrap_or(i64::MAX),
        nanos: now.subsec_nanos(),
    };
    let scan = scan(root).map_err(|e: io::Error| LibraryError::unread(root, e))?;
    Ok(TimedScan { scan, started })
}
