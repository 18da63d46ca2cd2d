//! The card of the Council on a day: who sat, who presided, and who next.
//!
//! It steps by day and month (`step`): a day with the record it was opened from is shown by the cover of
//! that record, every other by the table of membership and rule 18.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::state::{Card, Day, MOST_LINES};
use crate::app::card_line::{Line, Target, Weight};
use crate::app::command::Command;
use crate::app::geometry::Geometry;
use crate::app::number::{long_date, thousands};
use crate::app::tally::short_name;
use crate::facts::council::{self as table, Council, Group, Seat, Term, Turn};
use crate::record::{Member, Record};

/// The most who presided over one meeting, and are named.
const FEW: usize = 20;

/// The next presidents that are named above the members; all others are below them.
const NEXT: usize = 3;

/// The most presidents named below the members: those of a year.
const MOST_LATER: usize = 12;

/// The Council on a day: from the cover page of the record where it is of that day, else by the table and
/// rule 18. A day that neither knows is one line that says why.
pub fn council(date: Date, record: Option<Arc<Record>>) -> Card {
    let of_day = record.clone().filter(|record| record.date == date);
    let known = of_day.as_deref();
    let table = table::on(date);
    let mut card = Card::new(format!("The Council on {}", long_date(date)));
    card.exercise = known.is_some_and(|record| record.exercise);
    card.day = Some(Day { date, record });
    let covered = known.filter(|record| !record.members.is_empty());
    if table.is_none() && covered.is_none() {
        let why = table::why_unknown(date);
        card.push(Weight::Plain, format!("{}.", capital(&why)));
        return card;
    }
    let after = table::turns_after(date);
    presidency(&mut card, date, known, table.as_ref());
    next_presidents(&mut card, &after);
    card.gap();
    match (covered, &table) {
        (Some(record), _) => from_cover(&mut card, record, table.as_ref()),
        (None, Some(table)) => members(&mut card, date, table),
        (None, None) => {}
    }
    if table.is_some() && !card.exercise {
        changes(&mut card, date);
        later_presidents(&mut card, &after);
        card.gap();
        card.push(
            Weight::Faint,
            "Members from the table of membership, by date. Presidents are known from a record or \
             computed by rule 18, in English alphabetical order; an exchange of turns is not computed.",
        );
    }
    card
}

/// Goes to another day, where the card is one of the Council; else false.
pub(in crate::screens) fn go_to_day(card: &mut Card, date: Date, geometry: Geometry) -> bool {
    let Some(day) = card.day.clone() else { return false };
    card.replace(council(date, day.record), geometry);
    true
}

/// The same card for another day: a key stepped `times` times by a day or month.
pub(super) fn step(card: &Card, command: Command, times: u32) -> Option<Card> {
    let day = card.day.clone()?;
    let times = i64::from(times.min(100_000));
    let by = match command {
        Command::NextDay => times.days(),
        Command::PreviousDay => (-times).days(),
        Command::NextMonth => times.months(),
        Command::PreviousMonth => (-times).months(),
        _ => return None,
    };
    Some(council(day.date.saturating_add(by), day.record))
}

/// Who presides on the day, as a row of cells: since when, who, and how it is known.
fn presidency(card: &mut Card, date: Date, record: Option<&Record>, table: Option<&Council>) {
    let month = date.strftime("%B %Y").to_string();
    let in_chair = record.map(|record| &record.presidents[..]).unwrap_or_default();
    let mut names: Vec<String> = in_chair
        .iter()
        .take(FEW)
        .map(|p| match &p.state {
            Some(state) => format!("{} ({state})", p.name),
            None => p.name.clone(),
        })
        .collect();
    if in_chair.len() > FEW {
        names.push(format!("and {} more", thousands(in_chair.len() - FEW)));
    }
    let known = table.is_some_and(|table| table.president_known);
    match (names.as_slice(), table.and_then(|table| table.president)) {
        ([], Some(seat)) => {
            let (how, target) = (table::how_known(known), Target::State(seat.state.into()));
            card.link(format!("President\t{month}\t{}\t{how}", seat.called), target);
        }
        ([], None) => card.push(Weight::Faint, "Who presided is not known."),
        (names, _) => {
            let state = in_chair.iter().find_map(|p| p.state.as_deref());
            let words = format!("President\t{month}\t{}\tfrom the record", names.join(", "));
            match state {
                Some(state) => card.link(words, Target::State(state.into())),
                None => card.push(Weight::Plain, words),
            }
        }
    }
}

fn next_presidents(card: &mut Card, after: &[Turn]) {
    for (at, turn) in after.iter().take(NEXT).enumerate() {
        let word = if at == 0 { "Next" } else { "" };
        card.lines.push(turn_line(word, turn));
    }
    if after.len() < NEXT && card.day.as_ref().is_some_and(|day| table::on(day.date).is_some()) {
        let word = if after.is_empty() { "Next" } else { "" };
        let year = table::years().1 + 1;
        card.push(Weight::Faint, format!("{word}\tJanuary {year}\tnot yet elected"));
    }
}

