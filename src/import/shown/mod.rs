//! What `spv show` prints, as text or as Markdown, back into the record it was made from.
//!
//! The two forms have the same parts: rows about the record, then pages, directions, statements and votes.
//! [`text`] and [`markdown`] find them, [`head`] reads the rows, and [`record`] puts the record together as
//! other sources do, and then sets what is printed although it does not follow from the words.

mod blocks;
mod head;
mod markdown;
mod record;
mod text;

use super::imported::{Hints, Imported, TextError};

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
            "this is {part} of {symbol} as spv prints it, and not the whole record; import what `spv show \"{symbol}\"` prints"
        ))));
    }
    let shown = if is_markdown { markdown::parse(text) } else { text::parse(text) }?;
    Some(record::build_record(shown, bytes, hints))
}
