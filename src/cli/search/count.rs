//! `spv search --by`: statements counted by year, State, speaker or record.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::sync::Arc;

use super::request::SearchRequest;
use crate::app::chart::{self, Asked};
use crate::cli::args::SearchBy;
use crate::cli::out::{Answer, Answered, Failure, json_line, one_line, say_total};
use crate::cli::{csv, table};
use crate::facts::meetings;
use crate::search::query::{Field, Node};
use crate::search::results::{CountBy, Order, count_by, count_by_record};

impl SearchRequest<'_> {
    /// Prints the number of statements by year, State, speaker or record.
    pub(super) fn write_counts(&self, by: SearchBy, out: &mut dyn Write) -> Answer {
        let by_what = match by {
            SearchBy::Year => return self.years(out),
            SearchBy::Record => return self.records(out),
            SearchBy::State if self.args.members => CountBy::Members,
            SearchBy::State => CountBy::State,
            SearchBy::Speaker => CountBy::Speaker,
        };
        let rows = self.note_damage(count_by(self.index, self.query, by_what, &Arc::default()))?;
        let name = if by == SearchBy::Speaker { "speaker" } else { "state" };
        let names = [name, "statements"];
        let rows = rows.into_iter().map(|(name, count)| vec![Cell::Text(name), Cell::Count(count)]);
        self.table(out, &names, rows.collect())
    }

    fn records(&self, out: &mut dyn Write) -> Answer {
        let never = Arc::default();
        let counted = self.note_damage(count_by_record(self.index, self.query, &never))?;
        let entries = &self.shelf.library.catalogue().entries;
        let rows = counted.into_iter().filter_map(|(entry, count)| {
            let entry = entries.get(entry)?;
            Some(vec![
                Cell::Text(entry.symbol.to_string()),
                Cell::Text(entry.language.code().to_owned()),
                Cell::Text(entry.date.to_string()),
                Cell::Count(count),
                Cell::Text(entry.topic.to_string()),
            ])
        });
        let names = ["symbol", "language", "date", "statements", "topic"];
        self.table(out, &names, rows.collect())
    }

    /// Prints years with the totals of the library in each, without which counts mislead: the Council speaks seven
    /// times as much as it did. The last columns are those of `spv chart`: what is counted there, among which words,
    /// and the rate.
    fn years(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(1, Order::Date)?;
        let found: BTreeMap<i16, usize> = hits.years.iter().copied().collect();
        let asked = Asked {
            queries: vec![self.query.to_string()],
            language: self.world.options.lang.clone(),
            ..Asked::default()
        };
        let catalogue = self.shelf.library.catalogue();
        let never = Arc::default();
        let chart = self.note_damage(chart::count(self.index, catalogue, &asked, &never))?;
        let at = |year: i16| chart.periods.iter().position(|period| period.year == year);
        let mut dated = false;
        self.query.visit(&mut |node, _| {
            dated |= matches!(node, Node::Field(Field::Year(..) | Field::Date(..)));
        });
        let mut rows = Vec::new();
        for (year, here) in self.held_by_year() {
            let count = found.get(&year).copied().unwrap_or(0);
            if count == 0 && dated {
                continue;
            }
            let rate = count as f64 * 1_000.0 / here.statements.max(1) as f64;
            let drawn = at(year).map(|at| chart.at(0, at)).unwrap_or_default();
            rows.push(vec![
                Cell::Count(usize::try_from(year).unwrap_or(0)),
                Cell::Count(count),
                Cell::Count(here.statements),
                Cell::Count(here.words),
                Cell::Rate(rate),
                Cell::Count(here.known_here),
                Cell::Count(here.known),
                Cell::Count(drawn.statements),
                Cell::Count(usize::try_from(drawn.words).unwrap_or(usize::MAX)),
                drawn.rate().map_or(Cell::None, Cell::Rate),
            ]);
        }
        let names = [
            "year",
            "statements",
            "library_statements",
            "library_words",
            "per_thousand",
            "meetings_here",
            "meetings_known",
            "counted",
            "words",
            "per_100000_words",
        ];
        if hits.statements == 0 {
            rows.clear();
        }
        self.table(out, &names, rows)
    }

    /// What the library has, by year.
    fn held_by_year(&self) -> BTreeMap<i16, HeldInYear> {
        let catalogue = self.shelf.library.catalogue();
        let mut years: BTreeMap<i16, HeldInYear> = BTreeMap::new();
        for entry in self.shelf.records(&self.world.options) {
            let here = years.entry(entry.date.year()).or_default();
            for heading in catalogue.headings(entry) {
                here.statements += 1;
                here.words += heading.words as usize;
            }
            here.meetings.insert(entry.symbol.to_string());
            here.meetings.insert(entry.symbol.meeting().to_string());
        }
        if self.shelf.with_facts() {
            for meeting in meetings::all().filter(|meeting| !meeting.private) {
                if let Some(here) = years.get_mut(&meeting.date.year()) {
                    here.known += 1;
                    here.known_here += usize::from(here.meetings.contains(meeting.symbol));
                }
            }
        }
        years
    }

    fn table(&self, out: &mut dyn Write, names: &[&str], rows: Vec<Vec<Cell>>) -> Answer {
        let years = self.args.by == Some(SearchBy::Year);
        let limit = if years { usize::MAX } else { self.limit() };
        let (any, all) = (!rows.is_empty(), rows.len());
        let rows = rows.into_iter().take(limit);
        let table = self.args.table;
        if table.json {
            for row in rows {
                let object: serde_json::Map<String, serde_json::Value> = names
                    .iter()
                    .zip(&row)
                    .map(|(name, cell)| ((*name).to_owned(), cell.json()))
                    .collect();
                json_line(out, &object)?;
            }
        } else if table.csv {
            csv::write_mark(out, table.excel)?;
            out.write_all(csv::format_row(names).as_bytes())?;
            for row in rows {
                let cells: Vec<String> = row.iter().map(Cell::text).collect();
                out.write_all(csv::format_row(&cells).as_bytes())?;
            }
        } else {
            let mut cells: Vec<Vec<String>> =
                vec![names.iter().map(|name| name.replace('_', " ")).collect()];
            cells.extend(rows.map(|row| row.iter().map(|cell| one_line(&cell.text())).collect()));
            let right: Vec<usize> = match self.args.by {
                Some(SearchBy::Year) => (0..names.len()).collect(),
                Some(SearchBy::Record) => vec![3],
                _ => Vec::new(),
            };
            if any {
                table::write_rows(out, &cells, &right, self.world.columns)?;
                say_total(out, all.min(limit), all)?;
            }
        }
        if any {
            return Ok(Answered::Something);
        }
        Err(Failure::nothing(match self.args.by {
            Some(SearchBy::State) => self.no_state_found()?,
            _ => self.nothing_found(),
        }))
    }
}

/// What a library has in one year.
#[derive(Debug, Default)]
struct HeldInYear {
    statements: usize,
    words: usize,
    /// The records in the library, and their meetings.
    meetings: HashSet<String>,
    /// Public meetings in the built-in table.
    known: usize,
    /// Those of them that have a record in the library.
    known_here: usize,
}

/// A cell of a table of counts.
#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Count(usize),
    Rate(f64),
    /// No figure.
    None,
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => format!("{rate:.1}"),
            Self::None => String::new(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Count(count) => (*count).into(),
            Self::Rate(rate) => ((rate * 1_000.0).round() / 1_000.0).into(),
            Self::None => serde_json::Value::Null,
        }
    }
}
