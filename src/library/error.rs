//! Errors of a library and of the system, with messages that name the file, the cause and what to
//! do.

use std::fmt;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::catalogue::{BadFile, Cause};
use crate::record::{Symbol, harmless};

/// A library or a record in it cannot be used. The message names the file, the position and what to
/// do.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The record is not in the library.
    #[error("{symbol} is not in the library")]
    NotHere {
        /// Its symbol.
        symbol: Symbol,
    },
    /// Bad input: the file is not a valid record, or the folder not a library.
    #[error("{}: {message}", file.display())]
    Bad {
        /// The file.
        file: PathBuf,
        /// Position, fault and what to do.
        message: String,
    },
    /// The library has a record with this symbol and language, with other words and from a source
    /// that is no worse.
    #[error(
        "{}: already in the library with other words, from a source that is as good; use --replace to replace it",
        file.display()
    )]
    Differs {
        /// The file of that record.
        file: PathBuf,
    },
    /// Another program is writing into the library.
    #[error(
        "{}: another spv{by} is writing into this library; wait for it to finish and try again",
        lock.display()
    )]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// `" (process 4711)"` if known, else empty.
        by: String,
    },
    /// The system refused: permission, a full or read-only disk.
    #[error("{}: {message}{left}", file.display())]
    Refused {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong, what to do and who has permission.
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
    pub(super) fn of_fault(file: &Path, fault: FileFault) -> Self {
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
                "no such folder; name another with --library, or create this one with spv import",
            ),
            io::ErrorKind::NotADirectory => bad(
                "not a folder; name the folder of a library, or import this file with spv import",
            ),
            io::ErrorKind::PermissionDenied => Self::Refused {
                message: "permission denied; ask its owner for permission, or name another with --library"
                    .to_owned(),
                file,
                left: Left::Unsaid,
            },
            _ => Self::Io { file, source },
        }
    }

    /// A write that the system refused.
    pub(super) fn unwritten(path: &Path, source: &io::Error) -> Self {
        let (message, left) = refusal(path, source);
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
            Self::Unchanged => "; nothing was changed",
            Self::Batches => "; the records written before it are kept; import again to resume",
        })
    }
}

/// A file that could not be read; the others still load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Position, fault and what to do, in one line.
    pub message: String,
    /// Its content is unreadable. False for a file that can be read but is left out because another
    /// has the same record.
    pub unread: bool,
}

impl Problem {
    pub(super) fn of_bad(root: &Path, bad: &BadFile) -> Self {
        let unread = bad.cause != Cause::Beside;
        Self { file: root.join(&bad.file), message: bad.message.clone(), unread }
    }

    /// Whether this is a file of the record with this symbol, judged by its name, since the content
    /// may be unreadable.
    pub fn is_of(&self, symbol: &Symbol) -> bool {
        let name = self.file.file_name().and_then(|name| name.to_str());
        let rest = name.and_then(|name| name.strip_prefix(&symbol.file_stem()));
        rest.is_some_and(|rest| rest.starts_with('.'))
    }
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(super) struct FileFault {
    /// Position, fault and what to do, in one harmless line.
    pub message: String,
    /// What the fault depends on.
    pub cause: Cause,
}

impl FileFault {
    pub(super) fn bad(message: impl AsRef<str>) -> Self {
        Self { message: one_line(message.as_ref()), cause: Cause::Content }
    }

