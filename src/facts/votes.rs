//! Every vote from 1946 on, by member.
//!
//! What the source tables lack, and what was corrected in them, is in [`Vote::note`].

use super::blob;
use super::inside::{self, resolution_number};
use super::key;
use super::layer::{Layer, layer};
use super::layout::Table;
use crate::record::{Outcome, Symbol};

pub use super::inside::{Ballot, Cast, Vote};

impl Vote {
    /// The members and their votes, in English alphabetical order of what they were called.
    pub fn casts(&self) -> Vec<Cast> {
        match layer().and_then(|layer| layer.vote(self.id)) {
            Some(laid) => laid.casts.clone(),
            None => inside::casts(self),
        }
    }

    /// Who submitted the draft, as these States were called; empty where that is not known, and for a
    /// text prepared in consultations of the Council.
    pub fn sponsors(&self) -> Vec<&'static str> {
        match layer().and_then(|layer| layer.vote(self.id)) {
            Some(laid) => laid.sponsors.clone(),
            None => inside::sponsors(self),
        }
    }

    /// Who vetoed it, as they were called: `China`, `Russian Federation`.
    pub fn vetoed_by(&self) -> Vec<&'static str> {
        self.vetoes().iter().map(|cast| cast.called).collect()
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

/// The number of votes.
pub fn len() -> u32 {
    blob::len(Table::Votes) + layer().map_or(0, Layer::added_votes)
}

/// The vote of this number, which it has for the whole process.
pub fn get(id: u32) -> Option<Vote> {
    layer().and_then(|layer| layer.vote(id)).map(|laid| laid.vote).or_else(|| inside::vote(id))
}

/// The votes of the record with this symbol, in order.
pub fn of_meeting(symbol: &Symbol) -> Vec<Vote> {
    let key = key::symbol(symbol.number(), symbol.resumption());
    let printed = symbol.to_string();
    let first = blob::partition(Table::VotesByMeeting, |row| row.u32(0) < key);
    let mut found: Vec<Vote> = (first..)
        .map_while(|at| blob::row(Table::VotesByMeeting, at))
        .take_while(|row| row.u32(0) == key)
        .filter_map(|row| get(u32::from(row.u16(4))))
        .filter(|vote| vote.meeting == printed)
        .collect();
    if let Some(layer) = layer() {
        let mut laid = layer.votes_of(&printed);
        laid.retain(|vote| !found.iter().any(|own| own.id == vote.id));
        found.extend(laid);
    }
    found
}

/// The vote on this reference, in any usual spelling: `S/RES/2254 (2015)`, `resolution 2254`, `2254`, `S/2014/348`.
///
/// A draft that was adopted is found as the resolution it became.
///
/// A bare number is that of a resolution; a year after it must be the resolution's. Where one
/// reference was voted on more than once, in parts or again, the first vote.
pub fn by_reference(reference: &str) -> Option<Vote> {
    match inside::vote_by_reference(reference) {
        Some(vote) => get(vote.id),
        None => laid_by_reference(reference),
    }
}

/// The vote on this reference that no row inside is found by.
fn laid_by_reference(reference: &str) -> Option<Vote> {
    let layer = layer()?;
    let laid = match resolution_number(reference) {
        Some((number, year)) => layer
            .vote_by_number(number)
            .filter(|laid| year.is_empty() || laid.vote.reference.ends_with(&format!("({year})"))),
        None => layer.vote_by_key(&key::reference(reference)),
    };
    laid.map(|laid| laid.vote)
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Vote> {
    let at = |place| layer().map_or(place, |layer| layer.vote_at(place));
    (0..len()).filter_map(move |place| get(at(place)))
}