fn turn_line(word: &str, turn: &Turn) -> Line {
    let (seat, how) = (turn.seat, table::how_known(turn.known));
    let text = format!("{word}\t{}\t{}\t{how}", turn.start(), seat.called);
    let target = Some(Target::State(seat.state.into()));
    Line { weight: Weight::Plain, text, target }
}

/// The presidents after those above the members, to the end of the table.
fn later_presidents(card: &mut Card, after: &[Turn]) {
    let Some(later) = after.get(NEXT..) else { return };
    // Of a past month the presidents of eighty years would follow.
    let later = later.get(..MOST_LATER).unwrap_or(later);
    if !later.is_empty() {
        card.gap();
        card.push(Weight::Strong, "Presidents after that");
        card.lines.extend(later.iter().map(|turn| turn_line(" ", turn)));
    }
    if later.len() + NEXT == after.len() {
        let year = table::years().1 + 1;
        card.push(Weight::Faint, format!("  From January {year}: not yet elected."));
    }
}

/// Who leaves at the end of the year, and who comes.
fn changes(card: &mut Card, date: Date) {
    let change = table::change_after(date);
    let (year, names) = (date.year(), |seats: &[Seat]| {
        seats.iter().map(|seat| seat.called).collect::<Vec<_>>().join(", ")
    });
    card.gap();
    if !change.leaving.is_empty() {
        let leaving = names(&change.leaving);
        card.push(Weight::Plain, format!("Term ends on 31 December {year}: {leaving}"));
    }
    match change.coming {
        Some(coming) if coming.is_empty() => {}
        Some(coming) => {
            let words = format!("Coming on 1 January {}: {}", year + 1, names(&coming));
            card.push(Weight::Plain, words);
        }
        None => card.push(Weight::Plain, format!("Members of {}: not yet elected", year + 1)),
    }
}

/// The members as a cover page names them, each with who represented it and the groups it is in.
fn from_cover(card: &mut Card, record: &Record, table: Option<&Council>) {
    card.push(Weight::Strong, format!("Members, from the cover of {}", record.symbol));
    // The Council of an exercise is invented: it has the groups only if it has all their members.
    let real: Option<Council> = table.map(|table| match record.exercise {
        false => table.clone(),
        true => Council { seats: here(record, table), ..table.clone() },
    });
    // Real covers name who presides above the members, and not among them.
    let presides = not_among_members(record).map(|(state, name)| Member {
        state: state.to_owned(),
        representative: Some(format!("{name}, President")),
    });
    for member in presides {
        card.lines.push(member_line(&member, real.as_ref()));
    }
    for member in record.members.iter().take(MOST_LINES) {
        card.lines.push(member_line(member, real.as_ref()));
    }
    let more = record.members.len().saturating_sub(MOST_LINES);
    if more > 0 {
        let words = format!("  {} more members are not shown here", thousands(more));
        card.push(Weight::Faint, words);
    }
}

/// Who presided for States that the cover does not name among the members: State and name.
pub fn not_among_members(record: &Record) -> impl Iterator<Item = (&str, &str)> {
    let listed = |state: &str| {
        let mut members = record.members.iter().take(MOST_LINES);
        members.any(|member| short_name(&member.state) == short_name(state))
    };
    let presidents = record.presidents.iter().take(FEW);
    let of_states = presidents.filter_map(|p| Some((p.state.as_deref()?, p.name.as_str())));
    of_states.filter(move |(state, _)| !listed(state))
}

/// The seats of the table whose holders are on the cover.
fn here(record: &Record, table: &Council) -> Vec<Seat> {
    let named: Vec<&Seat> =
        record.members.iter().take(FEW).filter_map(|member| table.seat(&member.state)).collect();
    table.seats.iter().filter(|seat| named.contains(seat)).copied().collect()
}

fn member_line(member: &Member, council: Option<&Council>) -> Line {
    let seat = council.and_then(|council| Some((council, *council.seat(&member.state)?)));
    let groups = seat.map(|(council, seat)| council.groups_of(&seat)).unwrap_or_default();
    let groups: Vec<&str> = groups.into_iter().map(Group::name).collect();
    let who = member.representative.as_deref().unwrap_or_default();
    let state = seat.map_or(member.state.as_str(), |(_, seat)| seat.state);
    let text = format!("  {}\t{who}\t{}", member.state, groups.join(", "));
    Line { weight: Weight::Plain, text, target: Some(Target::State(state.into())) }
}

