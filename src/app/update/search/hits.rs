//! The statements found: moving among them, narrowing, opening one, and going on to the next record.

use std::sync::Arc;

use crate::app::action::{Command, Effect, Question, To, Wanted};
use crate::app::concordance::Concordance;
use crate::app::line::InputLine;
use crate::app::reader::Reader;
use crate::app::scan::Scan;
use crate::app::search::{At, Focus, MOST, Narrow, PAGE, Search};
use crate::app::state::{Screen, State};
use crate::app::update::{ask, keep_place, movement};
use crate::app::window::{Move, Window};
use crate::record::{Item, Record};
use crate::search::results::Order;

use super::{hits_height, search, shown};

/// A key among the statements, or among the latest queries where the line is empty.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let (height, count, queries) = (state.list_height(), state.count, state.queries.len());
    let Some(screen) = shown(state) else { return Vec::new() };
    let by = match command {
        Command::NextHit => movement(Command::Down, count),
        Command::PreviousHit => movement(Command::Up, count),
        _ => movement(command, count),
    };
    if let Some(by) = by {
        match (by, count) {
            _ if screen.is_empty() => screen.window = screen.window.moved(by, queries, height),
            // A count names a row, as in every list.
            (Move::First | Move::Last, Some(n)) => {
                screen.moved(Move::To((n as usize).saturating_sub(1)), height);
            }
            _ => screen.moved(by, height),
        }
        return Vec::new();
    }
    match command {
        Command::Search | Command::Slash => screen.focus = Focus::Line,
        Command::Open if screen.is_empty() => return take_up(state),
        Command::Open => return open(state),
        Command::NextYear => return step_year(state, true),
        Command::PreviousYear => return step_year(state, false),
        Command::Clear => return narrow(state, |narrow| *narrow = Narrow::default()),
        Command::States => list_states(state),
        Command::Order => return order(state),
        Command::Rates => screen.rates = !screen.rates,
        Command::Concordance => {
            let (query, narrow) = (screen.line.text().to_owned(), screen.narrow.clone());
            return concordance_of(state, &query, narrow);
        }
        _ => {}
    }
    Vec::new()
}

/// One of the latest queries is put once more.
fn take_up(state: &mut State) -> Vec<Effect> {
    let queries = state.queries.clone();
    let Some(screen) = shown(state) else { return Vec::new() };
    let Some(query) = queries.get(screen.window.selected) else { return Vec::new() };
    screen.line = InputLine::new(query);
    screen.window = Window::default();
    search(state)
}

/// Opens the statement that is selected.
fn open(state: &mut State) -> Vec<Effect> {
    let Some(screen) = shown(state) else { return Vec::new() };
    let Some(found) = screen.selected() else { return Vec::new() };
    let wanted = Wanted {
        // The list is of the query that was answered, whatever stands in the line by now.
        query: screen.results.of.line.clone(),
        narrow: screen.results.of.narrow.clone(),
        at: found.at.clone(),
        to: To::Statement,
    };
    ask_for(state, wanted)
}

fn ask_for(state: &mut State, wanted: Wanted) -> Vec<Effect> {
    state.loading = true;
    ask(state, Question::Hit(wanted))
}

/// The concordance of a query.
pub(in crate::app::update) fn concordance_of(
    state: &mut State,
    query: &str,
    narrow: Narrow,
) -> Vec<Effect> {
    if query.trim().is_empty() {
        state.message = Some("a concordance needs a query: s".to_owned());
        return Vec::new();
    }
    if !narrow.query(query).has_words() {
        state.message = Some("a concordance needs a word beside the fields".to_owned());
        return Vec::new();
    }
    let screen = Concordance::new(query, narrow.clone());
    state.screens.push(Screen::Concordance(Box::new(screen)));
    ask(state, Question::Concordance(query.to_owned(), narrow))
}

fn narrow(state: &mut State, change: impl FnOnce(&mut Narrow)) -> Vec<Effect> {
    let Some(screen) = shown(state) else { return Vec::new() };
    let before = screen.narrow.clone();
    change(&mut screen.narrow);
    if screen.narrow == before || screen.is_empty() {
        return Vec::new();
    }
    screen.limit = PAGE;
    search(state)
}

/// To the next year that has statements, or the one before; from no year to the first or the last.
fn step_year(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(screen) = shown(state) else { return Vec::new() };
    let years = screen.results.counts.as_ref().map_or(&[][..], |counts| &counts.years);
    let years = years.iter().map(|(year, _)| *year);
    let year = match (screen.narrow.year, forward) {
        (None, true) => years.clone().next(),
        (None, false) => years.clone().next_back(),
        (Some(now), true) => years.clone().find(|year| *year > now),
        (Some(now), false) => years.clone().rev().find(|year| *year < now),
    };
    match year {
        Some(year) => narrow(state, |narrow| narrow.year = Some(year)),
        None => {
            let words = if forward { "that is the last year" } else { "that is the first year" };
            state.message = Some(words.to_owned());
            Vec::new()
        }
    }
}

