//! The parts of a Word file, which is a zip file of XML.
//!
//! `rawzip` reads the directory and `miniz_oxide` unpacks, up to a limit, since a few kilobytes can unpack to
//! gigabytes.

use miniz_oxide::inflate::{DecompressError, TINFLStatus, decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive, ZipVerification};

use crate::import::imported::TextError;

/// The most bytes that a part may unpack to. The longest record has about 3 MB of XML.
const PART: usize = 64 << 20;

/// The most entries that are looked at.
const ENTRIES: usize = 10_000;

/// A part of the file, unpacked. `None` if the file has no such part.
///
/// # Errors
/// If the file is damaged or protected, or the part is too large.
pub(super) fn read_part(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, TextError> {
    let archive =
        ZipArchive::from_slice(bytes).map_err(|_| damaged("its directory cannot be read"))?;
    let mut entries = archive.entries();
    for _ in 0..ENTRIES {
        let Some(entry) = entries.next_entry().map_err(|_| damaged("its directory is cut off"))?
        else {
            return Ok(None);
        };
        // Some programs write a backslash or a slash at the start.
        let path = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
        if !path.trim_start_matches('/').eq_ignore_ascii_case(name) {
            continue;
        }
        if entry.flags().is_encrypted() {
            return Err(TextError(
                "the file is protected by a password; remove the password and import that"
                    .to_owned(),
            ));
        }
        let found = archive.get_entry(entry.wayfinder());
        let found = found.map_err(|_| damaged("a part of it is cut off"))?;
        let data = found.data();
        let part = match entry.compression_method() {
            CompressionMethod::STORE if data.len() <= PART => data.to_vec(),
            CompressionMethod::STORE => return Err(too_large()),
            CompressionMethod::DEFLATE => inflate(data)?,
            _ => return Err(damaged("it is packed in an unusual way")),
        };
        let have =
            ZipVerification { crc: rawzip::crc32(&part), uncompressed_size: part.len() as u64 };
        let sound = found.claim_verifier().valid(have).is_ok();
        return if sound {
            Ok(Some(part))
        } else {
            Err(damaged("a part of it has a wrong checksum"))
        };
    }
    Ok(None)
}

/// The names of the parts, up to a bound; empty if the directory cannot be read.
pub(super) fn part_names(bytes: &[u8]) -> Vec<String> {
    let Ok(archive) = ZipArchive::from_slice(bytes) else { return Vec::new() };
    let mut entries = archive.entries();
    let mut names = Vec::new();
    while let (Ok(Some(entry)), true) = (entries.next_entry(), names.len() < ENTRIES) {
        names.push(String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned());
    }
    names
}

fn inflate(data: &[u8]) -> Result<Vec<u8>, TextError> {
    decompress_to_vec_with_limit(data, PART).map_err(|error| match error {
        DecompressError { status: TINFLStatus::HasMoreOutput, .. } => too_large(),
        _ => damaged("a part of it cannot be unpacked"),
    })
}

fn damaged(how: &str) -> TextError {
    TextError(format!(
        "the Word file is damaged: {how}; open it in a word processor, save it again as .docx and import that"
    ))
}

fn too_large() -> TextError {
    TextError(format!(
        "the Word file unpacks to more than {} MB, which no record has; save it as plain text and import that",
        PART >> 20
    ))
}
