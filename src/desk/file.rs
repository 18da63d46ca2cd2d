//! The file of places: its shape, reading it with suspicion, writing it with care.

use std::collections::HashSet;
use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{DeskError, PLACES};
use crate::library::safe;
use crate::record::{Language, Symbol};

/// The format this program reads and writes.
pub const FORMAT: &str = "spv-places/1";
const FILE: &str = "places.json";
const LOCK: &str = "places.lock";
/// 500 places take a tenth of this; a larger file is not ours.
const LIMIT: u64 = 4 * 1024 * 1024;
/// The longest text kept of the words at a place, in bytes.
const WORDS: usize = 512;

/// Where one was in one edition of a record.
///
/// In the file: `{"symbol": "S/PV.8668", "language": "en", "statement": 12, "paragraph": 3,
/// "byte": 120, "words": "…", "at": 1700000000}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The record.
    pub symbol: Symbol,
    /// The language of the edition.
    pub language: Language,
    /// The number of the statement; 0 for the list of statements.
    pub statement: u32,
    /// The paragraph in it, from 0.
    #[serde(default)]
    pub paragraph: usize,
    /// The byte in the paragraph.
    #[serde(default)]
    pub byte: usize,
    /// The words there, with which the place is found again where the numbers differ.
    #[serde(default)]
    pub words: String,
    /// When it was kept, in seconds since 1970.
    pub at: i64,
}

/// The whole file: `{"format": "spv-places/1", "places": […]}`, the newest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// [`FORMAT`].
    pub format: String,
    /// At most [`PLACES`].
    pub places: Vec<Place>,
}

/// What the file holds.
enum State {
    /// There is none yet.
    Missing,
    Sound(Vec<Place>),
    /// What is wrong with it.
    Damaged(String),
    /// A later version wrote it; this is its format.
    Later(String),
}

fn state(file: &Path) -> io::Result<State> {
    match std::fs::metadata(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
        Err(e) => return Err(e),
        Ok(meta) if !meta.is_file() => return Ok(State::Damaged("it is no file".to_owned())),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Ok(State::Damaged(format!("it has more than {} MB", LIMIT >> 20)));
    }
    Ok(understand(&bytes))
}

fn understand(bytes: &[u8]) -> State {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    match serde_json::from_slice::<Head>(bytes) {
        Ok(head) if head.format == FORMAT => {}
        Ok(head) => {
            let version = head.format.strip_prefix("spv-places/").and_then(|n| n.parse().ok());
            return match version {
                Some(2_u32..) => State::Later(head.format),
                _ => State::Damaged("its format is none of ours".to_owned()),
            };
        }
        Err(e) => return State::Damaged(e.to_string()),
    }
    match serde_json::from_slice::<Kept>(bytes) {
        Ok(kept) => State::Sound(merged(kept.places, Vec::new())),
        Err(e) => State::Damaged(e.to_string()),
    }
}

/// The places and a warning, or only a warning when nothing may be written here.
pub(super) fn read(dir: &Path) -> Result<(Vec<Place>, Option<String>), String> {
    let file = dir.join(FILE);
    let refused = |e: &io::Error| {
        format!("{}: cannot be read ({e}); no place is kept until you may read it", file.display())
    };
    match state(&file).map_err(|e| refused(&e))? {
        State::Missing => Ok((Vec::new(), None)),
        State::Sound(places) => Ok((places, None)),
        State::Later(format) => Err(later(&file, &format)),
        State::Damaged(_) => {
            let set_aside = || -> Result<_, DeskError> {
                let _lock = lock(dir)?;
                // Another reader may have set it aside in the meantime.
                match state(&file).map_err(|e| refusal(&file, &e))? {
                    State::Damaged(fault) => keep_aside(&file, &fault).map(Some),
                    _ => Ok(None),
                }
            };
            match set_aside() {
                Ok(Some(warning)) => Ok((Vec::new(), Some(warning))),
                Ok(None) => Ok((places_of(&file), None)),
                Err(e) => Err(format!("{e}; {} is damaged and no place is kept", file.display())),
            }
        }
    }
}