fn order(state: &mut State) -> Vec<Effect> {
    let Some(screen) = shown(state) else { return Vec::new() };
    screen.order = match screen.order {
        Order::Relevance => Order::Date,
        Order::Date => Order::Relevance,
    };
    screen.limit = PAGE;
    if screen.is_empty() { Vec::new() } else { search(state) }
}

/// Opens the list of States, at the one it is narrowed to.
fn list_states(state: &mut State) {
    let height = state.list_height();
    let Some(screen) = shown(state) else { return };
    let states = screen.results.counts.as_ref().map_or(&[][..], |counts| &counts.states);
    if states.is_empty() {
        state.message = Some("none of these was said for a State".to_owned());
        return;
    }
    let here = states.iter().position(|(name, _)| Some(name) == screen.narrow.state.as_ref());
    screen.states = Window::default().moved(Move::To(here.unwrap_or(0)), states.len(), height);
    screen.focus = Focus::States;
}

/// A key in the list of States.
pub(super) fn choose(state: &mut State, command: Command) -> Vec<Effect> {
    let (height, count) = (state.list_height(), state.count);
    let Some(screen) = shown(state) else { return Vec::new() };
    let states = screen.results.counts.as_ref().map_or(&[][..], |counts| &counts.states);
    if let Some(by) = movement(command, count) {
        screen.states = screen.states.moved(by, states.len(), height);
        return Vec::new();
    }
    let chosen = states.get(screen.states.selected).map(|(name, _)| name.clone());
    match command {
        Command::Open => {
            screen.focus = Focus::Hits;
            narrow(state, |narrow| narrow.state = chosen)
        }
        Command::Clear => {
            screen.focus = Focus::Hits;
            narrow(state, |narrow| narrow.state = None)
        }
        Command::States => {
            screen.focus = Focus::Hits;
            Vec::new()
        }
        Command::Search => {
            screen.focus = Focus::Line;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Whether the list nears its end while more were found.
pub(super) fn wants_more(search: &Search, height: usize) -> bool {
    let Some(hit) = search.selected_hit() else { return false };
    let near = hit + height + 10 >= search.results.found.len();
    near && search.limit < MOST && search.results.has_more()
}

/// The record of a hit is here: it is read at the hit, on top of the list one came from, or instead of the
/// record one went on from.
pub(in crate::app::update) fn opened(
    state: &mut State,
    record: Arc<Record>,
    scan: Scan,
) -> Vec<Effect> {
    state.loading = false;
    let mut effects = Vec::new();
    if matches!(state.screen(), Screen::Reader(reader) if reader.of_query.is_some()) {
        effects.extend(keep_place(state));
        state.screens.pop();
    } else {
        state.jumps.push(state.screens.len());
    }
    let mut reader = Reader::new(record, state.geometry.text(), state.geometry.body());
    reader.of_query = Some(Box::new(scan.clone()));
    let hit = scan.current.and_then(|current| scan.hits.get(current).cloned());
    reader.scan = Some(scan);
    if let Some(hit) = hit {
        // The paragraph from its beginning, with the heading above the first; a hit further down than
        // the screen shows comes into sight.
        match reader.first_of(hit.at.item) {
            Some(shown) if hit.at.paragraph == 0 => reader.to_item(shown),
            _ => {
                reader.to_byte(hit.at, 0, 0);
            }
        }
        if !reader.shows(hit.at, hit.bytes.start) {
            reader.to_byte(hit.at, hit.bytes.start, 4);
        }
    }
    state.message = Some(hit_words(&reader));
    state.screens.push(Screen::Reader(Box::new(reader)));
    select_below(state);
    effects.extend(more_below(state));
    effects
}

/// Which hit one stands on in the record, and whose words it is in: its heading may be far above.
pub(in crate::app::update) fn hit_words(reader: &Reader) -> String {
    let Some(scan) = &reader.scan else { return String::new() };
    let place = scan.current.map_or(0, |current| current + 1);
    let hit = scan.current.and_then(|current| scan.hits.get(current));
    let who = match hit.and_then(|hit| reader.record.items.get(hit.at.item)) {
        Some(Item::Statement(s)) => {
            let who = s.speaker.spoken_for().filter(|_| !s.is_procedural());
            format!(" \u{b7} {}", who.unwrap_or(&s.speaker.name))
        }
        _ => String::new(),
    };
    format!("hit {place} of {} in this record{who}", scan.total())
}

/// Going on from record to record, the list below is filled before its end is reached.
fn more_below(state: &mut State) -> Vec<Effect> {
    let height = hits_height(state);
    let below = state.screens.len().checked_sub(2);
    let Some(Screen::Search(search)) = below.and_then(|below| state.screens.get_mut(below)) else {
        return Vec::new();
    };
    if state.pending || !search.is_answered() || !wants_more(search, height) {
        return Vec::new();
    }
    search.limit += PAGE.max(search.limit);
    let asked = search.asked();
    ask(state, Question::Search { asked, show: 0 })
}

/// On to the next record of the list one came from, or the one before.
pub(in crate::app::update) fn onward(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last() else { return Vec::new() };
    let (symbol, language) = (reader.record.symbol.clone(), reader.record.language.clone());
    let here = At { symbol, language, nth: 0, capacity: None };
    let below = state.screens.len().checked_sub(2).and_then(|below| state.screens.get(below));
    let (query, narrow, list) = match below {
        Some(Screen::Search(search)) => {
            let list: Vec<&At> = search.results.found.iter().map(|found| &found.at).collect();
            let of = &search.results.of;
            (of.line.clone(), of.narrow.clone(), in_order(&list, search.selected_hit()))
        }
        Some(Screen::Concordance(lines)) => {
            let list: Vec<&At> =
                lines.rows.iter().filter_map(|row| Some(&lines.found.get(*row)?.at)).collect();
            let here = Some(lines.window.selected);
            (lines.query.clone(), lines.narrow.clone(), in_order(&list, here))
        }
        _ => {
            state.message = Some("that was the last hit in this record".to_owned());
            return Vec::new();
        }
    };
    let (before, behind) = list;
    let mut way = if forward { behind } else { before }.into_iter();
    let next = way.find(|at| !at.same_record(&here));
    match next {
        Some(at) => {
            let to = if forward { To::First } else { To::Last };
            ask_for(state, Wanted { query, narrow, at, to })
        }
        None => {
            let end = if forward { "last" } else { "first" };
            state.message = Some(format!("that was the {end} hit"));
            Vec::new()
        }
    }
}

/// What stands before a place in a list, the nearest first, and what stands behind it.
fn in_order(list: &[&At], here: Option<usize>) -> (Vec<At>, Vec<At>) {
    let here = here.unwrap_or(0).min(list.len());
    let before = list.iter().take(here).rev().map(|at| (*at).clone()).collect();
    let behind = list.iter().skip(here + 1).map(|at| (*at).clone()).collect();
    (before, behind)
}

/// In the list below, the statement of the hit one stands on is the selected one.
fn select_below(state: &mut State) {
    let height = hits_height(state);
    let Some((Screen::Reader(reader), below)) = state.screens.split_last_mut() else { return };
    let Some(at) = standing(reader) else { return };
    match below.last_mut() {
        Some(Screen::Search(search)) => {
            let found = &search.results.found;
            let exact = |place: &usize| {
                found.get(*place).is_some_and(|f| f.at.same_record(&at) && f.at.nth == at.nth)
            };
            let same = |place: &usize| found.get(*place).is_some_and(|f| f.at.same_record(&at));
            let here = search.selected_hit().filter(|place| exact(place));
            let place = here
                .or_else(|| (0..found.len()).find(exact))
                .or_else(|| search.selected_hit().filter(|place| same(place)))
                .or_else(|| (0..found.len()).find(same));
            if let Some(place) = place {
                search.moved(Move::To(place), height);
            }
        }
        Some(Screen::Concordance(lines)) => {
            let here =
                lines.selected().is_some_and(|one| one.at.same_record(&at) && one.at.nth == at.nth);
            let row = lines.rows.iter().position(|row| {
                lines
                    .found
                    .get(*row)
                    .is_some_and(|one| one.at.same_record(&at) && one.at.nth == at.nth)
            });
            if let (false, Some(row)) = (here, row) {
                let height = state.geometry.body().saturating_sub(1).max(1);
                lines.window = lines.window.moved(Move::To(row), lines.rows.len(), height);
            }
        }
        _ => {}
    }
}

/// The statement of the hit one stands on.
fn standing(reader: &Reader) -> Option<At> {
    let scan = reader.of_query.as_deref()?;
    let scan = reader.scan.as_ref().filter(|scan| scan.of_query).unwrap_or(scan);
    let item = scan.hits.get(scan.current?)?.at.item;
    let items = reader.record.items.iter().take(item);
    let nth = items.filter(|item| matches!(item, Item::Statement(_))).count();
    let (symbol, language) = (reader.record.symbol.clone(), reader.record.language.clone());
    Some(At { symbol, language, nth, capacity: None })
}

/// About to come back from a record: the list is at the hit one stood on.
pub(in crate::app::update) fn returned(state: &mut State) {
    select_below(state);
}

/// Esc: out of the list of States, then out of what it is narrowed to; `None` where the screen is to be left.
pub(in crate::app::update) fn step_back(state: &mut State) -> Option<Vec<Effect>> {
    let screen = shown(state)?;
    if screen.focus == Focus::States {
        screen.focus = Focus::Hits;
        return Some(Vec::new());
    }
    if screen.narrow.is_empty() {
        return None;
    }
    Some(narrow(state, |narrow| *narrow = Narrow::default()))
}
