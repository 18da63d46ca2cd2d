//! Keys of the cards and of help.

use jiff::civil::Date;

use crate::app::action::{Command, Effect, Start};
use crate::app::card::{self, Card, Row, Target};
use crate::app::geometry::Geometry;
use crate::app::help;
use crate::app::keymap::Context;
use crate::app::state::{Screen, State};
use crate::app::window::{Move, Window};
use crate::facts::votes as table;
use crate::record::Record;

use super::{movement, opening};

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let width = card_width(state);
    let columns = state.geometry.columns;
    let count = state.count;
    match state.screens.last_mut() {
        Some(Screen::Help(context, window)) => {
            if let Some(by) = movement(command, count) {
                let len = help::lines(*context, columns).len();
                *window = scrolled(*window, by, len, height);
            }
            Vec::new()
        }
        Some(Screen::Card(card)) => {
            if let Some(by) = movement(command, count) {
                let window = moved(card, &card.rows(width), by, height);
                card.window = window;
                return Vec::new();
            }
            let row = card.rows(width).get(card.window.selected).map_or(0, |r| r.line);
            let target = card.lines.get(row).and_then(|l| l.target.clone());
            if command == Command::Open { follow(state, target) } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// The room for the words of a card.
fn card_width(state: &State) -> u16 {
    room(state.geometry)
}

fn room(geometry: Geometry) -> u16 {
    geometry.columns.saturating_sub(3)
}

/// The size changed: the same lines stay at the top and selected, in the rows they have now.
pub(super) fn resize(card: &mut Card, old: Geometry, new: Geometry) {
    let line = |row: usize| card.rows(room(old)).get(row).map_or(0, |r| r.line);
    let (top, selected) = (line(card.window.top), line(card.window.selected));
    card.set(room(new));
    card.window = {
        let rows = card.rows(room(new));
        let row = |line: usize| rows.iter().position(|r| r.line == line).unwrap_or(0);
        let height = new.body().max(1);
        let top = row(top).min(rows.len().saturating_sub(height));
        let selected = shown_link(&links(card, &rows), row(selected), top, height);
        Window { top, selected }
    };
}

/// The size changed under the help: no empty rows below its last line.
pub(super) fn resize_help(context: Context, window: &mut Window, new: Geometry) {
    let last = help::lines(context, new.columns).len().saturating_sub(new.body().max(1));
    *window = Window { top: window.top.min(last), selected: window.top.min(last) };
}

/// A text that only scrolls: its selection is its first line shown.
fn scrolled(window: Window, by: Move, len: usize, height: usize) -> Window {
    let last = len.saturating_sub(height);
    let lines = |n: isize, each: usize| {
        let by = n.saturating_mul(each.max(1).cast_signed());
        window.top.saturating_add_signed(by)
    };
    let top = match by {
        Move::Rows(n) => lines(n, 1),
        Move::HalfPages(n) => lines(n, height / 2),
        Move::Pages(n) => lines(n, height.saturating_sub(1)),
        Move::First => 0,
        Move::Last => last,
        Move::To(row) => row,
    }
    .min(last);
    Window { top, selected: top }
}

/// The rows that begin a line with a link.
fn links(card: &Card, rows: &[Row]) -> Vec<usize> {
    let is_link = |i: &usize| rows[*i].first && card.lines[rows[*i].line].target.is_some();
    (0..rows.len()).filter(is_link).collect()
}

/// On a card the selection goes from link to link where there are any on the way, else the card scrolls.
fn moved(card: &Card, rows: &[Row], by: Move, height: usize) -> Window {
    let links = links(card, rows);
    let window = card.window;
    let next = match by {
        Move::Rows(n) if n > 0 => links.iter().find(|l| **l > window.selected).copied(),
        Move::Rows(_) => links.iter().rev().find(|l| **l < window.selected).copied(),
        _ => None,
    };
    if let Some(link) = next.filter(|l| *l >= window.top && *l < window.top + height) {
        return Window { selected: link, ..window };
    }
    let top = scrolled(window, by, rows.len(), height).top;
    Window { top, selected: shown_link(&links, window.selected, top, height) }
}

/// The selected link if it is shown, else the first that is: Enter never follows one out of sight.
fn shown_link(links: &[usize], selected: usize, top: usize, height: usize) -> usize {
    let shown = |l: &&usize| **l >= top && **l < top + height;
    let kept = links.iter().find(|l| **l == selected).filter(shown);
    kept.or_else(|| links.iter().find(shown)).copied().unwrap_or(top)
}

/// A card with its first link selected.
fn opened(mut card: Card, width: u16) -> Screen {
    card.set(width);
    let link =
        |card: &Card| card.rows(width).iter().position(|r| card.lines[r.line].target.is_some());
    card.window.selected = link(&card).unwrap_or(0);
    Screen::Card(card)
}

fn follow(state: &mut State, target: Option<Target>) -> Vec<Effect> {
    match target {
        Some(Target::Meeting(symbol)) => opening::meeting(state, &symbol, Start::LastPlace),
        Some(Target::Vote(id)) => {
            if let Some(vote) = table::get(id) {
                let card = card::vote(&vote, &state.catalogue);
                show(state, card);
            }
            Vec::new()
        }
        Some(Target::Statement(symbol, number)) => {
            opening::load(state, symbol, None, Start::Statement(number))
        }
        Some(Target::Explanation { symbol, on, state: of }) => {
            opening::load(state, symbol, None, Start::Explanation(on, of))
        }
        None => Vec::new(),
    }
}

/// Puts a card on top, its first link selected.
pub(super) fn show(state: &mut State, card: Card) {
    let width = card_width(state);
    opening::jump(state, opened(card, width));
}

/// The votes of a record.
pub(super) fn votes(state: &mut State, record: &Record) {
    match card::record_votes(record) {
        Some(card) => show(state, card),
        None => state.message = Some(format!("no vote in {}", record.symbol)),
    }
}

/// The Council on a day.
pub(super) fn council(state: &mut State, date: Date, record: Option<&Record>) {
    match card::council(date, record) {
        Some(card) => show(state, card),
        None => state.message = Some(format!("no membership is known for {date}")),
    }
}

/// What was copied last. Whether the terminal took it cannot be known.
pub(super) fn copied(state: &mut State) {
    if matches!(state.screen(), Screen::Card(card) if card.flush) {
        return;
    }
    match &state.copied {
        Some(text) => show(state, card::copied(text)),
        None => state.message = Some("nothing was copied yet: y and Y copy".to_owned()),
    }
}
