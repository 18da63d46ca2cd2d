//! The kept queries, and how much each of them finds that is new.

use ratatui::layout::Rect;

use crate::app::action::Question;
use crate::app::command::Command;
use crate::app::keymap::Context;
use crate::app::position::Spot;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::Kept;

mod speech;
pub mod state;
mod update;
mod view;

impl Behaviour for Kept {
    fn context(&self) -> Context {
        Context::Kept
    }

    fn title(&self, _shared: &Shared) -> String {
        self.heading()
    }

    fn status(&self, shared: &Shared) -> String {
        if shared.pending { "counting \u{2026}".to_owned() } else { String::new() }
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        update::obey(self, command, shared)
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared, self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        (command != Command::Slash).then_some(usual)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.rows.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(view::BELOW).max(1)
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        match purpose {
            Purpose::Rename => update::submit(self, text, shared),
            _ => Vec::new(),
        }
    }

    /// What was looked at meanwhile is no longer new.
    fn returned(&mut self, _left: Option<Spot>, shared: &mut Shared) -> Vec<Request> {
        vec![shared.ask(Question::KeptQueries).into()]
    }

    fn not_kept(&mut self) {
        update::not_kept(self);
    }
}
