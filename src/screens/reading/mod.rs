//! The text of a record.

use ratatui::layout::Rect;

use crate::app::action::Effect;
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::geometry::Geometry;
use crate::app::keymap::Context;
use crate::app::position::Spot;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::record::Record;
use crate::ui::paint::Pen;
use crate::ui::record_title;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use state::Reader;

mod noting;
mod references;
mod selecting;
pub mod speech;
pub mod state;
mod update;
pub mod view;

/// The most characters kept of the words at a place, by which it is found again in another edition.
const WORDS_AT_PLACE: usize = 64;

impl Behaviour for Reader {
    fn context(&self) -> Context {
        if self.selection.is_some() { Context::Selecting } else { Context::Reading }
    }

    fn title(&self, _shared: &Shared) -> String {
        record_title(&self.record)
    }

    fn status(&self, shared: &Shared) -> String {
        view::position(self, shared)
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        update::obey(self, command, shared)
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared, self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        match command {
            Command::Slash => Some("search"),
            Command::Search => Some("search all"),
            Command::Open => self.reference.map(|_| "follow"),
            Command::Backlinks => None,
            _ => Some(usual),
        }
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.record.exercise
    }

    fn record(&self) -> Option<&Record> {
        Some(&self.record)
    }

    fn fit(&mut self, shared: &Shared) {
        self.set_size(shared.geometry.text(), shared.geometry.body());
    }

    fn resize(&mut self, _old: Geometry, shared: &Shared) {
        self.fit(shared);
    }

    fn slash(&self) -> Purpose {
        Purpose::Search
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        update::submit(self, purpose, text, shared)
    }

    fn step_back(&mut self, _shared: &mut Shared) -> Option<Vec<Request>> {
        let stepped = self.selection.take().is_some()
            || self.reference.take().is_some()
            || self.forget_scan();
        stepped.then(Vec::new)
    }

    fn not_kept(&mut self) {
        if let Some(selection) = self.noted.take() {
            self.selection = Some(selection);
        }
    }

    fn place_to_keep(&self) -> Option<Effect> {
        let spot = self.spot()?;
        let words = self.statement().and_then(|s| {
            let text = &s.paragraphs.get(spot.paragraph)?.text;
            Some(text.get(spot.byte..)?.chars().take(WORDS_AT_PLACE).collect())
        });
        Some(Effect::KeepPlace {
            symbol: self.record.symbol.clone(),
            language: self.record.language.clone(),
            spot,
            words: words.unwrap_or_default(),
        })
    }

    fn left_at(&self) -> Option<Spot> {
        self.spot()
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let number = self.statement()?.number;
        let symbol = &self.record.symbol;
        Some(Exportable {
            name: format!("{}.{number}.md", symbol.file_stem()),
            query: format!("{symbol}, statement {number}"),
            what: What::Record(self.record.clone(), Some(vec![number])),
        })
    }

    fn update_status_position(&mut self) {
        self.status_position = Some(self.position());
    }

    fn status_is_late(&self, shared: &Shared) -> bool {
        self.status_position.is_some()
            && self.position_in_status(shared.trailing) != self.position()
    }

    fn changing_list(&self, _shared: &Shared, _filtering: bool) -> Option<(usize, bool)> {
        None
    }
}

impl Speech for Reader {
    fn place_name(&self) -> String {
        match self.statement() {
            Some(s) => format!("{} statement {}", self.record.symbol, s.number),
            None => self.record.symbol.to_string(),
        }
    }
}
