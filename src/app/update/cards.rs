//! Keys of the cards and of help.

use jiff::civil::Date;

use crate::app::action::{Command, Effect, Start};
use crate::app::card::{self, Card, Row, Target};
use crate::app::help;
use crate::app::state::{Screen, State};
use crate::app::window::{Move, Window};
use crate::facts::votes as table;
use crate::record::Record;

use super::{movement, opening};

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let height = state.list_height();
    let width = card_width(state);
    let count = state.count;
    match state.screens.last_mut() {
        Some(Screen::Help(context, window)) => {
            if let Some(by) = movement(command, count) {
                *window = scrolled(*window, by, help::lines(*context, width).len(), height);
            }
            Vec::new()
        }
        Some(Screen::Card(card)) => {
            if let Some(by) = movement(command, count) {
                card.window = moved(card, &card.rows(width), by, height);
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
    state.geometry.columns.saturating_sub(3)
}

/// A text that only scrolls: its selection is its first line shown.
fn scrolled(window: Window, by: Move, len: usize, height: usize) -> Window {
    let last = len.saturating_sub(height);
    let anchored = Window { top: window.top, selected: window.top };
    let top = match by {
        Move::Last => last,
        by => anchored.moved(by, last + 1, 1).top.min(last),
    };
    Window { top, selected: top }
}

/// On a card the selection goes from link to link where there are any on the way, else the card scrolls.
fn moved(card: &Card, rows: &[Row], by: Move, height: usize) -> Window {
    let len = rows.len();
    let is_link = |i: &usize| rows[*i].first && card.lines[rows[*i].line].target.is_some();
    let links: Vec<usize> = (0..len).filter(is_link).collect();
    let window = card.window;
    let next = match by {
        Move::Rows(n) if n > 0 => links.iter().find(|l| **l > window.selected).copied(),
        Move::Rows(_) => links.iter().rev().find(|l| **l < window.selected).copied(),
        _ => None,
    };
    if let Some(link) = next.filter(|l| *l >= window.top && *l < window.top + height) {
        return Window { selected: link, ..window };
    }
    let top = scrolled(window, by, len, height).top;
    let shown = |l: &&usize| **l >= top && **l < top + height;
    let kept = links.iter().find(|l| **l == window.selected).filter(shown);
    let selected = kept.or_else(|| links.iter().find(shown)).copied().unwrap_or(top);
    Window { top, selected }
}

/// A card with its first link selected.
fn opened(mut card: Card, width: u16) -> Screen {
    let rows = card.rows(width);
    let link = rows.iter().position(|r| card.lines[r.line].target.is_some());
    card.window.selected = link.unwrap_or(0);
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
