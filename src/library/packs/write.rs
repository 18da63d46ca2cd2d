//! Writes a pack in two passes: the first reads and checks every record, so that size and checksums
//! are known, the second writes the bytes. The same records give the same bytes.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest as _, Sha256};

use super::SUMS;
use super::sums::{self, Sum};
use crate::import::tar::BLOCK;
use crate::library::bulk::LEVEL;
use crate::library::error::LibraryError;
use crate::library::facts;
use crate::library::files::{packed_record, read_packed};
use crate::library::writer::pack_record;
use crate::library::{Entry, Library, usual_file};

/// Why a pack was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A record could not be read, or has changed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It was stopped.
    #[error("stopped; nothing was written")]
    Stopped,
}

/// The members of a pack, with sizes and checksums.
#[derive(Debug)]
pub struct Plan<'a> {
    library: &'a Library,
    members: Vec<Planned<'a>>,
    /// The files of fetched facts: their names and bytes.
    facts: Vec<(String, Vec<u8>)>,
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
    /// Reads and checks the records of these entries; calls `progress` with the number done.
    ///
    /// # Errors
    /// If one cannot be read or is invalid, or `stop` was set.
    pub fn make(
        library: &'a Library,
        entries: &[&'a Entry],
        stop: &AtomicBool,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Self, WriteError> {
        let mut members = Vec::with_capacity(entries.len());
        for (done, entry) in entries.iter().enumerate() {
            check_stop(stop)?;
            let bytes = packed(library, entry)?;
            let file = usual_file(&entry.symbol, &entry.language, entry.date);
            members.push(Planned {
                entry,
                name: file.to_string_lossy().into_owned(),
                size: bytes.len() as u64,
                sum: Sha256::digest(&bytes).into(),
            });
            progress(done + 1);
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members.dedup_by(|a, b| a.name == b.name);
        let mut list = String::new();
        let facts = files_of_facts(library)?;
        for (name, bytes) in &facts {
            sums::line(&mut list, &Sha256::digest(bytes).into(), name);
        }
        members.iter().for_each(|m| sums::line(&mut list, &m.sum, &m.name));
        let sizes = facts.iter().map(|(_, bytes)| bytes.len() as u64);
        let files = members.iter().map(|m| m.size).chain(sizes).chain([list.len() as u64]);
        let size = files.map(padded_size).sum::<u64>() + 2 * BLOCK;
        Ok(Self { library, members, facts, sums: list, size })
    }

    /// The number of records.
    pub fn records(&self) -> usize {
        self.members.len()
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Writes the pack; calls `progress` with the number of records done.
    ///
    /// # Errors
    /// If it cannot be written, a record changed since it was read, or `stop` was set.
    pub fn write(
        &self,
        out: &mut dyn Write,
        stop: &AtomicBool,
        progress: &mut dyn FnMut(usize),
    ) -> Result<(), WriteError> {
        write_member(out, SUMS, self.sums.as_bytes())?;
        for (name, bytes) in &self.facts {
            write_member(out, name, bytes)?;
        }
        for (done, planned) in self.members.iter().enumerate() {
            check_stop(stop)?;
            let bytes = packed(self.library, planned.entry)?;
            if <Sum>::from(Sha256::digest(&bytes)) != planned.sum {
                return Err(WriteError::Library(LibraryError::Bad {
                    file: planned.entry.file(),
                    message: "changed while the pack was written; create the pack again".to_owned(),
                }));
            }
            write_member(out, &planned.name, &bytes)?;
            progress(done + 1);
        }
        out.write_all(&[0; 2 * BLOCK as usize])?;
        Ok(out.flush()?)
    }
}

/// The files of fetched facts of a library.
fn files_of_facts(library: &Library) -> Result<Vec<(String, Vec<u8>)>, LibraryError> {
    let Some(root) = library.root() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for name in facts::names(root) {
        let path = format!("{}/{name}", facts::FOLDER);
        let bytes = facts::bytes(root, &name)
            .map_err(|source| LibraryError::Io { file: root.join(&path), source })?;
        found.push((path, bytes));
    }
    Ok(found)
}

fn check_stop(stop: &AtomicBool) -> Result<(), WriteError> {
    if stop.load(Ordering::Relaxed) { Err(WriteError::Stopped) } else { Ok(()) }
}

/// The size of a member with its header.
fn padded_size(size: u64) -> u64 {
    BLOCK + size.div_ceil(BLOCK) * BLOCK
}

/// The packed bytes of a record: those of its file if that is packed.
fn packed(library: &Library, entry: &Entry) -> Result<Vec<u8>, LibraryError> {
    let Some(file) = library.file(entry) else {
        return Err(LibraryError::NotHere { symbol: entry.symbol.clone() });
    };
    if file.extension().is_none_or(|end| end != "zst") {
        return pack_record(&file, &library.load(entry)?, LEVEL);
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
        message: "holds another record now; create the pack again".to_owned(),
    })
}

/// Writes a file: a ustar header without times and owners, the bytes, and zeros up to the end of
/// the block.
fn write_member(out: &mut dyn Write, name: &str, bytes: &[u8]) -> io::Result<()> {
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
