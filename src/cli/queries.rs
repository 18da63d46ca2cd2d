//! `spv queries`: the kept queries, what each finds now, and how much of it is new.

use std::io::Write;

use serde::Serialize;

use super::args::QueriesArgs;
use super::out::{Answer, Answered, Failure, found_if, one_line, say};
use super::process::MemoryLimit;
use super::rows::RowWriter;
use super::search::{folder, look, of_refusal, open_index, other_library, trouble};
use super::shelf::Shelf;
use super::table;
use super::world::World;
use crate::desk::queries::{self, KeptQuery};
use crate::search::index::{Index, IndexState};
use crate::search::new_hits::library_name;
use crate::search::query::parse;
use crate::search::results::Order;

/// The names of the columns of [`Row`], in their order.
const NAMES: &str = "name query statements new kept looked library trouble";

/// A kept query; the fields are those of its JSON.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    query: String,
    /// The statements it finds; none if it cannot be asked.
    statements: Option<usize>,
    /// How many of them were not seen.
    new: Option<usize>,
    /// The day it was kept, in UTC.
    kept: String,
    /// The day it was looked at last, in UTC.
    looked: Option<String>,
    /// The library it was looked at in.
    library: Option<String>,
    /// Why it cannot be asked.
    trouble: Option<String>,
}

/// Runs `spv queries`.
///
/// # Errors
/// If the kept queries cannot be read or changed, or the library cannot be searched.
pub fn run(world: &World, args: &QueriesArgs, out: &mut dyn Write) -> Answer {
    let dir = folder()?;
    if let Some(name) = &args.remove {
        queries::remove(&dir, name).map_err(of_refusal)?;
        return Ok(Answered::Something);
    }
    if let [name, to] = args.rename.as_slice() {
        let warning = queries::rename(&dir, name, to).map_err(of_refusal)?;
        warning.iter().for_each(|warning| say(warning));
        return Ok(Answered::Something);
    }
    let (kept, warning) = queries::all(&dir).map_err(Failure::could_not)?;
    warning.iter().for_each(|warning| say(warning));
    let writer = RowWriter::begin(out, args.table, NAMES)?;
    if kept.is_empty() {
        return found_if(
            false,
            "no kept queries; `spv search QUERY --save NAME` or W in the reader keeps one",
        );
    }
    let mut shelf = Shelf::open_one(world)?;
    let standing = shelf.renew_index_state()?;
    shelf.note_and_report();
    let index = open_index(&shelf, standing, world.options.lang.as_ref(), false)?;
    let _bounded = (standing == IndexState::UpToDate).then(MemoryLimit::begin);
    let rows: Result<Vec<Row>, Failure> =
        kept.iter().map(|kept| row(&shelf, &index, kept)).collect();
    let rows = rows?;
    match writer {
        Some(writer) => writer.write_all(out, &rows)?,
        None => write_text(world, &rows, out)?,
    }
    Ok(Answered::Something)
}

fn row(shelf: &Shelf, index: &Index, kept: &KeptQuery) -> Result<Row, Failure> {
    other_library(kept, &library_name(&shelf.library)).iter().for_each(|words| say(words));
    let query = parse(&kept.query);
    let trouble = trouble(&query, &kept.query);
    let found = match trouble {
        Some(_) => None,
        None => Some(look(shelf, index, &query, &kept.seen, Order::Date)?),
    };
    let day = |at: i64| {
        let time = jiff::Timestamp::from_second(at).unwrap_or_default();
        jiff::tz::TimeZone::UTC.to_datetime(time).date().to_string()
    };
    Ok(Row {
        name: kept.name.clone(),
        query: kept.query.clone(),
        statements: found.as_ref().map(|found| found.hits.statements),
        new: found.as_ref().map(|found| found.new.len()),
        kept: day(kept.at),
        looked: kept.looked.map(day),
        library: kept.library.clone(),
        trouble,
    })
}

fn write_text(world: &World, rows: &[Row], out: &mut dyn Write) -> Result<(), Failure> {
    let mut cells: Vec<Vec<String>> =
        vec![["name", "statements", "new", "query"].map(str::to_owned).to_vec()];
    for row in rows {
        let count = |n: Option<usize>| n.map_or("-".to_owned(), |n| n.to_string());
        let query = match &row.trouble {
            Some(trouble) => format!("{} (cannot be read: {trouble})", row.query),
            None => row.query.clone(),
        };
        let (name, query) = (one_line(&row.name), one_line(&query));
        cells.push(vec![name, count(row.statements), count(row.new), query]);
    }
    table::write_rows(out, &cells, &[1, 2], world.columns)?;
    Ok(())
}
