//! `spv search`: searches the text of all statements, and lists the hits.
//!
//! [`request`] opens the index and asks it, [`count`] counts hits, and [`kwic`] prints a concordance.

mod count;
pub(crate) mod kwic;
mod request;

use std::cell::Cell;
use std::io::Write;

use serde::Serialize;

use request::{SearchRequest, load_record, say_unknown_names};
pub(super) use request::{open_index, parse_query};

use super::args::{SearchArgs, SearchOrder};
use super::out::{Answer, Failure, found_if, one_line, say, say_total};
use super::process::MemoryLimit;
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::speech::{SpeechColumns, describe_source};
use super::table;
use super::world::World;
use crate::record::Statement;
use crate::search::index::{IndexState, index_state};
use crate::search::results::{Hit, HitContext, Marker, Order, RecordLoader, find_context};

/// The number of hits whose records are read together: small, since the first rows may be enough.
const AHEAD: usize = 8;
/// The names of the columns of [`HitRow`], in their order.
const NAMES: &str = "symbol language statement paragraph page speaker state organization date snippet score topic \
                     item printed role as capacity spoken words source";

/// One hit; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HitRow {
    pub symbol: String,
    pub language: String,
    pub statement: u32,
    /// The first paragraph with a word of the query, from 1.
    pub paragraph: usize,
    pub page: Option<u32>,
    pub speaker: String,
    pub state: Option<String>,
    pub organization: Option<String>,
    pub date: String,
    /// The words around the first match.
    pub snippet: String,
    /// Higher is better; 0 if hits are sorted by date.
    pub score: f32,
    pub topic: String,
    /// What every table of statements has.
    #[serde(flatten)]
    pub more: SpeechColumns,
    /// The words of the whole statement.
    pub words: usize,
    /// Where the text came from.
    pub source: String,
}

/// Runs `spv search`.
///
/// # Errors
/// If the query has no valid part, the library cannot be opened, or there is no index and none can be created.
pub fn run(world: &World, args: &SearchArgs, out: &mut dyn Write) -> Answer {
    let query = parse_query(&args.query.join(" "))?;
    let mut shelf = Shelf::open_one(world)?;
    // An index that is up to date was compared with every file.
    let mut standing = index_state(&shelf.library, shelf.library.cache());
    if standing != IndexState::UpToDate {
        shelf.renew()?;
        standing = index_state(&shelf.library, shelf.library.cache());
    }
    shelf.note_and_report();
    say_unknown_names(&query, &shelf);
    let language = world.options.lang.as_ref();
    let (query, shelf, mut mended) = (&query, &shelf, false);
    loop {
        let index = &open_index(shelf, standing, language, mended)?;
        // Creating an index takes more memory, and leaves some that would count.
        let _bounded = (standing == IndexState::UpToDate && !mended).then(MemoryLimit::begin);
        let asked = SearchRequest { world, args, query, shelf, index, damaged: Cell::new(false) };
        let answer = match (args.by, args.kwic) {
            (Some(by), _) => asked.write_counts(by, out),
            (None, true) => asked.write_concordance(out),
            (None, false) => asked.write_hits(out),
        };
        // The index is queried before anything is written, so that it can be queried again.
        if mended || !asked.damaged.get() {
            return answer;
        }
        mended = true;
    }
}

impl SearchRequest<'_> {
    /// Prints the hits, each with a snippet.
    fn write_hits(&self, out: &mut dyn Write) -> Answer {
        let order = match self.args.order {
            SearchOrder::Relevance => Order::Relevance,
            SearchOrder::Date => Order::Date,
        };
        let hits = self.search(self.limit(), order)?;
        let marker = Marker::new(self.query);
        let mut loader = RecordLoader::new(&self.shelf.library);
        let writer = RowWriter::begin(out, self.args.table, NAMES)?;
        for some in hits.hits.chunks(AHEAD) {
            loader.ahead(some);
            for row in some.iter().filter_map(|hit| hit_row(self.shelf, &mut loader, &marker, hit))
            {
                match &writer {
                    Some(writer) => writer.write(out, &row)?,
                    None => self.text(out, &row)?,
                }
            }
        }
        if writer.is_none() && hits.statements > 0 {
            let records = if hits.records == 1 { "record" } else { "records" };
            writeln!(out, "{} statements in {} {records}", hits.statements, hits.records)?;
            say_total(out, hits.hits.len(), hits.statements)?;
        }
        found_if(hits.statements > 0, &self.nothing_found())
    }

    fn text(&self, out: &mut dyn Write, row: &HitRow) -> Result<(), Failure> {
        let of = row.state.as_deref().or(row.organization.as_deref());
        let of = of.map_or(String::new(), |of| format!(" ({of})"));
        let page = row.page.map_or(String::new(), |p| format!(", p. {p}"));
        let head = one_line(&format!(
            "{}  {}  statement {}{page}  {}{of}",
            row.symbol, row.date, row.statement, row.speaker
        ));
        writeln!(out, "{head}")?;
        let width = self.world.columns.unwrap_or(80).min(usize::from(u16::MAX));
        table::write_paragraph(
            out,
            &one_line(&row.snippet),
            4,
            u16::try_from(width).unwrap_or(80),
        )?;
        Ok(())
    }
}

fn hit_row(
    shelf: &Shelf,
    loader: &mut RecordLoader<'_>,
    marker: &Marker,
    hit: &Hit,
) -> Option<HitRow> {
    let record = load_record(shelf, loader, hit)?;
    let HitContext {
        nth,
        statement,
        paragraph,
        page,
        speaker,
        state,
        organization,
        snippet,
        stale,
        ..
    } = find_context(&record, marker, hit)?;
    if stale {
        say(&format!(
            "{}: the record has changed since it was indexed; run `spv index`",
            record.symbol
        ));
    }
    let said = record.statement(nth);
    Some(HitRow {
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
        topic: record.topic.clone(),
        more: said.map(|said| SpeechColumns::of(&record, said, paragraph)).unwrap_or_default(),
        words: said.map_or(0, Statement::words),
        source: describe_source(&record),
    })
}
