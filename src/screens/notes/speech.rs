//! Notes and marks in lines.

use crate::screens::speech::sentence;

use super::state::{DeskRow, Notes};

/// A note or mark, under its own number or letter.
pub(super) fn line(list: &Notes, row: DeskRow) -> Option<String> {
    Some(match row {
        DeskRow::Note(at) => {
            let note = list.notes.get(at)?;
            let (number, day, by) = (note.number, note.day(), &note.place.speaker);
            let tags = match note.tags.as_slice() {
                [] => String::new(),
                tags => format!(" Tags: {}.", tags.join(", ")),
            };
            let words = sentence(note.text.clone());
            format!("{number}. {day}, {by}, {}: {words}{tags}", note.citation)
        }
        DeskRow::Mark(at) => {
            let (letter, place) = list.marks.get(at)?;
            let (by, number) = (&place.speaker, place.statement);
            let more = if place.after.is_empty() { "" } else { "\u{2026}" };
            let (symbol, words) = (&place.symbol, &place.words);
            format!("Mark {letter}: {symbol}, statement {number}, {by}: {words}{more}")
        }
    })
}
