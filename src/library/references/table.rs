//! The bytes of the table of references: written whole, read by going through them.
//!
//! Numbers are LEB128, signed ones zigzag, as in the catalogue (`encode.rs`).
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `spv-ref` and the version of the layout |
//! | 8 | checksum of everything after it, little-endian |
//! | 4 | length of the texts, little-endian |
//! | texts | each: length and text; the rows name a text by its place |
//! | rows | each: length of the row, then file, size, seconds, nanoseconds, symbol, language, date (year × 512 + month × 32 + day), count of references, of statements for groups, these, and the votes as JSON to the end of the row |
//!
//! What the numbers mean for a library is not known here.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::library::catalogue::{Entry, Reader, checksum, date_of, write_signed, write_text};
use crate::record::varint::write_varint;
use crate::record::{Language, Symbol, Vote};

/// The first bytes; the last one is the version, of the layout and of what is found in a text.
const MAGIC: [u8; 8] = *b"spv-ref\x03";
/// Bytes before the texts.
const HEADER: usize = 20;

/// One reference in a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citing {
    /// Number of the statement.
    pub statement: u32,
    /// The paragraph in it, from 0.
    pub paragraph: usize,
    /// The printed page it stands on.
    pub page: Option<u32>,
    /// What is cited, in the usual spelling: `S/PV.8628`, `S/RES/2254 (2015)`, `S/2019/823`.
    pub cites: String,
    /// The page of it that is named.
    pub cites_page: Option<u32>,
    /// The words as they stand there.
    pub printed: String,
}

/// What is taken from a record.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub citings: Vec<Citing>,
    pub behalf: Vec<(u32, String)>,
    pub votes: Vec<Vote>,
}

/// A record that is not in the table as its file stands now.
pub(super) struct UnreadRecord<'a> {
    pub entry: &'a Entry,
    pub file: String,
    pub stamp: (u64, i64, u32),
}

/// A sound table.
#[derive(Debug, Default)]
pub(super) struct Table {
    bytes: Vec<u8>,
    /// Where the rows begin.
    rows: usize,
}

/// One reference in a row; 0 for a page that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cites {
    pub statement: u32,
    pub paragraph: u32,
    pub page: u32,
    /// The place of what is cited among the texts.
    pub cites: u32,
    pub cites_page: u32,
    /// The place of the words among the texts.
    pub printed: u32,
}

impl Table {
    /// The table in some bytes; `None` when they are damaged or of another version.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (sum, rest) = rest.split_first_chunk::<8>()?;
        if checksum(rest) != u64::from_le_bytes(*sum) {
            return None;
        }
        let (texts, rest) = rest.split_first_chunk::<4>()?;
        let texts = usize::try_from(u32::from_le_bytes(*texts)).ok()?;
        (texts <= rest.len()).then_some(())?;
        Some(Self { bytes, rows: HEADER + texts })
    }

    /// The bytes to keep.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Every text, in the order of their numbers.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut bytes = Reader(self.bytes.get(HEADER..self.rows).unwrap_or_default());
        std::iter::from_fn(|| bytes.word()).collect()
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut bytes = Reader(self.bytes.get(self.rows..).unwrap_or_default());
        std::iter::from_fn(move || {
            let length = bytes.count(1)?;
            Some(Row { bytes: bytes.take(length)? })
        })
    }
}

/// One record in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    bytes: &'a [u8],
}

