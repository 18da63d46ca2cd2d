//! Writes a catalogue as bytes. The layout is defined here, and `decode.rs` reads it.
//!
//! Integers in sections are LEB128 unless a width is named, signed ones zigzag; `id` is the index
//! of a string, `id+1` is 0 for none. Every section can be skipped by its length.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `spv-cat` and the version of the layout |
//! | 8 | checksum of everything after it, little-endian |
//! | 9 × 4 | lengths of the sections that follow, little-endian, in this order |
//! | folders | count; each: length and text of the path, seconds, nanoseconds |
//! | problems | count; each: length and text of path and of message, size, seconds, nanoseconds, cause (0 content, 1 refused, 2 beside) |
//! | presidents | count of lists; each: count, then name id and State id+1 |
//! | entries | count; each: symbol (0 and the number of S/PV.N, or id+1 of the text), language id, flags (kind 2 bits, status 2, exercise 1), date (year × 512 + month × 32 + day), topic id, item id, sub-items id, count of outcomes and their ids, presidents, count of headings, bytes of headings, file id+1, count of doubts |
//! | stamps | for each entry in the same order: size, seconds, nanoseconds |
//! | index | for each string the 3-byte end of it in the text |
//! | speakers | for each: 3-byte name id, State id+1, organization id+1, office id+1 |
//! | headings | for each: flags (as 2 bits, procedural 1, page known 1, page as before 1, number one more than before 1), speaker, number, page as difference, words |
//! | text | all strings, one after the other, UTF-8 |
//!
//! This file uses the standard library and `record/varint.rs` only; the build script compiles them as well.

use std::collections::HashMap;

use super::outline::{Outline, Stamp, Turn, clip};
use crate::record::varint::write_varint;

/// The first bytes; the last one is the version of the layout.
pub const MAGIC: [u8; 8] = *b"spv-cat\x05";
/// The number of sections.
pub const SECTIONS: usize = 9;
/// Bytes before the first section.
pub const HEADER: usize = 16 + 4 * SECTIONS;
/// The limit of three-byte numbers.
const LIMIT: usize = 1 << 24;

/// What is known of the disk besides the records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// The folders listed, relative to the root, and their times.
    pub folders: Vec<(String, Stamp)>,
    /// The files that are not used.
    pub problems: Vec<BadFile>,
}

/// A file that is not used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BadFile {
    /// The file, relative to the root.
    pub file: String,
    /// Position, fault and what to do.
    pub message: String,
    /// Its stamp when it was read.
    pub stamp: Stamp,
    /// What the problem depends on.
    pub cause: Cause,
}

/// What a problem with a file depends on, and so how long it lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// Its content: the problem lasts until the file changes.
    #[default]
    Content,
    /// The system refused: permission may be given without a change of the file.
    Refused,
    /// Its surroundings: its name, or another file with the same symbol and language.
    Beside,
}

/// Appends a signed number.
pub fn write_signed(out: &mut Vec<u8>, n: i64) {
    write_varint(out, ((n << 1) ^ (n >> 63)) as u64);
}

/// Appends the length of a text and the text.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    write_varint(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn write_stamp(out: &mut Vec<u8>, stamp: Stamp) {
    write_varint(out, stamp.size);
    write_signed(out, stamp.seconds);
    write_varint(out, u64::from(stamp.nanos));
}

fn write_three(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&(n as u32).to_le_bytes()[..3]);
}

/// The checksum finds damage, not malice. Each step is a bijection of the sum, so that every change
/// of a single word is detected.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = bytes.len() as u64 ^ 0x5350_565F_4341_5431;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME);
        sum ^= sum >> 32;
    }
    for byte in rest {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(PRIME);
        sum ^= sum >> 32;
    }
    sum
}

/// Strings, speakers and lists of presidents, each stored once.
#[derive(Default)]
struct Tables<'a> {
    ids: HashMap<&'a str, usize>,
    index: Vec<u8>,
    text: Vec<u8>,
    speakers: HashMap<[usize; 4], usize>,
    speaker_bytes: Vec<u8>,
    lists: HashMap<Vec<[usize; 2]>, usize>,
    list_bytes: Vec<u8>,
}

impl<'a> Tables<'a> {
    fn id(&mut self, text: &'a str) -> usize {
        let next = self.ids.len();
        *self.ids.entry(text).or_insert_with(|| {
            self.text.extend_from_slice(text.as_bytes());
            write_three(&mut self.index, self.text.len());
            next
        })
    }

    fn id_or_none(&mut self, text: Option<&'a str>) -> usize {
        text.map_or(0, |t| self.id(t) + 1)
    }

    fn speaker(&mut self, turn: &'a Turn) -> usize {
        let key = [
            self.id(clip(&turn.name)),
            self.id_or_none(turn.state.as_deref().map(clip)),
            self.id_or_none(turn.organization.as_deref().map(clip)),
            self.id_or_none(turn.role.as_deref().map(clip)),
        ];
        let next = self.speakers.len();
        *self.speakers.entry(key).or_insert_with(|| {
            key.into_iter().for_each(|id| write_three(&mut self.speaker_bytes, id));
            next
        })
    }

