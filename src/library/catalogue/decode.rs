//! Reads the bytes of a catalogue; `encode.rs` defines the layout.
//!
//! Every length is checked before use. Damaged bytes give `None`, which means that the catalogue
//! has to be rebuilt, never a panic or an allocation larger than the input.

use std::sync::Arc;

use jiff::civil::Date;

use super::encode::{BadFile, Cause, Disk, HEADER, MAGIC, SECTIONS, checksum};
use super::entry::{Entry, Heading, SpeakerName};
use super::outline::Stamp;
use crate::record::varint::read_varint;
use crate::record::{As, Kind, Language, President, Status, Symbol};

/// The parts of a catalogue, as they are in its bytes.
pub(super) struct Parts {
    pub entries: Vec<Entry>,
    pub store: Store,
    pub disk: Disk,
    /// The section of stamps, see [`stamps`].
    pub stamps: Vec<u8>,
}

/// The parts of a catalogue that are decoded on demand.
#[derive(Debug, Default)]
pub(super) struct Store {
    text: Box<str>,
    index: Box<[u8]>,
    speakers: Box<[u8]>,
    headings: Box<[u8]>,
}

/// Reads numbers and texts from the front of a slice.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn number(&mut self) -> Option<u64> {
        read_varint(&mut self.0)
    }

    pub fn signed(&mut self) -> Option<i64> {
        let n = self.number()?;
        Some((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A count of items that take at least `size` bytes each; `None` if fewer bytes are left.
    pub fn count(&mut self, size: usize) -> Option<usize> {
        let n = usize::try_from(self.number()?).ok()?;
        (n.checked_mul(size)? <= self.0.len()).then_some(n)
    }

    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<String> {
        self.word().map(str::to_owned)
    }

    /// A length in bytes and a text of that length.
    pub fn word(&mut self) -> Option<&'a str> {
        let length = self.count(1)?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn stamp(&mut self) -> Option<Stamp> {
        Some(Stamp { size: self.number()?, seconds: self.signed()?, nanos: self.small()? })
    }
}

/// The three-byte numbers of a speaker.
const SPEAKER_IDS: usize = 4;

/// The `n`th three-byte number of a table.
fn three(table: &[u8], n: usize) -> Option<usize> {
    let at = n.checked_mul(3)?;
    let bytes = table.get(at..at.checked_add(3)?)?;
    Some(usize::from(bytes[0]) | usize::from(bytes[1]) << 8 | usize::from(bytes[2]) << 16)
}

impl Store {
    /// The string with this id.
    pub fn string(&self, id: usize) -> Option<&str> {
        let end = three(&self.index, id)?;
        let start = if id == 0 { 0 } else { three(&self.index, id - 1)? };
        self.text.get(start..end)
    }

    fn string_or_none(&self, id: usize) -> Option<Option<&str>> {
        if id == 0 { Some(None) } else { self.string(id - 1).map(Some) }
    }

    /// A speaker by its index.
    pub fn speaker(&self, n: usize) -> Option<SpeakerName<'_>> {
        let at = n.checked_mul(SPEAKER_IDS)?;
        let id = |field: usize| three(&self.speakers, at + field);
        Some(SpeakerName {
            name: self.string(id(0)?)?,
            state: self.string_or_none(id(1)?)?,
            organization: self.string_or_none(id(2)?)?,
            role: self.string_or_none(id(3)?)?,
        })
    }

    /// The number of speakers.
    pub fn speaker_count(&self) -> usize {
        self.speakers.len() / (3 * SPEAKER_IDS)
    }

    fn strings(&self) -> usize {
        self.index.len() / 3
    }

    /// The bytes of headings from `at` on.
    pub fn headings(&self, at: u32) -> Reader<'_> {
        Reader(usize::try_from(at).ok().and_then(|at| self.headings.get(at..)).unwrap_or_default())
    }
}

/// The previous heading, which the next one is encoded relative to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    number: u32,
    page: u32,
}

/// Reads a heading and the index of its speaker.
pub(super) fn heading<'a>(
    bytes: &mut Reader<'_>,
    before: &mut Before,
    store: &'a Store,
) -> Option<(Heading<'a>, usize)> {
    let flags = bytes.byte()?;
    let speaker = usize::try_from(bytes.number()?).ok()?;
    let number = if flags & 32 != 0 { before.number.checked_add(1)? } else { bytes.small()? };
    let page = match (flags & 8 != 0, flags & 16 != 0) {
        (false, _) => None,
        (true, true) => Some(before.page),
        (true, false) => {
            Some(u32::try_from(i64::from(before.page).checked_add(bytes.signed()?)?).ok()?)
        }
    };
    let words = bytes.small()?;
    *before = Before { number, page: page.unwrap_or(before.page) };
    let SpeakerName { name, state, organization, role } = store.speaker(speaker)?;
    let as_ = [As::President, As::Member, As::Invited, As::Unknown][usize::from(flags & 3)];
    let procedural = flags & 4 != 0;
    let heading = Heading { number, page, name, state, organization, role, as_, words, procedural };
    Some((heading, speaker))
}