impl<'a> Row<'a> {
    /// Its file, from the library's root on.
    pub(super) fn file(self) -> Option<&'a str> {
        Reader(self.bytes).word()
    }

    /// Size, seconds and nanoseconds of the file when it was read.
    pub(super) fn stamp(self) -> Option<(u64, i64, u32)> {
        let mut bytes = Reader(self.bytes);
        bytes.word()?;
        Some((bytes.number()?, bytes.signed()?, bytes.small()?))
    }

    /// The record: symbol, language and day.
    pub(super) fn of(self) -> Option<(Symbol, Language, Date)> {
        let mut bytes = self.behind_stamp()?;
        let symbol = bytes.word()?.parse().ok()?;
        let language = Language::from_word(bytes.word()?);
        Some((symbol, language, date_of(bytes.signed()?)?))
    }

    fn behind_stamp(self) -> Option<Reader<'a>> {
        let mut bytes = Reader(self.bytes);
        bytes.word()?;
        bytes.number()?;
        bytes.signed()?;
        bytes.small()?;
        Some(bytes)
    }

    /// What follows the record: how many references and group statements, and their bytes.
    fn content(self) -> Option<(usize, usize, Reader<'a>)> {
        let mut bytes = self.behind_stamp()?;
        bytes.word()?;
        bytes.word()?;
        bytes.signed()?;
        Some((bytes.count(6)?, bytes.count(2)?, bytes))
    }

    /// Its references, in order.
    pub(super) fn cites(self) -> impl Iterator<Item = Cites> + use<'a> {
        let (count, _, mut bytes) = self.content().unwrap_or_default();
        (0..count).map_while(move |_| cites(&mut bytes))
    }

    /// The statements it has for groups, each with the place of the group among the texts.
    pub(super) fn behalf(self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let (cited, count, mut bytes) = self.content().unwrap_or_default();
        let skipped = count == 0 || (0..cited).all(|_| cites(&mut bytes).is_some());
        (0..if skipped { count } else { 0 })
            .map_while(move |_| Some((bytes.small()?, bytes.small()?)))
    }

    /// Its votes; `None` where it has none.
    pub(super) fn votes(self) -> Option<Vec<Vote>> {
        let (cited, behalf, mut bytes) = self.content()?;
        for _ in 0..cited * 6 + behalf * 2 {
            bytes.small()?;
        }
        serde_json::from_slice(bytes.0).ok()
    }
}

fn cites(bytes: &mut Reader<'_>) -> Option<Cites> {
    Some(Cites {
        statement: bytes.small()?,
        paragraph: bytes.small()?,
        page: bytes.small()?,
        cites: bytes.small()?,
        cites_page: bytes.small()?,
        printed: bytes.small()?,
    })
}

/// A table that is being made.
#[derive(Debug, Default)]
pub(super) struct TableWriter {
    texts: Vec<u8>,
    numbers: HashMap<String, u32>,
    rows: Vec<u8>,
}

impl TableWriter {
    /// One that goes on from the texts of another, so that its rows can be taken as they are.
    pub(super) fn over(old: &Table) -> Self {
        let mut making = Self::default();
        for text in old.texts() {
            making.number(text);
        }
        making
    }

    fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return u64::from(*number);
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        write_text(&mut self.texts, text);
        self.numbers.insert(text.to_owned(), number);
        u64::from(number)
    }

    /// Takes a row of the other table.
    pub(super) fn again(&mut self, row: &Row<'_>) {
        write_varint(&mut self.rows, row.bytes.len() as u64);
        self.rows.extend_from_slice(row.bytes);
    }

    /// Adds what was read of a record.
    pub(super) fn push(&mut self, of: &UnreadRecord<'_>, read: &Extracted) {
        let mut row = Vec::new();
        write_text(&mut row, &of.file);
        write_varint(&mut row, of.stamp.0);
        write_signed(&mut row, of.stamp.1);
        write_varint(&mut row, u64::from(of.stamp.2));
        write_text(&mut row, &of.entry.symbol.to_string());
        write_text(&mut row, of.entry.language.code());
        let (year, month, day) = (of.entry.date.year(), of.entry.date.month(), of.entry.date.day());
        write_signed(&mut row, i64::from(year) * 512 + i64::from(month) * 32 + i64::from(day));
        write_varint(&mut row, read.citings.len() as u64);
        write_varint(&mut row, read.behalf.len() as u64);
        for citing in &read.citings {
            let (cites, printed) = (self.number(&citing.cites), self.number(&citing.printed));
            write_varint(&mut row, u64::from(citing.statement));
            write_varint(&mut row, citing.paragraph as u64);
            write_varint(&mut row, u64::from(citing.page.unwrap_or(0)));
            write_varint(&mut row, cites);
            write_varint(&mut row, u64::from(citing.cites_page.unwrap_or(0)));
            write_varint(&mut row, printed);
        }
        for (statement, group) in &read.behalf {
            write_varint(&mut row, u64::from(*statement));
            let group = self.number(group);
            write_varint(&mut row, group);
        }
        if !read.votes.is_empty() {
            // Nothing in a vote can fail to be written as JSON.
            row.extend(serde_json::to_vec(&read.votes).unwrap_or_default());
        }
        write_varint(&mut self.rows, row.len() as u64);
        self.rows.append(&mut row);
    }

    /// The finished table.
    pub(super) fn table(self) -> Table {
        let texts = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let mut body = texts.to_le_bytes().to_vec();
        body.extend_from_slice(&self.texts);
        body.extend_from_slice(&self.rows);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&checksum(&body).to_le_bytes());
        bytes.append(&mut body);
        Table { rows: HEADER + self.texts.len(), bytes }
    }
}
