//! Records made harmless for the screens, once and before anything is looked up in them.

use crate::record::{Item, Paragraph, Record, Statement, harmless};

/// The longest name or topic that a screen shows, in bytes. No real one has a tenth of it; a longer one
/// would be gone through with every frame, and ends in an ellipsis.
const LONGEST: usize = 1 << 12;

/// The record with its spoken words made harmless once, so that every byte offset taken from them
/// later (references, hits, places) is an offset into what is shown.
pub(super) fn cleaned(mut record: Record) -> Record {
    shorten_names(&mut record);
    for item in &mut record.items {
        match item {
            Item::Statement(statement) => clean_statement(statement),
            Item::Direction(direction) => clean(&mut direction.text),
            Item::Vote(vote) => vote.doubts.iter_mut().for_each(clean),
        }
    }
    record.doubts.iter_mut().for_each(|doubt| clean(&mut doubt.text));
    record.source.warnings.iter_mut().for_each(clean);
    record
}

/// A statement, in the same way.
pub(super) fn cleaned_statement(mut statement: Statement) -> Statement {
    shorten_statement(&mut statement);
    clean_statement(&mut statement);
    statement
}

fn clean_statement(statement: &mut Statement) {
    for paragraph in &mut statement.paragraphs {
        clean_paragraph(paragraph);
    }
    clean(&mut statement.speaker.printed);
    clean(&mut statement.speaker.name);
}

fn shorten_statement(statement: &mut Statement) {
    let s = &mut statement.speaker;
    let names = [&mut s.printed, &mut s.name].into_iter();
    names.chain(&mut s.state).chain(&mut s.organization).chain(&mut s.role).for_each(shorten);
    for behalf in &mut statement.on_behalf_of {
        std::iter::once(&mut behalf.group).chain(&mut behalf.members).for_each(shorten);
    }
}

/// Cuts names and topics that are longer than any.
fn shorten_names(record: &mut Record) {
    let Record { topic, agenda, presidents, members, items, doubts, source, .. } = record;
    let doubts = doubts.iter_mut().map(|doubt| &mut doubt.text).chain(&mut source.warnings);
    std::iter::once(topic).chain(agenda).chain(doubts).for_each(shorten);
    for president in presidents {
        std::iter::once(&mut president.name).chain(&mut president.state).for_each(shorten);
    }
    for member in members {
        std::iter::once(&mut member.state).chain(&mut member.representative).for_each(shorten);
    }
    for item in items {
        match item {
            Item::Statement(statement) => shorten_statement(statement),
            Item::Vote(v) => {
                let lists = [&mut v.on, &mut v.in_favour, &mut v.against, &mut v.abstaining];
                let lists = lists.into_iter().chain([&mut v.not_voting]).flatten();
                lists.chain(&mut v.adopted_as).chain(&mut v.doubts).for_each(shorten);
            }
            Item::Direction(_) => {}
        }
    }
}

fn shorten(name: &mut String) {
    if name.len() > LONGEST {
        name.truncate(name.floor_char_boundary(LONGEST));
        name.push('\u{2026}');
        name.shrink_to_fit();
    }
}

fn clean(text: &mut String) {
    if let std::borrow::Cow::Owned(changed) = harmless::line(text) {
        *text = changed;
    }
}

/// Page breaks stay before the same character.
fn clean_paragraph(paragraph: &mut Paragraph) {
    let std::borrow::Cow::Owned(changed) = harmless::line(&paragraph.text) else { return };
    let places = paragraph.breaks.iter_mut().map(|turn| &mut turn.at);
    harmless::places_in_line(&paragraph.text, places);
    paragraph.text = changed;
}
