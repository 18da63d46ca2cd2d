//! Search in the text of one record: every place where the words stand, and which one is next.

use std::ops::Range;

use crate::record::{Item, Record};
use crate::search::within;

use super::reader::ParagraphAt;

/// A place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The paragraph.
    pub at: ParagraphAt,
    /// Its bytes.
    pub bytes: Range<usize>,
}

/// A search and its hits, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What was searched.
    pub needle: String,
    /// Every hit.
    pub hits: Vec<Found>,
    /// The hit one stands on.
    pub current: Option<usize>,
}

impl Scan {
    /// Searches the statements of a record.
    #[must_use]
    pub fn new(record: &Record, needle: &str) -> Self {
        let mut hits = Vec::new();
        for (item, what) in record.items.iter().enumerate() {
            let Item::Statement(statement) = what else { continue };
            for (paragraph, p) in statement.paragraphs.iter().enumerate() {
                let at = ParagraphAt { item, paragraph };
                hits.extend(
                    within::find(&p.text, needle).into_iter().map(|bytes| Found { at, bytes }),
                );
            }
        }
        Self { needle: needle.to_owned(), hits, current: None }
    }

    /// The hit after a place (or at it), else the first; the second value says whether it went round.
    #[must_use]
    pub fn next_from(&self, at: ParagraphAt, byte: usize) -> Option<(usize, bool)> {
        let found = self.hits.iter().position(|h| (h.at, h.bytes.start) >= (at, byte));
        match found {
            Some(hit) => Some((hit, false)),
            None if self.hits.is_empty() => None,
            None => Some((0, true)),
        }
    }

    /// The hit `by` further on from the current one, going round at the ends.
    #[must_use]
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

    /// The hits in one paragraph, with their numbers.
    pub fn in_paragraph(&self, at: ParagraphAt) -> impl Iterator<Item = (usize, &Found)> {
        let start = self.hits.partition_point(|h| h.at < at);
        self.hits[start..]
            .iter()
            .take_while(move |h| h.at == at)
            .enumerate()
            .map(move |(i, h)| (start + i, h))
    }
}
