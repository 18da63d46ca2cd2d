//! A vote, member by member: one shape for the votes of the table and those printed in a record, so
//! that lists, filters and texts need not tell them apart.

use jiff::civil::Date;

use super::card_line::{Line, Target, Weight};
use crate::facts::votes::{self as facts, Ballot};
use crate::facts::{council, states};
use crate::record::{Announced, Outcome, Record, Vote, VoteKind, harmless};

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// What it is called there, or was called then.
    pub called: String,
    /// Its UN short name today, or as it is called where the table does not know it.
    pub state: String,
    /// A permanent member whose vote against was a veto.
    pub veto: bool,
    /// The name is what the State was called on that day, and today's may differ.
    pub known_then: bool,
}

impl Voter {
    /// The name, with the veto marked.
    pub fn shown(&self) -> String {
        let veto = if self.veto { "   VETO" } else { "" };
        let now = if self.called == self.state {
            String::new()
        } else {
            format!(" (now {})", self.state)
        };
        let now = if self.known_then { now } else { String::new() };
        format!("{}{now}{veto}", harmless::line(&self.called))
    }
}

/// The members who voted alike, in English alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How they voted.
    pub ballot: Ballot,
    /// The same in words: `In favour`.
    pub name: &'static str,
    /// Who.
    pub voters: Vec<Voter>,
    /// The count announced or in the table, where there is one.
    pub count: Option<u32>,
}

/// A vote, member by member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What was voted on, or what it was adopted as.
    pub reference: String,
    /// Title, or empty.
    pub title: String,
    /// Symbol of the record, or empty.
    pub symbol: String,
    /// The day.
    pub date: Date,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What was decided by it.
    pub kind: VoteKind,
    /// Why it may not be as it was cast; empty where nothing is doubtful.
    pub doubts: Vec<String>,
    /// In favour, against, abstaining, not voting, not known.
    pub groups: Vec<Group>,
    /// Written for this project.
    pub exercise: bool,
}

/// How members vote, and the words for it.
const BALLOTS: [(Ballot, &str); 5] = [
    (Ballot::InFavour, "In favour"),
    (Ballot::Against, "Against"),
    (Ballot::Abstaining, "Abstaining"),
    (Ballot::NotVoting, "Not voting"),
    (Ballot::Unknown, "Vote not known"),
];

impl Tally {
    /// The vote of a row of the table.
    pub fn of_fact(vote: &facts::Vote) -> Self {
        let casts = vote.casts();
        let vetoes = vote.vetoes();
        let groups = BALLOTS.map(|(ballot, name)| Group {
            ballot,
            name,
            voters: casts
                .iter()
                .filter(|c| c.ballot == ballot)
                .map(|c| Voter {
                    called: c.called.to_owned(),
                    state: c.state.to_owned(),
                    veto: vetoes.iter().any(|v| v.state == c.state),
                    known_then: true,
                })
                .collect(),
            count: match ballot {
                Ballot::InFavour => Some(vote.yes.into()),
                Ballot::Against => Some(vote.no.into()),
                Ballot::Abstaining => Some(vote.abstain.into()),
                Ballot::NotVoting => Some(vote.not_voting.into()),
                Ballot::Unknown => None,
            },
        });
        Self {
            reference: vote.reference.to_owned(),
            title: vote.title.to_owned(),
            symbol: vote.meeting.to_owned(),
            date: vote.date,
            outcome: Some(vote.outcome),
            kind: vote.kind,
            doubts: Vec::new(),
            groups: groups.into(),
            exercise: false,
        }
    }

    /// The vote of a block in a record: the members as printed, the count as announced.
    pub fn of_record(record: &Record, vote: &Vote) -> Self {
        let (symbol, topic) = (record.symbol.to_string(), record.topic.clone());
        Self::of_block(symbol, record.date, topic, record.exercise, vote)
    }

