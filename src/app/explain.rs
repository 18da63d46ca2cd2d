//! Explanations of vote: what a member said in the record of a vote, beside how it voted.
//!
//! A record does not mark an explanation as one; what is offered is the member's first statement after
//! the vote, or else its last one before it, and which of the two is said.

use std::collections::HashMap;

use super::tally::{reference, short_name};
use crate::record::{Item, Record};

/// A statement of a member near a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Number of the statement.
    pub number: u32,
    /// Printed page it begins on.
    pub page: Option<u32>,
    /// It is after the vote.
    pub after: bool,
}

impl Said {
    /// Where it is, to be put after the name of the member: `   spoke after, p. 4`.
    pub fn words(self) -> String {
        let side = if self.after { "after" } else { "before" };
        let page = self.page.map_or(String::new(), |p| format!(", p. {p}"));
        format!("   spoke {side}{page}")
    }
}

/// What a State said on the vote at item `vote` of the record; the turns of the chair are not its words.
pub fn of(record: &Record, vote: usize, state: &str) -> Option<Said> {
    Spoken::of(record).on(vote, state)
}

/// The statements of a record by the State they were made for.
#[derive(Debug, Default)]
pub struct Spoken {
    /// Place among the items, number and page of each, in order, under the short name of the State.
    of: HashMap<String, Vec<(usize, u32, Option<u32>)>>,
}

impl Spoken {
    /// Those of a record. The turns of the chair are not the words of a State.
    pub fn of(record: &Record) -> Self {
        let mut of: HashMap<String, Vec<_>> = HashMap::new();
        for (at, item) in record.items.iter().enumerate() {
            if let Item::Statement(s) = item
                && let Some(state) = s.speaker.state.as_deref()
                && !s.is_procedural()
            {
                of.entry(short_name(state)).or_default().push((at, s.number, s.page));
            }
        }
        Self { of }
    }

    /// What a State said on the vote at item `vote`.
    pub fn on(&self, vote: usize, state: &str) -> Option<Said> {
        let statements = self.of.get(&short_name(state))?;
        let next = statements.partition_point(|(at, _, _)| *at <= vote);
        let before = || statements.get(next.checked_sub(1)?);
        let (at, number, page) = *statements.get(next).or_else(before)?;
        Some(Said { number, page, after: at > vote })
    }
}

/// The item of the record that is the vote on this reference, else its first vote, else its end.
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
