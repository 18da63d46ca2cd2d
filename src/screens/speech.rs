//! What the speech of several screens shares.

use crate::app::number::long_date;
use crate::app::window::Window;
use crate::record::{Record, Status};

/// Said of every exercise debate.
pub const EXERCISE: &str = "EXERCISE: invented persons and words, not those of any State.";

/// A message of the screens, with a full stop.
#[must_use]
pub fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// Lines with their numbers, the first of which is `first`, from 0.
#[must_use]
pub fn numbered(first: usize, lines: impl Iterator<Item = String>) -> Vec<String> {
    lines.enumerate().map(|(at, line)| format!("{}. {line}", first + at + 1)).collect()
}

/// Selects the row with a number from 1, if it is one of the rows that were said.
pub fn choose_row(window: &mut Window, number: u32, said: usize) -> bool {
    let row = (number as usize).wrapping_sub(1);
    if row < said {
        window.selected = row;
    }
    row < said
}

/// The lines above a record.
#[must_use]
pub fn head(record: &Record) -> Vec<String> {
    let provisional = if record.status == Status::Provisional { ", provisional" } else { "" };
    let language = record.language.name();
    let mut lines =
        vec![format!("{}, {}, {language}{provisional}.", record.symbol, long_date(record.date))];
    if record.exercise {
        lines.push(EXERCISE.to_owned());
    }
    lines.push(format!("{}.", record.topic.trim_end_matches('.')));
    for president in &record.presidents {
        let of = president.state.as_deref().map_or(String::new(), |s| format!(", {s}"));
        lines.push(format!("President: {}{of}.", president.name));
    }
    match record.count_doubts() {
        0 => {}
        1 => lines.push("1 doubt about this record; doubts says which.".to_owned()),
        n => lines.push(format!("{n} doubts about this record; doubts says which.")),
    }
    lines
}
