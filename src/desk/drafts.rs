//! Notes that could not be written, kept elsewhere until they can be.
//!
//! A disk is full, a folder is read-only, a quota is used up: what the person typed is then put into
//! `drafts.json` in the same folder, or where that refuses in a private folder of the system for temporary
//! files. The reader makes notes of the drafts at its next start, or as soon as a note can be written again.

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
    /// The note it changes, as that was; none for a new one.
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

/// Keeps a draft for the desk in `dir`, instead of an earlier one of the same line, and gives the file it is in.
///
/// # Errors
/// When it can be written nowhere.
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

/// Removes a draft, since it is a note now. Where that fails it is found to be one when it is adopted.
pub fn remove(dir: &Path, draft: &Draft) {
    for folder in folders(dir) {
        let _ = kept::change(&folder, |kept: &mut Contents<Drafts>| {
            kept.entries.retain(|known| known.item != *draft);
        });
    }
}

/// Makes notes of the drafts, and gives one line about those that became notes or still cannot.
pub fn adopt(dir: &Path) -> Option<String> {
    let mut adopted = 0;
    for folder in folders(dir) {
        let Ok((kept, _)) = kept::read::<Drafts>(&folder) else { continue };
        for Entry { item, .. } in kept.entries {
            if let Err(error) = notes::adopt(dir, &item.note, item.was.as_ref()) {
                let file = folder.join(Drafts::SHAPE.file);
                return Some(format!(
                    "a note still cannot be kept and is in {}; {error}",
                    file.display()
                ));
            }
            adopted += 1;
            remove(dir, &item);
        }
    }
    match adopted {
        0 => None,
        1 => Some("a note that could not be written before is kept now".to_owned()),
        n => Some(format!("{n} notes that could not be written before are kept now")),
    }
}

/// The file with drafts that wait, if there is one.
#[must_use]
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

/// The private folder beside the desk in `dir`: in the person's folder for the time they are here, else in that for
/// temporary files, where others could have put one of the same name; theirs is not used.
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
