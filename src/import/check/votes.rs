//! The votes of a record: their results and kinds, and what cannot be right in them.

use std::collections::HashSet;

use super::seats::{Seats, short_name};
use crate::facts::votes::{self as facts, Ballot};
use crate::import::vote::{self, Announcement};
use crate::record::symbol::Series;
use crate::record::{Announced, As, Doubt, Item, Outcome, Record, Statement, Vote, VoteKind};

/// The paragraphs at the start of a statement that may announce a result.
const ANNOUNCED_IN: usize = 3;

/// What the President said around a vote in one statement. In sources that do not part a statement at the
/// vote, the record alone does not show which words came before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteWords {
    /// The words before the lists.
    pub before: String,
    /// The words after them.
    pub after: String,
}

/// Adds the drafts, the kind, the announcement and the outcome to each vote.
pub(super) fn settle_votes(record: &mut Record, words: &[VoteWords]) {
    let date = record.date;
    let mut words = words.iter();
    let mut before = String::new();
    // Whether a vote comes before the next statement, and whether one came before the last.
    let (mut after_vote, mut follows_vote) = (false, false);
    for at in 0..record.items.len() {
        match &record.items[at] {
            Item::Statement(s) if s.speaker.as_ == As::President => {
                let text = s.text();
                before.push('\n');
                // The result of the vote before says nothing about the next one.
                before.push_str(if after_vote { vote::after_announcement(&text) } else { &text });
                (follows_vote, after_vote) = (after_vote, false);
            }
            Item::Vote(_) => {
                let own = words.next();
                let said = own
                    .map(|own| (vote::parse_announcement(&own.after), own.after.clone()))
                    .filter(|(said, _)| says_result(said))
                    .unwrap_or_else(|| announced_after(&record.items[at + 1..]));
                let before_it = own.map_or(before.as_str(), |own| {
                    if follows_vote { vote::after_announcement(&own.before) } else { &own.before }
                });
                if let Item::Vote(vote) = &mut record.items[at] {
                    vote.on = vote::find_drafts(before_it);
                    vote.set_kind(vote::classify_vote(before_it, &vote.on, &said.1));
                    vote::settle_vote(vote, &said.0, date);
                }
                before.clear();
                after_vote = true;
            }
            _ => {}
        }
    }
    settle_vetoes(record);
}

/// A vote that the table has as vetoed was vetoed, whatever the words around it.
fn settle_vetoes(record: &mut Record) {
    let known = known_votes(record);
    for item in &mut record.items {
        if let Item::Vote(vote) = item
            && vote.outcome == Some(Outcome::NotAdopted)
            && is_substance(vote)
            && known_vote(vote, &known).is_some_and(|fact| fact.outcome == Outcome::Vetoed)
        {
            vote.outcome = Some(Outcome::Vetoed);
        }
    }
}

/// Whether an announcement gives a result.
fn says_result(said: &Announcement) -> bool {
    said.counts.is_some() || said.adopted.is_some()
}

/// The announcement of the President at the start of the statement after the vote, and its words.
fn announced_after(items: &[Item]) -> (Announcement, String) {
    for item in items {
        match item {
            Item::Direction(_) => {}
            Item::Statement(s) if s.speaker.as_ == As::President => {
                let start = start_of(s);
                return (vote::parse_announcement(&start), start);
            }
            _ => break,
        }
    }
    <_>::default()
}

/// The first paragraphs of a statement.
fn start_of(statement: &Statement) -> String {
    let start = statement.paragraphs.iter().take(ANNOUNCED_IN).map(|p| p.text.as_str());
    start.collect::<Vec<_>>().join("\n")
}

/// The votes that the table has for the meeting of a record.
pub(super) fn known_votes(record: &Record) -> Vec<facts::Vote> {
    if record.exercise || record.symbol.series() != Series::Verbatim {
        return Vec::new();
    }
    let mut known = facts::of_meeting(&record.symbol);
    // A record of another day is not of this meeting, whatever its symbol.
    known.retain(|fact| fact.date == record.date);
    // Where the table does not know the meeting of a vote, the reference and the day must agree.
    let named = record.votes().flat_map(|v| v.adopted_as.iter().chain(&v.on));
    for fact in named.filter_map(|symbol| facts::by_reference(symbol)) {
        if fact.date == record.date && known.iter().all(|k| k.id != fact.id) {
            known.push(fact);
        }
    }
    known
}

/// The vote of the table that a vote of a record is.
fn known_vote<'f>(vote: &Vote, known: &'f [facts::Vote]) -> Option<&'f facts::Vote> {
    let named = |symbol: &String| known.iter().find(|fact| fact.reference == *symbol);
    match &vote.adopted_as {
        Some(symbol) => named(symbol),
        None if vote.outcome == Some(Outcome::Adopted) => None,
        None => vote.on.first().filter(|_| vote.on.len() == 1).and_then(named),
    }
}

