//! Applies the filters of a stream, up to a limit.
//!
//! A few kilobytes can unpack to gigabytes, so nothing grows beyond [`STREAM`]. Of a damaged stream the
//! bytes before the damage are kept, as other readers do. Filters of images hold no text and are ignored.

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};
use miniz_oxide::inflate::{
    DecompressError, TINFLStatus, decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
};

/// The most bytes one stream may unpack to; the largest seen in a record is under 2 MB.
pub(super) const STREAM: usize = 64 << 20;

/// The most bytes all streams of one file may unpack to together.
pub(super) const TOTAL: usize = 128 << 20;

/// Why a stream could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnpackError {
    /// It unpacks to more than the limit.
    Large,
    /// A filter that text never has.
    Filter,
}

/// An unpacked stream.
pub(super) struct Unpacked {
    /// Its bytes, up to the damage.
    pub(super) bytes: Vec<u8>,
    /// Some bytes are missing or wrong.
    pub(super) damaged: bool,
}

/// Unpacks a stream to at most `limit` bytes.
pub(super) fn unpack_stream(stream: &Stream<'_>, limit: usize) -> Result<Unpacked, UnpackError> {
    let limit = limit.min(STREAM);
    let mut data = stream.raw_data().into_owned();
    let mut damaged = false;
    let filters = stream.filters();
    // No writer chains more than two.
    if filters.len() > 3 || (!filters.is_empty() && has_predictor(stream.dict())) {
        return Err(UnpackError::Filter);
    }
    for filter in filters {
        data = match filter {
            Filter::FlateDecode => {
                let unpacked = inflate_stream(&data, limit)?;
                damaged |= unpacked.damaged;
                unpacked.bytes
            }
            Filter::LzwDecode => decode_lzw(&data, limit)?,
            Filter::AsciiHexDecode => decode_hex(&data),
            Filter::Ascii85Decode => decode_base85(&data),
            Filter::RunLengthDecode => decode_run_length(&data, limit)?,
            _ => return Err(UnpackError::Filter),
        };
    }
    if data.len() > limit { Err(UnpackError::Large) } else { Ok(Unpacked { bytes: data, damaged }) }
}

/// Whether a predictor was used; only images and tables of offsets have one.
fn has_predictor(dict: &Dict<'_>) -> bool {
    dict.get::<Dict<'_>>("DecodeParms")
        .and_then(|parameters| parameters.get::<i32>("Predictor"))
        .is_some_and(|predictor| predictor > 1)
}

/// The bytes of [`inflate_stream`], damaged or not.
pub(super) fn inflate_bytes(data: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    inflate_stream(data, limit).map(|unpacked| unpacked.bytes)
}

/// Inflates a stream with or without the two-byte header of zlib.
fn inflate_stream(data: &[u8], limit: usize) -> Result<Unpacked, UnpackError> {
    let zlib = data.len() > 2
        && data[0] & 15 == 8
        && (u16::from(data[0]) << 8 | u16::from(data[1])).is_multiple_of(31);
    let done = if zlib {
        decompress_to_vec_zlib_with_limit(data, limit)
    } else {
        decompress_to_vec_with_limit(data, limit)
    };
    match done {
        Ok(bytes) => Ok(Unpacked { bytes, damaged: false }),
        Err(DecompressError { status: TINFLStatus::HasMoreOutput, .. }) => Err(UnpackError::Large),
        // Some writers leave out the checksum, or do not count it in the length.
        Err(DecompressError { status: TINFLStatus::FailedCannotMakeProgress, output, .. }) => {
            let whole = zlib && decompress_to_vec_with_limit(&data[2..], limit).is_ok();
            Ok(Unpacked { bytes: output, damaged: !whole })
        }
        Err(DecompressError { output, .. }) => Ok(Unpacked { bytes: output, damaged: true }),
    }
}

