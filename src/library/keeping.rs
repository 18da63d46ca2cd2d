//! Where files derived from a library are kept, who owns the library, and whom to trust.

use std::fs::Metadata;
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::safe::{Folder, set_mode};
use crate::record::harmless;

/// The folder for derived files in a library.
pub(super) const FOLDER: &str = ".spv";
/// Where files derived from libraries may be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The user's cache folder.
    pub cache: Option<PathBuf>,
    /// The folder for indexes, if a setting names one.
    pub index: Option<PathBuf>,
    /// The user named this library on the command line, so that root may write into one of another
    /// user.
    pub named: bool,
}

/// A folder in which files derived from a library may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    kind: LocationKind,
    /// The parent folder, which the user named or owns.
    base: PathBuf,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LocationKind {
    /// In the library.
    Library,
    /// In the user's cache.
    Person,
    /// In the folder named by a setting.
    Setting,
}

/// The locations for derived files, the preferred one first. Nothing is put into a flat folder of
/// files.
pub(crate) fn locations(root: &Path, keeping: &Keeping) -> Vec<Location> {
    let mut locations = Vec::new();
    if root.join("records").is_dir() {
        let name = FOLDER.to_owned();
        locations.push(Location { kind: LocationKind::Library, base: root.to_owned(), name });
    }
    if let (Some(cache), Some(name)) = (&keeping.cache, hashed_name(root)) {
        locations.push(Location { kind: LocationKind::Person, base: cache.clone(), name });
    }
    locations
}

/// The locations for its index, first the one named by a setting.
pub(crate) fn index_locations(root: &Path, keeping: &Keeping) -> Vec<Location> {
    let set = keeping.index.clone().zip(hashed_name(root));
    let set = set.map(|(base, name)| Location { kind: LocationKind::Setting, base, name });
    set.into_iter().chain(locations(root, keeping)).collect()
}

/// A unique name for a library: a hash of its real path.
fn hashed_name(root: &Path) -> Option<String> {
    let real = root.canonicalize().ok()?;
    let hash = Sha256::digest(real.as_os_str().as_encoded_bytes());
    Some(hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

impl Location {
    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        self.base.join(&self.name)
    }

    /// Whether it is in the user's cache.
    pub(crate) fn is_private(&self) -> bool {
        self.kind == LocationKind::Person
    }

    /// Opens it if it exists.
    ///
    /// # Errors
    /// What the system said, or that a link is there.
    pub(crate) fn open(&self) -> io::Result<Folder> {
        Folder::below(&self.base, &self.name)
    }

    /// Opens it, creating it if missing.
    ///
    /// # Errors
    /// What the system said, or that a link is there.
    pub(crate) fn make(&self, keeping: &Keeping) -> io::Result<Folder> {
        match self.kind {
            LocationKind::Library if !keeping.named && is_root_in_library_of_others(&self.base) => {
                Err(io::Error::other(NOT_BY_ROOT))
            }
            LocationKind::Library => own_folder(&Folder::named(&self.base)?),
            LocationKind::Person => make_in(&self.base, &self.name, 0o700),
            LocationKind::Setting => make_in(&self.base, &self.name, 0o755),
        }
    }
}

fn make_in(base: &Path, name: &str, mode: u32) -> io::Result<Folder> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(mode).create(base)?;
    Ok(Folder::named(base)?.make_folder(name, mode)?.0)
}

/// The folder `.spv` of a library, created with the write permissions of the library.
pub(super) fn own_folder(root: &Folder) -> io::Result<Folder> {
    made_as_open(root, FOLDER)
}

/// A folder in another, created with the mode of that one if missing.
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

/// Whether the files in a folder, an index in a [`Location`], can be trusted: folder and location
/// are trusted (see [`is_trusted`]), and no file in it is a link or writable by everyone. The owner
/// of a file does not matter, since only those who may write into the folder can have put it there.
pub(crate) fn is_believed(root: &Path, place: &Folder, folder: &Folder) -> bool {
    let Ok(owner) = std::fs::metadata(root).map(|meta| meta.uid()) else { return false };
    let trusted = |folder: &Folder| folder.metadata().is_ok_and(|meta| is_trusted(&meta, owner));
    let own = |name: &std::ffi::OsString| {
        // A file that a writer has just removed is ignored.
        folder.look(name).map_or_else(
            |e| e.kind() == io::ErrorKind::NotFound,
            |look| look.kind.is_file() && look.mode & 0o002 == 0,
        )
    };
    trusted(folder) && trusted(place) && folder.names().is_ok_and(|names| names.iter().all(own))
}

