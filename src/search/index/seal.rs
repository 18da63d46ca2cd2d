//! The small files of an index have a checksum in their last line; tantivy gives one only to its large files.

use std::io;

use crate::library::checksum;

/// The start of the last line.
const SUM: &str = "\nsum ";

/// Some bytes with their checksum.
pub(super) fn seal(bytes: &[u8]) -> Vec<u8> {
    let sum = format!("{SUM}{:016x}\n", checksum(bytes));
    [bytes, sum.as_bytes()].concat()
}

/// The bytes, without their checksum.
///
/// # Errors
/// If the checksum does not match.
pub(super) fn unseal(mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let at = bytes.len().saturating_sub(SUM.len() + 17);
    let (content, last) = bytes.split_at(at);
    if last != &seal(content)[at..] {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not agree"));
    }
    bytes.truncate(at);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_any_change_is_seen() {
        for bytes in [&b""[..], b"{}", b"some lines\nand more\n"] {
            let whole = seal(bytes);
            assert_eq!(unseal(whole.clone()).unwrap(), bytes);
            for at in 0..whole.len() {
                let mut other = whole.clone();
                other[at] ^= 1;
                assert!(unseal(other).is_err(), "{at}");
                assert!(unseal(whole[..at].to_vec()).is_err(), "cut at {at}");
            }
        }
    }
}
