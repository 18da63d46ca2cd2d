//! Verifies the checksums of the files of an index before anything is answered from them.
//!
//! Reading a large index takes longer than a search. So the state of each file (size and times) is recorded when its
//! checksum matched, and a file is read again only if its state has changed. The record is the file `sound` in the
//! index; without it every file is read.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use tantivy::directory::error::OpenReadError;

use super::error::IndexError;
use super::seal::{seal, unseal};
use crate::library::Folder;
use crate::search::catch_panic::{catch_panic, take_last_fault};

/// The file with the states of the verified files.
pub(super) const NOTE: &str = "sound";

/// The largest such file that is read, in bytes.
const LIMIT: u64 = 1 << 20;

/// The state of a file. The time of its data can be set by anyone, that of its inode cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileState {
    size: u64,
    changed: (i64, i64),
    entry: (i64, i64),
}

impl FileState {
    fn of(meta: &Metadata) -> Self {
        Self {
            size: meta.len(),
            changed: (meta.mtime(), meta.mtime_nsec()),
            entry: (meta.ctime(), meta.ctime_nsec()),
        }
    }

    fn at(path: &Path) -> Option<Self> {
        std::fs::symlink_metadata(path).ok().map(|meta| Self::of(&meta))
    }
}

/// The files of an index, each with its state when its checksum matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct VerifiedFiles(HashMap<PathBuf, FileState>);

impl VerifiedFiles {
    /// Whether no file has changed since.
    pub fn is_current(&self, folder: &Folder) -> bool {
        self.0.iter().all(|(name, state)| FileState::at(&folder.join(name)) == Some(*state))
    }

    fn read(folder: &Folder) -> Option<Self> {
        let bytes = unseal(folder.read(NOTE, LIMIT).ok()?).ok()?;
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let name = PathBuf::from(parts.next()?);
            let size = parts.next()?.parse().ok()?;
            let mut time = || parts.next()?.parse().ok();
            let (changed, entry) = ((time()?, time()?), (time()?, time()?));
            Some((name, FileState { size, changed, entry }))
        };
        std::str::from_utf8(&bytes).ok()?.lines().map(line).collect::<Option<_>>().map(Self)
    }

    /// Records the states if the folder is the user's own. Without them the files are only read again.
    fn write(&self, folder: &Folder) {
        let own =
            folder.metadata().is_ok_and(|meta| meta.uid() == rustix::process::geteuid().as_raw());
        if !own {
            return;
        }
        let mut lines: Vec<String> = self
            .0
            .iter()
            .map(|(name, FileState { size, changed, entry })| {
                let name = name.display();
                format!("{name} {size} {} {} {} {}\n", changed.0, changed.1, entry.0, entry.1)
            })
            .collect();
        lines.sort_unstable();
        let _ = folder.write(NOTE, &seal(lines.concat().as_bytes()), 0o644);
    }
}

/// Verifies the files of the segments that the index has now.
///
/// # Errors
/// If a checksum does not match, or a file cannot be read.
pub(super) fn verify_segments(
    index: &tantivy::Index,
    folder: &Folder,
) -> Result<VerifiedFiles, IndexError> {
    let segments: HashSet<String> =
        index.load_metas()?.segments.iter().map(|segment| segment.id().uuid_string()).collect();
    let before = VerifiedFiles::read(folder).unwrap_or_default();
    let mut sound = VerifiedFiles::default();
    for file in index.directory().list_managed_files() {
        let name = file.to_string_lossy();
        let Some((segment, _)) = name.split_once('.') else { continue };
        // The state is taken first: if the file changes in between, it does not match afterwards.
        let Some(state) = FileState::at(&folder.join(&file)) else { continue };
        if !segments.contains(segment) {
            continue;
        }
        if before.0.get(&file) != Some(&state) {
            match catch_panic(|| index.directory().validate_checksum(&file)) {
                Some(Ok(true)) => {}
                // A deletion of an earlier commit may just have been removed.
                Some(Err(OpenReadError::FileDoesNotExist(_))) => continue,
                Some(Err(OpenReadError::IoError { io_error, .. }))
                    if io_error.raw_os_error().is_some() =>
                {
                    return Err(IndexError::of_system(&io_error));
                }
                // tantivy panics on a file that is too short for its checksum.
                Some(Ok(false) | Err(_)) | None => {
                    drop(take_last_fault());
                    return Err(IndexError::Damaged(name.into_owned()));
                }
            }
        }
        sound.0.insert(file, state);
    }
    if sound != before {
        sound.write(folder);
    }
    Ok(sound)
}