/// The bytes of each section.
fn sections(bytes: &[u8]) -> Option<[&[u8]; SECTIONS]> {
    let (header, mut rest) = bytes.split_at_checked(HEADER)?;
    let (sum, lengths) = header.strip_prefix(&MAGIC)?.split_first_chunk::<8>()?;
    if checksum(&bytes[16..]) != u64::from_le_bytes(*sum) {
        return None;
    }
    let mut parts: [&[u8]; SECTIONS] = [&[]; SECTIONS];
    for (part, length) in parts.iter_mut().zip(lengths.as_chunks::<4>().0) {
        (*part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    }
    rest.is_empty().then_some(parts)
}

/// Reads the parts; `None` if the bytes are damaged or of another version.
pub(super) fn parts(bytes: &[u8]) -> Option<Parts> {
    let [folders, problems, presidents, entries, stamps, index, speakers, headings, text] =
        sections(bytes)?;
    let store = Store {
        text: std::str::from_utf8(text).ok()?.into(),
        index: index.into(),
        speakers: speakers.into(),
        headings: headings.into(),
    };
    let lists = presidents_of(&mut Reader(presidents), &store)?;
    let entries = entries_of(&mut Reader(entries), &store, &lists)?;
    Some(Parts {
        entries,
        store,
        disk: disk_of(&mut Reader(folders), &mut Reader(problems))?,
        stamps: stamps.to_vec(),
    })
}

fn disk_of(folders: &mut Reader<'_>, problems: &mut Reader<'_>) -> Option<Disk> {
    let mut disk = Disk::default();
    for _ in 0..folders.count(4)? {
        disk.folders.push((folders.text()?, folders.stamp()?));
    }
    for _ in 0..problems.count(6)? {
        disk.problems.push(BadFile {
            file: problems.text()?,
            message: problems.text()?,
            stamp: problems.stamp()?,
            cause: *[Cause::Content, Cause::Refused, Cause::Beside]
                .get(problems.byte()? as usize)?,
        });
    }
    Some(disk)
}

/// The stamps of the entries, in the order of the bytes.
pub(in crate::library) fn stamps(bytes: &[u8], count: usize) -> Option<Vec<Stamp>> {
    let mut reader = Reader(bytes);
    (0..count).map(|_| reader.stamp()).collect()
}

fn presidents_of(bytes: &mut Reader<'_>, store: &Store) -> Option<Vec<Arc<[President]>>> {
    let lists = bytes.count(1)?;
    (0..lists)
        .map(|_| {
            let length = bytes.count(2)?;
            (0..length)
                .map(|_| {
                    let name = store.string(bytes.number()? as usize)?.to_owned();
                    let state = store.string_or_none(bytes.number()? as usize)?;
                    Some(President { name, state: state.map(str::to_owned) })
                })
                .collect()
        })
        .collect()
}

/// Strings as shared values, each created once.
struct Shared<'a> {
    store: &'a Store,
    made: Vec<Option<Arc<str>>>,
}

impl Shared<'_> {
    fn get(&mut self, id: u64) -> Option<Arc<str>> {
        let id = usize::try_from(id).ok()?;
        let place = self.made.get_mut(id)?;
        if place.is_none() {
            *place = Some(self.store.string(id)?.into());
        }
        place.clone()
    }
}

fn entries_of(
    bytes: &mut Reader<'_>,
    store: &Store,
    lists: &[Arc<[President]>],
) -> Option<Vec<Entry>> {
    let mut shared = Shared { store, made: vec![None; store.strings()] };
    let (mut place, all) = (0_u64, store.headings.len() as u64);
    let count = bytes.count(12)?;
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let (entry, length) = entry_of(bytes, &mut shared, lists, u32::try_from(place).ok()?)?;
        // A heading takes at least three bytes, so a higher count is damage.
        if u64::from(entry.statements) * 3 > length {
            return None;
        }
        place = place.checked_add(length).filter(|place| *place <= all)?;
        entries.push(entry);
    }
    Some(entries)
}

fn entry_of(
    bytes: &mut Reader<'_>,
    shared: &mut Shared<'_>,
    lists: &[Arc<[President]>],
    place: u32,
) -> Option<(Entry, u64)> {
    let symbol = match bytes.number()? {
        0 => Symbol::verbatim(bytes.small()?),
        id => shared.store.string(usize::try_from(id - 1).ok()?)?.parse().ok()?,
    };
    let language = Language::from_word(shared.store.string(bytes.small()? as usize)?);
    let flags = bytes.byte()?;
    let kind = *[Kind::Verbatim, Kind::Letter, Kind::Communique].get(usize::from(flags & 3))?;
    let status = [Status::Provisional, Status::Final, Status::Corrected, Status::Unknown]
        [usize::from(flags >> 2 & 3)];
    let date = date_of(bytes.signed()?)?;
    let topic = shared.get(bytes.number()?)?;
    let item = shared.get(bytes.number()?)?;
    let sub_items = shared.get(bytes.number()?)?;
    let outcomes = (0..bytes.count(1)?).map(|_| shared.get(bytes.number()?)).collect::<Option<_>>();
    let presidents = lists.get(bytes.small()? as usize)?.clone();
    let statements = bytes.small()?;
    let length = bytes.number()?;
    let file = match bytes.number()? {
        0 => None,
        id => Some(shared.get(id - 1)?),
    };
    let doubts = bytes.small()?;
    let entry = Entry {
        symbol,
        language,
        kind,
        exercise: flags & 16 != 0,
        status,
        date,
        topic,
        item,
        sub_items,
        outcomes: outcomes?,
        presidents,
        statements,
        doubts,
        file,
        place,
    };
    Some((entry, length))
}

pub(in crate::library) fn date_of(packed: i64) -> Option<Date> {
    let year = i16::try_from(packed.div_euclid(512)).ok()?;
    let rest = packed.rem_euclid(512);
    Date::new(year, (rest / 32) as i8, (rest % 32) as i8).ok()
}