/// Whether a vote is on a matter of substance as far as is known.
fn is_substance(vote: &Vote) -> bool {
    !matches!(vote.kind, VoteKind::Procedural | VoteKind::Election)
}

/// What cannot be right in a vote.
pub(super) fn find_doubts(
    vote: &Vote,
    record: &Record,
    seats: &Seats,
    known: &[facts::Vote],
) -> Vec<String> {
    let mut found = seats.find_doubts(vote);
    found.extend(doubt_counts(vote, seats));
    found.extend(doubt_outcome(vote, record));
    if !record.exercise {
        found.extend(other_day(vote, record).filter(|fact| !same_lists(vote, fact)).map(|fact| {
            format!(
                "the table of votes has {} on {}, not {}",
                fact.reference, fact.date, record.date
            )
        }));
        // A vote on a part or an amendment bears the symbol of the draft, which the table has as a whole.
        if !matches!(vote.kind, VoteKind::Part | VoteKind::Amendment)
            && let Some(fact) = known_vote(vote, known)
        {
            found.extend(compare_with_table(vote, fact));
        }
    }
    found
}

/// Where the lists and the announcement do not agree, or neither is complete.
fn doubt_counts(vote: &Vote, seats: &Seats) -> Option<String> {
    let listed = vote::listed_counts(vote);
    let total = listed.in_favour + listed.against + listed.abstaining;
    let not_voting = u32::try_from(vote.not_voting.len()).unwrap_or(u32::MAX);
    if total == 0 {
        return Some(match vote.announced {
            Some(counts) => format!(
                "no member is in its lists, and the President announced {}",
                spell_counts(counts)
            ),
            None => "no member is in its lists".to_owned(),
        });
    }
    match vote.announced {
        Some(counts) => (counts != listed).then(|| {
            format!(
                "its lists have {}, and the President announced {}",
                spell_counts(listed),
                spell_counts(counts)
            )
        }),
        // Every member votes, abstains or is named as not voting.
        None => (total.saturating_add(not_voting) < seats.count).then(|| {
            format!(
                "{} of the {} members are in its lists, and no count was announced",
                total + not_voting,
                seats.count
            )
        }),
    }
}

/// Where the outcome does not follow from the counts.
fn doubt_outcome(vote: &Vote, record: &Record) -> Option<String> {
    let listed = vote::listed_counts(vote);
    let counts = if listed.in_favour > 0 { listed } else { vote.announced.unwrap_or_default() };
    let needed = vote::majority(record.date);
    let enough = counts.in_favour >= needed;
    let permanent = is_substance(vote) && vote::permanent_against(vote, record.date);
    match vote.outcome {
        Some(Outcome::Adopted) if !enough => Some(format!(
            "it was announced as adopted, with {} in favour of the {needed} needed",
            counts.in_favour
        )),
        Some(Outcome::Adopted) if permanent => {
            Some("it was announced as adopted, and a permanent member voted against".to_owned())
        }
        Some(Outcome::NotAdopted) if enough && !permanent => Some(format!(
            "it was announced as not adopted, with {} in favour of the {needed} needed and no \
             permanent member against",
            counts.in_favour
        )),
        Some(Outcome::Vetoed) if vote.procedural => {
            Some("it is marked as vetoed, and no veto counts in a procedural vote".to_owned())
        }
        Some(Outcome::Vetoed) if !enough => Some(format!(
            "it is marked as vetoed, with {} in favour of the {needed} needed",
            counts.in_favour
        )),
        Some(Outcome::Vetoed) if !permanent => Some(
            "it is marked as vetoed, and no permanent member is in the list against".to_owned(),
        ),
        None => Some("no announcement of its outcome was found".to_owned()),
        _ => None,
    }
}

/// The vote of the table on the resolution that was adopted, if it is one of another day.
fn other_day(vote: &Vote, record: &Record) -> Option<facts::Vote> {
    let fact = facts::by_reference(vote.adopted_as.as_ref()?)?;
    (fact.date != record.date).then_some(fact)
}

/// Doubts about the date of the record: the table has a vote with the same lists on another day.
pub(super) fn doubt_date(record: &Record) -> Vec<Doubt> {
    if record.exercise {
        return Vec::new();
    }
    let other = record.votes().filter_map(|vote| {
        let fact = other_day(vote, record).filter(|fact| same_lists(vote, fact))?;
        let (there, here) = (fact.date, record.date);
        let text =
            format!("the date is {here}, and the table of votes has {} on {there}", fact.reference);
        Some(Doubt { text, ..Doubt::default() })
    });
    other.collect()
}

