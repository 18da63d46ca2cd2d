//! What the records of a library cite, and for which groups they speak: a table made from every text.
//!
//! Reading every record of a full library takes seconds, so the table is kept beside the
//! catalogue as `.spv/references` and only records whose file changed are read again. It can be deleted
//! at any time. Each record stands in it once, in English or else in its first edition. What an
//! answer looks like is not known here.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Entry, Library};
use crate::record::reference::{self, Target};
use crate::record::{Language, Record, Symbol};

/// The format of the kept table; another one is made anew.
const FORMAT: &str = "spv-references/2";
/// A table unpacks to at most this many bytes.
const LIMIT: u64 = 256 << 20;

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

/// What a target is called in the usual spelling, and the page named.
#[must_use]
pub fn name_of(target: &Target) -> (String, Option<u32>) {
    match target {
        Target::Record { symbol, page } => (symbol.to_string(), *page),
        Target::Resolution { number, year: 0 } => (format!("S/RES/{number}"), None),
        Target::Resolution { number, year } => (format!("S/RES/{number} ({year})"), None),
        Target::Document(symbol) => (symbol.clone(), None),
    }
}

/// Every reference in the statements of a record, in order.
#[must_use]
pub fn of_record(record: &Record) -> Vec<Citing> {
    let mut citings = Vec::new();
    for statement in record.statements() {
        let mut before = statement.page;
        for (paragraph, said) in statement.paragraphs.iter().enumerate() {
            for found in reference::find(&said.text) {
                let (cites, cites_page) = name_of(&found.target);
                citings.push(Citing {
                    statement: statement.number,
                    paragraph,
                    page: said.page_at(found.at.start).or(before),
                    cites,
                    cites_page,
                    printed: said.text.get(found.at).unwrap_or("").to_owned(),
                });
            }
            before = said.page_at(said.text.len()).or(before);
        }
    }
    citings
}

/// Where something stands: a record, and what it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The record.
    pub symbol: Symbol,
    /// The edition that was read.
    pub language: Language,
    /// Its day.
    pub date: Date,
    /// What stands there.
    pub what: T,
}

/// One record in the kept table; texts are numbers in the list of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    file: String,
    /// Size, seconds and nanoseconds of the file when it was read.
    stamp: (u64, i64, u32),
    /// Statement, paragraph, page (0 for none), what is cited, page of it (0 for none), words.
    cites: Vec<(u32, u32, u32, u32, u32, u32)>,
    /// Statement and group.
    behalf: Vec<(u32, u32)>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Disk {
    format: String,
    texts: Vec<String>,
    rows: Vec<Row>,
}

/// The table of a library.
#[derive(Debug, Default)]
pub struct References {
    texts: Vec<String>,
    rows: Vec<Row>,
    /// The record of each row.
    of: Vec<(Symbol, Language, Date)>,
    /// The rows in which each text is cited.
    cited_in: HashMap<u32, Vec<u32>>,
    numbers: HashMap<String, u32>,
    /// Reading was given up before the end, so that records are missing.
    pub given_up: bool,
}

impl References {
    /// What cites this document, in the usual spelling; oldest record first, in the order of its text.
    #[must_use]
    pub fn citing(&self, cites: &str) -> Vec<At<Citing>> {
        let Some(number) = self.numbers.get(cites) else { return Vec::new() };
        let rows = self.cited_in.get(number).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<At<Citing>> = rows
            .iter()
            .filter_map(|row| Some((self.rows.get(*row as usize)?, self.of.get(*row as usize)?)))
            .flat_map(|(row, of)| {
                let here = row.cites.iter().filter(|c| c.3 == *number);
                here.filter_map(|c| Some(at(of, self.citing_of(*c)?)))
            })
            .collect();
        found.sort_by(|a, b| (a.date, &a.symbol).cmp(&(b.date, &b.symbol)));
        found
    }

    /// The statements made for a group: record and number. `is` is asked once for each name used.
    #[must_use]
    pub fn for_group(&self, is: impl Fn(&str) -> bool) -> Vec<At<u32>> {
        let wanted: Vec<bool> = self.texts.iter().map(|text| is(text)).collect();
        let is_wanted = |group: u32| wanted.get(group as usize).copied().unwrap_or(false);
        let mut found = Vec::new();
        for (row, of) in self.rows.iter().zip(&self.of) {
            let mut last = None;
            for (statement, _) in row.behalf.iter().filter(|(_, group)| is_wanted(*group)) {
                if last.replace(*statement) != Some(*statement) {
                    found.push(at(of, *statement));
                }
            }
        }
        found
    }

    /// How many records were read.
    #[must_use]
    pub fn records(&self) -> usize {
        self.rows.len()
    }