/// The members by the table.
fn members(card: &mut Card, date: Date, table: &Council) {
    let heading = |words: &str, group: Group| match table.group(group) {
        Some(_) => format!("{words} ({})", group.name()),
        None => words.to_owned(),
    };
    let link = |card: &mut Card, seat: &Seat, more: String| {
        let text = format!("  {}{more}", called(seat.called, seat.state));
        card.link(text, Target::State(seat.state.into()));
    };
    card.push(Weight::Strong, heading("Permanent members", Group::P5));
    table.seats.iter().filter(|s| s.permanent).for_each(|seat| link(card, seat, String::new()));
    // No gap, so that all members are on a screen of 24 rows.
    card.push(Weight::Strong, heading("Elected members", Group::E10));
    for seat in table.seats.iter().filter(|seat| !seat.permanent) {
        link(card, seat, format!("\t{}\t{}", seat.group, until(seat, date)));
    }
    if let Some(members) = table.group(Group::A3) {
        let names: Vec<&str> = members.iter().map(|seat| seat.state).collect();
        card.gap();
        card.push(Weight::Plain, format!("{}: {}", Group::A3.name(), names.join(", ")));
    }
}

/// When the term of an elected member ends: "to 2026"; of one of whose term the table has only the start,
/// "from 2027".
fn until(seat: &Seat, date: Date) -> String {
    let holds = |term: &Term| term.from <= date && term.last.is_none_or(|last| date <= last);
    match table::terms_of(seat.state).into_iter().find(holds) {
        Some(Term { last: Some(last), .. }) if (last.month(), last.day()) == (12, 31) => {
            format!("to {}", last.year())
        }
        Some(Term { last: Some(last), .. }) => format!("to {}", long_date(last)),
        Some(Term { from, .. }) => format!("from {}", from.year()),
        None => String::new(),
    }
}

/// What a State was called then, with today's name where it differs.
fn called(then: &str, now: &str) -> String {
    if then == now || then.is_empty() { now.to_owned() } else { format!("{then} (now {now})") }
}

/// A sentence with its first letter as a capital.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::President;

    fn texts(card: &Card) -> Vec<&str> {
        card.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// As real covers print them: formal names, and names in another order.
    #[test]
    fn groups_are_marked_whatever_the_cover_calls_the_members() {
        let names = [
            "Belgium",
            "China",
            "C\u{f4}te d\u{2019}Ivoire",
            "Dominican Republic",
            "Equatorial Guinea",
            "France",
            "Germany",
            "Indonesia",
            "Kuwait",
            "Peru",
            "Poland",
            "Russian Federation",
            "South Africa",
            "United Kingdom of Great Britain and Northern Ireland",
            "United States of America",
        ];
        let members = names.map(|name| Member { state: name.to_owned(), representative: None });
        let record = Record {
            date: "2019-11-19".parse().unwrap(),
            members: members.into(),
            ..serde_json::from_str(
                r#"{"format":"spv/1","symbol":"S/PV.99901","kind":"verbatim","language":"en",
                "date":"2019-11-19","items":[]}"#,
            )
            .unwrap()
        };
        let card = council(record.date, Some(Arc::new(record.clone())));
        assert!(!texts(&card).iter().any(|text| text.contains(", President\t")));
        let marked = |mark: &str| texts(&card).iter().filter(|text| text.ends_with(mark)).count();
        assert_eq!((marked("\tP5"), marked("\tE10"), marked("\tE10, A3")), (5, 7, 3));
        // One name that could not be read takes no mark from the others.
        let cut = Record { members: record.members[1..].to_vec(), ..record.clone() };
        let card = council(cut.date, Some(Arc::new(cut)));
        assert_eq!(texts(&card).iter().filter(|text| text.ends_with("\tE10, A3")).count(), 3);
        // Who presides is among the members, also where the cover names them apart.
        let mut apart = Record { members: record.members[..14].to_vec(), ..record.clone() };
        apart.presidents = vec![President { name: "Ms. Made".into(), state: Some("USA".into()) }];
        let card = council(apart.date, Some(Arc::new(apart)));
        assert!(texts(&card).contains(&"  USA\tMs. Made, President\tP5"), "{:?}", texts(&card));
        // The cover is that of its day alone, and is there again when one comes back.
        let card = council(record.date, Some(Arc::new(record)));
        let next = step(&card, Command::NextDay, 1).unwrap();
        assert!(texts(&next).contains(&"Permanent members (P5)"));
        let back = step(&next, Command::PreviousDay, 1).unwrap();
        assert_eq!(texts(&back), texts(&card));
    }

    #[test]
    fn a_step_at_the_end_of_time_stays() {
        let last = council(Date::MAX, None);
        assert_eq!(step(&last, Command::NextMonth, u32::MAX).unwrap().title, last.title);
        let first = council(Date::MIN, None);
        assert_eq!(step(&first, Command::PreviousDay, u32::MAX).unwrap().title, first.title);
        assert_eq!(texts(&first), ["The Council first met on 17 January 1946."]);
    }
}
