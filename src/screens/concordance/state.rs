//! The concordance: every occurrence of what a query looks for, one a row, the words in a column.

use crate::app::found::{MOST_OCCURRENCES, Narrow, Occurrence};
use crate::app::window::{Move, Window};
use crate::search::concordance::{Sort, sorted_indexes};

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The latest first.
    #[default]
    Date,
    /// By the words before it.
    Left,
    /// By the words after it.
    Right,
    /// By the speaker's name.
    Speaker,
}

impl By {
    /// The next order.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Date => Self::Left,
            Self::Left => Self::Right,
            Self::Right => Self::Speaker,
            Self::Speaker => Self::Date,
        }
    }

    /// It in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Date => "by date",
            Self::Left => "by the words before",
            Self::Right => "by the words after",
            Self::Speaker => "by speaker",
        }
    }
}

/// The screen.
#[derive(Clone, Debug)]
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
    pub by: By,
    /// Scroll and selection.
    pub window: Window,
    /// More is still to come.
    pub waiting: bool,
    /// There are more than are kept.
    pub cut: bool,
}

impl Concordance {
    /// One still to be filled.
    #[must_use]
    pub fn new(query: &str, narrow: Narrow) -> Self {
        Self {
            query: query.to_owned(),
            narrow,
            found: Vec::new(),
            rows: Vec::new(),
            by: By::Date,
            window: Window::default(),
            waiting: true,
            cut: false,
        }
    }

    /// More occurrences came; the selection stays on its own.
    pub fn add(&mut self, more: Vec<Occurrence>, height: usize) {
        self.found.extend(more);
        self.cut |= self.found.len() > MOST_OCCURRENCES;
        self.found.truncate(MOST_OCCURRENCES);
        self.set_rows(height);
    }

    /// Another order; the selection stays on its occurrence.
    pub fn order(&mut self, by: By, height: usize) {
        self.by = by;
        self.set_rows(height);
    }

    /// The occurrence that is selected.
    #[must_use]
    pub fn selected(&self) -> Option<&Occurrence> {
        self.found.get(*self.rows.get(self.window.selected)?)
    }

    fn set_rows(&mut self, height: usize) {
        let selected = self.rows.get(self.window.selected).copied();
        let by = match self.by {
            By::Date => None,
            By::Left => Some(Sort::Left),
            By::Right => Some(Sort::Right),
            By::Speaker => Some(Sort::Speaker),
        };
        self.rows = (0..self.found.len()).collect();
        if let Some(by) = by {
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
