//! Plain helpers: reading with hints, setting text in lines, letters of a record.

use spv::import::text::{Hints, Imported, TextError, read};
use spv::record::{Item, Record, Statement};

/// Hints that name a record, so that a text needs no header.
pub fn named() -> Hints {
    Hints {
        symbol: Some("S/PV.8668".parse().unwrap()),
        date: Some("2019-11-19".parse().unwrap()),
        ..Hints::default()
    }
}

/// Hints with nothing but a file's name.
pub fn file(name: &str) -> Hints {
    Hints { file_name: Some(name.to_owned()), ..Hints::default() }
}

/// Reads a text under the invented name of [`named`].
pub fn record(text: &str) -> Record {
    imported(text, &named()).unwrap_or_else(|e| panic!("{e}\n{text}")).record
}

/// Reads a text.
pub fn imported(text: &str, hints: &Hints) -> Result<Imported, TextError> {
    read(text.as_bytes(), hints)
}

/// The statements of a record.
pub fn statements(record: &Record) -> Vec<&Statement> {
    record.statements().collect()
}

/// The paragraphs of a statement.
pub fn texts(statement: &Statement) -> Vec<&str> {
    statement.paragraphs.iter().map(|p| p.text.as_str()).collect()
}

/// The directions of a record.
pub fn directions(record: &Record) -> Vec<&str> {
    record
        .items
        .iter()
        .filter_map(|i| match i {
            Item::Direction(d) => Some(d.text.as_str()),
            _ => None,
        })
        .collect()
}

/// Sets a paragraph in lines of at most `measure` characters, as a typesetter does.
pub fn set(paragraph: &str, measure: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= measure => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Letters and figures alone.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
