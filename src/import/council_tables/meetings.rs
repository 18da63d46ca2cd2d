//! The library's page of the meetings of a year: five cells a row, which are the record, the day, the press
//! release, the topic and the outcome with its tally.

use std::collections::HashSet;

use jiff::civil::Date;

use super::rows::read_rows;
use super::words::{find_tally, parse_day};
use crate::facts::fetched::{MeetingRow, VoteRow};
use crate::facts::{meetings, states};
use crate::record::Symbol;
use crate::record::harmless::{self, excerpt};

/// The cells of a row.
const CELLS: usize = 5;

/// Reads the meetings of a year, oldest first. Rows that are not sound are left out, each with a sentence in
/// `faults`.
///
/// # Errors
/// If the page is no such table, is cut off, is of another year, or most of its rows are not sound.
pub(super) fn read_meetings(
    page: &str,
    year: i16,
    today: Date,
    faults: &mut Vec<String>,
) -> Result<Vec<MeetingRow>, String> {
    let table = read_rows(page);
    let is_meeting = |row: &&Vec<String>| row.first().is_some_and(|cell| cell.starts_with("S/PV"));
    let rows: Vec<&Vec<String>> = table.rows.iter().filter(is_meeting).collect();
    if rows.is_empty() {
        return Err(format!("it is not a table of the meetings of {year}"));
    }
    if table.cut_off {
        return Err("the table is cut off".to_owned());
    }
    let mut found: Vec<MeetingRow> = Vec::new();
    let mut left = Vec::new();
    let mut other_years = 0;
    for row in &rows {
        match read_row(row, today) {
            Ok(meeting) if !meeting.date.starts_with(&format!("{year}-")) => {
                other_years += 1;
                left.push(format!("{}: its day {} is not in {year}", meeting.symbol, meeting.date));
            }
            Ok(meeting) if found.iter().any(|own| own.symbol == meeting.symbol) => {
                left.push(format!("{}: it is listed twice", meeting.symbol));
            }
            Ok(meeting) => found.push(meeting),
            Err(fault) => left.push(fault),
        }
    }
    if 2 * other_years >= rows.len() {
        return Err(format!("it is a table of another year than {year}"));
    }
    if 2 * left.len() >= rows.len() {
        return Err(format!(
            "{} of its {} rows are not sound, the first: {}",
            left.len(),
            rows.len(),
            left.first().map_or("", String::as_str)
        ));
    }
    remove_disorder(&mut found, &mut left);
    found.sort_by_key(order);
    faults.extend(left);
    Ok(found)
}

/// What a table lacks of its year: known meetings up to its last one, and numbers between its own. `None` if nothing.
pub(super) fn lacks(table: &[MeetingRow], year: i16) -> Option<String> {
    let has: HashSet<&str> = table.iter().map(|row| row.symbol.as_str()).collect();
    let last = table.last().map(|row| row.date.as_str()).unwrap_or_default();
    let known = meetings::all()
        .filter(|known| known.date.year() == year && *known.date.to_string() <= *last)
        .map(|known| known.symbol.to_owned());
    let symbols = table.iter().filter_map(|row| row.symbol.parse::<Symbol>().ok());
    let numbers: Vec<u32> =
        symbols.filter(|symbol| symbol.resumption() == 0).map(|symbol| symbol.number()).collect();
    let between = numbers.iter().min().zip(numbers.iter().max());
    let between = between.map(|(first, last)| *first..=*last).into_iter().flatten();
    let mut lacking: Vec<Symbol> = known
        .chain(between.map(|number| Symbol::verbatim(number).to_string()))
        .filter(|symbol| !has.contains(symbol.as_str()))
        .filter_map(|symbol| symbol.parse().ok())
        .collect();
    lacking.sort_unstable();
    lacking.dedup();
    let first = lacking.first()?;
    Some(format!("the table lacks {} of the meetings of {year}, the first {first}", lacking.len()))
}

/// Meetings are numbered in the order of their days.
fn order(row: &MeetingRow) -> (String, Option<(u32, u8)>) {
    let symbol: Option<Symbol> = row.symbol.parse().ok();
    (row.date.clone(), symbol.map(|symbol| (symbol.number(), symbol.resumption())))
}

/// Removes the fewest rows so that the days of the others are in the order of their numbers. The day of a
/// resumption may be much later than its number, and is not looked at.
fn remove_disorder(rows: &mut Vec<MeetingRow>, left: &mut Vec<String>) {
    let mut plain: Vec<(u32, String)> = rows
        .iter()
        .filter_map(|row| {
            let symbol: Symbol = row.symbol.parse().ok()?;
            (symbol.resumption() == 0).then(|| (symbol.number(), row.date.clone()))
        })
        .collect();
    plain.sort_unstable();
    let days: Vec<&str> = plain.iter().map(|(_, day)| day.as_str()).collect();
    let kept = longest_in_order(&days);
    let wrong: Vec<u32> =
        (0..plain.len()).filter(|at| !kept.contains(at)).map(|at| plain[at].0).collect();
    rows.retain(|row| {
        let number = row.symbol.parse::<Symbol>().map(|symbol| symbol.number());
        let keep = number.is_ok_and(|number| !wrong.contains(&number));
        if !keep {
            left.push(format!("{}: its day {} is out of order", row.symbol, row.date));
        }
        keep
    });
}

