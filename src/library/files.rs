//! Reads a record file, with limits on memory and size.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::catalogue::Stamp;
use super::error::FileFault;
use crate::record::{Record, json};

/// A record unpacks to at most this many bytes.
pub const RECORD_LIMIT: u64 = 64 * 1024 * 1024;
/// The largest zstd window that is unpacked, as a power of two: 8 MB.
const WINDOW_LOG: u32 = 23;

/// A record of more bytes is read only if there is memory for all of it.
const LARGE: usize = 4 << 20;

/// The stamp of a file or folder.
pub(super) fn stamp(meta: &std::fs::Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    Stamp {
        size: if meta.is_dir() { 0 } else { meta.len() },
        seconds: meta.mtime(),
        nanos: u32::try_from(meta.mtime_nsec()).unwrap_or(0),
    }
}

/// Whether a file name is that of a record file.
pub(super) fn is_record_name(name: &str) -> bool {
    !name.starts_with('.') && (name.ends_with(".json") || name.ends_with(".json.zst"))
}

/// The bytes of a record file, still packed if it is.
pub(super) fn read_packed(path: &Path) -> Result<Vec<u8>, FileFault> {
    let (file, size) = open(path)?;
    // One byte more, so that the end is found without another allocation.
    let mut bytes = reserve(size + 1)?;
    let read = file.take(RECORD_LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|e| FileFault::refused(&e))?;
    if bytes.len() as u64 > RECORD_LIMIT { Err(too_large()) } else { Ok(bytes) }
}

/// Opens a record file if it is a regular file and not too large; also returns its size.
fn open(path: &Path) -> Result<(File, usize), FileFault> {
    // The metadata comes first, since opening a pipe would wait for a writer.
    let meta = std::fs::metadata(path).map_err(|e| FileFault::refused(&e))?;
    if !meta.is_file() {
        return Err(FileFault::bad("not a regular file; replace it by a record file or remove it"));
    }
    if meta.len() > RECORD_LIMIT {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|e| FileFault::refused(&e))?;
    Ok((file, usize::try_from(meta.len()).unwrap_or(0)))
}

/// Unpacks bytes up to [`RECORD_LIMIT`].
fn unpack(packed: &[u8]) -> Result<Vec<u8>, FileFault> {
    if let Some(bytes) = unpack_single_frame(packed)? {
        return Ok(bytes);
    }
    let mut bytes = Vec::new();
    let read = zstd::stream::read::Decoder::with_buffer(packed).and_then(|mut decoder| {
        decoder.window_log_max(WINDOW_LOG)?;
        decoder.take(RECORD_LIMIT + 1).read_to_end(&mut bytes)
    });
    read.map_err(|e| match e.kind() {
        io::ErrorKind::OutOfMemory => FileFault::refused(&e),
        _ => FileFault::bad(format!(
            "cannot be unpacked ({e}): damaged or not a zstd file; get or import the record again"
        )),
    })?;
    if bytes.len() as u64 > RECORD_LIMIT { Err(too_large()) } else { Ok(bytes) }
}

/// Unpacks a single frame that states its size, as those of this program do: no window is needed
/// and nothing is copied. `None` for anything else.
fn unpack_single_frame(packed: &[u8]) -> Result<Option<Vec<u8>>, FileFault> {
    let Ok(Some(size)) = zstd::zstd_safe::get_frame_content_size(packed) else { return Ok(None) };
    // Text does not pack better than this, so a larger stated size is not trusted.
    if size > RECORD_LIMIT.min(packed.len() as u64 * 64) {
        return Ok(None);
    }
    let mut bytes = reserve(usize::try_from(size).unwrap_or(usize::MAX))?;
    Ok(zstd::bulk::decompress_to_buffer(packed, &mut bytes).ok().map(|_| bytes))
}

/// Reserves memory of a size that comes from a file.
fn reserve(size: usize) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    let room = bytes.try_reserve_exact(size);
    room.map_err(|_| FileFault::refused(&io::ErrorKind::OutOfMemory.into()))?;
    Ok(bytes)
}

/// Whether packed bytes unpack to at most `limit` bytes; the result is not kept.
pub(super) fn is_at_most(packed: impl Read, limit: u64) -> bool {
    let read = zstd::stream::read::Decoder::new(packed).and_then(|mut decoder| {
        decoder.window_log_max(WINDOW_LOG)?;
        io::copy(&mut decoder.take(limit + 1), &mut io::sink())
    });
    read.is_ok_and(|read| read <= limit)
}

fn too_large() -> FileFault {
    FileFault::bad(format!("too large: more than {} MB; remove it or split it", RECORD_LIMIT >> 20))
}

/// The record in a file.
pub(super) fn read_record(path: &Path) -> Result<Record, FileFault> {
    record_of(path, &read_packed(path)?)
}

/// The record in the bytes of a file.
pub(super) fn record_of(path: &Path, bytes: &[u8]) -> Result<Record, FileFault> {
    if path.extension().is_some_and(|ending| ending == "zst") {
        return packed_record(bytes);
    }
    parse_record(bytes)
}

/// The text in the bytes of a file.
pub(super) fn text_of<'a>(path: &Path, bytes: Cow<'a, [u8]>) -> Result<Cow<'a, [u8]>, FileFault> {
    let packed = path.extension().is_some_and(|ending| ending == "zst");
    if packed { unpack(&bytes).map(Cow::Owned) } else { Ok(bytes) }
}

/// The record in some packed bytes.
pub(super) fn packed_record(packed: &[u8]) -> Result<Record, FileFault> {
    parse_record(&unpack(packed)?)
}

/// The record in some bytes.
pub(super) fn parse_record(bytes: &[u8]) -> Result<Record, FileFault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileFault::bad("empty file; get or import the record again"));
    }
    // Texts and names are then copied one by one, where a failed allocation aborts; so room for
    // them is reserved first.
    if bytes.len() > LARGE {
        reserve(bytes.len() + LARGE)?;
    }
    json::read_record(bytes).map_err(|e| FileFault::bad(e.to_string()))
}
