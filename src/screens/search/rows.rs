//! The rows of the list of statements found: a heading for each record, one or two rows for each statement.

use crate::app::found::{At, Found};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchRow {
    /// The record of the statement that follows.
    Record(usize),
    /// A statement; where rows are narrow, its speaker.
    Hit(usize),
    /// Where rows are narrow, the words of the statement above.
    Words(usize),
}

impl SearchRow {
    /// The statement, where the row is its first.
    pub fn hit(&self) -> Option<usize> {
        match self {
            Self::Hit(hit) => Some(*hit),
            _ => None,
        }
    }
}

/// The rows of a list, two for each statement where they are narrow.
pub fn rows(found: &[Found], narrow: bool) -> Vec<SearchRow> {
    let mut rows = Vec::with_capacity(found.len() * 2);
    let mut before: Option<&At> = None;
    for (n, one) in found.iter().enumerate() {
        if before.is_none_or(|before| !before.same_record(&one.at)) {
            rows.push(SearchRow::Record(n));
        }
        rows.push(SearchRow::Hit(n));
        if narrow {
            rows.push(SearchRow::Words(n));
        }
        before = Some(&one.at);
    }
    rows
}
