//! The records in an index: for each the stamp of its file and a hash of its bytes.
//!
//! One line for each record: key, size, seconds, nanoseconds and hash, in hexadecimal. The name of the file has the
//! number of its commit, so that a manifest never belongs to another one.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;

use super::seal::{seal, unseal};

/// Size and time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileStamp {
    pub size: u64,
    pub seconds: i64,
    pub nanos: i64,
}

impl FileStamp {
    pub fn of(meta: &Metadata) -> Self {
        Self { size: meta.len(), seconds: meta.mtime(), nanos: meta.mtime_nsec() }
    }
}

/// A record file as it was indexed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct IndexedRecord {
    pub stamp: FileStamp,
    /// [`checksum`](crate::library::checksum) of the file's bytes.
    pub hash: u64,
}

/// The records in an index, by their keys.
pub(super) type Manifest = HashMap<u64, IndexedRecord>;

/// As text, with a checksum.
pub(super) fn write_manifest(manifest: &Manifest) -> Vec<u8> {
    let mut lines: Vec<String> = manifest
        .iter()
        .map(|(key, known)| {
            let FileStamp { size, seconds, nanos } = known.stamp;
            format!("{key:016x} {size:x} {seconds:x} {nanos:x} {:016x}\n", known.hash)
        })
        .collect();
    lines.sort_unstable();
    seal(lines.concat().as_bytes())
}

/// From text; `None` if it is damaged.
pub(super) fn parse_manifest(text: Vec<u8>) -> Option<Manifest> {
    let text = String::from_utf8(unseal(text).ok()?).ok()?;
    text.lines()
        .map(|line| {
            let mut parts = line.split(' ');
            let mut number = || parts.next().map(|part| u64::from_str_radix(part, 16));
            let key = number()?.ok()?;
            let size = number()?.ok()?;
            let seconds = number()?.ok()?.cast_signed();
            let nanos = number()?.ok()?.cast_signed();
            let hash = number()?.ok()?;
            Some((key, IndexedRecord { stamp: FileStamp { size, seconds, nanos }, hash }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::checksum;

    #[test]
    fn every_bit_changes_the_hash() {
        let bytes: Vec<u8> = (0..45).collect();
        let mut seen = std::collections::HashSet::from([checksum(&bytes), checksum(&[])]);
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(seen.insert(checksum(&other)), "bit {bit}");
            other[bit / 8] ^= 1 << (bit % 8);
            other.truncate(bit / 8);
            assert!(bit % 8 > 0 || bit < 8 || seen.insert(checksum(&other)), "{} bytes", bit / 8);
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let known = |n: u64| IndexedRecord {
            stamp: FileStamp { size: n, seconds: -1 - n.cast_signed(), nanos: 999_999_999 },
            hash: u64::MAX - n,
        };
        let manifest: Manifest = (0..50).map(|n| (n * 7919, known(n))).collect();
        assert_eq!(parse_manifest(write_manifest(&manifest)), Some(manifest));
        for damaged in ["x", "1 2 3 4", "1 2 3 4 zz", "0000 1 2 3 5\n\n"] {
            assert_eq!(parse_manifest(damaged.into()), None, "{damaged}");
            assert_eq!(parse_manifest(seal(damaged.as_bytes())), None, "{damaged}");
        }
    }
}
