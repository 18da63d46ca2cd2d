//! The small files of an index carry a checksum in their last line, which tantivy gives to its large ones alone.

use std::io;

use crate::library::checksum;

/// How the last line begins.
const SUM: &str = "\nsum ";

/// Some bytes with their checksum.
pub(super) fn sealed(bytes: &[u8]) -> Vec<u8> {
    let sum = format!("{SUM}{:016x}\n", checksum(bytes));
    [bytes, sum.as_bytes()].concat()
}

/// The bytes, without their checksum.
///
/// # Errors
/// When the two do not agree.
pub(super) fn unsealed(mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let at = bytes.len().saturating_sub(SUM.len() + 17);
    let (content, last) = bytes.split_at(at);
    if last != &sealed(content)[at..] {
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
            let whole = sealed(bytes);
            assert_eq!(unsealed(whole.clone()).unwrap(), bytes);
            for at in 0..whole.len() {
                let mut other = whole.clone();
                other[at] ^= 1;
                assert!(unsealed(other).is_err(), "{at}");
                assert!(unsealed(whole[..at].to_vec()).is_err(), "cut at {at}");
            }
        }
    }
}