/// The names of the table in each of the three lists.
fn cast_lists(fact: &facts::Vote) -> [HashSet<String>; 3] {
    let casts = fact.casts();
    [Ballot::InFavour, Ballot::Against, Ballot::Abstaining].map(|ballot| {
        casts.iter().filter(|c| c.ballot == ballot).map(|c| c.state.to_owned()).collect()
    })
}

/// Whether the table has the same members in each list.
fn same_lists(vote: &Vote, fact: &facts::Vote) -> bool {
    let names =
        |list: &[String]| -> HashSet<String> { list.iter().map(|n| short_name(n)).collect() };
    let lists = [&vote.in_favour, &vote.against, &vote.abstaining];
    lists.iter().zip(cast_lists(fact)).all(|(list, known)| names(list) == known)
}

/// Where the table has other members or another count. Its counts and names differ in some rows; then
/// one of them has to be that of the record.
fn compare_with_table(vote: &Vote, fact: &facts::Vote) -> Option<String> {
    let listed = vote::listed_counts(vote);
    if !fact.counts_known || listed == Announced::default() || same_lists(vote, fact) {
        return None;
    }
    let counts = Announced {
        in_favour: fact.yes.into(),
        against: fact.no.into(),
        abstaining: fact.abstain.into(),
    };
    if counts != listed {
        return Some(format!(
            "its lists have {}, and the table of votes has {} for {}",
            spell_counts(listed),
            spell_counts(counts),
            fact.reference
        ));
    }
    // Rows of the table whose names do not add up to its counts say nothing about names.
    let known = cast_lists(fact);
    let complete = fact.casts().iter().all(|c| c.ballot != Ballot::Unknown)
        && known
            .iter()
            .zip([fact.yes, fact.no, fact.abstain])
            .all(|(known, count)| known.len() == usize::from(count));
    let lists = [&vote.in_favour, &vote.against, &vote.abstaining];
    let other = lists
        .into_iter()
        .zip(&known)
        .find_map(|(list, known)| list.iter().find(|name| !known.contains(&short_name(name))));
    other
        .filter(|_| complete)
        .map(|name| format!("the table of votes has {name} in another list for {}", fact.reference))
}

/// Doubts about votes that are not in the record: the President announces a result and there is no vote
/// before it, or the table has a vote of this meeting on something that the record does not name.
pub(super) fn find_missing(record: &Record, known: &[facts::Vote]) -> Vec<Doubt> {
    let mut found = announced_without_vote(record);
    // Its references to meetings are votes on matters of procedure, which have no other name.
    let taken: Vec<&facts::Vote> = known
        .iter()
        .filter(|fact| fact.outcome != Outcome::AdoptedWithoutVote)
        .filter(|fact| !fact.reference.starts_with("S/PV."))
        .collect();
    let missing: Vec<&str> = taken
        .iter()
        .map(|fact| fact.reference)
        .filter(|reference| !names_vote(record, reference))
        .collect();
    if found.is_empty() && !missing.is_empty() && record.votes().count() < taken.len() {
        let text = format!(
            "the table of votes has {} of this meeting that the record has not: {}",
            count_noun(missing.len(), "vote"),
            missing.join(", ")
        );
        found.push(Doubt { text, ..Doubt::default() });
    }
    found
}

/// Whether a vote of the record is on this, or adopted it.
fn names_vote(record: &Record, reference: &str) -> bool {
    record.votes().any(|v| v.adopted_as.iter().chain(&v.on).any(|symbol| symbol == reference))
}

/// Results that the President announces with no vote before them.
fn announced_without_vote(record: &Record) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut after_vote = false;
    for (at, item) in record.items.iter().enumerate() {
        match item {
            Item::Vote(_) => after_vote = true,
            Item::Direction(_) => {}
            Item::Statement(s) => {
                // In a source that does not part statements at votes, the vote comes after.
                let before_vote = record.items[at + 1..]
                    .iter()
                    .find(|next| !matches!(next, Item::Direction(_)))
                    .is_some_and(|next| matches!(next, Item::Vote(_)));
                if s.speaker.as_ == As::President
                    && !after_vote
                    && !before_vote
                    && let Some(counts) = vote::parse_result(&start_of(s))
                {
                    let text = format!(
                        "the President announces the result of a vote, {}, and the record has no such vote",
                        spell_counts(counts)
                    );
                    found.push(Doubt { statement: Some(s.number), page: s.page, text });
                }
                after_vote = false;
            }
        }
    }
    found
}

fn spell_counts(counts: Announced) -> String {
    format!("{}-{}-{}", counts.in_favour, counts.against, counts.abstaining)
}

/// The number of some things, in words: "1 vote", "2 votes".
pub(super) fn count_noun(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
