//! The index on disk: where it is, whether it is true, and how it is brought up to date.
//!
//! It stands in `.spv/index` of a library one may write, else in the person's cache, and can be deleted at
//! any time. One writer at a time, under the lock file in it; readers take no lock. A commit changes the list of
//! segments at once, with the name of the manifest that belongs to it, so that a writer may be
//! killed at any moment: what it had committed stands, and the rest is done the next time.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rustix::io::Errno;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::directory::{Stored, clear};
use super::guard::guarded;
use super::manifest::{self, Manifest, Stamp};
use super::open::LIST;
use super::schema::{VERSION, key};
use super::work::Work;
use crate::library::{
    Entry, Folder, Held, Keeping, Library, NotHeld, Place, believed, lock, made_as_open,
    places_of_index, reason, safe, shut_out_everyone,
};

/// The folder of the index, beside the catalogue.
const FOLDER: &str = "index";
/// The lock file in it.
const LOCK: &str = "lock";
/// A larger manifest is not ours, in bytes.
const MANIFEST_LIMIT: u64 = 64 << 20;

/// Why an index could not be used or made.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It is damaged; `spv index` makes it again.
    #[error("the index is damaged ({0}); make it again with spv index")]
    Damaged(String),
    /// The program is wrong: where, and what it said.
    #[error("a fault in the program, not in what it reads: {0}; please report this line")]
    Fault(String),
    /// It is as it was written, and yet cannot be used.
    #[error("the index cannot be used ({0}); remove the folder .spv/index and search again")]
    Unusable(String),
    /// The system refused to read it or to work with it.
    #[error("the index: {}", reason(.0))]
    System(io::Error),
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
    /// What was made could not be written; what was committed before stands.
    #[error("the index could not be written: {}", reason(.0))]
    Unwritten(io::Error),
    /// The person stopped it. What was committed stands.
    #[error("stopped; what was indexed until now is kept")]
    Stopped,
}

impl From<TantivyError> for IndexError {
    /// Only checksums say that an index is damaged (`sound`). What the system refuses is called
    /// by its name: making the index again would not help.
    fn from(error: TantivyError) -> Self {
        let system = match &error {
            TantivyError::IoError(error)
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: error,
                ..
            })
            | TantivyError::LockFailure(LockError::IoError(error), _)
                if error.raw_os_error().is_some() =>
            {
                error
            }
            // What tantivy says where it cannot start a thread.
            TantivyError::SystemError(_) => return Self::System(Errno::AGAIN.into()),
            // A panic in a thread of tantivy's own comes as one of these.
            TantivyError::ErrorInThread(_) | TantivyError::Poisoned => {
                let fault = super::guard::last_fault().map(Self::Fault);
                return fault.unwrap_or_else(|| Self::Unusable(error.to_string()));
            }
            _ => return Self::Unusable(error.to_string()),
        };
        Self::of_system(system)
    }
}

impl IndexError {
    /// What the system said.
    pub(super) fn of_system(error: &io::Error) -> Self {
        let again = match error.raw_os_error() {
            Some(number) => io::Error::from_raw_os_error(number),
            None => error.kind().into(),
        };
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem => Self::Unwritten(again),
            _ => Self::System(again),
        }
    }

    /// A panic that was just caught.
    pub(super) fn fault() -> Self {
        Self::Fault(super::guard::last_fault().unwrap_or_else(|| "a panic".to_owned()))
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

/// Where an index of a library may be, the preferred place first.
fn places(library: &Library, cache: Option<&Path>) -> (Vec<Place>, Keeping) {
    let cache = cache.map(Path::to_owned);
    let keeping = Keeping { cache, ..library.keeping().clone() };
    (library.root().map_or(Vec::new(), |root| places_of_index(root, &keeping)), keeping)
}

/// The folders of the indexes of a library that are there and may be believed.
pub(super) fn believed_indexes(library: &Library, cache: Option<&Path>) -> Vec<Folder> {
    let Some(root) = library.root() else { return Vec::new() };
    let open = |place: &Place| {
        let place = place.open().ok()?;
        let folder = place.folder(FOLDER).ok()?;
        believed(root, &place, &folder).then_some(folder)
    };
    places(library, cache).0.iter().filter_map(open).collect()
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

pub(super) fn manifest_of(folder: &Folder, name: &str) -> Option<Manifest> {
    manifest::read(folder.read(name, MANIFEST_LIMIT).ok()?)
}

/// The manifest of the index in a folder, be it true or not.
fn standing(folder: &Folder) -> Option<Manifest> {
    if !folder.has(LIST) {
        return None;
    }
    let index = tantivy::Index::open(Stored::to_read(folder).ok()?).ok()?;
    let (_, name) = payload(&index).filter(|(version, _)| *version == VERSION)?;
    manifest_of(folder, &name)
}

/// What is to be done: the entries to look at, oldest first, and the keys of records that are gone.
pub(super) fn difference<'a>(
    library: &'a Library,
    manifest: &Manifest,
) -> (Vec<&'a Entry>, Vec<u64>) {
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
pub(super) fn is_true(library: &Library, folder: &Folder) -> bool {
    standing(folder).is_some_and(|manifest| {
        let (changed, gone) = difference(library, &manifest);
        changed.is_empty() && gone.is_empty()
    })
}

/// Whether there is an index for a library, and whether it is true: a look at every file.
#[must_use]
pub fn state(library: &Library, cache: Option<&Path>) -> State {
    if library.root().is_none() {
        return State::True;
    }
    let states = believed_indexes(library, cache).into_iter().filter_map(|folder| {
        let (changed, gone) = difference(library, &standing(&folder)?);
        Some(changed.len() + gone.len())
    });
    match states.min() {
        None => State::Missing,
        Some(0) => State::True,
        Some(behind) => State::Behind(behind),
    }
}

/// The records of a library that none of its indexes holds as they are: they are new, or cannot be read.
#[must_use]
pub fn missing<'a>(library: &'a Library, cache: Option<&Path>) -> Vec<&'a Entry> {
    let changed = believed_indexes(library, cache)
        .into_iter()
        .filter_map(|folder| Some(difference(library, &standing(&folder)?).0));
    changed.min_by_key(Vec::len).unwrap_or_default()
}

