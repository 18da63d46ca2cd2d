//! The bytes of the table of references, written at once and read by scanning.
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

use std::collections::HashMap;

use jiff::civil::Date;

use crate::library::catalogue::{Entry, Reader, checksum, date_of, write_signed, write_text};
use crate::record::varint::write_varint;
use crate::record::{Language, Symbol, Vote};

/// The first bytes; the last one is the version of the layout and of the search for references.
const MAGIC: [u8; 8] = *b"spv-ref\x04";
/// Bytes before the texts.
const HEADER: usize = 20;

/// One reference in a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citing {
    /// Number of the statement.
    pub statement: u32,
    /// The paragraph in it, from 0.
    pub paragraph: usize,
    /// The printed page.
    pub page: Option<u32>,
    /// What is cited, in the usual spelling: `S/PV.8628`, `S/RES/2254 (2015)`, `S/2019/823`.
    pub cites: String,
    /// The page of it that is named.
    pub cites_page: Option<u32>,
    /// The words of the reference.
    pub printed: String,
}

/// What is extracted from a record.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub citings: Vec<Citing>,
    pub behalf: Vec<(u32, String)>,
    pub votes: Vec<Vote>,
}

/// A record whose current file is not in the table.
pub(super) struct UnreadRecord<'a> {
    pub entry: &'a Entry,
    pub file: String,
    pub stamp: (u64, i64, u32),
}

/// A valid table.
#[derive(Debug, Default)]
pub(super) struct Table {
    bytes: Vec<u8>,
    /// The offset of the rows.
    rows: usize,
}

/// A reference in a row; 0 for an unknown page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cites {
    pub statement: u32,
    pub paragraph: u32,
    pub page: u32,
    /// The index of what is cited among the texts.
    pub cites: u32,
    pub cites_page: u32,
    /// The index of the words among the texts.
    pub printed: u32,
}

impl Table {
    /// Reads a table; `None` if the bytes are damaged or of another version.
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

    /// All texts, by index.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut bytes = Reader(self.bytes.get(HEADER..self.rows).unwrap_or_default());
        std::iter::from_fn(|| bytes.word()).collect()
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        let mut bytes = Reader(self.bytes.get(self.rows..).unwrap_or_default());
        std::iter::from_fn(move || {
            let length = bytes.count(1)?;
            Some(TableRow { bytes: bytes.take(length)? })
        })
    }
}

/// One record in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableRow<'a> {
    bytes: &'a [u8],
}

impl<'a> TableRow<'a> {
    /// Its file, relative to the root of the library.
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
    pub(super) fn record(self) -> Option<(Symbol, Language, Date)> {
        let mut bytes = self.after_stamp()?;
        let symbol = bytes.word()?.parse().ok()?;
        let language = Language::from_word(bytes.word()?);
        Some((symbol, language, date_of(bytes.signed()?)?))
    }

    fn after_stamp(self) -> Option<Reader<'a>> {
        let mut bytes = Reader(self.bytes);
        bytes.word()?;
        bytes.number()?;
        bytes.signed()?;
        bytes.small()?;
        Some(bytes)
    }

    /// The numbers of references and of statements for groups, and the bytes that follow.
    fn content(self) -> Option<(usize, usize, Reader<'a>)> {
        let mut bytes = self.after_stamp()?;
        bytes.word()?;
        bytes.word()?;
        bytes.signed()?;
        Some((bytes.count(6)?, bytes.count(2)?, bytes))
    }

    /// Its references, in order.
    pub(super) fn cites(self) -> impl Iterator<Item = Cites> + use<'a> {
        let (count, _, mut bytes) = self.content().unwrap_or_default();
        (0..count).map_while(move |_| read_cites(&mut bytes))
    }

    /// Its statements for groups, each with the index of the group among the texts.
    pub(super) fn behalf(self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let (cited, count, mut bytes) = self.content().unwrap_or_default();
        let skipped = count == 0 || (0..cited).all(|_| read_cites(&mut bytes).is_some());
        (0..if skipped { count } else { 0 })
            .map_while(move |_| Some((bytes.small()?, bytes.small()?)))
    }

    /// Its votes; `None` if it has none.
    pub(super) fn votes(self) -> Option<Vec<Vote>> {
        let (cited, behalf, mut bytes) = self.content()?;
        for _ in 0..cited * 6 + behalf * 2 {
            bytes.small()?;
        }
        serde_json::from_slice(bytes.0).ok()
    }
}

fn read_cites(bytes: &mut Reader<'_>) -> Option<Cites> {
    Some(Cites {
        statement: bytes.small()?,
        paragraph: bytes.small()?,
        page: bytes.small()?,
        cites: bytes.small()?,
        cites_page: bytes.small()?,
        printed: bytes.small()?,
    })
}

/// Builds a table.
#[derive(Debug, Default)]
pub(super) struct TableWriter {
    texts: Vec<u8>,
    numbers: HashMap<String, u32>,
    rows: Vec<u8>,
}

impl TableWriter {
    /// Starts with the texts of another table, so that its rows can be copied.
    pub(super) fn from_texts_of(old: &Table) -> Self {
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

    /// Copies a row of the other table.
    pub(super) fn copy_row(&mut self, row: &TableRow<'_>) {
        write_varint(&mut self.rows, row.bytes.len() as u64);
        self.rows.extend_from_slice(row.bytes);
    }

    /// Adds what was extracted from a record.
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
            // Votes can always be serialized as JSON.
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
