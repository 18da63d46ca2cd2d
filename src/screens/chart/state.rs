//! The chart of one or more queries.

use crate::app::action::Question;
use crate::app::chart::{Asked, Chart, Table, lines, table};
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::app::wrap::{columns, wrap};
use crate::screens::request::Request;

/// How a chart is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// As lines, where it is by year or month.
    #[default]
    Lines,
    /// As bars.
    Bars,
    /// As a table, with all that is said of it.
    Table,
}

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct ChartScreen {
    /// What it asks for.
    pub asked: Asked,
    /// The newest answer; it is shown until the next one comes.
    pub chart: Option<Chart>,
    /// How it is shown.
    pub shape: Shape,
    /// Rates instead of counts.
    pub rate: bool,
    /// The selected point, and the first row that is shown of a list.
    pub window: Window,
    /// The first column of years that is shown of a table.
    pub column: usize,
    /// The index has changed since.
    pub stale: bool,
    /// The table, while it is shown: that of all topics has very many cells.
    pub table: Table,
    /// Columns of the screen that each of its columns takes, the same in all rows.
    pub widths: Vec<usize>,
    /// What is said of it in lines.
    pub notes: Vec<String>,
    /// The same in rows of the screen.
    pub note_rows: Vec<String>,
    /// Columns of a row.
    width: u16,
}

impl ChartScreen {
    /// A screen that is still to be filled.
    pub fn new(asked: Asked) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Asks for what it shows.
    pub fn ask(&mut self, shared: &mut Shared) -> Vec<Request> {
        self.asked.language = shared.catalogue.preferred().cloned();
        vec![shared.ask(Question::Chart(self.asked.clone())).into()]
    }

    /// Whether what it asks for is shown.
    pub fn is_answered(&self) -> bool {
        !self.stale && self.chart.as_ref().is_some_and(|chart| chart.asked == self.asked)
    }

    /// The answer; the selected point stays selected where it still is.
    pub(super) fn set(&mut self, chart: Chart, height: usize) {
        let name = self.chart.as_ref().map(|chart| chart.point_name(self.window.selected));
        let same = (0..chart.points()).find(|at| Some(chart.point_name(*at)) == name);
        let first = if chart.asked.by.is_grouped() { 0 } else { chart.points().saturating_sub(1) };
        self.window = Window { top: 0, selected: same.unwrap_or(first) };
        self.stale = false;
        self.column = 0;
        self.chart = Some(chart);
        self.set_words();
        self.window = self.window.fit(self.rows(), height);
    }

    /// Makes table and notes again, after a change of what they are of.
    pub(super) fn set_words(&mut self) {
        let Some(chart) = self.chart.as_ref().filter(|chart| chart.why.is_none()) else {
            (self.table, self.notes) = (Table::default(), Vec::new());
            return self.set_width(self.width);
        };
        self.table = match self.shape {
            Shape::Table => table(chart, self.rate),
            _ => Table::default(),
        };
        self.widths = self.table.head.iter().map(|cell| columns(cell)).collect();
        for row in &self.table.rows {
            for (wide, cell) in self.widths.iter_mut().zip(row) {
                *wide = (*wide).max(columns(cell));
            }
        }
        self.notes = lines(chart, self.rate);
        self.set_width(self.width);
    }

    /// Sets what is said in rows of this many columns; what it was drawn from comes first, since a small screen has few.
    pub(super) fn set_width(&mut self, width: u16) {
        self.width = width;
        let rows = |text: &String| -> Vec<String> {
            let rows = wrap(text, width.max(1)).into_iter();
            rows.map(|row| text[row.start..row.end].to_owned()).collect()
        };
        let mut notes: Vec<&String> = self.notes.iter().collect();
        notes.sort_by_key(|note| !note.starts_with("Drawn"));
        self.note_rows = notes.into_iter().flat_map(rows).collect();
    }

    /// The rows among which one is selected: points, or rows of the table and the notes below them.
    pub(super) fn rows(&self) -> usize {
        match (self.shape, &self.chart) {
            (_, None) => 0,
            (Shape::Table, _) => self.table.rows.len() + 1 + self.note_rows.len(),
            (_, Some(chart)) => chart.points(),
        }
    }

    /// The point that is selected.
    pub fn selected(&self) -> Option<usize> {
        let chart = self.chart.as_ref()?;
        // A table by State or topic has a row for each query.
        let each = if self.shape == Shape::Table && chart.asked.by.is_grouped() {
            chart.series.len().max(1)
        } else {
            1
        };
        Some(self.window.selected / each).filter(|at| *at < chart.points())
    }

    /// The queries as they are typed.
    pub fn line(&self) -> String {
        self.asked.queries.join("; ")
    }
}
