//! `L`: what the State that speaks said last before, on the same matter; again further back.

use crate::app::action::{Effect, Spot, Start};
use crate::app::last::{From, Trail, Who};
use crate::app::state::{Screen, State};
use crate::record::{Record, Statement};

use super::opening;

/// Opens the last word, and says on what matter it is.
pub(super) fn word(state: &mut State) -> Vec<Effect> {
    let Some((record, statement)) = shown(state) else { return Vec::new() };
    let statement = statement.clone();
    if statement.is_procedural() {
        state.message =
            Some("the chair conducts the meeting here: no State\u{2019}s words".to_owned());
        return Vec::new();
    }
    let from = From { symbol: record.symbol.clone(), date: record.date, number: statement.number };
    let trail = match state.trail.take() {
        Some((trail, at)) if at == from => trail,
        _ => Trail {
            who: who(&statement),
            topic: record.topic.clone(),
            sub_items: record.agenda.get(1..).unwrap_or_default().to_vec(),
            item: record.agenda.first().cloned().unwrap_or_default(),
            basis: None,
        },
    };
    let name = trail.who.name().to_owned();
    let Some((basis, found)) = trail.before(&from, &state.catalogue) else {
        state.message = Some(match trail.basis {
            Some(basis) => format!("{name}: nothing earlier {} here", basis.words()),
            None => format!("{name}: nothing earlier on this topic, sub-item or item here"),
        });
        return Vec::new();
    };
    let said = format!("{name}, {}: {}", found.date, basis.words());
    let at = From { symbol: found.symbol.clone(), date: found.date, number: found.number };
    let trail = Trail { basis: Some(basis), ..trail };
    let (symbol, language, number) = (found.symbol, found.language, found.number);
    let spot = Spot { statement: number, paragraph: 0, byte: 0 };
    state.trail = Some((trail, at));
    opening::load(state, symbol, Some(language), Start::Place(spot, Some(said)))
}

/// The statement one reads or has selected.
fn shown(state: &State) -> Option<(std::sync::Arc<Record>, &Statement)> {
    match state.screens.last()? {
        Screen::Reader(reader) => Some((reader.record.clone(), reader.statement()?)),
        Screen::Statements(list) => {
            Some((list.record.clone(), list.statement(list.window.selected)?))
        }
        _ => None,
    }
}

fn who(statement: &Statement) -> Who {
    let speaker = &statement.speaker;
    match (&speaker.state, &speaker.organization) {
        (Some(state), _) => Who::State(state.clone()),
        (None, Some(organization)) => Who::Organization(organization.clone()),
        (None, None) => Who::Name(speaker.name.clone()),
    }
}
