//! `spv refs`: what a record cites, and what cites it.

use std::collections::HashSet;
use std::io::Write;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::RefsArgs;
use super::cite::not_here;
use super::out::{Answer, Failure, found, json_line, line, say};
use super::place::{Shelf, World, symbol};
use super::table;
use crate::app::number::thousands;
use crate::library::references::{self as table_of, Citing, each_citing_in, target_name};
use crate::record::Symbol;
use crate::record::reference;

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

/// Answers `spv refs`.
///
/// # Errors
/// When the symbol cannot be understood, the record is not here, or the answer cannot be written.
pub fn run(world: &World, args: &RefsArgs, out: &mut dyn Write) -> Answer {
    let mut answer = Rows { json: args.json, back: args.back, cells: Vec::new(), count: 0 };
    if args.back {
        citing(world, args, out, &mut answer)?
    } else {
        cited(world, args, out, &mut answer)?
    }
    let Rows { cells, count, .. } = answer;
    table::write(out, &cells, &[], world.columns)?;
    if !args.json && cells.len() < count {
        let (some, all) = (thousands(cells.len()), thousands(count));
        say(&format!("{some} of {all} references; --json prints all"));
    }
    let otherwise = if args.back { "no record here cites it" } else { "it cites no document" };
    found(count > 0, otherwise)
}

/// The most rows of the text list, which is held as a whole to be aligned.
const MOST: usize = 100_000;

/// What was found: as JSON it is written at once, for the text list it is kept.
struct Rows {
    json: bool,
    back: bool,
    cells: Vec<Vec<String>>,
    count: usize,
}

impl Rows {
    fn add(&mut self, row: &Row, out: &mut dyn Write) -> Result<(), Failure> {
        self.count += 1;
        if self.json {
            json_line(out, row)?;
        } else if self.cells.len() < MOST {
            self.cells.push(cells(row, self.back));
        }
        Ok(())
    }
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
fn cited(
    world: &World,
    args: &RefsArgs,
    out: &mut dyn Write,
    rows: &mut Rows,
) -> Result<(), Failure> {
    let symbol = symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    let Some(record) = shelf.record(&symbol, &world.options)? else {
        return Err(not_here(&symbol));
    };
    let mut written = Ok(());
    each_citing_in(&record, |citing| {
        written = rows.add(&Row::of(&record.symbol, citing), out);
        written.is_ok()
    });
    written
}

/// What cites the document, among the records that are here.
fn citing(
    world: &World,
    args: &RefsArgs,
    out: &mut dyn Write,
    rows: &mut Rows,
) -> Result<(), Failure> {
    let wanted = target(&args.symbol.join(" "))?;
    let shelf = Shelf::open_all(world)?;
    let listed: HashSet<&Symbol> =
        shelf.records(&world.options).iter().map(|e| &e.symbol).collect();
    let table = shelf.library.references(&AtomicBool::new(false));
    shelf.note(&table.unread);
    let mut written = Ok(());
    table.each_citing(&wanted, |at| {
        if listed.contains(&at.symbol) {
            written = rows.add(&Row::of(&at.symbol, at.what), out);
        }
        written.is_ok()
    });
    for symbol in table.cut() {
        let most = thousands(table_of::MOST);
        say(&format!("{symbol} has {most} references or more; those after them are not looked at"));
    }
    written
}

/// The document that is asked for, in the spelling of [`target_name`].
fn target(text: &str) -> Result<String, Failure> {
    if let Some((symbol, _)) = Symbol::parse_with_page(text) {
        return Ok(symbol.to_string());
    }
    match reference::find_references(text).first() {
        Some(found) => Ok(target_name(&found.target).0),
        None => Err(Failure::wrong(format!(
            "{text:?} is no document this program knows; try S/PV.8628, S/2019/823 or \"resolution 2254 (2015)\""
        ))),
    }
}
