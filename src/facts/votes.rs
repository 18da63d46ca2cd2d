//! Every vote from 1946 to 2025, by member.

use jiff::civil::Date;

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
    /// Symbol of the record it stands in, or empty where the table does not know it.
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
}

impl Vote {
    /// The members and their votes, in English alphabetical order of what they were called.
    #[must_use]
    pub fn casts(&self) -> Vec<Cast> {
        Vec::new()
    }

    /// The permanent members whose negative vote was a veto; empty where the outcome is not a veto.
    #[must_use]
    pub fn vetoes(&self) -> Vec<Cast> {
        Vec::new()
    }
}

/// How many there are.
#[must_use]
pub fn len() -> u32 {
    0
}

/// Row `id`, from 0, oldest first.
#[must_use]
pub fn get(_id: u32) -> Option<Vote> {
    None
}

/// The votes of the record with this symbol, in order.
#[must_use]
pub fn of_meeting(_symbol: &Symbol) -> Vec<Vote> {
    Vec::new()
}

/// The vote on this reference, in any usual spelling: `S/RES/2254 (2015)`, `resolution 2254`, `2254`, `S/2014/348`.
#[must_use]
pub fn by_reference(_reference: &str) -> Option<Vote> {
    None
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Vote> {
    (0..len()).filter_map(get)
}
