//! The chart of one or more queries: how many statements by year, month, State or topic.

use ratatui::layout::Rect;

use crate::app::action::Answer;
use crate::app::chart::{Asked, By, selected_words};
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::found::Narrow;
use crate::app::keymap::Context;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::{ChartScreen, Shape};

mod speech;
pub mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

/// What the chart of a search asks for; of a search in one year, its months.
pub fn of_search(line: &str, narrow: &Narrow, by: By) -> Asked {
    let query = narrow.query(line).to_string();
    let by = if by == By::Year && narrow.year.is_some() { By::Month } else { by };
    let queries = if query.is_empty() { Vec::new() } else { vec![query] };
    Asked { queries, by, ..Asked::default() }
}

impl Behaviour for ChartScreen {
    fn context(&self) -> Context {
        Context::Chart
    }

    fn title(&self, _shared: &Shared) -> String {
        format!("Chart of {}", self.line())
    }

    fn status(&self, _shared: &Shared) -> String {
        match (&self.chart, self.selected()) {
            _ if !self.is_answered() => "counting \u{2026}".to_owned(),
            (Some(chart), Some(at)) => selected_words(chart, at),
            _ => String::new(),
        }
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        let height = self.list_height(shared);
        update::obey(self, command, shared, height)
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.chart.as_ref().is_some_and(|chart| chart.exercise)
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        let rows = self.rows();
        Some((&mut self.window, rows))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        let body = shared.geometry.body();
        match &self.chart {
            Some(_) if self.shape == Shape::Table => body.saturating_sub(1).max(1),
            Some(chart) if chart.asked.by.is_grouped() => {
                let [_, graph, _] = view::parts(self, body, usize::from(shared.geometry.columns));
                (graph / chart.series.len().max(1)).max(1)
            }
            // All points are shown at once.
            _ => self.rows().max(1),
        }
    }

    /// The size may have changed.
    fn fit(&mut self, shared: &Shared) {
        self.set_width(shared.geometry.columns.saturating_sub(2));
        let height = self.list_height(shared);
        self.window = self.window.fit(self.rows(), height);
    }

    /// A click selects a row of a list; a point of a graph has its keys.
    fn select_row(&mut self, row: usize, shared: &Shared) {
        let grouped = self.chart.as_ref().is_some_and(|chart| chart.asked.by.is_grouped());
        let above = match self.shape {
            Shape::Table => 1,
            _ if grouped => {
                let columns = usize::from(shared.geometry.columns);
                view::parts(self, shared.geometry.body(), columns)[0]
            }
            _ => return,
        };
        let each = if self.shape == Shape::Table { 1 } else { self.asked.queries.len().max(1) };
        let row = row.checked_sub(above).map(|row| self.window.top + row / each);
        if let Some(row) = row.filter(|row| *row < self.rows()) {
            self.window.selected = row;
        }
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        if purpose == Purpose::Queries {
            return update::submit(self, text, shared);
        }
        Vec::new()
    }

    fn take_answer(&mut self, answer: Answer, shared: &mut Shared) -> Option<Answer> {
        let Answer::Charted(chart) = answer else { return Some(answer) };
        if chart.asked == self.asked && !chart.cut {
            self.set(*chart, 1);
            self.fit(shared);
        }
        None
    }

    fn wanted(&mut self, shared: &mut Shared) -> Vec<Request> {
        if self.is_answered() { Vec::new() } else { self.ask(shared) }
    }

    fn index_changed(&mut self) {
        self.stale = true;
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let what = What::Chart(self.asked.clone(), self.rate);
        Some(Exportable { name: "chart.svg".to_owned(), query: self.line(), what })
    }
}
