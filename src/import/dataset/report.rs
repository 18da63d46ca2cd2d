//! What an import did: counts of repairs, and notes for the log.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::Symbol;

/// The kind of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Removed from the text: a page header, a job number, a page number.
    Removed,
    /// A letter replaced by the one it was misread for.
    Mended,
    /// Moved from a statement into an item of its own.
    Moved,
    /// Files or documents put together.
    Joined,
    /// Decided by something less certain than the text.
    Guessed,
    /// The sources do not agree.
    Differs,
    /// Looks damaged, and was left as it is.
    Unmended,
    /// The outcome of a vote is not known, or its lists and the announcement do not agree.
    Unsettled,
    /// Not imported.
    Left,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportNote {
    /// Its kind.
    #[serde(rename = "sort")]
    pub kind: NoteKind,
    /// The record it is about, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The number of the statement, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// The file or the document of the data set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What happened.
    pub what: String,
    /// The words it is about, as they were, if they were removed or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl ImportNote {
    /// A note without a record or a file.
    #[must_use]
    pub fn new(kind: NoteKind, what: String) -> Self {
        Self { kind, symbol: None, statement: None, file: None, what, text: None }
    }

    /// A note on a file.
    #[must_use]
    pub fn of_file(kind: NoteKind, file: &str, what: &str) -> Self {
        Self { file: Some(file.to_owned()), ..Self::new(kind, what.to_owned()) }
    }

    /// Adds the record.
    #[must_use]
    pub fn on(self, symbol: &Symbol) -> Self {
        Self { symbol: Some(symbol.to_string()), ..self }
    }

    /// Adds the document or the file.
    #[must_use]
    pub fn about(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }
}

/// How often each repair was made, by its name in the record file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepairCounts {
    /// Mechanical repairs.
    pub repaired: BTreeMap<&'static str, u64>,
    /// What was guessed.
    pub guessed: BTreeMap<&'static str, u64>,
}

impl RepairCounts {
    /// Counts repairs of one kind.
    pub fn repair(&mut self, name: &'static str, times: usize) {
        if times > 0 {
            *self.repaired.entry(name).or_default() += times as u64;
        }
    }

    /// Counts a guess.
    pub fn guess(&mut self, name: &'static str) {
        *self.guessed.entry(name).or_default() += 1;
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in
            [(&mut self.repaired, &other.repaired), (&mut self.guessed, &other.guessed)]
        {
            for (name, times) in theirs {
                *mine.entry(name).or_default() += times;
            }
        }
    }
}
