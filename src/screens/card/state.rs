//! A card: lines of words, and the selected link.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::card_line::{Line, Target, Weight};
use crate::app::geometry::Geometry;
use crate::app::window::{Move, Window};
use crate::app::wrap::wrap;
use crate::facts::votes;
use crate::record::{Record, Symbol};

use super::cells::in_columns;

/// The number of lines from which on a card takes no more: far more than any real one has, and few enough to be
/// wrapped at once.
pub(super) const MOST_LINES: usize = 4_000;

/// A row of a card on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// The line it shows.
    pub line: usize,
    /// It is the first of that line.
    pub first: bool,
    /// Columns it is moved in.
    pub indent: u16,
    /// The words.
    pub text: String,
}

/// The day that a card of the Council shows.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// The record whose cover page it was opened from.
    pub record: Option<Arc<Record>>,
}

/// A card and where one is in it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The title line.
    pub title: String,
    /// It tells of an exercise debate.
    pub exercise: bool,
    /// The lines.
    pub lines: Vec<Line>,
    /// Scroll and selection, in rows.
    pub window: Window,
    /// Its words are at the very edge with nothing beside them, so that a mouse can take them.
    pub flush: bool,
    /// The record it is about, which is published as text and not in the library.
    pub missing: Option<Symbol>,
    /// The network may be used to fetch it.
    pub may_fetch: bool,
    /// The day, on a card of the Council.
    pub day: Option<Day>,
    /// The rows for the width of the screen it is on, once it is on one.
    set: Option<(u16, Vec<CardRow>)>,
}

impl Card {
    pub(super) fn new(title: String) -> Self {
        Self {
            title,
            exercise: false,
            lines: Vec::new(),
            window: Window::default(),
            flush: false,
            missing: None,
            may_fetch: false,
            day: None,
            set: None,
        }
    }

    /// Keeps its rows for a width: who cites a resolution may be a thousand of them, which every frame
    /// would wrap again. Its lines are complete by then.
    pub(super) fn set(&mut self, width: u16) {
        self.set = Some((width, self.set_at(width)));
    }

    pub(super) fn push(&mut self, weight: Weight, text: impl Into<String>) {
        self.lines.push(Line { weight, text: text.into(), target: None });
    }

    pub(super) fn link(&mut self, text: impl Into<String>, target: Target) {
        self.lines.push(Line { weight: Weight::Plain, text: text.into(), target: Some(target) });
    }

    pub(super) fn gap(&mut self) {
        self.push(Weight::Plain, "");
    }

    /// Puts it on a screen of this size, its first link selected.
    pub fn open(&mut self, geometry: Geometry) {
        let width = width_on(geometry);
        self.set(width);
        let first = links(self, &self.rows(width)).first().copied();
        self.window.selected = first.unwrap_or(0);
    }

    /// Shows another card in its place, scrolled as far and with the same line selected where there is one.
    pub(super) fn replace(&mut self, mut next: Self, geometry: Geometry) {
        next.open(geometry);
        let rows = next.rows(width_on(geometry)).len();
        let height = geometry.body().max(1);
        let top = self.window.top.min(rows.saturating_sub(height));
        let selected = {
            let links = links(&next, &next.rows(width_on(geometry)));
            shown_link(&links, self.window.selected, top, height)
        };
        next.window = Window { top, selected };
        *self = next;
    }

    /// The size changed: the same lines stay at the top and selected, in the rows they have now.
    pub fn set_size(&mut self, old: Geometry, new: Geometry) {
        let line = |row: usize| self.rows(width_on(old)).get(row).map_or(0, |r| r.line);
        let (top, selected) = (line(self.window.top), line(self.window.selected));
        self.set(width_on(new));
        self.window = {
            let rows = self.rows(width_on(new));
            let row = |line: usize| rows.iter().position(|r| r.line == line).unwrap_or(0);
            let height = new.body().max(1);
            let top = row(top).min(rows.len().saturating_sub(height));
            let selected = shown_link(&links(self, &rows), row(selected), top, height);
            Window { top, selected }
        };
    }

    /// The window after a movement: the selection goes from link to link where there are any on the way,
    /// else the card scrolls.
    pub fn moved(&self, by: Move, geometry: Geometry) -> Window {
        let rows = self.rows(width_on(geometry));
        let height = geometry.body().max(1);
        let links = links(self, &rows);
        let window = self.window;
        let next = match by {
            Move::Rows(n) if n > 0 => links.iter().find(|l| **l > window.selected).copied(),
            Move::Rows(_) => links.iter().rev().find(|l| **l < window.selected).copied(),
            _ => None,
        };
        if let Some(link) = next.filter(|l| *l >= window.top && *l < window.top + height) {
            return Window { selected: link, ..window };
        }
        let top = window.scrolled(by, rows.len(), height).top;
        Window { top, selected: shown_link(&links, window.selected, top, height) }
    }

