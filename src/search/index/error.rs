//! The errors of an index.

use std::io;
use std::path::PathBuf;

use rustix::io::Errno;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::library::reason;
use crate::search::catch_panic::{Fault, take_last_fault};

/// An error of an index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A checksum does not match; `spv index` rebuilds the index.
    #[error("the index is damaged ({0}); make it again with spv index")]
    Damaged(String),
    /// The program panicked.
    #[error(transparent)]
    Fault(Fault),
    /// It is as it was written, but cannot be used.
    #[error("the index cannot be used ({0}); remove the folder .spv/index and search again")]
    Unusable(String),
    /// The system refused to read it.
    #[error("the index: {}", reason(.0))]
    System(io::Error),
    /// Another program is updating it.
    #[error("{}: another spv{by} is making the index; wait for it to end", lock.display())]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// `" (process 4711)"` where it said so, else nothing.
        by: String,
    },
    /// The folder is not writable.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The folder.
        file: PathBuf,
        /// What to do and whom to ask.
        message: String,
    },
    /// It could not be written; what was committed before is kept.
    #[error("the index could not be written: {}", reason(.0))]
    Unwritten(io::Error),
    /// The user stopped it; what was committed is kept.
    #[error("stopped; what was indexed until now is kept")]
    Stopped,
}

impl From<TantivyError> for IndexError {
    /// Only a checksum says that an index is damaged (`verify`). An error of the system is reported as
    /// such: rebuilding the index would not help.
    fn from(error: TantivyError) -> Self {
        let system = match &error {
            TantivyError::IoError(error)
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: error,
                ..
            })
            | TantivyError::LockFailure(LockError::IoError(error), _)
                if error.raw_os_error().is_some() =>
            {
                error
            }
            // tantivy's error if it cannot start a thread.
            TantivyError::SystemError(_) => return Self::System(Errno::AGAIN.into()),
            // A panic in a thread of tantivy arrives as one of these.
            TantivyError::ErrorInThread(_) | TantivyError::Poisoned => {
                let fault = take_last_fault().map(Self::Fault);
                return fault.unwrap_or_else(|| Self::Unusable(error.to_string()));
            }
            _ => return Self::Unusable(error.to_string()),
        };
        Self::of_system(system)
    }
}

impl IndexError {
    /// The error for an error of the system.
    pub(super) fn of_system(error: &io::Error) -> Self {
        let again = match error.raw_os_error() {
            Some(number) => io::Error::from_raw_os_error(number),
            None => error.kind().into(),
        };
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem => Self::Unwritten(again),
            _ => Self::System(again),
        }
    }

    /// The error for a panic that was just caught.
    pub(in crate::search) fn fault() -> Self {
        Self::Fault(Fault::last())
    }
}