/// Removes the write permission of everyone, which a process without a umask gave, from a folder,
/// its files and its location. What cannot be changed is not trusted afterwards.
pub(crate) fn shut_out_everyone(place: &Folder, folder: &Folder) {
    for name in folder.names().unwrap_or_default() {
        if folder.look(&name).is_ok_and(|look| look.kind.is_file() && look.mode & 0o002 != 0) {
            let opened = folder.open(&name).and_then(|file| Ok((file.metadata()?, file)));
            // A file with a second name elsewhere may belong to someone who wants it as it is.
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

/// Whether a file or folder can be trusted: it belongs to the user, to root or to the owner of the
/// library, and not everyone may write to it.
pub(super) fn is_trusted(meta: &Metadata, owner: u32) -> bool {
    let reader = rustix::process::geteuid().as_raw();
    [reader, 0, owner].contains(&meta.uid()) && meta.mode() & 0o002 == 0
}

/// The file in the user's cache with the notices already shown.
const SHOWN: &str = "said";
/// The largest size of that file, in bytes.
const LIMIT: u64 = 64 << 10;
/// Why root does not write.
pub(super) const NOT_BY_ROOT: &str =
    "others may change this library, and root writes into it only if --library names it";

/// Whether root, unasked, works in a library that others may change, where a mistake could damage
/// more than the user's own files.
pub(super) fn is_root_in_library_of_others(root: &Path) -> bool {
    rustix::process::geteuid().is_root() && who_else(root).is_some()
}

/// Refuses to write as root into a library that others may change, unless the user named it.
///
/// # Errors
/// One line that says so.
pub fn may_write(root: &Path, keeping: &Keeping) -> Result<(), String> {
    if keeping.named || !is_root_in_library_of_others(root) {
        return Ok(());
    }
    Err(format!("{}: {NOT_BY_ROOT}", harmless::line(&root.display().to_string())))
}

/// A notice about a library that others may change, or in which nothing can be kept. It is shown
/// once, and again if the reasons change; `remember` records that it was shown.
pub fn ownership_notice(root: &Path, keeping: &Keeping, remember: bool) -> Option<String> {
    let mut reasons: Vec<String> = who_else(root).into_iter().collect();
    let own = root.join(FOLDER);
    if own.is_symlink() || own.join("index").is_symlink() {
        reasons.push(
            "its index is a link, which is not followed: the index is kept in your own cache, or where the setting `index` says".to_owned(),
        );
    } else if std::fs::metadata(&own).is_ok_and(|meta| everyone_may_write(&meta)) {
        reasons.push("derived files, like the index, are kept in your own cache".to_owned());
    }
    if may_write(root, keeping).is_err() {
        reasons.push("root writes nothing into it unless --library names it".to_owned());
    }
    if reasons.is_empty() {
        return None;
    }
    let reasons = reasons.join("; ");
    let name = harmless::line(&root.display().to_string()).into_owned();
    let words = format!("{name}: {reasons} (this is shown once)");
    let own = locations(root, keeping).into_iter().find(Location::is_private);
    let Some(own) = own else { return Some(words) };
    let shown = own.open().and_then(|folder| folder.read(SHOWN, LIMIT)).unwrap_or_default();
    if String::from_utf8_lossy(&shown).lines().any(|line| line == reasons) {
        return None;
    }
    if remember {
        let note = || -> io::Result<()> {
            let mut file = own.make(keeping)?.append(SHOWN, 0o600)?;
            writeln!(file, "{reasons}")
        };
        // If this fails, the notice is shown again.
        let _ = note();
    }
    Some(words)
}

/// Who else may change a library, in words.
fn who_else(root: &Path) -> Option<String> {
    let folders = [root.to_owned(), root.join("records")];
    folders.iter().find_map(|folder| others_in_words(&std::fs::metadata(folder).ok()?))
}

fn others_in_words(meta: &Metadata) -> Option<String> {
    let me = rustix::process::geteuid().as_raw();
    let my_group = rustix::process::getegid().as_raw();
    if ![me, 0].contains(&meta.uid()) {
        return Some(format!("this library belongs to uid {}, who may change it", meta.uid()));
    }
    if everyone_may_write(meta) {
        return Some("everyone may write into this library and change it".to_owned());
    }
    // The user's own group, which many systems create, does not count.
    if meta.mode() & 0o020 != 0 && meta.gid() != my_group {
        return Some(format!(
            "the group with gid {} may write into this library and change it",
            meta.gid()
        ));
    }
    None
}

fn everyone_may_write(meta: &Metadata) -> bool {
    meta.mode() & 0o002 != 0
}
