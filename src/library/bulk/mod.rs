//! Writes many records into a library: to temporary files, synced in batches, renamed, entered into
//! a journal.
//!
//! A batch counts once its line in the journal is on disk. Whenever a writer is killed, each record
//! is complete or missing; the next writer removes what was half-written, and the next import of
//! the same sources ends with the same files.

mod journal;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::catalogue::usual_file;
use super::error::LibraryError;
use super::existing::Replace;
pub use super::existing::{ExistingRecords, Verdict};
use super::files::packed_record;
use super::safe::unfinished::Unfinished;
use super::safe::{Folder, sync};
use super::writer::{Writer, pack_record};
use crate::record::Record;
pub use journal::Origin;
use journal::{Imported, Journal};

/// The zstd level for many records: a tenth of the time of the highest for 3 % more bytes.
pub(super) const LEVEL: i32 = 9;
/// A batch has at most this many records,
const RECORDS: usize = 64;
/// and at most this many bytes.
const BYTES: usize = 8 << 20;
/// The number of folders kept open between batches.
const FOLDERS: usize = 64;
/// The log of an import, in the folder for derived files.
const LOG: &str = "import.log";

/// A record as the bytes of its file. Packing is the expensive part and needs no library.
#[derive(Clone, Debug)]
pub struct Packed {
    file: PathBuf,
    origin: String,
    bytes: Vec<u8>,
}

impl Packed {
    /// Packs a record. `origin` describes what it was made from, in words that are the same only
    /// for the same record.
    ///
    /// # Errors
    /// If it would not read back, or is too large.
    pub fn of(record: &Record, origin: String) -> Result<Self, LibraryError> {
        let file = usual_file(&record.symbol, &record.language, record.date);
        let bytes = pack_record(&file, record, LEVEL)?;
        Ok(Self { file, origin, bytes })
    }
}

/// What was done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    New,
    /// The library already has the same text.
    Same,
    /// It replaces another, which is kept under `editions/`.
    Replaced,
    /// The existing one has other words and a source that is no worse, and is kept.
    Kept,
}

/// A record in a temporary file that waits for its batch.
#[derive(Debug)]
struct Waiting {
    unfinished: Unfinished,
    file: PathBuf,
    origin: String,
    /// Other files of the same record, to be removed.
    instead_of: Vec<PathBuf>,
}

/// The right to write many records, held until dropped.
#[derive(Debug)]
pub struct Bulk {
    writer: Writer,
    replace: Replace,
    journal: Journal,
    existing: ExistingRecords,
    /// Open folders by their path relative to the root.
    folders: HashMap<PathBuf, Folder>,
    waiting: Vec<Waiting>,
    /// Records of this batch that need not be written.
    noted: Vec<Imported>,
    bytes: usize,
}

impl Bulk {
    /// Takes the lock of a library, which is created if missing.
    ///
    /// # Errors
    /// If another program holds the lock or the folder cannot be written.
    pub fn open(root: &Path, replace: Replace) -> Result<Self, LibraryError> {
        let writer = Writer::open(root)?;
        let root = writer.root().to_owned();
        Ok(Self {
            existing: ExistingRecords::list(&root),
            journal: Journal::open(&root, writer.own().clone()),
            writer,
            replace,
            folders: HashMap::new(),
            waiting: Vec::new(),
            noted: Vec::new(),
            bytes: 0,
        })
    }

    /// The folder of the library.
    pub fn root(&self) -> &Path {
        self.writer.root()
    }

    /// A warning if the file system has no locks.
    pub fn warning(&self) -> Option<String> {
        self.writer.warning()
    }

    fn own_path(&self) -> PathBuf {
        self.writer.own().path().to_owned()
    }

    /// The path of the import log.
    pub fn log_path(&self) -> PathBuf {
        self.own_path().join(LOG)
    }

