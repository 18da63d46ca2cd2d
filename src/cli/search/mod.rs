//! `spv search`: searches the text of all statements, and lists the hits.
//!
//! [`request`] opens the index and asks it, [`count`] counts hits, and [`kwic`] prints a concordance.

pub(crate) mod collocates;
mod count;
mod kwic;
mod request;
mod saved;

use std::cell::Cell;
use std::io::Write;

use serde::Serialize;

use request::{SearchRequest, load_record, say_unknown_names, write_csv_row};
pub(super) use request::{open_index, parse_query};
pub(super) use saved::{folder, look, of_refusal, other_library, trouble};

use super::args::{SearchArgs, SearchOrder};
use super::out::{Answer, Failure, found_or, json_line, one_line, say, say_total};
use super::process::MemoryLimit;
use super::shelf::Shelf;
use super::table;
use super::world::World;
use crate::library::Entry;
use crate::search::index::{IndexState, index_state, known_index_state};
use crate::search::results::{
    Hit, HitContext, Marker, Order, RecordLoader, find_context, find_contexts, forms_line,
};

/// The number of hits whose records are read together: small, since the first rows may be enough.
const AHEAD: usize = 16;
/// The names of the columns of [`HitRow`], in their order.
const NAMES: &str =
    "symbol language statement paragraph page speaker state organization date snippet score";

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
        standing = renew(&mut shelf)?;
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
            standing = renew(&mut shelf)?;
            shelf.note(shelf.library.problems());
        }
    }
}

/// Reads what has changed in the library, and returns the state of its index.
fn renew(shelf: &mut Shelf) -> Result<IndexState, Failure> {
    shelf.renew()?;
    Ok(index_state(&shelf.library, shelf.library.cache()))
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
        if !self.args.json && !self.args.csv && hits.statements > 0 {
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
        if self.args.csv {
            super::csv::write_mark(out, self.args.excel)?;
            out.write_all(super::csv::format_names(NAMES).as_bytes())?;
        }
        for some in hits.chunks(AHEAD) {
            for row in self.rows(&mut loader, &marker, some).into_iter().flatten() {
                if self.args.json {
                    json_line(out, &row)?;
                } else if self.args.csv {
                    write_csv_row(out, &row_cells(&row))?;
                } else {
                    self.text(out, &row)?;
                }
            }
        }
        Ok(())
    }

    /// The rows of some hits. Their statements are read alone; a record is read as a whole where its statement does not
    /// have the words.
    fn rows(
        &self,
        loader: &mut RecordLoader<'_>,
        marker: &Marker,
        hits: &[Hit],
    ) -> Vec<Option<HitRow>> {
        let library = &self.shelf.library;
        let with_entry: Vec<(&Entry, Hit)> =
            hits.iter().filter_map(|hit| Some((loader.entry(hit)?, *hit))).collect();
        let contexts = find_contexts(library, marker, &with_entry, |statement| statement);
        let rows = with_entry.iter().zip(contexts).map(|((entry, hit), context)| {
            let context = match context {
                Some(context) => context,
                None => {
                    let record = load_record(self.shelf, loader, hit)?;
                    find_context(&record, marker, hit)?
                }
            };
            Some(hit_row(entry, context, hit))
        });
        rows.collect()
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

fn hit_row(entry: &Entry, context: HitContext, hit: &Hit) -> HitRow {
    let HitContext {
        statement, paragraph, page, speaker, state, organization, snippet, stale, ..
    } = context;
    if stale {
        say(&format!(
            "{}: the record has changed since it was indexed; run `spv index`",
            entry.symbol
        ));
    }
    HitRow {
        symbol: entry.symbol.to_string(),
        language: entry.language.code().to_owned(),
        statement,
        paragraph: paragraph + 1,
        page,
        speaker,
        state,
        organization,
        date: entry.date.to_string(),
        snippet,
        score: hit.score,
    }
}

fn row_cells(row: &HitRow) -> [String; 11] {
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
