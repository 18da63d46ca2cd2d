//! Keys of the concordance.

use crate::app::action::{Command, Effect, Question, To, Wanted};
use crate::app::concordance::Occurrence;
use crate::app::state::{Screen, State};
use crate::app::window::Move;

use super::{ask, movement};

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let (height, count) = (state.list_height(), state.count);
    let Some(Screen::Concordance(lines)) = state.screens.last_mut() else { return Vec::new() };
    let by = match command {
        Command::NextHit => movement(Command::Down, count),
        Command::PreviousHit => movement(Command::Up, count),
        _ => movement(command, count),
    };
    if let Some(by) = by {
        let by = match (by, count) {
            (Move::First | Move::Last, Some(n)) => Move::To((n as usize).saturating_sub(1)),
            _ => by,
        };
        lines.window = lines.window.moved(by, lines.rows.len(), height);
        return Vec::new();
    }
    match command {
        Command::Order => {
            let by = lines.by.next();
            lines.order(by, height);
        }
        Command::Open => {
            let Some(one) = lines.selected() else { return Vec::new() };
            let wanted = Wanted {
                query: lines.query.clone(),
                narrow: lines.narrow.clone(),
                at: one.at.clone(),
                to: To::Byte(one.line.paragraph, one.line.byte),
            };
            state.loading = true;
            return ask(state, Question::Hit(wanted));
        }
        _ => {}
    }
    Vec::new()
}

/// Some more occurrences came, or the last of them.
pub(super) fn more(state: &mut State, found: Vec<Occurrence>, last: bool) {
    let height = state.geometry.body().saturating_sub(1).max(1);
    let lines = state.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Concordance(lines) => Some(lines),
        _ => None,
    });
    if let Some(lines) = lines {
        lines.add(found, height);
        lines.waiting = !last;
    }
}
