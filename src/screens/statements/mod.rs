//! The statements of a record, as a list.

use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::position::Spot;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::record::Record;
use crate::ui::paint::Pen;
use crate::ui::record_title;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::Statements;

mod speech;
pub mod state;
mod update;
mod view;

impl Behaviour for Statements {
    fn context(&self) -> Context {
        Context::Statements
    }

    fn title(&self, _shared: &Shared) -> String {
        record_title(&self.record)
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
        self.record.exercise
    }

    fn record(&self) -> Option<&Record> {
        Some(&self.record)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.rows.len()))
    }

    fn filter(&mut self) -> Option<&mut InputLine> {
        Some(&mut self.filter)
    }

    fn refilter(&mut self, _shared: &Shared) {
        self.refresh();
    }

    /// The statement that was read last is selected.
    fn returned(&mut self, left: Option<Spot>, shared: &mut Shared) -> Vec<Request> {
        if let Some(spot) = left {
            self.place = left;
            self.select(spot.statement, shared.geometry.body());
        }
        Vec::new()
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        Some(Exportable {
            name: format!("{}.md", self.record.symbol.file_stem()),
            query: self.record.symbol.to_string(),
            what: What::Record(self.record.clone(), None),
        })
    }
}
