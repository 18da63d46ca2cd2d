//! Who was a member of the Council at a meeting.

use std::collections::HashSet;

use crate::facts::{council, states};
use crate::import::vote::seat_count;
use crate::record::{Record, Vote};

/// The members at a meeting: those of the cover page with the President's State, and those of the table.
///
/// Both count, since a line of a cover may be lost and the date of a record may be misprinted.
pub(super) struct Seats {
    states: HashSet<String>,
    /// The number of members that the Council had.
    pub count: u32,
}

impl Seats {
    /// The members at the meeting of a record.
    pub(super) fn of(record: &Record) -> Self {
        let council = council::on(record.date);
        let seated = council.iter().flat_map(|c| &c.seats).map(|s| s.state.to_owned());
        let members = record.members.iter().map(|m| m.state.as_str());
        let presiding = record.presidents.iter().filter_map(|p| p.state.as_deref());
        let printed = members.chain(presiding).map(short_name);
        Self { states: seated.chain(printed).collect(), count: seat_count(record.date) }
    }

    /// What is wrong with the names in the lists of a vote.
    pub(super) fn find_doubts(&self, vote: &Vote) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let mut total = 0;
        let lists = [&vote.in_favour, &vote.against, &vote.abstaining, &vote.not_voting];
        for name in lists.into_iter().flatten() {
            total += 1;
            let state = short_name(name);
            if !self.states.is_empty() && !self.states.contains(&state) {
                found.push(match states::lookup(name) {
                    Some(_) => format!("{name} was no member of the Council on that day"),
                    None => format!("{name:?} is in its lists and is no State that spv knows"),
                });
            }
            if !seen.insert(state) {
                found.push(format!("{name} is in its lists twice"));
            }
        }
        if total > self.count as usize {
            found.insert(
                0,
                format!("{total} members are in its lists, and the Council had {}", self.count),
            );
        }
        found
    }
}

/// The UN short name, or the name as it is where the table does not know it.
pub(super) fn short_name(name: &str) -> String {
    states::lookup(name).map_or(name, |s| s.name).to_owned()
}
