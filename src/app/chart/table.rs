//! The figures of a chart as rows: long ones for programs, a table for people.

use std::collections::BTreeSet;

use serde::Serialize;

use super::model::{By, Cell, Chart, Period, letter};
use super::words::value_words;
use crate::app::identity::Identity;
use crate::app::number::thousands;
use crate::record::Kind;

/// One figure; the fields are those of its JSON and its CSV.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The query.
    pub query: String,
    /// The State, where statements are counted by State.
    pub state: Option<String>,
    /// The agenda item, where they are counted by topic.
    pub topic: Option<String>,
    /// The year or month: `2014` or `2014-03`.
    pub period: String,
    /// The year.
    pub year: i16,
    /// The month, where they are counted by month.
    pub month: Option<i8>,
    /// Statements; nothing where no record of the period is here.
    pub statements: Option<usize>,
    /// Words among which they were counted.
    pub words: u64,
    /// Statements per 100,000 of these words; nothing below 10,000 of them.
    pub per_100000_words: Option<f64>,
    /// Of which words; empty for all of the kind.
    pub words_of: String,
    /// Records of the period that are here.
    pub records_here: usize,
    /// Records of the period that are known; nothing where it is not known.
    pub records_known: Option<usize>,
    /// The kind of document.
    pub kind: Kind,
    /// With the procedural turns of the chair.
    pub procedural: bool,
    /// Of exercise debates.
    pub exercise: bool,
    /// The day of the latest record that was counted among.
    pub until: Option<String>,
    /// The program.
    pub program: String,
    /// The facts.
    pub facts: String,
    /// The library.
    pub library: String,
}

impl Row {
    /// The names of its fields, in their order.
    pub const NAMES: &str = "query state topic period year month statements words per_100000_words words_of \
                             records_here records_known kind procedural exercise until program facts library";
}

/// Every figure of a chart: query by query, group by group, period by period. Of a State or topic only the periods
/// are there in which it has words.
pub fn rows<'a>(chart: &'a Chart, from: &'a Identity) -> impl Iterator<Item = Row> + 'a {
    let series = chart.series.iter();
    series.flat_map(move |series| {
        let all =
            (0..chart.groups.len()).flat_map(|g| (0..chart.periods.len()).map(move |p| (g, p)));
        let grouped = chart.asked.by.is_grouped();
        let wanted = all.filter(move |place| !grouped || series.cells.contains_key(place));
        wanted.filter_map(move |(group, at)| {
            let (period, cell) = (chart.periods.get(at)?, series.cell(group, at));
            let name = chart.groups.get(group).cloned();
            let here = period.held > 0 || cell != Cell::default();
            Some(Row {
                query: series.query.clone(),
                state: name.clone().filter(|_| chart.asked.by == By::State),
                topic: name.filter(|_| chart.asked.by == By::Topic),
                period: period.name(),
                year: period.year,
                month: period.month,
                statements: here.then_some(cell.statements),
                words: cell.words,
                per_100000_words: cell.rate().map(|rate| (rate * 1e4).round() / 1e4),
                words_of: series.words_of.clone(),
                records_here: period.held,
                records_known: period.known,
                kind: chart.asked.kind,
                procedural: chart.asked.procedural,
                exercise: chart.exercise,
                until: chart.until().map(|day| day.to_string()),
                program: from.program.clone(),
                facts: from.facts.clone(),
                library: from.library.clone(),
            })
        })
    })
}

/// A table for people: the cells of the head and of each row. All columns but the first `texts` are numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// How many columns at the left are text.
    pub texts: usize,
}

/// The table of a chart. By year or month it has a row for each, and a column for each query; by State or topic a
/// row for each of them and query, and the years as columns.
pub fn table(chart: &Chart, rate: bool) -> Table {
    if chart.asked.by.is_grouped() { of_groups(chart, rate) } else { of_periods(chart, rate) }
}

fn of_periods(chart: &Chart, rate: bool) -> Table {
    let several = chart.series.len() > 1;
    let which = |n: usize| if several { format!(" {}", letter(n)) } else { String::new() };
    let same = chart.series.windows(2).all(|pair| pair[0].words_of == pair[1].words_of);
    let mut head = vec![chart.asked.by.word().to_owned()];
    for n in 0..chart.series.len() {
        head.push(format!("statements{}", which(n)));
        if rate {
            head.push(format!("per 100,000{}", which(n)));
        }
        if rate && (!same || n + 1 == chart.series.len()) {
            head.push(format!("words{}", if same { String::new() } else { which(n) }));
        }
    }
    head.extend(["here".to_owned(), "known".to_owned()]);
    let row = |(at, period): (usize, &Period)| {
        let mut cells = vec![period.name()];
        for n in 0..chart.series.len() {
            cells.push(value_words(chart.value(n, at, false), false));
            if rate {
                cells.push(value_words(chart.value(n, at, true), true));
            }
            if rate && (!same || n + 1 == chart.series.len()) {
                cells.push(thousands(chart.at(n, at).words as usize));
            }
        }
        cells.push(thousands(period.held));
        cells.push(period.known.map_or_else(|| "?".to_owned(), thousands));
        cells
    };
    Table { head, rows: chart.periods.iter().enumerate().map(row).collect(), texts: 1 }
}

fn of_groups(chart: &Chart, rate: bool) -> Table {
    let several = chart.series.len() > 1;
    // Years in which no query has any statement say nothing of a State or topic.
    let used: BTreeSet<usize> = chart
        .series
        .iter()
        .flat_map(|series| series.cells.iter())
        .filter(|(_, cell)| cell.statements > 0)
        .map(|((_, period), _)| *period)
        .collect();
    let mut head = vec![chart.asked.by.word().to_owned()];
    if several {
        head.push("query".to_owned());
    }
    head.push("all".to_owned());
    if rate {
        head.push("per 100,000".to_owned());
    }
    head.extend(used.iter().filter_map(|at| Some(chart.periods.get(*at)?.name())));
    let mut rows = Vec::new();
    for (group, name) in chart.groups.iter().enumerate() {
        for (n, series) in chart.series.iter().enumerate() {
            let all = series.of_group(group);
            let mut cells = vec![name.clone()];
            if several {
                cells.push(letter(n).to_string());
            }
            cells.push(thousands(all.statements));
            if rate {
                cells.push(value_words(all.rate(), true));
            }
            cells.extend(used.iter().map(|at| {
                let cell = series.cells.get(&(group, *at));
                cell.map_or_else(String::new, |cell| value_words(cell.value(rate), rate))
            }));
            rows.push(cells);
        }
    }
    Table { head, rows, texts: if several { 2 } else { 1 } }
}
