//! What an import did beside making records: counts, and notes for the log.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::Symbol;

/// What a note tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Taken out of the words: a running header, a job number, a page number.
    Removed,
    /// Taken out of a statement into an item of its own.
    Moved,
    /// Files or documents put together.
    Joined,
    /// Settled by something less sure than the text.
    Guessed,
    /// The sources do not agree.
    Differs,
    /// Looks damaged and was left as it is.
    Unmended,
    /// What a vote came to could not be told, or its lists and the announcement do not agree.
    Unsettled,
    /// Not taken in.
    Left,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportNote {
    /// What it tells of.
    #[serde(rename = "sort")]
    pub kind: NoteKind,
    /// The record, where it is of one.
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
    /// The words it is about, where they are taken out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl ImportNote {
    /// A note of nothing in particular.
    #[must_use]
    pub fn new(kind: NoteKind, what: String) -> Self {
        Self { kind, symbol: None, statement: None, file: None, what, text: None }
    }

    /// A note on a file.
    #[must_use]
    pub fn of_file(kind: NoteKind, file: &str, what: &str) -> Self {
        Self { file: Some(file.to_owned()), ..Self::new(kind, what.to_owned()) }
    }

    /// The same on a record.
    #[must_use]
    pub fn on(self, symbol: &Symbol) -> Self {
        Self { symbol: Some(symbol.to_string()), ..self }
    }

    /// The same on a document or a file.
    #[must_use]
    pub fn about(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }
}

/// How often each thing was done, by its name in the record file.
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

    /// Adds another tally.
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
