//! Help: the keys of the screen below.

use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::geometry::Geometry;
use crate::app::help;
use crate::app::keymap::Context;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use state::Help;

pub mod state;
mod view;

impl Behaviour for Help {
    fn context(&self) -> Context {
        Context::Card
    }

    fn title(&self, _shared: &Shared) -> String {
        format!("Keys: {}", self.context.title())
    }

    fn status(&self, shared: &Shared) -> String {
        let rows = help::lines(self.context, shared.geometry.columns).len();
        self.window.position_in_text(rows, shared.geometry.body())
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if let Some(by) = Move::by_key(command, shared.count) {
            let len = help::lines(self.context, shared.geometry.columns).len();
            self.window = self.window.scrolled(by, len, self.list_height(shared));
        }
        Vec::new()
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        let of_cards = matches!(
            command,
            Command::Open | Command::Slash | Command::Backlinks | Command::Fetch | Command::Item
        );
        (!of_cards).then_some(usual)
    }

    /// No empty rows below the last line.
    fn resize(&mut self, _old: Geometry, shared: &Shared) {
        let len = help::lines(self.context, shared.geometry.columns).len();
        let top = self.window.top.min(len.saturating_sub(self.list_height(shared)));
        self.window = Window { top, selected: top };
    }
}

impl Speech for Help {}
