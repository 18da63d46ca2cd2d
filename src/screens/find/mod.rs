//! Find: fuzzy search over the names of records, speakers, States, organizations, items and votes.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::action::Answer;
use crate::app::command::Command;
use crate::app::keymap::Context;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::search::find::{Hit, Named};
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use super::speech::numbered;
use state::Finder;

pub mod state;
mod update;
mod view;

impl Behaviour for Finder {
    fn context(&self) -> Context {
        Context::Find
    }

    fn title(&self, _shared: &Shared) -> String {
        "Find: record, speaker, State, organization, item, vote".to_owned()
    }

    fn status(&self, _shared: &Shared) -> String {
        match self.hits.total {
            _ if self.line.text().is_empty() => String::new(),
            0 if self.waiting => "looking …".to_owned(),
            0 => "no name".to_owned(),
            total => self.window.position(total),
        }
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        update::obey(self, command, shared)
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, self.height(shared.geometry), body, pen)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.hits.hits.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        self.height(shared.geometry)
    }

    fn rows_above_list(&self, _shared: &Shared) -> usize {
        self.rows_above()
    }

    fn insert(&mut self, text: &str, shared: &mut Shared) -> Vec<Request> {
        update::edit(self, shared, |line| line.insert(text))
    }

    fn take_answer(&mut self, answer: Answer, _shared: &mut Shared) -> Option<Answer> {
        let Answer::Found(hits) = answer else { return Some(answer) };
        self.hits = hits;
        self.waiting = false;
        self.window = Window::default();
        None
    }

    fn changing_list(&self, shared: &Shared, filtering: bool) -> Option<(usize, bool)> {
        (!filtering).then_some((self.rows_above(), self.waiting && shared.pending))
    }
}

impl Speech for Finder {
    fn place_name(&self) -> String {
        "find".to_owned()
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.hits.hits.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let hits = self.hits.hits.iter().skip(range.start).take(range.len());
        numbered(range.start, hits.map(line))
    }

    fn summary(&self) -> Vec<String> {
        let found = format!("Found for {}: {}.", self.line.text(), self.hits.total);
        std::iter::once(found).chain(self.remark().map(|remark| format!("{remark}."))).collect()
    }
}

/// A name, said in a line.
fn line(hit: &Hit) -> String {
    let kind = match &hit.named {
        Named::Record { text: true, .. } => "record",
        Named::Record { text: false, .. } => "record, text not here",
        Named::Page { .. } => "page",
        Named::Speaker { .. } => "speaker",
        Named::Council(_) => "the Council",
        Named::State(_) => "State",
        Named::Organization(_) => "organization",
        Named::Group(_) => "group",
        Named::Topic(_) => "item",
        Named::Vote(_) => "vote",
    };
    format!("{kind}: {}", hit.line)
}
