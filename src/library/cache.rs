//! The catalogue kept on disk: where it is, whether it may be used, and that it is still true.
//!
//! It stands in `.spv/catalogue` inside a library one may write, else in the person's cache under a
//! hash of the library's real path. It can be deleted at any time.

use std::collections::HashMap;
use std::fs::{File, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::catalogue::{Entry, as_word, kind_word, status_word};
use super::decode::{Decoded, decode, stamps};
use super::encode::{Cause, Disk};
use super::files::stamp;
use super::outline::{CAPACITIES, KINDS, Outline, STATUSES, Stamp, Turn, place};
use super::safe;
use super::scan::Known;

/// The folder of what is made from a library.
pub(super) const FOLDER: &str = ".spv";
/// The file in it.
const FILE: &str = "catalogue";
/// A catalogue larger than this is not ours.
const LIMIT: u64 = 256 * 1024 * 1024;

/// The files a catalogue may be in, the preferred one first. A flat folder of files is somebody's
/// own, and nothing is put into it.
fn files(root: &Path, cache: Option<&Path>, file: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if root.join("records").is_dir() {
        files.push(root.join(FOLDER).join(file));
    }
    if let (Some(cache), Ok(real)) = (cache, root.canonicalize()) {
        let hash = Sha256::digest(real.as_os_str().as_encoded_bytes());
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        files.push(cache.join(name).join(file));
    }
    files
}

/// The folders that what is made from a library may be kept in, the preferred one first: its own, and
/// the person's.
pub(crate) fn folders(root: &Path, cache: Option<&Path>) -> Vec<PathBuf> {
    files(root, cache, FILE).iter().filter_map(|file| file.parent()).map(Path::to_owned).collect()
}

/// Makes one of [`folders`].
///
/// # Errors
/// What the system said.
pub(crate) fn make_folder(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.starts_with(root) { own_folder(root).map(drop) } else { private_folder(folder) }
}

/// Whether the files in a folder of [`folders`] may be believed: the folder and the one it is in are as
/// [`safe::trusted`] says, and no file in it is a link or may be written by everyone. Who owns a file is
/// not asked: only those may have put it there who may write in the folder.
pub(crate) fn believed(root: &Path, folder: &Path) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let trusted = |folder: &Path| {
        std::fs::metadata(folder).is_ok_and(|meta| meta.is_dir() && safe::trusted(&meta, owner))
    };
    let own = |entry: io::Result<std::fs::DirEntry>| {
        // One that a writer has just removed is no reason for doubt.
        let meta = entry.and_then(|entry| entry.path().symlink_metadata());
        meta.map_or_else(
            |e| e.kind() == io::ErrorKind::NotFound,
            |meta| meta.is_file() && meta.mode() & 0o002 == 0,
        )
    };
    trusted(folder)
        && folder.parent().is_some_and(trusted)
        && std::fs::read_dir(folder).is_ok_and(|mut entries| entries.all(own))
}

/// Takes the leave to write from everyone where a process without a umask gave it: from a folder, all
/// its files and the folder it is in. What cannot be changed is not believed afterwards.
pub(crate) fn shut_out_everyone(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = folder.ancestors().take(2).map(Path::to_owned);
    for path in entries.map(|entry| entry.path()).chain(folders) {
        let Ok(meta) = path.symlink_metadata() else { continue };
        if !meta.is_symlink() && meta.mode() & 0o002 != 0 {
            let _ = std::fs::set_permissions(&path, Permissions::from_mode(meta.mode() & 0o7775));
        }
    }
}

/// The catalogue kept for this library, be it true or not.
pub(super) fn find(root: &Path, cache: Option<&Path>) -> Option<Decoded> {
    let owner = std::fs::metadata(root).ok()?.uid();
    files(root, cache, FILE).iter().find_map(|file| decode(&read(file, owner).ok()?))
}

