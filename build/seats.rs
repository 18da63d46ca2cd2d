//! Seats of the Council, and the president of each month.
//!
//! The presidency is computed forward from January 1946 by rule 18 of the provisional rules of
//! procedure (S/96/Rev.7): the members in the English alphabetical order of their names, a month
//! each. A known month corrects the turn. Only forward is safe: a member whose term ends with the
//! year leaves a gap that cannot be seen when computing backwards.

use std::collections::HashMap;
use std::error::Error;

use crate::blob::{Blob, Row};
use crate::layout::{GROUPS, KNOWN, NOBODY, Table, YEARS};
use crate::names::Names;
use crate::tables::{President, Seat, day};

struct Held {
    from: u32,
    until: u32,
    state: u16,
}

/// Writes the seats and the presidents; answers with the permanent members.
pub fn write(
    blob: &mut Blob,
    names: &Names,
    seats: &[Seat],
    presidents: &[President],
) -> Result<Vec<u16>, Box<dyn Error>> {
    let mut held = Vec::new();
    let mut permanent = Vec::new();
    for seat in seats {
        let state = names.id(&seat.state)?;
        // The Council first met on 17 January 1946.
        let first = if seat.year == 1946 { 19_460_117 } else { seat.year * 10_000 + 101 };
        let from = if seat.from.is_empty() { first } else { day(&seat.from)? };
        let until =
            if seat.until.is_empty() { (seat.year + 1) * 10_000 + 101 } else { day(&seat.until)? };
        if names.called(state, from)? != seat.called {
            return Err(format!(
                "council.json: {} {}: called {:?}",
                seat.year, seat.state, seat.called
            )
            .into());
        }
        let group = GROUPS.iter().position(|group| *group == seat.group);
        let group = group.ok_or_else(|| format!("council.json: group {:?}", seat.group))?;
        let flags = u16::from(seat.permanent) | u16::try_from(group)? << 1;
        blob.push(Table::Seats, Row::default().u32(from).u32(until).u16(state).u16(flags))?;
        if seat.permanent && !permanent.contains(&state) {
            permanent.push(state);
        }
        held.push(Held { from, until, state });
    }
    write_presidents(blob, names, &held, presidents)?;
    Ok(permanent)
}

fn write_presidents(
    blob: &mut Blob,
    names: &Names,
    held: &[Held],
    presidents: &[President],
) -> Result<(), Box<dyn Error>> {
    let known: HashMap<&str, &str> = presidents
        .iter()
        .map(|president| (president.month.as_str(), president.state.as_str()))
        .collect();
    let mut last = String::new();
    for year in YEARS.0..=YEARS.1 {
        for month in 1..=12u32 {
            // In 1946 the turns began on the 17th of the month.
            let first = u32::from(year.unsigned_abs()) * 10_000
                + month * 100
                + if year == 1946 { 17 } else { 1 };
            let mut members = Vec::new();
            for seat in held.iter().filter(|seat| seat.from <= first && first < seat.until) {
                members.push((names.order(seat.state, first)?, seat.state));
            }
            members.sort();
            let turn = match known.get(format!("{year}-{month:02}").as_str()) {
                Some(name) => {
                    let state = names.id(name)?;
                    members
                        .iter()
                        .find(|(_, member)| *member == state)
                        .map(|member| (member, KNOWN))
                }
                None => members
                    .iter()
                    .find(|(key, _)| *key > last)
                    .or(members.first())
                    .map(|member| (member, 0)),
            };
            let word = turn.map_or(NOBODY, |((_, state), flag)| state | flag);
            last = turn.map_or(last, |((key, _), _)| key.clone());
            blob.push(Table::Presidents, Row::default().u16(word))?;
        }
    }
    Ok(())
}
