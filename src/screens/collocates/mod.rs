//! The words beside the occurrences of a query.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::found::Narrow;
use crate::app::keymap::Context;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::search::collocates::Collocate;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use super::speech::{numbered, sentence};
use state::CollocateList;

pub mod state;
mod view;

impl Behaviour for CollocateList {
    fn context(&self) -> Context {
        Context::Collocates
    }

    fn title(&self, _shared: &Shared) -> String {
        let query = self.narrow.query(&self.query);
        format!("Words beside {query}, at most {} away", self.found.span)
    }

    fn status(&self, _shared: &Shared) -> String {
        self.window.position_with(self.found.rows.len(), "")
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if let Some(by) = Move::by_key_in_rows(command, shared.count) {
            let height = self.list_height(shared);
            self.window = self.window.moved(by, self.found.rows.len(), height);
            return Vec::new();
        }
        match command {
            Command::Open => match self.both() {
                // With a space after it the last word is whole.
                Some(both) => {
                    return vec![Request::Concordance(format!("{both} "), Narrow::default())];
                }
                None => shared.say("both words are shown only for one word or one phrase"),
            },
            Command::Slash | Command::NextHit | Command::PreviousHit => {
                shared.say("this list is neither filtered nor searched");
            }
            _ => {}
        }
        Vec::new()
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        (command != Command::Slash).then_some(usual)
    }

    fn is_exercise(&self, shared: &Shared) -> bool {
        shared.catalogue.entries.iter().any(|entry| entry.exercise)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.found.rows.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(view::ABOVE).max(1)
    }

    fn rows_above_list(&self, _shared: &Shared) -> usize {
        view::ABOVE
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        Some(Exportable {
            name: "collocates.csv".to_owned(),
            query: self.narrow.query(&self.query).to_string(),
            what: What::Collocates(Box::new(self.found.clone())),
        })
    }
}

impl Speech for CollocateList {
    fn place_name(&self) -> String {
        "collocates".to_owned()
    }

    fn introduction(&self) -> Vec<String> {
        self.summary()
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.found.rows.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = self.found.rows.iter().skip(range.start).take(range.len());
        numbered(range.start, rows.map(Collocate::words))
    }

    fn summary(&self) -> Vec<String> {
        vec![sentence(self.found.words())]
    }
}
