//! `spv refs`: what a record cites, and what cites it.

use std::collections::HashSet;
use std::io::Write;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use serde::Serialize;

use super::args::RefsArgs;
use super::cite::not_here;
use super::out::{Answer, Failure, found_if, one_line, say};
use super::rows::RowWriter;
use super::shelf::{Shelf, parse_symbol};
use super::table;
use super::world::World;
use crate::app::number::thousands;
use crate::library::references::{self as table_of, Citing, each_citing_in, target_name};
use crate::record::reference;
use crate::record::{Language, Symbol};

/// One reference; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferenceRow {
    /// Symbol of the record that cites.
    pub symbol: String,
    pub statement: u32,
    /// The paragraph in it, from 1.
    pub paragraph: usize,
    pub page: Option<u32>,
    /// What is cited, in the usual spelling.
    pub cites: String,
    /// The page of it, if the reference names one.
    pub cites_page: Option<u32>,
    pub printed: String,
    /// The edition that cites.
    pub language: String,
    /// Its day.
    pub date: Date,
}

/// The names of the columns of [`ReferenceRow`], in their order.
const NAMES: &str = "symbol statement paragraph page cites cites_page printed language date";

impl ReferenceRow {
    fn of(symbol: &Symbol, language: &Language, date: Date, citing: Citing) -> Self {
        Self {
            symbol: symbol.to_string(),
            statement: citing.statement,
            paragraph: citing.paragraph + 1,
            page: citing.page,
            cites: citing.cites,
            cites_page: citing.cites_page,
            printed: citing.printed,
            language: language.code().to_owned(),
            date,
        }
    }
}

/// Runs `spv refs`.
///
/// # Errors
/// When the symbol is not valid, the record is not in the library, or the answer cannot be written.
pub fn run(world: &World, args: &RefsArgs, out: &mut dyn Write) -> Answer {
    let writer = RowWriter::begin(out, args.table, NAMES)?;
    let mut answer = ReferenceRows { writer, back: args.back, cells: Vec::new(), count: 0 };
    if args.back {
        write_citing(world, args, out, &mut answer)?
    } else {
        write_cited(world, args, out, &mut answer)?
    }
    let ReferenceRows { cells, count, .. } = answer;
    table::write_rows(out, &cells, &[], world.columns)?;
    if args.table.is_text() && cells.len() < count {
        let (some, all) = (thousands(cells.len()), thousands(count));
        say(&format!("printed {some} of {all} references; use --csv or --json to print all"));
    }
    let otherwise = if args.back {
        "no record in the library cites it"
    } else {
        "this record cites no document"
    };
    found_if(count > 0, otherwise)
}

/// The maximum number of rows of the text list, which is kept in memory to be aligned.
const MOST: usize = 100_000;

/// What was found: rows for programs are written at once, rows of the text list are kept.
struct ReferenceRows {
    writer: Option<RowWriter>,
    back: bool,
    cells: Vec<Vec<String>>,
    count: usize,
}

impl ReferenceRows {
    fn add(&mut self, row: &ReferenceRow, out: &mut dyn Write) -> Result<(), Failure> {
        self.count += 1;
        if let Some(writer) = self.writer {
            writer.write(out, row)?;
        } else if self.cells.len() < MOST {
            self.cells.push(row_cells(row, self.back));
        }
        Ok(())
    }
}

/// The cells of the text list: the place, what is cited, the printed words.
fn row_cells(row: &ReferenceRow, back: bool) -> Vec<String> {
    let page = row.page.map_or(String::new(), |p| format!(", p. {p}"));
    let cites_page = row.cites_page.map_or(String::new(), |p| format!(", p. {p}"));
    vec![
        if back { one_line(&row.symbol) } else { String::new() },
        format!("statement {}, paragraph {}{page}", row.statement, row.paragraph),
        one_line(&format!("{}{cites_page}", row.cites)),
        format!("\"{}\"", one_line(&row.printed)),
    ]
}

/// What the record cites.
fn write_cited(
    world: &World,
    args: &RefsArgs,
    out: &mut dyn Write,
    rows: &mut ReferenceRows,
) -> Result<(), Failure> {
    let symbol = parse_symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    let Some(record) = shelf.record(&symbol, &world.options)? else {
        return Err(not_here(&symbol));
    };
    let mut written = Ok(());
    each_citing_in(&record, |citing| {
        written =
            rows.add(&ReferenceRow::of(&record.symbol, &record.language, record.date, citing), out);
        written.is_ok()
    });
    written
}

/// What cites the document, among the records in the library.
fn write_citing(
    world: &World,
    args: &RefsArgs,
    out: &mut dyn Write,
    rows: &mut ReferenceRows,
) -> Result<(), Failure> {
    let wanted = parse_target(&args.symbol.join(" "))?;
    let shelf = Shelf::open_all(world)?;
    let listed: HashSet<&Symbol> =
        shelf.records(&world.options).iter().map(|e| &e.symbol).collect();
    let table = shelf.library.references(&AtomicBool::new(false));
    shelf.note(&table.unread);
    let mut written = Ok(());
    table.each_citing(&wanted, |at| {
        if listed.contains(&at.symbol) {
            written = rows.add(&ReferenceRow::of(&at.symbol, &at.language, at.date, at.what), out);
        }
        written.is_ok()
    });
    for symbol in table.cut() {
        let most = thousands(table_of::MOST);
        say(&format!("{symbol} has {most} references or more; later ones are ignored"));
    }
    written
}

/// Parses the name of a document into the spelling of [`name_of`].
fn parse_target(text: &str) -> Result<String, Failure> {
    if let Some((symbol, _)) = Symbol::parse_with_page(text) {
        return Ok(symbol.to_string());
    }
    match reference::find_references(text).first() {
        Some(found) => Ok(target_name(&found.target).0),
        None => Err(Failure::wrong(format!(
            "unknown document {text:?}; try S/PV.8628, S/2019/823 or \"resolution 2254 (2015)\""
        ))),
    }
}