/// The places of a longest list of days in which each day is the same as the one before it, or later.
fn longest_in_order(days: &[&str]) -> HashSet<usize> {
    // For each length of a list, the place of the earliest day that can end it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(days.len());
    for (at, day) in days.iter().enumerate() {
        let length = ends.partition_point(|end| days[*end] <= *day);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    std::iter::successors(ends.last().copied(), |at| before[*at]).collect()
}

fn read_row(cells: &[String], today: Date) -> Result<MeetingRow, String> {
    let first = cells.first().map_or("", String::as_str);
    if cells.len() != CELLS {
        return Err(format!("{}: the row has {} cells, not {CELLS}", excerpt(first), cells.len()));
    }
    let (name, private) = split_marks(first);
    let symbol: Symbol =
        name.parse().map_err(|_| format!("{}: it is not a symbol", excerpt(first)))?;
    let day = parse_day(&cells[1])
        .ok_or_else(|| format!("{symbol}: {:?} is not a day", excerpt(&cells[1])))?;
    if day > today {
        return Err(format!("{symbol}: its day {day} is in the future"));
    }
    if cells[3].is_empty() {
        return Err(format!("{symbol}: it has no topic"));
    }
    let text = |cell: &str| harmless::line(cell).into_owned();
    let press = Some(text(&cells[2])).filter(|press| !press.eq_ignore_ascii_case("none issued"));
    Ok(MeetingRow {
        symbol: symbol.to_string(),
        date: day.to_string(),
        private,
        press: press.unwrap_or_default(),
        topic: text(&cells[3]),
        outcomes: find_outcomes(&cells[4]),
        outcome_text: text(&cells[4]),
    })
}

/// The symbol without "(closed)", and whether that is there.
fn split_marks(cell: &str) -> (String, bool) {
    let lower = cell.to_lowercase();
    match ["(closed)", "(private)"].iter().find_map(|mark| Some((lower.find(mark)?, mark.len()))) {
        Some((at, len)) if cell.is_char_boundary(at + len) => {
            (format!("{}{}", &cell[..at], &cell[at + len..]).trim().to_owned(), true)
        }
        _ => (cell.trim().to_owned(), false),
    }
}

/// The symbols in an outcome, each once: resolutions, presidential statements and drafts.
fn find_outcomes(cell: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in cell.match_indices("S/") {
        // "RES/" has these letters too.
        if cell[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &cell[at..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "/.".contains(c)));
        let mut symbol = rest[..end.unwrap_or(rest.len())].trim_end_matches('.').to_owned();
        if symbol.starts_with("S/RES/") {
            let year = rest[symbol.len()..].trim_start().strip_prefix('(').and_then(|r| r.get(..4));
            let Some(year) = year.filter(|year| year.bytes().all(|b| b.is_ascii_digit())) else {
                continue;
            };
            symbol = format!("{symbol} ({year})");
        }
        let draft = symbol.strip_prefix("S/").is_some_and(|s| s.starts_with(['1', '2']));
        let known = symbol.starts_with("S/RES/") || symbol.starts_with("S/PRST/") || draft;
        if known && !found.contains(&symbol) {
            found.push(symbol);
        }
    }
    found
}

/// The votes that the outcome of a meeting tells: their counts, and who vetoed.
pub(super) fn votes_of(row: &MeetingRow) -> Vec<VoteRow> {
    let text = &row.outcome_text;
    let mut found = Vec::new();
    for (place, symbol) in row.outcomes.iter().enumerate() {
        if symbol.starts_with("S/PRST/") {
            continue;
        }
        let bare = symbol.split(" (").next().unwrap_or(symbol);
        let Some(at) = text.find(bare) else { continue };
        let next = row.outcomes.get(place + 1).and_then(|next| {
            let next = next.split(" (").next().unwrap_or(next);
            text[at + bare.len()..].find(next).map(|end| at + bare.len() + end)
        });
        let words = &text[at..next.unwrap_or(text.len())];
        let Some(counts) = find_tally(words) else { continue };
        let vetoed_by = words.split_once("vetoed by").map(|(_, rest)| vetoing(rest));
        let outcome = match (&vetoed_by, symbol.starts_with("S/RES/")) {
            (Some(_), _) => "vetoed",
            (None, true) => "adopted",
            (None, false) => "not adopted",
        };
        found.push(VoteRow {
            reference: symbol.clone(),
            date: row.date.clone(),
            outcome: outcome.to_owned(),
            kind: if words.contains("mendment") { "amendment" } else { "substantive" }.to_owned(),
            meeting: row.symbol.clone(),
            title: row.topic.clone(),
            counts,
            against: vetoed_by.unwrap_or_default(),
            ..VoteRow::default()
        });
    }
    found
}

/// The permanent members at the start of the words after "vetoed by", which a tally or other words follow.
fn vetoing(words: &str) -> Vec<String> {
    let names = words.split([',', ';']).flat_map(|part| part.split(" and "));
    names
        .map_while(|name| states::longest_at_start(name.trim()))
        .filter(|(state, _)| state.permanent())
        .map(|(state, _)| state.name.to_owned())
        .collect()
}
