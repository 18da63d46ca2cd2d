//! Many records into a library at once: written beside, synced in batches, renamed, noted.
//!
//! A batch counts when its line in the journal is on the disk. Whatever moment a writer is killed at,
//! each record is whole or not there, what it left half-written is removed by the next one, and the
//! next import over the same sources ends with the same files.

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
use super::writer::{Writer, pack};
use crate::record::Record;
pub use journal::Origin;
use journal::{Journal, Standing};

/// The level of zstd for many records: a tenth of the time of the strongest for 3 % more bytes.
pub(super) const LEVEL: i32 = 9;
/// A batch has at most this many records,
const RECORDS: usize = 64;
/// and at most this many bytes.
const BYTES: usize = 8 << 20;
/// At most this many folders are kept open between batches.
const FOLDERS: usize = 64;
/// The log of an import, in the folder for what is made in the library.
const LOG: &str = "import.log";

/// A record as the bytes of its file. Making it is the costly part and takes no library.
#[derive(Clone, Debug)]
pub struct Packed {
    file: PathBuf,
    origin: String,
    bytes: Vec<u8>,
}

impl Packed {
    /// Packs a record; `origin` is what it is made from, in words that are the same only for the
    /// same record.
    ///
    /// # Errors
    /// When it could not be read back, or is larger than any record.
    pub fn of(record: &Record, origin: String) -> Result<Self, LibraryError> {
        let file = usual_file(&record.symbol, &record.language, record.date);
        let bytes = pack(&file, record, LEVEL)?;
        Ok(Self { file, origin, bytes })
    }

    /// How many bytes its file has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not here before.
    New,
    /// The same text is here already.
    Same,
    /// It takes the place of another, which is kept under `editions/`.
    Replaced,
    /// Another with other words and no worse a source stands there, and stays.
    Kept,
}

/// A record that is written beside and waits for its batch.
#[derive(Debug)]
struct Waiting {
    unfinished: Unfinished,
    file: PathBuf,
    origin: String,
    /// Files of the same record elsewhere, which give way.
    instead_of: Vec<PathBuf>,
}

/// The right to write many records, held until it is dropped.
#[derive(Debug)]
pub struct Bulk {
    writer: Writer,
    replace: Replace,
    journal: Journal,
    existing: ExistingRecords,
    /// The folders that were written to, open, from the root on.
    folders: HashMap<PathBuf, Folder>,
    waiting: Vec<Waiting>,
    /// Records of this batch that stand already.
    noted: Vec<Standing>,
    bytes: usize,
}

impl Bulk {
    /// Takes the lock of a library, which is made if it is not there.
    ///
    /// # Errors
    /// When another program holds the lock, or the folder may not be written.
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
    #[must_use]
    pub fn root(&self) -> &Path {
        self.writer.root()
    }

    /// What to say where the file system keeps no locks.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.writer.warning()
    }

    fn own_folder(&self) -> PathBuf {
        self.writer.own().path().to_owned()
    }

    /// Where the log of the import is.
    #[must_use]
    pub fn log_path(&self) -> PathBuf {
        self.own_folder().join(LOG)
    }

    /// What the log of the import before says, where it has at most `limit` bytes.
    #[must_use]
    pub fn read_log(&self, limit: u64) -> String {
        let bytes = self.writer.own().read(LOG, limit + 1).unwrap_or_default();
        let whole = bytes.len() as u64 <= limit;
        if whole { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
    }

    /// Begins the log of this import, in the place of the one before.
    ///
    /// # Errors
    /// What the system said.
    pub fn begin_log(&self) -> io::Result<File> {
        self.writer.own().create_anew(LOG, 0o644)
    }

    /// The files that are here, as of now.
    #[must_use]
    pub fn existing_records(&self) -> &ExistingRecords {
        &self.existing
    }

    /// Whether an import over these inputs ran to its end and what it left still stands.
    #[must_use]
    pub fn is_complete(&self, inputs: &str) -> bool {
        self.journal.is_complete(inputs)
            && (self.replace == Replace::Better || !self.journal.has_others())
    }

    /// The origin of each record that came by bulk and stands as it was left, by its file from the
    /// root on.
    #[must_use]
    pub fn origins(&self) -> HashMap<String, Origin> {
        self.journal.standing(self.replace == Replace::Better)
    }

    /// Takes a record. It is on the disk when its batch is; [`Bulk::flush`] ends one.
    ///
    /// # Errors
    /// When the system refuses; the batches before this one stay.
    pub fn put(&mut self, packed: Packed) -> Result<Put, LibraryError> {
        if !self.existing.has(&packed.file) {
            self.write_unfinished(packed, Vec::new())?;
            return Ok(Put::New);
        }
        let record = packed_record(&packed.bytes)
            .map_err(|fault| LibraryError::of_fault(&packed.file, fault))?;
        let standing = match self.existing.verdict(&packed.file, &record, self.replace)? {
            Verdict::Same(path) => return self.note(&path, &packed.origin, false, Put::Same),
            Verdict::Kept(path) => return self.note(&path, &packed.origin, true, Put::Kept),
            Verdict::Written(standing) => standing,
        };
        for path in &standing {
            let whole = self.root().join(path);
            self.writer.keep_aside(&whole).map_err(|e| LibraryError::unwritten(&whole, &e))?;
        }
        let others = standing.into_iter().filter(|path| *path != packed.file).collect();
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
        let standing = Standing::now(self.root(), file, origin, other)
            .map_err(|e| LibraryError::unwritten(file, &e))?;
        self.noted.push(standing);
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

    /// A folder of the library, which is made where it is missing.
    fn folder(&mut self, folder: &Path) -> io::Result<Folder> {
        if let Some(open) = self.folders.get(folder) {
            return Ok(open.clone());
        }
        if self.folders.len() >= FOLDERS {
            self.folders.clear();
        }
        let open = self.writer.make(folder)?;
        self.folders.insert(folder.to_owned(), open.clone());
        Ok(open)
    }

    fn end_of_batch(&mut self) -> Result<(), LibraryError> {
        let full = self.waiting.len() + self.noted.len() >= RECORDS || self.bytes >= BYTES;
        if full { self.flush() } else { Ok(()) }
    }

    /// Ends the batch: syncs what is beside, renames it, syncs the folders and notes it.
    ///
    /// # Errors
    /// When the system refuses; of this batch some records may be in their places and none is noted.
    pub fn flush(&mut self) -> Result<(), LibraryError> {
        let batch = std::mem::take(&mut self.waiting);
        let mut noted = std::mem::take(&mut self.noted);
        self.bytes = 0;
        let root = self.root().to_owned();
        // All are written before the first is synced, so that the disk takes them together.
        for one in &batch {
            let synced = sync(&one.unfinished.file);
            synced.map_err(|e| LibraryError::unwritten(&root.join(&one.file), &e))?;
        }
        // The folder of a year may be new itself.
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
                Standing::now(&root, &one.file, &one.origin, false)
                    .map_err(|e| LibraryError::unwritten(&whole, &e))?,
            );
            self.existing.is_now(one.file);
        }
        for folder in folders.into_values() {
            folder.sync().map_err(|e| LibraryError::unwritten(folder.path(), &e))?;
        }
        self.journal.note(noted).map_err(|e| LibraryError::unwritten(&self.own_folder(), &e))
    }

    /// Ends the last batch, and notes that the import over these inputs ran to its end.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn complete(&mut self, inputs: String) -> Result<(), LibraryError> {
        self.flush()?;
        self.journal.complete(inputs).map_err(|e| LibraryError::unwritten(&self.own_folder(), &e))
    }
}
