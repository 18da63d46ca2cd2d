//! The concordance of a query: every occurrence, one a row.

use ratatui::layout::Rect;

use crate::app::action::{Answer, Question, To, Wanted};
use crate::app::chart::By;
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::found::{At, Narrow};
use crate::app::keymap::Context;
use crate::app::position::Spot;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::search::collocates::{SPAN, WIDEST};
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor, Hits, Speech};
use super::chart;
use super::keeping;
use super::request::Request;
use state::Concordance;

pub mod state;
mod view;

impl Behaviour for Concordance {
    fn context(&self) -> Context {
        Context::Concordance
    }

    fn title(&self, _shared: &Shared) -> String {
        format!("Concordance of {}", self.narrow.query(&self.query))
    }

    fn status(&self, _shared: &Shared) -> String {
        view::position(self)
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        let height = self.list_height(shared);
        if let Some(by) = Move::by_key_in_hits(command, shared.count) {
            self.window = self.window.moved(by, self.rows.len(), height);
            return Vec::new();
        }
        match (command, self.selected()) {
            (Command::Order, _) => {
                self.next_order(height);
                Vec::new()
            }
            (Command::Collocates, _) => {
                let span = shared.count.unwrap_or(SPAN).clamp(1, WIDEST);
                vec![shared.ask_for_collocates(&self.query, &self.narrow, span).into()]
            }
            (Command::KeepQuery, _) => keeping::ask_name(&self.narrow.query(&self.query), shared),
            (Command::Chart, _) => {
                vec![Request::Chart(chart::of_search(&self.query, &self.narrow, By::Year))]
            }
            (Command::Open, Some(one)) => {
                let question = Question::Hit(Wanted {
                    query: self.query.clone(),
                    narrow: self.narrow.clone(),
                    at: one.at.clone(),
                    to: To::Byte(one.line.paragraph, one.line.byte),
                });
                vec![shared.ask_to_open(question).into()]
            }
            _ => Vec::new(),
        }
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        let works = !matches!(command, Command::Slash | Command::Backlinks);
        works.then_some(usual)
    }

    fn is_exercise(&self, shared: &Shared) -> bool {
        shared.catalogue.entries.iter().any(|entry| entry.exercise)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.rows.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(1).max(1)
    }

    fn rows_above_list(&self, _shared: &Shared) -> usize {
        1
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        match purpose {
            Purpose::KeepQuery => keeping::keep(&self.narrow.query(&self.query), text, shared),
            _ => Vec::new(),
        }
    }

    fn take_answer(&mut self, answer: Answer, shared: &mut Shared) -> Option<Answer> {
        let Answer::Occurrences(found, last) = answer else { return Some(answer) };
        self.add(found, self.list_height(shared));
        self.waiting = !last;
        None
    }

    /// What was still to come was given up for another question.
    fn returned(&mut self, _left: Option<Spot>, shared: &mut Shared) -> Vec<Request> {
        if !self.waiting {
            return Vec::new();
        }
        *self = Self { by: self.by, ..Self::new(&self.query, self.narrow.clone()) };
        let question = Question::Concordance(self.query.clone(), self.narrow.clone());
        vec![shared.ask(question).into()]
    }

    /// All of it: the screen keeps the latest occurrences alone.
    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let query = self.narrow.query(&self.query).to_string();
        let what = What::Concordance(self.query.clone(), self.narrow.clone(), self.by);
        Some(Exportable { name: "concordance.csv".to_owned(), query, what })
    }

    fn hits(&mut self) -> Option<&mut dyn Hits> {
        Some(self)
    }
}

impl Hits for Concordance {
    fn query(&self) -> (String, Narrow) {
        (self.query.clone(), self.narrow.clone())
    }

    fn around(&self) -> (Vec<At>, Vec<At>) {
        let hits = self.rows.iter().filter_map(|row| Some(&self.found.get(*row)?.at));
        let here = self.window.selected;
        let before: Vec<At> = hits.clone().take(here).cloned().collect();
        (before.into_iter().rev().collect(), hits.skip(here + 1).cloned().collect())
    }

    fn select_hit(&mut self, at: &At, shared: &Shared) {
        let is_here = |here: &At| here.same_record(at) && here.nth == at.nth;
        if self.selected().is_some_and(|one| is_here(&one.at)) {
            return;
        }
        let same = |row: &usize| self.found.get(*row).is_some_and(|one| is_here(&one.at));
        if let Some(row) = self.rows.iter().position(same) {
            let height = self.list_height(shared);
            self.window = self.window.moved(Move::To(row), self.rows.len(), height);
        }
    }
}

impl Speech for Concordance {}
