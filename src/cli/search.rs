//! `spv search`: the words of every statement.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::{KwicSort, SearchArgs, SearchBy, SearchOrder};
use super::index::Shown;
use super::out::{Answer, Failure, found, json_line, line, say};
use super::place::{Shelf, World};
use super::table;
use crate::facts::meetings;
use crate::library::Places;
use crate::record::harmless;
use crate::search::concordance::{self, Line, Sort};
use crate::search::query::{Field, Node, Query, parse};
use crate::search::text::{
    By, Context, Hit, Hits, Index, IndexError, Loader, Marker, Order, State, context, count_by,
    count_by_record, has_private, search, state, update,
};

/// A library of at most so many records is indexed in memory where no index can be kept.
const SMALL: usize = 300;

/// One hit, with the names of its JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Symbol of the record.
    pub symbol: String,
    /// Language of the edition.
    pub language: String,
    /// Number of the statement.
    pub statement: u32,
    /// The first paragraph with a word of the query, from 1.
    pub paragraph: usize,
    /// The printed page it stands on.
    pub page: Option<u32>,
    /// Title and name.
    pub speaker: String,
    /// State spoken for.
    pub state: Option<String>,
    /// Organization spoken for.
    pub organization: Option<String>,
    /// The day.
    pub date: String,
    /// The words around the first mark.
    pub snippet: String,
    /// Higher is better; 0 where hits are not ordered by it.
    pub score: f32,
}

/// Answers `spv search`.
///
/// # Errors
/// When nothing was understood of the query, the library cannot be opened, or there is no index and none
/// can be made.
pub fn run(world: &World, args: &SearchArgs, out: &mut dyn Write) -> Answer {
    let query = understood(&args.query.join(" "))?;
    let shelf = Shelf::open_and_say(&world.options)?;
    let index = ready(world, &shelf)?;
    let asked = Asked { world, args, query: &query, shelf: &shelf, index: &index };
    match (args.by, args.kwic) {
        (Some(by), _) => asked.counted(by, out),
        (None, true) => asked.concordance(out),
        (None, false) => asked.listed(out),
    }
}

/// The query in what was typed; what of it is wrong is said.
pub(super) fn understood(typed: &str) -> Result<Query, Failure> {
    let query = parse(typed);
    for trouble in &query.troubles {
        let piece = typed.get(trouble.at.clone()).unwrap_or("");
        say(&format!("{piece} (at {}): {}", trouble.at.start + 1, trouble.message));
    }
    if query.is_empty() {
        return Err(Failure::wrong("there is nothing to search for; give a word or a field"));
    }
    Ok(query)
}

/// The index, brought up to date first where that may be done.
pub(super) fn ready(world: &World, shelf: &Shelf) -> Result<Index, Failure> {
    let cache = Places::find(world.options.library.as_deref()).cache;
    let (library, cache) = (&shelf.library, cache.as_deref());
    let language = world.options.lang.as_ref();
    let standing = state(library, cache);
    if standing != State::True {
        let mut shown = Shown::new();
        let never = AtomicBool::new(false);
        let mut bring =
            |private| update(library, cache, private, &never, &mut |progress| shown.show(progress));
        let mut made = bring(false);
        if matches!(made, Err(IndexError::Refused { .. })) && has_private(library, cache) {
            made = bring(true);
        }
        shown.end();
        match (made, standing) {
            (Ok(_), _) => {}
            // Another program is at it already; what it has committed answers.
            (Err(error), State::Behind(n)) => {
                say(&format!("{n} records are not in the index yet: {error}"));
            }
            (Err(_), _) if library.catalogue().entries.len() <= SMALL => {
                return Ok(Index::in_memory(library, language)?);
            }
            (Err(error), _) => return Err(error.into()),
        }
    }
    let open = || Index::open(library, cache, language);
    match open()? {
        Some(index) => Ok(index),
        None => Err(IndexError::Damaged("it cannot be opened".to_owned()).into()),
    }
}

/// A search on its way.
struct Asked<'a> {
    world: &'a World,
    args: &'a SearchArgs,
    query: &'a Query,
    shelf: &'a Shelf,
    index: &'a Index,
}