    fn citing_of(&self, c: (u32, u32, u32, u32, u32, u32)) -> Option<Citing> {
        Some(Citing {
            statement: c.0,
            paragraph: c.1 as usize,
            page: Some(c.2).filter(|page| *page > 0),
            cites: self.texts.get(c.3 as usize)?.clone(),
            cites_page: Some(c.4).filter(|page| *page > 0),
            printed: self.texts.get(c.5 as usize)?.clone(),
        })
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn push(&mut self, entry: &Entry, row: Row) {
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        for cite in &row.cites {
            let rows = self.cited_in.entry(cite.3).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
        self.rows.push(row);
        self.of.push((entry.symbol.clone(), entry.language.clone(), entry.date));
    }

    /// The row of a record that was read just now.
    fn row(&mut self, file: String, stamp: (u64, i64, u32), read: Read) -> Row {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Row {
            file,
            stamp,
            cites: read
                .citings
                .iter()
                .map(|c| {
                    let (cites, printed) = (self.number(&c.cites), self.number(&c.printed));
                    let (page, cites_page) = (c.page.unwrap_or(0), c.cites_page.unwrap_or(0));
                    (c.statement, small(c.paragraph), page, cites, cites_page, printed)
                })
                .collect(),
            behalf: read.behalf.iter().map(|(s, group)| (*s, self.number(group))).collect(),
        }
    }
}

fn at<T>((symbol, language, date): &(Symbol, Language, Date), what: T) -> At<T> {
    At { symbol: symbol.clone(), language: language.clone(), date: *date, what }
}

/// What is taken from a record.
struct Read {
    citings: Vec<Citing>,
    behalf: Vec<(u32, String)>,
}

fn read(record: &Record) -> Read {
    let behalf = record.statements().flat_map(|s| {
        s.on_behalf_of.iter().map(|b| (s.number, b.group.clone())).collect::<Vec<_>>()
    });
    Read { citings: of_record(record), behalf: behalf.collect() }
}

impl Library {
    /// The table of this library: the kept one, with every record read that changed since. Once
    /// `cancelled` is set it gives what there is; what was read by then is kept for the next time.
    #[must_use]
    pub fn references(&self, cancelled: &AtomicBool) -> References {
        let kept = self.kept(FILE, LIMIT).and_then(|bytes| unpack(&bytes)).unwrap_or_default();
        let disk_rows = kept.rows.len();
        let mut old: HashMap<String, Row> =
            kept.rows.into_iter().map(|row| (row.file.clone(), row)).collect();
        let mut table = References::default();
        for text in &kept.texts {
            table.number(text);
        }
        let mut unread = Vec::new();
        for entry in self.catalogue().records(None) {
            let file = entry.file().to_string_lossy().into_owned();
            // Asked of the file itself: one that was written over in place does not change its folder.
            let stamp = self.stamp_now(entry).unwrap_or_default();
            match old.remove(&file).filter(|row| row.stamp == stamp && self.root().is_some()) {
                Some(row) => table.push(entry, row),
                None => unread.push((entry, file, stamp)),
            }
        }
        let changed = !unread.is_empty() || table.rows.len() != disk_rows;
        let results = self.read_all(&unread, cancelled);
        for ((entry, file, stamp), read) in unread.into_iter().zip(results) {
            match read {
                Some(read) => {
                    let row = table.row(file, stamp, read);
                    table.push(entry, row);
                }
                None => table.given_up |= cancelled.load(Ordering::Relaxed),
            }
        }
        if changed
            && self.root().is_some()
            && let Some(bytes) = pack(&table)
        {
            self.keep(FILE, &bytes);
        }
        table
    }

    /// Reads records on all processors; `None` for one that cannot be read or was given up.
    fn read_all(
        &self,
        unread: &[(&Entry, String, (u64, i64, u32))],
        cancelled: &AtomicBool,
    ) -> Vec<Option<Read>> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(unread.len());
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<Option<Read>>> = Mutex::new(unread.iter().map(|_| None).collect());
        let work = || {
            while !cancelled.load(Ordering::Relaxed) {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some((entry, ..)) = unread.get(place) else { return };
                let result = self.load(entry).ok().map(|record| read(&record));
                if let Ok(mut done) = done.lock() {
                    done[place] = result;
                }
            }
        };
        std::thread::scope(|scope| {
            (1..threads).for_each(|_| drop(scope.spawn(work)));
            work();
        });
        done.into_inner().unwrap_or_default()
    }
}

/// The file beside the catalogue.
const FILE: &str = "references";

fn pack(table: &References) -> Option<Vec<u8>> {
    let disk =
        Disk { format: FORMAT.to_owned(), texts: table.texts.clone(), rows: table.rows.clone() };
    zstd::encode_all(serde_json::to_vec(&disk).ok()?.as_slice(), 3).ok()
}

fn unpack(bytes: &[u8]) -> Option<Disk> {
    let mut text = Vec::new();
    zstd::Decoder::new(bytes).ok()?.take(LIMIT).read_to_end(&mut text).ok()?;
    let disk: Disk = serde_json::from_slice(&text).ok()?;
    (disk.format == FORMAT).then_some(disk)
}
