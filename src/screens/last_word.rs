//! `L`: what the State that speaks said last before, on the same matter; again further back.

use crate::app::action::Start;
use crate::app::last::{From, LookedBack, Trail, Who};
use crate::app::position::Spot;
use crate::app::shared::Shared;
use crate::record::{Record, Statement};

use super::request::Request;

/// Opens what was said before a statement, and says on what matter it is. Where the statement was reached by
/// the same key, `looked_back` says for what.
pub(super) fn look_back(
    record: &Record,
    statement: &Statement,
    looked_back: &mut Option<Box<LookedBack>>,
    shared: &mut Shared,
) -> Vec<Request> {
    if statement.is_procedural() {
        shared.say("the chair conducts the meeting here: no State\u{2019}s words");
        return Vec::new();
    }
    let from = From { symbol: record.symbol.clone(), date: record.date, number: statement.number };
    let trail = match looked_back.take() {
        Some(before) if before.at == from => before.trail,
        _ => Trail {
            who: speaker_of(statement),
            topic: record.topic.clone(),
            sub_items: record.agenda.get(1..).unwrap_or_default().to_vec(),
            item: record.agenda.first().cloned().unwrap_or_default(),
            basis: None,
        },
    };
    let name = trail.who.name().to_owned();
    let Some((basis, found)) = trail.before(&from, &shared.catalogue) else {
        shared.say(match trail.basis {
            Some(basis) => format!("{name}: nothing earlier {} here", basis.words()),
            None => format!("{name}: nothing earlier on this topic, sub-item or item here"),
        });
        return Vec::new();
    };
    let said = format!("{name}, {}: {}", found.date, basis.words());
    let at = From { symbol: found.symbol.clone(), date: found.date, number: found.number };
    let next = LookedBack { trail: Trail { basis: Some(basis), ..trail }, at };
    let spot = Spot { statement: found.number, paragraph: 0, byte: 0 };
    let at = Start::LastWord(spot, said, Box::new(next));
    vec![shared.load(found.symbol, Some(found.language), at).into()]
}

/// Whose words a statement is.
fn speaker_of(statement: &Statement) -> Who {
    let speaker = &statement.speaker;
    match (&speaker.state, &speaker.organization) {
        (Some(state), _) => Who::State(state.clone()),
        (None, Some(organization)) => Who::Organization(organization.clone()),
        (None, None) => Who::Name(speaker.name.clone()),
    }
}
