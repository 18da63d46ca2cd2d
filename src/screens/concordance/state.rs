//! The concordance: every occurrence of what a query looks for, one a row, the words in a column.

use crate::app::found::{MOST_OCCURRENCES, Narrow, Occurrence};
use crate::app::window::{Move, Window};
use crate::search::concordance::{Sort, sorted_indexes};

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Concordance {
    /// The query line it is of.
    pub query: String,
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// The occurrences found until now, the latest first.
    pub found: Vec<Occurrence>,
    /// The places of the occurrences in the order of the rows.
    pub rows: Vec<usize>,
    /// The order of the rows.
    pub by: Option<Sort>,
    /// Scroll and selection.
    pub window: Window,
    /// More is still to come.
    pub waiting: bool,
    /// There are more than are kept.
    pub cut: bool,
}

impl Concordance {
    /// One still to be filled.
    pub fn new(query: &str, narrow: Narrow) -> Self {
        Self { query: query.to_owned(), narrow, waiting: true, ..Self::default() }
    }

    /// More occurrences came; the selection stays on its own.
    pub fn add(&mut self, more: Vec<Occurrence>, height: usize) {
        self.found.extend(more);
        self.cut |= self.found.len() > MOST_OCCURRENCES;
        self.found.truncate(MOST_OCCURRENCES);
        self.set_rows(height);
    }

    /// The order in words.
    pub fn order(&self) -> &'static str {
        match self.by {
            None => "by date",
            Some(Sort::Left) => "by the words before",
            Some(Sort::Right) => "by the words after",
            Some(Sort::Speaker) => "by speaker",
        }
    }

    /// The next order; the selection stays on its occurrence.
    pub fn next_order(&mut self, height: usize) {
        self.by = match self.by {
            None => Some(Sort::Left),
            Some(Sort::Left) => Some(Sort::Right),
            Some(Sort::Right) => Some(Sort::Speaker),
            Some(Sort::Speaker) => None,
        };
        self.set_rows(height);
    }

    /// The occurrence that is selected.
    pub fn selected(&self) -> Option<&Occurrence> {
        self.found.get(*self.rows.get(self.window.selected)?)
    }

    fn set_rows(&mut self, height: usize) {
        let selected = self.rows.get(self.window.selected).copied();
        self.rows = (0..self.found.len()).collect();
        if let Some(by) = self.by {
            self.rows = sorted_indexes(self.found.iter().map(|one| &one.line), by);
        }
        // At the first row one has not chosen any, and stays at the first.
        let chosen = selected.filter(|_| self.window.selected > 0);
        let row = chosen.and_then(|chosen| self.rows.iter().position(|row| *row == chosen));
        if let Some(row) = row {
            self.window = self.window.moved(Move::To(row), self.rows.len(), height);
        }
    }
}
