//! The index on disk: where it is, whether it is true, and how it is brought up to date.
//!
//! It stands in `.spv/index` of a library one may write, else in the person's cache, and can be deleted at
//! any time. One writer at a time, under the lock file in it; readers take no lock. A commit changes the list of
//! segments at once, with the name of the manifest that belongs to it, so that a writer may be
//! killed at any moment: what it had committed stands, and the rest is done the next time.

use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::directory::Writable;
use super::document::Maker;
use super::manifest::{self, Known, Manifest, Stamp};
use super::schema::{Fields, VERSION, fnv, key, schema, tokenizers};
use crate::library::{Entry, Library, folders, make_folder, safe};

/// The folder of the index, beside the catalogue.
const FOLDER: &str = "index";
/// After so many records what was done is committed, so that a killed writer does not begin anew.
const BETWEEN_COMMITS: usize = 2_500;
/// More segments than this are merged to one.
const SEGMENTS: usize = 8;
/// Memory of the writer, for all of its threads, in bytes.
const MEMORY: usize = 160 * 1024 * 1024;

/// Why an index could not be used or made.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It is damaged; `spv index` makes it again.
    #[error("the index is damaged ({0}); make it again with spv index")]
    Damaged(String),
    /// Another program is making it.
    #[error("{}: another spv{by} is making the index; wait for it to end", lock.display())]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// `" (process 4711)"` where it said so, else nothing.
        by: String,
    },
    /// The library may not be written.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The folder.
        file: PathBuf,
        /// What to do and whom to ask.
        message: String,
    },
    /// The person stopped it. What was committed stands.
    #[error("stopped; what was indexed until now is kept")]
    Stopped,
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// How far the making of an index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Records looked at.
    pub done: usize,
    /// Of so many.
    pub total: usize,
    /// All are read, and the parts are being put together.
    pub merging: bool,
}

/// What an update did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Records taken in, new or changed.
    pub indexed: usize,
    /// Records that are gone from the library and now from the index.
    pub removed: usize,
    /// Records that could not be read and are left out.
    pub unread: usize,
    /// The index was made from nothing.
    pub anew: bool,
}

/// Whether there is an index, and whether it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds every record as it is.
    True,
    /// So many records are new, changed or gone.
    Behind(usize),
    /// There is none that can be used.
    Missing,
}

/// The folders an index may be in, the preferred one first.
pub(super) fn places(root: &Path, cache: Option<&Path>) -> Vec<PathBuf> {
    folders(root, cache).into_iter().map(|folder| folder.join(FOLDER)).collect()
}

/// Version and name of the manifest of the commit that stands.
pub(super) fn payload(index: &tantivy::Index) -> Option<(u32, String)> {
    let payload = index.load_metas().ok()?.payload?;
    let mut words = payload.split(' ');
    if words.next() != Some("spv") {
        return None;
    }
    let version = words.next()?.parse().ok()?;
    let name = words.next().filter(|name| !name.contains('/'))?.to_owned();
    Some((version, name))
}

fn manifest_of(folder: &Path, name: &str) -> Option<Manifest> {
    manifest::read(&std::fs::read_to_string(folder.join(name)).ok()?)
}

/// The manifest of the index in a folder, be it true or not.
fn standing(folder: &Path) -> Option<Manifest> {
    if !folder.join("meta.json").is_file() {
        return None;
    }
    let directory = super::directory::ReadOnly(MmapDirectory::open(folder).ok()?);
    let index = tantivy::Index::open(directory).ok()?;
    let (_, name) = payload(&index).filter(|(version, _)| *version == VERSION)?;
    manifest_of(folder, &name)
}

/// What is to be done: the entries to look at, oldest first, and the keys of records that are gone.
fn difference<'a>(library: &'a Library, manifest: &Manifest) -> (Vec<&'a Entry>, Vec<u64>) {
    let entries = &library.catalogue().entries;
    let mut here = HashSet::with_capacity(entries.len());
    let mut changed: Vec<&Entry> = entries
        .iter()
        .filter(|entry| {
            let key = key(&entry.symbol, &entry.language);
            here.insert(key);
            let known = manifest.get(&key).map(|known| known.stamp);
            let now = library.file(entry).and_then(|file| std::fs::metadata(file).ok());
            known.is_none() || known != now.map(|meta| Stamp::of(&meta))
        })
        .collect();
    changed.reverse();
    (changed, manifest.keys().copied().filter(|key| !here.contains(key)).collect())
}

/// Whether the index in a folder holds every record as it is.
pub(super) fn is_true(library: &Library, folder: &Path) -> bool {
    standing(folder).is_some_and(|manifest| {
        let (changed, gone) = difference(library, &manifest);
        changed.is_empty() && gone.is_empty()
    })
}

