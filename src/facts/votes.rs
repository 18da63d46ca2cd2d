//! Every vote from 1946 to 2025, by member.
//!
//! What the source table lacks, and what was corrected in it, is in [`Vote::note`].

use jiff::civil::Date;

use super::blob::{self, Row};
use super::layout::{Table, UNKNOWN};
use super::{key, states};
use crate::record::{Outcome, Symbol};

/// How one member voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ballot {
    /// In favour.
    InFavour,
    /// Against.
    Against,
    /// Abstaining.
    Abstaining,
    /// Absent or not participating.
    NotVoting,
    /// Not known from the table.
    Unknown,
}

/// One member's vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// The member by its UN short name today.
    pub state: &'static str,
    /// What it was called then ("Union of Soviet Socialist Republics").
    pub called: &'static str,
    /// Its vote.
    pub ballot: Ballot,
    /// A permanent member on that day.
    pub permanent: bool,
}

/// One vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Its place in the table, from 0, oldest first.
    pub id: u32,
    /// What was voted on, as the table names it: `S/RES/1325 (2000)`, `S/2014/348`, `S/PV.23`.
    pub reference: &'static str,
    /// The day.
    pub date: Date,
    /// What came of it.
    pub outcome: Outcome,
    /// Symbol of the record it is in, or empty if unknown; if it was inferred from the date, `note`
    /// says so.
    pub meeting: &'static str,
    /// Title.
    pub title: &'static str,
    /// Count in favour, as the table gives it.
    pub yes: u16,
    /// Count against.
    pub no: u16,
    /// Abstentions.
    pub abstain: u16,
    /// Absent or not participating.
    pub not_voting: u16,
    /// False if the table has no counts; they are 0 then.
    pub counts_known: bool,
    /// What is unknown, inferred or corrected, in sentences; empty for most.
    pub note: &'static str,
}

impl Vote {
    /// The members and their votes, in English alphabetical order of what they were called.
    pub fn casts(&self) -> Vec<Cast> {
        let Some(row) = blob::row(Table::Votes, self.id) else { return Vec::new() };
        let first = row.u32(18);
        (first..first + u32::from(row.u8(17)))
            .filter_map(|at| blob::row(Table::Casts, at))
            .filter_map(|cast| self.cast(cast.u16(0)))
            .collect()
    }

    fn cast(&self, word: u16) -> Option<Cast> {
        let state = states::get(word & 0xfff)?;
        let ballot = match word >> 12 {
            0 => Ballot::InFavour,
            1 => Ballot::Against,
            2 => Ballot::Abstaining,
            3 => Ballot::NotVoting,
            _ => Ballot::Unknown,
        };
        let called = state.called_on(self.date);
        Some(Cast { state: state.name, called, ballot, permanent: state.permanent() })
    }

    /// Whether the library's table of meetings counts otherwise than the table of votes, which names the members.
    pub fn counts_differ(&self) -> bool {
        self.note.contains("table of meetings counts")
    }

    /// The permanent members whose negative vote was a veto; empty where the outcome is not a veto.
    pub fn vetoes(&self) -> Vec<Cast> {
        if self.outcome != Outcome::Vetoed {
            return Vec::new();
        }
        let mut casts = self.casts();
        casts.retain(|cast| cast.permanent && cast.ballot == Ballot::Against);
        casts
    }
}

fn read(id: u32, row: Row) -> Vote {
    let count = |at: usize| Some(row.u8(at)).filter(|count| *count != UNKNOWN).map(u16::from);
    Vote {
        id,
        reference: row.text(0),
        meeting: row.text(2),
        title: row.text(4),
        note: row.text(6),
        date: blob::date(row.u32(8)),
        outcome: match row.u8(12) {
            0 => Outcome::Adopted,
            1 => Outcome::Vetoed,
            2 => Outcome::NotAdopted,
            _ => Outcome::AdoptedWithoutVote,
        },
        yes: count(13).unwrap_or(0),
        no: count(14).unwrap_or(0),
        abstain: count(15).unwrap_or(0),
        not_voting: count(16).unwrap_or(0),
        counts_known: count(13).is_some(),
    }
}

/// The number of votes.
pub fn len() -> u32 {
    blob::len(Table::Votes)
}

/// Row `id`, from 0, oldest first.
pub fn get(id: u32) -> Option<Vote> {
    blob::row(Table::Votes, id).map(|row| read(id, row))
}

/// The votes of the record with this symbol, in order.
pub fn of_meeting(symbol: &Symbol) -> Vec<Vote> {
    let key = key::symbol(symbol.number(), symbol.resumption());
    let printed = symbol.to_string();
    let first = blob::partition(Table::VotesByMeeting, |row| row.u32(0) < key);
    (first..)
        .map_while(|at| blob::row(Table::VotesByMeeting, at))
        .take_while(|row| row.u32(0) == key)
        .filter_map(|row| get(u32::from(row.u16(4))))
        .filter(|vote| vote.meeting == printed)
        .collect()
}

/// The vote on this reference, in any usual spelling: `S/RES/2254 (2015)`, `resolution 2254`, `2254`, `S/2014/348`.
///
/// A bare number is that of a resolution; a year after it must be the resolution's. Where one
/// reference was voted on more than once, in parts or again, the first vote.
pub fn by_reference(reference: &str) -> Option<Vote> {
    resolution(reference).or_else(|| {
        let key = key::reference(reference);
        let at = blob::partition(Table::References, |row| row.text(0) < key.as_str());
        let found = blob::row(Table::References, at).filter(|row| row.text(0) == key)?;
        get(u32::from(found.u16(2)))
    })
}

/// The vote on a resolution named by its number: `2254`, `res. 2254 (2015)`, `S/RES/2254`.
fn resolution(reference: &str) -> Option<Vote> {
    let key = key::reference(reference);
    let names = ["SECURITYCOUNCIL", "UNSCR", "S/RES/", "RESOLUTION", "RES/", "RES.", "RES", "SCR"];
    let mut rest = key.as_str();
    for name in names {
        rest = rest.strip_prefix(name).unwrap_or(rest);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u16 = rest.get(..digits)?.parse().ok()?;
    let year = rest.get(digits..)?.trim_matches(['(', ')']);
    let at = blob::partition(Table::Resolutions, |row| row.u16(0) < number);
    let found = blob::row(Table::Resolutions, at).filter(|row| row.u16(0) == number)?;
    let vote = get(u32::from(found.u16(2)))?;
    (year.is_empty() || vote.reference.ends_with(&format!("({year})"))).then_some(vote)
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Vote> {
    (0..len()).filter_map(get)
}
