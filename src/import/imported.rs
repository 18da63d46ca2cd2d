//! What the reader of one file is told, and what it returns.

use jiff::civil::Date;

use crate::record::{Language, Record, Symbol};

/// What the caller knows about a file beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The file's name, which may hold the symbol and the language.
    pub file_name: Option<String>,
    /// The symbol given on the command line; it wins over the text.
    pub symbol: Option<Symbol>,
    /// The date given on the command line; it wins over the text.
    pub date: Option<Date>,
    /// The language given on the command line.
    pub language: Option<Language>,
}

/// A record, and what was done to make it.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The record.
    pub record: Record,
    /// What was done ("joined 61 hard-wrapped lines"), guessed ("language: English, by its words")
    /// and left out, a sentence each.
    pub report: Vec<String>,
}

/// Why a text could not become a record; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TextError(pub String);
