//! `spv refs`: what a record cites, and what cites it.

use std::collections::HashSet;
use std::io::Write;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::RefsArgs;
use super::cite::not_here;
use super::out::{Answer, Failure, found, json_line, line};
use super::place::{Shelf, World, symbol};
use super::table;
use crate::library::references::{Citing, name_of, of_record};
use crate::record::reference;
use crate::record::{Record, Symbol};

/// One reference, with the names of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Symbol of the record that cites.
    pub symbol: String,
    /// Number of the statement.
    pub statement: u32,
    /// The paragraph in it, from 1.
    pub paragraph: usize,
    /// The printed page the reference stands on.
    pub page: Option<u32>,
    /// What is cited, in the usual spelling.
    pub cites: String,
    /// The page of it that is named.
    pub cites_page: Option<u32>,
    /// The words as they stand there.
    pub printed: String,
}

impl Row {
    fn of(symbol: &Symbol, citing: Citing) -> Self {
        Self {
            symbol: symbol.to_string(),
            statement: citing.statement,
            paragraph: citing.paragraph + 1,
            page: citing.page,
            cites: citing.cites,
            cites_page: citing.cites_page,
            printed: citing.printed,
        }
    }
}

/// Every reference in the statements of a record, in order.
#[must_use]
pub fn of(record: &Record) -> Vec<Row> {
    of_record(record).into_iter().map(|citing| Row::of(&record.symbol, citing)).collect()
}

/// Answers `spv refs`.
///
/// # Errors
/// When the symbol cannot be understood, the record is not here, or the answer cannot be written.
pub fn run(world: &World, args: &RefsArgs, out: &mut dyn Write) -> Answer {
    let rows = if args.back { citing(world, args)? } else { cited(world, args)? };
    if args.json {
        rows.iter().try_for_each(|row| json_line(out, row))?;
    } else {
        let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, args.back)).collect();
        table::write(out, &cells, &[], world.columns)?;
    }
    let otherwise = if args.back { "no record here cites it" } else { "it cites no document" };
    found(!rows.is_empty(), otherwise)
}

/// The cells of the text list: where it stands, what is cited, the words there.
fn cells(row: &Row, back: bool) -> Vec<String> {
    let page = row.page.map_or(String::new(), |p| format!(", p. {p}"));
    let cites_page = row.cites_page.map_or(String::new(), |p| format!(", p. {p}"));
    vec![
        if back { line(&row.symbol) } else { String::new() },
        format!("statement {}, paragraph {}{page}", row.statement, row.paragraph),
        line(&format!("{}{cites_page}", row.cites)),
        format!("\"{}\"", line(&row.printed)),
    ]
}

/// What the record cites.
fn cited(world: &World, args: &RefsArgs) -> Result<Vec<Row>, Failure> {
    let symbol = symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    match shelf.record(&symbol, &world.options)? {
        Some(record) => Ok(of(&record)),
        None => Err(not_here(&symbol)),
    }
}

/// What cites the document, among the records that are here.
fn citing(world: &World, args: &RefsArgs) -> Result<Vec<Row>, Failure> {
    let wanted = target(&args.symbol.join(" "))?;
    let shelf = Shelf::open_all(world)?;
    let listed: HashSet<&Symbol> =
        shelf.records(&world.options).iter().map(|e| &e.symbol).collect();
    let table = shelf.library.references(&AtomicBool::new(false));
    shelf.note(&table.unread);
    let citing = table.citing(&wanted).into_iter().filter(|at| listed.contains(&at.symbol));
    Ok(citing.map(|at| Row::of(&at.symbol, at.what)).collect())
}

/// The document that is asked for, in the spelling of [`name_of`].
fn target(text: &str) -> Result<String, Failure> {
    if let Some((symbol, _)) = Symbol::parse_with_page(text) {
        return Ok(symbol.to_string());
    }
    match reference::find(text).first() {
        Some(found) => Ok(name_of(&found.target).0),
        None => Err(Failure::wrong(format!(
            "{text:?} is no document this program knows; try S/PV.8628, S/2019/823 or \"resolution 2254 (2015)\""
        ))),
    }
}