impl Asked<'_> {
    fn search(&self, limit: usize, order: Order) -> Result<Hits, Failure> {
        let limit = if limit == 0 { usize::MAX } else { limit };
        Ok(search(self.index, self.query, limit, order, &AtomicBool::new(false))?)
    }

    fn otherwise(&self) -> String {
        format!("no statement here has {}; try fewer words, or word*", self.query)
    }

    /// The hits, each with its words.
    fn listed(&self, out: &mut dyn Write) -> Answer {
        let order = match self.args.order {
            SearchOrder::Relevance => Order::Relevance,
            SearchOrder::Date => Order::Date,
        };
        let hits = self.search(self.args.limit, order)?;
        let marker = Marker::new(self.query);
        let mut loader = Loader::new(&self.shelf.library);
        if self.args.csv {
            csv(
                out,
                &[
                    "symbol",
                    "language",
                    "statement",
                    "paragraph",
                    "page",
                    "speaker",
                    "state",
                    "organization",
                    "date",
                    "snippet",
                    "score",
                ]
                .map(str::to_owned),
            )?;
        }
        for hit in &hits.hits {
            let Some(row) = row(&mut loader, &marker, hit) else { continue };
            if self.args.json {
                json_line(out, &row)?;
            } else if self.args.csv {
                csv(out, &cells(&row))?;
            } else {
                self.text(out, &row)?;
            }
        }
        if !self.args.json && !self.args.csv && hits.statements > 0 {
            let records = if hits.records == 1 { "record" } else { "records" };
            writeln!(out, "{} statements in {} {records}", hits.statements, hits.records)?;
        }
        found(hits.statements > 0, &self.otherwise())
    }

    fn text(&self, out: &mut dyn Write, row: &Row) -> Result<(), Failure> {
        let of = row.state.as_deref().or(row.organization.as_deref());
        let of = of.map_or(String::new(), |of| format!(" ({of})"));
        let page = row.page.map_or(String::new(), |p| format!(", p. {p}"));
        let head = line(&format!(
            "{}  {}  statement {}{page}  {}{of}",
            row.symbol, row.date, row.statement, row.speaker
        ));
        writeln!(out, "{head}")?;
        let width = self.world.columns.unwrap_or(80).min(usize::from(u16::MAX));
        table::paragraph(out, &line(&row.snippet), 4, u16::try_from(width).unwrap_or(80))?;
        Ok(())
    }

    /// Statements counted by something.
    fn counted(&self, by: SearchBy, out: &mut dyn Write) -> Answer {
        let never = AtomicBool::new(false);
        let rows = match by {
            SearchBy::Year => return self.years(out),
            SearchBy::Record => return self.records(out),
            SearchBy::State if self.args.members => {
                count_by(self.index, self.query, By::Members, &never)?
            }
            SearchBy::State => count_by(self.index, self.query, By::State, &never)?,
            SearchBy::Speaker => count_by(self.index, self.query, By::Speaker, &never)?,
        };
        let name = if by == SearchBy::Speaker { "speaker" } else { "state" };
        let names = [name, "statements"];
        let rows = rows.into_iter().map(|(name, count)| vec![Cell::Text(name), Cell::Count(count)]);
        self.table(out, &names, rows.collect())
    }

    fn records(&self, out: &mut dyn Write) -> Answer {
        let counted = count_by_record(self.index, self.query, &AtomicBool::new(false))?;
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

    /// Years, beside what the library has in each: a count without that misleads, because the Council speaks
    /// seven times as much as it did.
    fn years(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(1, Order::Date)?;
        let found: BTreeMap<i16, usize> = hits.years.iter().copied().collect();
        let mut dated = false;
        self.query.visit(&mut |node, _| {
            dated |= matches!(node, Node::Field(Field::Year(..) | Field::Date(..)));
        });
        let mut rows = Vec::new();
        for (year, here) in self.here() {
            let count = found.get(&year).copied().unwrap_or(0);
            if count == 0 && dated {
                continue;
            }
            let rate = count as f64 * 1_000.0 / here.statements.max(1) as f64;
            rows.push(vec![
                Cell::Count(usize::try_from(year).unwrap_or(0)),
                Cell::Count(count),
                Cell::Count(here.statements),
                Cell::Count(here.words),
                Cell::Rate(rate),
                Cell::Count(here.meetings.len()),
                Cell::Count(here.known),
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
        ];
        if hits.statements == 0 {
            rows.clear();
        }
        self.table(out, &names, rows)
    }

    /// What the library has, by year.
    fn here(&self) -> BTreeMap<i16, Here> {
        let catalogue = self.shelf.library.catalogue();
        let mut years: BTreeMap<i16, Here> = BTreeMap::new();
        for entry in self.shelf.records(&self.world.options) {
            let here = years.entry(entry.date.year()).or_default();
            for heading in catalogue.headings(entry) {
                here.statements += 1;
                here.words += heading.words as usize;
            }
            here.meetings.insert(entry.symbol.to_string());
        }
        if self.shelf.with_facts() {
            for meeting in meetings::all().filter(|meeting| !meeting.private) {
                if let Some(here) = years.get_mut(&meeting.date.year()) {
                    here.known += 1;
                }
            }
        }
        years
    }

    fn table(&self, out: &mut dyn Write, names: &[&str], rows: Vec<Vec<Cell>>) -> Answer {
        let limit = if self.args.limit == 0 || self.args.by == Some(SearchBy::Year) {
            usize::MAX
        } else {
            self.args.limit
        };
        let any = !rows.is_empty();
        let rows = rows.into_iter().take(limit);
        if self.args.json {
            for row in rows {
                let object: serde_json::Map<String, serde_json::Value> = names
                    .iter()
                    .zip(&row)
                    .map(|(name, cell)| ((*name).to_owned(), cell.json()))
                    .collect();
                json_line(out, &object)?;
            }
        } else if self.args.csv {
            csv(out, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
            for row in rows {
                csv(out, &row.iter().map(Cell::text).collect::<Vec<_>>())?;
            }
        } else {
            let mut cells: Vec<Vec<String>> =
                vec![names.iter().map(|name| name.replace('_', " ")).collect()];
            cells.extend(rows.map(|row| row.iter().map(|cell| line(&cell.text())).collect()));
            let right: Vec<usize> = match self.args.by {
                Some(SearchBy::Year) => (0..names.len()).collect(),
                Some(SearchBy::Record) => vec![3],
                _ => Vec::new(),
            };
            if any {
                table::write(out, &cells, &right, self.world.columns)?;
            }
        }
        found(any, &self.otherwise())
    }

    /// Every occurrence on a line.
    fn concordance(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(0, Order::Date)?;
        let marker = Marker::new(self.query);
        if marker.is_empty() {
            return Err(Failure::wrong(
                "--kwic shows words in their context; give a word beside the fields",
            ));
        }
        let mut loader = Loader::new(&self.shelf.library);
        let limit = if self.args.limit == 0 { usize::MAX } else { self.args.limit };
        let sort = match self.args.sort {
            KwicSort::Date => None,
            KwicSort::Left => Some(Sort::Left),
            KwicSort::Right => Some(Sort::Right),
            KwicSort::Speaker => Some(Sort::Speaker),
        };
        if self.args.csv {
            csv(
                out,
                &[
                    "symbol",
                    "language",
                    "date",
                    "statement",
                    "paragraph",
                    "page",
                    "speaker",
                    "state",
                    "left",
                    "word",
                    "right",
                ]
                .map(str::to_owned),
            )?;
        }
        let (mut kept, mut shown) = (Vec::new(), 0);
        for hit in &hits.hits {
            let Some(record) = load(&mut loader, hit) else { continue };
            for line in concordance::lines(&record, &marker, hit) {
                if sort.is_some() {
                    kept.push(line);
                } else if shown < limit {
                    self.occurrence(out, &line)?;
                    shown += 1;
                }
            }
            if sort.is_none() && shown >= limit {
                break;
            }
        }
        if let Some(by) = sort {
            concordance::sort(&mut kept, by);
            kept.iter().take(limit).try_for_each(|line| self.occurrence(out, line))?;
        }
        found(shown > 0 || !kept.is_empty(), &self.otherwise())
    }

    fn occurrence(&self, out: &mut dyn Write, found: &Line) -> Result<(), Failure> {
        if self.args.json {
            return json_line(
                out,
                &serde_json::json!({
                    "symbol": found.symbol, "language": found.language,
                    "date": found.date.to_string(), "statement": found.statement,
                    "paragraph": found.paragraph + 1, "page": found.page,
                    "speaker": found.speaker, "state": found.state,
                    "left": found.left, "word": found.word, "right": found.right,
                }),
            );
        }
        if self.args.csv {
            return csv(
                out,
                &[
                    found.symbol.clone(),
                    found.language.clone(),
                    found.date.to_string(),
                    found.statement.to_string(),
                    (found.paragraph + 1).to_string(),
                    found.page.map_or(String::new(), |p| p.to_string()),
                    found.speaker.clone(),
                    found.state.clone().unwrap_or_default(),
                    found.left.clone(),
                    found.word.clone(),
                    found.right.clone(),
                ],
            );
        }
        // Made harmless first, since what is put in the place of a bad character has a width.
        let safe = |text: &str| harmless::line(text).into_owned();
        let clean = Line {
            left: safe(&found.left),
            word: safe(&found.word),
            right: safe(&found.right),
            ..found.clone()
        };
        let place = line(&format!("{} {}", found.date, found.symbol));
        let side = self.world.columns.unwrap_or(100).saturating_sub(40).max(24) / 2;
        let (left, word, right) = concordance::fitted(&clean, side);
        let text = format!("{left}{word}{right}");
        writeln!(out, "{place:<26} {}", text.trim_end())?;
        Ok(())
    }
}

/// What a library has in one year.
#[derive(Debug, Default)]
struct Here {
    statements: usize,
    words: usize,
    meetings: HashSet<String>,
    known: usize,
}

/// A cell of a table of counts.
#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Count(usize),
    Rate(f64),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Rate(rate) => format!("{rate:.1}"),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Count(count) => (*count).into(),
            Self::Rate(rate) => ((rate * 1_000.0).round() / 1_000.0).into(),
        }
    }
}

