//! The catalogue on disk: finding it, checking that it is current, keeping it.
//!
//! It is `.spv/catalogue` in a writable library, else in the user's cache under a hash of the
//! library's real path. It can be deleted at any time.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::catalogue::{
    CAPACITIES, Cause, Decoded, Disk, Entry, Heading, KINDS, Outline, STATUSES, Stamp, Turn,
    as_word, decode, kind_word, place, stamps, status_word,
};
use super::files::stamp;
use super::keeping::{Keeping, Location, is_trusted, locations};
use super::scan::Known;

/// The file in it.
const FILE: &str = "catalogue";
/// A larger file is not a catalogue of this program, in bytes.
const LIMIT: u64 = 256 * 1024 * 1024;

/// The catalogue kept for this library, current or not.
pub(super) fn find_catalogue(root: &Path, keeping: &Keeping) -> Option<Decoded> {
    let owner = std::fs::metadata(root).ok()?.uid();
    locations(root, keeping)
        .iter()
        .find_map(|location| decode(&read_trusted(location, FILE, owner).ok()?))
}

/// The bytes of another file kept beside the catalogue; `None` if it has more than `limit`.
pub(super) fn find_kept_file(
    root: &Path,
    keeping: &Keeping,
    name: &str,
    limit: u64,
) -> Option<Vec<u8>> {
    let owner = std::fs::metadata(root).ok()?.uid();
    let bytes = locations(root, keeping)
        .iter()
        .find_map(|location| read_trusted(location, name, owner).ok())?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// The bytes of a file, if it can be trusted.
fn read_trusted(location: &Location, name: &str, owner: u32) -> io::Result<Vec<u8>> {
    let untrusted = || io::Error::from(io::ErrorKind::PermissionDenied);
    let folder = location.open()?;
    if !is_trusted(&folder.metadata()?, owner) {
        return Err(untrusted());
    }
    let file = folder.open(name)?;
    let meta = file.metadata()?;
    if meta.len() > LIMIT || !is_trusted(&meta, owner) {
        return Err(untrusted());
    }
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(meta.len()).unwrap_or(0) + 1)?;
    file.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps a catalogue if possible. Failure is not an error: the catalogue is rebuilt next time.
pub(super) fn keep_catalogue(root: &Path, keeping: &Keeping, bytes: &[u8]) {
    let _ = keep_file(root, keeping, FILE, bytes);
}

/// Keeps another file beside the catalogue, in the first location that is writable and will be
/// trusted; returns false if there is none.
pub(super) fn keep_file(root: &Path, keeping: &Keeping, name: &str, bytes: &[u8]) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let kept = |location: &Location| -> io::Result<()> {
        let folder = location.make(keeping)?;
        let mode = if location.is_private() { 0o600 } else { 0o644 };
        let mut unfinished = folder.unfinished(mode)?;
        // Where everyone may write, as on a disk without modes, it would not be trusted.
        let trusted = |meta: &std::fs::Metadata| is_trusted(meta, owner);
        if !trusted(&folder.metadata()?) || !trusted(&unfinished.file.metadata()?) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        unfinished.file.write_all(bytes)?;
        unfinished.finish(name)
    };
    locations(root, keeping).iter().any(|location| kept(location).is_ok())
}

/// Whether the library still looks the same: the times of its folders, and each file that was a
/// problem. This reads the metadata of folders, not of files;
/// [`Library::refresh`](super::Library::refresh) is the full check.
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

/// Marks folders that changed a moment ago so that they never look the same: a file may still be
/// added within the same tick of the file system's clock.
pub(super) fn mark_fresh(disk: &mut Disk, started: Stamp) {
    for (_, then) in &mut disk.folders {
        // A file system with a resolution of one or two seconds has no nanoseconds.
        let margin = if then.nanos == 0 { 3_000_000_000 } else { 100_000_000 };
        let nanos = |s: Stamp| i128::from(s.seconds) * 1_000_000_000 + i128::from(s.nanos);
        if nanos(started) - nanos(*then) < margin {
            then.nanos = u32::MAX;
        }
    }
}

/// What a catalogue knows of each file, by its path relative to the root.
pub(super) fn known_files(decoded: &Decoded) -> HashMap<String, Known> {
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

/// The outline that an entry and its headings were encoded from.
fn outline_of(decoded: &Decoded, entry: &Entry, stamp: Stamp) -> Outline {
    let turn = |h: Heading<'_>| Turn {
        number: h.number,
        page: h.page,
        name: h.name.to_owned(),
        state: h.state.map(str::to_owned),
        organization: h.organization.map(str::to_owned),
        role: h.role.map(str::to_owned),
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
        doubts: entry.doubts,
        outcomes: entry.outcomes.iter().map(ToString::to_string).collect(),
        presidents: entry.presidents.iter().map(|p| (p.name.clone(), p.state.clone())).collect(),
        turns: decoded.catalogue.headings(entry).map(turn).collect(),
        file: entry.file.as_deref().map(str::to_owned),
        stamp,
    }
}
