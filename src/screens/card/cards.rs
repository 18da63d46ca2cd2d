//! Cards: a vote, the Council on a day, a known meeting, the files that could not be read.
//!
//! The card of the Council is in `council`, that of what cites a document in `backlinks`.

use jiff::civil::{Date, date};

use crate::app::card_line::{Target, Weight};
use crate::app::explain::Spoken;
use crate::app::number::{long_date, thousands};
use crate::app::tally::{self, Tally};
use crate::facts::known;
use crate::facts::meetings::Meeting;
use crate::facts::votes::{self, Vote};
use crate::library::{Catalogue, Problem};
use crate::record::{self, Item, Record, Symbol, VoteKind};

use super::state::{Card, MOST_LINES};

/// From this day on the General Assembly debates each veto: its resolution 76/262.
const DEBATED_SINCE: Date = date(2022, 4, 26);

/// What was copied last, to be taken by mouse or written to a file.
pub fn copied(text: &str) -> Card {
    let mut card = Card::new("Copied; e writes it to a file".to_owned());
    card.flush = true;
    text.lines().for_each(|line| card.push(Weight::Plain, line));
    card
}

/// The card of a vote in the table.
pub fn vote(vote: &Vote, catalogue: &Catalogue) -> Card {
    let tally = Tally::of_fact(vote);
    let mut card = Card::new(match vote.kind {
        VoteKind::Substantive | VoteKind::Unknown => format!("Vote: {}", vote.reference),
        kind => tally::heading(kind, vote.reference),
    });
    card.push(Weight::Strong, vote.title);
    card.push(Weight::Plain, long_date(vote.date));
    card.push(Weight::Plain, format!("Result: {}", tally.result()));
    if let Some(by) = vetoed_by(vote) {
        card.push(Weight::Plain, format!("VETO by {by}"));
        if vote.date >= DEBATED_SINCE {
            let words = "The General Assembly debates each veto (resolution 76/262); its debate is not known here.";
            card.push(Weight::Faint, words);
        }
    }
    if !vote.draft.is_empty() {
        card.push(Weight::Plain, format!("Draft: {}", vote.draft));
    }
    let sponsors = vote.sponsors();
    if !sponsors.is_empty() {
        card.push(Weight::Plain, format!("Submitted by: {}", sponsors.join(", ")));
    }
    meeting_line(&mut card, vote, catalogue);
    let here = vote.meeting.parse().ok().filter(|symbol| is_here(symbol, catalogue));
    card.lines.extend(tally.lines_with(&|voter| {
        let (symbol, on) = (here.clone()?, vote.reference.to_owned());
        Some((String::new(), Target::Explanation { symbol, on, state: voter.state.clone() }))
    }));
    card.gap();
    if here.is_some() {
        card.push(Weight::Faint, "Enter on a member: what it said on this vote.");
    }
    if !vote.note.is_empty() {
        card.push(Weight::Faint, format!("Note: {}", vote.note));
    }
    card.push(
        Weight::Faint,
        "From the UNSC votes since 1946 database, B. Martin, Sciences Po (CC BY 4.0), and UNxml.",
    );
    card
}

/// Where a vote was: in a meeting, in writing, or where the tables do not say.
fn meeting_line(card: &mut Card, vote: &Vote, catalogue: &Catalogue) {
    match vote.meeting.parse::<Symbol>() {
        Ok(symbol) => {
            let here = is_here(&symbol, catalogue);
            let words = if here { "text here" } else { "text not in the library" };
            card.link(format!("At {symbol} ({words})"), Target::Meeting(symbol));
        }
        Err(_) if vote.written && vote.letter.is_empty() => {
            card.push(Weight::Plain, "Voted on in writing, not in a meeting.");
        }
        Err(_) if vote.written => {
            let words = format!("Voted on in writing, not in a meeting: letter {}", vote.letter);
            card.push(Weight::Plain, words);
        }
        Err(_) => card.push(Weight::Faint, "The tables do not know the meeting."),
    }
}

fn is_here(symbol: &Symbol, catalogue: &Catalogue) -> bool {
    catalogue.entries.iter().any(|e| e.symbol == *symbol)
}

/// The card of a known meeting whose text is not here.
pub fn known_meeting(meeting: &Meeting) -> Card {
    let mut card = Card::new(meeting.symbol.to_owned());
    card.push(Weight::Strong, meeting.topic);
    let closed = if meeting.private { ", closed meeting" } else { "" };
    card.push(Weight::Plain, format!("{}{closed}", long_date(meeting.date)));
    if !meeting.outcomes.is_empty() {
        card.push(Weight::Plain, format!("Outcome: {}", meeting.outcomes));
    }
    if let Ok(symbol) = meeting.symbol.parse::<Symbol>() {
        let votes = votes::of_meeting(&symbol);
        if !votes.is_empty() {
            card.gap();
            card.push(Weight::Strong, if votes.len() == 1 { "Vote" } else { "Votes" });
        }
        for vote in votes {
            card.link(one_line(&vote), Target::Vote(vote.id));
        }
    }
    card.gap();
    card.push(Weight::Plain, "The text of this record is not in the library.");
    let typed = meeting.symbol.parse().map_or(meeting.symbol.to_owned(), |s: Symbol| s.typed());
    card.push(
        Weight::Plain,
        if meeting.private {
            "A closed meeting has a communiqué and no verbatim record.".to_owned()
        } else if meeting.is_scanned() {
            "Its PDF is a scan, which cannot be read; spv import FILE takes a text.".to_owned()
        } else {
            format!("Get it:  spv get {typed}   (or spv import FILE)")
        },
    );
    if !known::covers(meeting.date) {
        let words = "From the UN's decisions (UNxml). Of these months only meetings with a decision are known.";
        card.push(Weight::Faint, words);
        return card;
    }
    card.push(Weight::Faint, "From the meeting tables of the Dag Hammarskjöld Library.");
    card
}

