//! Notes and marks in lines.

use std::ops::Range;

use crate::app::shared::Shared;
use crate::screens::behaviour::Speech;
use crate::screens::speech::sentence;

use super::state::{DeskRow, Notes};

impl Speech for Notes {
    fn place_name(&self) -> String {
        "notes".to_owned()
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.rows.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = self.rows.iter().skip(range.start).take(range.len());
        rows.filter_map(|row| line(self, *row)).collect()
    }

    fn summary(&self) -> Vec<String> {
        vec![sentence(self.heading())]
    }

    fn choose(&mut self, number: u32, _said: usize, _shared: &Shared) -> bool {
        self.select(&number.to_string())
    }
}

/// A note or mark, under its own number or letter.
fn line(list: &Notes, row: DeskRow) -> Option<String> {
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
