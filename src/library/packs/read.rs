//! Reads a pack from its first byte to its last, and gives what is sound in it.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use super::SUMS;
use super::sums::{Sum, Sums, bare, shown};
use crate::import::dataset;
use crate::import::tar::{self, BLOCK, Heading, LONGEST};
use crate::library::catalogue::usual_file;
use crate::library::files::{is_at_most, packed_record};
use crate::record::Record;

/// The most bytes a packed record may have: no real one has a fiftieth of it.
const PACKED_LIMIT: u64 = 32 << 20;
/// What no real record unpacks to, in bytes.
const SMALL: u64 = 4 << 20;
/// The largest list of checksums, in bytes.
const SUMS_LIMIT: u64 = 16 << 20;
/// The most members a pack may have.
const MEMBERS: usize = 100_000;

/// Why nothing of a file can be taken as a pack; the message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It is none, or its list of checksums is gone.
    #[error("{0}")]
    Bad(String),
    /// The system failed to read it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What is wrong with a member or a place of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the member, harmless; `None` where it is the pack itself.
    pub member: Option<String>,
    /// What is wrong and what to do, in one harmless line.
    pub message: String,
}

/// A record file as it stands in a pack, not verified yet.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, without `./`. It may hold anything and is no path.
    pub name: String,
    /// The checksum that is listed for it.
    pub sum: Sum,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A pack that is being read.
#[derive(Debug)]
pub struct Pack<R> {
    archive: R,
    /// The byte the next block begins at.
    at: u64,
    sums: Sums,
    seen: HashSet<String>,
    /// Faults that are to be told before anything else is read.
    told: VecDeque<Fault>,
    members: usize,
    /// The heading before was damaged, and the next sound one is sought.
    lost: bool,
    ended: bool,
}

/// What a block is.
enum Block {
    Heading(Heading),
    Zero,
    Damaged,
    End,
}

impl<R: Read> Pack<R> {
    /// Begins to read: the list of checksums must stand first.
    ///
    /// # Errors
    /// When it does not, or the system fails.
    pub fn open(archive: R) -> Result<Self, PackError> {
        let mut pack = Self {
            archive,
            at: 0,
            sums: Sums::default(),
            seen: HashSet::new(),
            told: VecDeque::new(),
            members: 0,
            lost: false,
            ended: false,
        };
        pack.sums = Sums::read(&pack.list()?);
        if pack.sums.names.is_empty() {
            return Err(bad("its SHA256SUMS names no record; get or make the pack again"));
        }
        if pack.sums.names.len() > MEMBERS {
            return Err(bad("its SHA256SUMS names more records than any pack has"));
        }
        for line in &pack.sums.bad {
            let message = format!("line {line} of it is damaged, and what it names is not taken");
            pack.told.push_back(Fault { member: Some(SUMS.to_owned()), message });
        }
        if pack.sums.more > 0 {
            let message = format!("{} more lines of it are damaged", pack.sums.more);
            pack.told.push_back(Fault { member: Some(SUMS.to_owned()), message });
        }
        Ok(pack)
    }

