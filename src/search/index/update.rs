//! How the index on disk is brought up to date.
//!
//! It stands in `.spv/index` of a library one may write, else in the person's cache, and can be deleted at
//! any time. One writer at a time, under the lock file in it; readers take no lock. A commit changes the list of
//! segments at once, with the name of the manifest that belongs to it, so that a writer may be
//! killed at any moment: what it had committed stands, and the rest is done the next time.

use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::directory::{LIST, clear};
use super::error::IndexError;
use super::state::{FOLDER, places};
use super::writer::{Progress, Updated, Work};
use crate::library::{
    Folder, Held, Keeping, Library, NotHeld, Place, believed, lock, made_as_open, safe,
    shut_out_everyone,
};
use crate::search::catch_panic::catch_panic;

/// The lock file in the folder of the index.
const LOCK: &str = "lock";

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
            (catch_panic(work).unwrap_or_else(|| Err(IndexError::fault())), anew)
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
