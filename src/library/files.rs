//! Reads one record file with a limit on everything it may cost.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::catalogue::Stamp;
use super::error::FileFault;
use crate::record::{Record, json};

/// A record unpacks to at most this many bytes.
pub const RECORD_LIMIT: u64 = 64 * 1024 * 1024;
/// The largest window of zstd that is unpacked, as a power of two: 8 MB.
const WINDOW_LOG: u32 = 23;

/// The bytes from which on a record is read only where there is room for all of it.
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

/// The bytes of a record file as they stand.
pub(super) fn read_packed(path: &Path) -> Result<Vec<u8>, FileFault> {
    let (file, size) = open(path)?;
    // A byte more, so that the end is found without another piece of memory.
    let mut bytes = room_for(size + 1)?;
    let read = file.take(RECORD_LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|e| FileFault::refused(&e))?;
    if bytes.len() as u64 > RECORD_LIMIT { Err(too_large()) } else { Ok(bytes) }
}

/// Opens a record file that is an ordinary one and not too large; with its size.
fn open(path: &Path) -> Result<(File, usize), FileFault> {
    // Only the stamp is asked for first: opening a pipe would wait for a writer.
    let meta = std::fs::metadata(path).map_err(|e| FileFault::refused(&e))?;
    if !meta.is_file() {
        return Err(FileFault::bad(
            "it is no ordinary file; put a record file in its place or remove it",
        ));
    }
    if meta.len() > RECORD_LIMIT {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|e| FileFault::refused(&e))?;
    Ok((file, usize::try_from(meta.len()).unwrap_or(0)))
}

/// What some packed bytes hold, up to the size that no record has.
fn unpacked(packed: &[u8]) -> Result<Vec<u8>, FileFault> {
    if let Some(bytes) = unpacked_at_once(packed)? {
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
            "it cannot be unpacked ({e}); it is damaged or no zstd file: get or import the record again"
        )),
    })?;
    if bytes.len() as u64 > RECORD_LIMIT { Err(too_large()) } else { Ok(bytes) }
}

/// The same for one frame that says how large it is, as our own do, and keeps to it: there is no window then, and
/// nothing is copied. `None` for anything else.
fn unpacked_at_once(packed: &[u8]) -> Result<Option<Vec<u8>>, FileFault> {
    let Ok(Some(size)) = zstd::zstd_safe::get_frame_content_size(packed) else { return Ok(None) };
    // What packs better than this is no text, and its word is not taken for how much memory it needs.
    if size > RECORD_LIMIT.min(packed.len() as u64 * 64) {
        return Ok(None);
    }
    let mut bytes = room_for(usize::try_from(size).unwrap_or(usize::MAX))?;
    Ok(zstd::bulk::decompress_to_buffer(packed, &mut bytes).ok().map(|_| bytes))
}

/// An empty piece of memory of a size that comes from a file.
fn room_for(size: usize) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    let room = bytes.try_reserve_exact(size);
    room.map_err(|_| FileFault::refused(&io::ErrorKind::OutOfMemory.into()))?;
    Ok(bytes)
}

/// Whether some packed bytes unpack to at most so many, or to nothing at all; nothing is kept of them.
pub(super) fn is_at_most(packed: impl Read, limit: u64) -> bool {
    let read = zstd::stream::read::Decoder::new(packed).and_then(|mut decoder| {
        decoder.window_log_max(WINDOW_LOG)?;
        io::copy(&mut decoder.take(limit + 1), &mut io::sink())
    });
    read.is_ok_and(|read| read <= limit)
}

fn too_large() -> FileFault {
    FileFault::bad(format!(
        "it has more than {} MB, which no record has; remove it or split it",
        RECORD_LIMIT >> 20
    ))
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
    parse(bytes)
}

/// The record in some packed bytes.
pub(super) fn packed_record(packed: &[u8]) -> Result<Record, FileFault> {
    parse(&unpacked(packed)?)
}

/// The record in some bytes.
pub(super) fn parse(bytes: &[u8]) -> Result<Record, FileFault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileFault::bad("it is empty; get or import the record again"));
    }
    // Texts and names are copied out of it one by one, which cannot be refused; the room for them can.
    if bytes.len() > LARGE {
        room_for(bytes.len() + LARGE)?;
    }
    json::read_record(bytes).map_err(|e| FileFault::bad(e.to_string()))
}
