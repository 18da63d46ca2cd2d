//! Reads and changes a private JSON file of the desk.
//!
//! Every file here has the shape `{"format": "spv-NAME/1", …}`. It is written to a temporary file
//! and renamed under the lock of the folder, so that a change is complete or absent, two readers of
//! a user never overwrite each other, and nothing unknown is lost. [`super::contents`] reads the
//! contents.

use std::fs::{DirBuilder, File, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::contents::{Contents, Kept, NotUsed, Shape};
use crate::library::{reason, safe};
use crate::record::harmless;

/// One lock for the folder: its holder may also remove what killed writers left.
const LOCK: &str = "desk.lock";
/// How often the lock is tried.
const TRIES: u32 = 500;
/// The pause between attempts.
const WAIT: Duration = Duration::from_millis(10);

/// Something could not be saved; the message names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The system refused.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// Another reader has held the lock for too long.
    #[error("{}: another spv is writing here; the {one} was not saved, try again", lock.display())]
    Busy {
        /// The lock file.
        lock: PathBuf,
        /// What was not saved: a place, a note.
        one: &'static str,
    },
}

/// What the file holds.
enum State<K: Kept> {
    /// There is none yet.
    Missing,
    Sound(Contents<K>),
    /// What is wrong with it.
    Damaged(String),
    /// A later version wrote it; this is its format.
    Later(String),
}

fn state<K: Kept>(file: &Path) -> io::Result<State<K>> {
    match std::fs::metadata(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
        Err(e) => return Err(e),
        Ok(meta) if !meta.is_file() => return Ok(State::Damaged("not a file".to_owned())),
        Ok(_) => {}
    }
    let limit = K::SHAPE.limit;
    let mut bytes = Vec::new();
    File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(State::Damaged(format!("more than {} MB", limit >> 20)));
    }
    Ok(match Contents::parse(&bytes) {
        Ok(contents) => State::Sound(contents),
        Err(NotUsed::Damaged(fault)) => State::Damaged(fault),
        Err(NotUsed::Later(format)) => State::Later(format),
    })
}

/// The contents and a warning, or an error if nothing may be written.
pub(super) fn read<K: Kept>(dir: &Path) -> Result<(Contents<K>, Option<String>), String> {
    let file = dir.join(K::SHAPE.file);
    let one = K::SHAPE.one;
    let refused = |e: &io::Error| {
        let (file, why) = (file.display(), reason(e));
        format!("{file}: cannot be read: {why}; no {one} is kept until it can be read")
    };
    let sound = |contents: Contents<K>| {
        let warning = contents.warning(&file);
        (contents, warning)
    };
    match state::<K>(&file).map_err(|e| refused(&e))? {
        State::Missing => Ok((Contents::default(), None)),
        State::Sound(contents) => Ok(sound(contents)),
        State::Later(format) => Err(later(&file, &format, one)),
        State::Damaged(_) => {
            let set_aside = || -> Result<_, DeskError> {
                let _lock = lock::<K>(dir)?;
                // Another reader may have renamed it in the meantime.
                match state::<K>(&file).map_err(|e| refusal::<K>(&file, &e))? {
                    State::Damaged(fault) => keep_aside::<K>(&file, &fault).map(Some),
                    _ => Ok(None),
                }
            };
            match set_aside() {
                Ok(Some(warning)) => Ok((Contents::default(), Some(warning))),
                Ok(None) => match state(&file) {
                    Ok(State::Sound(contents)) => Ok(sound(contents)),
                    _ => Ok((Contents::default(), None)),
                },
                Err(e) => Err(format!("{e}; {} is damaged and no {one} is kept", file.display())),
            }
        }
    }
}

/// Changes the contents; returns the result of `change`, the new contents, and a warning if a
/// damaged file was renamed. The change is on disk when this returns.
///
/// # Errors
/// If it cannot be written; nothing is changed then.
pub(super) fn change<K: Kept, R>(
    dir: &Path,
    change: impl FnOnce(&mut Contents<K>) -> R,
) -> Result<(R, Contents<K>, Option<String>), DeskError> {
    let dir = &end_of_links(dir).map_err(|e| refusal::<K>(dir, &e))?;
    let _lock = lock::<K>(dir)?;
    let file = dir.join(K::SHAPE.file);
    safe::clean(dir);
    let target = end_of_links(&file).map_err(|e| refusal::<K>(&file, &e))?;
    let _target = lock_folder_of::<K>(&target)?;
    let mut warning = None;
    let mut contents = match state::<K>(&file).map_err(|e| refusal::<K>(&file, &e))? {
        State::Missing => Contents::default(),
        State::Sound(here) => here,
        State::Damaged(fault) => {
            warning = Some(keep_aside::<K>(&file, &fault)?);
            Contents::default()
        }
        State::Later(format) => {
            return Err(DeskError::Refused { message: later(&file, &format, K::SHAPE.one), file });
        }
    };
    let given = change(&mut contents);
    let text = contents.to_json().map_err(|e| refusal::<K>(&file, &e.into()))?;
    if text.len() as u64 > K::SHAPE.limit {
        let full = io::Error::other(format!("too many {}", K::SHAPE.many));
        return Err(refusal::<K>(&file, &full));
    }
    // Renaming a damaged file also moved a link that led to it.
    let target = if warning.is_some() { file } else { target };
    safe::write(&target, &text, 0o600).map_err(|e| refusal::<K>(&target, &e))?;
    Ok((given, contents, warning))
}