/// Decodes the LZW of ISO 32000-1, 7.4.4, whose codes grow one entry early.
fn decode_lzw(data: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut out: Vec<u8> = Vec::new();
    // Each entry is a part of the output: its start and its length.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut width) = (0u32, 0u32, 9u32);
    let mut last: Option<(usize, usize)> = None;
    for &byte in data {
        bits = bits << 8 | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        bits &= (1 << held) - 1;
        if code == CLEAR {
            table.clear();
            (width, last) = (9, None);
            continue;
        }
        if code == END {
            break;
        }
        let start = out.len();
        if code < 256 {
            out.push(u8::try_from(code).unwrap_or(0));
        } else if let Some(&(from, len)) = table.get(code - 258) {
            out.extend_from_within(from..from + len);
        } else if let Some((from, len)) = last {
            out.extend_from_within(from..from + len);
            out.push(out[from]);
        } else {
            break;
        }
        if out.len() > limit {
            return Err(UnpackError::Large);
        }
        // The new entry is the last one and the first byte of this one, which are adjacent.
        if let Some((from, len)) = last.filter(|_| table.len() < 4096 - 258) {
            table.push((from, len + 1));
        }
        last = Some((start, out.len() - start));
        width = match table.len() + 258 + 1 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    Ok(out)
}

/// Decodes pairs of hexadecimal digits.
fn decode_hex(data: &[u8]) -> Vec<u8> {
    let figures = data.iter().take_while(|b| **b != b'>');
    let values: Vec<u8> =
        figures.filter_map(|b| char::from(*b).to_digit(16)?.try_into().ok()).collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// Decodes five characters into four bytes.
fn decode_base85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() * 4 / 5);
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for &byte in data.iter().take_while(|b| **b != b'~') {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(base85_word(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let keep = group.len() - 1;
        group.resize(5, 84);
        out.extend(&base85_word(&group).to_be_bytes()[..keep]);
    }
    out
}

/// The value of five base-85 digits.
fn base85_word(group: &[u8]) -> u32 {
    group.iter().fold(0u32, |sum, &f| sum.wrapping_mul(85).wrapping_add(u32::from(f)))
}

/// Decodes runs of equal bytes.
fn decode_run_length(data: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = data.get(at).filter(|l| **l != 128) {
        let length = usize::from(length);
        if length < 128 {
            let end = (at + 2 + length).min(data.len());
            out.extend_from_slice(&data[at + 1..end]);
            at = end;
        } else {
            let Some(&byte) = data.get(at + 1) else { break };
            out.resize(out.len() + 257 - length, byte);
            at += 2;
        }
        if out.len() > limit {
            return Err(UnpackError::Large);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_give_back_what_went_in() {
        assert_eq!(decode_hex(b"41 4 2>43"), b"AB");
        assert_eq!(decode_base85(b"87cURD_*#4DfTZ)~>"), b"Hello, World");
        assert_eq!(decode_base85(b"z!!"), [0, 0, 0, 0, 0]);
        assert_eq!(
            decode_run_length(&[2, 1, 2, 3, 254, 7, 128, 9], 99).unwrap(),
            [1, 2, 3, 7, 7, 7]
        );
        // The example of ISO 32000-1, 7.4.4.2.
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(decode_lzw(&packed, 99).unwrap(), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn a_bomb_is_refused_and_a_damaged_stream_gives_its_beginning() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 1 << 20], 6);
        assert_eq!(inflate_bytes(&packed, 1 << 19), Err(UnpackError::Large));
        assert_eq!(inflate_bytes(&packed, 1 << 20).unwrap().len(), 1 << 20);
        let cut = inflate_bytes(&packed[..packed.len() / 2], 1 << 20).unwrap();
        assert!(!cut.is_empty() && cut.len() < 1 << 20);
        assert_eq!(decode_run_length(&[129, 1, 129, 1], 100), Err(UnpackError::Large));
    }

    #[test]
    fn lzw_of_any_bytes_ends_within_its_limit() {
        for seed in 0..200u32 {
            let bytes: Vec<u8> =
                (0..500u32).map(|i| (i.wrapping_mul(seed | 1) >> (seed % 7)) as u8).collect();
            if let Ok(out) = decode_lzw(&bytes, 10_000) {
                assert!(out.len() <= 10_000);
            }
        }
    }
}
