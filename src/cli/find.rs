//! `spv find`: fuzzy search over everything that has a name.

use std::io::Write;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::FindArgs;
use super::out::{Answer, Failure, found_if, one_line, result_limit, say, say_total};
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::table;
use super::world::World;
use crate::facts::votes;
use crate::record::Symbol;
use crate::record::symbol::Series;
use crate::search::find::{Hit, Hits, Named, Names, council_entries};

/// The names of the columns of [`NameRow`], in their order.
const NAMES: &str = "kind name symbol score";

/// One match; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameRow {
    /// `record`, `page`, `speaker`, `state`, `organization`, `topic`, `vote` or `council`.
    pub kind: &'static str,
    /// The name, as a line.
    pub name: String,
    /// Symbol of the record that it is or is in.
    pub symbol: Option<String>,
    /// Higher is better.
    pub score: i64,
}

impl NameRow {
    pub fn of(hit: &Hit) -> Self {
        let (kind, symbol) = match &hit.named {
            Named::Record { symbol, .. } => ("record", Some(symbol.to_string())),
            Named::Page { symbol, .. } => ("page", Some(symbol.to_string())),
            Named::Speaker { .. } => ("speaker", None),
            Named::Council(_) => ("council", None),
            Named::State(_) => ("state", None),
            Named::Organization(_) => ("organization", None),
            Named::Group(_) => ("group", None),
            Named::Topic(_) => ("topic", None),
            Named::Vote(id) => {
                let meeting = votes::get(*id).map_or("", |v| v.meeting);
                ("vote", (!meeting.is_empty()).then(|| meeting.to_owned()))
            }
        };
        Self { kind, name: hit.line.to_string(), symbol, score: hit.score }
    }
}

/// Whether a name can be one of the exercise debates.
fn is_exercise(named: &Named) -> bool {
    let exercise = |symbol: &Symbol| symbol.series() == Series::Exercise;
    match named {
        Named::Record { symbol, .. } | Named::Page { symbol, .. } => exercise(symbol),
        Named::Vote(_) | Named::Council(_) => false,
        _ => true,
    }
}

/// Runs `spv find`.
///
/// # Errors
/// When the library cannot be opened or the answer cannot be written.
pub fn run(world: &World, args: &FindArgs, out: &mut dyn Write) -> Answer {
    let query = args.text.join(" ");
    if query.trim().is_empty() {
        return Err(Failure::wrong("nothing to find: give some words, such as spv find umarov"));
    }
    let shelf = Shelf::open_all(world)?;
    let names = Names::new(shelf.library.catalogue());
    let limit = result_limit(args.limit, 20, args.table.is_text()).min(names.len());
    let asked = if shelf.exercise { names.len() } else { limit };
    let mut found = names.find(&query, asked, &AtomicBool::new(false));
    if shelf.exercise {
        found.hits.retain(|hit| is_exercise(&hit.named));
        found.total = found.hits.len();
    }
    // A fact and no record: it is given beside the exercise debates too.
    council_entries(&mut found, &query, world.today, limit);
    let Hits { hits, total, reading } = found;
    let rows: Vec<NameRow> = hits.iter().take(limit).map(NameRow::of).collect();
    if let Some(writer) = RowWriter::begin(out, args.table, NAMES)? {
        writer.write_all(out, &rows)?;
    } else {
        let cells: Vec<Vec<String>> =
            rows.iter().map(|row| vec![row.kind.to_owned(), one_line(&row.name)]).collect();
        table::write_rows(out, &cells, &[], world.columns)?;
        say_total(out, rows.len(), total)?;
    }
    if let Some(remark) = reading.remark() {
        say(&one_line(&remark));
    }
    found_if(
        !rows.is_empty(),
        &format!("no name matches {query:?}; for the words in the texts: spv search {query}"),
    )
}
