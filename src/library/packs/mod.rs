//! Packs: records of a library in one uncompressed tar file, to be imported elsewhere.
//!
//! `SHA256SUMS` comes first, so that a pack can be read from a pipe, then the record files sorted
//! by name, with their paths in a library: `records/2019/S_PV.8668.en.json.zst`. Files of fetched facts
//! (`facts/2026.json`) are before them. A pack made by
//! [`Plan`] has no times and owners, so that the same library gives the same bytes.
//!
//! A pack may come from anyone, and [`Pack`] trusts nothing in it: names are compared and never
//! used as paths, sizes never decide an allocation, and a record counts only if checksum, size,
//! words and name agree. Its origin remains a claim, see [`crate::record::Source::pack`].
//! [`super::bulk`] writes the records into a library.

mod read;
mod sums;
mod write;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

pub use read::{Fault, Member, Pack, PackError, facts_of, intact, is_small, verified};
pub use write::{Plan, WriteError};

use crate::import::tar::Heading;

/// The first member: a line for each record, in the format of `sha256sum`.
pub const SUMS: &str = "SHA256SUMS";

/// Whether bytes start like a tar archive.
pub fn is_tar(bytes: &[u8]) -> bool {
    bytes.first_chunk().is_some_and(|block| Heading::read(block).is_some())
}

/// Whether a regular file starts like a tar archive.
pub fn is_tar_file(path: &Path) -> bool {
    // The metadata comes first, since opening a pipe would wait for a writer.
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
