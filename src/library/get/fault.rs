//! Why something did not come, in one sentence that names the host, what it answered and what to do.

use std::fmt;

use crate::library::error::LibraryError;

/// What sort of a failure it is; it decides whether others are worth asking for, and the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The service has no such thing, as far as one can tell.
    NotThere,
    /// It wants a browser and a person in front of it; asking again makes it worse.
    Challenged,
    /// It could not be reached, or did not answer in time.
    Unreachable,
    /// What came is not what was asked for: length, checksum, kind, or a redirect elsewhere.
    Bad,
    /// The disk or the library refused.
    Disk,
    /// The person stopped it.
    Stopped,
}

/// Why something did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The sort.
    pub kind: Kind,
    /// Host, what came, and what to do.
    pub message: String,
}

impl Fault {
    /// A fault of this sort.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What the person is told who stopped it.
    #[must_use]
    pub fn stopped() -> Self {
        Self::new(
            Kind::Stopped,
            "stopped; what came is kept, and the same command goes on from there",
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
