//! What the system refused, in words a person can act on.

use std::io;

use rustix::io::Errno;

/// What the system said, without its number, and what to do where that is plain.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let known = match Errno::from_io_error(error) {
        Some(Errno::AGAIN) => "no further thread may be started; see ulimit -u",
        Some(Errno::NOMEM) => "there is not enough memory",
        Some(Errno::MFILE | Errno::NFILE) => "no further file may be opened; see ulimit -n",
        Some(Errno::FBIG) => "a file may not be that large here; see ulimit -f",
        Some(Errno::IO) => "the disk reports an error; look at the log of the system",
        _ => match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder",
            io::ErrorKind::PermissionDenied => {
                "you may not read or write this; check its permissions"
            }
            io::ErrorKind::StorageFull => "the disk is full; make room and try again",
            io::ErrorKind::QuotaExceeded => {
                "your share of the disk is used up; make room and try again"
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                "the disk is read-only; name another folder with --library"
            }
            _ => return error.to_string(),
        },
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_has_a_name() {
        for (errno, word) in [
            (Errno::AGAIN, "thread"),
            (Errno::NOMEM, "memory"),
            (Errno::MFILE, "file may be opened"),
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
