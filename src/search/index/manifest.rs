//! What the index knows of each record file: its stamp and a hash of its bytes.
//!
//! A line a record: key, size, seconds, nanoseconds and hash, in hexadecimal. The file is named by the commit it
//! belongs to, so that the two are never of different times.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;

use super::seal::{sealed, unsealed};

/// Size and time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    pub size: u64,
    pub seconds: i64,
    pub nanos: i64,
}

impl Stamp {
    pub fn of(meta: &Metadata) -> Self {
        Self { size: meta.len(), seconds: meta.mtime(), nanos: meta.mtime_nsec() }
    }
}

/// What is known of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub stamp: Stamp,
    /// [`checksum`](crate::library::checksum) of the file's bytes.
    pub hash: u64,
}

/// The records in an index, by their keys.
pub(super) type Manifest = HashMap<u64, Known>;

/// As text, with a checksum.
pub(super) fn write(manifest: &Manifest) -> Vec<u8> {
    let mut lines: Vec<String> = manifest
        .iter()
        .map(|(key, known)| {
            let Stamp { size, seconds, nanos } = known.stamp;
            format!("{key:016x} {size:x} {seconds:x} {nanos:x} {:016x}\n", known.hash)
        })
        .collect();
    lines.sort_unstable();
    sealed(lines.concat().as_bytes())
}

/// From text; `None` where it is damaged.
pub(super) fn read(text: Vec<u8>) -> Option<Manifest> {
    let text = String::from_utf8(unsealed(text).ok()?).ok()?;
    text.lines()
        .map(|line| {
            let mut parts = line.split(' ');
            let mut number = || parts.next().map(|part| u64::from_str_radix(part, 16));
            let key = number()?.ok()?;
            let size = number()?.ok()?;
            let seconds = number()?.ok()?.cast_signed();
            let nanos = number()?.ok()?.cast_signed();
            let hash = number()?.ok()?;
            Some((key, Known { stamp: Stamp { size, seconds, nanos }, hash }))
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
        let known = |n: u64| Known {
            stamp: Stamp { size: n, seconds: -1 - n.cast_signed(), nanos: 999_999_999 },
            hash: u64::MAX - n,
        };
        let manifest: Manifest = (0..50).map(|n| (n * 7919, known(n))).collect();
        assert_eq!(read(write(&manifest)), Some(manifest));
        for damaged in ["x", "1 2 3 4", "1 2 3 4 zz", "0000 1 2 3 5\n\n"] {
            assert_eq!(read(damaged.into()), None, "{damaged}");
            assert_eq!(read(sealed(damaged.as_bytes())), None, "{damaged}");
        }
    }
}
