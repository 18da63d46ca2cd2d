//! Writes that leave the old file or the new one, never half of one; and who may write where.

use std::ffi::OsString;
use std::fmt;
use std::fs::{Metadata, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::io::Errno;

use super::beside::Beside;
use super::folder::Folder;
use super::lock::lock as lock_in;
pub(crate) use super::lock::{Held, NotHeld};
use super::reason::cause_and_remedy;

/// Takes the lock on a file that is named by its path, as [`lock`](super::lock::lock) does.
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

/// Begins a file that the person wants at this path, see [`Folder::beside_output`].
///
/// # Errors
/// What the system said.
pub(crate) fn output(path: &Path) -> io::Result<Output> {
    let name = name_of_file(path)?;
    let beside = Folder::named(folder_of(path))?.beside_output(0o644)?;
    Ok(Output { beside, name })
}

/// A file that is being written for the person, beside the place it will have.
#[derive(Debug)]
pub(crate) struct Output {
    pub beside: Beside,
    name: OsString,
}

impl Output {
    /// Puts it into its place, never over a file that is there.
    ///
    /// # Errors
    /// `AlreadyExists` where something has the name; else what the system said.
    pub fn put(self) -> io::Result<()> {
        self.beside.put_new(self.name)
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
    output.beside.file.write_all(bytes)?;
    output.put()
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

/// What a refused write left of what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The message says enough.
    Unsaid,
    /// Nothing was changed.
    Unchanged,
    /// The batches written before it.
    Batches,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsaid => "",
            Self::Unchanged => "; nothing here was changed",
            Self::Batches => "; the records written before it are kept; import again to resume",
        })
    }
}

/// What to do about a write that the system refused, and what it left of what was there.
pub(super) fn refusal(folder: &Path, error: &io::Error) -> (String, Left) {
    if error.kind() == io::ErrorKind::PermissionDenied {
        let words = format!(
            "you may not write here; {} may: ask them, or name a folder of your own with --library",
            who_may(folder)
        );
        return (words, Left::Unsaid);
    }
    let words = match cause_and_remedy(error) {
        Some(words) => words.to_string(),
        // What is not from the system are sentences of our own.
        None if error.raw_os_error().is_none() => error.to_string(),
        None => format!("it cannot be written ({error})"),
    };
    (words, Left::Unchanged)
}

/// What to do about a write that the system refused, in one line.
pub(crate) fn advice(folder: &Path, error: &io::Error) -> String {
    let (words, left) = refusal(folder, error);
    format!("{words}{left}")
}

/// Who may write in the nearest folder that exists: `alice`, `alice and the group press`, `everyone`.
fn who_may(folder: &Path) -> String {
    let Some(meta) = folder.ancestors().find_map(|f| std::fs::metadata(f).ok()) else {
        return "its owner".to_owned();
    };
    let owner = user_name(meta.uid());
    if meta.mode() & 0o020 == 0 {
        return owner;
    }
    format!("{owner} and the group {}", group_name(meta.gid()))
}

/// The name of a user, or its number.
pub(super) fn user_name(number: u32) -> String {
    name_of("/etc/passwd", number).unwrap_or(format!("uid {number}"))
}

/// The name of a group, or its number.
pub(super) fn group_name(number: u32) -> String {
    name_of("/etc/group", number).unwrap_or(number.to_string())
}

/// The name with this number in a table of the form `name:x:number:…`. Names kept elsewhere, as in
/// a directory service, are told by number: asking for them could wait on a network.
fn name_of(table: &str, number: u32) -> Option<String> {
    let table = std::fs::read_to_string(table).ok()?;
    let number = number.to_string();
    table.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| crate::record::harmless::text(name).into_owned())
    })
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

/// Whether what stands in a file of ours may be believed: it belongs to the reader, to root or to
/// the owner of the library, and not everyone may write it.
pub(super) fn trusted(meta: &Metadata, owner: u32) -> bool {
    let reader = rustix::process::geteuid().as_raw();
    [reader, 0, owner].contains(&meta.uid()) && meta.mode() & 0o002 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_called_by_their_names() {
        for (error, words) in [
            (Errno::NOSPC, "the disk is full"),
            (Errno::DQUOT, "your share of the disk is used up"),
            (Errno::ROFS, "mounted read-only"),
            (Errno::IO, "the disk failed"),
            (Errno::FBIG, "ulimit -f"),
            (Errno::NAMETOOLONG, "the name is too long"),
            (Errno::MFILE, "too many files are open"),
            (Errno::NOMEM, "not enough memory"),
            (Errno::ACCESS, "you may not write here"),
        ] {
            let said = advice(Path::new("/"), &io::Error::from(error));
            assert!(said.contains(words), "{error:?}: {said}");
            assert!(!said.contains("os error"), "{said}");
        }
    }
}
