//! Why an index could not be used or made.

use std::io;
use std::path::PathBuf;

use rustix::io::Errno;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::library::reason;
use crate::search::catch_panic::{Fault, take_last_fault};

/// Why an index could not be used or made.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It is damaged; `spv index` makes it again.
    #[error("the index is damaged ({0}); make it again with spv index")]
    Damaged(String),
    /// The program panicked.
    #[error(transparent)]
    Fault(Fault),
    /// It is as it was written, and yet cannot be used.
    #[error("the index cannot be used ({0}); remove the folder .spv/index and search again")]
    Unusable(String),
    /// The system refused to read it or to work with it.
    #[error("the index: {}", reason(.0))]
    System(io::Error),
    /// Another program is making it.
    #[error("{}: another spv{by} is making the index; wait for it to end", lock.display())]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// `" (process 4711)"` where it said so, else nothing.
        by: String,
    },
    /// The library may not be written.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The folder.
        file: PathBuf,
        /// What to do and whom to ask.
        message: String,
    },
    /// What was made could not be written; what was committed before stands.
    #[error("the index could not be written: {}", reason(.0))]
    Unwritten(io::Error),
    /// The person stopped it. What was committed stands.
    #[error("stopped; what was indexed until now is kept")]
    Stopped,
}

impl From<TantivyError> for IndexError {
    /// Only checksums say that an index is damaged ([`verify`](super::verify)). What the system refuses is called
    /// by its name: making the index again would not help.
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
            // What tantivy says where it cannot start a thread.
            TantivyError::SystemError(_) => return Self::System(Errno::AGAIN.into()),
            // A panic in a thread of tantivy's own comes as one of these.
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
    /// What the system said.
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

    /// A panic that was just caught.
    pub(in crate::search) fn fault() -> Self {
        Self::Fault(Fault::last())
    }
}