/// Whose negative vote was a veto: `China and Russian Federation`.
fn vetoed_by(vote: &Vote) -> Option<String> {
    let by = vote.vetoed_by();
    (!by.is_empty()).then(|| by.join(" and "))
}

/// A vote of the table in one line: `S/2014/348  vetoed, 13-2-0, by China and Russian Federation`.
fn one_line(vote: &Vote) -> String {
    let by = vetoed_by(vote).map(|by| format!(", by {by}")).unwrap_or_default();
    let (outcome, score) = (vote.outcome.words(), Tally::of_fact(vote).score());
    format!("  {}  {outcome}, {score}{by}", vote.reference)
}

/// The votes of a record: those printed in it, and those of the table it shares with them.
pub fn record_votes(record: &Record) -> Option<Card> {
    let mut card = Card::new(format!("Votes of {}", record.symbol));
    card.exercise = record.exercise;
    let spoken = Spoken::of(record);
    let mut left_out = 0;
    for (at, item) in record.items.iter().enumerate() {
        match item {
            Item::Vote(_) if card.lines.len() >= MOST_LINES => left_out += 1,
            Item::Vote(vote) => printed_vote(&mut card, record, &spoken, at, vote),
            _ => {}
        }
    }
    if left_out > 0 {
        let words = format!("{} more votes are not shown here", thousands(left_out));
        card.push(Weight::Faint, words);
    }
    let table = if record.exercise { Vec::new() } else { votes::of_meeting(&record.symbol) };
    if !table.is_empty() {
        card.push(Weight::Strong, "In the table of votes");
        for vote in table {
            card.link(one_line(&vote), Target::Vote(vote.id));
        }
    }
    (!card.lines.is_empty()).then_some(card)
}

fn printed_vote(card: &mut Card, record: &Record, spoken: &Spoken, at: usize, vote: &record::Vote) {
    let listed = [&vote.in_favour, &vote.against, &vote.abstaining, &vote.not_voting].map(Vec::len);
    if listed.iter().sum::<usize>() > MOST_LINES {
        card.push(Weight::Strong, tally::reference(vote));
        let [yes, no, abstain, not] = listed.map(thousands);
        let words = format!(
            "Too many names to show here: {yes} in favour, {no} against, {abstain} abstaining, {not} not voting{}",
            tally::doubtful(&vote.doubts)
        );
        card.push(Weight::Plain, words);
        return card.gap();
    }
    let tally = Tally::of_record(record, vote);
    card.push(Weight::Strong, tally.reference.clone());
    card.push(Weight::Plain, format!("Result: {}", tally.result()));
    card.lines.extend(tally.lines_with(&|voter| {
        let said = spoken.on(at, &voter.state)?;
        Some((said.words(), Target::Statement(record.symbol.clone(), said.number)))
    }));
    card.gap();
}

/// What is doubtful in the record that is open, if anything, and the files that could not be read; `None`
/// where there is neither.
#[must_use]
pub fn doubts(record: Option<&Record>, unread: &[Problem]) -> Option<Card> {
    let doubts = record.map(Record::all_doubts).unwrap_or_default();
    let Some(record) = record.filter(|_| !doubts.is_empty()) else {
        return (!unread.is_empty()).then(|| problems(unread));
    };
    let many = if doubts.len() == 1 { "doubt" } else { "doubts" };
    let mut card = Card::new(format!("{} {many} about {}", thousands(doubts.len()), record.symbol));
    card.exercise = record.exercise;
    for doubt in doubts.iter().take(MOST_LINES) {
        let (symbol, language) = (record.symbol.clone(), record.language.clone());
        // A vote is nearer to its page than to the statement before it.
        let is_vote =
            doubt.item.is_some_and(|at| matches!(record.items.get(at), Some(Item::Vote(_))));
        let target = match (doubt.statement, doubt.page) {
            (_, Some(page)) if is_vote => Some(Target::Page(symbol, language, page)),
            (Some(number), _) => Some(Target::Passage(symbol, language, number)),
            (None, Some(page)) => Some(Target::Page(symbol, language, page)),
            (None, None) => None,
        };
        match target {
            Some(target) => card.link(doubt.spelled(), target),
            None => card.push(Weight::Plain, doubt.spelled()),
        }
    }
    if doubts.len() > MOST_LINES {
        let words =
            format!("{} more doubts are not shown here", thousands(doubts.len() - MOST_LINES));
        card.push(Weight::Faint, words);
    }
    if !unread.is_empty() {
        let more = problems(unread);
        card.gap();
        card.push(Weight::Strong, more.title);
        card.lines.extend(more.lines);
    }
    Some(card)
}

/// The files that could not be read.
fn problems(problems: &[Problem]) -> Card {
    let many = if problems.len() == 1 { "file" } else { "files" };
    let mut card = Card::new(format!("{} {many} could not be read", problems.len()));
    for problem in problems {
        card.push(Weight::Strong, problem.file.display().to_string());
        card.push(Weight::Plain, format!("  {}", problem.message));
    }
    card
}

/// What is known of a record that is not here, for a message.
pub fn not_here(symbol: &Symbol) -> String {
    format!(
        "{symbol} is not in the library, and not among the known meetings; spv get {} asks for it",
        symbol.typed()
    )
}
