//! `spv council`: who sat in the Council on a day, and who presided.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::args::CouncilArgs;
use super::out::{Answer, Answered, Failure};
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::text;
use super::world::World;
use crate::app::tally::short_name;
use crate::facts::council::{self, Council, Group, Seat};
use crate::record::{Record, fold};
use crate::screens::card::council::not_among_members;
use crate::search::find;

/// The names of the columns of [`SeatRow`], in their order.
const NAMES: &str =
    "date state called permanent group groups until president next computed presides";

/// One seat; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatRow {
    pub date: Date,
    /// The member by its UN short name today.
    pub state: String,
    /// What it was called on that day.
    pub called: String,
    pub permanent: bool,
    /// Regional group of an elected seat, or `null`.
    pub group: Option<String>,
    /// `P5`, or `E10` and `A3`.
    pub groups: Vec<&'static str>,
    /// The last day of the term of an elected member, or `null`.
    pub until: Option<Date>,
    /// Presides that day.
    pub president: bool,
    /// Presides the month after, by rule 18.
    pub next: bool,
    /// The presidency is computed by rule 18, not known from a record.
    pub computed: bool,
    /// The months after this one in which it presides.
    pub presides: Vec<Presides>,
}

/// A month in which a State will preside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Presides {
    /// Its first day.
    pub from: Date,
    /// `known` or `computed`.
    pub source: &'static str,
}

/// The seats on `date`, from a record of that day if there is one, else from the table and rule 18.
pub fn seat_rows(date: Date, record: Option<&Record>) -> Option<Vec<SeatRow>> {
    let table = council::on(date);
    let covered = record.filter(|r| !r.members.is_empty());
    let chaired = record.filter(|r| r.presidents.iter().any(|p| p.state.is_some()));
    let president = table.as_ref().and_then(|t| t.president);
    let in_chair: Vec<String> = match chaired {
        Some(record) => {
            record.presidents.iter().filter_map(|p| p.state.as_deref()).map(short_name).collect()
        }
        None => president.iter().map(|seat| seat.state.to_owned()).collect(),
    };
    let seats = match (covered, &table) {
        (Some(record), _) => from_cover(record, table.as_ref()),
        (None, Some(table)) => table.seats.iter().map(|s| seat_of(table, *s)).collect(),
        (None, None) => return None,
    };
    let next = table.as_ref().and_then(|t| t.next);
    let known = table.as_ref().is_some_and(|t| t.president_known);
    let turns = council::turns_after(date);
    let rows: Vec<SeatRow> = seats
        .into_iter()
        .map(|seat| SeatRow {
            date,
            president: in_chair.iter().any(|s| same_state(s, &seat.state)),
            next: next.is_some_and(|n| same_state(n.state, &seat.state)),
            computed: chaired.is_none() && !known,
            until: last_day(&seat.state, date),
            presides: presides_after(&turns, &seat.state),
            groups: seat.groups,
            permanent: seat.permanent,
            group: seat.group,
            state: seat.state,
            called: seat.called,
        })
        .collect();
    Some(rows)
}

/// A seat before the presidency is known.
#[derive(Default)]
struct Seated {
    state: String,
    called: String,
    permanent: bool,
    group: Option<String>,
    groups: Vec<&'static str>,
}

/// The last day of the term of a State on a day.
fn last_day(state: &str, date: Date) -> Option<Date> {
    let terms = council::terms_of(state).into_iter();
    terms.filter(|term| term.from <= date).filter_map(|term| term.last).find(|last| *last >= date)
}

fn presides_after(turns: &[council::Turn], state: &str) -> Vec<Presides> {
    let own = turns.iter().filter(|turn| turn.seat.state == state);
    own.map(|turn| Presides { from: turn.from, source: council::how_known(turn.known) }).collect()
}

