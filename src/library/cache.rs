//! The catalogue kept on disk: where it is, whether it may be used, and that it is still true.
//!
//! It stands in `.spv/catalogue` inside a library one may write, else in the person's cache under a
//! hash of the library's real path. It can be deleted at any time.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::catalogue::{Entry, as_word, kind_word, status_word};
use super::decode::{Decoded, decode, stamps};
use super::encode::{Cause, Disk};
use super::files::stamp;
use super::folder::{Folder, set_mode};
use super::outline::{CAPACITIES, KINDS, Outline, STATUSES, Stamp, Turn, place};
use super::owner::{NOT_BY_ROOT, is_of_others_and_this_root};
use super::safe;
use super::scan::Known;

/// The folder of what is made from a library.
pub(super) const FOLDER: &str = ".spv";
/// The file in it.
const FILE: &str = "catalogue";
/// A catalogue larger than this is not ours.
const LIMIT: u64 = 256 * 1024 * 1024;

/// Where what is made from libraries may be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The person's folder for what can be made again.
    pub cache: Option<PathBuf>,
    /// The folder for indexes, where a setting names one.
    pub index: Option<PathBuf>,
    /// The person named this library on the command line, so that root may write into one of somebody else.
    pub named: bool,
}

/// A folder in which what is made from a library may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    kind: Kind,
    /// The folder it is in, which the person named or owns.
    base: PathBuf,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// In the library.
    Library,
    /// In the person's cache.
    Person,
    /// In the folder that a setting names.
    Setting,
}

/// The places for what is made from a library, the preferred one first. A flat folder of files is somebody's
/// own, and nothing is put into it.
pub(crate) fn places(root: &Path, keeping: &Keeping) -> Vec<Place> {
    let mut places = Vec::new();
    if root.join("records").is_dir() {
        let name = FOLDER.to_owned();
        places.push(Place { kind: Kind::Library, base: root.to_owned(), name });
    }
    if let (Some(cache), Some(name)) = (&keeping.cache, name_for(root)) {
        places.push(Place { kind: Kind::Person, base: cache.clone(), name });
    }
    places
}

/// The same for its index, which has a place of its own where a setting names one.
pub(crate) fn places_of_index(root: &Path, keeping: &Keeping) -> Vec<Place> {
    let set = keeping.index.clone().zip(name_for(root));
    let set = set.map(|(base, name)| Place { kind: Kind::Setting, base, name });
    set.into_iter().chain(places(root, keeping)).collect()
}

/// A name for a library beside others: a hash of its real path.
fn name_for(root: &Path) -> Option<String> {
    let real = root.canonicalize().ok()?;
    let hash = Sha256::digest(real.as_os_str().as_encoded_bytes());
    Some(hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

impl Place {
    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        self.base.join(&self.name)
    }

    /// Whether it is the person's own.
    pub(crate) fn is_private(&self) -> bool {
        self.kind == Kind::Person
    }

    /// Opens it where it is there.
    ///
    /// # Errors
    /// What the system said, or that a link is there.
    pub(crate) fn open(&self) -> io::Result<Folder> {
        Folder::below(&self.base, &self.name)
    }

    /// Opens it, and makes it where it is missing.
    ///
    /// # Errors
    /// What the system said, or that a link is there.
    pub(crate) fn make(&self, keeping: &Keeping) -> io::Result<Folder> {
        match self.kind {
            Kind::Library if !keeping.named && is_of_others_and_this_root(&self.base) => {
                Err(io::Error::other(NOT_BY_ROOT))
            }
            Kind::Library => own_folder(&Folder::named(&self.base)?),
            Kind::Person => made_in(&self.base, &self.name, 0o700),
            Kind::Setting => made_in(&self.base, &self.name, 0o755),
        }
    }
}

fn made_in(base: &Path, name: &str, mode: u32) -> io::Result<Folder> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(mode).create(base)?;
    Ok(Folder::named(base)?.make_folder(name, mode)?.0)
}

/// The folder `.spv` of a library, made with the permissions to write that the library itself gives.
pub(super) fn own_folder(root: &Folder) -> io::Result<Folder> {
    made_as_open(root, FOLDER)
}

/// A folder in another, which is made with the mode of that where it is missing.
///
/// # Errors
/// What the system said, or that a link is there.
pub(crate) fn made_as_open(folder: &Folder, name: &str) -> io::Result<Folder> {
    let (made, new) = folder.make_folder(name, 0o755)?;
    if new {
        made.set_mode(folder.metadata()?.mode() & 0o2775 | 0o700)?;
    }
    Ok(made)
}

