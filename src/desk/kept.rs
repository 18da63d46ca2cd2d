//! One private JSON file of the desk: reading it with suspicion, changing it with care.
//!
//! Every file here has the shape `{"format": "spv-NAME/1", …}`. It is written beside and renamed under
//! the lock of the folder, so that a change is wholly there or not at all, two readers of one
//! person never overwrite one another, and what is not understood is never destroyed. What stands in a
//! file is known to its own module.

use std::fs::{DirBuilder, File, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::DeskError;
use crate::library::safe;
use crate::record::harmless;

/// One lock for the whole folder: whoever holds it may also remove what killed writers left.
const LOCK: &str = "desk.lock";
/// How often the lock is tried, ten milliseconds apart, before it is given up.
const TRIES: u32 = 500;

/// What a file is called, and the words for what stands in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// `notes.json`.
    pub(super) file: &'static str,
    /// `spv-notes`; the number of the version follows behind a slash.
    pub(super) format: &'static str,
    /// `note`, for messages.
    pub(super) one: &'static str,
    /// `notes`.
    pub(super) many: &'static str,
    /// A larger file is not ours, in bytes.
    pub(super) limit: u64,
}

/// What stands in a file of the desk, without its format.
pub(super) trait Kept: Serialize + DeserializeOwned + Default {
    /// Its file.
    const SHAPE: Shape;
}

/// What the file holds.
enum State<T> {
    /// There is none yet.
    Missing,
    Sound(T),
    /// What is wrong with it.
    Damaged(String),
    /// A later version wrote it; this is its format.
    Later(String),
}

fn state<T: Kept>(file: &Path) -> io::Result<State<T>> {
    match std::fs::metadata(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
        Err(e) => return Err(e),
        Ok(meta) if !meta.is_file() => return Ok(State::Damaged("it is no file".to_owned())),
        Ok(_) => {}
    }
    let limit = T::SHAPE.limit;
    let mut bytes = Vec::new();
    File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(State::Damaged(format!("it has more than {} MB", limit >> 20)));
    }
    Ok(understand(&bytes))
}

fn understand<T: Kept>(bytes: &[u8]) -> State<T> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    match serde_json::from_slice::<Head>(bytes) {
        Ok(head) => {
            let version = head.format.strip_prefix(T::SHAPE.format);
            let version = version.and_then(|rest| rest.strip_prefix('/')?.parse::<u32>().ok());
            match version {
                Some(1) => {}
                Some(2..) => return State::Later(head.format),
                _ => return State::Damaged("its format is none of ours".to_owned()),
            }
        }
        Err(e) => return State::Damaged(e.to_string()),
    }
    match serde_json::from_slice::<T>(bytes) {
        Ok(kept) => State::Sound(kept),
        Err(e) => State::Damaged(e.to_string()),
    }
}

/// What is kept and a warning, or only a warning when nothing may be written here.
pub(super) fn read<T: Kept>(dir: &Path) -> Result<(T, Option<String>), String> {
    let file = dir.join(T::SHAPE.file);
    let one = T::SHAPE.one;
    let refused = |e: &io::Error| {
        format!("{}: cannot be read ({e}); no {one} is kept until you may read it", file.display())
    };
    match state(&file).map_err(|e| refused(&e))? {
        State::Missing => Ok((T::default(), None)),
        State::Sound(kept) => Ok((kept, None)),
        State::Later(format) => Err(later(&file, &format, one)),
        State::Damaged(_) => {
            let set_aside = || -> Result<_, DeskError> {
                let _lock = lock::<T>(dir)?;
                // Another reader may have set it aside in the meantime.
                match state::<T>(&file).map_err(|e| refusal::<T>(&file, &e))? {
                    State::Damaged(fault) => keep_aside::<T>(&file, &fault).map(Some),
                    _ => Ok(None),
                }
            };
            match set_aside() {
                Ok(Some(warning)) => Ok((T::default(), Some(warning))),
                Ok(None) => match state(&file) {
                    Ok(State::Sound(kept)) => Ok((kept, None)),
                    _ => Ok((T::default(), None)),
                },
                Err(e) => Err(format!("{e}; {} is damaged and no {one} is kept", file.display())),
            }
        }
    }
}

