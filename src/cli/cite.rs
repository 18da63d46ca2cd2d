//! `spv cite`: the citation of a statement.

use std::io::Write;

use super::args::CiteArgs;
use super::out::{Answer, Answered, Failure, one_line};
use super::shelf::{Shelf, how_to_get, parse_symbol};
use super::show::no_such_part;
use super::world::World;
use crate::app::blocks::Part;
use crate::app::cite::{Pages, citation, pages, styled};
use crate::app::position::Passage;
use crate::record::{Record, Statement, Symbol, harmless};

/// Runs `spv cite`.
///
/// # Errors
/// When the record is not in the library, or has no such statement, or the statement is not on that page.
pub fn run(world: &World, args: &CiteArgs, out: &mut dyn Write) -> Answer {
    let symbol = parse_symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    let record = shelf.record(&symbol, &world.options)?.ok_or_else(|| not_here(&symbol))?;
    let statement = statement(&record, args.statement)?;
    let pages = match args.page {
        Some(page) => Some(on_page(&record, statement, page)?),
        None => pages(statement, Passage::of_statement(statement)),
    };
    match args.style {
        Some(style) => {
            let text = styled(&record, statement, pages, style.into());
            writeln!(out, "{}", harmless::text(&text))?;
        }
        None => writeln!(out, "{}", one_line(&citation(&record, pages)))?,
    }
    Ok(Answered::Something)
}

/// The failure of a command that needs a text that is not in the library.
pub(super) fn not_here(symbol: &Symbol) -> Failure {
    Failure::nothing(format!("the text of {symbol} is not in the library; {}", how_to_get(symbol)))
}

/// The statement with this number, or a failure that says which there are.
pub(super) fn statement(record: &Record, number: u32) -> Result<&Statement, Failure> {
    let found = record.statements().find(|s| s.number == number);
    found.ok_or_else(|| Failure::nothing(no_such_part(record, Part::Statement(number))))
}

fn on_page(record: &Record, statement: &Statement, page: u32) -> Result<(u32, u32), Failure> {
    let (symbol, number) = (&record.symbol, statement.number);
    let whole: Pages = pages(statement, Passage::of_statement(statement));
    match whole {
        Some((first, last)) if (first..=last).contains(&page) => Ok((page, page)),
        Some((first, last)) => Err(Failure::nothing(format!(
            "statement {number} of {symbol} is not on page {page}; it is on pages {first} to {last}"
        ))),
        None => Err(Failure::nothing(format!(
            "this edition of {symbol} has no page numbers; leave out --page"
        ))),
    }
}
