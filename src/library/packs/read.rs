//! Reads a pack from start to end and returns the records that are sound.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use super::SUMS;
use super::sums::{Sum, Sums, bare, shown};
use crate::facts::fetched::FactsFile;
use crate::import::dataset;
use crate::import::tar::{self, BLOCK, Heading, LONGEST};
use crate::library::catalogue::usual_file;
use crate::library::facts;
use crate::library::files::{is_at_most, packed_record};
use crate::record::Record;

/// The largest packed record, in bytes: fifty times the largest real one.
const PACKED_LIMIT: u64 = 32 << 20;
/// No real record unpacks to more, in bytes.
const SMALL: u64 = 4 << 20;
/// The largest list of checksums, in bytes.
const SUMS_LIMIT: u64 = 16 << 20;
/// The most members a pack may have.
const MEMBERS: usize = 100_000;

/// The file cannot be read as a pack; the message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It is not a pack, or has no list of checksums.
    #[error("{0}")]
    Bad(String),
    /// The system failed to read it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A fault in a member or in the pack itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the member, made harmless; `None` for the pack itself.
    pub member: Option<String>,
    /// What is wrong and what to do, in one harmless line.
    pub message: String,
}

/// A record file of a pack, not verified yet.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, without `./`. It is not trusted as a path.
    pub name: String,
    /// The checksum listed for it.
    pub sum: Sum,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A pack being read.
#[derive(Debug)]
pub struct Pack<R> {
    archive: R,
    /// The offset of the next block.
    at: u64,
    sums: Sums,
    seen: HashSet<String>,
    /// Faults to report before anything else is read.
    pending: VecDeque<Fault>,
    members: usize,
    /// A header was damaged, and the next valid one is being searched.
    lost: bool,
    ended: bool,
}

/// The content of a block.
enum Block {
    Heading(Heading),
    Zero,
    Damaged,
    End,
}

impl<R: Read> Pack<R> {
    /// Starts reading; the list of checksums must come first.
    ///
    /// # Errors
    /// If it does not, or reading fails.
    pub fn open(archive: R) -> Result<Self, PackError> {
        let mut pack = Self {
            archive,
            at: 0,
            sums: Sums::default(),
            seen: HashSet::new(),
            pending: VecDeque::new(),
            members: 0,
            lost: false,
            ended: false,
        };
        pack.sums = Sums::read(&pack.read_list()?);
        if pack.sums.names.is_empty() {
            return Err(bad("its SHA256SUMS lists no record; get or create the pack again"));
        }
        if pack.sums.names.len() > MEMBERS {
            return Err(bad("its SHA256SUMS lists too many records"));
        }
        for line in &pack.sums.bad {
            let message = format!("line {line} is damaged; its record is not imported");
            pack.pending.push_back(Fault { member: Some(SUMS.to_owned()), message });
        }
        if pack.sums.more > 0 {
            let message = format!("{} more lines are damaged", pack.sums.more);
            pack.pending.push_back(Fault { member: Some(SUMS.to_owned()), message });
        }
        Ok(pack)
    }

    /// The number of records listed.
    pub fn listed(&self) -> usize {
        self.sums.names.len()
    }

    /// The number of bytes read so far.
    pub fn read_so_far(&self) -> u64 {
        self.at
    }

    /// The content of the first file, which must be the list.
    fn read_list(&mut self) -> Result<Vec<u8>, PackError> {
        // tar may put the folder before it.
        for _ in 0..16 {
            let heading = match self.block()? {
                Block::Heading(heading) => heading,
                Block::End => {
                    return Err(bad("unexpected end of file before its SHA256SUMS; get it again"));
                }
                _ => return Err(bad("byte 0: not a tar header; get it again")),
            };
            if matches!(heading.kind, b'5' | b'g') && heading.size <= LONGEST {
                self.skip(heading.size)?;
                continue;
            }
            if !heading.is_file() || bare(&heading.name) != SUMS {
                return Err(not_a_pack(&heading.name));
            }
            if heading.size > SUMS_LIMIT {
                return Err(bad("its SHA256SUMS is too large"));
            }
            let content = self.content(heading.size)?;
            return content
                .ok_or_else(|| bad("unexpected end of file in its SHA256SUMS; get it again"));
        }
        Err(bad("SHA256SUMS is not its first file; create the pack again with spv pack"))
    }

