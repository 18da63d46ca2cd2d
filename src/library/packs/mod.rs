//! Packs: records of a library in one plain tar, to be carried and taken in elsewhere.
//!
//! `SHA256SUMS` stands first, so that a pack can be read from a pipe, then the record files in order of their
//! names, as they would stand in a library: `records/2019/S_PV.8668.en.json.zst`. Nothing else is in
//! a pack that [`Plan`] made: no times, no owners, so that the same library gives the same bytes.
//!
//! A pack may come from anywhere. [`Pack`] believes nothing in it: names are compared and never used as
//! paths, sizes are limits and never allocations, and a record counts when its checksum, its size, its
//! words and its name agree. What it says of its origin stays a claim, see
//! [`crate::record::Source::pack`]. Putting records into a library is not here but in [`super::bulk`].

mod read;
mod sums;
mod write;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

pub use read::{Fault, Member, Pack, PackError, intact, is_small, verified};
pub use write::{Plan, WriteError};

use crate::import::tar::Heading;

/// The member that stands first: a line for each record, as `sha256sum` writes it.
pub const SUMS: &str = "SHA256SUMS";

/// Whether some bytes begin as a tar archive does.
#[must_use]
pub fn is_tar(bytes: &[u8]) -> bool {
    bytes.first_chunk().is_some_and(|block| Heading::read(block).is_some())
}

/// Whether a file begins as a tar archive does. What is no ordinary file does not.
#[must_use]
pub fn is_tar_file(path: &Path) -> bool {
    // Only the stamp is asked for first: opening a pipe would wait for a writer.
    let begins = || -> io::Result<bool> {
        if !std::fs::metadata(path)?.is_file() {
            return Ok(false);
        }
        let mut head = Vec::new();
        File::open(path)?.take(512).read_to_end(&mut head)?;
        Ok(is_tar(&head))
    };
    begins().unwrap_or(false)
}
