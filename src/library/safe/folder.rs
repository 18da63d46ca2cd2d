//! An open folder. Its entries are reached through its handle by a single name, never through a
//! link.
//!
//! A library may come from anyone, and any folder or file in it may have been replaced by a link. A
//! path would follow that link, to files of the user who opens the library. A handle cannot be
//! redirected once it is open, and every call here names one entry of the folder and refuses a
//! link. Everything written or removed in a library therefore goes through [`Folder`].

use std::ffi::OsString;
use std::fs::{File, Metadata, Permissions};
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawMode};
use rustix::io::Errno;

/// An open folder. A clone shares the handle.
#[derive(Clone, Debug)]
pub(crate) struct Folder(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    handle: File,
    path: PathBuf,
}

/// The type and mode of an entry. A link is reported as a link, wherever it points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub kind: FileType,
    pub mode: u32,
}

impl Folder {
    /// Opens a folder that the user named, following links.
    ///
    /// # Errors
    /// The error of the system.
    pub fn named(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let handle = rustix::fs::open(path, DIRECTORY, Mode::empty())?;
        Ok(Self::of(handle.into(), path.to_owned()))
    }

    /// Opens a folder in one that the user named, refusing a link.
    ///
    /// # Errors
    /// The error of the system, or that it is a link.
    pub fn below(root: &Path, name: &str) -> io::Result<Self> {
        let path = root.join(single_name(Path::new(name))?);
        let opened = rustix::fs::open(&path, DIRECTORY | OFlags::NOFOLLOW, Mode::empty());
        match opened {
            Ok(handle) => Ok(Self::of(handle.into(), path)),
            Err(_) if path.is_symlink() => Err(link_error()),
            Err(e) => Err(e.into()),
        }
    }

    fn of(handle: File, path: PathBuf) -> Self {
        Self(Arc::new(Opened { handle, path }))
    }

