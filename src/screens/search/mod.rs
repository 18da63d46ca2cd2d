//! Search: a query line, and below it the statements that have its words.

use ratatui::layout::Rect;

use crate::app::action::{Answer, Question};
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::found::{At, Narrow, PAGE};
use crate::app::keymap::Context;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::search::query::Completion;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Hits};
use super::keeping;
use super::request::Request;
use rows::SearchRow;
use state::{Focus, Search};

mod ask;
pub mod bar;
mod hits;
pub mod rows;
mod selection;
mod speech;
pub mod state;
mod update;
mod view;

impl Behaviour for Search {
    fn context(&self) -> Context {
        match self.focus {
            Focus::Line => Context::Query,
            Focus::Hits => Context::Hits,
            Focus::States => Context::States,
        }
    }

    fn title(&self, _shared: &Shared) -> String {
        match &self.kept {
            Some(kept) => format!("Kept query {}: {}", kept.name, kept.words()),
            None => "Search: the words of every statement".to_owned(),
        }
    }

    fn status(&self, shared: &Shared) -> String {
        view::position(shared, self)
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        match self.focus {
            Focus::Line => update::obey(self, command, shared),
            Focus::Hits => hits::obey(self, command, shared),
            Focus::States => hits::choose_state(self, command, shared),
        }
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared, self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        let works = match command {
            Command::Slash => self.focus != Focus::States,
            Command::Backlinks => false,
            _ => true,
        };
        works.then_some(usual)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.results.found.iter().any(|found| found.exercise)
    }

    fn list_height(&self, shared: &Shared) -> usize {
        ask::list_height(shared)
    }

    fn rows_above_list(&self, shared: &Shared) -> usize {
        shared.geometry.above_hits()
    }

    fn select_row(&mut self, row: usize, shared: &Shared) {
        if self.focus == Focus::States {
            let states = self.counted_states().len();
            self.states.selected = (self.states.top + row).min(states.saturating_sub(1));
            return;
        }
        let rows = self.rows.iter().take(self.window.top + row + 1);
        if let Some(hit) = rows.rev().find_map(SearchRow::hit) {
            self.focus = Focus::Hits;
            self.select(hit, ask::list_height(shared));
        }
    }

    fn fit(&mut self, shared: &Shared) {
        let height = self.list_height(shared);
        self.set_rows(shared.geometry.narrow(), height);
        let states = self.counted_states().len();
        self.states = self.states.fit(states, height);
    }

    fn insert(&mut self, text: &str, shared: &mut Shared) -> Vec<Request> {
        update::edit(self, shared, |line| line.insert(text))
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        match purpose {
            Purpose::KeepQuery => keeping::keep(&self.asked().query(), text, shared),
            _ => Vec::new(),
        }
    }

    /// Out of the list of States, then out of what the answer is narrowed to.
    fn step_back(&mut self, shared: &mut Shared) -> Option<Vec<Request>> {
        if self.focus == Focus::States {
            self.focus = Focus::Hits;
            return Some(Vec::new());
        }
        if self.narrow.is_empty() {
            return None;
        }
        Some(self.narrow_by(shared, |narrow| *narrow = Narrow::default()))
    }

    fn take_answer(&mut self, answer: Answer, shared: &mut Shared) -> Option<Answer> {
        self.take(answer, shared)
    }

    fn completed(&mut self, completion: Option<Completion>, shared: &mut Shared) -> Vec<Request> {
        if self.focus != Focus::Line {
            return Vec::new();
        }
        update::completed(self, completion, shared)
    }

    fn wanted(&mut self, shared: &mut Shared) -> Vec<Request> {
        self.ask_for_the_rest(shared)
    }

    fn index_changed(&mut self) {
        self.results.stale = true;
    }

    /// All that was found: the screen has only what was looked at, and some more.
    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let asked = self.results.of.clone();
        let (name, query) = ("statements.csv".to_owned(), asked.query().to_string());
        Some(Exportable { name, query, what: What::Found(asked) })
    }

    fn hits(&mut self) -> Option<&mut dyn Hits> {
        Some(self)
    }

    fn changing_list(&self, shared: &Shared, filtering: bool) -> Option<(usize, bool)> {
        let late = self.results.of != self.asked() && !self.is_empty();
        let typing = !filtering && self.focus == Focus::Line;
        typing.then(|| (shared.geometry.above_hits(), late && shared.pending))
    }
}

impl Hits for Search {
    fn query(&self) -> (String, Narrow) {
        (self.results.of.line.clone(), self.results.of.narrow.clone())
    }

    fn around(&self) -> (Vec<At>, Vec<At>) {
        let hits = self.results.found.iter().map(|found| &found.at);
        let here = self.selected_hit().unwrap_or(0);
        let before: Vec<At> = hits.clone().take(here).cloned().collect();
        (before.into_iter().rev().collect(), hits.skip(here + 1).cloned().collect())
    }

    fn select_hit(&mut self, at: &At, shared: &Shared) {
        let found = &self.results.found;
        let same = |place: &usize| found.get(*place).is_some_and(|f| f.at.same_record(at));
        let exact =
            |place: &usize| same(place) && found.get(*place).is_some_and(|f| f.at.nth == at.nth);
        let here = self.selected_hit().filter(|place| exact(place));
        let place = here
            .or_else(|| (0..found.len()).find(exact))
            .or_else(|| self.selected_hit().filter(|place| same(place)))
            .or_else(|| (0..found.len()).find(same));
        if let Some(place) = place {
            self.moved(Move::To(place), ask::list_height(shared));
        }
    }

    fn want_more(&mut self, shared: &mut Shared) -> Vec<Request> {
        if !self.is_answered() || !self.is_near_end(ask::list_height(shared)) {
            return Vec::new();
        }
        self.limit += PAGE.max(self.limit);
        let asked = self.asked();
        vec![shared.ask(Question::Search { asked, show: 0 }).into()]
    }
}
