//! Writes that leave the old file or the new one, never half of one; and who may write where.

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

/// Takes the lock on a file that is named by its path, as [`lock_in`] does.
///
/// # Errors
/// When another program has it, or the system refuses.
pub(crate) fn lock(path: &Path) -> Result<Held, NotHeld> {
    let folder = Folder::named(folder_of(path)).map_err(NotHeld::Refused)?;
    lock_in(&folder, name_of_file(path).map_err(NotHeld::Refused)?)
}

/// Writes a file beside, syncs it, renames it into place and syncs the folder. `mode` is cut by the umask.
///
/// # Errors
/// What the system said; the file that stood there is unchanged and nothing half-written is left.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    Folder::named(folder_of(path))?.write(name_of_file(path)?, bytes, mode)
}

/// Begins a file that the person wants at this path, see [`Folder::unfinished_output`].
///
/// # Errors
/// What the system said.
pub(crate) fn output(path: &Path) -> io::Result<Output> {
    let name = name_of_file(path)?;
    let unfinished = Folder::named(folder_of(path))?.unfinished_output(0o644)?;
    Ok(Output { unfinished, name })
}

/// A file that is being written for the person, beside the place it will have.
#[derive(Debug)]
pub(crate) struct Output {
    pub unfinished: Unfinished,
    name: OsString,
}

impl Output {
    /// Puts it into its place, never over a file that is there.
    ///
    /// # Errors
    /// `AlreadyExists` where something has the name; else what the system said.
    pub fn finish(self) -> io::Result<()> {
        self.unfinished.finish_new(self.name)
    }
}

/// Writes a new file beside and puts it into place, never over one that is there.
///
/// # Errors
/// `AlreadyExists` where something has the name; else what the system said. Nothing is left behind.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut output = output(path)?;
    output.unfinished.file.write_all(bytes)?;
    output.finish()
}

/// Removes what killed writes left in a folder. Only for who holds the lock on it.
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

/// Takes a folder of the person from everybody else, where its file system has modes.
///
/// # Errors
/// What the system said, as of a folder that belongs to somebody else.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    let meta = std::fs::metadata(folder)?;
    if meta.mode() & 0o077 == 0 {
        return Ok(());
    }
    if meta.uid() == rustix::process::geteuid().as_raw() {
        // The owner may always change a mode that there is.
        return Folder::named(folder)?.set_mode(0o700);
    }
    std::fs::set_permissions(folder, Permissions::from_mode(0o700))
}