    /// The next record file, or the next fault; `None` at the end. Every listed record is returned
    /// once, or named in a fault.
    ///
    /// # Errors
    /// When the system fails to read.
    #[allow(clippy::should_implement_trait)] // An error of the system ends it, which no iterator says.
    pub fn next(&mut self) -> io::Result<Option<Result<Member, Fault>>> {
        loop {
            if let Some(fault) = self.pending.pop_front() {
                return Ok(Some(Err(fault)));
            }
            if self.ended {
                return Ok(None);
            }
            let at = self.at;
            match self.block()? {
                Block::Heading(heading) => {
                    self.lost = false;
                    if let Some(found) = self.member(heading, at)? {
                        return Ok(Some(found));
                    }
                }
                Block::Damaged => self.report_damaged_header(at),
                Block::Zero => {
                    // One block of zeros is damage, two are the end.
                    let next = self.at;
                    match self.block()? {
                        Block::Zero => self.end(None),
                        Block::Heading(heading) => {
                            self.report_damaged_header(at);
                            self.lost = false;
                            if let Some(found) = self.member(heading, next)? {
                                if let Err(fault) = found {
                                    self.pending.push_back(fault);
                                    continue;
                                }
                                return Ok(Some(found));
                            }
                        }
                        Block::Damaged => self.report_damaged_header(at),
                        Block::End => self.end(None),
                    }
                }
                Block::End => self.end(Some("unexpected end of file: the end mark is missing")),
            }
        }
    }

    /// Reports a damaged header once; the following blocks are skipped up to a valid one. No wrong
    /// record can result, since each is compared with its checksum.
    fn report_damaged_header(&mut self, at: u64) {
        if !std::mem::replace(&mut self.lost, true) {
            let message = format!("byte {at}: a header is damaged; searching for the next one");
            self.pending.push_back(Fault { member: None, message });
        }
    }

    /// Ends reading, and reports listed records that were missing.
    fn end(&mut self, why: Option<&str>) {
        self.ended = true;
        if let Some(why) = why {
            let message = format!("byte {}: {why}; get it again", self.at);
            self.pending.push_back(Fault { member: None, message });
        }
        for name in &self.sums.names {
            if !self.seen.contains(name) {
                let message = "listed in SHA256SUMS but not found in the pack".to_owned();
                self.pending.push_back(Fault { member: Some(shown(name)), message });
            }
        }
    }

    /// Handles a header.
    fn member(&mut self, heading: Heading, at: u64) -> io::Result<Option<Result<Member, Fault>>> {
        self.members += 1;
        if self.members > 2 * MEMBERS {
            self.end(Some("too many members"));
            return Ok(None);
        }
        let name = bare(&heading.name).to_owned();
        let fault = |message: String| {
            let member = (!name.is_empty()).then(|| shown(&name));
            Ok(Some(Err(Fault { member, message })))
        };
        let why = match heading.kind {
            _ if tar::leads_out(&name) => "its name leads out of the pack",
            b'5' | b'g' | b'x' | b'L' | b'K' if heading.size <= LONGEST => {
                // Names of records are short, so extensions for long names can be skipped.
                self.skip(heading.size)?;
                return Ok(None);
            }
            b'1' | b'2' => "a link, which is not allowed in a pack",
            _ if !heading.is_file() => "not a regular file",
            _ if heading.size > PACKED_LIMIT => {
                // The size is not believed, so the following blocks are examined one by one.
                self.lost = true;
                return fault(format!(
                    "byte {at}: claims {} bytes, more than any packed record has",
                    heading.size
                ));
            }
            _ if self.seen.contains(&name) => "it is in the pack twice; the first one counts",
            _ => match self.sums.of.get(&name).copied() {
                Some(sum) => return self.record(name, sum, heading.size),
                None => "not listed in SHA256SUMS",
            },
        };
        if heading.size <= PACKED_LIMIT {
            self.skip(heading.size)?;
        } else {
            self.lost = true;
        }
        fault(why.to_owned())
    }