    /// The log of the previous import; empty if it has more than `limit` bytes.
    pub fn read_log(&self, limit: u64) -> String {
        let bytes = self.writer.own().read(LOG, limit + 1).unwrap_or_default();
        let whole = bytes.len() as u64 <= limit;
        if whole { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
    }

    /// Starts the log of this import, replacing the previous one.
    ///
    /// # Errors
    /// What the system said.
    pub fn start_log(&self) -> io::Result<File> {
        self.writer.own().create_empty(LOG, 0o644)
    }

    /// The existing record files.
    pub fn existing_records(&self) -> &ExistingRecords {
        &self.existing
    }

    /// Whether an import of these inputs was completed and its files are unchanged.
    pub fn is_complete(&self, inputs: &str) -> bool {
        self.journal.is_complete(inputs)
            && (self.replace == Replace::Better || !self.journal.has_others())
    }

    /// The origin of each imported record that is unchanged, by its file relative to the root.
    pub fn origins(&self) -> HashMap<String, Origin> {
        self.journal.origins(self.replace == Replace::Better)
    }

    /// Adds a record. It is on disk once its batch is; [`Bulk::flush`] ends a batch.
    ///
    /// # Errors
    /// If the system refuses; earlier batches are kept.
    pub fn put(&mut self, packed: Packed) -> Result<Put, LibraryError> {
        if !self.existing.has(&packed.file) {
            self.write_unfinished(packed, Vec::new())?;
            return Ok(Put::New);
        }
        let record = packed_record(&packed.bytes)
            .map_err(|fault| LibraryError::of_fault(&packed.file, fault))?;
        let existing = match self.existing.verdict(&packed.file, &record, self.replace)? {
            Verdict::Same(path) => return self.note(&path, &packed.origin, false, Put::Same),
            Verdict::Kept(path) => return self.note(&path, &packed.origin, true, Put::Kept),
            Verdict::Written(existing) => existing,
        };
        for path in &existing {
            let whole = self.root().join(path);
            self.writer.keep_aside(&whole).map_err(|e| LibraryError::unwritten(&whole, &e))?;
        }
        let others = existing.into_iter().filter(|path| *path != packed.file).collect();
        self.write_unfinished(packed, others)?;
        Ok(Put::Replaced)
    }

    fn note(
        &mut self,
        file: &Path,
        origin: &str,
        other: bool,
        put: Put,
    ) -> Result<Put, LibraryError> {
        let imported = Imported::now(self.root(), file, origin, other)
            .map_err(|e| LibraryError::unwritten(file, &e))?;
        self.noted.push(imported);
        self.end_of_batch().map(|()| put)
    }

    fn write_unfinished(
        &mut self,
        packed: Packed,
        others: Vec<PathBuf>,
    ) -> Result<(), LibraryError> {
        let folder = packed.file.parent().unwrap_or(Path::new("")).to_owned();
        let whole = self.root().join(&folder);
        let mut write = || -> io::Result<Unfinished> {
            let mut unfinished = self.folder(&folder)?.unfinished(0o644)?;
            unfinished.file.write_all(&packed.bytes)?;
            Ok(unfinished)
        };
        let unfinished = write().map_err(|e| LibraryError::unwritten(&whole, &e))?;
        self.bytes += packed.bytes.len();
        let (file, origin) = (packed.file, packed.origin);
        self.waiting.push(Waiting { unfinished, file, origin, instead_of: others });
        self.end_of_batch()
    }

    /// A folder of the library, created if missing.
    fn folder(&mut self, folder: &Path) -> io::Result<Folder> {
        if let Some(open) = self.folders.get(folder) {
            return Ok(open.clone());
        }
        if self.folders.len() >= FOLDERS {
            self.folders.clear();
        }
        let open = self.writer.make_folder(folder)?;
        self.folders.insert(folder.to_owned(), open.clone());
        Ok(open)
    }

    fn end_of_batch(&mut self) -> Result<(), LibraryError> {
        let full = self.waiting.len() + self.noted.len() >= RECORDS || self.bytes >= BYTES;
        if full { self.flush() } else { Ok(()) }
    }

    /// Ends the batch: syncs the temporary files, renames them, syncs the folders and writes the
    /// journal.
    ///
    /// # Errors
    /// If the system refuses; some records of this batch may be in place, none is in the journal.
    pub fn flush(&mut self) -> Result<(), LibraryError> {
        let batch = std::mem::take(&mut self.waiting);
        let mut noted = std::mem::take(&mut self.noted);
        self.bytes = 0;
        let root = self.root().to_owned();
        // All files are written before the first is synced, so that the disk can write them
        // together.
        for one in &batch {
            let synced = sync(&one.unfinished.file);
            synced.map_err(|e| LibraryError::unwritten(&root.join(&one.file), &e))?;
        }
        // The folder of the year may be new too.
        let mut folders = BTreeMap::new();
        for one in batch {
            let whole = root.join(&one.file);
            let name = one.file.file_name().unwrap_or_default();
            one.unfinished.replace(name).map_err(|e| LibraryError::unwritten(&whole, &e))?;
            for other in &one.instead_of {
                let other = root.join(other);
                self.writer.remove(&other).map_err(|e| LibraryError::unwritten(&other, &e))?;
            }
            for folder in one.file.ancestors().skip(1).take(2) {
                if !folders.contains_key(folder) {
                    let open = self.folder(folder);
                    let open = open.map_err(|e| LibraryError::unwritten(&root.join(folder), &e))?;
                    folders.insert(folder.to_owned(), open);
                }
            }
            noted.push(
                Imported::now(&root, &one.file, &one.origin, false)
                    .map_err(|e| LibraryError::unwritten(&whole, &e))?,
            );
            self.existing.set_only(one.file);
        }
        for folder in folders.into_values() {
            folder.sync().map_err(|e| LibraryError::unwritten(folder.path(), &e))?;
        }
        self.journal.note(noted).map_err(|e| LibraryError::unwritten(&self.own_path(), &e))
    }

    /// Ends the last batch and marks the import of these inputs as completed.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn complete(&mut self, inputs: String) -> Result<(), LibraryError> {
        self.flush()?;
        self.journal.complete(inputs).map_err(|e| LibraryError::unwritten(&self.own_path(), &e))
    }
}