    /// What Enter opens on the selected row.
    pub fn target(&self, geometry: Geometry) -> Option<&Target> {
        let rows = self.rows(width_on(geometry));
        let line = rows.get(self.window.selected)?.line;
        self.lines.get(line)?.target.as_ref()
    }

    /// Selects a link by its number, from 0; false where there is none.
    pub fn select_link(&mut self, number: usize, geometry: Geometry) -> bool {
        let link = links(self, &self.rows(width_on(geometry))).get(number).copied();
        self.window.selected = link.unwrap_or(self.window.selected);
        link.is_some()
    }

    /// Selects the link on a row, if there is one.
    pub fn select_shown(&mut self, row: usize, geometry: Geometry) {
        if links(self, &self.rows(width_on(geometry))).contains(&row) {
            self.window.selected = row;
        }
    }

    /// Whether Enter opens anything on it.
    pub fn has_links(&self) -> bool {
        self.lines.iter().any(|line| line.target.is_some())
    }

    /// The card wrapped into rows of at most `width` columns; further rows of a line are indented more.
    pub fn rows(&self, width: u16) -> Cow<'_, [CardRow]> {
        match &self.set {
            Some((set, rows)) if *set == width => Cow::Borrowed(rows),
            _ => Cow::Owned(self.set_at(width)),
        }
    }

    fn set_at(&self, width: u16) -> Vec<CardRow> {
        let mut rows = Vec::new();
        for (line, text) in in_columns(&self.lines, width.saturating_sub(2)).iter().enumerate() {
            let words = text.trim_start();
            let own = u16::try_from(text.len() - words.len()).unwrap_or(0).min(width / 2);
            let own = if self.flush { 0 } else { own };
            let further = if self.flush { 0 } else { 2 };
            let room = width.saturating_sub(own + further).max(1);
            for (number, row) in wrap(words, room).iter().enumerate() {
                let indent = if number == 0 { own } else { own + further };
                let text = words[row.start..row.end].to_owned();
                rows.push(CardRow { line, first: number == 0, indent, text });
            }
        }
        rows
    }

    /// What was voted on, where it is the card of one vote.
    pub fn voted(&self) -> Option<&str> {
        self.title.strip_prefix("Vote: ")
    }

    /// The document the card is about, by its usual name: what was voted on, or a known meeting.
    pub fn cited(&self) -> Option<String> {
        // The card of a known meeting has its symbol for a title.
        let meeting = || self.title.parse::<Symbol>().ok().map(|symbol| symbol.to_string());
        self.voted().map(str::to_owned).or_else(meeting)
    }

    /// The meeting that the card is about: a known one, or that of the vote.
    pub fn meeting(&self) -> Option<Symbol> {
        let of_vote = |on: &str| votes::by_reference(on).and_then(|vote| vote.meeting.parse().ok());
        match self.voted() {
            Some(on) => of_vote(on),
            None => self.title.parse().ok(),
        }
    }

    /// The lines as text, for a pipe.
    pub fn text(&self) -> String {
        let mut text = if self.flush { String::new() } else { format!("{}\n", self.title) };
        for line in in_columns(&self.lines, TEXT_WIDTH) {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

/// Columns of the tables of a card in a text for a pipe.
pub const TEXT_WIDTH: u16 = 80;

/// Columns for the words of a card.
pub fn width_on(geometry: Geometry) -> u16 {
    geometry.columns.saturating_sub(3)
}

/// The rows that start a line with a link.
fn links(card: &Card, rows: &[CardRow]) -> Vec<usize> {
    let is_link = |i: &usize| rows[*i].first && card.lines[rows[*i].line].target.is_some();
    (0..rows.len()).filter(is_link).collect()
}

/// The selected link if it is shown, else the first that is: Enter never follows one out of sight.
fn shown_link(links: &[usize], selected: usize, top: usize, height: usize) -> usize {
    let shown = |l: &&usize| **l >= top && **l < top + height;
    let kept = links.iter().find(|l| **l == selected).filter(shown);
    kept.or_else(|| links.iter().find(shown)).copied().unwrap_or(top)
}
