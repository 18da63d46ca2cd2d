//! The statements of a speaker, State, organization or topic.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::action::{Answer, Start};
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::listed::Listed;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Speech};
use super::request::Request;
use super::speech::numbered;
use state::Answers;

pub mod state;
mod view;

impl Behaviour for Answers {
    fn context(&self) -> Context {
        Context::Answers
    }

    fn title(&self, _shared: &Shared) -> String {
        self.heading()
    }

    fn status(&self, _shared: &Shared) -> String {
        if self.waiting {
            return "looking …".to_owned();
        }
        self.window.position_with(self.rows.len(), self.filter.text())
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if let Some(by) = Move::by_key_in_rows(command, shared.count) {
            let height = self.list_height(shared);
            self.window = self.window.moved(by, self.rows.len(), height);
            return Vec::new();
        }
        match (command, self.rows.get(self.window.selected)) {
            (Command::Slash, _) => vec![Request::Filter],
            (Command::Open, Some(row)) => {
                let (symbol, language) = (row.symbol.clone(), row.language.clone());
                vec![shared.load(symbol, Some(language), Start::Statement(row.number)).into()]
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.rows.iter().any(|row| row.exercise)
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

    fn take_answer(&mut self, answer: Answer, _shared: &mut Shared) -> Option<Answer> {
        let Answer::Listed(rows) = answer else { return Some(answer) };
        self.all = rows;
        self.waiting = false;
        self.refresh();
        None
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let rows = self.rows.iter();
        let rows = rows.map(|row| (row.symbol.clone(), row.language.clone(), row.number));
        Some(Exportable {
            name: "statements.csv".to_owned(),
            query: self.heading(),
            what: What::Listed(rows.collect()),
        })
    }
}

impl Speech for Answers {
    fn line_count(&self) -> Option<usize> {
        Some(self.rows.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = self.rows.iter().skip(range.start).take(range.len());
        numbered(range.start, rows.map(line))
    }

    fn summary(&self) -> Vec<String> {
        vec![format!("{} statements found.", self.rows.len())]
    }
}

/// A statement, said in a line.
fn line(row: &Listed) -> String {
    let exercise = if row.exercise { "EXERCISE, " } else { "" };
    let Listed { symbol, date, number, name, topic, words, .. } = row;
    format!("{exercise}{date}, {symbol}, statement {number}, {name}, {words} words, {topic}")
}
