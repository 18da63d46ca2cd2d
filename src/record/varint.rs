//! Unsigned numbers in as few bytes as they need (LEB128): seven bits a byte, the lowest first, and
//! the high bit set on every byte but the last.
//!
//! This file uses the standard library only, because the build script compiles it as well.

/// Appends a number: one byte below 128, ten at most.
pub fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number off the front of `bytes`; `None` where they end within it, where it does not fit
/// into 64 bits, or where it has more bytes than [`write_varint`] writes.
pub fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7F);
        value |= bits << shift;
        if byte < 0x80 {
            let fits = shift < 63 || bits <= 1;
            let shortest = shift == 0 || bits != 0;
            return (fits && shortest).then_some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cut_overlong_and_too_large_numbers_are_refused() {
        let read = |mut bytes: &[u8]| read_varint(&mut bytes);
        assert_eq!(read(&[0]), Some(0));
        assert_eq!(read(&[0x80, 1]), Some(128));
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[0x80]), None);
        assert_eq!(read(&[0x80, 0]), None, "overlong");
        let mut largest = Vec::new();
        write_varint(&mut largest, u64::MAX);
        assert_eq!((largest.len(), read(&largest)), (10, Some(u64::MAX)));
        largest[9] = 2;
        assert_eq!(read(&largest), None, "65 bits");
        assert_eq!(read(&[0xFF; 11]), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_nothing_after_it(value in any::<u64>(), shift in 0..64_u32) {
            let value = value >> shift;
            let mut bytes = Vec::new();
            write_varint(&mut bytes, value);
            bytes.push(0x80);
            let mut rest = bytes.as_slice();
            prop_assert_eq!(read_varint(&mut rest), Some(value));
            prop_assert_eq!(rest, [0x80]);
        }
    }
}
