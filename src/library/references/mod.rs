//! The table of references: what the records of a library cite, the groups they speak for, and
//! their votes.
//!
//! Reading every record of a full library takes seconds, so the table is kept beside the catalogue
//! as `.spv/references`, and only records whose file changed are read again. It can be deleted at
//! any time. Each record is in it once, in English or else in its first edition. The table consists
//! of its bytes (`table.rs`), which are scanned for each query and not kept in memory.

mod table;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::error::{LibraryError, Problem};
use super::open::Library;
use super::parallel::parallel_map;
use crate::record::reference::{self, Target};
use crate::record::{Language, Record, Symbol, Vote};
pub use table::Citing;
use table::{Extracted, Table, TableRow, TableWriter, UnreadRecord};

/// The largest table, in bytes.
const LIMIT: u64 = 256 << 20;
/// The file beside the catalogue.
const FILE: &str = "references";

/// The most references of one record in the table. The real record with the most has a hundredth of
/// that.
pub const MOST: usize = 1 << 17;
/// The number of records read at a time; what was extracted from them is in memory together.
const TOGETHER: usize = 64;

/// The usual spelling of a target, and the page named.
pub fn target_name(target: &Target) -> (String, Option<u32>) {
    match target {
        Target::Record { symbol, page } => (symbol.to_string(), *page),
        Target::Resolution { number, year: 0 } => (format!("S/RES/{number}"), None),
        Target::Resolution { number, year } => (format!("S/RES/{number} ({year})"), None),
        Target::Document(symbol) => (symbol.clone(), None),
    }
}

/// Calls `each` with every reference in the statements of a record, in order, until it returns
/// false: a record may have more than fit into memory.
pub fn each_citing_in(record: &Record, mut each: impl FnMut(Citing) -> bool) {
    let mut wanted = true;
    for statement in record.statements() {
        let mut before = statement.page;
        for (paragraph, said) in statement.paragraphs.iter().enumerate() {
            reference::each_reference(&said.text, |found| {
                let (cites, cites_page) = target_name(&found.target);
                wanted = each(Citing {
                    statement: statement.number,
                    paragraph,
                    page: said.page_at(found.at.start).or(before),
                    cites,
                    cites_page,
                    printed: said.text.get(found.at).unwrap_or("").to_owned(),
                });
                wanted
            });
            if !wanted {
                return;
            }
            before = said.page_at(said.text.len()).or(before);
        }
    }
}

/// Something found in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The record.
    pub symbol: Symbol,
    /// The edition that was read.
    pub language: Language,
    /// Its day.
    pub date: Date,
    /// What was found.
    pub what: T,
}

/// The table of a library.
#[derive(Debug, Default)]
pub struct References {
    table: Table,
    /// Reading was cancelled, so that records are missing.
    pub given_up: bool,
    /// The table is on disk and need not be kept in memory.
    pub kept: bool,
    /// The records that could not be read, and are missing.
    pub unread: Vec<Problem>,
}

impl References {
    /// The first `most` references to this document (in the usual spelling), oldest record first, in
    /// the order of its text.
    pub fn citing(&self, cites: &str, most: usize) -> Vec<At<Citing>> {
        let mut found = Vec::new();
        self.each_citing(cites, |at| {
            found.push(at);
            found.len() < most
        });
        found
    }

    /// Calls `each` with the references to a document until it returns false.
    pub fn each_citing(&self, cites: &str, mut each: impl FnMut(At<Citing>) -> bool) {
        let texts = self.table.texts();
        let Some(number) = texts.iter().position(|text| *text == cites) else { return };
        let text = |n: u32| texts.get(n as usize).map(|text| (*text).to_owned());
        let known = |n: u32| Some(n).filter(|n| *n > 0);
        let is_meant = |c: &table::Cites| c.cites as usize == number;
        let meant = self.table.rows().filter(|row| row.cites().any(|c| is_meant(&c)));
        let mut meant: Vec<_> = meant.filter_map(|row| Some((row.record()?, row))).collect();
        meant.sort_by(|((a, _, day), _), ((b, _, other), _)| (day, a).cmp(&(other, b)));
        for (of, row) in meant {
            for c in row.cites().filter(is_meant) {
                let citing = Citing {
                    statement: c.statement,
                    paragraph: c.paragraph as usize,
                    page: known(c.page),
                    cites: cites.to_owned(),
                    cites_page: known(c.cites_page),
                    printed: text(c.printed).unwrap_or_default(),
                };
                if !each(at(of.clone(), citing)) {
                    return;
                }
            }
        }
    }

    /// The records with more references than the table takes ([`MOST`]).
    pub fn cut(&self) -> Vec<Symbol> {
        let cut = self.table.rows().filter(|row| row.cites().count() >= MOST);
        cut.filter_map(|row| row.record().map(|(symbol, _, _)| symbol)).collect()
    }

    /// The statements made for a group: record and number. `is` is called once for each group.
    pub fn for_group(&self, is: impl Fn(&str) -> bool) -> Vec<At<u32>> {
        let used: HashSet<u32> =
            self.table.rows().flat_map(|row| row.behalf()).map(|b| b.1).collect();
        let texts = self.table.texts();
        let wanted: HashSet<u32> = used
            .into_iter()
            .filter(|group| texts.get(*group as usize).is_some_and(|text| is(text)))
            .collect();
        let mut found = Vec::new();
        for row in self.table.rows() {
            let mut last = None;
            for (statement, _) in row.behalf().filter(|(_, group)| wanted.contains(group)) {
                if last.replace(statement) != Some(statement) {
                    found.extend(row.record().map(|of| at(of, statement)));
                }
            }
        }
        found
    }