    /// The same from what is known of the record: symbol, day, topic, and whether it is an exercise.
    pub fn of_block(
        symbol: String,
        date: Date,
        title: String,
        exercise: bool,
        vote: &Vote,
    ) -> Self {
        let permanent = permanent_on(date);
        let vetoed = is_vetoed(vote);
        let groups = BALLOTS.map(|(ballot, name)| {
            let (printed, count) = printed(vote, ballot);
            let mut voters: Vec<Voter> = printed
                .iter()
                .map(|called| {
                    let state = short_name(called);
                    let veto = vetoed && ballot == Ballot::Against && permanent.contains(&state);
                    Voter { called: called.clone(), state, veto, known_then: false }
                })
                .collect();
            voters.sort_by_cached_key(|v| crate::record::fold::text(&v.called));
            Group { ballot, name, voters, count }
        });
        Self {
            reference: reference(vote),
            title,
            symbol,
            date,
            outcome: vote.outcome,
            kind: vote.kind,
            doubts: vote.doubts.clone(),
            groups: groups.into(),
            exercise,
        }
    }

    /// How many voted so: as announced, else as listed.
    pub fn count(&self, ballot: Ballot) -> usize {
        let group = self.groups.iter().find(|g| g.ballot == ballot);
        group.map_or(0, |g| g.count.map_or(g.voters.len(), |n| n as usize))
    }

    /// `15-0-0`: in favour, against, abstaining.
    pub fn score(&self) -> String {
        let [yes, no, abstain] = [Ballot::InFavour, Ballot::Against, Ballot::Abstaining]
            .map(|ballot| self.count(ballot).to_string());
        format!("{yes}-{no}-{abstain}")
    }

    /// The result in one line: `vetoed, 13 in favour, 2 against, 0 abstaining`, and what is doubtful.
    pub fn result(&self) -> String {
        let outcome = self.outcome.map_or("outcome not recorded", Outcome::words);
        let procedural = if self.kind == VoteKind::Procedural { ", procedural" } else { "" };
        let doubtful = doubtful(&self.doubts);
        if self.outcome == Some(Outcome::AdoptedWithoutVote) {
            return format!("{outcome}{procedural}{doubtful}");
        }
        format!(
            "{outcome}{procedural}, {} in favour, {} against, {} abstaining{doubtful}",
            self.count(Ballot::InFavour),
            self.count(Ballot::Against),
            self.count(Ballot::Abstaining)
        )
    }

    /// A sentence where the list of names and the count differ.
    pub fn remark(&self) -> Option<String> {
        let differing: Vec<String> = self
            .groups
            .iter()
            .filter_map(|g| {
                let count = g.count? as usize;
                let listed = g.voters.len();
                (count != listed)
                    .then(|| format!("{}: {listed} listed, {count} counted", g.name.to_lowercase()))
            })
            .collect();
        (!differing.is_empty())
            .then(|| format!("The list of names and the count differ: {}.", differing.join("; ")))
    }

    /// The members under their ballots, and what does not agree.
    pub fn lines(&self) -> Vec<Line> {
        self.lines_with(&|_| None)
    }

    /// The same, with words after a member and what Enter on it opens.
    pub fn lines_with(&self, more: &dyn Fn(&Voter) -> Option<(String, Target)>) -> Vec<Line> {
        let line = |weight, text| Line { weight, text, target: None };
        let mut lines = Vec::new();
        for group in self.groups.iter().filter(|g| !g.voters.is_empty()) {
            lines.push(line(Weight::Plain, String::new()));
            lines.push(line(Weight::Strong, format!("{}  {}", group.name, group.voters.len())));
            let voters = group.voters.iter();
            lines.extend(voters.map(|v| match more(v) {
                None => line(Weight::Plain, format!("  {}", v.shown())),
                Some((words, target)) => Line {
                    weight: Weight::Plain,
                    text: format!("  {}{words}", v.shown()),
                    target: Some(target),
                },
            }));
        }
        if let Some(remark) = self.remark() {
            lines.push(line(Weight::Plain, String::new()));
            lines.push(line(Weight::Plain, remark));
        }
        lines
    }
}

