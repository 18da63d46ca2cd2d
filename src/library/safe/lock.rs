//! The lock of a folder: a file that only those who may write there can open.
//!
//! Anyone who can open a file can lock it. With a lock file that everybody may read, a reader could
//! block every writer, so one with wider permissions than the folder is replaced.

use std::fs::{File, Metadata, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{Gid, OFlags, Uid};
use rustix::io::Errno;
use rustix::process::Pid;

use super::folder::{Folder, is_unsupported, set_mode};

/// How often a lock file that was replaced meanwhile is opened again.
const TRIES: usize = 20;

/// A lock, held until dropped.
///
/// It is released explicitly, not by closing the file: a process that another thread is starting
/// briefly has the file open too, and would hold the lock that long.
#[derive(Debug)]
pub(crate) struct Held {
    file: File,
    /// False if the file system has no locks, so that nothing blocks another writer.
    pub is_kept: bool,
}

impl Drop for Held {
    fn drop(&mut self) {
        // If this fails the lock ends with the process.
        let _ = self.file.unlock();
    }
}

/// Why a lock was not taken.
#[derive(Debug)]
pub(crate) enum NotHeld {
    /// Another program holds it: `" (process 4711)"` if known, else empty.
    ByAnother(String),
    /// The system refused.
    Refused(io::Error),
}

/// Takes the lock on a file in a folder, creating the file if missing. Only those who may write
/// into the folder can open it. Without support for locks, this succeeds without one.
///
/// # Errors
/// If another program holds it, or the system refuses.
pub(crate) fn lock_in(folder: &Folder, name: impl AsRef<Path>) -> Result<Held, NotHeld> {
    let name = name.as_ref();
    let about = folder.metadata().map_err(NotHeld::Refused)?;
    for attempt in 0..TRIES {
        if let Some(held) = try_lock_in(folder, &about, name, attempt == 0)? {
            return Ok(held);
        }
    }
    Err(NotHeld::Refused(io::Error::other("other programs keep replacing the lock file")))
}

/// Tries once; `None` if the file was replaced meanwhile. With `mend` a file with too wide
/// permissions is replaced.
fn try_lock_in(
    folder: &Folder,
    about: &Metadata,
    name: &Path,
    mend: bool,
) -> Result<Option<Held>, NotHeld> {
    let refused = NotHeld::Refused;
    let mode = lock_mode(about);
    let (mut file, may_write) = open_lock_file(folder, name, mode).map_err(refused)?;
    let meta = file.metadata().map_err(refused)?;
    // A file with a second name elsewhere could be the user's own and would be truncated.
    let shared = meta.nlink() > 1;
    let open_to_more = !may_write || meta.mode() & 0o777 & !mode != 0;
    let replace = || folder.remove(name).map(|()| None).map_err(refused);
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => match holder(&mut file) {
            // The process in the file has ended, so the lock may be held by anyone who could read
            // the file.
            None if mend && open_to_more => replace(),
            by => Err(NotHeld::ByAnother(by.unwrap_or_default())),
        },
        Err(TryLockError::Error(e)) if !is_unsupported(&e) => Err(NotHeld::Refused(e)),
        locked => {
            let mut held = Held { file, is_kept: locked.is_ok() };
            if shared || mend && open_to_more {
                return replace();
            }
            if !still_has_name(folder, name, &meta) {
                return Ok(None);
            }
            share_with_writers(&held.file, about, mode);
            // The number is for messages only, so failing to write it does no harm.
            let _ = held
                .file
                .set_len(0)
                .and_then(|()| held.file.rewind())
                .and_then(|()| writeln!(held.file, "{} {}", std::process::id(), host()));
            Ok(Some(held))
        }
    }
}

/// The mode of a lock file: read and write for those who may write into the folder.
fn lock_mode(folder: &Metadata) -> u32 {
    let writers = folder.mode() & 0o022;
    0o600 | writers | writers << 1
}

/// Opens the lock file; also returns whether it is writable. A file of another group member may be
/// readable only.
fn open_lock_file(folder: &Folder, name: &Path, mode: u32) -> io::Result<(File, bool)> {
    let unfit = || io::Error::other("the lock file is not an ordinary file; remove it");
    let opened = match folder.open_with(name, OFlags::RDWR | OFlags::CREATE, mode) {
        Err(e) if e.kind() == io::ErrorKind::IsADirectory => return Err(unfit()),
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
            folder.open(name).map(|file| (file, false)).map_err(|_| e)?
        }
        opened => (opened?, true),
    };
    if !opened.0.metadata()?.is_file() {
        return Err(unfit());
    }
    Ok(opened)
}

