//! Whose a library is: what the person is told of that, once, and what root does not do for others.

use std::fs::Metadata;
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::safe::{Folder, set_mode};
use crate::record::harmless;

/// The folder of what is made from a library.
pub(super) const FOLDER: &str = ".spv";
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
pub(crate) struct Location {
    kind: LocationKind,
    /// The folder it is in, which the person named or owns.
    base: PathBuf,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LocationKind {
    /// In the library.
    Library,
    /// In the person's cache.
    Person,
    /// In the folder that a setting names.
    Setting,
}

/// The places for what is made from a library, the preferred one first. A flat folder of files is somebody's
/// own, and nothing is put into it.
pub(crate) fn locations(root: &Path, keeping: &Keeping) -> Vec<Location> {
    let mut locations = Vec::new();
    if root.join("records").is_dir() {
        let name = FOLDER.to_owned();
        locations.push(Location { kind: LocationKind::Library, base: root.to_owned(), name });
    }
    if let (Some(cache), Some(name)) = (&keeping.cache, name_for(root)) {
        locations.push(Location { kind: LocationKind::Person, base: cache.clone(), name });
    }
    locations
}

/// The same for its index, which has a place of its own where a setting names one.
pub(crate) fn index_locations(root: &Path, keeping: &Keeping) -> Vec<Location> {
    let set = keeping.index.clone().zip(name_for(root));
    let set = set.map(|(base, name)| Location { kind: LocationKind::Setting, base, name });
    set.into_iter().chain(locations(root, keeping)).collect()
}

/// A name for a library beside others: a hash of its real path.
fn name_for(root: &Path) -> Option<String> {
    let real = root.canonicalize().ok()?;
    let hash = Sha256::digest(real.as_os_str().as_encoded_bytes());
    Some(hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

impl Location {
    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        self.base.join(&self.name)
    }

    /// Whether it is the person's own.
    pub(crate) fn is_private(&self) -> bool {
        self.kind == LocationKind::Person
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
            LocationKind::Library if !keeping.named && is_root_in_library_of_others(&self.base) => {
                Err(io::Error::other(NOT_BY_ROOT))
            }
            LocationKind::Library => own_folder(&Folder::named(&self.base)?),
            LocationKind::Person => made_in(&self.base, &self.name, 0o700),
            LocationKind::Setting => made_in(&self.base, &self.name, 0o755),
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

/// Whether the files in a folder may be believed, which is an index in a [`Location`]: the folder and the place are as
/// [`is_trusted`] says, and no file in it is a link or may be written by everyone. Who owns a file is
/// not asked: only those may have put it there who may write in the folder.
pub(crate) fn is_believed(root: &Path, place: &Folder, folder: &Folder) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let trusted = |folder: &Folder| folder.metadata().is_ok_and(|meta| is_trusted(&meta, owner));
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

/// Whether what stands in a file of ours may be believed: it belongs to the reader, to root or to
/// the owner of the library, and not everyone may write it.
pub(super) fn is_trusted(meta: &Metadata, owner: u32) -> bool {
    let reader = rustix::process::geteuid().as_raw();
    [reader, 0, owner].contains(&meta.uid()) && meta.mode() & 0o002 == 0
}

/// The file in the person's cache with what was said of a library.
const SAID: &str = "said";
/// It holds a few lines.
const LIMIT: u64 = 64 << 10;
/// Why root does not write.
pub(super) const NOT_BY_ROOT: &str =
    "others may change this library, and root writes into it only when --library names it";

/// Whether root is at work, unasked, on a library that others may change. A slip there could cost more than a
/// person's own files.
pub(super) fn is_root_in_library_of_others(root: &Path) -> bool {
    rustix::process::geteuid().is_root() && who_else(root).is_some()
}

/// Refuses to write as root into a library that others may change, unless the person named it.
///
/// # Errors
/// One line that says so.
pub fn may_write(root: &Path, keeping: &Keeping) -> Result<(), String> {
    if keeping.named || !is_root_in_library_of_others(root) {
        return Ok(());
    }
    Err(format!("{}: {NOT_BY_ROOT}", harmless::line(&root.display().to_string())))
}

/// What is to be said of a library that others may change, or in which nothing can be kept: once, and again when there
/// are other reasons. With `remember` it is not said the next time.
#[must_use]
pub fn ownership_notice(root: &Path, keeping: &Keeping, remember: bool) -> Option<String> {
    let mut reasons: Vec<String> = who_else(root).into_iter().collect();
    let own = root.join(FOLDER);
    if own.is_symlink() || own.join("index").is_symlink() {
        reasons.push(
            "its index is a link, which is not followed: it is kept in your own cache, or where the setting `index` says".to_owned(),
        );
    } else if std::fs::metadata(&own).is_ok_and(|meta| everyone_may_write(&meta)) {
        reasons.push("what is made from it, like the index, is kept in your own cache".to_owned());
    }
    if may_write(root, keeping).is_err() {
        reasons.push("root writes nothing into it unless --library names it".to_owned());
    }
    if reasons.is_empty() {
        return None;
    }
    let reasons = reasons.join("; ");
    let name = harmless::line(&root.display().to_string()).into_owned();
    let words = format!("{name}: {reasons} (said once)");
    let own = locations(root, keeping).into_iter().find(Location::is_private);
    let Some(own) = own else { return Some(words) };
    let said = own.open().and_then(|folder| folder.read(SAID, LIMIT)).unwrap_or_default();
    if String::from_utf8_lossy(&said).lines().any(|line| line == reasons) {
        return None;
    }
    if remember {
        let note = || -> io::Result<()> {
            let mut file = own.make(keeping)?.append(SAID, 0o600)?;
            writeln!(file, "{reasons}")
        };
        // What cannot be noted is said again.
        let _ = note();
    }
    Some(words)
}

/// Who else may change what is in a library, in words.
fn who_else(root: &Path) -> Option<String> {
    let folders = [root.to_owned(), root.join("records")];
    folders.iter().find_map(|folder| in_words(&std::fs::metadata(folder).ok()?))
}

fn in_words(meta: &Metadata) -> Option<String> {
    let me = rustix::process::geteuid().as_raw();
    let my_group = rustix::process::getegid().as_raw();
    if ![me, 0].contains(&meta.uid()) {
        return Some(format!(
            "this library belongs to uid {}, who may change what is in it",
            meta.uid()
        ));
    }
    if everyone_may_write(meta) {
        return Some("everyone may write into this library and change what is in it".to_owned());
    }
    // A group of the person's own, as many systems give everybody, is nobody else.
    if meta.mode() & 0o020 != 0 && meta.gid() != my_group {
        return Some(format!(
            "the group with gid {} may write into this library and change what is in it",
            meta.gid()
        ));
    }
    None
}

fn everyone_may_write(meta: &Metadata) -> bool {
    meta.mode() & 0o002 != 0
}
