//! What the system refused, in words a person can act on.

use std::io;

use rustix::io::Errno;

/// What a refusal means and what to do about it, where its own words do not say it.
pub(super) fn cause_and_remedy(error: &io::Error) -> Option<&'static str> {
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
}
