//! The person's notes and marks, and the selected one whole below them.
//!
//! ```text
//!    1 2020-03-05 MSC/PV.6        ask for the list of ports #ports
//!   'k            MSC/PV.2        Mr. Made: “The words at the mark”
//!
//!   ask for the list of ports #ports
//!   Tags: ports
//!   Ms. Made, MSC/PV.6, p. 2 (English)
//!   “The words it is about …”
//! ```

use ratatui::layout::Rect;

use crate::app::shared::Shared;
use crate::app::wrap::wrap;
use crate::desk::notes::Note;
use crate::record::{Place, Symbol};
use crate::screens::behaviour::Behaviour as _;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::{DeskRow, Notes};

/// The list and the note that is selected.
pub(super) fn view(
    shared: &Shared,
    list: &Notes,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let height = u16::try_from(list.list_height(shared)).unwrap_or(body.height).min(body.height);
    if list.rows.is_empty() {
        let words = match list.notes.len() + list.marks.len() {
            0 => "No note or mark is left.",
            _ => "No note or mark here has these words.",
        };
        pen.put(body.x + 2, body.y, body.width.saturating_sub(2), words, theme.faint);
    }
    let area = Rect { height, ..body };
    let cursor =
        rows(list.window, list.rows.len(), area, pen, |row, y, pen| match list.rows[row] {
            DeskRow::Note(at) => {
                if let Some(note) = list.notes.get(at) {
                    note_row(note, body, y, pen);
                }
            }
            DeskRow::Mark(at) => {
                if let Some((letter, place)) = list.marks.get(at) {
                    mark_row(*letter, place, body, y, pen);
                }
            }
        });
    // An empty row parts the list from the note.
    let below =
        Rect { y: area.bottom() + 1, height: body.height.saturating_sub(height + 1), ..body };
    if let Some(note) = list.note() {
        whole_note(note, below, pen);
    } else if let Some((letter, place)) = list.mark() {
        whole_mark(*letter, place, below, pen);
    }
    cursor
}

/// Number or letter, day, record; returns where the words start.
fn head(number: &str, day: &str, symbol: &Symbol, body: Rect, y: u16, pen: &mut Pen<'_>) -> u16 {
    let theme = *pen.theme;
    let symbol = symbol.to_string().replace(" (Resumption ", " R").replace(')', "");
    pen.put_right(body.x + 5, y, number, theme.faint);
    if body.width < 60 {
        pen.put(body.x + 6, y, 12, &symbol, theme.plain);
        return body.x + 19;
    }
    pen.put(body.x + 6, y, 10, day, theme.plain);
    pen.put(body.x + 17, y, 15, &symbol, theme.plain);
    body.x + 33
}

fn note_row(note: &Note, body: Rect, y: u16, pen: &mut Pen<'_>) {
    let style = pen.theme.plain;
    let (number, day) = (note.number.to_string(), note.day().to_string());
    let x = head(&number, &day, &note.place.symbol, body, y, pen);
    pen.put(x, y, body.right().saturating_sub(x), &note.text, style);
}

fn mark_row(letter: char, place: &Place, body: Rect, y: u16, pen: &mut Pen<'_>) {
    let style = pen.theme.faint;
    let x = head(&format!("'{letter}"), "", &place.symbol, body, y, pen);
    let words = format!("{}: \u{201C}{}\u{201D}", place.speaker, place.words);
    pen.put(x, y, body.right().saturating_sub(x), &words, style);
}

/// The words, at most in half of the room, the tags, whose words they are about, and those words.
fn whole_note(note: &Note, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut at = area;
    paragraph(&note.text, theme.strong, area.height.div_ceil(3), &mut at, pen);
    if !note.tags.is_empty() {
        let tags = format!("Tags: {}", note.tags.join(", "));
        paragraph(&tags, theme.plain, 1, &mut at, pen);
    }
    let by = format!("{}, {}", note.place.speaker, note.citation);
    paragraph(&by, theme.plain, 2, &mut at, pen);
    let words = format!("\u{201C}{}\u{201D}", note.quotation);
    paragraph(&words, theme.faint, area.height, &mut at, pen);
}

fn whole_mark(letter: char, place: &Place, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut at = area;
    paragraph(&format!("Mark {letter}"), theme.strong, 1, &mut at, pen);
    let by = format!("{}, {}, statement {}", place.speaker, place.symbol, place.statement);
    paragraph(&by, theme.plain, 2, &mut at, pen);
    paragraph(&format!("\u{201C}{}\u{201D}", place.words), theme.faint, area.height, &mut at, pen);
}

/// Writes a text into at most `most` rows of what is left of an area; one too long ends in an ellipsis.
fn paragraph(
    text: &str,
    style: ratatui::style::Style,
    most: u16,
    area: &mut Rect,
    pen: &mut Pen<'_>,
) {
    let text = text.replace("\n\n", " ");
    let width = area.width.saturating_sub(3).max(1);
    let most = most.min(area.height);
    let set = wrap(&text, width);
    let mut taken = 0;
    for (row, y) in set.iter().zip(area.y..area.y + most) {
        taken += 1;
        // The last row there is room for has the rest, which is cut.
        let end = if taken == most { text.len() } else { row.end };
        pen.put(area.x + 2, y, width, text[row.start..end].trim_end(), style);
    }
    area.y += taken;
    area.height -= taken;
}
