//! What went wrong with a library, in sentences that name the file and what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::encode::Cause;
use super::files::Fault;
use super::safe::{self, Left};
use crate::record::Symbol;

/// Why a library or a record in it could not be used; the message names file, place and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The record is not here.
    #[error("{symbol} is not in the library")]
    NotHere {
        /// Its symbol.
        symbol: Symbol,
    },
    /// The file is no sound record, or the folder no library: bad input.
    #[error("{}: {message}", file.display())]
    Bad {
        /// The file.
        file: PathBuf,
        /// Place, fault and what to do.
        message: String,
    },
    /// A record of the same symbol and language stands there, with other words and no worse a source.
    #[error(
        "{}: it is already here with other words from a source as good; use --replace to put the new one in its place",
        file.display()
    )]
    Differs {
        /// The file that stands there.
        file: PathBuf,
    },
    /// Another program is writing into the library.
    #[error(
        "{}: another spv{by} is writing into this library; wait for it to end and do it again",
        lock.display()
    )]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// `" (process 4711)"` where it said so, else nothing.
        by: String,
    },
    /// The system refused: permission, a full or read-only disk.
    #[error("{}: {message}{left}", file.display())]
    Refused {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong, what to do and who may.
        message: String,
        /// What became of the library.
        left: Left,
    },
    /// The system failed in another way.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LibraryError {
    /// A file that could not be read.
    pub(super) fn of_fault(file: &Path, fault: Fault) -> Self {
        let (file, message) = (file.to_owned(), fault.message);
        if fault.cause == Cause::Refused {
            Self::Refused { file, message, left: Left::Unsaid }
        } else {
            Self::Bad { file, message }
        }
    }

    /// The folder of a library that cannot be read.
    pub(super) fn unread(root: &Path, source: io::Error) -> Self {
        let file = root.to_owned();
        let bad = |what: &str| Self::Bad { file: file.clone(), message: what.to_owned() };
        match source.kind() {
            io::ErrorKind::NotFound => bad(
                "there is no such folder; name another with --library, or make this one with spv import",
            ),
            io::ErrorKind::NotADirectory => bad(
                "this is no folder; name the folder of a library, or take this file in with spv import",
            ),
            io::ErrorKind::PermissionDenied => Self::Refused {
                message: "you may not read this folder; ask its owner for permission, or name another with --library"
                    .to_owned(),
                file,
                left: Left::Unsaid,
            },
            _ => Self::Io { file, source },
        }
    }

    /// A write that the system refused.
    pub(super) fn unwritten(path: &Path, source: &io::Error) -> Self {
        let (message, left) = safe::refusal(path, source);
        Self::Refused { file: path.to_owned(), message, left }
    }

    /// This error, of a write that came after others of the same import, which are kept.
    #[must_use]
    pub fn after_batches(self) -> Self {
        match self {
            Self::Refused { file, message, left: Left::Unchanged } => {
                Self::Refused { file, message, left: Left::Batches }
            }
            other => other,
        }
    }
}