    fn record(
        &mut self,
        name: String,
        sum: Sum,
        size: u64,
    ) -> io::Result<Option<Result<Member, Fault>>> {
        self.seen.insert(name.clone());
        Ok(Some(match self.content(size)? {
            Some(bytes) => Ok(Member { name, sum, bytes }),
            None => Err(Fault {
                member: Some(shown(&name)),
                message: "unexpected end of file in the middle of it; get it again".to_owned(),
            }),
        }))
    }

    /// The next block.
    fn block(&mut self) -> io::Result<Block> {
        let mut bytes = Vec::with_capacity(512);
        self.at += (&mut self.archive).take(BLOCK).read_to_end(&mut bytes)? as u64;
        let Ok(block) = <[u8; 512]>::try_from(bytes) else { return Ok(Block::End) };
        if block.iter().all(|b| *b == 0) {
            return Ok(Block::Zero);
        }
        Ok(Heading::read(&block).map_or(Block::Damaged, Block::Heading))
    }

    /// The content of a member; also skips the rest of its last block. `None` if the pack ends
    /// within it. Memory grows with the bytes read, not with the stated size.
    fn content(&mut self, size: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let read = (&mut self.archive).take(size).read_to_end(&mut bytes)? as u64;
        self.at += read;
        if read < size {
            return Ok(None);
        }
        self.skip(0)?;
        Ok(Some(bytes))
    }

    /// Skips `size` bytes and the rest of the block.
    fn skip(&mut self, size: u64) -> io::Result<()> {
        let end = (self.at + size).div_ceil(BLOCK) * BLOCK;
        let over = io::copy(&mut (&mut self.archive).take(end - self.at), &mut io::sink())?;
        self.at += over;
        Ok(())
    }
}

/// Whether a member unpacks to the size of a real record, so that several can be read at the same
/// time.
pub fn is_small(member: &Member) -> bool {
    is_at_most(member.bytes.as_slice(), SMALL)
}

/// Compares a member with its checksum.
///
/// # Errors
/// If they differ, with what to do.
pub fn intact(member: &Member) -> Result<(), String> {
    if <[u8; 32]>::from(Sha256::digest(&member.bytes)) != member.sum {
        return Err(
            "checksum mismatch with SHA256SUMS: damaged or changed; get it again".to_owned()
        );
    }
    Ok(())
}

/// The file of facts of a member, if it is one by its name; its checksum was compared before.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn facts_of(member: &Member) -> Option<Result<FactsFile, String>> {
    let named = member.name.starts_with("facts/") && member.name.ends_with(".json");
    named.then(|| facts::parse(&member.name, &member.bytes))
}

/// The record of a member, if checksum, size, words and name agree.
///
/// # Errors
/// What does not agree and what to do, in one harmless line.
pub fn verified(member: &Member) -> Result<Record, String> {
    intact(member)?;
    if !member.name.ends_with(".json.zst") {
        return Err("not a packed record: the name should end in .json.zst".to_owned());
    }
    let record = packed_record(&member.bytes).map_err(|fault| fault.message)?;
    if record.exercise {
        return Err("an exercise debate; a pack holds only real records".to_owned());
    }
    let usual = usual_file(&record.symbol, &record.language, record.date);
    if usual.to_str() != Some(member.name.as_str()) {
        return Err(shown(&format!(
            "it holds {} of {}, which belongs under {}",
            record.symbol,
            record.date,
            usual.display()
        )));
    }
    Ok(record)
}

fn bad(message: &str) -> PackError {
    PackError::Bad(message.to_owned())
}

/// The error for an archive that is not a pack.
fn not_a_pack(first: &str) -> PackError {
    let last = first.rsplit('/').next().unwrap_or(first);
    if dataset::parse_name(last).is_some() || first.starts_with("speeches") {
        return bad(
            "texts of the debates data set; put speaker.tsv beside it and import the folder",
        );
    }
    bad(
        "not a pack: SHA256SUMS is not its first file; create one with spv pack, or unpack it and import the folder",
    )
}