/// The bytes of another file that is kept beside the catalogue, at most `limit` of them.
pub(super) fn find_other(
    root: &Path,
    cache: Option<&Path>,
    name: &str,
    limit: u64,
) -> Option<Vec<u8>> {
    let owner = std::fs::metadata(root).ok()?.uid();
    let bytes = files(root, cache, name).iter().find_map(|file| read(file, owner).ok())?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// The bytes of a catalogue that may be believed.
fn read(file: &Path, owner: u32) -> io::Result<Vec<u8>> {
    let untrusted = || io::Error::from(io::ErrorKind::PermissionDenied);
    let folder = std::fs::metadata(file.parent().ok_or_else(untrusted)?)?;
    // Looked at before it is opened: opening a pipe would wait for a writer.
    if !std::fs::symlink_metadata(file)?.is_file() || !safe::trusted(&folder, owner) {
        return Err(untrusted());
    }
    let opened = File::open(file)?;
    let meta = opened.metadata()?;
    if !meta.is_file() || meta.len() > LIMIT || !safe::trusted(&meta, owner) {
        return Err(untrusted());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
    opened.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps a catalogue where one may. That none can be kept is no error: it is made anew next time.
pub(super) fn keep(root: &Path, cache: Option<&Path>, bytes: &[u8]) {
    let _ = keep_other(root, cache, FILE, bytes);
}

/// Keeps another file beside the catalogue, where one may; false where one may not.
pub(super) fn keep_other(root: &Path, cache: Option<&Path>, name: &str, bytes: &[u8]) -> bool {
    for file in files(root, cache, name) {
        let Some(folder) = file.parent() else {
            continue;
        };
        let inside = folder.starts_with(root);
        let made = if inside { own_folder(root).map(drop) } else { private_folder(folder) };
        let mode = if inside { 0o644 } else { 0o600 };
        if made.and_then(|()| safe::write(&file, bytes, mode)).is_ok() {
            return true;
        }
    }
    false
}

/// The folder `.spv` of a library, made with the leave to write that the library itself gives.
pub(super) fn own_folder(root: &Path) -> io::Result<PathBuf> {
    let path = root.join(FOLDER);
    let new = !path.exists();
    let path = safe::folder_inside(root, FOLDER).map(|_| path)?;
    if new {
        let mode = std::fs::metadata(root)?.mode() & 0o775;
        std::fs::set_permissions(&path, Permissions::from_mode(mode | 0o700))?;
    }
    Ok(path)
}

fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Whether the library still looks as it did: the times of its folders, and each file that was a
/// problem. It costs a look at each folder, not at each file; [`same_files`] is the full check.
pub(super) fn looks_same(root: &Path, disk: &Disk) -> bool {
    let now = |path: &str| std::fs::metadata(root.join(path)).map(|meta| stamp(&meta));
    let flat = disk.folders.iter().any(|(path, _)| path.is_empty());
    flat != root.join("records").is_dir()
        && disk.folders.iter().all(|(path, then)| now(path).is_ok_and(|now| now == *then))
        && disk.problems.iter().all(|bad| match bad.cause {
            Cause::Content => now(&bad.file).is_ok_and(|now| now == bad.stamp),
            Cause::Refused => File::open(root.join(&bad.file)).is_err(),
            Cause::Beside => true,
        })
}

/// Folders that changed a moment ago are marked, so that they never look the same: something may
/// still be added within the same tick of the file system's clock.
pub(super) fn mark_fresh(disk: &mut Disk, started: Stamp) {
    for (_, then) in &mut disk.folders {
        // A file system that keeps whole seconds, or pairs of them, has no nanoseconds.
        let margin = if then.nanos == 0 { 3_000_000_000 } else { 100_000_000 };
        let nanos = |s: Stamp| i128::from(s.seconds) * 1_000_000_000 + i128::from(s.nanos);
        if nanos(started) - nanos(*then) < margin {
            then.nanos = u32::MAX;
        }
    }
}

/// What a catalogue says of each file, by its path from the root on.
pub(super) fn known(decoded: &Decoded) -> HashMap<String, Known> {
    let entries = &decoded.catalogue.entries;
    let stamps = stamps(&decoded.stamps, entries.len()).unwrap_or_default();
    let mut known: HashMap<String, Known> = entries
        .iter()
        .zip(stamps)
        .map(|(entry, stamp)| {
            let file = entry.file().to_string_lossy().into_owned();
            (file, Known::Sound(outline_of(decoded, entry, stamp)))
        })
        .collect();
    for bad in &decoded.disk.problems {
        known.insert(bad.file.clone(), Known::Bad(bad.clone()));
    }
    known
}

/// An entry and its headings as they were before they were encoded.
fn outline_of(decoded: &Decoded, entry: &Entry, stamp: Stamp) -> Outline {
    let turn = |h: super::Heading<'_>| Turn {
        number: h.number,
        page: h.page,
        name: h.name.to_owned(),
        state: h.state.map(str::to_owned),
        organization: h.organization.map(str::to_owned),
        as_: place(&CAPACITIES, Some(as_word(h.as_)), 3),
        words: h.words,
        procedural: h.procedural,
    };
    Outline {
        symbol: entry.symbol.to_string(),
        language: entry.language.code().to_owned(),
        kind: place(&KINDS, Some(kind_word(entry.kind)), 0),
        exercise: entry.exercise,
        status: place(&STATUSES, Some(status_word(entry.status)), 3),
        date: (entry.date.year(), entry.date.month(), entry.date.day()),
        topic: entry.topic.to_string(),
        item: entry.item.to_string(),
        sub_items: entry.sub_items.to_string(),
        outcomes: entry.outcomes.iter().map(ToString::to_string).collect(),
        presidents: entry.presidents.iter().map(|p| (p.name.clone(), p.state.clone())).collect(),
        turns: decoded.catalogue.headings(entry).map(turn).collect(),
        file: entry.file.as_deref().map(str::to_owned),
        stamp,
    }
}
