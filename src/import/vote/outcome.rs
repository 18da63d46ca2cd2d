//! What came of a vote, by the rules of the Charter.

use jiff::civil::Date;

use super::Announcement;
use crate::facts::{council, states};
use crate::record::{Announced, Outcome, Vote, VoteKind};

/// The permanent members, for days that the table of the Council does not cover.
const PERMANENT: [&str; 5] =
    ["China", "France", "Russian Federation", "United Kingdom", "United States"];

/// The number of members of the Council: 11 until 1965, 15 since (Charter, Article 23, as amended).
#[must_use]
pub fn seat_count(date: Date) -> u32 {
    if date.year() < 1966 { 11 } else { 15 }
}

/// The votes in favour that a decision takes: 7 until 1965, 9 since (Charter, Article 27, as amended).
#[must_use]
pub fn majority(date: Date) -> u32 {
    if date.year() < 1966 { 7 } else { 9 }
}

/// The number of names in each list.
#[must_use]
pub fn listed_counts(vote: &Vote) -> Announced {
    let count = |list: &Vec<String>| u32::try_from(list.len()).unwrap_or(u32::MAX);
    Announced {
        in_favour: count(&vote.in_favour),
        against: count(&vote.against),
        abstaining: count(&vote.abstaining),
    }
}

/// Whether a State was a permanent member of the Council on a day.
fn is_permanent(name: &str, date: Date) -> bool {
    let known = states::lookup(name).map_or(name, |s| s.name);
    match council::on(date) {
        Some(council) => {
            council.seats.iter().any(|s| s.permanent && (s.state == known || s.called == name))
        }
        None => PERMANENT.contains(&known),
    }
}

/// Whether a permanent member is in the list of those against.
#[must_use]
pub fn permanent_against(vote: &Vote, date: Date) -> bool {
    vote.against.iter().any(|name| is_permanent(name, date))
}

/// Adds what the President announced to the vote, and decides its outcome.
///
/// It is vetoed if it was not adopted with enough votes in favour and a permanent member against, and
/// the matter is one of substance (Charter, Article 27). Where it is not known that it is, the President
/// has to give the negative vote of a permanent member as the reason.
pub fn settle_vote(vote: &mut Vote, said: &Announcement, date: Date) {
    vote.announced = said.counts;
    let listed = listed_counts(vote);
    let counts = if listed.in_favour > 0 { listed } else { said.counts.unwrap_or_default() };
    let enough = counts.in_favour >= majority(date);
    let substance = match vote.kind {
        VoteKind::Substantive | VoteKind::Amendment | VoteKind::Part | VoteKind::Preliminary => {
            said.by_permanent || permanent_against(vote, date)
        }
        VoteKind::Unknown => said.by_permanent,
        VoteKind::Procedural | VoteKind::Election => false,
    };
    vote.outcome = match said.adopted {
        Some(true) => Some(Outcome::Adopted),
        _ if enough && substance => Some(Outcome::Vetoed),
        Some(false) => Some(Outcome::NotAdopted),
        None if listed.in_favour > 0 && !enough => Some(Outcome::NotAdopted),
        None => None,
    };
    if vote.outcome == Some(Outcome::Adopted) {
        vote.adopted_as.clone_from(&said.adopted_as);
    }
}