/// The number of links followed, as in Linux.
const LINKS: usize = 40;

/// The file a path leads to. Links here are the user's own, to a folder kept elsewhere: they are
/// followed, even to a file that does not exist yet.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for followed in 0..=LINKS {
        match std::fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => {
                let to = std::fs::read_link(&path)?;
                path = path.parent().unwrap_or(Path::new("/")).join(to);
            }
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ if followed == 0 => return Ok(path),
            _ => {
                let (folder, name) = (path.parent(), path.file_name());
                let folder = folder.unwrap_or(Path::new("/")).canonicalize()?;
                return Ok(name.map_or(folder.clone(), |name| folder.join(name)));
            }
        }
    }
    Err(rustix::io::Errno::LOOP.into())
}

fn later(file: &Path, format: &str, one: &str) -> String {
    let format = harmless::text(format);
    format!(
        "{}: written by a later version of spv ({format}); it is left unchanged and no {one} is kept; upgrade spv",
        file.display()
    )
}

/// Renames a damaged file to the first free name and returns a message. A link never replaces a
/// file.
fn keep_aside<K: Kept>(file: &Path, fault: &str) -> Result<String, DeskError> {
    for number in 1_u32..10_000 {
        let aside = file.with_file_name(format!("{}.damaged-{number}", K::SHAPE.file));
        if aside.symlink_metadata().is_ok() {
            continue;
        }
        std::fs::rename(file, &aside).map_err(|e| refusal::<K>(&aside, &e))?;
        return Ok(format!(
            "{}: damaged ({}); renamed to {}, starting without {}",
            file.display(),
            harmless::text(fault).replace('\n', " "),
            aside.display(),
            K::SHAPE.many
        ));
    }
    Err(DeskError::Refused {
        file: file.to_owned(),
        message: "too many damaged files beside it; remove them".to_owned(),
    })
}

fn refusal<K: Kept>(path: &Path, error: &io::Error) -> DeskError {
    let Shape { one, many, .. } = K::SHAPE;
    let message = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("the disk is full; make room (existing {many} are unchanged)")
        }
        io::ErrorKind::NotFound => {
            format!(
                "no such folder; the {one} is not kept: create the folder that the link leads to"
            )
        }
        // Errors that are not from the system already are messages.
        _ if error.raw_os_error().is_none() => {
            format!("{error}; the {one} is not kept")
        }
        _ => format!("cannot be written: {}; the {one} is not kept", reason(error)),
    };
    DeskError::Refused { file: path.to_owned(), message }
}

/// Locks the folder of a file, since other desks may have links to it. No file is created; without
/// support for locks on folders there is none.
fn lock_folder_of<K: Kept>(target: &Path) -> Result<Option<File>, DeskError> {
    let Some(Ok(folder)) = target.parent().map(File::open) else { return Ok(None) };
    for _ in 0..TRIES {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(DeskError::Busy { lock: target.to_owned(), one: K::SHAPE.one })
}

/// Makes the folder private and takes its lock, waiting some seconds for another reader.
fn lock<K: Kept>(dir: &Path) -> Result<safe::Held, DeskError> {
    let refusal = refusal::<K>;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|e| refusal(dir, &e))?;
    safe::make_private(dir).map_err(|e| refusal(dir, &e))?;
    let path: PathBuf = dir.join(LOCK);
    for _ in 0..TRIES {
        match safe::lock(&path) {
            Ok(held) => return Ok(held),
            Err(safe::NotHeld::ByAnother(_)) => std::thread::sleep(WAIT),
            Err(safe::NotHeld::Refused(e)) => return Err(refusal(&path, &e)),
        }
    }
    Err(DeskError::Busy { lock: path, one: K::SHAPE.one })
}
