//! Search in the text of one record, by `/` or by a query over all records: every place where the words
//! occur, and which one is next.

use std::ops::Range;

use crate::record::{Capacity, Item, Record};
use crate::search::index::capacities;
use crate::search::results::Marker;
use crate::search::within;

use super::number::thousands;
use super::position::ParagraphAt;

/// A place where the words occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanHit {
    /// The paragraph.
    pub at: ParagraphAt,
    /// Its bytes.
    pub bytes: Range<usize>,
}

/// The most hits that are kept of a search: far more than there are in the longest record.
pub const MOST: usize = 1 << 19;

/// A search and its hits, in the order of the text, no more than [`MOST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What was searched.
    pub needle: String,
    /// Every hit.
    pub hits: Vec<ScanHit>,
    /// The selected hit.
    pub current: Option<usize>,
    /// It came with a record that a query over all records found: its hits go on in the next record.
    pub of_query: bool,
}

impl Scan {
    /// Searches the statements of a record.
    pub fn new(record: &Record, needle: &str) -> Self {
        let mut hits = Vec::new();
        for (item, what) in record.items.iter().enumerate() {
            let Item::Statement(statement) = what else { continue };
            for (paragraph, p) in statement.paragraphs.iter().enumerate() {
                let at = ParagraphAt { item, paragraph };
                let found = within::find_in_text(&p.text, needle, MOST - hits.len());
                hits.extend(found.into_iter().map(|bytes| ScanHit { at, bytes }));
            }
        }
        Self { needle: needle.to_owned(), hits, current: None, of_query: false }
    }

    /// What a query looks for in the statements of a record that it found: each by its place, with the
    /// capacity it was found in. A statement without its words, as with fields alone, has a hit of no bytes at
    /// its start.
    pub fn of_query(
        record: &Record,
        query: &str,
        marker: &Marker,
        found: &[(usize, Option<Capacity>)],
    ) -> Self {
        let mut hits = Vec::new();
        let items = record.items.iter().enumerate();
        let statements = items.filter_map(|(item, what)| match what {
            Item::Statement(statement) => Some((item, statement)),
            _ => None,
        });
        let mut found = found.to_vec();
        found.sort_by_key(|(nth, _)| *nth);
        for (nth, (item, statement)) in statements.enumerate() {
            let of_nth = &found[found.partition_point(|(n, _)| *n < nth)..];
            let of_nth = &of_nth[..of_nth.partition_point(|(n, _)| *n == nth)];
            if of_nth.is_empty() || hits.len() >= MOST {
                continue;
            }
            let before = hits.len();
            let mut first = None;
            let paragraphs = statement.paragraphs.iter().zip(capacities(statement));
            for (paragraph, (p, here)) in paragraphs.enumerate() {
                if !of_nth.iter().any(|(_, capacity)| capacity.is_none() || *capacity == here) {
                    continue;
                }
                let at = ParagraphAt { item, paragraph };
                first = first.or(Some(at));
                let marks = marker.marks(&p.text, MOST - hits.len());
                hits.extend(marks.into_iter().map(|bytes| ScanHit { at, bytes }));
            }
            if hits.len() == before {
                let at = first.unwrap_or(ParagraphAt { item, paragraph: 0 });
                hits.push(ScanHit { at, bytes: 0..0 });
            }
        }
        Self { needle: query.to_owned(), hits, current: None, of_query: true }
    }

    /// The first hit of a statement at or after a byte of it, else its first.
    pub fn first_of(
        &self,
        record: &Record,
        nth: usize,
        paragraph: usize,
        byte: usize,
    ) -> Option<usize> {
        let items = record.items.iter().enumerate();
        let mut statements = items.filter(|(_, item)| matches!(item, Item::Statement(_)));
        let (item, _) = statements.nth(nth)?;
        let from = (ParagraphAt { item, paragraph }, byte);
        let of_statement = |hit: &ScanHit| hit.at.item == item;
        let at_or_after = |hit: &ScanHit| of_statement(hit) && (hit.at, hit.bytes.end) > from;
        let found = self.hits.iter().position(at_or_after);
        found.or_else(|| self.hits.iter().position(of_statement))
    }

    /// How many hits there are, in words; where there are as many as are kept, there may be more.
    pub fn total(&self) -> String {
        match self.hits.len() {
            MOST.. => format!("{} or more", thousands(MOST)),
            hits => hits.to_string(),
        }
    }

    /// The hit after a place (or at it), else the first; the second value says whether it went round.
    pub fn next_from(&self, at: ParagraphAt, byte: usize) -> Option<(usize, bool)> {
        match self.hits.partition_point(|h| (h.at, h.bytes.start) < (at, byte)) {
            hit if hit < self.hits.len() => Some((hit, false)),
            _ => (!self.hits.is_empty()).then_some((0, true)),
        }
    }

    /// The hit `by` further on from the current one, going round at the ends.
    pub fn step(&self, by: isize) -> Option<(usize, bool)> {
        let len = self.hits.len();
        let current = self.current?;
        if len == 0 {
            return None;
        }
        let to = (current.cast_signed() + by).rem_euclid(len.cast_signed()).unsigned_abs();
        let round = if by < 0 { to >= current } else { to <= current };
        Some((to, round))
    }

    /// The hits that are in some bytes of a paragraph, with their numbers.
    pub fn within(
        &self,
        at: ParagraphAt,
        bytes: &Range<usize>,
    ) -> impl Iterator<Item = (usize, &ScanHit)> {
        let (from, to) = (bytes.start, bytes.end);
        let start = self.hits.partition_point(|h| (h.at, h.bytes.end) <= (at, from));
        self.hits[start..]
            .iter()
            .take_while(move |h| h.at == at && h.bytes.start < to)
            .enumerate()
            .map(move |(i, h)| (start + i, h))
    }
}