/// Whether there is an index for a library, and whether it is true: a look at every file.
#[must_use]
pub fn state(library: &Library, cache: Option<&Path>) -> State {
    let Some(root) = library.root() else { return State::True };
    let states = places(root, cache).into_iter().filter_map(|folder| {
        let (changed, gone) = difference(library, &standing(&folder)?);
        Some(changed.len() + gone.len())
    });
    match states.min() {
        None => State::Missing,
        Some(0) => State::True,
        Some(behind) => State::Behind(behind),
    }
}

/// Whether the person has an index of a library in their own cache, where the library could keep one.
#[must_use]
pub fn has_private(library: &Library, cache: Option<&Path>) -> bool {
    let Some(root) = library.root() else { return false };
    let places = places(root, cache);
    places.len() > 1 && places.iter().any(|f| !f.starts_with(root) && f.join("meta.json").is_file())
}

/// Brings the index of a library up to date, or makes it: in the library, or where `private` in the
/// person's cache. A flat folder of files is somebody's own, and its index always stands in the cache.
///
/// # Errors
/// When another program is at it, the folder may not be written, or it was stopped by `cancelled`.
pub fn update(
    library: &Library,
    cache: Option<&Path>,
    private: bool,
    cancelled: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Updated, IndexError> {
    let Some(root) = library.root() else { return Ok(Updated::default()) };
    let mut places = places(root, cache);
    places.retain(|folder| !private || !folder.starts_with(root));
    let Some(folder) = places.first() else {
        return Err(IndexError::Refused {
            file: root.to_owned(),
            message: "there is no folder for its index; set HOME or XDG_CACHE_HOME".to_owned(),
        });
    };
    let refused = |error: &io::Error| {
        let mut message = safe::advice(folder, error);
        if !private && folder.starts_with(root) {
            message.push_str("; or make one for yourself with spv index --private");
        }
        IndexError::Refused { file: folder.clone(), message }
    };
    if let Some(parent) = folder.parent() {
        make_folder(root, parent).map_err(|e| refused(&e))?;
    }
    match std::fs::create_dir(folder) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(refused(&e)),
        _ => {}
    }
    let _lock = lock(&folder.join("lock"), &refused)?;
    let mut work = Work::open(folder)?;
    let updated = work.run(library, cancelled, progress);
    if matches!(updated, Err(IndexError::Damaged(_))) && !work.anew {
        // What cannot be gone on with is made again, once.
        drop(work);
        clear(folder);
        return Work::open(folder)?.run(library, cancelled, progress);
    }
    updated
}

