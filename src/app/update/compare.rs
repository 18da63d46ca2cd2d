//! `D`: one statement is remembered, the next is put beside it.

use crate::app::action::{Command, Effect};
use crate::app::compare::{Compare, Side};
use crate::app::state::{Screen, State};

use super::{movement, opening};

/// Remembers the statement one reads, or compares it with the one remembered.
pub(super) fn remember(state: &mut State) {
    let Some(Screen::Reader(reader)) = state.screens.last() else { return };
    let mut here = reader.as_ref().clone();
    let Some(statement) = here.statement() else { return };
    let who = statement.speaker.spoken_for().unwrap_or(&statement.speaker.name).to_owned();
    let what = format!("{who} in {}", here.record.symbol);
    (here.selection, here.reference, here.scan) = (None, None, None);
    if let Some(item) = here.statement_item() {
        here.to_item(item);
    }
    match state.remembered.take() {
        None => {
            state.remembered = Some(Box::new(here));
            state.message = Some(format!("remembered {what}; D on another compares the two"));
        }
        Some(first) => {
            let compare = Compare::new(*first, here, state.geometry);
            opening::jump(state, Screen::Compare(Box::new(compare)));
        }
    }
}

/// A key of the comparison.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let count = state.count;
    let Some(Screen::Compare(compare)) = state.screens.last_mut() else { return Vec::new() };
    if command == Command::Switch {
        compare.side = compare.side.next();
        let side = match compare.side {
            Side::Both => "both sides move",
            Side::First => "the first side moves",
            Side::Second => "the second side moves",
        };
        state.message = Some(side.to_owned());
        return Vec::new();
    }
    let Some(by) = movement(command, count) else { return Vec::new() };
    for reader in compare.moved() {
        reader.go(by);
    }
    Vec::new()
}