fn csv(out: &mut dyn Write, cells: &[String]) -> Result<(), Failure> {
    let cells: Vec<_> = cells.iter().map(|cell| harmless::csv_cell(cell)).collect();
    // RFC 4180 ends a line so.
    write!(out, "{}\r\n", cells.join(","))?;
    Ok(())
}

/// The record of a hit; one that cannot be read is named on standard error and left out.
fn load(loader: &mut Loader<'_>, hit: &Hit) -> Option<std::rc::Rc<crate::record::Record>> {
    match loader.record(hit) {
        Ok(record) => record,
        Err(error) => {
            say(&error.to_string());
            None
        }
    }
}

fn row(loader: &mut Loader<'_>, marker: &Marker, hit: &Hit) -> Option<Row> {
    let record = load(loader, hit)?;
    let Context {
        statement, paragraph, page, speaker, state, organization, snippet, stale, ..
    } = context(&record, marker, hit)?;
    if stale {
        say(&format!("{}: the record has changed since it was indexed; spv index", record.symbol));
    }
    Some(Row {
        symbol: record.symbol.to_string(),
        language: record.language.code().to_owned(),
        statement,
        paragraph: paragraph + 1,
        page,
        speaker,
        state,
        organization,
        date: record.date.to_string(),
        snippet,
        score: hit.score,
    })
}

fn cells(row: &Row) -> [String; 11] {
    [
        row.symbol.clone(),
        row.language.clone(),
        row.statement.to_string(),
        row.paragraph.to_string(),
        row.page.map_or(String::new(), |p| p.to_string()),
        row.speaker.clone(),
        row.state.clone().unwrap_or_default(),
        row.organization.clone().unwrap_or_default(),
        row.date.clone(),
        row.snippet.clone(),
        row.score.to_string(),
    ]
}
