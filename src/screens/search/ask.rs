//! What the search screen asks the index for, and how its answers are taken.

use crate::app::action::{Answer, Question};
use crate::app::found::{Asked, MOST, Narrow, PAGE, Results, Words};
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::screens::request::Request;

use super::state::Search;

/// Rows of the list of statements.
pub(super) fn list_height(shared: &Shared) -> usize {
    shared.geometry.body().saturating_sub(shared.geometry.above_hits()).max(1)
}

impl Search {
    /// Asks for what the screen wants now; answers to what was asked before are dropped.
    pub fn ask(&mut self, shared: &mut Shared) -> Vec<Request> {
        if self.is_empty() {
            self.results = Results::default();
            self.rows.clear();
            self.window = Window::default();
            shared.forget_question();
            return Vec::new();
        }
        let (asked, show) = (self.asked(), list_height(shared));
        vec![shared.ask(Question::Search { asked, show }).into()]
    }

    /// The line changed: what was narrowed was of another query.
    pub(super) fn typed(&mut self, shared: &mut Shared) -> Vec<Request> {
        self.narrow = Narrow::default();
        self.limit = PAGE;
        self.kept = None;
        self.ask(shared)
    }

    /// Narrows the answer in another way.
    pub(super) fn narrow_by(
        &mut self,
        shared: &mut Shared,
        change: impl FnOnce(&mut Narrow),
    ) -> Vec<Request> {
        let before = self.narrow.clone();
        change(&mut self.narrow);
        if self.narrow == before || self.is_empty() {
            return Vec::new();
        }
        self.limit = PAGE;
        self.ask(shared)
    }

    /// What the screen still lacks: an answer that was given up for another question, more statements near
    /// the end of the list, the words of those on the screen.
    pub(super) fn ask_for_the_rest(&mut self, shared: &mut Shared) -> Vec<Request> {
        let height = list_height(shared);
        if self.is_empty() {
            return Vec::new();
        }
        if !self.is_answered() {
            return self.ask(shared);
        }
        if self.is_near_end(height) {
            self.limit += PAGE.max(self.limit);
            return self.ask(shared);
        }
        let found: Vec<_> = self
            .unread(height)
            .into_iter()
            .filter_map(|place| Some((place, self.results.found.get(place)?.at.clone())))
            .collect();
        if found.is_empty() {
            return Vec::new();
        }
        let of = self.results.of.clone();
        vec![shared.ask(Question::Words { of, found }).into()]
    }

    /// Whether the selection is near the end of the list while more were found.
    pub(super) fn is_near_end(&self, height: usize) -> bool {
        let Some(hit) = self.selected_hit() else { return false };
        let near = hit + height + 10 >= self.results.found.len();
        near && self.limit < MOST && self.results.has_more()
    }

    /// Takes the answers that are meant for this screen.
    pub(super) fn take(&mut self, answer: Answer, shared: &mut Shared) -> Option<Answer> {
        match answer {
            Answer::Searched(results) => self.searched(*results, shared),
            Answer::Words(of, words) => self.set_words(&of, words),
            answer => return Some(answer),
        }
        None
    }

    /// An answer: the best first, and once more with the counts.
    fn searched(&mut self, results: Results, shared: &Shared) {
        let (narrow, height) = (shared.geometry.narrow(), list_height(shared));
        let more = self.results.of.same_list(&results.of);
        let selected = self.selected().map(|found| found.at.clone());
        let old = std::mem::replace(&mut self.results, results);
        if more {
            keep_words(&mut self.results, old);
        } else {
            self.window = Window::default();
            self.rows.clear();
            self.states = Window::default();
        }
        self.set_rows(narrow, height);
        // Where the index changed meanwhile the same statement may be at another place.
        let moved = selected.filter(|at| more && self.selected().is_none_or(|f| f.at != *at));
        if let Some(at) = moved
            && let Some(hit) = self.results.found.iter().position(|found| found.at == at)
        {
            self.select(hit, height);
        }
    }

    /// The words of some of the statements.
    fn set_words(&mut self, of: &Asked, words: Vec<(usize, Words)>) {
        if !self.results.of.same_list(of) {
            return;
        }
        for (place, words) in words {
            if let Some(found) = self.results.found.get_mut(place) {
                found.words = words;
            }
        }
    }
}

/// What was read of the statements stays read.
fn keep_words(new: &mut Results, old: Results) {
    for (new, old) in new.found.iter_mut().zip(old.found) {
        if new.at == old.at && new.words == Words::Awaited {
            *new = old;
        }
    }
    if new.counts.is_none() && new.why.is_none() {
        new.counts = old.counts.filter(|_| new.of == old.of);
    }
}