/// Whether this file still has its name.
fn still_has_name(folder: &Folder, name: &Path, meta: &Metadata) -> bool {
    let now = folder.open(name).and_then(|file| file.metadata());
    now.is_ok_and(|now| (now.dev(), now.ino()) == (meta.dev(), meta.ino()))
}

/// Gives a new lock file to those who may write into its folder: to its owner if root created it,
/// and to the group what the umask removed.
fn share_with_writers(file: &File, folder: &Metadata, mode: u32) {
    let Ok(meta) = file.metadata() else { return };
    let me = rustix::process::geteuid();
    if meta.uid() != me.as_raw() {
        return;
    }
    // Only root can change the owner; others can change the group to one of their own.
    if me.is_root() && folder.uid() != 0 {
        let _ = rustix::fs::fchown(file, Some(Uid::from_raw(folder.uid())), None);
    }
    if mode & 0o060 != 0 && meta.gid() != folder.gid() {
        let _ = rustix::fs::fchown(file, None, Some(Gid::from_raw(folder.gid())));
    }
    if meta.permissions().mode() & 0o777 != mode {
        let _ = set_mode(file, mode);
    }
}

/// The process that holds the lock, according to the file; `None` if it has ended.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    let _ = file.take(300).read_to_string(&mut text);
    if text.is_empty() {
        // The lock was just taken and the number is not written yet.
        return Some(String::new());
    }
    let (number, host) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let number: i32 = number.parse().ok()?;
    let here = self::host();
    if !host.is_empty() && host != here {
        return Some(format!(" (process {number} on {host})"));
    }
    let process = Pid::from_raw(number)?;
    // For a process of another user this is refused, which shows that it exists.
    let lives = rustix::process::test_kill_process(process) != Err(Errno::SRCH);
    lives.then(|| format!(" (process {number})"))
}

/// The name of this host, safe to show.
fn host() -> String {
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;

    fn folder(mode: u32) -> (tempfile::TempDir, Folder) {
        let temp = tempfile::tempdir().unwrap();
        std::fs::set_permissions(temp.path(), Permissions::from_mode(mode)).unwrap();
        let folder = Folder::named(temp.path()).unwrap();
        (temp, folder)
    }

    fn by(folder: &Folder) -> String {
        match lock_in(folder, "lock") {
            Err(NotHeld::ByAnother(by)) => by,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_writers_may_open_the_lock() {
        for (open, mode) in [(0o755, 0o600), (0o775, 0o660), (0o2775, 0o660), (0o700, 0o600)] {
            let (_temp, folder) = folder(open);
            let held = lock_in(&folder, "lock").unwrap();
            assert!(held.is_kept);
            assert_eq!(folder.look("lock").unwrap().mode & 0o777, mode, "{open:o}");
            assert_eq!(by(&folder), format!(" (process {})", std::process::id()));
            drop(held);
            assert!(lock_in(&folder, "lock").is_ok());
        }
    }

    #[test]
    fn a_reader_who_holds_an_old_lock_keeps_no_writer_out() {
        let (temp, folder) = folder(0o755);
        let file = temp.path().join("lock");
        // No process has this number: the largest there can be is smaller.
        std::fs::write(&file, "2000000000\n").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        let reader = File::open(&file).unwrap();
        reader.lock().unwrap();
        let held = lock_in(&folder, "lock").unwrap();
        assert_eq!(folder.look("lock").unwrap().mode & 0o777, 0o600);
        assert_eq!(by(&folder), format!(" (process {})", std::process::id()));
        drop(held);
        // A writer of an earlier version that lives is believed.
        std::fs::write(&file, format!("{}\n", std::process::id())).unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        let writer = File::open(&file).unwrap();
        writer.lock().unwrap();
        assert_eq!(by(&folder), format!(" (process {})", std::process::id()));
        // On another host nobody can look, and the host is named.
        std::fs::write(&file, "4711 elsewhere\n").unwrap();
        assert_eq!(by(&folder), " (process 4711 on elsewhere)");
        // A lock that is not open to readers is believed, and a number that is stale is not named.
        std::fs::write(&file, "2000000000\n").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(by(&folder), "");
    }

    #[test]
    fn a_lock_with_another_name_elsewhere_is_not_emptied() {
        let (temp, folder) = folder(0o755);
        let theirs = tempfile::NamedTempFile::new_in(temp.path()).unwrap();
        std::fs::write(theirs.path(), "precious").unwrap();
        std::fs::hard_link(theirs.path(), temp.path().join("lock")).unwrap();
        assert!(lock_in(&folder, "lock").is_ok());
        assert_eq!(std::fs::read(theirs.path()).unwrap(), b"precious");
    }
}