fn lock(path: &Path, refused: &dyn Fn(&io::Error) -> IndexError) -> Result<safe::Held, IndexError> {
    let open =
        |write| OpenOptions::new().read(true).write(write).create(write).truncate(false).open(path);
    // A lock file of another member of the group can be locked without leave to write it, but then the
    // folder itself must be writable.
    let folder = path.parent().unwrap_or(path);
    let may = rustix::fs::access(folder, rustix::fs::Access::WRITE_OK);
    may.map_err(|e| refused(&e.into()))?;
    let mut file = open(true).or_else(|e| open(false).map_err(|_| e)).map_err(|e| refused(&e))?;
    match file.try_lock() {
        Ok(()) => {
            // The number is for people; that it cannot be noted hinders nothing.
            let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            Ok(safe::Held(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.take(20).read_to_string(&mut holder);
            let number = holder.trim().parse::<u32>();
            let by = number.map_or(String::new(), |n| format!(" (process {n})"));
            Err(IndexError::Locked { lock: path.to_owned(), by })
        }
        Err(TryLockError::Error(e)) => Err(refused(&e)),
    }
}

fn writable(folder: &Path) -> tantivy::Result<Writable> {
    Ok(Writable { inner: MmapDirectory::open(folder)?, folder: folder.to_owned() })
}

/// Removes everything but the lock. Only for who holds it.
fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name() != "lock" {
            // What cannot be removed makes the next step fail with its reason.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// An index that is being written.
struct Work {
    folder: PathBuf,
    index: tantivy::Index,
    fields: Fields,
    manifest: Manifest,
    anew: bool,
}

impl Work {
    /// Opens the index of a folder for writing; one that is damaged or of another version is made again.
    fn open(folder: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let opened = std::panic::catch_unwind(|| {
            let index = tantivy::Index::open(writable(folder).ok()?).ok()?;
            let (_, name) = payload(&index).filter(|(version, _)| *version == VERSION)?;
            // Opening reads every segment; one whose files are cut off fails here and not later.
            super::open::reader(&index).ok()?;
            Some((index, manifest_of(folder, &name)?))
        });
        let (mut index, manifest, anew) = match opened {
            Ok(Some((index, manifest))) => (index, manifest, false),
            _ => {
                clear(folder);
                let settings = tantivy::IndexSettings::default();
                let index = tantivy::Index::create(writable(folder)?, schema, settings)?;
                (index, Manifest::new(), true)
            }
        };
        index.set_tokenizers(tokenizers());
        Ok(Self { folder: folder.to_owned(), index, fields, manifest, anew })
    }

    fn run(
        &mut self,
        library: &Library,
        cancelled: &AtomicBool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Updated, IndexError> {
        let (changed, gone) = difference(library, &self.manifest);
        let mut updated = Updated { removed: gone.len(), anew: self.anew, ..Updated::default() };
        if changed.is_empty() && gone.is_empty() && !self.anew {
            // Nothing to do: then it is at least made sure that what there is, is sound.
            let damaged = self.index.validate_checksum()?;
            return match damaged.iter().next() {
                Some(file) => Err(IndexError::Damaged(file.display().to_string())),
                None => Ok(updated),
            };
        }
        let few = changed.len() < 64;
        let (threads, memory) = if few { (1, MEMORY / 4) } else { (2, MEMORY) };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(threads, memory)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in &gone {
            writer.delete_term(self.term(*key));
            self.manifest.remove(key);
        }
        let mut maker = Maker::default();
        let total = changed.len();
        for (done, entry) in changed.into_iter().enumerate() {
            if cancelled.load(Ordering::Relaxed) {
                self.commit(&mut writer)?;
                return Err(IndexError::Stopped);
            }
            progress(Progress { done, total, merging: false });
            self.record(library, entry, &writer, &mut maker, &mut updated)?;
            if done % BETWEEN_COMMITS == BETWEEN_COMMITS - 1 {
                self.commit(&mut writer)?;
            }
        }
        progress(Progress { done: total, total, merging: true });
        self.commit(&mut writer)?;
        self.merge(writer)?;
        Ok(updated)
    }

    fn term(&self, key: u64) -> Term {
        Term::from_field_text(self.fields.meta, &format!("key:{key:016x}"))
    }

    /// Takes in one record, where its bytes are others than those that were taken in.
    fn record(
        &mut self,
        library: &Library,
        entry: &Entry,
        writer: &IndexWriter,
        maker: &mut Maker,
        updated: &mut Updated,
    ) -> Result<(), IndexError> {
        let key = key(&entry.symbol, &entry.language);
        let read = library.file(entry).and_then(|file| {
            // The stamp is taken first: a file that changes in between is looked at again.
            let stamp = Stamp::of(&std::fs::metadata(&file).ok()?);
            Some((stamp, fnv(&std::fs::read(&file).ok()?)))
        });
        let before = self.manifest.get(&key).copied();
        if let (Some((stamp, hash)), Some(before)) = (read, before)
            && before.hash == hash
        {
            self.manifest.insert(key, Known { stamp, hash });
            return Ok(());
        }
        let mut operations: Vec<UserOperation<TantivyDocument>> = Vec::new();
        if before.is_some() {
            operations.push(UserOperation::Delete(self.term(key)));
        }
        match (read, library.load(entry)) {
            (Some((stamp, hash)), Ok(record)) => {
                let documents = maker.documents(&record, &self.fields);
                operations.extend(documents.into_iter().map(UserOperation::Add));
                self.manifest.insert(key, Known { stamp, hash });
                updated.indexed += 1;
            }
            _ => {
                self.manifest.remove(&key);
                updated.unread += 1;
            }
        }
        // In one batch, so that the documents of a record stay neighbours in one segment.
        writer.run(operations)?;
        Ok(())
    }

    fn commit(&self, writer: &mut IndexWriter) -> Result<(), IndexError> {
        let mut prepared = writer.prepare_commit()?;
        let name = format!("records-{:x}-{:x}", prepared.opstamp(), std::process::id());
        let write = |name: &str| -> io::Result<()> {
            let mut file = File::create(self.folder.join(name))?;
            file.write_all(manifest::write(&self.manifest).as_bytes())?;
            file.sync_all()
        };
        write(&name).map_err(|e| self.unwritten(&e))?;
        prepared.set_payload(&format!("spv {VERSION} {name}"));
        prepared.commit()?;
        // The manifests of earlier commits are no longer named by any.
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let file = entry.file_name();
            if file != name.as_str() && file.to_string_lossy().starts_with("records-") {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    fn unwritten(&self, error: &io::Error) -> IndexError {
        let message = safe::advice(&self.folder, error);
        IndexError::Refused { file: self.folder.clone(), message }
    }

    /// Puts the segments together where there are many: after the first making always.
    fn merge(&self, mut writer: IndexWriter) -> Result<(), IndexError> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > if self.anew { 1 } else { SEGMENTS } {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        Ok(writer.wait_merging_threads()?)
    }
}
