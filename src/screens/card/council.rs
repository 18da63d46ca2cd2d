//! The card of the Council on a day: who sat, who presided, and who next.

use jiff::civil::Date;

use super::state::{Card, MOST_LINES};
use crate::app::card_line::Weight;
use crate::app::number::{long_date, thousands};
use crate::facts::council::{self as table, Council, Group, Seat};
use crate::record::Record;

/// The most who presided over one meeting, and are named.
const FEW: usize = 20;

/// The Council on a day: from the cover page of a record of that day, else by the table and rule 18.
pub fn council(date: Date, record: Option<&Record>) -> Option<Card> {
    let table = table::on(date);
    if table.is_none() && record.is_none_or(|r| r.members.is_empty()) {
        return None;
    }
    let mut card = Card::new(format!("The Council on {}", long_date(date)));
    card.exercise = record.is_some_and(|r| r.exercise);
    presidency(&mut card, record, table.as_ref());
    card.gap();
    match (record.filter(|r| !r.members.is_empty()), &table) {
        (Some(record), _) => {
            card.push(Weight::Strong, format!("Members, from the cover of {}", record.symbol));
            let here = |seat: &&Seat| record.members.iter().any(|m| m.state == seat.state);
            let seats: Vec<&Seat> =
                table.iter().flat_map(|table| &table.seats).filter(here).collect();
            for member in record.members.iter().take(MOST_LINES) {
                let who = member.representative.clone().unwrap_or_default();
                let words = [member.state.clone(), who, of_groups(&seats, &member.state)];
                let words: Vec<String> = words.into_iter().filter(|w| !w.is_empty()).collect();
                card.push(Weight::Plain, format!("  {}", words.join("   ")));
            }
            let more = record.members.len().saturating_sub(MOST_LINES);
            if more > 0 {
                let words = format!("  {} more members are not shown here", thousands(more));
                card.push(Weight::Faint, words);
            }
        }
        (None, Some(table)) => members(&mut card, table),
        (None, None) => {}
    }
    Some(card)
}

fn presidency(card: &mut Card, record: Option<&Record>, table: Option<&Council>) {
    let mut in_chair: Vec<String> = record
        .map(|r| &r.presidents[..])
        .unwrap_or_default()
        .iter()
        .take(FEW)
        .map(|p| match &p.state {
            Some(state) => format!("{} ({state})", p.name),
            None => p.name.clone(),
        })
        .collect();
    let more = record.map_or(0, |r| r.presidents.len().saturating_sub(FEW));
    if more > 0 {
        in_chair.push(format!("and {} more", thousands(more)));
    }
    match (in_chair.as_slice(), table.and_then(|t| t.president)) {
        ([], Some(seat)) if table.is_some_and(|t| t.president_known) => {
            card.push(Weight::Plain, format!("President that month: {}", seat.called));
        }
        ([], Some(seat)) => {
            card.push(Weight::Plain, format!("President: {} (computed by rule 18)", seat.called));
        }
        ([], None) => card.push(Weight::Faint, "Who presided is not known."),
        (names, _) => card.push(Weight::Plain, format!("President: {}", names.join(", "))),
    }
    if let Some(next) = table.and_then(|t| t.next) {
        card.push(Weight::Plain, format!("The month after: {}", next.called));
    }
}

fn members(card: &mut Card, table: &Council) {
    let line = |seat: &Seat| {
        let group =
            if seat.group.is_empty() { String::new() } else { format!("   {}", seat.group) };
        format!("  {}{group}", called(seat.called, seat.state))
    };
    let seats: Vec<&Seat> = table.seats.iter().collect();
    let heading = |words: &str, group: Group| match whole(&seats, group) {
        Some(_) => format!("{words} ({})", group.name()),
        None => words.to_owned(),
    };
    card.push(Weight::Strong, heading("Permanent members", Group::P5));
    // Nobody looks for these one by one, and so the card ends on a screen of 24 rows.
    let permanent = table.seats.iter().filter(|s| s.permanent);
    let names: Vec<String> = permanent.map(|seat| called(seat.called, seat.state)).collect();
    card.push(Weight::Plain, format!("  {}", names.join(", ")));
    card.gap();
    card.push(Weight::Strong, heading("Elected members", Group::E10));
    for seat in table.seats.iter().filter(|s| !s.permanent) {
        card.push(Weight::Plain, line(seat));
    }
    if let Some(members) = whole(&seats, Group::A3) {
        let names: Vec<&str> = members.iter().map(|seat| seat.state).collect();
        card.gap();
        card.push(Weight::Plain, format!("{}: {}", Group::A3.name(), names.join(", ")));
    }
    card.gap();
    card.push(Weight::Faint, "From the table of membership, by date.");
}

/// The members of a group, where it has as many as its name says: before 1966 there were fewer.
fn whole<'a>(seats: &[&'a Seat], group: Group) -> Option<Vec<&'a Seat>> {
    let members: Vec<&Seat> = seats.iter().copied().filter(|seat| group.has(seat)).collect();
    let number = group.name().get(1..).and_then(|number| number.parse().ok());
    (number == Some(members.len())).then_some(members)
}

/// The groups of a State that staff speak of, such as "E10, A3".
fn of_groups(seats: &[&Seat], state: &str) -> String {
    let groups = [Group::P5, Group::E10, Group::A3].into_iter().filter(|group| {
        whole(seats, *group).is_some_and(|members| members.iter().any(|seat| seat.state == state))
    });
    groups.map(Group::name).collect::<Vec<_>>().join(", ")
}

/// What a State was called then, with today's name where it differs.
fn called(then: &str, now: &str) -> String {
    if then == now || then.is_empty() { now.to_owned() } else { format!("{then} (now {now})") }
}