    /// Every statement made for a group: record, number and group; one for two groups is there twice.
    pub fn made_for_groups(&self) -> Vec<At<(u32, String)>> {
        let texts = self.table.texts();
        let mut found = Vec::new();
        for row in self.table.rows() {
            for (statement, group) in row.behalf() {
                let group = texts.get(group as usize).map_or(String::new(), |text| (*text).into());
                found.extend(row.record().map(|of| at(of, (statement, group))));
            }
        }
        found
    }

    /// The groups that statements were made for, the most frequent first; empty if reading was
    /// cancelled, since some would be missing.
    pub fn groups(&self) -> Vec<String> {
        if self.given_up {
            return Vec::new();
        }
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for (_, group) in self.table.rows().flat_map(|row| row.behalf()) {
            *counts.entry(group).or_default() += 1;
        }
        let texts = self.table.texts();
        let mut groups: Vec<(usize, &str)> = counts
            .into_iter()
            .filter_map(|(group, count)| Some((count, *texts.get(group as usize)?)))
            .collect();
        groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        groups.into_iter().map(|(_, group)| group.to_owned()).collect()
    }

    /// The vote blocks of the records that have any, in the order of the table.
    pub fn votes(&self) -> Vec<At<Vec<Vote>>> {
        let votes = |row: TableRow<'_>| Some(at(row.record()?, row.votes()?));
        self.table.rows().filter_map(votes).collect()
    }

    /// The record and edition of each row.
    pub fn editions(&self) -> Vec<(Symbol, Language)> {
        self.table
            .rows()
            .filter_map(|row| row.record().map(|(symbol, language, _)| (symbol, language)))
            .collect()
    }

    /// The number of records in the table.
    pub fn records(&self) -> usize {
        self.table.rows().count()
    }
}

fn at<T>((symbol, language, date): (Symbol, Language, Date), what: T) -> At<T> {
    At { symbol, language, date, what }
}

fn extract(record: &Record) -> Extracted {
    let behalf = record.statements().flat_map(|s| {
        s.on_behalf_of.iter().map(|b| (s.number, b.group.clone())).collect::<Vec<_>>()
    });
    let mut citings = Vec::new();
    each_citing_in(record, |citing| {
        citings.push(citing);
        citings.len() < MOST
    });
    Extracted { citings, behalf: behalf.collect(), votes: record.votes().cloned().collect() }
}

impl Library {
    /// The kept table without checking the files; `None` if there is none.
    pub fn kept_references(&self) -> Option<References> {
        let table = Table::read(self.kept(FILE, LIMIT)?)?;
        Some(References { table, kept: true, ..References::default() })
    }

    /// The table of this library, with every record read that changed since it was kept. Once
    /// `cancelled` is set it returns what there is, and keeps it for the next time.
    pub fn references(&self, cancelled: &AtomicBool) -> References {
        self.references_reading(usize::MAX, cancelled).unwrap_or_default()
    }

    /// [`Library::references`] if at most `most` records have to be read, else `None`.
    pub fn references_reading(&self, most: usize, cancelled: &AtomicBool) -> Option<References> {
        let kept = self.kept_references().unwrap_or_default().table;
        let (still, unread) = self.compared(&kept);
        if unread.len() > most {
            return None;
        }
        if unread.is_empty() && still.len() == kept.rows().count() {
            return Some(References { table: kept, kept: true, ..References::default() });
        }
        let (mut given_up, mut failed) = (false, Vec::new());
        let mut making = TableWriter::from_texts_of(&kept);
        still.iter().for_each(|row| making.copy_row(row));
        for some in unread.chunks(TOGETHER) {
            for (unread, read) in some.iter().zip(self.read_all(some, cancelled)) {
                match read {
                    Some(Ok(read)) => making.push(unread, &read),
                    Some(Err(error)) => failed.push(self.unread(unread.entry, &error)),
                    None => given_up |= cancelled.load(Ordering::Relaxed),
                }
            }
        }
        let table = making.table();
        let kept = self.keep(FILE, table.bytes());
        Some(References { table, given_up, kept, unread: failed })
    }

    /// The rows of a table that are still valid, and the records that are not in it.
    fn compared<'t>(&self, kept: &'t Table) -> (Vec<TableRow<'t>>, Vec<UnreadRecord<'_>>) {
        let mut old: HashMap<&str, TableRow<'t>> =
            kept.rows().filter_map(|row| Some((row.file()?, row))).collect();
        let (mut still, mut unread) = (Vec::new(), Vec::new());
        for entry in self.catalogue().records(None) {
            let file = entry.file().to_string_lossy().into_owned();
            // The file itself is checked: overwriting it in place does not change its folder.
            let stamp = self.stamp_now(entry).unwrap_or_default();
            match old.remove(file.as_str()).filter(|row| row.stamp() == Some(stamp)) {
                Some(row) if self.root().is_some() => still.push(row),
                _ => unread.push(UnreadRecord { entry, file, stamp }),
            }
        }
        (still, unread)
    }

    /// Reads records on all processors; `None` for those left out after cancellation.
    fn read_all(
        &self,
        unread: &[UnreadRecord<'_>],
        cancelled: &AtomicBool,
    ) -> Vec<Option<Result<Extracted, LibraryError>>> {
        parallel_map(unread.len(), |n| {
            let given_up = cancelled.load(Ordering::Relaxed);
            let record = unread.get(n).filter(|_| !given_up)?;
            Some(self.load(record.entry).map(|record| extract(&record)))
        })
    }
}
