//! Keys of the lists: meetings, statements of a record, statements found.

use std::sync::Arc;

use crate::app::action::{Command, Effect, Problems, Start};
use crate::app::answers::Listed;
use crate::app::card;
use crate::app::meetings::{Row, symbol_of};
use crate::app::state::{Screen, State};
use crate::app::window::Move;
use crate::facts::meetings as table;
use crate::library::Catalogue;
use crate::record::Item;

use super::{cards, movement, opening, prompt};

/// The list of meetings.
pub(super) fn meetings(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let Some(Screen::Meetings(list)) = state.screens.last_mut() else { return Vec::new() };
    if let (Command::Top | Command::Bottom, Some(number)) = (command, state.count) {
        match list.row_of(number, &state.catalogue) {
            Some(row) => list.window = list.window.moved(Move::To(row), list.rows.len(), height),
            None => state.message = Some(format!("no meeting {number} in this list")),
        }
        return Vec::new();
    }
    if let Some(by) = movement(command, state.count) {
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    let row = list.rows.get(list.window.selected).copied();
    match (command, row) {
        (Command::TextOnly, _) => text_only(state),
        (Command::Slash, _) => prompt::open(state),
        (Command::Open, Some(row)) => return open_meeting(state, row, Start::LastPlace),
        (Command::Votes, Some(row)) => return votes_of(state, row),
        (Command::Council, Some(row)) => council_of(state, row),
        (Command::NextHit | Command::PreviousHit, _) => {
            state.message = Some("no search in a list: / filters it".to_owned());
        }
        _ => {}
    }
    Vec::new()
}

fn text_only(state: &mut State) {
    let Some(Screen::Meetings(list)) = state.screens.last_mut() else { return };
    list.known = !list.known;
    list.refresh(&state.catalogue);
    let with = if list.filter.text().is_empty() { "" } else { ", filtered" };
    state.message = Some(if list.known {
        format!("all {} meetings{with}", list.rows.len())
    } else {
        format!("the {} meetings whose text is here{with}", list.rows.len())
    });
    super::fit(state);
}

/// The card of the files that could not be read.
pub(super) fn problems(state: &mut State) {
    if state.problems.is_empty() {
        state.message = Some("every file of the library could be read".to_owned());
    } else {
        state.screens.push(Screen::Card(card::problems(&state.problems)));
    }
}

fn open_meeting(state: &mut State, row: Row, at: Start) -> Vec<Effect> {
    match symbol_of(row, &state.catalogue) {
        Some(symbol) => opening::meeting(state, &symbol, at),
        None => Vec::new(),
    }
}

fn votes_of(state: &mut State, row: Row) -> Vec<Effect> {
    match row {
        Row::Known(_) => open_meeting(state, row, Start::LastPlace),
        Row::Here(_) => open_meeting(state, row, Start::Votes),
    }
}

fn council_of(state: &mut State, row: Row) {
    let date = match row {
        Row::Here(index) => state.catalogue.entries.get(index).map(|e| e.date),
        Row::Known(id) => table::get(id).map(|m| m.date),
    };
    if let Some(date) = date {
        cards::council(state, date, None);
    }
}

/// The library changed: the list of meetings is made anew, and stays on the same record.
pub(super) fn changed(state: &mut State, catalogue: Arc<Catalogue>, problems: Problems) {
    let old = std::mem::replace(&mut state.catalogue, catalogue);
    state.problems = problems;
    let height = state.geometry.body();
    for screen in &mut state.screens {
        let Screen::Meetings(list) = screen else { continue };
        let selected = list.rows.get(list.window.selected).and_then(|r| symbol_of(*r, &old));
        list.refresh(&state.catalogue);
        let same = |row: &Row| symbol_of(*row, &state.catalogue) == selected;
        if let Some(row) = list.rows.iter().position(same) {
            list.window = list.window.moved(Move::To(row), list.rows.len(), height);
        }
    }
    super::fit(state);
}

/// The statements of a record.
pub(super) fn statements(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let Some(Screen::Statements(list)) = state.screens.last_mut() else { return Vec::new() };
    if let (Command::Top | Command::Bottom, Some(number)) = (command, state.count) {
        if !list.select(number, height) {
            state.message = Some(format!("no statement {number} in this list"));
        }
        return Vec::new();
    }
    if let Some(by) = movement(command, state.count) {
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    match command {
        Command::Open => opening::statement(state),
        Command::Slash => prompt::open(state),
        Command::Procedural => {
            list.procedural = !list.procedural;
            list.refresh();
            super::fit(state);
        }
        Command::NextSame | Command::PreviousSame => {
            match list.same(command == Command::NextSame) {
                Some(row) => {
                    list.window = list.window.moved(Move::To(row), list.rows.len(), height)
                }
                None => {
                    state.message = Some("no other statement of the same in this record".to_owned())
                }
            }
        }
        Command::Votes => {
            let record = list.record.clone();
            cards::votes(state, &record);
        }
        Command::Council => {
            let record = list.record.clone();
            cards::council(state, record.date, Some(&record));
        }
        Command::CopyCitation => return copy_citation(state),
        Command::LastWord => return super::last::word(state),
        Command::Backlinks => {
            let of = list.record.symbol.to_string();
            return super::backlinks::of(state, of, None);
        }
        _ => {}
    }
    Vec::new()
}

fn copy_citation(state: &mut State) -> Vec<Effect> {
    let Some(Screen::Statements(list)) = state.screens.last() else { return Vec::new() };
    let item = list.item().and_then(|i| list.record.items.get(i));
    let pages = match item {
        Some(Item::Statement(s)) => {
            crate::app::cite::pages(s, 0, s.paragraphs.len().saturating_sub(1))
        }
        Some(item) => item.page().map(|p| (p, p)),
        None => None,
    };
    let citation = crate::app::cite::citation(&list.record, pages);
    state.message = Some(crate::app::cite::told(&citation, false));
    vec![Effect::Copy(citation)]
}

/// The statements of a speaker, State, organization or topic.
pub(super) fn answers(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let Some(Screen::Answers(list)) = state.screens.last_mut() else { return Vec::new() };
    if let Some(by) = movement(command, None) {
        let by = match (by, state.count) {
            (Move::First | Move::Last, Some(n)) => Move::To((n as usize).saturating_sub(1)),
            (_, count) => movement(command, count).unwrap_or(by),
        };
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    if command == Command::Slash {
        prompt::open(state);
        return Vec::new();
    }
    if command == Command::Open
        && let Some(row) = list.rows.get(list.window.selected)
    {
        let (symbol, language) = (row.symbol.clone(), row.language.clone());
        let at = Start::Statement(row.number);
        return opening::load(state, symbol, Some(language), at);
    }
    Vec::new()
}

/// The answer for the list of statements; help may have been opened above it meanwhile.
pub(super) fn listed(state: &mut State, rows: Vec<Listed>) {
    let list = state.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Answers(list) => Some(list),
        _ => None,
    });
    if let Some(list) = list {
        list.all = rows;
        list.waiting = false;
        list.refresh();
    }
}
