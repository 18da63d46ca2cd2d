//! The statements that are most like another.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::action::Start;
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::keymap::Context;
use crate::app::position::Spot;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::record::symbol::Series;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use super::speech::{numbered, sentence};
use state::SimilarList;

pub mod state;
mod view;

impl Behaviour for SimilarList {
    fn context(&self) -> Context {
        Context::Similar
    }

    fn title(&self, _shared: &Shared) -> String {
        let part =
            self.passage.paragraph.map_or(String::new(), |n| format!(", paragraph {}", n + 1));
        let who = self.found.who.as_ref().map_or(String::new(), |who| format!("{who}, "));
        format!("Similar to {who}{}{part}", self.passage.symbol)
    }

    fn status(&self, _shared: &Shared) -> String {
        self.window.position_with(self.count(), "")
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if let Some(by) = Move::by_key_in_rows(command, shared.count) {
            let height = self.list_height(shared);
            self.window = self.window.moved(by, self.count(), height);
            return Vec::new();
        }
        match (command, self.row(self.window.selected)) {
            (Command::Open, Some((one, _))) => {
                let spot =
                    Spot { statement: one.statement, paragraph: one.paragraph, byte: one.byte };
                let at = Start::Place(spot, Some(self.shares(one)));
                let (symbol, language) = (one.symbol.clone(), one.language.clone());
                vec![shared.load(symbol, Some(language), at).into()]
            }
            (Command::Slash | Command::NextHit | Command::PreviousHit, _) => {
                shared.say("this list is neither filtered nor searched");
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, shared, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        (command != Command::Slash).then_some(usual)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.passage.symbol.series() == Series::Exercise
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        let len = self.count();
        Some((&mut self.window, len))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(1 + view::below(shared)).max(1)
    }

    fn rows_above_list(&self, _shared: &Shared) -> usize {
        1
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let rows = (0..self.count()).filter_map(|row| self.row(row));
        let rows = rows.map(|(one, _)| (one.symbol.clone(), one.language.clone(), one.statement));
        Some(Exportable {
            name: "similar.csv".to_owned(),
            query: format!("similar to {}, {}", self.passage.symbol, self.totals()),
            what: What::Listed(rows.collect()),
        })
    }
}

impl Speech for SimilarList {
    fn place_name(&self) -> String {
        "similar".to_owned()
    }

    fn introduction(&self) -> Vec<String> {
        vec![sentence(self.totals())]
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.count())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = range.clone().filter_map(|row| self.row(row));
        let line = |(one, same): (&crate::search::similar::Similar, bool)| {
            let group = if same { "by the same" } else { "by another" };
            let (heading, shares) = (one.heading(), self.shares(one));
            format!("{group}, {heading}, {shares}: {}", one.snippet)
        };
        numbered(range.start, rows.map(line))
    }

    fn summary(&self) -> Vec<String> {
        vec![sentence(self.totals())]
    }
}
