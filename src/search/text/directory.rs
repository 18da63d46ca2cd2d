//! The folder of an index, opened for reading only or for writing.
//!
//! tantivy's writer makes its list of segments readable for its owner alone; here it gets the leave that other
//! files of a library have, so that everybody who may read the library may search it.
//!
//! tantivy's reader takes a lock file while it looks at the list of segments, which a reader without leave
//! to write cannot. Here no lock is taken: when a writer removes a segment in that moment, opening fails
//! and is tried again. Nothing is ever written through it, and no thread watches it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::seal::{sealed, unsealed};
use crate::library::safe;

/// The folder, for readers.
#[derive(Clone, Debug)]
pub(super) struct ReadOnly(pub MmapDirectory);

/// The folder, for the writer.
#[derive(Clone, Debug)]
pub(super) struct Writable {
    pub inner: MmapDirectory,
    pub folder: PathBuf,
}

/// A list, whose checksum agrees.
fn unsealed_of(bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>, OpenReadError> {
    unsealed(bytes).map_err(|e| OpenReadError::wrap_io_error(e, path.to_owned()))
}

fn refused() -> io::Error {
    io::Error::from(io::ErrorKind::ReadOnlyFilesystem)
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        unsealed_of(self.0.atomic_read(path)?, path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

impl Directory for Writable {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        unsealed_of(self.inner.atomic_read(path)?, path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        safe::write(&self.folder.join(path), &sealed(data), 0o644)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
