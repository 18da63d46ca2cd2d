//! Brings the index on disk up to date.
//!
//! The index is in `.spv/index` of a writable library, else in the user's cache, and can be deleted at any time. There is
//! one writer at a time, which holds the lock file in it; readers take no lock. A commit replaces the list of segments
//! atomically, with the name of its manifest, so that a writer may be killed at any moment: what it has committed is
//! kept, and the next writer does the rest.

use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::directory::{LIST, clear_index};
use super::error::IndexError;
use super::state::{FOLDER, index_places};
use super::writer::{IndexUpdate, Progress, Writer};
use crate::library::{
    Folder, Held, Keeping, Library, Location, NotHeld, is_believed, lock_in, made_as_open,
    shut_out_everyone, write_advice,
};
use crate::search::catch_panic::catch_panic;

/// The lock file in the folder of the index.
const LOCK: &str = "lock";

/// Whether the user has a private index of a library that could also keep one itself.
fn has_private(library: &Library, cache: Option<&Path>) -> bool {
    let (places, _) = index_places(library, cache);
    let there = |place: &Location| place.path().join(FOLDER).join(LIST).is_file();
    places.len() > 1 && places.iter().any(|place| place.is_private() && there(place))
}

/// As [`update_index`]; if the library is not writable and the user has a private index of it, updates that one.
///
/// # Errors
/// As [`update_index`].
pub fn update_where_allowed(
    library: &Library,
    cache: Option<&Path>,
    cancelled: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<IndexUpdate, IndexError> {
    match update_index(library, cache, false, cancelled, progress) {
        Err(IndexError::Refused { .. }) if has_private(library, cache) => {
            update_index(library, cache, true, cancelled, progress)
        }
        done => done,
    }
}

/// Brings the index of a library up to date, or makes it: in the folder of the setting `index`, else in the library, or
/// with `private` in the user's cache. The index of a flat folder of files is always in the cache; so is that of a
/// library whose folder everyone may write, because an index there could not be trusted.
///
/// # Errors
/// If another program is updating it, the folder is not writable, or `cancelled` stopped it.
pub fn update_index(
    library: &Library,
    cache: Option<&Path>,
    private: bool,
    cancelled: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<IndexUpdate, IndexError> {
    let Some(root) = library.root() else { return Ok(IndexUpdate::default()) };
    let (mut places, keeping) = index_places(library, cache);
    places.retain(|place| !private || place.is_private());
    let mut unusable = IndexError::Refused {
        file: root.to_owned(),
        message: "there is no folder for its index; set HOME or XDG_CACHE_HOME".to_owned(),
    };
    for place in &places {
        match LockedFolder::make(root, place, &keeping, private) {
            Ok(ready) => return ready.update(library, cancelled, progress),
            Err(PrepareError::Unusable(error)) => unusable = error,
            Err(PrepareError::Failed(error)) => return Err(error),
        }
    }
    Err(unusable)
}

/// The folder of an index, with its lock held.
struct LockedFolder {
    place: Folder,
    folder: Folder,
    private: bool,
    _lock: Held,
}

/// Why the folder of an index could not be prepared.
enum PrepareError {
    /// Nobody can keep an index here; another location may do.
    Unusable(IndexError),
    /// It may succeed later, or for another user.
    Failed(IndexError),
}

impl LockedFolder {
    fn make(
        root: &Path,
        at: &Location,
        keeping: &Keeping,
        private: bool,
    ) -> Result<Self, PrepareError> {
        let path = at.path().join(FOLDER);
        let private = private || at.is_private();
        let refused = |error: io::Error| {
            let failed = refusal_error(&path, private, &error);
            // Without an error number it is our own refusal: of a link, or of root in a library of others.
            let ours = error.raw_os_error().is_none();
            if ours { PrepareError::Unusable(failed) } else { PrepareError::Failed(failed) }
        };
        let place = at.make(keeping).map_err(refused)?;
        let folder = made_as_open(&place, FOLDER).map_err(refused)?;
        let lock = lock_in(&folder, LOCK).map_err(|why| match why {
            NotHeld::ByAnother(by) => {
                PrepareError::Failed(IndexError::Locked { lock: folder.join(LOCK), by })
            }
            NotHeld::Refused(e) => refused(e),
        })?;
        if !is_believed(root, &place, &folder) {
            shut_out_everyone(&place, &folder);
            clear_index(&folder);
        }
        if is_believed(root, &place, &folder) {
            folder.clean();
            return Ok(Self { place, folder, private, _lock: lock });
        }
        let message = "others than you and the owner of the library may change what is in it, so it is not used; remove this folder and do it again, or make one for yourself with spv index --private";
        Err(PrepareError::Unusable(IndexError::Refused { file: path, message: message.to_owned() }))
    }

    fn update(
        self,
        library: &Library,
        cancelled: &AtomicBool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<IndexUpdate, IndexError> {
        let folder = &self.folder;
        let mut rebuilt = false;
        let mut bring = || {
            let work = || {
                let mut work = Writer::open(folder)?;
                rebuilt = work.rebuilt;
                work.run(library, cancelled, progress)
            };
            (catch_panic(work).unwrap_or_else(|| Err(IndexError::fault())), rebuilt)
        };
        let mut updated = bring();
        let damaged = |e: &IndexError| {
            matches!(e, IndexError::Damaged(_) | IndexError::Unusable(_) | IndexError::Fault(_))
        };
        if updated.0.as_ref().is_err_and(damaged) && !updated.1 {
            // An index that cannot be updated is rebuilt, once.
            clear_index(folder);
            updated = bring();
        }
        shut_out_everyone(&self.place, folder);
        match updated.0 {
            Err(IndexError::Unwritten(error)) => {
                Err(refusal_error(folder.path(), self.private, &error))
            }
            updated => updated,
        }
    }
}

/// The error for a folder that is not writable, with what to do.
fn refusal_error(folder: &Path, private: bool, error: &io::Error) -> IndexError {
    let mut message = write_advice(folder, error);
    if !private {
        message.push_str("; or make one for yourself with spv index --private");
    }
    IndexError::Refused { file: folder.to_owned(), message }
}
