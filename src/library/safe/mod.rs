//! Writes that leave the old file or the new one, never a part of one.

mod folder;
pub(super) mod lock;
pub(super) mod unfinished;

use std::ffi::OsString;
use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::io::Errno;

pub(super) use folder::set_mode;
pub(crate) use folder::{Folder, sync};
use lock::lock_in;
pub(crate) use lock::{Held, NotHeld};
use unfinished::Unfinished;

/// Takes the lock on a file given by its path, see [`lock_in`].
///
/// # Errors
/// If another program holds it, or the system refuses.
pub(crate) fn lock(path: &Path) -> Result<Held, NotHeld> {
    let folder = Folder::named(folder_of(path)).map_err(NotHeld::Refused)?;
    lock_in(&folder, name_of_file(path).map_err(NotHeld::Refused)?)
}

/// Writes a temporary file, syncs it, renames it into place and syncs the folder. The umask applies
/// to `mode`.
///
/// # Errors
/// The error of the system; the existing file is unchanged and nothing half-written is left.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    Folder::named(folder_of(path))?.write(name_of_file(path)?, bytes, mode)
}

/// Starts a file that the user wants at this path, see [`Folder::unfinished_output`].
///
/// # Errors
/// The error of the system.
pub(crate) fn output(path: &Path) -> io::Result<Output> {
    output_with(path, 0o644)
}

fn output_with(path: &Path, mode: u32) -> io::Result<Output> {
    let name = name_of_file(path)?;
    let unfinished = Folder::named(folder_of(path))?.unfinished_output(mode)?;
    Ok(Output { unfinished, name })
}

/// A file being written for the user, under a temporary name in the same folder.
#[derive(Debug)]
pub(crate) struct Output {
    pub unfinished: Unfinished,
    name: OsString,
}

impl Output {
    /// Gives it its name, never replacing an existing file.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, else the error of the system.
    pub fn finish(self) -> io::Result<()> {
        self.unfinished.finish_new(self.name)
    }
}

/// Writes a new file completely or not at all, never replacing an existing one.
///
/// # Errors
/// `AlreadyExists` if the name is taken, else the error of the system. Nothing is left.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_new_with(path, bytes, 0o644)
}

/// As [`write_new`], for a file that nobody else may read.
///
/// # Errors
/// As [`write_new`].
pub(crate) fn write_new_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_new_with(path, bytes, 0o600)
}

fn write_new_with(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut output = output_with(path, mode)?;
    output.unfinished.file.write_all(bytes)?;
    output.finish()
}

/// Removes what killed writers left in a folder. The caller must hold the lock on it.
pub(crate) fn clean(folder: &Path) {
    if let Ok(folder) = Folder::named(folder) {
        folder.clean();
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn name_of_file(path: &Path) -> io::Result<OsString> {
    path.file_name().map(ToOwned::to_owned).ok_or_else(|| io::Error::from(Errno::ISDIR))
}

/// Makes a folder of the user inaccessible to others, if the file system has modes.
///
/// # Errors
/// The error of the system, as for a folder that belongs to another user.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    let meta = std::fs::metadata(folder)?;
    if meta.mode() & 0o077 == 0 {
        return Ok(());
    }
    if meta.uid() == rustix::process::geteuid().as_raw() {
        // The owner may always change a mode, if the file system has modes.
        return Folder::named(folder)?.set_mode(0o700);
    }
    std::fs::set_permissions(folder, Permissions::from_mode(0o700))
}
