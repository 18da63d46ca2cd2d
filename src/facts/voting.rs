//! How a State voted, and how often it agreed with another: counted from the table of votes.
//!
//! Two States agree in a vote if both voted and voted the same; an abstention and a vote against are different.
//! Which votes are compared is the same for all: a vote that says nothing about agreement, or not surely, is left
//! out and counted ([`LeftOut`]).

use std::collections::BTreeMap;

use super::votes::{self, Ballot, Cast, Vote};
use crate::record::{Outcome, VoteKind};

/// How often a State voted how in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Votes in favour.
    pub in_favour: u32,
    /// Votes against.
    pub against: u32,
    /// Abstentions.
    pub abstaining: u32,
    /// Votes in which it was absent or did not participate.
    pub not_voting: u32,
    /// Votes in which its vote is not known.
    pub not_known: u32,
}

impl Year {
    fn count(&mut self, ballot: Ballot) {
        *match ballot {
            Ballot::InFavour => &mut self.in_favour,
            Ballot::Against => &mut self.against,
            Ballot::Abstaining => &mut self.abstaining,
            Ballot::NotVoting => &mut self.not_voting,
            Ballot::Unknown => &mut self.not_known,
        } += 1;
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.in_favour + self.against + self.abstaining + self.not_voting + self.not_known
    }
}

/// Votes that are not compared, by the reason; each is counted once, by the first that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Adopted without a vote.
    pub without_vote: u32,
    /// On procedure, or of a kind that is not known.
    pub procedural: u32,
    /// The names in the table and the counts of another source differ.
    pub counts_differ: u32,
    /// How one of the two voted is not known.
    pub not_known: u32,
    /// One of the two, or both, did not vote.
    pub not_voting: u32,
}

/// Counts a vote that is never compared, whoever voted; false if it is compared.
fn left_out(vote: &Vote, left: &mut LeftOut) -> bool {
    let field = if vote.outcome == Outcome::AdoptedWithoutVote {
        &mut left.without_vote
    } else if !matches!(vote.kind, VoteKind::Substantive | VoteKind::Amendment | VoteKind::Part) {
        &mut left.procedural
    } else if vote.counts_differ() {
        &mut left.counts_differ
    } else {
        return false;
    };
    *field += 1;
    true
}

/// In how many votes, and in how many of them both voted the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Votes in which both voted the same.
    pub agreed: u32,
    /// Votes in which both voted.
    pub of: u32,
}

/// The fewest votes of which a percentage is given.
const FEWEST: u32 = 20;

impl Share {
    fn count(&mut self, same: bool) {
        self.of += 1;
        self.agreed += u32::from(same);
    }

    /// The percentage, rounded; `None` of less than 20 votes.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        (self.of >= FEWEST).then(|| (self.agreed * 200 + self.of) / (self.of * 2))
    }
}

/// How often two States agreed, while both were members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The other State, by its short name.
    pub with: &'static str,
    /// The other is a permanent member.
    pub permanent: bool,
    /// The years of the first and the last vote in which both were members.
    pub years: (i16, i16),
    /// In votes that were not unanimous: not every member voted in favour.
    pub divided: Share,
    /// In all votes that are compared.
    pub all: Share,
    /// Votes while both were members that are not compared.
    pub left_out: LeftOut,
}

/// A vote in which two States voted differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The vote.
    pub vote: Vote,
    /// How the first voted.
    pub first: Ballot,
    /// How the second voted.
    pub second: Ballot,
}

/// How a State voted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voting {
    /// By year, the latest first.
    pub years: Vec<Year>,
    /// The votes in which its negative vote was a veto, the latest first.
    pub vetoes: Vec<Vote>,
}

impl Voting {
    /// The number of drafts that it vetoed: a draft may have been voted on more than once.
    #[must_use]
    pub fn vetoed_drafts(&self) -> usize {
        let mut drafts: Vec<&str> = self.vetoes.iter().map(|vote| vote.reference).collect();
        drafts.sort_unstable();
        drafts.dedup();
        drafts.len()
    }
}

/// The votes in which a State was a member, by its short name, with what each member cast.
fn votes_of(state: &str) -> impl Iterator<Item = (Vote, Vec<Cast>, Cast)> {
    votes::all().filter_map(move |vote| {
        let casts = vote.casts();
        let own = casts.iter().find(|cast| cast.state == state).copied()?;
        Some((vote, casts, own))
    })
}

/// How a State voted, by its short name.
pub fn of(state: &str) -> Voting {
    let mut voting = Voting::default();
    for (vote, _, own) in votes_of(state) {
        if voting.years.last().is_none_or(|year| year.year != vote.date.year()) {
            voting.years.push(Year { year: vote.date.year(), ..Year::default() });
        }
        if let Some(year) = voting.years.last_mut() {
            year.count(own.ballot);
        }
        if vote.vetoes().iter().any(|cast| cast.state == state) {
            voting.vetoes.push(vote);
        }
    }
    voting.years.reverse();
    voting.vetoes.reverse();
    voting
}

/// How often a State agreed with each other one that was a member with it, in alphabetical order.
pub fn agreements_of(state: &str) -> Vec<Agreement> {
    let mut found: BTreeMap<&'static str, Agreement> = BTreeMap::new();
    for (vote, casts, own) in votes_of(state) {
        for other in casts.iter().filter(|cast| cast.state != state) {
            let agreement = found.entry(other.state).or_insert_with(|| Agreement {
                with: other.state,
                permanent: other.permanent,
                years: (vote.date.year(), vote.date.year()),
                ..Agreement::default()
            });
            agreement.count(&vote, &casts, own.ballot, other.ballot);
        }
    }
    found.into_values().collect()
}

impl Agreement {
    fn count(&mut self, vote: &Vote, casts: &[Cast], first: Ballot, second: Ballot) {
        self.years.1 = vote.date.year();
        let both = [first, second];
        if left_out(vote, &mut self.left_out) {
        } else if both.contains(&Ballot::Unknown) {
            self.left_out.not_known += 1;
        } else if both.contains(&Ballot::NotVoting) {
            self.left_out.not_voting += 1;
        } else {
            self.all.count(first == second);
            if casts.iter().any(|cast| cast.ballot != Ballot::InFavour) {
                self.divided.count(first == second);
            }
        }
    }
}

/// The votes that are compared in which two States voted differently, the latest first.
pub fn differences(first: &str, second: &str) -> Vec<Difference> {
    let mut unused = LeftOut::default();
    let voted = |ballot| !matches!(ballot, Ballot::NotVoting | Ballot::Unknown);
    let mut found: Vec<Difference> = votes_of(first)
        .filter(|(vote, ..)| !left_out(vote, &mut unused))
        .filter_map(|(vote, casts, own)| {
            let other = casts.iter().find(|cast| cast.state == second)?;
            let differ = voted(own.ballot) && voted(other.ballot) && own.ballot != other.ballot;
            differ.then_some(Difference { vote, first: own.ballot, second: other.ballot })
        })
        .collect();
    found.reverse();
    found
}