fn seat_of(table: &Council, seat: Seat) -> Seated {
    Seated {
        state: seat.state.to_owned(),
        called: seat.called.to_owned(),
        permanent: seat.permanent,
        group: (!seat.group.is_empty()).then(|| seat.group.to_owned()),
        groups: table.groups_of(&seat).into_iter().map(Group::name).collect(),
    }
}

/// The members on a cover page, completed from the table.
fn from_cover(record: &Record, table: Option<&Council>) -> Vec<Seated> {
    let members = record.members.iter().map(|member| member.state.as_str());
    let mut seats: Vec<Seated> = members
        .chain(not_among_members(record).map(|(state, _)| state))
        .map(|name| {
            let known = table.and_then(|t| Some(seat_of(t, *t.seat(name)?)));
            Seated { called: name.to_owned(), state: short_name(name), ..known.unwrap_or_default() }
        })
        .collect();
    seats.sort_by_cached_key(|seat| fold::text(&seat.called));
    seats
}

fn same_state(a: &str, b: &str) -> bool {
    fold::text(a) == fold::text(b)
}

/// Runs `spv council`.
///
/// # Errors
/// When the date cannot be understood, lies outside the table, or the library cannot be opened.
pub fn run(world: &World, args: &CouncilArgs, out: &mut dyn Write) -> Answer {
    let text = args.day.as_ref().unwrap_or(&args.date).join(" ");
    let date = match text.trim() {
        "" => world.today,
        text => parse_day(text).ok_or_else(|| {
            Failure::wrong(format!("invalid date {text:?}: try 2019-11-19 or 19 November 2019"))
        })?,
    };
    let shelf = Shelf::open_all(world)?;
    let record = cover_of(&shelf, world, date);
    let Some(rows) = seat_rows(date, record.as_ref()) else {
        return Err(Failure::nothing(council::why_unknown(date)));
    };
    if let Some(writer) = RowWriter::begin(out, args.table, NAMES)? {
        writer.write_all(out, &rows)?;
    } else {
        let card = crate::screens::card::council::council(date, record.map(Arc::new));
        text::write_card(out, &card)?;
    }
    Ok(Answered::Something)
}

/// A record of that day with a cover page, or at least with its President. Exercise debates say nothing about
/// the real Council.
fn cover_of(shelf: &Shelf, world: &World, date: Date) -> Option<Record> {
    let mut of_day: Vec<Record> = shelf
        .records(&world.options)
        .into_iter()
        .filter(|e| e.date == date && (shelf.exercise || !e.exercise))
        .filter_map(|e| shelf.load_or_note(e))
        .collect();
    of_day.sort_by_key(|r| (r.members.is_empty(), r.presidents.is_empty()));
    of_day.into_iter().next()
}

/// Parses a day: as ISO writes it, and in every spelling that Find takes for a date.
pub fn parse_day(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| find::parse_day(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_usual_spellings() {
        let date = |y, m, d| Some(jiff::civil::date(y, m, d));
        for (text, expected) in [
            ("2019-11-19", date(2019, 11, 19)),
            ("19 November 2019", date(2019, 11, 19)),
            ("9 Nov 2019", date(2019, 11, 9)),
            ("2019-11", date(2019, 11, 1)),
            ("November 2019", date(2019, 11, 1)),
            ("31 February 2019", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_day(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cover_page_goes_before_the_table() {
        let json = r#"{"format":"spv/1","symbol":"MSC/PV.1","kind":"verbatim","language":"en",
            "date":"1800-01-01","items":[],"members":[{"state":"Zeta"},{"state":"Alpha"}],
            "presidents":[{"name":"Ms. Invented","state":"Alpha"}]}"#;
        let record: Record = serde_json::from_str(json).unwrap();
        let date = record.date;
        let rows = seat_rows(date, Some(&record)).unwrap();
        let states: Vec<(&str, bool, bool)> =
            rows.iter().map(|r| (r.state.as_str(), r.president, r.computed)).collect();
        assert_eq!(states, [("Alpha", true, false), ("Zeta", false, false)]);
        assert_eq!(super::seat_rows(date, None), None);
    }
}
