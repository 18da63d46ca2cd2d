//! Opening things: a record at a place, a known meeting, find.

use std::sync::Arc;

use crate::app::action::{Effect, Question, Spot, Start};
use crate::app::card;
use crate::app::explain;
use crate::app::finder::{Finder, LIMIT};
use crate::app::line::InputLine;
use crate::app::reader::Reader;
use crate::app::state::{Screen, State};
use crate::app::statements::Statements;
use crate::facts::meetings;
use crate::record::{Item, Language, Record, Symbol};

use super::{ask, cards};

/// Opens a meeting: its record where the text is here, else the card of what is known.
pub(crate) fn meeting(state: &mut State, symbol: &Symbol, at: Start) -> Vec<Effect> {
    if state.catalogue.entries.iter().any(|e| e.symbol == *symbol) {
        return load(state, symbol.clone(), None, at);
    }
    // A file of it that nobody can read is said, beside what is known without it.
    let unread = state.problems.iter().any(|problem| problem.is_of(symbol));
    let unread = unread.then(|| format!("{symbol} is here and cannot be read: spv check says why"));
    match meetings::by_symbol(symbol) {
        Some(known) => {
            cards::show(state, card::known_meeting(&known));
            state.message = unread;
        }
        None => state.message = unread.or_else(|| Some(card::not_here(symbol, None))),
    }
    Vec::new()
}

/// The record of this symbol that is in the library, or that has a file there which cannot be read.
pub(super) fn here(state: &State, symbol: &str) -> Option<Symbol> {
    let parsed: Symbol = symbol.parse().ok()?;
    // A revision or an addendum parses to the symbol of what it belongs to, and is another document.
    let same = parsed.to_string() == symbol;
    let listed = state.catalogue.entries.iter().any(|entry| entry.symbol == parsed)
        || state.problems.iter().any(|problem| problem.is_of(&parsed));
    (same && listed).then_some(parsed)
}

/// Asks for a record.
pub(super) fn load(
    state: &mut State,
    symbol: Symbol,
    language: Option<Language>,
    at: Start,
) -> Vec<Effect> {
    state.loading = true;
    ask(state, Question::Load { symbol, language, at })
}

/// A record is here: its statements, and its text where a place in it was asked for.
pub(super) fn loaded(state: &mut State, record: Arc<Record>, at: &Start, place: Option<Spot>) {
    state.loading = false;
    if *at == Start::Votes {
        cards::votes(state, &record);
        return;
    }
    let mut list = Statements::new(record.clone(), place, state.geometry.body());
    let mut reader = Reader::new(record, state.geometry.text(), state.geometry.body());
    let reading = match at {
        Start::LastPlace | Start::List | Start::Votes => false,
        Start::Page(page) => {
            if !reader.to_page(*page) {
                state.message =
                    Some(format!("no page {page} is known in {}", reader.record.symbol));
            }
            true
        }
        Start::Statement(number) => {
            reader.to_spot(Spot { statement: *number, paragraph: 0, byte: 0 });
            true
        }
        Start::Place(spot, said) => {
            reader.to_spot(*spot);
            state.message.clone_from(said);
            true
        }
        Start::Explanation(on, of) => {
            let vote = explain::vote_on(&reader.record, on);
            match explain::of(&reader.record, vote, of) {
                Some(said) => {
                    reader.to_spot(Spot { statement: said.number, paragraph: 0, byte: 0 });
                    let side = if said.after { "after" } else { "before" };
                    state.message = Some(format!("{of} spoke {side} the vote"));
                    true
                }
                None => {
                    let symbol = &reader.record.symbol;
                    state.message = Some(format!("{of} did not speak in {symbol}"));
                    return;
                }
            }
        }
    };
    if reading && let Some(statement) = reader.statement() {
        list.select(statement.number, state.geometry.body());
    }
    jump(state, Screen::Statements(Box::new(list)));
    if reading {
        state.screens.push(Screen::Reader(Box::new(reader)));
    }
}

/// The records that stood open, the one read last on top.
pub(super) fn resumed(state: &mut State, open: Vec<(Arc<Record>, Spot)>) {
    if open.is_empty() {
        state.message = Some("nothing stood open when the reader was left".to_owned());
    }
    for (record, spot) in open {
        loaded(state, record, &Start::Place(spot, None), Some(spot));
    }
}

/// Puts a screen on top, and remembers where one came from for Backspace.
pub(super) fn jump(state: &mut State, screen: Screen) {
    state.jumps.push(state.screens.len());
    state.screens.push(screen);
}

/// Opens the text at the statement or vote selected in the list; at the place one left, if that is in it.
pub(super) fn statement(state: &mut State) {
    let Some(Screen::Statements(list)) = state.screens.last() else { return };
    let Some(item) = list.item() else { return };
    let (text, body) = (state.geometry.text(), state.geometry.body());
    let mut reader = Reader::new(list.record.clone(), text, body);
    let left_here = |spot: &Spot| matches!(list.record.items.get(item), Some(Item::Statement(s)) if s.number == spot.statement);
    match list.place.filter(left_here) {
        Some(spot) => reader.to_spot(spot),
        None => reader.to_item(item),
    }
    if !list.procedural {
        reader.show_procedural(false);
    }
    state.screens.push(Screen::Reader(Box::new(reader)));
}

/// The find screen, with some words in it.
pub(crate) fn find(state: &mut State, words: &str) -> Vec<Effect> {
    let finder = Finder { line: InputLine::new(words), ..Finder::default() };
    state.screens.push(Screen::Finder(finder));
    if words.is_empty() { Vec::new() } else { query(state) }
}

/// Asks for the names that match what stands in the find line.
pub(super) fn query(state: &mut State) -> Vec<Effect> {
    let Some(Screen::Finder(finder)) = state.screens.last_mut() else { return Vec::new() };
    let query = finder.line.text().to_owned();
    finder.waiting = true;
    ask(state, Question::Find { query, limit: LIMIT })
}
