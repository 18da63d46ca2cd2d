//! The search screen: a query line, and below it the statements that have its words, grouped by record.
//!
//! The index and the records are reached elsewhere: see [`crate::app::found`].

use std::collections::BTreeMap;
use std::ops::Range;

use crate::app::found::{Asked, Found, Narrow, PAGE, Results};
use crate::app::kept::Looked;
use crate::app::line::InputLine;
use crate::app::window::Window;
use crate::library::Catalogue;
use crate::search::query::{Query, Trouble, parse, parse_typed};
use crate::search::results::Order;

use super::rows::SearchRow;

/// Queries that can be recalled.
pub const RECALLED: usize = 100;

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Into the query line.
    #[default]
    Line,
    /// To the statements.
    Hits,
    /// To the list of States.
    States,
}

/// The choices of a completion, and which one is in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// The choices, best first.
    pub choices: Vec<String>,
    /// The one in the line.
    pub chosen: usize,
    /// Bytes of the line it takes up.
    pub at: Range<usize>,
}

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The query line.
    pub line: InputLine,
    /// Where the keys go.
    pub focus: Focus,
    /// What the answer is narrowed to.
    pub narrow: Narrow,
    /// The order of the statements.
    pub order: Order,
    /// How many statements are wanted.
    pub limit: usize,
    /// The newest answer; it is shown until the next one comes.
    pub results: Results,
    /// The rows of the list, made from the answer and the width.
    pub rows: Vec<SearchRow>,
    /// Scroll and selection in the rows.
    pub window: Window,
    /// Scroll and selection in the list of States.
    pub states: Window,
    /// Whether the bar shows statements per 100,000 words of the year.
    pub rates: bool,
    /// While Tab chooses among values.
    pub completing: Option<Completing>,
    /// The earlier query that is in the line, from 0, and what was typed before it.
    pub recalled: Option<(usize, String)>,
    /// The kept query that is looked at, until another one is typed.
    pub kept: Option<Box<Looked>>,
}

impl Search {
    /// A screen with a query.
    pub fn new(words: &str) -> Self {
        Self { line: InputLine::new(words), limit: PAGE, ..Self::default() }
    }

    /// A kept query: its statements, the new ones first.
    pub fn of_kept(looked: Looked) -> Self {
        // With a space after it the last word is whole: nobody is typing.
        let line = InputLine::new(&format!("{} ", looked.query.trim_end()));
        let kept = Some(Box::new(looked));
        Self { line, focus: Focus::Hits, limit: PAGE, kept, ..Self::default() }
    }

    /// Whether a statement is new to the kept query that is looked at.
    pub fn is_new(&self, found: &Found) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.is_new(&found.at))
    }

    /// What it asks for now.
    pub fn asked(&self) -> Asked {
        Asked {
            line: self.line.text().to_owned(),
            narrow: self.narrow.clone(),
            order: self.order,
            limit: self.limit,
            first: self.kept.as_ref().map(|kept| kept.first.clone()).unwrap_or_default(),
        }
    }

    /// Whether anything is asked for: an empty line lists the latest queries instead.
    pub fn is_empty(&self) -> bool {
        self.line.text().trim().is_empty()
    }

    /// Whether what it asks for is answered, counts and all.
    pub fn is_answered(&self) -> bool {
        let done = self.results.counts.is_some() || self.results.why.is_some();
        done && !self.results.stale && self.results.of == self.asked()
    }

    /// What is wrong with the query, first of all. While one types, what is only not finished is not wrong.
    pub fn trouble(&self) -> Option<Trouble> {
        self.parsed().troubles.into_iter().next()
    }

    /// What may have been meant otherwise, or what the library and the index say of the query.
    pub fn note(&self) -> Option<Trouble> {
        let known = self.results.of.line == self.line.text();
        let answered = || self.results.notes.first().filter(|_| known).cloned();
        self.parsed().notes.into_iter().next().or_else(answered)
    }

    fn parsed(&self) -> Query {
        let line = self.line.text();
        if self.focus == Focus::Line { parse_typed(line) } else { parse(line) }
    }

    /// The States of the statements found, with their counts.
    pub fn counted_states(&self) -> &[(String, usize)] {
        self.results.counts.as_ref().map_or(&[], |counts| &counts.states)
    }

    /// The statement that is selected.
    pub fn selected(&self) -> Option<&Found> {
        self.results.found.get(self.selected_hit()?)
    }

    /// Its place among those found.
    pub fn selected_hit(&self) -> Option<usize> {
        self.rows.get(self.window.selected).and_then(SearchRow::hit)
    }
}

/// Statements for every 100,000 words the library has of the year, since the Council speaks far more in some
/// years than in others.
pub fn rates(years: &[(i16, usize)], catalogue: &Catalogue) -> Vec<(i16, f64)> {
    let mut words: BTreeMap<i16, u64> = BTreeMap::new();
    for entry in catalogue.listed() {
        let here = words.entry(entry.date.year()).or_default();
        *here += catalogue.headings(entry).map(|heading| u64::from(heading.words)).sum::<u64>();
    }
    let rate = |(year, count): &(i16, usize)| {
        let words = words.get(year).copied().unwrap_or(0).max(1);
        (*year, *count as f64 * 100_000.0 / words as f64)
    };
    years.iter().map(rate).collect()
}
