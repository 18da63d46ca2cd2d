//! What went wrong with a library, in sentences that name the file and what to do.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::catalogue::{BadFile, Cause};
use crate::record::{Symbol, harmless};

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
    /// The system refused: permission, a full or read-only disk. Nothing was changed.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong, what to do and who may.
        message: String,
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
            Self::Refused { file, message }
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
            },
            _ => Self::Io { file, source },
        }
    }

    /// A write that the system refused.
    pub(super) fn unwritten(path: &Path, source: &io::Error) -> Self {
        Self::Refused { file: path.to_owned(), message: write_advice(path, source) }
    }
}

/// A file that could not be read; the others still load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Where in it, what is wrong and what to do, in one line.
    pub message: String,
    /// Nobody can read what is in it. A file that could be read and is left out, because another holds the
    /// same record, is a problem as well.
    pub unread: bool,
}

impl Problem {
    pub(super) fn of_bad(root: &Path, bad: &BadFile) -> Self {
        let unread = bad.cause != Cause::Beside;
        Self { file: root.join(&bad.file), message: bad.message.clone(), unread }
    }

    /// Whether this is a file of the record with this symbol, by its name: what is in it nobody could read.
    #[must_use]
    pub fn is_of(&self, symbol: &Symbol) -> bool {
        let name = self.file.file_name().and_then(|name| name.to_str());
        let rest = name.and_then(|name| name.strip_prefix(&symbol.file_stem()));
        rest.is_some_and(|rest| rest.starts_with('.'))
    }
}

/// Why a file is not taken in.
#[derive(Debug)]
pub(super) struct FileFault {
    /// Where in it, what is wrong and what to do, in one harmless line.
    pub message: String,
    /// Whether that hangs on its content.
    pub cause: Cause,
}

impl FileFault {
    pub(super) fn bad(message: impl AsRef<str>) -> Self {
        Self { message: one_line(message.as_ref()), cause: Cause::Content }
    }

    pub(super) fn refused(error: &io::Error) -> Self {
        let message = match error.kind() {
            io::ErrorKind::PermissionDenied => {
                "you may not read it; ask its owner for permission".to_owned()
            }
            io::ErrorKind::NotFound => {
                "it is gone; it was there when the folder was looked through".to_owned()
            }
            io::ErrorKind::OutOfMemory => NO_MEMORY.to_owned(),
            _ => format!("it cannot be read: {}", reason(error)),
        };
        Self { message: one_line(&message), cause: Cause::Refused }
    }
}

/// Text that may come from a file, as one line without controls and of bearable length.
pub(super) fn one_line(text: &str) -> String {
    let text = harmless::text(text).replace('\n', " ");
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

/// What is said where a record does not fit into the memory that may be used.
const NO_MEMORY: &str = "there is not enough memory to read it";

/// What a refusal means and what to do about it, where its own words do not say it.
fn cause_and_remedy(error: &io::Error) -> Option<&'static str> {
    Some(match Errno::from_io_error(error)? {
        Errno::ROFS => {
            "this disk is mounted read-only; whoever keeps this host may change that, or name another folder with --library"
        }
        Errno::NOSPC => "the disk is full; make room and try again",
        Errno::DQUOT => "your share of the disk is used up; make room and try again",
        Errno::FBIG => {
            "the file would be larger than this shell or file system allows; see `ulimit -f` and try again"
        }
        Errno::IO => "the disk failed (an I/O error); look at the log of the system",
        Errno::NAMETOOLONG => "the name is too long for this disk; choose a shorter one",
        Errno::MFILE | Errno::NFILE => "too many files are open; see `ulimit -n` and try again",
        Errno::NOMEM => "there is not enough memory; close other programs and try again",
        Errno::AGAIN => "no further thread may be started; see `ulimit -u`",
        _ => return None,
    })
}

/// What the system said, without its number, and what to do where that is plain.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let known = cause_and_remedy(error).or(match error.kind() {
        io::ErrorKind::NotFound => Some("there is no such file or folder"),
        io::ErrorKind::PermissionDenied => {
            Some("you may not read or write this; check its permissions")
        }
        io::ErrorKind::StorageFull => Some("the disk is full; make room and try again"),
        _ => None,
    });
    known.map_or_else(|| error.to_string(), ToOwned::to_owned)
}

/// What to do about a write that the system refused, in one line.
pub(crate) fn write_advice(folder: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::PermissionDenied {
        return format!(
            "you may not write here; {} may: ask them, or name a folder of your own with --library",
            who_may(folder)
        );
    }
    match cause_and_remedy(error) {
        Some(words) => format!("{words}; nothing here was changed"),
        // What is not from the system are sentences of our own.
        None if error.raw_os_error().is_none() => format!("{error}; nothing here was changed"),
        None => format!("it cannot be written ({error}); nothing here was changed"),
    }
}

/// Who may write in the nearest folder that exists: `uid 1000`, `uid 1000 and the group with gid 100`.
fn who_may(folder: &Path) -> String {
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
            (Errno::DQUOT, "share"),
        ] {
            let said = reason(&errno.into());
            assert!(said.contains(word) && !said.contains("os error"), "{said}");
        }
    }

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
            let said = write_advice(Path::new("/"), &io::Error::from(error));
            assert!(said.contains(words), "{error:?}: {said}");
            assert!(!said.contains("os error"), "{said}");
        }
    }
}