    /// Its path when it was opened: for messages, and for what can only be opened by path.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The path of an entry, for messages.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path.join(name)
    }

    /// Owner and mode of the folder itself.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.0.handle.metadata()
    }

    /// Whether its path still points to this folder.
    pub fn is_at_its_path(&self) -> bool {
        let same =
            |one: Metadata, other: Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
        self.metadata()
            .is_ok_and(|here| std::fs::metadata(self.path()).is_ok_and(|there| same(here, there)))
    }

    /// Sets the mode of the folder, if the file system has modes.
    pub fn set_mode(&self, mode: u32) -> io::Result<()> {
        set_mode(&self.0.handle, mode)
    }

    /// Opens a folder in it.
    ///
    /// # Errors
    /// The error of the system, or that it is a link.
    pub fn folder(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        let handle = self.open_with(name, DIRECTORY, 0)?;
        Ok(Self::of(handle, self.join(name)))
    }

    /// Opens the folder at a path in it, each part of which must be a folder and not a link.
    ///
    /// # Errors
    /// As [`Folder::folder`].
    pub fn descend(&self, path: &Path) -> io::Result<Self> {
        path.components().try_fold(self.clone(), |folder, part| folder.folder(part))
    }

    /// Opens a folder in it, creating it if missing; also returns whether it is new. The umask
    /// applies to `mode`.
    ///
    /// # Errors
    /// The error of the system, or that it is a link.
    pub fn make_folder(&self, name: impl AsRef<Path>, mode: u32) -> io::Result<(Self, bool)> {
        let name = name.as_ref();
        let made = rustix::fs::mkdirat(&self.0.handle, single_name(name)?, bits(mode));
        match made {
            Err(e) if e != Errno::EXIST => Err(e.into()),
            made => Ok((self.folder(name)?, made.is_ok())),
        }
    }

    /// The type and mode of an entry.
    ///
    /// # Errors
    /// The error of the system.
    pub fn look(&self, name: impl AsRef<Path>) -> io::Result<Look> {
        let name = single_name(name.as_ref())?;
        let stat = rustix::fs::statat(&self.0.handle, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let mode = Mode::from_raw_mode(stat.st_mode as RawMode).bits();
        Ok(Look { kind: FileType::from_raw_mode(stat.st_mode as RawMode), mode: wide(mode) })
    }

    /// Whether there is an entry with this name.
    pub fn has(&self, name: impl AsRef<Path>) -> bool {
        self.look(name).is_ok()
    }

    /// Opens an entry with these flags; never a link, and without waiting for the other end of a
    /// pipe.
    pub(super) fn open_with(
        &self,
        name: impl AsRef<Path>,
        flags: OFlags,
        mode: u32,
    ) -> io::Result<File> {
        let name = single_name(name.as_ref())?;
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match rustix::fs::openat(&self.0.handle, name, flags, bits(mode)) {
            Ok(handle) => Ok(handle.into()),
            Err(_) if self.look(name).is_ok_and(|look| look.kind.is_symlink()) => Err(link_error()),
            Err(e) => Err(e.into()),
        }
    }

    /// Opens a regular file for reading.
    ///
    /// # Errors
    /// The error of the system, or that it is a link or not a regular file.
    pub fn open(&self, name: impl AsRef<Path>) -> io::Result<File> {
        regular_file(self.open_with(name, OFlags::RDONLY, 0)?).map(|(file, _)| file)
    }

    /// The first `limit` bytes of a regular file.
    ///
    /// # Errors
    /// As [`Folder::open`].
    pub fn read(&self, name: impl AsRef<Path>, limit: u64) -> io::Result<Vec<u8>> {
        let file = self.open(name)?;
        let size = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Creates a file that does not exist.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, even by a link; else the error of the system.
    pub fn create_new(&self, name: impl AsRef<Path>, mode: u32) -> io::Result<File> {
        let flags =
            OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let name = single_name(name.as_ref())?;
        Ok(rustix::fs::openat(&self.0.handle, name, flags, bits(mode))?.into())
    }

    /// Creates an empty file, removing an existing one. That one is not truncated: it could be a
    /// link, or have a second name elsewhere.
    ///
    /// # Errors
    /// The error of the system.
    pub fn create_empty(&self, name: impl AsRef<Path>, mode: u32) -> io::Result<File> {
        let name = name.as_ref();
        match self.remove(name) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => self.create_new(name, mode),
        }
    }

    /// Opens a file for appending, creating it if missing. A file with a second name elsewhere is
    /// replaced by an empty one, not written to.
    ///
    /// # Errors
    /// The error of the system, or that it is a link.
    pub fn append(&self, name: impl AsRef<Path>, mode: u32) -> io::Result<File> {
        let name = name.as_ref();
        let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE;
        let (file, meta) = match self.open_with(name, flags, mode) {
            // Another writer of this folder created it, as root does in the library of another
            // user.
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                return self.create_empty(name, mode).map_err(|_| e);
            }
            opened => regular_file(opened?)?,
        };
        if meta.nlink() > 1 { self.create_empty(name, mode) } else { Ok(file) }
    }

    /// Removes a file, or a link but not its target.
    ///
    /// # Errors
    /// The error of the system.
    pub fn remove(&self, name: impl AsRef<Path>) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0.handle, single_name(name.as_ref())?, AtFlags::empty())?)
    }

    /// Renames an entry, replacing an existing one.
    ///
    /// # Errors
    /// The error of the system.
    pub fn rename(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
        let (from, to) = (single_name(from.as_ref())?, single_name(to.as_ref())?);
        Ok(rustix::fs::renameat(&self.0.handle, from, &self.0.handle, to)?)
    }

    /// Creates a hard link in another folder. Not every file system can.
    ///
    /// # Errors
    /// The error of the system.
    pub fn link(
        &self,
        name: impl AsRef<Path>,
        folder: &Self,
        new: impl AsRef<Path>,
    ) -> io::Result<()> {
        let (name, new) = (single_name(name.as_ref())?, single_name(new.as_ref())?);
        let (from, to) = (&self.0.handle, &folder.0.handle);
        Ok(rustix::fs::linkat(from, name, to, new, AtFlags::empty())?)
    }

    /// The names of its entries.
    ///
    /// # Errors
    /// The error of the system.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.0.handle)? {
            let name = entry?.file_name().to_bytes().to_vec();
            if name != b"." && name != b".." {
                names.push(OsString::from_vec(name));
            }
        }
        Ok(names)
    }

    /// The folders in it, without links.
    pub fn folders(&self) -> Vec<Self> {
        let names = self.names().unwrap_or_default().into_iter();
        let real = names.filter(|name| self.look(name).is_ok_and(|look| look.kind.is_dir()));
        real.filter_map(|name| self.folder(name).ok()).collect()
    }

    /// Syncs the names in it to the disk.
    ///
    /// # Errors
    /// The error of the system, unless the file system cannot sync folders.
    pub fn sync(&self) -> io::Result<()> {
        sync(&self.0.handle)
    }
}

