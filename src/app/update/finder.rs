//! Keys of the find screen.

use crate::app::action::{Command, Effect, Question, Start};
use crate::app::answers::Answers;
use crate::app::card;
use crate::app::line::InputLine;
use crate::app::state::{Screen, State};
use crate::app::window::Window;
use crate::facts::votes;
use crate::search::find::{Hits, Named};

use super::{ask, leave_all, movement, opening, pop};

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let Some(Screen::Finder(finder)) = state.screens.last_mut() else { return Vec::new() };
    if let Some(by) = movement(command, None) {
        finder.window = finder.window.moved(by, finder.hits.hits.len(), height);
        return Vec::new();
    }
    match command {
        Command::Open => {
            let hit = finder.hits.hits.get(finder.window.selected);
            let named = hit.map(|h| h.named.clone());
            return named.map(|n| open(state, n)).unwrap_or_default();
        }
        Command::Cancel => return pop(state),
        Command::Quit => return leave_all(state),
        Command::DeleteLeft => {
            if finder.line.text().is_empty() {
                return pop(state);
            }
            return edit(state, InputLine::delete_left);
        }
        Command::DeleteWord => return edit(state, InputLine::delete_word),
        Command::DeleteLine => return edit(state, InputLine::delete_line),
        Command::CursorLeft => finder.line.left(),
        Command::CursorRight => finder.line.right(),
        _ => {}
    }
    Vec::new()
}

fn edit(state: &mut State, change: fn(&mut InputLine) -> bool) -> Vec<Effect> {
    let Some(Screen::Finder(finder)) = state.screens.last_mut() else { return Vec::new() };
    if change(&mut finder.line) { opening::query(state) } else { Vec::new() }
}

/// Text typed or pasted.
pub(super) fn insert(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(Screen::Finder(finder)) = state.screens.last_mut() else { return Vec::new() };
    // A line that is full stays as it is, and so does its answer: a megabyte may come letter by letter.
    if finder.line.insert(text) { opening::query(state) } else { Vec::new() }
}

/// The answer for what was typed; something may have been opened above the screen meanwhile.
pub(super) fn found(state: &mut State, hits: Hits) {
    let finder = state.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Finder(finder) => Some(finder),
        _ => None,
    });
    if let Some(finder) = finder {
        finder.hits = hits;
        finder.waiting = false;
        finder.window = Window::default();
    }
}

/// Opens what a name names.
fn open(state: &mut State, named: Named) -> Vec<Effect> {
    match named {
        Named::Record { symbol, .. } => opening::meeting(state, &symbol, Start::LastPlace),
        Named::Page { symbol, page } => opening::meeting(state, &symbol, Start::Page(page)),
        Named::Vote(id) => {
            if let Some(vote) = votes::get(id) {
                let card = card::vote(&vote, &state.catalogue);
                super::cards::show(state, card);
            }
            Vec::new()
        }
        named => {
            opening::jump(state, Screen::Answers(Answers::new(named.clone())));
            ask(state, Question::StatementsOf(named))
        }
    }
}
