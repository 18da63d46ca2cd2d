//! The tables of meetings and votes inside the binary, without what was fetched.

use jiff::civil::Date;

use super::blob::{self, Row};
use super::layout::{KINDS, PRIVATE, Table, UNKNOWN, WRITTEN};
use super::{key, states};
use crate::record::{Outcome, Symbol, VoteKind};

/// One known meeting (one record: a resumption is a row of its own).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its number: the place in the table inside, from 0, oldest first; fetched ones come after them.
    pub id: u32,
    /// Symbol in the usual spelling.
    pub symbol: &'static str,
    /// The day.
    pub date: Date,
    /// A closed meeting.
    pub private: bool,
    /// Number of the press release, or empty.
    pub press: &'static str,
    /// The library's heading; not the sub-theme of the debate, which only the record has.
    pub topic: &'static str,
    /// Symbols adopted or voted on, `; ` between, or empty.
    pub outcomes: &'static str,
    /// The outcome in the library's words ("S/RES/1325 (2000) 15-0-0"), or empty.
    pub outcome_text: &'static str,
}

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
    /// Its number: the place in the table inside, from 0, oldest first; fetched ones come after them.
    pub id: u32,
    /// What was voted on, as the table names it: `S/RES/1325 (2000)`, `S/2014/348`, `S/PV.23`.
    pub reference: &'static str,
    /// The day.
    pub date: Date,
    /// What came of it.
    pub outcome: Outcome,
    /// What was decided: a draft, an amendment, a matter of procedure.
    pub kind: VoteKind,
    /// Symbol of the record it is in, or empty: there was no meeting if it is [`written`](Self::written),
    /// else the meeting is not known.
    pub meeting: &'static str,
    /// Cast in writing and not in a meeting, as in 2020.
    pub written: bool,
    /// Symbol of the letter with the result of a vote in writing, or empty.
    pub letter: &'static str,
    /// Title.
    pub title: &'static str,
    /// Symbol of the draft that was adopted, or empty.
    pub draft: &'static str,
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

fn read_meeting(id: u32, row: Row) -> Meeting {
    Meeting {
        id,
        symbol: row.text(0),
        press: row.text(2),
        topic: row.text(4),
        outcomes: row.text(6),
        outcome_text: row.text(8),
        private: row.u16(10) & PRIVATE != 0,
        date: blob::date(row.u32(12)),
    }
}

/// The meeting of this number.
pub(super) fn meeting(id: u32) -> Option<Meeting> {
    blob::row(Table::Meetings, id).map(|row| read_meeting(id, row))
}

/// The meeting of this symbol.
pub(super) fn meeting_by_symbol(symbol: &Symbol) -> Option<Meeting> {
    let key = key::symbol(symbol.number(), symbol.resumption());
    let at = blob::partition(Table::Symbols, |row| row.u32(0) < key);
    let found = blob::row(Table::Symbols, at).filter(|row| row.u32(0) == key)?;
    // The key has neither series nor part, so the whole symbol is compared.
    meeting(u32::from(found.u16(4))).filter(|meeting| meeting.symbol == symbol.to_string())
}

fn read_vote(id: u32, row: Row) -> Vote {
    let count = |at: usize| Some(row.u8(at)).filter(|count| *count != UNKNOWN).map(u16::from);
    Vote {
        id,
        reference: row.text(0),
        meeting: row.text(2),
        title: row.text(4),
        note: row.text(6),
        draft: row.text(8),
        letter: row.text(10),
        date: blob::date(row.u32(12)),
        outcome: match row.u8(16) {
            0 => Outcome::Adopted,
            1 => Outcome::Vetoed,
            2 => Outcome::NotAdopted,
            _ => Outcome::AdoptedWithoutVote,
        },
        kind: kind(row.u8(17) & !WRITTEN),
        written: row.u8(17) & WRITTEN != 0,
        yes: count(18).unwrap_or(0),
        no: count(19).unwrap_or(0),
        abstain: count(20).unwrap_or(0),
        not_voting: count(21).unwrap_or(0),
        counts_known: count(18).is_some(),
    }
}

/// The kind of this number.
fn kind(number: u8) -> VoteKind {
    let word = KINDS.get(usize::from(number)).copied().unwrap_or_default();
    VoteKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or_default()
}

/// The vote of this number.
pub(super) fn vote(id: u32) -> Option<Vote> {
    blob::row(Table::Votes, id).map(|row| read_vote(id, row))
}

/// The members and their votes, in the order of what they were called.
pub(super) fn casts(vote: &Vote) -> Vec<Cast> {
    let Some(row) = blob::row(Table::Votes, vote.id) else { return Vec::new() };
    let first = row.u32(24);
    (first..first + u32::from(row.u8(22)))
        .filter_map(|at| blob::row(Table::Casts, at))
        .filter_map(|word| cast(word.u16(0), vote.date))
        .collect()
}

fn cast(word: u16, date: Date) -> Option<Cast> {
    let state = states::get(word & 0xfff)?;
    let ballot = match word >> 12 {
        0 => Ballot::InFavour,
        1 => Ballot::Against,
        2 => Ballot::Abstaining,
        3 => Ballot::NotVoting,
        _ => Ballot::Unknown,
    };
    let called = state.called_on(date);
    Some(Cast { state: state.name, called, ballot, permanent: state.permanent() })
}

/// Who submitted the draft, as these States were called.
pub(super) fn sponsors(vote: &Vote) -> Vec<&'static str> {
    let Some(row) = blob::row(Table::Votes, vote.id) else { return Vec::new() };
    let first = u32::from(row.u16(28));
    (first..first + u32::from(row.u8(23)))
        .filter_map(|at| blob::row(Table::Sponsors, at))
        .filter_map(|sponsor| states::get(sponsor.u16(0)))
        .map(|state| state.called_on(vote.date))
        .collect()
}

/// The vote on this reference, see [`votes::by_reference`](super::votes::by_reference).
pub(super) fn vote_by_reference(reference: &str) -> Option<Vote> {
    resolution(reference).or_else(|| {
        let key = key::reference(reference);
        let at = blob::partition(Table::References, |row| row.text(0) < key.as_str());
        let found = blob::row(Table::References, at).filter(|row| row.text(0) == key)?;
        vote(u32::from(found.u16(2)))
    })
}

/// The number and the year, or an empty text, of a resolution: `2254`, `res. 2254 (2015)`, `S/RES/2254`.
pub(super) fn resolution_number(reference: &str) -> Option<(u16, String)> {
    let key = key::reference(reference);
    let names = ["SECURITYCOUNCIL", "UNSCR", "S/RES/", "RESOLUTION", "RES/", "RES.", "RES", "SCR"];
    let mut rest = key.as_str();
    for name in names {
        rest = rest.strip_prefix(name).unwrap_or(rest);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u16 = rest.get(..digits)?.parse().ok()?;
    let year = rest.get(digits..)?.trim_matches(['(', ')']);
    (year.is_empty() || year.parse::<u16>().is_ok()).then(|| (number, year.to_owned()))
}

/// The vote on a resolution named by its number.
fn resolution(reference: &str) -> Option<Vote> {
    let (number, year) = resolution_number(reference)?;
    let at = blob::partition(Table::Resolutions, |row| row.u16(0) < number);
    let found = blob::row(Table::Resolutions, at).filter(|row| row.u16(0) == number)?;
    let vote = vote(u32::from(found.u16(2)))?;
    (year.is_empty() || vote.reference.ends_with(&format!("({year})"))).then_some(vote)
}
