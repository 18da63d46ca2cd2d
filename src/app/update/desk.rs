//! Notes and marks made while reading: what is kept of a place. Their list is in `notes`.

use crate::app::action::{Change, Effect, Question};
use crate::app::cite;
use crate::app::reader::{ParagraphAt, Reader};
use crate::app::state::{Changing, Purpose, Screen, State};
use crate::desk::notes::{Note, QUOTATION};
use crate::record::{Item, Place, Statement};

use super::{ask, reading};

/// A letter for a mark was typed: sets it, or goes there.
pub(super) fn mark(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    let Some(letter) = text.chars().next().filter(|c| c.is_alphanumeric()) else {
        state.message = Some("a mark is one letter".to_owned());
        return Vec::new();
    };
    if purpose == Purpose::ToMark {
        state.loading = true;
        return ask(state, Question::Mark(letter));
    }
    let Some(Screen::Reader(reader)) = state.screens.last() else { return Vec::new() };
    let Some(spot) = reader.spot() else {
        state.message = Some("there is no statement here to mark".to_owned());
        return Vec::new();
    };
    let Some(place) = place(reader, spot.statement, spot.paragraph, spot.byte) else {
        return Vec::new();
    };
    state.changing = Changing::default();
    state.message = Some(format!("mark {letter} is set; '{letter} comes back"));
    vec![Effect::Desk(Change::Mark(letter, Box::new(place)))]
}

/// The text of a note was typed: it is kept with the words it stands on.
pub(super) fn note(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    if text.trim().is_empty() {
        state.message = Some("a note needs words".to_owned());
        return Vec::new();
    }
    let Some((first, last, statement)) = chosen(reader) else {
        state.message = Some("there is no paragraph here to note".to_owned());
        return Vec::new();
    };
    let pages = cite::pages(statement, first.paragraph, last.paragraph);
    let citation = cite::citation(&reader.record, pages);
    let quotation = reading::quoted(statement, first.paragraph, last.paragraph, QUOTATION + 1);
    let Some(place) = place(reader, statement.number, first.paragraph, 0) else {
        return Vec::new();
    };
    let note = Note::new(place, &quotation, &citation, text);
    state.changing.selection = reader.selection.take();
    state.message = Some(format!("noted on {citation}; R lists your notes"));
    vec![Effect::Desk(Change::Note(Box::new(note)))]
}

/// The paragraphs selected, or the one at the top, and their statement.
fn chosen(reader: &Reader) -> Option<(ParagraphAt, ParagraphAt, &Statement)> {
    let ends = reader.selection.map(|s| s.ends());
    let (first, last) = ends.or_else(|| reading::in_sight(reader).map(|at| (at, at)))?;
    match reader.record.items.get(first.item) {
        Some(Item::Statement(statement)) => Some((first, last, statement)),
        _ => None,
    }
}

fn place(reader: &Reader, number: u32, paragraph: usize, byte: usize) -> Option<Place> {
    let index = reader.record.statements().position(|s| s.number == number)?;
    Place::of(&reader.record, index, paragraph, byte)
}
