//! Keys of the statements found, of the latest queries, and of the list of States.

use crate::app::action::{Question, To, Wanted};
use crate::app::chart::By;
use crate::app::command::Command;
use crate::app::found::{At, Narrow, PAGE};
use crate::app::line::InputLine;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::screens::chart;
use crate::screens::keeping;
use crate::screens::request::Request;
use crate::search::query::toggle_forms;
use crate::search::results::Order;
use crate::search::similar::Compared;

use super::ask::list_height;
use super::state::{Focus, Search};

/// A key among the statements, or among the latest queries where the line is empty.
pub(super) fn obey(search: &mut Search, command: Command, shared: &mut Shared) -> Vec<Request> {
    let height = list_height(shared);
    if let Some(by) = Move::by_key_in_hits(command, shared.count) {
        if search.is_empty() {
            let by = Move::by_key(command, shared.count).unwrap_or(by);
            search.window = search.window.moved(by, shared.queries.len(), height);
        } else {
            search.moved(by, height);
        }
        return Vec::new();
    }
    match command {
        Command::Search | Command::Slash => search.focus = Focus::Line,
        Command::Open if search.is_empty() => return take_up(search, shared),
        Command::Open => return open(search, shared).into_iter().collect(),
        Command::NextYear => return step_year(search, true, shared),
        Command::PreviousYear => return step_year(search, false, shared),
        Command::Clear => return search.narrow_by(shared, |narrow| *narrow = Narrow::default()),
        Command::States => list_states(search, shared),
        Command::Order => {
            search.order = match search.order {
                Order::Relevance => Order::Date,
                Order::Date => Order::Relevance,
            };
            search.limit = PAGE;
            return if search.is_empty() { Vec::new() } else { search.ask(shared) };
        }
        Command::KeepQuery if search.is_empty() => {
            return vec![shared.ask(Question::KeptQueries).into()];
        }
        Command::KeepQuery => return keeping::ask_name(&search.asked().query(), shared),
        Command::MoreLike => return more_like(search, shared).into_iter().collect(),
        Command::Forms if !search.is_empty() => {
            search.line = InputLine::new(&toggle_forms(search.line.text()));
            return search.typed(shared);
        }
        Command::Rates => search.rates = !search.rates,
        Command::Chart => return chart(search, By::Year, shared).into_iter().collect(),
        Command::Concordance => {
            let (query, narrow) = (search.line.text().to_owned(), search.narrow.clone());
            return vec![Request::Concordance(query, narrow)];
        }
        _ => {}
    }
    Vec::new()
}

/// One of the latest queries is put once more.
fn take_up(search: &mut Search, shared: &mut Shared) -> Vec<Request> {
    let Some(query) = shared.queries.get(search.window.selected) else { return Vec::new() };
    search.line = InputLine::new(query);
    search.window = Window::default();
    search.kept = None;
    search.ask(shared)
}

/// Opens the selected statement.
fn open(search: &Search, shared: &mut Shared) -> Option<Request> {
    let found = search.selected()?;
    let wanted = Wanted {
        // The list is of the query that was answered, whatever is in the line by now.
        query: search.results.of.line.clone(),
        narrow: search.results.of.narrow.clone(),
        at: found.at.clone(),
        to: To::Statement,
    };
    Some(shared.ask_to_open(Question::Hit(wanted)).into())
}

/// The statements that are most like the selected one.
fn more_like(search: &Search, shared: &mut Shared) -> Option<Request> {
    let At { symbol, language, nth, .. } = search.selected()?.at.clone();
    let passage = Compared { symbol, language, nth, paragraph: None };
    Some(shared.ask_for_similar(passage).into())
}

/// Asks for the chart of the statements found.
fn chart(search: &Search, by: By, shared: &mut Shared) -> Option<Request> {
    if search.is_empty() {
        shared.say("a chart needs a query");
        return None;
    }
    Some(Request::Chart(chart::of_search(search.line.text(), &search.narrow, by)))
}

/// To the next year that has statements, or the one before; from no year to the first or the last.
fn step_year(search: &mut Search, forward: bool, shared: &mut Shared) -> Vec<Request> {
    let years = search.results.counts.as_ref().map_or(&[][..], |counts| &counts.years);
    let years = years.iter().map(|(year, _)| *year);
    let year = match (search.narrow.year, forward) {
        (None, true) => years.clone().next(),
        (None, false) => years.clone().next_back(),
        (Some(now), true) => years.clone().find(|year| *year > now),
        (Some(now), false) => years.clone().rev().find(|year| *year < now),
    };
    match year {
        Some(year) => search.narrow_by(shared, |narrow| narrow.year = Some(year)),
        None => {
            shared.say(if forward { "that is the last year" } else { "that is the first year" });
            Vec::new()
        }
    }
}

/// Opens the list of States, at the one it is narrowed to.
fn list_states(search: &mut Search, shared: &mut Shared) {
    let states = search.counted_states();
    if states.is_empty() {
        return shared.say("none of these was said for a State");
    }
    let here = states.iter().position(|(name, _)| Some(name) == search.narrow.state.as_ref());
    let to = Move::To(here.unwrap_or(0));
    search.states = Window::default().moved(to, states.len(), list_height(shared));
    search.focus = Focus::States;
}

/// A key in the list of States.
pub(super) fn choose_state(
    search: &mut Search,
    command: Command,
    shared: &mut Shared,
) -> Vec<Request> {
    let states = search.counted_states();
    if let Some(by) = Move::by_key(command, shared.count) {
        search.states = search.states.moved(by, states.len(), list_height(shared));
        return Vec::new();
    }
    let chosen = states.get(search.states.selected).map(|(name, _)| name.clone());
    match command {
        Command::Open => {
            search.focus = Focus::Hits;
            return search.narrow_by(shared, |narrow| narrow.state = chosen);
        }
        Command::Clear => {
            search.focus = Focus::Hits;
            return search.narrow_by(shared, |narrow| narrow.state = None);
        }
        Command::States => search.focus = Focus::Hits,
        Command::Chart => return chart(search, By::State, shared).into_iter().collect(),
        Command::Search => search.focus = Focus::Line,
        _ => {}
    }
    Vec::new()
}
