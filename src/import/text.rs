//! Plain text, as copied from a PDF, into a record.

mod decode;
mod geometry;
mod hyphen;
mod lines;
mod running;
mod scrambled;
mod width;

use jiff::civil::Date;

use crate::record::{Language, Record, Symbol};

/// What the caller knows beside the text.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The file's name, which may hold the symbol and the language.
    pub file_name: Option<String>,
    /// The symbol given by hand; it wins over the text.
    pub symbol: Option<Symbol>,
    /// The date given by hand; it wins over the text.
    pub date: Option<Date>,
    /// The language given by hand.
    pub language: Option<Language>,
}

/// A record made from text, and what was done on the way.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The record.
    pub record: Record,
    /// What was done ("joined 61 hard-wrapped lines"), guessed ("language: English, by its words") and left, a sentence each.
    pub report: Vec<String>,
}

/// Why a text could not become a record; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TextError(pub String);

/// Reads a plain-text record or a single statement.
///
/// # Errors
/// When the symbol or the date is in neither text, file name nor hints, or the text is scrambled or empty.
pub fn read(_bytes: &[u8], _hints: &Hints) -> Result<Imported, TextError> {
    Err(TextError("not yet".to_owned()))
}