    pub(super) fn refused(error: &io::Error) -> Self {
        let message = match error.kind() {
            io::ErrorKind::PermissionDenied => {
                "permission denied; ask its owner for permission".to_owned()
            }
            io::ErrorKind::NotFound => {
                "no such file; it was removed after the folder was listed".to_owned()
            }
            io::ErrorKind::OutOfMemory => NO_MEMORY.to_owned(),
            _ => format!("cannot be read: {}", reason(error)),
        };
        Self { message: one_line(&message), cause: Cause::Refused }
    }
}

/// Text that may come from a file, on one line, without control characters, at most 400 characters
/// long.
pub(super) fn one_line(text: &str) -> String {
    let text = harmless::text(text).replace('\n', " ");
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

/// Shown when a record does not fit into the memory that may be used.
const NO_MEMORY: &str = "not enough memory to read it";

/// What an error means and what to do about it, for errors whose own text does not say.
fn cause_and_remedy(error: &io::Error) -> Option<&'static str> {
    Some(match Errno::from_io_error(error)? {
        Errno::ROFS => {
            "the disk is mounted read-only; name another folder with --library, or ask the administrator of this host"
        }
        Errno::NOSPC => "the disk is full; make room and try again",
        Errno::DQUOT => "disk quota exceeded; make room and try again",
        Errno::FBIG => {
            "file too large for this shell or file system; see `ulimit -f` and try again"
        }
        Errno::IO => "I/O error on the disk; see the system log",
        Errno::NAMETOOLONG => "the name is too long for this file system; choose a shorter one",
        Errno::MFILE | Errno::NFILE => "too many files are open; see `ulimit -n` and try again",
        Errno::NOMEM => "not enough memory; close other programs and try again",
        Errno::AGAIN => "cannot start another thread; see `ulimit -u`",
        _ => return None,
    })
}

/// The error of the system without its number, and what to do about it if that is known.
pub fn reason(error: &io::Error) -> String {
    let known = cause_and_remedy(error).or(match error.kind() {
        io::ErrorKind::NotFound => Some("no such file or folder"),
        io::ErrorKind::PermissionDenied => Some("permission denied; check the permissions"),
        io::ErrorKind::StorageFull => Some("the disk is full; make room and try again"),
        _ => None,
    });
    known.map_or_else(|| error.to_string(), ToOwned::to_owned)
}

/// Why the system refused a write and what to do, and what it left of what was there.
fn refusal(folder: &Path, error: &io::Error) -> (String, Left) {
    if error.kind() == io::ErrorKind::PermissionDenied {
        let words = format!(
            "permission denied: {} may write here; ask them, or name a folder of your own with --library",
            writers_of(folder)
        );
        return (words, Left::Unsaid);
    }
    let words = match cause_and_remedy(error) {
        Some(words) => words.to_owned(),
        // Errors that are not from the system already are messages.
        None if error.raw_os_error().is_none() => error.to_string(),
        None => format!("cannot be written ({error})"),
    };
    (words, Left::Unchanged)
}

/// The same in one line.
pub(crate) fn write_advice(folder: &Path, error: &io::Error) -> String {
    let (words, left) = refusal(folder, error);
    format!("{words}{left}")
}

/// Who may write into the nearest existing folder: `uid 1000`, `uid 1000 and the group with gid
/// 100`.
fn writers_of(folder: &Path) -> String {
    let Some(meta) = folder.ancestors().find_map(|f| std::fs::metadata(f).ok()) else {
        return "its owner".to_owned();
    };
    let owner = format!("uid {}", meta.uid());
    if meta.mode() & 0o020 == 0 {
        return owner;
    }
    format!("{owner} and the group with gid {}", meta.gid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_has_a_name() {
        for (errno, word) in [
            (Errno::AGAIN, "thread"),
            (Errno::NOMEM, "memory"),
            (Errno::MFILE, "files are open"),
            (Errno::FBIG, "ulimit -f"),
            (Errno::IO, "disk"),
            (Errno::NOSPC, "full"),
            (Errno::DQUOT, "quota"),
        ] {
            let said = reason(&errno.into());
            assert!(said.contains(word) && !said.contains("os error"), "{said}");
        }
    }

    #[test]
    fn refusals_are_called_by_their_names() {
        for (error, words) in [
            (Errno::NOSPC, "the disk is full"),
            (Errno::DQUOT, "disk quota exceeded"),
            (Errno::ROFS, "mounted read-only"),
            (Errno::IO, "I/O error on the disk"),
            (Errno::FBIG, "ulimit -f"),
            (Errno::NAMETOOLONG, "the name is too long"),
            (Errno::MFILE, "too many files are open"),
            (Errno::NOMEM, "not enough memory"),
            (Errno::ACCESS, "permission denied"),
        ] {
            let said = write_advice(Path::new("/"), &io::Error::from(error));
            assert!(said.contains(words), "{error:?}: {said}");
            assert!(!said.contains("os error"), "{said}");
        }
    }
}
