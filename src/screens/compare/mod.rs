//! Two statements side by side, or one above the other where the screen is narrow.

use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::geometry::Geometry;
use crate::app::keymap::Context;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::{Compare, Side};

mod speech;
pub mod state;
mod view;

impl Behaviour for Compare {
    fn context(&self) -> Context {
        Context::Compare
    }

    fn title(&self, _shared: &Shared) -> String {
        format!("{} and {}", self.first.record.symbol, self.second.record.symbol)
    }

    fn status(&self, _shared: &Shared) -> String {
        match self.side {
            Side::Both => "both move".to_owned(),
            Side::First => "first moves".to_owned(),
            Side::Second => "second moves".to_owned(),
        }
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if command == Command::Switch {
            self.side = self.side.next();
            shared.say(match self.side {
                Side::Both => "both sides move",
                Side::First => "the first side moves",
                Side::Second => "the second side moves",
            });
        } else if let Some(by) = Move::by_key(command, shared.count) {
            self.moved().into_iter().for_each(|reader| reader.go(by));
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared.geometry, self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        let works = !matches!(command, Command::Open | Command::Slash | Command::Backlinks);
        works.then_some(usual)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.first.record.exercise || self.second.record.exercise
    }

    fn resize(&mut self, _old: Geometry, shared: &Shared) {
        self.set_size(shared.geometry);
    }
}
