//! The lock of a folder: a file that only those may open who may write there.
//!
//! Whoever has a file open can lock it. A lock file that everybody may read would let a reader keep every writer
//! out, so one that is more open than the folder is replaced.

use std::fs::{File, Metadata, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{Gid, OFlags, Uid};
use rustix::io::Errno;
use rustix::process::Pid;

use super::folder::{Folder, is_unsupported, set_mode};

/// How often a lock file is opened again that was replaced in the meantime.
const TRIES: usize = 20;

/// A lock that is held until this is dropped.
///
/// It is given back by name and not left to the closing of the file: a process that another thread
/// is just starting has the file open as well, for a moment, and would keep the lock so long.
#[derive(Debug)]
pub(crate) struct Held {
    file: File,
    /// False where the file system keeps no locks, and nothing keeps another writer out.
    pub is_kept: bool,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Where this fails the lock ends with the process.
        let _ = self.file.unlock();
    }
}

/// Why a lock was not taken.
#[derive(Debug)]
pub(crate) enum NotHeld {
    /// Another program has it: `" (process 4711)"` where that is known, else nothing.
    ByAnother(String),
    /// The system refused.
    Refused(io::Error),
}

/// Takes the lock on a file in a folder, which is made where it is missing. Only those may open it who may write in
/// the folder. Where the file system keeps no locks, it is taken without.
///
/// # Errors
/// When another program has it, or the system refuses.
pub(crate) fn lock_in(folder: &Folder, name: impl AsRef<Path>) -> Result<Held, NotHeld> {
    let name = name.as_ref();
    let about = folder.metadata().map_err(NotHeld::Refused)?;
    for attempt in 0..TRIES {
        if let Some(held) = take(folder, &about, name, attempt == 0)? {
            return Ok(held);
        }
    }
    Err(NotHeld::Refused(io::Error::other("the lock file is replaced by others all the time")))
}

/// Takes the lock once; `None` where the file is another by now. With `mend` one that is too open is replaced.
fn take(
    folder: &Folder,
    about: &Metadata,
    name: &Path,
    mend: bool,
) -> Result<Option<Held>, NotHeld> {
    let refused = NotHeld::Refused;
    let mode = mode_in(about);
    let (mut file, may_write) = open(folder, name, mode).map_err(refused)?;
    let meta = file.metadata().map_err(refused)?;
    // A file with a second name elsewhere could be one of the person's, which would be emptied.
    let shared = meta.nlink() > 1;
    let open_to_more = !may_write || meta.mode() & 0o777 & !mode != 0;
    let replace = || folder.remove(name).map(|()| None).map_err(refused);
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => match holder(&mut file) {
            // Who wrote the number is gone, and who holds the lock may be anybody who could read it.
            None if mend && open_to_more => replace(),
            by => Err(NotHeld::ByAnother(by.unwrap_or_default())),
        },
        Err(TryLockError::Error(e)) if !is_unsupported(&e) => Err(NotHeld::Refused(e)),
        locked => {
            let mut held = Held { file, is_kept: locked.is_ok() };
            if shared || mend && open_to_more {
                return replace();
            }
            if !is_still(folder, name, &meta) {
                return Ok(None);
            }
            open_to_writers(&held.file, about, mode);
            // The number is for people; that it cannot be noted hinders nothing.
            let _ = held
                .file
                .set_len(0)
                .and_then(|()| held.file.rewind())
                .and_then(|()| writeln!(held.file, "{} {}", std::process::id(), host()));
            Ok(Some(held))
        }
    }
}

/// The mode of a lock file in a folder: reading and writing for those who may write there.
fn mode_in(folder: &Metadata) -> u32 {
    let writers = folder.mode() & 0o022;
    0o600 | writers | writers << 1
}

/// Opens the lock file, and tells whether it may be written. One that another member of the group made may be looked
/// at all the same.
fn open(folder: &Folder, name: &Path, mode: u32) -> io::Result<(File, bool)> {
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
fn is_still(folder: &Folder, name: &Path, meta: &Metadata) -> bool {
    let now = folder.open(name).and_then(|file| file.metadata());
    now.is_ok_and(|now| (now.dev(), now.ino()) == (meta.dev(), meta.ino()))
}

/// Gives a new lock file to those who write in its folder: to its owner where root made it, and to the group what the
/// umask took from it.
fn open_to_writers(file: &File, folder: &Metadata, mode: u32) {
    let Ok(meta) = file.metadata() else { return };
    let me = rustix::process::geteuid();
    if meta.uid() != me.as_raw() {
        return;
    }
    // Only root can give a file away, and only to a group of one's own can it be given by others.
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

/// The process that has the lock by what the file says: `None` where that process has ended.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    let _ = file.take(300).read_to_string(&mut text);
    if text.is_empty() {
        // It has just been taken, and the number is not yet written.
        return Some(String::new());
    }
    let (number, host) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let number: i32 = number.parse().ok()?;
    let here = self::host();
    if !host.is_empty() && host != here {
        return Some(format!(" (process {number} on {host})"));
    }
    let process = Pid::from_raw(number)?;
    // Of a process of somebody else it may not be asked, which says that it is there.
    let lives = rustix::process::test_kill_process(process) != Err(Errno::SRCH);
    lives.then(|| format!(" (process {number})"))
}

/// The name of this host, as it may be shown.
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
