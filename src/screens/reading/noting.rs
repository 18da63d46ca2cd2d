//! What is made of a paragraph: notes and marks, and the words that are quoted.

use crate::app::action::{Change, Effect};
use crate::app::cite;
use crate::app::position::{ParagraphAt, Passage};
use crate::app::scan::ScanHit;
use crate::app::shared::Shared;
use crate::desk::notes::{Note, QUOTATION};
use crate::record::{Item, Place, Statement};
use crate::screens::request::Request;
use crate::search::similar::Compared;

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
    let Some((_, passage, statement)) = chosen(reader) else {
        shared.say("there is no paragraph here to note");
        return None;
    };
    let citation = cite::citation(&reader.record, cite::pages(statement, passage));
    let quotation = quoted(statement, passage, QUOTATION + 1);
    let (paragraph, byte) = passage.start;
    let place = place_in(reader, statement.number, paragraph, byte)?;
    let note = Note::new(place, &quotation, &citation, text);
    reader.noted = reader.selection.take();
    shared.say(format!("noted on {citation}; R lists your notes"));
    Some(Effect::Desk(Change::Note(Box::new(note))).into())
}

/// The passage that is chosen, with its item and statement: the selection, else the paragraph that is meant
/// without one.
pub(super) fn chosen(reader: &Reader) -> Option<(usize, Passage, &Statement)> {
    let statement = |item: usize| match reader.record.items.get(item) {
        Some(Item::Statement(statement)) => Some(statement),
        _ => None,
    };
    if let Some(selection) = reader.selection {
        return Some((selection.item, selection.passage(), statement(selection.item)?));
    }
    let at = current_paragraph(reader)?;
    let statement = statement(at.item)?;
    Some((at.item, Passage::of_paragraphs(statement, at.paragraph, at.paragraph), statement))
}

fn place_in(reader: &Reader, number: u32, paragraph: usize, byte: usize) -> Option<Place> {
    let index = reader.record.statements().position(|s| s.number == number)?;
    Place::of(&reader.record, index, paragraph, byte)
}

/// The paragraph that is meant without a selection: that of the selected hit, while it is on the screen, else
/// the one at the top.
fn current_paragraph(reader: &Reader) -> Option<ParagraphAt> {
    hit_on_screen(reader).map(|hit| hit.at).or_else(|| reader.paragraph_at_top())
}

/// The selected hit, while it is on the screen.
pub(super) fn hit_on_screen(reader: &Reader) -> Option<&ScanHit> {
    let hit = reader.scan.as_ref().and_then(|s| s.hits.get(s.current?))?;
    reader.shows(hit.at, hit.bytes.start).then_some(hit)
}

/// The words of a passage of a statement, cut after about `most` bytes.
pub(super) fn quoted(statement: &Statement, passage: Passage, most: usize) -> String {
    let (first, last) = (passage.start.0, passage.end.0);
    let mut words = String::new();
    for (index, paragraph) in statement.paragraphs.iter().enumerate().take(last + 1).skip(first) {
        words.push_str(if index == first { "" } else { "\n\n" });
        let bytes = passage.within(index, &(0..paragraph.text.len())).unwrap_or_default();
        let text = paragraph.text.get(bytes).unwrap_or("");
        words.push_str(&text[..text.floor_char_boundary(most)]);
        if words.len() >= most {
            break;
        }
    }
    words
}

/// The statements most like the one that is read, or like the paragraph in which the selection begins.
pub(super) fn more_like(reader: &Reader, shared: &mut Shared) -> Option<Request> {
    let paragraph = reader.selection.map(|selection| selection.passage().start.0);
    let Some(statement) = reader.statement() else {
        shared.say("there is no statement here to compare");
        return None;
    };
    let nth = reader.record.statements().position(|s| s.number == statement.number)?;
    let (symbol, language) = (reader.record.symbol.clone(), reader.record.language.clone());
    Some(shared.ask_for_similar(Compared { symbol, language, nth, paragraph }).into())
}
