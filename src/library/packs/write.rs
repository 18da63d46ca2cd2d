//! Writes a pack: first every record is read and held against what it should be, so that size and
//! checksums are known, then the bytes go out. The same records give the same bytes.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest as _, Sha256};

use super::SUMS;
use super::sums::{self, Sum};
use crate::import::tar::BLOCK;
use crate::library::bulk::LEVEL;
use crate::library::error::LibraryError;
use crate::library::files::{packed_record, read_packed};
use crate::library::writer::pack;
use crate::library::{Entry, Library, usual_file};

/// Why a pack was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A record could not be read, or is another one by now.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// What takes the bytes failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It was asked to stop.
    #[error("stopped; nothing was written")]
    Stopped,
}

/// What a pack will have, with its size and its checksums.
#[derive(Debug)]
pub struct Plan<'a> {
    library: &'a Library,
    members: Vec<Planned<'a>>,
    sums: String,
    size: u64,
}

#[derive(Debug)]
struct Planned<'a> {
    entry: &'a Entry,
    name: String,
    size: u64,
    sum: Sum,
}

impl<'a> Plan<'a> {
    /// Reads and checks the records of these entries; `said` is called with how many are done.
    ///
    /// # Errors
    /// When one cannot be read or is not sound, or `stop` was set.
    pub fn make(
        library: &'a Library,
        entries: &[&'a Entry],
        stop: &AtomicBool,
        said: &mut dyn FnMut(usize),
    ) -> Result<Self, WriteError> {
        let mut members = Vec::with_capacity(entries.len());
        for (done, entry) in entries.iter().enumerate() {
            go_on(stop)?;
            let bytes = packed(library, entry)?;
            let file = usual_file(&entry.symbol, &entry.language, entry.date);
            members.push(Planned {
                entry,
                name: file.to_string_lossy().into_owned(),
                size: bytes.len() as u64,
                sum: Sha256::digest(&bytes).into(),
            });
            said(done + 1);
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members.dedup_by(|a, b| a.name == b.name);
        let mut list = String::new();
        members.iter().for_each(|m| sums::line(&mut list, &m.sum, &m.name));
        let files = members.iter().map(|m| m.size).chain([list.len() as u64]);
        let size = files.map(whole).sum::<u64>() + 2 * BLOCK;
        Ok(Self { library, members, sums: list, size })
    }

    /// How many records it will have.
    #[must_use]
    pub fn records(&self) -> usize {
        self.members.len()
    }

    /// How many bytes it will have.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Writes it; `said` is called with how many records are done.
    ///
    /// # Errors
    /// When it cannot be written, a record changed since it was read, or `stop` was set.
    pub fn write(
        &self,
        out: &mut dyn Write,
        stop: &AtomicBool,
        said: &mut dyn FnMut(usize),
    ) -> Result<(), WriteError> {
        member(out, SUMS, self.sums.as_bytes())?;
        for (done, planned) in self.members.iter().enumerate() {
            go_on(stop)?;
            let bytes = packed(self.library, planned.entry)?;
            if <Sum>::from(Sha256::digest(&bytes)) != planned.sum {
                return Err(WriteError::Library(LibraryError::Bad {
                    file: planned.entry.file(),
                    message: "it changed while the pack was made; make the pack again".to_owned(),
                }));
            }
            member(out, &planned.name, &bytes)?;
            said(done + 1);
        }
        out.write_all(&[0; 2 * BLOCK as usize])?;
        Ok(out.flush()?)
    }
}

fn go_on(stop: &AtomicBool) -> Result<(), WriteError> {
    if stop.load(Ordering::Relaxed) { Err(WriteError::Stopped) } else { Ok(()) }
}

/// The bytes a member takes with its heading.
fn whole(size: u64) -> u64 {
    BLOCK + size.div_ceil(BLOCK) * BLOCK
}

/// The bytes of a record as a pack has them: those of its file where that is packed.
fn packed(library: &Library, entry: &Entry) -> Result<Vec<u8>, LibraryError> {
    let Some(file) = library.file(entry) else {
        return Err(LibraryError::NotHere { symbol: entry.symbol.clone() });
    };
    if file.extension().is_none_or(|end| end != "zst") {
        return pack(&file, &library.load(entry)?, LEVEL);
    }
    let of_fault = |fault| LibraryError::of_fault(&file, fault);
    let bytes = read_packed(&file).map_err(of_fault)?;
    let record = packed_record(&bytes).map_err(of_fault)?;
    if (&record.symbol, &record.language, record.date)
        == (&entry.symbol, &entry.language, entry.date)
    {
        return Ok(bytes);
    }
    Err(LibraryError::Bad {
        file,
        message: "it holds another record by now; make the pack again".to_owned(),
    })
}

/// Writes one file: a heading of ustar without times and owners, its bytes, and zeros to the end of the block.
fn member(out: &mut dyn Write, name: &str, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&heading(name, bytes.len() as u64)?)?;
    out.write_all(bytes)?;
    let rest = bytes.len().next_multiple_of(BLOCK as usize) - bytes.len();
    out.write_all(&[0; BLOCK as usize][..rest])
}

fn heading(name: &str, size: u64) -> io::Result<[u8; 512]> {
    let mut block = [0_u8; 512];
    let mut field = |at: usize, text: &str, longest: usize| {
        let place = block.get_mut(at..at + text.len()).filter(|_| text.len() <= longest);
        place.map(|place| place.copy_from_slice(text.as_bytes())).ok_or_else(|| {
            io::Error::other(format!("{name}: the name or the size is too large for a pack"))
        })
    };
    field(0, name, 100)?;
    field(100, "0000644\0", 8)?;
    field(108, "0000000\0", 8)?;
    field(116, "0000000\0", 8)?;
    field(124, &format!("{size:011o}"), 11)?;
    field(136, "00000000000", 11)?;
    field(148, "        ", 8)?;
    field(156, "0", 1)?;
    field(257, "ustar\x0000", 8)?;
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(block)
}
