//! What is made of a paragraph: notes and marks, and the words that are quoted.

use crate::app::action::{Change, Effect};
use crate::app::cite;
use crate::app::position::ParagraphAt;
use crate::app::shared::Shared;
use crate::desk::notes::{Note, QUOTATION};
use crate::record::{Item, Place, Statement};
use crate::screens::request::Request;

use super::state::Reader;

/// Sets a mark on the line at the top.
pub(super) fn mark(reader: &Reader, letter: char, shared: &mut Shared) -> Option<Effect> {
    let Some(spot) = reader.spot() else {
        shared.say("there is no statement here to mark");
        return None;
    };
    let place = place_in(reader, spot.statement, spot.paragraph, spot.byte)?;
    shared.say(format!("mark {letter} is set; '{letter} comes back"));
    Some(Effect::Desk(Change::Mark(letter, Box::new(place))))
}

/// Keeps a note with the words it is about.
pub(super) fn note(reader: &mut Reader, text: &str, shared: &mut Shared) -> Option<Request> {
    if text.trim().is_empty() {
        shared.say("a note needs words");
        return None;
    }
    let Some((first, last, statement)) = chosen(reader) else {
        shared.say("there is no paragraph here to note");
        return None;
    };
    let pages = cite::pages(statement, first.paragraph, last.paragraph);
    let citation = cite::citation(&reader.record, pages);
    let quotation = quoted(statement, first.paragraph, last.paragraph, QUOTATION + 1);
    let place = place_in(reader, statement.number, first.paragraph, 0)?;
    let note = Note::new(place, &quotation, &citation, text);
    reader.noted = reader.selection.take();
    shared.say(format!("noted on {citation}; R lists your notes"));
    Some(Effect::Desk(Change::Note(Box::new(note))).into())
}

/// The paragraphs that are chosen, and their statement.
fn chosen(reader: &Reader) -> Option<(ParagraphAt, ParagraphAt, &Statement)> {
    let (first, last) = chosen_paragraphs(reader)?;
    match reader.record.items.get(first.item) {
        Some(Item::Statement(statement)) => Some((first, last, statement)),
        _ => None,
    }
}

fn place_in(reader: &Reader, number: u32, paragraph: usize, byte: usize) -> Option<Place> {
    let index = reader.record.statements().position(|s| s.number == number)?;
    Place::of(&reader.record, index, paragraph, byte)
}

/// The first and the last paragraph of the selection, else the one that is meant without a selection.
pub(super) fn chosen_paragraphs(reader: &Reader) -> Option<(ParagraphAt, ParagraphAt)> {
    let selected = reader.selection.map(|s| s.ends());
    selected.or_else(|| current_paragraph(reader).map(|at| (at, at)))
}

/// The paragraph that is meant without a selection: that of the selected hit, while it is on the screen, else
/// the one at the top.
fn current_paragraph(reader: &Reader) -> Option<ParagraphAt> {
    let hit = reader.scan.as_ref().and_then(|s| s.hits.get(s.current?));
    let shown = hit.filter(|h| reader.shows(h.at, h.bytes.start)).map(|h| h.at);
    shown.or_else(|| reader.paragraph_at_top())
}

/// The words of some paragraphs of a statement, cut after about `most` bytes.
pub(super) fn quoted(statement: &Statement, first: usize, last: usize, most: usize) -> String {
    let paragraphs = &statement.paragraphs[first..=last.min(statement.paragraphs.len() - 1)];
    let mut words = String::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        words.push_str(if n == 0 { "" } else { "\n\n" });
        words.push_str(&paragraph.text[..paragraph.text.floor_char_boundary(most)]);
        if words.len() >= most {
            break;
        }
    }
    words
}
