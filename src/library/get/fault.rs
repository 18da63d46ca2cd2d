//! Why a download failed, in one sentence that names the host, its answer and what to do.

use std::fmt;

use crate::library::error::LibraryError;

/// The kind of failure. It decides whether to go on with other files, and the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The service does not seem to have it.
    NotThere,
    /// The service wants a person with a browser; asking again makes it worse.
    Challenged,
    /// The service blocks this machine for a while: what does not come may be published.
    Blocked,
    /// The service could not be reached, or did not answer in time.
    Unreachable,
    /// The answer is wrong: length, checksum, kind, or a redirect elsewhere.
    Bad,
    /// The disk or the library refused.
    Disk,
    /// The user stopped it.
    Stopped,
}

/// Why a download failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind.
    pub kind: Kind,
    /// Host, answer and what to do.
    pub message: String,
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The fault when the user stopped it.
    pub fn stopped() -> Self {
        Self::new(
            Kind::Stopped,
            "stopped; what was downloaded is kept: run the same command again to resume",
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl From<LibraryError> for Fault {
    fn from(error: LibraryError) -> Self {
        Self::new(Kind::Disk, error.to_string())
    }
}
