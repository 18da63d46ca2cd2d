//! `spv show`: a record, one statement or one page, as text, Markdown or JSON.

use std::io::Write;

use super::args::{Format, ShowArgs};
use super::blocks::{Part, blocks};
use super::list::Row;
use super::out::{Answer, Failure, Found, json_line, say};
use super::place::{Shelf, World, how_to_get, symbol};
use super::{markdown, text};
use crate::app;
use crate::facts::meetings;
use crate::record::symbol::Series;
use crate::record::{Item, Record, Symbol, json};

/// The measure of text, in columns.
pub const MEASURE: u16 = 72;

/// Answers `spv show`.
///
/// # Errors
/// When the symbol cannot be understood, the record is not here or cannot be read, or has no such part.
pub fn run(world: &World, args: &ShowArgs, out: &mut dyn Write) -> Answer {
    let symbol = symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    let Some(record) = shelf.record(&symbol, &world.options)? else {
        return not_here(&shelf, &symbol, args.format, out);
    };
    let part = match (args.statement, args.page) {
        (Some(number), _) => Part::Statement(number),
        (None, Some(page)) => Part::Page(page),
        (None, None) => Part::Whole,
    };
    if part != Part::Whole && blocks(&record, part).is_empty() {
        return Err(Failure::nothing(no_such_part(&record, part)));
    }
    match args.format {
        Format::Text => text::write(out, &record, part)?,
        Format::Md => markdown::write(out, &record, part)?,
        Format::Json => write_json(out, &record, part)?,
    }
    Ok(Found::Something)
}

/// The record file; of a part of it the items, one a line. A record with some of its items left
/// out would be no sound record file, because its statements are numbered from 1.
fn write_json(out: &mut dyn Write, record: &Record, part: Part) -> Result<(), Failure> {
    let mut before = None;
    for item in &record.items {
        let (first, last) = pages(item, before);
        before = last;
        let wanted = match part {
            Part::Whole => break,
            Part::Statement(number) => matches!(item, Item::Statement(s) if s.number == number),
            Part::Page(page) => (first..=last).contains(&Some(page)),
        };
        if wanted {
            json_line(out, item)?;
        }
    }
    if part == Part::Whole {
        writeln!(out, "{}", json::write_record(record).trim_end())?;
    }
    Ok(())
}

/// The first and the last page an item stands on; `before` is the page in force.
fn pages(item: &Item, before: Option<u32>) -> (Option<u32>, Option<u32>) {
    let first = item.page().or(before);
    let last = match item {
        Item::Statement(s) => s
            .paragraphs
            .iter()
            .flat_map(|p| p.page.into_iter().chain(p.breaks.iter().map(|b| b.page)))
            .last()
            .or(first),
        _ => first,
    };
    (first, last)
}

/// What a record has instead of a part it has not.
pub(super) fn no_such_part(record: &Record, part: Part) -> String {
    let symbol = &record.symbol;
    match part {
        Part::Statement(number) => {
            format!("{symbol} has no statement {number}; it has {}", record.statements().count())
        }
        Part::Page(page) => {
            let mut before = None;
            let pages: Vec<u32> = record
                .items
                .iter()
                .filter_map(|item| {
                    let (_, last) = pages(item, before);
                    before = last;
                    last
                })
                .collect();
            match pages.iter().max() {
                Some(last) => {
                    format!("{symbol} has nothing on page {page}; it ends on page {last}")
                }
                None => format!("this edition of {symbol} has no page numbers; leave --page out"),
            }
        }
        Part::Whole => format!("{symbol} is empty"),
    }
}

/// What is known of a record that is not here.
fn not_here(shelf: &Shelf, symbol: &Symbol, format: Format, out: &mut dyn Write) -> Answer {
    let known = meetings::by_symbol(symbol).filter(|_| symbol.series() != Series::Exercise);
    let Some(meeting) = known else {
        let more = match symbol.series() {
            Series::Exercise => "; `spv list --exercise` lists the exercise debates",
            _ => ", nor among the known meetings (`spv list --all` lists both)",
        };
        let more = match symbol.series() {
            Series::Exercise => more.to_owned(),
            _ => format!("{more}; if it is out, {}", how_to_get(symbol)),
        };
        return Err(Failure::nothing(format!("{symbol} is not in the library{more}")));
    };
    match format {
        Format::Json => json_line(out, &Row::of_meeting(&meeting))?,
        Format::Text | Format::Md => text::card(out, &app::card::known_meeting(&meeting))?,
    }
    let beside = if shelf.stand_in { ": there is none yet" } else { "" };
    say(&format!("the text of {symbol} is not in the library{beside}; {}", how_to_get(symbol)));
    Ok(Found::Nothing)
}