    fn presidents(&mut self, list: &'a [(String, Option<String>)]) -> usize {
        let key: Vec<[usize; 2]> = list
            .iter()
            .map(|(name, state)| [self.id(clip(name)), self.id_or_none(state.as_deref().map(clip))])
            .collect();
        if let Some(place) = self.lists.get(&key) {
            return *place;
        }
        write_varint(&mut self.list_bytes, key.len() as u64);
        for id in key.iter().flatten() {
            write_varint(&mut self.list_bytes, *id as u64);
        }
        self.lists.insert(key, self.lists.len());
        self.lists.len() - 1
    }

    /// Whether three bytes can number every string and speaker.
    fn fits(&self) -> bool {
        self.text.len() < LIMIT && self.ids.len() + 1 < LIMIT && self.speakers.len() < LIMIT
    }
}

/// The headings of one record.
fn write_headings<'a>(out: &mut Vec<u8>, tables: &mut Tables<'a>, turns: &'a [Turn]) {
    let (mut number, mut page) = (0_u32, 0_u32);
    for turn in turns {
        let follows = number.checked_add(1) == Some(turn.number);
        let same_page = turn.page == Some(page);
        let flags = (turn.as_ & 3)
            | u8::from(turn.procedural) << 2
            | u8::from(turn.page.is_some()) << 3
            | u8::from(same_page) << 4
            | u8::from(follows) << 5;
        out.push(flags);
        write_varint(out, tables.speaker(turn) as u64);
        if !follows {
            write_varint(out, u64::from(turn.number));
        }
        if let Some(now) = turn.page.filter(|_| !same_page) {
            write_signed(out, i64::from(now) - i64::from(page));
        }
        write_varint(out, u64::from(turn.words));
        number = turn.number;
        page = turn.page.unwrap_or(page);
    }
}

/// `N` of a symbol written exactly `S/PV.N`.
fn plain_number(symbol: &str) -> Option<u32> {
    let digits = symbol.strip_prefix("S/PV.")?;
    let number: u32 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

fn write_entry<'a>(
    out: &mut Vec<u8>,
    headings: &mut Vec<u8>,
    tables: &mut Tables<'a>,
    outline: &'a Outline,
) {
    match plain_number(&outline.symbol) {
        Some(number) => {
            write_varint(out, 0);
            write_varint(out, u64::from(number));
        }
        None => write_varint(out, tables.id(&outline.symbol) as u64 + 1),
    }
    write_varint(out, tables.id(&outline.language) as u64);
    out.push((outline.kind & 3) | (outline.status & 3) << 2 | u8::from(outline.exercise) << 4);
    let (year, month, day) = outline.date;
    write_signed(out, i64::from(year) * 512 + i64::from(month) * 32 + i64::from(day));
    write_varint(out, tables.id(clip(&outline.topic)) as u64);
    write_varint(out, tables.id(clip(&outline.item)) as u64);
    write_varint(out, tables.id(clip(&outline.sub_items)) as u64);
    write_varint(out, outline.outcomes.len() as u64);
    for outcome in &outline.outcomes {
        write_varint(out, tables.id(clip(outcome)) as u64);
    }
    write_varint(out, tables.presidents(&outline.presidents) as u64);
    let before = headings.len();
    write_headings(headings, tables, &outline.turns);
    write_varint(out, outline.turns.len() as u64);
    write_varint(out, (headings.len() - before) as u64);
    write_varint(out, tables.id_or_none(outline.file.as_deref()) as u64);
    write_varint(out, u64::from(outline.doubts));
}

/// The catalogue as bytes; `None` if it has more than 16 MB of distinct strings.
#[must_use]
pub fn encode(disk: &Disk, outlines: &[Outline]) -> Option<Vec<u8>> {
    let mut tables = Tables::default();
    let (mut folders, mut problems) = (Vec::new(), Vec::new());
    write_varint(&mut folders, disk.folders.len() as u64);
    for (path, stamp) in &disk.folders {
        write_text(&mut folders, path);
        write_stamp(&mut folders, *stamp);
    }
    write_varint(&mut problems, disk.problems.len() as u64);
    for bad in &disk.problems {
        write_text(&mut problems, &bad.file);
        write_text(&mut problems, &bad.message);
        write_stamp(&mut problems, bad.stamp);
        problems.push(bad.cause as u8);
    }
    let (mut entries, mut stamps, mut headings) = (Vec::new(), Vec::new(), Vec::new());
    write_varint(&mut entries, outlines.len() as u64);
    for outline in outlines {
        write_entry(&mut entries, &mut headings, &mut tables, outline);
        write_stamp(&mut stamps, outline.stamp);
    }
    if !tables.fits() {
        return None;
    }
    let mut presidents = Vec::new();
    write_varint(&mut presidents, tables.lists.len() as u64);
    presidents.append(&mut tables.list_bytes);
    let sections: [Vec<u8>; SECTIONS] = [
        folders,
        problems,
        presidents,
        entries,
        stamps,
        tables.index,
        tables.speaker_bytes,
        headings,
        tables.text,
    ];
    let mut body = Vec::new();
    for section in &sections {
        body.extend_from_slice(&u32::try_from(section.len()).ok()?.to_le_bytes());
    }
    sections.iter().for_each(|section| body.extend_from_slice(section));
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&checksum(&body).to_le_bytes());
    bytes.append(&mut body);
    Some(bytes)
}