    /// How many records it says it has.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.sums.names.len()
    }

    /// The bytes that were read so far.
    #[must_use]
    pub fn read_so_far(&self) -> u64 {
        self.at
    }

    /// The content of the first file, which must be the list.
    fn list(&mut self) -> Result<Vec<u8>, PackError> {
        // tar itself may put the folder before it.
        for _ in 0..16 {
            let heading = match self.block()? {
                Block::Heading(heading) => heading,
                Block::End => {
                    return Err(bad("it is cut short before its SHA256SUMS; get it again"));
                }
                _ => return Err(bad("byte 0: this is no heading of a tar archive; get it again")),
            };
            if matches!(heading.kind, b'5' | b'g') && heading.size <= LONGEST {
                self.skip(heading.size)?;
                continue;
            }
            if !heading.is_file() || bare(&heading.name) != SUMS {
                return Err(stranger(&heading.name));
            }
            if heading.size > SUMS_LIMIT {
                return Err(bad("its SHA256SUMS is larger than that of any pack"));
            }
            let content = self.content(heading.size)?;
            return content.ok_or_else(|| bad("it is cut short in its SHA256SUMS; get it again"));
        }
        Err(bad("SHA256SUMS does not stand first in it; make it again with spv pack"))
    }

    /// The next record file, or the next fault; `None` at the end. Every record that is listed is given
    /// once, or named in a fault.
    ///
    /// # Errors
    /// When the system fails to read.
    #[allow(clippy::should_implement_trait)] // An error of the system ends it, which no iterator says.
    pub fn next(&mut self) -> io::Result<Option<Result<Member, Fault>>> {
        loop {
            if let Some(fault) = self.told.pop_front() {
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
                Block::Damaged => self.seek_on(at),
                Block::Zero => {
                    // One block of zeros is damage, two are the end.
                    let next = self.at;
                    match self.block()? {
                        Block::Zero => self.end(None),
                        Block::Heading(heading) => {
                            self.seek_on(at);
                            self.lost = false;
                            if let Some(found) = self.member(heading, next)? {
                                if let Err(fault) = found {
                                    self.told.push_back(fault);
                                    continue;
                                }
                                return Ok(Some(found));
                            }
                        }
                        Block::Damaged => self.seek_on(at),
                        Block::End => self.end(None),
                    }
                }
                Block::End => {
                    self.end(Some("it was cut short: the pack ends without its end mark"))
                }
            }
        }
    }

    /// Says once that a heading is damaged; the blocks behind it are passed over up to a sound one.
    /// Nothing false is taken for a record so, since each is held against its checksum.
    fn seek_on(&mut self, at: u64) {
        if !std::mem::replace(&mut self.lost, true) {
            let message = format!(
                "byte {at}: a heading is damaged; what stands behind it is sought further on"
            );
            self.told.push_back(Fault { member: None, message });
        }
    }

    /// Ends the reading, and names what is listed and was not there.
    fn end(&mut self, why: Option<&str>) {
        self.ended = true;
        if let Some(why) = why {
            let message = format!("byte {}: {why}; get it again", self.at);
            self.told.push_back(Fault { member: None, message });
        }
        for name in &self.sums.names {
            if !self.seen.contains(name) {
                let message = "it is listed in SHA256SUMS and was not found in the pack".to_owned();
                self.told.push_back(Fault { member: Some(shown(name)), message });
            }
        }
    }

    /// What a heading leads to.
    fn member(&mut self, heading: Heading, at: u64) -> io::Result<Option<Result<Member, Fault>>> {
        self.members += 1;
        if self.members > 2 * MEMBERS {
            self.end(Some("it has more members than any pack"));
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
                // No name of a record is long, so that what gives long names matters to no record.
                self.skip(heading.size)?;
                return Ok(None);
            }
            b'1' | b'2' => "it is a link, which no pack has",
            _ if !heading.is_file() => "it is no ordinary file, and no pack has any other",
            _ if heading.size > PACKED_LIMIT => {
                // The blocks behind are looked at one by one: the size is a lie or of no use.
                self.lost = true;
                return fault(format!(
                    "byte {at}: it claims {} bytes, more than any packed record has",
                    heading.size
                ));
            }
            _ if self.seen.contains(&name) => "it stands in the pack twice; the first one counts",
            _ => match self.sums.of.get(&name).copied() {
                Some(sum) => return self.record(name, sum, heading.size),
                None => "it is not listed in SHA256SUMS, so that nothing vouches for it",
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
                message: "the pack ends in the middle of it; get it again".to_owned(),
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

    /// The content of a member and the rest of its last block; `None` where the pack ends before. Memory
    /// grows with what is there and not with what is claimed.
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

    /// Passes over so many bytes, and over the rest of the block.
    fn skip(&mut self, size: u64) -> io::Result<()> {
        let end = (self.at + size).div_ceil(BLOCK) * BLOCK;
        let over = io::copy(&mut (&mut self.archive).take(end - self.at), &mut io::sink())?;
        self.at += over;
        Ok(())
    }
}

/// Whether a member unpacks to no more than any real record does, so that several may be read at once.
#[must_use]
pub fn is_small(member: &Member) -> bool {
    is_at_most(member.bytes.as_slice(), SMALL)
}

/// Holds the bytes of a member against its checksum.
///
/// # Errors
/// That it is another one, and what to do.
pub fn intact(member: &Member) -> Result<(), String> {
    if <[u8; 32]>::from(Sha256::digest(&member.bytes)) != member.sum {
        return Err(
            "its checksum is not the one in SHA256SUMS: it is damaged or was changed; get it again"
                .to_owned(),
        );
    }
    Ok(())
}

/// The record of a member, if all about it agrees: checksum, size, words and name.
///
/// # Errors
/// What does not, and what to do, in one harmless line.
pub fn verified(member: &Member) -> Result<Record, String> {
    intact(member)?;
    if !member.name.ends_with(".json.zst") {
        return Err("it is no packed record; its name should end in .json.zst".to_owned());
    }
    let record = packed_record(&member.bytes).map_err(|fault| fault.message)?;
    if record.exercise {
        return Err("it is an exercise debate, and a pack holds real records".to_owned());
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

/// What to say of an archive that is none of ours.
fn stranger(first: &str) -> PackError {
    let last = first.rsplit('/').next().unwrap_or(first);
    if dataset::parse_name(last).is_some() || first.starts_with("speeches") {
        return bad(
            "it holds texts of the debates data set; put speaker.tsv beside it and import the folder",
        );
    }
    bad(
        "SHA256SUMS does not stand first in it, so that it is no pack: make one with spv pack, or unpack it and import the folder",
    )
}
