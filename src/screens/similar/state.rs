//! The statements that are most like another: those of others, then those of the same State.

use crate::app::window::Window;
use crate::search::similar::{Compared, Comparison, Similar};

/// The screen.
#[derive(Clone, Debug)]
pub struct SimilarList {
    /// What was compared.
    pub passage: Compared,
    /// What was found.
    pub found: Comparison,
    /// Scroll and selection.
    pub window: Window,
}

impl SimilarList {
    /// A list of what was found.
    pub fn new(passage: Compared, found: Comparison) -> Self {
        Self { passage, found, window: Window::default() }
    }

    /// The number of statements.
    pub fn count(&self) -> usize {
        self.found.others.len() + self.found.same.len()
    }

    /// The statement in a row, and whether it is of the same State or organization.
    pub fn row(&self, row: usize) -> Option<(&Similar, bool)> {
        let others = &self.found.others;
        match others.get(row) {
            Some(one) => Some((one, false)),
            None => Some((self.found.same.get(row - others.len())?, true)),
        }
    }

    /// What of the words a statement shares: `shares 8 of 25: grain, ports`.
    pub fn shares(&self, one: &Similar) -> String {
        let (shared, all) = (one.shared.len(), self.found.words.len());
        format!("shares {shared} of {all}: {}", one.shared.join(", "))
    }

    /// What it was compared with, and how many are similar.
    pub fn totals(&self) -> String {
        let (others, same) = (self.found.others.len(), self.found.same.len());
        let same = match &self.found.who {
            Some(who) => format!(", {same} by {who}"),
            None => String::new(),
        };
        let held = self.found.held_words(&self.passage.language);
        format!("{others} by others{same}; compared with {held}")
    }
}
