//! `spv show`: a record, one statement or one page, as text, Markdown or JSON.

use std::io::Write;

use crate::app::blocks::{Part, record_blocks};
use crate::cli::args::{Format, ShowArgs};
use crate::cli::list::ListRow;
use crate::cli::out::{Answer, Answered, Failure, json_line, say};
use crate::cli::shelf::{Shelf, how_to_get, parse_symbol};
use crate::cli::world::World;
use crate::cli::{markdown, text};
use crate::facts::meetings;
use crate::record::symbol::Series;
use crate::record::{Item, Record, Symbol, json};

/// Runs `spv show`.
///
/// # Errors
/// If the symbol is not valid, or the record is not in the library, cannot be read, or has no such part.
pub fn run(world: &World, args: &ShowArgs, out: &mut dyn Write) -> Answer {
    let symbol = parse_symbol(&args.symbol)?;
    let shelf = Shelf::open_one(world)?;
    let Some(record) = shelf.record(&symbol, &world.options)? else {
        return not_here(&shelf, &symbol, args.format, out);
    };
    let part = match (args.statement, args.page) {
        (Some(number), _) => Part::Statement(number),
        (None, Some(page)) => Part::Page(page),
        (None, None) => Part::Whole,
    };
    if part != Part::Whole && record_blocks(&record, part).is_empty() {
        return Err(Failure::nothing(no_such_part(&record, part)));
    }
    match args.format {
        Format::Text => text::write_record(out, &record, part)?,
        Format::Md => markdown::write_record(out, &record, part)?,
        Format::Json => write_json(out, &record, part)?,
    }
    Ok(Answered::Something)
}

/// Writes the record file, or the items of a part, one per line. A record without some of its items would not
/// be a valid record file, because statements are numbered from 1.
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

/// The first and the last page of an item; `before` is the last page of the item before.
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

/// The message that a record has no such part, and what it has.
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
                None => format!("this edition of {symbol} has no page numbers; leave out --page"),
            }
        }
        Part::Whole => format!("{symbol} is empty"),
    }
}

/// Prints what is known of a record that is not in the library.
fn not_here(shelf: &Shelf, symbol: &Symbol, format: Format, out: &mut dyn Write) -> Answer {
    let known = meetings::by_symbol(symbol).filter(|_| symbol.series() != Series::Exercise);
    let Some(meeting) = known else {
        let more = match symbol.series() {
            Series::Exercise => "; `spv list --exercise` lists the exercise debates".to_owned(),
            _ => format!(
                ", nor among the known meetings (`spv list --all` lists both); if it is published, {}",
                how_to_get(symbol)
            ),
        };
        return Err(Failure::nothing(format!("{symbol} is not in the library{more}")));
    };
    match format {
        Format::Json => json_line(out, &ListRow::of_meeting(&meeting))?,
        Format::Text | Format::Md => {
            text::write_card(out, &crate::screens::card::cards::known_meeting(&meeting))?
        }
    }
    let beside = if shelf.stand_in { ", which does not exist yet" } else { "" };
    say(&format!("the text of {symbol} is not in the library{beside}; {}", how_to_get(symbol)));
    Ok(Answered::Nothing)
}

#[cfg(test)]
mod tests;
