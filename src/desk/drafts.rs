//! Notes that could not be written, kept elsewhere until they can be.
//!
//! If the disk is full, the folder read-only or the quota exceeded, what the user typed goes into
//! `drafts.json` in the same folder, or if that fails into a private temporary folder. The reader
//! turns drafts into notes at its next start, or as soon as a note can be written again.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::contents::{Contents, Entry, Kept, Shape};
use super::kept::{self, DeskError};
use super::notes::{self, Note};

/// A note that could not be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The note.
    pub note: Note,
    /// The note it changes, before the change; `None` for a new one.
    pub was: Option<Note>,
}

#[derive(Debug)]
struct Drafts;

impl Kept for Drafts {
    type Item = Draft;
    const SHAPE: Shape = Shape {
        file: "drafts.json",
        format: "spv-drafts",
        field: "drafts",
        named: false,
        one: "draft",
        many: "drafts",
        limit: 4 << 20,
    };
}

/// Keeps a draft for the desk in `dir`, replacing an earlier one of the same line; returns its
/// file.
///
/// # Errors
/// If it cannot be written anywhere.
pub fn keep(dir: &Path, draft: &Draft, instead: Option<&Draft>) -> Result<PathBuf, DeskError> {
    let write = |dir: &Path| -> Result<PathBuf, DeskError> {
        kept::change(dir, |kept: &mut Contents<Drafts>| {
            kept.entries.retain(|known| Some(&known.item) != instead && known.item != *draft);
            kept.entries.push(draft.clone().into());
        })?;
        Ok(dir.join(Drafts::SHAPE.file))
    };
    write(dir).or_else(|refused| match elsewhere(dir, true) {
        Some(folder) => write(&folder),
        None => Err(refused),
    })
}

/// Removes a draft that has become a note. If that fails, adopting it again changes nothing.
pub fn remove(dir: &Path, draft: &Draft) {
    for folder in folders(dir) {
        let _ = kept::change(&folder, |kept: &mut Contents<Drafts>| {
            kept.entries.retain(|known| known.item != *draft);
        });
    }
}

/// Turns drafts into notes; returns one line about those that became notes or still cannot.
pub fn adopt(dir: &Path) -> Option<String> {
    let mut adopted = 0;
    for folder in folders(dir) {
        let Ok((kept, _)) = kept::read::<Drafts>(&folder) else { continue };
        for Entry { item, .. } in kept.entries {
            if let Err(error) = notes::adopt(dir, &item.note, item.was.as_ref()) {
                let file = folder.join(Drafts::SHAPE.file);
                return Some(format!(
                    "a note still cannot be saved and is in {}; {error}",
                    file.display()
                ));
            }
            adopted += 1;
            remove(dir, &item);
        }
    }
    match adopted {
        0 => None,
        1 => Some("a note that could not be saved before is saved now".to_owned()),
        n => Some(format!("{n} notes that could not be saved before are saved now")),
    }
}

/// The file with waiting drafts, if any.
pub fn waiting(dir: &Path) -> Option<PathBuf> {
    let has = |folder: &PathBuf| {
        kept::read::<Drafts>(folder).is_ok_and(|(kept, _)| !kept.entries.is_empty())
    };
    folders(dir).into_iter().find(has).map(|folder| folder.join(Drafts::SHAPE.file))
}

/// The folders that have drafts for a desk.
fn folders(dir: &Path) -> Vec<PathBuf> {
    let both = [Some(dir.to_owned()), elsewhere(dir, false)];
    let has = |folder: &PathBuf| folder.join(Drafts::SHAPE.file).exists();
    both.into_iter().flatten().filter(has).collect()
}

/// The private folder for drafts of the desk in `dir`: in `XDG_RUNTIME_DIR`, else in the folder for
/// temporary files. There others could have created one of the same name, which is not used.
fn elsewhere(dir: &Path, make: bool) -> Option<PathBuf> {
    let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let base = base.filter(|base| base.is_absolute() && base.is_dir());
    let base = base.unwrap_or_else(std::env::temp_dir);
    let me = rustix::process::geteuid().as_raw();
    let of: String = Sha256::digest(dir.as_os_str().as_encoded_bytes())
        .iter()
        .take(8)
        .map(|b| format!("{b:02x}"))
        .collect();
    let folder = base.join(format!("spv-{me}-{of}"));
    if make {
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return None,
            _ => {}
        }
    }
    let about = std::fs::symlink_metadata(&folder).ok()?;
    let mine = about.is_dir() && about.uid() == me && about.mode() & 0o077 == 0;
    mine.then_some(folder)
}
