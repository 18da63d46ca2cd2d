//! Writes that leave the old file or the new one, never half of one; and who may write where.

use std::fs::{File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// How the names of unfinished writes begin; readers pass over them and the next writer removes them.
pub(crate) const UNFINISHED: &str = ".tmp-";

/// A lock that is held until this is dropped.
///
/// It is given back by name and not left to the closing of the file: a process that another thread
/// is just starting has the file open as well, for a moment, and would keep the lock so long.
#[derive(Debug)]
pub(crate) struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Where this fails the lock ends with the process.
        let _ = self.0.unlock();
    }
}

/// Why a lock was not taken.
#[derive(Debug)]
pub(crate) enum NotHeld {
    /// Another program has it: `" (process 4711)"` where it said so, else nothing.
    ByAnother(String),
    /// The system refused.
    Refused(io::Error),
}

/// Takes the lock on a file, which is made where it is missing. A link in its place is not followed: it could
/// lead to a file of somebody else, which would be emptied. `mode` is that of a new file, cut by the umask.
///
/// # Errors
/// When another program has it, or the system refuses.
pub(crate) fn lock(path: &Path, mode: u32) -> Result<Held, NotHeld> {
    let no_link = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0);
    let open = |write: bool| {
        OpenOptions::new()
            .read(true)
            .write(write)
            .create(write)
            .truncate(false)
            .custom_flags(no_link)
            .mode(mode)
            .open(path)
    };
    // A lock file made by another member of the group can be locked without leave to write it.
    let opened = open(true).or_else(|e| open(false).map_err(|_| e));
    let mut file = opened.map_err(NotHeld::Refused)?;
    match file.try_lock() {
        Ok(()) => {
            // The number is for people; that it cannot be noted hinders nothing.
            let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            Ok(Held(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.take(20).read_to_string(&mut holder);
            let number = holder.trim().parse::<u32>();
            Err(NotHeld::ByAnother(number.map_or(String::new(), |n| format!(" (process {n})"))))
        }
        Err(TryLockError::Error(e)) => Err(NotHeld::Refused(e)),
    }
}

/// Writes a file beside, syncs it, renames it into place and syncs the folder. `mode` is cut by the umask.
///
/// # Errors
/// What the system said; the file that stood there is unchanged and nothing half-written is left.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = beside(path, mode)?;
    file.as_file_mut().write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    File::open(folder_of(path))?.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Begins a file beside its place; it goes when it is dropped before [`put_new`].
///
/// # Errors
/// What the system said.
pub(crate) fn beside(path: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(UNFINISHED)
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder_of(path))
        .map_err(plain)
}

/// Puts a file that was written beside into its place, never over one that is there.
///
/// # Errors
/// `AlreadyExists` where something has the name; else what the system said.
pub(crate) fn put_new(file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|e| e.error)?;
    File::open(folder_of(path))?.sync_all()
}

/// The error without the random name that was tried, which would tell the reader nothing.
fn plain(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    }
}

/// Removes what killed writes left in a folder. Only for who holds the lock on it.
pub(crate) fn clean(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // One that cannot be removed is passed over by every reader all the same.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// What to do about a write that the system refused, in one line.
pub(crate) fn advice(folder: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => format!(
            "you may not write here; {} may: ask them, or name a folder of your own with --library",
            who_may(folder)
        ),
        io::ErrorKind::ReadOnlyFilesystem => format!(
            "this disk is mounted read-only; {} may change that, or name another folder with --library",
            "whoever keeps this host"
        ),
        io::ErrorKind::StorageFull => {
            "the disk is full; make room and do it again, nothing here was changed".to_owned()
        }
        io::ErrorKind::QuotaExceeded => {
            "your share of the disk is used up; make room and do it again, nothing here was changed"
                .to_owned()
        }
        _ => format!("it cannot be written ({error}); nothing here was changed"),
    }
}

/// Who may write in the nearest folder that exists: `alice`, `alice and the group press`, `everyone`.
fn who_may(folder: &Path) -> String {
    let Some(meta) = folder.ancestors().find_map(|f| std::fs::metadata(f).ok()) else {
        return "its owner".to_owned();
    };
    let owner = name_of("/etc/passwd", meta.uid()).unwrap_or(format!("uid {}", meta.uid()));
    if meta.mode() & 0o020 == 0 {
        return owner;
    }
    let group = name_of("/etc/group", meta.gid()).unwrap_or(meta.gid().to_string());
    format!("{owner} and the group {group}")
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

/// Whether what stands in a file of ours may be believed: it belongs to the reader, to root or to
/// the owner of the library, and not everyone may write it.
pub(super) fn trusted(meta: &Metadata, owner: u32) -> bool {
    let reader = rustix::process::geteuid().as_raw();
    [reader, 0, owner].contains(&meta.uid()) && meta.mode() & 0o002 == 0
}

/// Makes a folder inside `root` and gives it, refusing one that a link has moved out of it.
///
/// # Errors
/// When it cannot be made, or is really elsewhere.
pub(super) fn folder_inside(root: &Path, folder: &str) -> io::Result<PathBuf> {
    let path = root.join(folder);
    let real_root = root.canonicalize()?;
    // Checked from the top down, so that nothing is made beyond a link that leads out.
    let mut so_far = root.to_path_buf();
    for part in Path::new(folder) {
        so_far.push(part);
        match std::fs::create_dir(&so_far) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            _ => {}
        }
        if !so_far.canonicalize()?.starts_with(&real_root) {
            return Err(io::Error::other(
                "a link leads out of the library here; writing follows no such link",
            ));
        }
    }
    Ok(path)
}

/// Writes a new file beside and puts it into place, never over one that is there.
///
/// # Errors
/// `AlreadyExists` where something has the name; else what the system said. Nothing is left behind.
pub(crate) fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut file = beside(path, mode)?;
    file.as_file_mut().write_all(bytes)?;
    put_new(file, path)
}