/// The names printed under a heading, and the count announced for it.
fn printed(vote: &Vote, ballot: Ballot) -> (&[String], Option<u32>) {
    let count = |of: fn(&Announced) -> u32| vote.announced.as_ref().map(of);
    match ballot {
        Ballot::InFavour => (&vote.in_favour, count(|a| a.in_favour)),
        Ballot::Against => (&vote.against, count(|a| a.against)),
        Ballot::Abstaining => (&vote.abstaining, count(|a| a.abstaining)),
        Ballot::NotVoting => (&vote.not_voting, None),
        Ballot::Unknown => (&[], None),
    }
}

/// Whether a vote is shown as vetoed: not in a procedural one, and not where it is doubtful.
#[must_use]
pub fn is_vetoed(vote: &Vote) -> bool {
    vote.outcome == Some(Outcome::Vetoed) && !vote.procedural && vote.doubts.is_empty()
}

/// What to say after the result of a vote: ` (doubtful: 16 members are in its lists)`, or nothing.
#[must_use]
pub fn doubtful(doubts: &[String]) -> String {
    if doubts.is_empty() {
        return String::new();
    }
    format!(" (doubtful: {})", harmless::line(&doubts.join("; ")))
}

/// What was decided, as a heading: `Vote on S/2014/348`, `Procedural vote`.
#[must_use]
pub fn heading(kind: VoteKind, on: &str) -> String {
    let (words, before) = match kind {
        VoteKind::Procedural => ("Procedural vote", " on "),
        VoteKind::Amendment => ("Vote on an amendment", ", "),
        VoteKind::Part => ("Vote on a part", " of "),
        VoteKind::Preliminary => ("Vote on a preliminary question", ", "),
        VoteKind::Election => ("Election", ", "),
        VoteKind::Substantive | VoteKind::Unknown => ("Vote", " on "),
    };
    if on.is_empty() { words.to_owned() } else { format!("{words}{before}{on}") }
}

/// The most symbols that a vote is called by.
const NAMED: usize = 20;

/// What a vote block is about: what it was adopted as, else what was voted on.
pub fn reference(vote: &Vote) -> String {
    match (&vote.adopted_as, vote.on.as_slice()) {
        (Some(symbol), _) => symbol.clone(),
        (None, []) => "a proposal without a symbol".to_owned(),
        (None, _) => voted_on(vote),
    }
}

/// The symbols of what was voted on.
pub fn voted_on(vote: &Vote) -> String {
    match vote.on.get(..NAMED) {
        Some(first) if vote.on.len() > NAMED => {
            format!("{} and {} more", first.join(", "), vote.on.len() - NAMED)
        }
        _ => vote.on.join(", "),
    }
}

/// The UN short name, or the name as it is where the table does not know it.
pub fn short_name(called: &str) -> String {
    states::lookup(called).map_or_else(|| called.to_owned(), |s| s.name.to_owned())
}

/// The permanent members on a day, by short name.
fn permanent_on(date: Date) -> Vec<String> {
    let seats = council::on(date).map(|c| c.seats).unwrap_or_default();
    seats.iter().filter(|s| s.permanent).map(|s| s.state.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let json = r#"{"format":"spv/1","symbol":"MSC/PV.1","kind":"verbatim","language":"en",
            "exercise":true,"topic":"An invented item","date":"2001-01-01","items":[
            {"type":"vote","on":["S/2001/1"],"in_favour":["Zeta","Alpha"],"against":["Beta"],
             "announced":{"in_favour":3,"against":1,"abstaining":0},"outcome":"not adopted"}]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_card_orders_its_members_and_names_what_differs() {
        let record = record();
        let card = Tally::of_record(&record, record.votes().next().unwrap());
        assert_eq!(card.score(), "3-1-0");
        assert_eq!(card.result(), "not adopted, 3 in favour, 1 against, 0 abstaining");
        assert_eq!(
            card.remark().as_deref(),
            Some("The list of names and the count differ: in favour: 2 listed, 3 counted.")
        );
        let lines: Vec<String> = card.lines().into_iter().map(|l| l.text).collect();
        let remark = "The list of names and the count differ: in favour: 2 listed, 3 counted.";
        let shown =
            ["", "In favour  2", "  Alpha", "  Zeta", "", "Against  1", "  Beta", "", remark];
        assert_eq!(lines, shown);
    }
}