fn places_of(file: &Path) -> Vec<Place> {
    match state(file) {
        Ok(State::Sound(places)) => places,
        _ => Vec::new(),
    }
}

fn later(file: &Path, format: &str) -> String {
    let format = crate::record::harmless::text(format);
    format!(
        "{}: a later version of spv wrote it ({format}); it is left as it is and no place is kept, upgrade spv",
        file.display()
    )
}

/// Renames a damaged file to the first free name, and tells it. A link never replaces a file.
fn keep_aside(file: &Path, fault: &str) -> Result<String, DeskError> {
    for number in 1_u32..10_000 {
        let aside = file.with_file_name(format!("{FILE}.damaged-{number}"));
        if aside.symlink_metadata().is_ok() {
            continue;
        }
        std::fs::rename(file, &aside).map_err(|e| refusal(&aside, &e))?;
        return Ok(format!(
            "{}: it was damaged ({}); it is kept as {} and places begin anew",
            file.display(),
            crate::record::harmless::text(fault).replace('\n', " "),
            aside.display()
        ));
    }
    Err(DeskError::Refused {
        file: file.to_owned(),
        message: "ten thousand damaged files stand beside it; remove them".to_owned(),
    })
}

fn refusal(path: &Path, error: &io::Error) -> DeskError {
    let message = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; make room, the places kept before are unchanged".to_owned()
        }
        _ => format!(
            "cannot be written ({error}); the place is not kept, see that the folder is yours"
        ),
    };
    DeskError::Refused { file: path.to_owned(), message }
}

/// Two lists as one: the newest of each edition, the newest first, at most [`PLACES`]. Of two of the
/// same time the one of `new` stands.
pub(super) fn merged(old: Vec<Place>, new: Vec<Place>) -> Vec<Place> {
    let mut all: Vec<Place> = new.into_iter().chain(old).collect();
    all.sort_by_key(|place| std::cmp::Reverse(place.at));
    let mut met = HashSet::new();
    all.retain(|place| met.insert((place.symbol.clone(), place.language.clone())));
    all.truncate(PLACES);
    for place in &mut all {
        let end = place.words.floor_char_boundary(WORDS);
        place.words.truncate(end);
    }
    all
}

/// Adds places to the file and gives what it holds now.
pub(super) fn write(dir: &Path, places: &[Place]) -> Result<Vec<Place>, DeskError> {
    let _lock = lock(dir)?;
    let file = dir.join(FILE);
    let here = match state(&file).map_err(|e| refusal(&file, &e))? {
        State::Missing => Vec::new(),
        State::Sound(here) => here,
        State::Damaged(fault) => {
            keep_aside(&file, &fault)?;
            Vec::new()
        }
        State::Later(format) => {
            return Err(DeskError::Refused { message: later(&file, &format), file });
        }
    };
    let places = merged(here, places.to_vec());
    let kept = Kept { format: FORMAT.to_owned(), places };
    let mut text = serde_json::to_vec(&kept).map_err(|e| refusal(&file, &e.into()))?;
    text.push(b'\n');
    safe::write(&file, &text, 0o600).map_err(|e| refusal(&file, &e))?;
    Ok(kept.places)
}

/// Makes the folder private and takes its lock, waiting a second for another reader.
fn lock(dir: &Path) -> Result<safe::Held, DeskError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|e| refusal(dir, &e))?;
    let mode = std::fs::metadata(dir).map_err(|e| refusal(dir, &e))?.permissions().mode();
    if mode & 0o077 != 0 {
        let private = Permissions::from_mode(0o700);
        std::fs::set_permissions(dir, private).map_err(|e| refusal(dir, &e))?;
    }
    let path: PathBuf = dir.join(LOCK);
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(|e| refusal(&path, &e))?;
    for _ in 0..100 {
        match file.try_lock() {
            Ok(()) => return Ok(safe::Held(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            Err(TryLockError::Error(e)) => return Err(refusal(&path, &e)),
        }
    }
    Err(DeskError::Busy { lock: path })
}
