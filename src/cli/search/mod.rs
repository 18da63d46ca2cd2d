//! `spv search`: searches the text of all statements, and lists the hits.
//!
//! [`request`] opens the index and asks it, [`count`] counts hits, and [`kwic`] prints a concordance.

pub(crate) mod collocates;
mod count;
pub(crate) mod kwic;
mod request;
mod saved;

use std::cell::Cell;
use std::io::Write;

use serde::Serialize;

use request::{SearchRequest, load_record, say_unknown_names};
pub(super) use request::{open_index, parse_query};
pub(super) use saved::{folder, look, of_refusal, other_library, trouble};

use super::args::{SearchArgs, SearchOrder};
use super::out::{Answer, Failure, found_or, one_line, say, say_total};
use super::process::MemoryLimit;
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::speech::{SpeechColumns, describe_source};
use super::table;
use super::world::World;
use crate::library::Entry;
use crate::record::{Statement, Symbol};
use crate::search::index::{IndexState, known_index_state};
use crate::search::results::{
    Hit, HitContext, Marker, Order, RecordLoader, find_context, find_contexts, forms_line,
};

/// The number of hits whose records are read together: small, since the first rows may be enough.
const AHEAD: usize = 16;
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
    let kept = args.saved.as_deref().map(saved::find).transpose()?;
    let mut typed = args.query.join(" ");
    if args.forms {
        typed.push_str(" forms:on");
    }
    let query = match &kept {
        Some(kept) => saved::parse_kept(kept)?,
        None => parse_query(&typed)?,
    };
    if let Some(name) = &args.save {
        saved::check(name, &query)?;
    }
    let mut shelf = Shelf::open_one(world)?;
    // The times of the folders were compared; the records that are shown are, below.
    let mut standing = known_index_state(&shelf.library, shelf.library.cache());
    // What is new is counted exactly: every record is looked at for it.
    let mut renewed = standing != IndexState::UpToDate || args.new || args.save.is_some();
    if renewed {
        standing = shelf.renew_index_state()?;
    }
    shelf.note_and_report();
    say_unknown_names(&typed, &query, &shelf);
    let language = world.options.lang.as_ref();
    let (query, mut mended) = (&query, false);
    loop {
        let index = &open_index(&shelf, standing, language, mended)?;
        // Creating an index takes more memory, and leaves some that would count.
        let bounded = (standing == IndexState::UpToDate && !mended).then(MemoryLimit::begin);
        let asked = SearchRequest {
            world,
            args,
            query,
            shelf: &shelf,
            index,
            damaged: Cell::new(false),
            changed: (!renewed).then(|| Cell::new(false)),
        };
        let answer = match (args.by, args.kwic) {
            _ if args.new => asked.write_new(kept.as_ref(), out),
            (Some(by), _) => asked.write_counts(by, out),
            (None, true) if args.collocates => asked.write_collocates(out),
            (None, true) => asked.write_concordance(out),
            (None, false) => asked.write_hits(out),
        };
        // The index is queried before anything is written, so that it can be queried again.
        let changed = asked.changed.as_ref().is_some_and(Cell::get);
        if !changed && (mended || !asked.damaged.get()) {
            if let Some(forms) = forms_line(index, query) {
                say(&forms);
            }
            let answer = match &args.save {
                Some(name) => asked.keep(name, answer, out),
                None => answer,
            };
            return answer;
        }
        mended = !changed;
        drop(bounded);
        if changed {
            renewed = true;
            standing = shelf.renew_index_state()?;
            shelf.note(shelf.library.problems());
        }
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
        self.write_rows(&hits.hits, out)?;
        if self.args.table.is_text() && hits.statements > 0 {
            let records = if hits.records == 1 { "record" } else { "records" };
            writeln!(out, "{} statements in {} {records}", hits.statements, hits.records)?;
            say_total(out, hits.hits.len(), hits.statements)?;
        }
        found_or(hits.statements > 0, || self.nothing_found())
    }

    /// Prints some hits.
    fn write_rows(&self, hits: &[Hit], out: &mut dyn Write) -> Result<(), Failure> {
        let marker = Marker::new(self.query);
        let mut loader = RecordLoader::new(&self.shelf.library);
        let writer = RowWriter::begin(out, self.args.table, NAMES)?;
        for some in hits.chunks(AHEAD) {
            if let Some(writer) = &writer {
                loader.ahead(some);
                for hit in some {
                    if let Some(row) = hit_row(self.shelf, &mut loader, &marker, hit) {
                        writer.write(out, &row)?;
                    }
                }
                continue;
            }
            for (entry, context) in self.contexts(&mut loader, &marker, some) {
                self.text(out, entry, &context)?;
            }
        }
        Ok(())
    }

    /// Some hits with their words. Their statements are read alone; a record is read as a whole where its statement does
    /// not have the words.
    fn contexts<'a>(
        &'a self,
        loader: &mut RecordLoader<'a>,
        marker: &Marker,
        hits: &[Hit],
    ) -> Vec<(&'a Entry, HitContext)> {
        let library = &self.shelf.library;
        let with_entry: Vec<(&Entry, Hit)> =
            hits.iter().filter_map(|hit| Some((loader.entry(hit)?, *hit))).collect();
        let found = find_contexts(library, marker, &with_entry, |statement| statement);
        let mut contexts = Vec::with_capacity(found.len());
        for ((entry, hit), context) in with_entry.into_iter().zip(found) {
            let whole = |loader: &mut RecordLoader<'a>| {
                find_context(&*load_record(self.shelf, loader, &hit)?, marker, &hit)
            };
            if let Some(context) = context.or_else(|| whole(loader)) {
                say_if_stale(&context, &entry.symbol);
                contexts.push((entry, context));
            }
        }
        contexts
    }

    fn text(&self, out: &mut dyn Write, entry: &Entry, found: &HitContext) -> Result<(), Failure> {
        let of = found.state.as_deref().or(found.organization.as_deref());
        let of = of.map_or(String::new(), |of| format!(" ({of})"));
        let page = found.page.map_or(String::new(), |p| format!(", p. {p}"));
        let head = one_line(&format!(
            "{}  {}  statement {}{page}  {}{of}",
            entry.symbol, entry.date, found.statement, found.speaker
        ));
        writeln!(out, "{head}")?;
        let width = self.world.columns.unwrap_or(80).min(usize::from(u16::MAX));
        table::write_paragraph(
            out,
            &one_line(&found.snippet),
            4,
            u16::try_from(width).unwrap_or(80),
        )?;
        Ok(())
    }
}

/// Says so if the words of a hit are not in its record any more.
fn say_if_stale(found: &HitContext, symbol: &Symbol) {
    if found.stale {
        say(&format!("{symbol}: the record has changed since it was indexed; run `spv index`"));
    }
}

fn hit_row(
    shelf: &Shelf,
    loader: &mut RecordLoader<'_>,
    marker: &Marker,
    hit: &Hit,
) -> Option<HitRow> {
    let record = load_record(shelf, loader, hit)?;
    let found = find_context(&record, marker, hit)?;
    say_if_stale(&found, &record.symbol);
    let said = record.statement(found.nth);
    let more = said.map(|said| SpeechColumns::of(&record, said, found.paragraph));
    Some(HitRow {
        symbol: record.symbol.to_string(),
        language: record.language.code().to_owned(),
        statement: found.statement,
        paragraph: found.paragraph + 1,
        page: found.page,
        speaker: found.speaker,
        state: found.state,
        organization: found.organization,
        date: record.date.to_string(),
        snippet: found.snippet,
        score: hit.score,
        topic: record.topic.clone(),
        more: more.unwrap_or_default(),
        words: said.map_or(0, Statement::words),
        source: describe_source(&record),
    })
}