const DIRECTORY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// The error for a link in place of a folder or file of a library.
fn link_error() -> io::Error {
    io::Error::other(
        "it is a link that leads out of this folder; spv writes and removes nothing through a link, replace it by a folder or file",
    )
}

/// Checks that a name is that of a single entry: anything else could lead out of the folder.
fn single_name(name: &Path) -> io::Result<&Path> {
    let mut parts = name.components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(only)), None) if only == name.as_os_str() => Ok(name),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of a single file")),
    }
}

/// A file and its metadata, if it is a regular file.
pub(super) fn regular_file(file: File) -> io::Result<(File, Metadata)> {
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok((file, meta))
}

fn bits(mode: u32) -> Mode {
    Mode::from_bits_truncate(RawMode::try_from(mode).unwrap_or(0))
}

/// The type of a mode has another width on other systems.
#[allow(clippy::useless_conversion)] // it is none on those
fn wide(mode: RawMode) -> u32 {
    mode.into()
}

/// Whether an error says that the file system does not support an operation, as Lustre, NFS and
/// FUSE may for locks.
pub(crate) fn is_unsupported(error: &io::Error) -> bool {
    let unsupported = [Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOLCK, Errno::NOTTY];
    error.raw_os_error().is_some_and(|code| unsupported.iter().any(|e| e.raw_os_error() == code))
}

/// Syncs a file or a folder. It is not a failure if the file system cannot, as some network and
/// FUSE ones.
///
/// # Errors
/// Any other error of the system.
pub(crate) fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(e) if is_unsupported(&e) || e.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => {
            Ok(())
        }
        synced => synced,
    }
}

/// Sets the mode of a file, if the file system has modes: on one without, everybody who may use the
/// disk may use its files anyway.
///
/// # Errors
/// Any other error of the system.
pub(crate) fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    match file.set_permissions(Permissions::from_mode(mode)) {
        Err(e) if is_unsupported(&e) || e.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        set => set,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::create_dir(temp.path().join("inside")).unwrap();
        std::fs::write(temp.path().join("theirs"), "precious").unwrap();
        let folder = Folder::below(temp.path(), "inside").unwrap();
        for name in ["", ".", "..", "../theirs", "a/b", "/etc/passwd", "a/"] {
            assert!(folder.create_new(name, 0o644).is_err(), "{name}");
            assert!(folder.write(name, b"x", 0o644).is_err(), "{name}");
            assert!(folder.remove(name).is_err(), "{name}");
            assert!(folder.open(name).is_err() && !folder.has(name), "{name}");
            assert!(folder.make_folder(name, 0o755).is_err(), "{name}");
        }
        for (name, to) in [("to-a-file", "../theirs"), ("to-a-folder", ".."), ("to-nothing", "x")] {
            std::os::unix::fs::symlink(to, folder.join(name)).unwrap();
            for refused in [
                folder.open(name).map(drop),
                folder.append(name, 0o644).map(drop),
                folder.folder(name).map(drop),
                folder.make_folder(name, 0o755).map(drop),
                Folder::below(folder.path(), name).map(drop),
            ] {
                assert!(refused.unwrap_err().to_string().contains("it is a link"), "{name}");
            }
            // The link is replaced, not its target.
            folder.write(name, b"mine", 0o644).unwrap();
            assert_eq!(folder.read(name, 9).unwrap(), b"mine");
        }
        assert_eq!(std::fs::read(temp.path().join("theirs")).unwrap(), b"precious");
        assert_eq!(folder.names().unwrap().len(), 3, "nothing unfinished is left");
        rustix::fs::mkfifoat(rustix::fs::CWD, folder.join("pipe"), Mode::RWXU).unwrap();
        assert!(folder.open("pipe").is_err(), "a pipe is not waited for");
    }
}
