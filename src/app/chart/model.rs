//! What is asked for a chart, and what is counted, with its rates.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::app::coverage::Coverage;
use crate::record::{Kind, Language};

/// The most queries that are compared on one chart: more cannot be told from one another.
pub const MOST_QUERIES: usize = 6;
/// A rate is given from this many words on; below it the count alone.
pub const FEWEST_WORDS: u64 = 10_000;
/// A rate is for this many words.
pub const RATE: f64 = 100_000.0;

/// What statements are counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The year.
    #[default]
    Year,
    /// The month.
    Month,
    /// The State spoken for, and the year.
    State,
    /// The agenda item of the record, and the year.
    Topic,
}

impl By {
    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::State => "State",
            Self::Topic => "topic",
        }
    }

    /// Whether there is a bar for each group, and not a point for each period.
    pub fn is_grouped(self) -> bool {
        matches!(self, Self::State | Self::Topic)
    }
}

/// What a chart is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The queries that are compared.
    pub queries: Vec<String>,
    /// What they are counted by.
    pub by: By,
    /// The kind of document: verbatim records and letters are never added.
    pub kind: Kind,
    /// With the turns of the chair that only conduct the meeting.
    pub procedural: bool,
    /// Of a record in several languages, the edition that counts.
    pub language: Option<Language>,
}

/// A year, or a month of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// Records here.
    pub held: usize,
    /// Records that are known, here or not; `None` where it is not known how many there are.
    pub known: Option<usize>,
}

impl Period {
    /// As it is written: `2014` or `2014-03`.
    pub fn name(&self) -> String {
        match self.month {
            Some(month) => format!("{}-{month:02}", self.year),
            None => self.year.to_string(),
        }
    }

    /// The part of the known records that is here, from 0 to 1.
    pub fn share(&self) -> Option<f64> {
        self.known.map(|known| self.held as f64 / known.max(self.held).max(1) as f64)
    }
}

/// Statements, and the words among which they were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Statements found.
    pub statements: usize,
    /// Words.
    pub words: u64,
}

impl Cell {
    pub(super) fn add(&mut self, other: Self) {
        self.statements += other.statements;
        self.words += other.words;
    }

    /// Statements per [`RATE`] words; `None` where there are too few words.
    pub fn rate(&self) -> Option<f64> {
        let enough = self.words >= FEWEST_WORDS;
        enough.then(|| self.statements as f64 * RATE / self.words as f64)
    }

    /// The value that is drawn.
    pub fn value(&self, rate: bool) -> Option<f64> {
        if rate { self.rate() } else { Some(self.statements as f64) }
    }
}

/// What was counted of one query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The query, as it was read.
    pub query: String,
    /// Of which words a rate is, in words.
    pub words_of: String,
    /// By group and period; none where there are neither statements nor words.
    pub cells: BTreeMap<(usize, usize), Cell>,
    /// All together.
    pub total: Cell,
    /// Turns of the chair that the query finds and that are not counted.
    pub procedural: usize,
    /// Statements that it finds in documents of the other kinds.
    pub apart: usize,
}

impl Series {
    /// The figures of a group in a period; zeros where there is nothing.
    pub fn cell(&self, group: usize, period: usize) -> Cell {
        self.cells.get(&(group, period)).copied().unwrap_or_default()
    }

    /// The figures of a group in all periods.
    pub fn of_group(&self, group: usize) -> Cell {
        let mut sum = Cell::default();
        self.cells.range((group, 0)..=(group, usize::MAX)).for_each(|(_, cell)| sum.add(*cell));
        sum
    }
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What it answers.
    pub asked: Asked,
    /// The years or months, without a gap.
    pub periods: Vec<Period>,
    /// The States or topics, the most statements first; one without a name where it is by year or month.
    pub groups: Vec<String>,
    /// The queries.
    pub series: Vec<Series>,
    /// How much of the known records of these periods is here.
    pub coverage: Coverage,
    /// It is of exercise debates.
    pub exercise: bool,
    /// The counting was interrupted.
    pub cut: bool,
    /// Why nothing could be counted, in one line.
    pub why: Option<String>,
}

impl Chart {
    /// Keeps only the groups with the most statements.
    pub fn keep_groups(&mut self, most: usize) {
        if self.asked.by.is_grouped() {
            self.groups.truncate(most);
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.total.statements == 0)
    }

    /// The day of the latest record it is drawn from.
    pub fn until(&self) -> Option<Date> {
        self.coverage.until
    }

    /// The number of points along its main side: periods, or groups.
    pub fn points(&self) -> usize {
        if self.asked.by.is_grouped() { self.groups.len() } else { self.periods.len() }
    }

    /// The figures of a query at a point.
    pub fn at(&self, series: usize, point: usize) -> Cell {
        let Some(series) = self.series.get(series) else { return Cell::default() };
        if self.asked.by.is_grouped() { series.of_group(point) } else { series.cell(0, point) }
    }

    /// The value of a query at a point; `None` where there is none: too few words for a rate, or no record here.
    pub fn value(&self, series: usize, point: usize, rate: bool) -> Option<f64> {
        let cell = self.at(series, point);
        let here = self.asked.by.is_grouped()
            || cell != Cell::default()
            || self.periods.get(point).is_some_and(|period| period.held > 0);
        cell.value(rate).filter(|_| here)
    }

    /// The name of a point.
    pub fn point_name(&self, point: usize) -> String {
        if self.asked.by.is_grouped() {
            return self.groups.get(point).cloned().unwrap_or_default();
        }
        self.periods.get(point).map(Period::name).unwrap_or_default()
    }

    /// The largest value.
    pub fn largest(&self, rate: bool) -> f64 {
        let of =
            |series| (0..self.points()).filter_map(move |point| self.value(series, point, rate));
        (0..self.series.len()).flat_map(of).fold(0.0, f64::max)
    }
}

/// The letter by which a query is known on the chart: `a`, `b`, ….
pub fn letter(series: usize) -> char {
    char::from(b'a' + u8::try_from(series.min(25)).unwrap_or(0))
}