/// Whether the files in a folder may be believed, which is an index in a [`Place`]: the folder and the place are as
/// [`safe::trusted`] says, and no file in it is a link or may be written by everyone. Who owns a file is
/// not asked: only those may have put it there who may write in the folder.
pub(crate) fn believed(root: &Path, place: &Folder, folder: &Folder) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let trusted = |folder: &Folder| folder.metadata().is_ok_and(|meta| safe::trusted(&meta, owner));
    let own = |name: &std::ffi::OsString| {
        // One that a writer has just removed is no reason for doubt.
        folder.look(name).map_or_else(
            |e| e.kind() == io::ErrorKind::NotFound,
            |look| look.kind.is_file() && look.mode & 0o002 == 0,
        )
    };
    trusted(folder) && trusted(place) && folder.names().is_ok_and(|names| names.iter().all(own))
}

/// Takes the permission to write from everyone where a process without a umask gave it: from a folder, all
/// its files and the place it is in. What cannot be changed is not believed afterwards.
pub(crate) fn shut_out_everyone(place: &Folder, folder: &Folder) {
    for name in folder.names().unwrap_or_default() {
        if folder.look(&name).is_ok_and(|look| look.kind.is_file() && look.mode & 0o002 != 0) {
            let opened = folder.open(&name).and_then(|file| Ok((file.metadata()?, file)));
            // A file with another name elsewhere may be somebody's who wants it as it is.
            if let Ok((meta, file)) = opened
                && meta.nlink() == 1
            {
                let _ = set_mode(&file, meta.mode() & 0o7775);
            }
        }
    }
    for folder in [folder, place] {
        if let Ok(meta) = folder.metadata()
            && meta.mode() & 0o002 != 0
        {
            let _ = folder.set_mode(meta.mode() & 0o7775);
        }
    }
}

/// The catalogue kept for this library, be it true or not.
pub(super) fn find(root: &Path, keeping: &Keeping) -> Option<Decoded> {
    let owner = std::fs::metadata(root).ok()?.uid();
    places(root, keeping).iter().find_map(|place| decode(&read(place, FILE, owner).ok()?))
}

/// The bytes of another file that is kept beside the catalogue, at most `limit` of them.
pub(super) fn find_other(
    root: &Path,
    keeping: &Keeping,
    name: &str,
    limit: u64,
) -> Option<Vec<u8>> {
    let owner = std::fs::metadata(root).ok()?.uid();
    let bytes = places(root, keeping).iter().find_map(|place| read(place, name, owner).ok())?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// The bytes of a file that may be believed.
fn read(place: &Place, name: &str, owner: u32) -> io::Result<Vec<u8>> {
    let untrusted = || io::Error::from(io::ErrorKind::PermissionDenied);
    let folder = place.open()?;
    if !safe::trusted(&folder.metadata()?, owner) {
        return Err(untrusted());
    }
    let file = folder.open(name)?;
    let meta = file.metadata()?;
    if meta.len() > LIMIT || !safe::trusted(&meta, owner) {
        return Err(untrusted());
    }
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(meta.len()).unwrap_or(0) + 1)?;
    file.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Keeps a catalogue where one may. That none can be kept is no error: it is made again next time.
pub(super) fn keep(root: &Path, keeping: &Keeping, bytes: &[u8]) {
    let _ = keep_other(root, keeping, FILE, bytes);
}

/// Keeps another file beside the catalogue, where one may and it is believed later; false where that is nowhere.
pub(super) fn keep_other(root: &Path, keeping: &Keeping, name: &str, bytes: &[u8]) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let kept = |place: &Place| -> io::Result<()> {
        let folder = place.make(keeping)?;
        let mode = if place.is_private() { 0o600 } else { 0o644 };
        let mut beside = folder.beside(mode)?;
        // Where everyone may write, as on a disk without modes, it would not be believed.
        let trusted = |meta: &std::fs::Metadata| safe::trusted(meta, owner);
        if !trusted(&folder.metadata()?) || !trusted(&beside.file.metadata()?) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        beside.file.write_all(bytes)?;
        beside.put(name)
    };
    places(root, keeping).iter().any(|place| kept(place).is_ok())
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
