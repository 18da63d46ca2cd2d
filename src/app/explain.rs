//! Explanations of vote: what a member said in the record of a vote, beside how it voted.
//!
//! A record does not mark an explanation as one; what is offered is the member's first statement after
//! the vote, or else its last one before it, and which of the two is said.

use super::tally::{reference, short_name};
use crate::record::{Item, Record};

/// A statement of a member near a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Number of the statement.
    pub number: u32,
    /// Printed page it begins on.
    pub page: Option<u32>,
    /// It stands after the vote.
    pub after: bool,
}

impl Said {
    /// Where it stands, to be put behind the name of the member: `   spoke after, p. 4`.
    #[must_use]
    pub fn words(self) -> String {
        let side = if self.after { "after" } else { "before" };
        let page = self.page.map_or(String::new(), |p| format!(", p. {p}"));
        format!("   spoke {side}{page}")
    }
}

/// What a State said on the vote at item `vote` of the record; the turns of the chair are not its words.
#[must_use]
pub fn of(record: &Record, vote: usize, state: &str) -> Option<Said> {
    let said = |(at, item): (usize, &Item)| match item {
        Item::Statement(s) if !s.is_procedural() => {
            let speaks_for = s.speaker.state.as_deref()?;
            let same = speaks_for == state || short_name(speaks_for) == short_name(state);
            same.then_some(Said { number: s.number, page: s.page, after: at > vote })
        }
        _ => None,
    };
    let items = || record.items.iter().enumerate();
    let after = items().skip(vote + 1).find_map(said);
    after.or_else(|| items().take(vote).rev().find_map(said))
}

/// The item of the record that is the vote on this reference, else its first vote, else its end.
#[must_use]
pub fn vote_on(record: &Record, on: &str) -> usize {
    let votes = || {
        record.items.iter().enumerate().filter_map(|(at, item)| match item {
            Item::Vote(vote) => Some((at, vote)),
            _ => None,
        })
    };
    let named = votes().find(|(_, v)| v.on.iter().any(|s| s == on) || reference(v) == on);
    named.or_else(|| votes().next()).map_or(record.items.len(), |(at, _)| at)
}
