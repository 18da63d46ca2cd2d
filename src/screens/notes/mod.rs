//! The person's notes and marks.

use ratatui::layout::Rect;

use crate::app::action::Question;
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::position::Spot;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::Notes;

mod speech;
pub mod state;
mod update;
mod view;

impl Behaviour for Notes {
    fn context(&self) -> Context {
        Context::Notes
    }

    fn title(&self, _shared: &Shared) -> String {
        self.heading()
    }

    fn status(&self, _shared: &Shared) -> String {
        self.window.position_with(self.rows.len(), self.filter.text())
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        update::obey(self, command, shared)
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared, self, body, pen)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.has_exercise()
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.rows.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(shared.geometry.below_notes()).max(1)
    }

    fn filter(&mut self) -> Option<&mut InputLine> {
        Some(&mut self.filter)
    }

    fn refilter(&mut self, _shared: &Shared) {
        self.refresh();
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        update::submit(self, purpose, text, shared)
    }

    /// What was noted meanwhile is to be in the list.
    fn returned(&mut self, _left: Option<Spot>, shared: &mut Shared) -> Vec<Request> {
        vec![shared.ask(Question::Notes).into()]
    }

    fn not_kept(&mut self) {
        update::not_kept(self);
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let (name, query) = ("notes.md".to_owned(), self.heading());
        Some(Exportable { name, query, what: What::Notes(self.shown().cloned().collect()) })
    }
}