/// Whether the person has an index of a library in their own cache, where the library could keep one.
fn has_private(library: &Library, cache: Option<&Path>) -> bool {
    let (places, _) = places(library, cache);
    let there = |place: &Place| place.path().join(FOLDER).join(LIST).is_file();
    places.len() > 1 && places.iter().any(|place| place.is_private() && there(place))
}

/// As [`update`] where it may be done: in the library, or where that may not be written and the person has
/// made an index of it in their own cache, there.
///
/// # Errors
/// As [`update`].
pub fn bring(
    library: &Library,
    cache: Option<&Path>,
    cancelled: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Updated, IndexError> {
    match update(library, cache, false, cancelled, progress) {
        Err(IndexError::Refused { .. }) if has_private(library, cache) => {
            update(library, cache, true, cancelled, progress)
        }
        done => done,
    }
}

/// Brings the index of a library up to date, or makes it: where a setting says, else in the library, or where
/// `private` in the person's cache. A flat folder of files is somebody's own, and its index is always in the cache;
/// so is that of a library in which none could be believed, as on a disk where everyone may write everything.
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
    let (mut places, keeping) = places(library, cache);
    places.retain(|place| !private || place.is_private());
    let mut unusable = IndexError::Refused {
        file: root.to_owned(),
        message: "there is no folder for its index; set HOME or XDG_CACHE_HOME".to_owned(),
    };
    for place in &places {
        match Ready::make(root, place, &keeping, private) {
            Ok(ready) => return ready.update(library, cancelled, progress),
            Err(Unready::Unusable(error)) => unusable = error,
            Err(Unready::Failed(error)) => return Err(error),
        }
    }
    Err(unusable)
}

/// The folder of an index, with its lock held.
struct Ready {
    place: Folder,
    folder: Folder,
    private: bool,
    _lock: Held,
}

/// Why a folder was not made ready.
enum Unready {
    /// None can be kept in this place by anybody, and it may be in another.
    Unusable(IndexError),
    /// It may be later, or by others.
    Failed(IndexError),
}

impl Ready {
    fn make(root: &Path, at: &Place, keeping: &Keeping, private: bool) -> Result<Self, Unready> {
        let path = at.path().join(FOLDER);
        let private = private || at.is_private();
        let refused = |error: io::Error| {
            let failed = refused(&path, private, &error);
            // What we refuse ourselves is a link, or root in a library of others.
            let ours = error.raw_os_error().is_none();
            if ours { Unready::Unusable(failed) } else { Unready::Failed(failed) }
        };
        let place = at.make(keeping).map_err(refused)?;
        let folder = made_as_open(&place, FOLDER).map_err(refused)?;
        let lock = lock(&folder, LOCK).map_err(|why| match why {
            NotHeld::ByAnother(by) => {
                Unready::Failed(IndexError::Locked { lock: folder.join(LOCK), by })
            }
            NotHeld::Refused(e) => refused(e),
        })?;
        if !believed(root, &place, &folder) {
            shut_out_everyone(&place, &folder);
            clear(&folder);
        }
        if believed(root, &place, &folder) {
            folder.clean();
            return Ok(Self { place, folder, private, _lock: lock });
        }
        let message = "others than you and the owner of the library may change what is in it, so it is not used; remove this folder and do it again, or make one for yourself with spv index --private";
        Err(Unready::Unusable(IndexError::Refused { file: path, message: message.to_owned() }))
    }

    fn update(
        self,
        library: &Library,
        cancelled: &AtomicBool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Updated, IndexError> {
        let folder = &self.folder;
        let mut anew = false;
        let mut bring = || {
            let work = || {
                let mut work = Work::open(folder)?;
                anew = work.anew;
                work.run(library, cancelled, progress)
            };
            (guarded(work).unwrap_or_else(|| Err(IndexError::fault())), anew)
        };
        let mut updated = bring();
        let damaged = |e: &IndexError| {
            matches!(e, IndexError::Damaged(_) | IndexError::Unusable(_) | IndexError::Fault(_))
        };
        if updated.0.as_ref().is_err_and(damaged) && !updated.1 {
            // What cannot be gone on with is made again, once.
            clear(folder);
            updated = bring();
        }
        shut_out_everyone(&self.place, folder);
        match updated.0 {
            Err(IndexError::Unwritten(error)) => Err(refused(folder.path(), self.private, &error)),
            updated => updated,
        }
    }
}

/// A refusal of the system, with what to do.
fn refused(folder: &Path, private: bool, error: &io::Error) -> IndexError {
    let mut message = safe::advice(folder, error);
    if !private {
        message.push_str("; or make one for yourself with spv index --private");
    }
    IndexError::Refused { file: folder.to_owned(), message }
}
