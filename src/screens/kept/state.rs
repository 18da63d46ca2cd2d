//! The list of kept queries, in the order in which they were kept.

use crate::app::kept::{KeptFound, KeptRow};
use crate::app::window::Window;
use crate::desk::queries::KeptQuery;

/// What is said in the place of an empty list.
pub const NONE_YET: &str = "no query is kept yet";

/// The number of removed queries that can be put back.
const TAKEN_BACK: usize = 20;

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The queries.
    pub rows: Vec<KeptRow>,
    /// Scroll and selection.
    pub window: Window,
    /// What was removed here, the latest last.
    pub removed: Vec<KeptQuery>,
    /// What `u` has put back while that is not written.
    pub(super) put_back: Option<KeptQuery>,
}

impl Kept {
    /// The list of all of them.
    pub fn new(rows: Vec<KeptRow>) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Takes what the desk holds now; the same query stays selected while it is there, and what was counted is shown
    /// until it is counted again.
    pub fn renew(&mut self, rows: Vec<KeptRow>) {
        let selected = self.selected().map(|row| row.kept.name.clone());
        let old = std::mem::replace(&mut self.rows, rows);
        for row in self.rows.iter_mut().filter(|row| row.found == KeptFound::Awaited) {
            if let Some(known) = old.iter().find(|known| known.kept == row.kept) {
                *row = known.clone();
            }
        }
        let same = self.rows.iter().position(|row| Some(&row.kept.name) == selected.as_ref());
        let last = self.rows.len().saturating_sub(1);
        self.window.selected = same.unwrap_or(self.window.selected).min(last);
    }

    /// The query that is selected.
    pub fn selected(&self) -> Option<&KeptRow> {
        self.rows.get(self.window.selected)
    }

    /// Takes the selected query out of the list; it can be put back.
    pub fn remove(&mut self) -> Option<String> {
        self.rows.get(self.window.selected)?;
        let row = self.rows.remove(self.window.selected);
        self.window.selected = self.window.selected.min(self.rows.len().saturating_sub(1));
        if self.removed.len() == TAKEN_BACK {
            self.removed.remove(0);
        }
        let name = row.kept.name.clone();
        self.removed.push(std::sync::Arc::unwrap_or_clone(row.kept));
        Some(name)
    }

    /// How many there are.
    pub fn heading(&self) -> String {
        match self.rows.len() {
            0 => "Kept queries: none".to_owned(),
            n => format!("Kept queries: {n}"),
        }
    }
}
