//! Extending the selection: by sentences, lines of the screen, and paragraphs.
//!
//! What is selected reaches from the anchor to the head. A key moves the head: on to what follows its end, or
//! back to what precedes its start.

use std::collections::VecDeque;

use crate::app::position::{ParagraphAt, Passage, Selection};
use crate::record::sentences::{sentence_at, sentences, trimmed};
use crate::record::{Item, Statement};

use super::noting::hit_on_screen;
use super::state::Reader;

/// What a key extends the selection by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A line of the screen.
    Line,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// Lines that stay on the screen beyond the end of the selection, so that what follows is seen.
const BEYOND: usize = 2;

/// Extends the selection, `by` times on or back. The paragraph that is selected first gives way to the first
/// sentence or line on the screen where that is what the key means.
pub(super) fn extend(reader: &mut Reader, unit: Unit, by: isize) {
    let Some(mut selection) = reader.selection else { return };
    let record = reader.record.clone();
    let Some(Item::Statement(statement)) = record.items.get(selection.item) else { return };
    let (on, mut times) = (by > 0, by.unsigned_abs());
    if selection.fresh && unit != Unit::Paragraph {
        let first = first_on_screen(reader, statement, &selection, unit);
        (selection.anchor, selection.head) = (first, first);
        // The first key selects the sentence. A line alone is selected by nothing.
        times -= usize::from(unit == Unit::Sentence);
    }
    selection.fresh = false;
    if times > 0 {
        let head = match unit {
            Unit::Sentence if on => sentence_on(statement, selection.head.end, times),
            Unit::Sentence => sentence_back(statement, selection.head.start, times),
            Unit::Paragraph => paragraph(statement, selection.head, on, times),
            Unit::Line => line(reader, &selection, on, times),
        };
        selection.head = head.unwrap_or(selection.head);
    }
    reader.selection = Some(selection);
    show(reader, &selection, unit, on);
}

/// The first line or sentence of the statement on the screen: that of the selected hit, else at the top.
fn first_on_screen(
    reader: &mut Reader,
    statement: &Statement,
    selection: &Selection,
    unit: Unit,
) -> Passage {
    let item = selection.item;
    let hit = hit_on_screen(reader).filter(|hit| hit.at.item == item);
    let hit = hit.map(|hit| (hit.at.paragraph, hit.bytes.start));
    let rows = reader.rows_of(item);
    let top = hit.or(rows.first().map(|row| row.start)).unwrap_or(selection.anchor.start);
    if unit == Unit::Line {
        let row = reader.row_beside(item, (top.0, top.1 + 1), false);
        return row.unwrap_or(Passage { start: top, end: top });
    }
    let text = statement.paragraphs.get(top.0).map_or("", |p| p.text.as_str());
    let seen = rows.iter().filter(|row| row.start.0 == top.0).map(|row| row.end.1).max();
    let begins = |start: usize| hit.is_none() && start >= top.1 && Some(start) < seen;
    let first = sentences(text).map(|at| trimmed(text, at)).find(|at| begins(at.start));
    let at = first.unwrap_or_else(|| trimmed(text, sentence_at(text, top.1)));
    Passage { start: (top.0, at.start), end: (top.0, at.end) }
}

/// The sentence that ends after a place, or one further on.
fn sentence_on(statement: &Statement, from: (usize, usize), times: usize) -> Option<Passage> {
    let all =
        statement.paragraphs.iter().enumerate().skip(from.0).flat_map(|(index, paragraph)| {
            let text = paragraph.text.as_str();
            let words = sentences(text).map(move |at| trimmed(text, at));
            words.map(move |at| Passage { start: (index, at.start), end: (index, at.end) })
        });
    all.filter(|sentence| sentence.end > from && sentence.start != sentence.end).take(times).last()
}

/// The sentence that starts before a place, or one further back.
fn sentence_back(statement: &Statement, from: (usize, usize), times: usize) -> Option<Passage> {
    let mut found = None;
    let mut left = times;
    for (index, paragraph) in statement.paragraphs.iter().enumerate().take(from.0 + 1).rev() {
        let text = paragraph.text.as_str();
        let mut latest = VecDeque::new();
        for at in sentences(text).map(|at| trimmed(text, at)).filter(|at| !at.is_empty()) {
            if (index, at.start) >= from {
                break;
            }
            if latest.len() == left {
                latest.pop_front();
            }
            latest.push_back(Passage { start: (index, at.start), end: (index, at.end) });
        }
        left -= latest.len();
        found = latest.pop_front().or(found);
        if left == 0 {
            break;
        }
    }
    found
}

/// The paragraph that ends after the head, or starts before it, or one further.
fn paragraph(statement: &Statement, head: Passage, on: bool, times: usize) -> Option<Passage> {
    let whole = |index| Passage::of_paragraphs(statement, index, index);
    let index = if on {
        let ended = whole(head.end.0).end <= head.end;
        let last = statement.paragraphs.len().checked_sub(1)?;
        (head.end.0 + times - usize::from(!ended)).min(last)
    } else {
        head.start.0.saturating_sub(times - usize::from(head.start.1 > 0))
    };
    Some(whole(index))
}

/// The line after the head or before it, or one further.
fn line(reader: &mut Reader, selection: &Selection, on: bool, times: usize) -> Option<Passage> {
    let mut head = None;
    for _ in 0..times {
        let from = head.unwrap_or(selection.head);
        let at = if on { from.end } else { from.start };
        head = Some(reader.row_beside(selection.item, at, on)?);
    }
    head
}

/// Scrolls to where the selection was extended to.
fn show(reader: &mut Reader, selection: &Selection, unit: Unit, on: bool) {
    let Passage { start, end } = selection.head;
    let at = |paragraph| ParagraphAt { item: selection.item, paragraph };
    let (paragraph, byte) = match unit {
        Unit::Paragraph => start,
        _ if on => (end.0, end.1.saturating_sub(1)),
        _ => start,
    };
    if reader.shows(at(paragraph), byte) {
        return;
    }
    let context = match (unit, on) {
        (Unit::Line, true) => reader.height() - 1,
        (Unit::Sentence, true) => reader.height().saturating_sub(1 + BEYOND),
        (Unit::Sentence, false) => BEYOND,
        (Unit::Paragraph, true) => 0,
        (Unit::Paragraph | Unit::Line, false) => 1,
    };
    reader.to_byte(at(paragraph), byte, context);
}
