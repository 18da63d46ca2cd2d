//! What `spv show` prints, as text or as Markdown, back into the record it was made from.
//!
//! The two forms have the same parts: rows about the record, then pages, directions, statements and votes.
//! [`text`] and [`markdown`] find them, [`head`] reads the rows, and [`record`] puts the record together as
//! other sources do, and then sets what is printed although it does not follow from the words.

mod head;
mod markdown;
mod record;
mod text;

use super::imported::{Hints, Imported, TextError};
use crate::record::Capacity;

/// A part of what was printed, in the words of `app::blocks`.
#[derive(Clone, Debug, PartialEq)]
enum ShownBlock {
    Page(u32),
    Direction(String),
    Speaker { number: u32, printed: String, note: String },
    Capacity(Capacity),
    Paragraph(String),
    Vote(ShownVote),
}

/// A vote as printed.
#[derive(Clone, Debug, Default, PartialEq)]
struct ShownVote {
    /// What was voted on.
    reference: String,
    /// The drafts, if it is called by what it was adopted as.
    drafts: Vec<String>,
    /// Outcome and counts.
    result: String,
    /// The name of each list with its members.
    groups: Vec<(String, Vec<String>)>,
}

/// What was printed, in its parts.
#[derive(Clone, Debug, PartialEq)]
struct ShownRecord {
    head: head::ShownHead,
    blocks: Vec<ShownBlock>,
}

/// Reads a text that `spv show` printed; `None` if it did not.
///
/// # Errors
/// If it is only a part of a record, or cannot be understood.
pub(super) fn read(text: &str, bytes: &[u8], hints: &Hints) -> Option<Result<Imported, TextError>> {
    let first = text.lines().find(|line| !line.trim().is_empty())?.trim();
    let (symbol, is_markdown) = match first.strip_prefix("# ") {
        Some(title) => (title.replace('\\', ""), true),
        None => (first.to_owned(), false),
    };
    if let Some((symbol, part)) = head::parse_part(&symbol)
        && text.contains("Security Council, ")
    {
        return Some(Err(TextError(format!(
            "this is {part} of {symbol} as spv prints it, and not the whole record; import what `spv show {symbol:?}` prints"
        ))));
    }
    let shown = if is_markdown { markdown::parse(text) } else { text::parse(text) }?;
    Some(record::build_record(shown, bytes, hints))
}

/// The capacity that is printed in these words.
fn parse_capacity(words: &str) -> Option<Capacity> {
    match words {
        "as President of the Council" => Some(Capacity::President),
        "in national capacity" => Some(Capacity::National),
        "for the organization" => Some(Capacity::Organization),
        _ => None,
    }
}

/// The number in `[page 3]`.
fn parse_page(words: &str) -> Option<u32> {
    let number = words.strip_prefix("[page ")?.strip_suffix(']')?;
    number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The number and the words of `12. Mr. Orlan (Peru)`.
fn parse_numbered(words: &str) -> Option<(u32, &str)> {
    let (number, rest) = words.split_once(". ")?;
    let digits =
        !number.is_empty() && number.len() < 6 && number.bytes().all(|b| b.is_ascii_digit());
    Some((number.parse().ok().filter(|_| digits)?, rest))
}