/// Changes what is kept, and gives what the change gave, what stands there now, and one line where
/// a damaged file was kept aside. When this returns, the change is on the disk.
///
/// # Errors
/// When it cannot be written; what stood there is unchanged.
pub(super) fn change<T: Kept, R>(
    dir: &Path,
    change: impl FnOnce(&mut T) -> R,
) -> Result<(R, T, Option<String>), DeskError> {
    let _lock = lock::<T>(dir)?;
    let file = dir.join(T::SHAPE.file);
    safe::clean(dir);
    let mut warning = None;
    let mut kept = match state::<T>(&file).map_err(|e| refusal::<T>(&file, &e))? {
        State::Missing => T::default(),
        State::Sound(here) => here,
        State::Damaged(fault) => {
            warning = Some(keep_aside::<T>(&file, &fault)?);
            T::default()
        }
        State::Later(format) => {
            return Err(DeskError::Refused { message: later(&file, &format, T::SHAPE.one), file });
        }
    };
    let given = change(&mut kept);
    let format = format!("{}/1", T::SHAPE.format);
    let mut text = serde_json::to_vec(&Written { format: &format, kept: &kept })
        .map_err(|e| refusal::<T>(&file, &e.into()))?;
    text.push(b'\n');
    if text.len() as u64 > T::SHAPE.limit {
        let full = io::Error::other(format!("there are too many {}", T::SHAPE.many));
        return Err(refusal::<T>(&file, &full));
    }
    safe::write(&file, &text, 0o600).map_err(|e| refusal::<T>(&file, &e))?;
    Ok((given, kept, warning))
}

#[derive(Serialize)]
struct Written<'a, T> {
    format: &'a str,
    #[serde(flatten)]
    kept: &'a T,
}

fn later(file: &Path, format: &str, one: &str) -> String {
    let format = harmless::text(format);
    format!(
        "{}: a later version of spv wrote it ({format}); it is left as it is and no {one} is kept, upgrade spv",
        file.display()
    )
}

/// Renames a damaged file to the first free name, and tells it. A link never replaces a file.
fn keep_aside<T: Kept>(file: &Path, fault: &str) -> Result<String, DeskError> {
    for number in 1_u32..10_000 {
        let aside = file.with_file_name(format!("{}.damaged-{number}", T::SHAPE.file));
        if aside.symlink_metadata().is_ok() {
            continue;
        }
        std::fs::rename(file, &aside).map_err(|e| refusal::<T>(&aside, &e))?;
        return Ok(format!(
            "{}: it was damaged ({}); it is kept as {} and {} begin anew",
            file.display(),
            harmless::text(fault).replace('\n', " "),
            aside.display(),
            T::SHAPE.many
        ));
    }
    Err(DeskError::Refused {
        file: file.to_owned(),
        message: "ten thousand damaged files stand beside it; remove them".to_owned(),
    })
}

fn refusal<T: Kept>(path: &Path, error: &io::Error) -> DeskError {
    let Shape { one, many, .. } = T::SHAPE;
    let message = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("the disk is full; make room, the {many} kept before are unchanged")
        }
        _ => format!(
            "cannot be written ({error}); the {one} is not kept, see that the folder is yours"
        ),
    };
    DeskError::Refused { file: path.to_owned(), message }
}

/// Makes the folder private and takes its lock, waiting some seconds for another reader.
fn lock<T: Kept>(dir: &Path) -> Result<safe::Held, DeskError> {
    let refusal = refusal::<T>;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|e| refusal(dir, &e))?;
    let mode = std::fs::metadata(dir).map_err(|e| refusal(dir, &e))?.permissions().mode();
    if mode & 0o077 != 0 {
        let private = Permissions::from_mode(0o700);
        std::fs::set_permissions(dir, private).map_err(|e| refusal(dir, &e))?;
    }
    let path: PathBuf = dir.join(LOCK);
    for _ in 0..TRIES {
        match safe::lock(&path, 0o600) {
            Ok(held) => return Ok(held),
            Err(safe::NotHeld::ByAnother(_)) => std::thread::sleep(Duration::from_millis(10)),
            Err(safe::NotHeld::Refused(e)) => return Err(refusal(&path, &e)),
        }
    }
    Err(DeskError::Busy { lock: path, one: T::SHAPE.one })
}
