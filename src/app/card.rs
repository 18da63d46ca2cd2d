//! Cards: a vote, the Council on a day, a known meeting, the files that could not be read.
//!
//! A card is lines of words with what Enter opens on them; the screens and the commands print the
//! same lines.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::facts::meetings::Meeting;
use crate::facts::votes::{self, Vote};
use crate::library::{Catalogue, Problem};
use crate::record::{self, Item, Language, Record, Symbol};

use super::explain::Spoken;
use super::number::thousands;
use super::tally::{self, Tally};
use super::window::Window;
use super::wrap::wrap;

mod council;

pub use council::council;

/// The number of lines from which on a card takes no more: far more than any real one has, and few enough to be
/// set at once.
const MOST: usize = 4_000;

/// How a line of a card is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A heading.
    Strong,
    /// Words.
    Plain,
    /// Said beside the matter: how it was computed, what is not known.
    Faint,
}

/// What Enter on a line opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A record or a known meeting.
    Meeting(Symbol),
    /// A row of the table of votes.
    Vote(u32),
    /// A statement of a record here.
    Statement(Symbol, u32),
    /// What a State said in a record here on a vote: what was voted on, and the State.
    Explanation {
        /// The record.
        symbol: Symbol,
        /// What was voted on, or what it was adopted as.
        on: String,
        /// The State, by its short name.
        state: String,
    },
}

/// One line of a card, not yet wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is set.
    pub weight: Weight,
    /// The words.
    pub text: String,
    /// What Enter opens.
    pub target: Option<Target>,
}

/// A row of a card on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it shows.
    pub line: usize,
    /// It is the first of that line.
    pub first: bool,
    /// Columns it is moved in.
    pub indent: u16,
    /// The words.
    pub text: String,
}

/// A card and where one is in it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The title line.
    pub title: String,
    /// It tells of an exercise debate.
    pub exercise: bool,
    /// The lines.
    pub lines: Vec<Line>,
    /// Scroll and selection, in rows.
    pub window: Window,
    /// Its words stand at the very edge with nothing beside them, so that a mouse can take them.
    pub flush: bool,
    /// The rows for the width of the screen it is on, once it is on one.
    set: Option<(u16, Vec<Row>)>,
}

impl Card {
    pub(super) fn new(title: String) -> Self {
        let (lines, window) = (Vec::new(), Window::default());
        Self { title, exercise: false, lines, window, flush: false, set: None }
    }

    /// Keeps its rows for a width: who cites a resolution may be a thousand of them, which every frame
    /// would set anew. Its lines are whole by then.
    pub(super) fn set(&mut self, width: u16) {
        self.set = Some((width, self.set_at(width)));
    }

    pub(super) fn push(&mut self, weight: Weight, text: impl Into<String>) {
        self.lines.push(Line { weight, text: text.into(), target: None });
    }

    pub(super) fn link(&mut self, text: impl Into<String>, target: Target) {
        self.lines.push(Line { weight: Weight::Plain, text: text.into(), target: Some(target) });
    }

    pub(super) fn gap(&mut self) {
        self.push(Weight::Plain, "");
    }

    /// The card set in rows of at most `width` columns; further rows of a line stand further in.
    #[must_use]
    pub fn rows(&self, width: u16) -> Cow<'_, [Row]> {
        match &self.set {
            Some((set, rows)) if *set == width => Cow::Borrowed(rows),
            _ => Cow::Owned(self.set_at(width)),
        }
    }

    fn set_at(&self, width: u16) -> Vec<Row> {
        let mut rows = Vec::new();
        for (line, Line { text, .. }) in self.lines.iter().enumerate() {
            let words = text.trim_start();
            let own = u16::try_from(text.len() - words.len()).unwrap_or(0).min(width / 2);
            let own = if self.flush { 0 } else { own };
            let further = if self.flush { 0 } else { 2 };
            let room = width.saturating_sub(own + further).max(1);
            for (number, row) in wrap(words, room).iter().enumerate() {
                let indent = if number == 0 { own } else { own + further };
                let text = words[row.start..row.end].to_owned();
                rows.push(Row { line, first: number == 0, indent, text });
            }
        }
        rows
    }

    /// What was voted on, where it is the card of one vote.
    #[must_use]
    pub fn voted(&self) -> Option<&str> {
        self.title.strip_prefix("Vote: ")
    }

    /// The document the card is about, by its usual name: what was voted on, or a known meeting.
    #[must_use]
    pub fn cited(&self) -> Option<String> {
        // The card of a known meeting has its symbol for a title.
        let meeting = || self.title.parse::<Symbol>().ok().map(|symbol| symbol.to_string());
        self.voted().map(str::to_owned).or_else(meeting)
    }

    /// The lines as text, for a pipe.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = if self.flush { String::new() } else { format!("{}\n", self.title) };
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }
}

/// What was copied last, to be taken by mouse or written to a file.
#[must_use]
pub fn copied(text: &str) -> Card {
    let mut card = Card { flush: true, ..Card::new("Copied; e writes it to a file".to_owned()) };
    text.lines().for_each(|line| card.push(Weight::Plain, line));
    card
}

/// The card of a vote in the table.
#[must_use]
pub fn vote(vote: &Vote, catalogue: &Catalogue) -> Card {
    let tally = Tally::of_fact(vote);
    let mut card = Card::new(format!("Vote: {}", vote.reference));
    card.push(Weight::Strong, vote.title);
    card.push(Weight::Plain, long_date(vote.date));
    card.push(Weight::Plain, format!("Result: {}", tally.result()));
    if let Some(by) = vetoed_by(vote) {
        card.push(Weight::Plain, format!("VETO by {by}"));
    }
    meeting_line(&mut card, vote.meeting, catalogue);
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
        "From the UNSC votes since 1946 database, B. Martin, Sciences Po (CC BY 4.0).",
    );
    card
}

/// What a State was called then, with today's name where it differs.
fn called(then: &str, now: &str) -> String {
    if then == now || then.is_empty() { now.to_owned() } else { format!("{then} (now {now})") }
}

fn meeting_line(card: &mut Card, meeting: &str, catalogue: &Catalogue) {
    match meeting.parse::<Symbol>() {
        Ok(symbol) => {
            let here = is_here(&symbol, catalogue);
            let words = if here { "text here" } else { "text not in the library" };
            card.link(format!("At {symbol} ({words})"), Target::Meeting(symbol));
        }
        Err(_) => card.push(Weight::Faint, "The table does not know the meeting."),
    }
}

fn is_here(symbol: &Symbol, catalogue: &Catalogue) -> bool {
    catalogue.entries.iter().any(|e| e.symbol == *symbol)
}

/// The card of a known meeting whose text is not here.
#[must_use]
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
    card.push(Weight::Plain, format!("Get it:  spv get {typed}   (or spv import FILE)"));
    card.push(Weight::Faint, "From the meeting tables of the Dag Hammarskjöld Library.");
    card
}

/// Whose negative vote was a veto: `China and Russian Federation`.
fn vetoed_by(vote: &Vote) -> Option<String> {
    let by: Vec<&str> = vote.vetoes().iter().map(|c| c.called).collect();
    (!by.is_empty()).then(|| by.join(" and "))
}

/// A vote of the table in one line: `S/2014/348  vetoed, 13-2-0, by China and Russian Federation`.
fn one_line(vote: &Vote) -> String {
    let by = vetoed_by(vote).map(|by| format!(", by {by}")).unwrap_or_default();
    let (outcome, score) = (vote.outcome.words(), Tally::of_fact(vote).score());
    format!("  {}  {outcome}, {score}{by}", vote.reference)
}

/// The votes of a record: those printed in it, and those of the table it shares with them.
#[must_use]
pub fn record_votes(record: &Record) -> Option<Card> {
    let mut card = Card::new(format!("Votes of {}", record.symbol));
    card.exercise = record.exercise;
    let spoken = Spoken::of(record);
    let mut left_out = 0;
    for (at, item) in record.items.iter().enumerate() {
        match item {
            Item::Vote(_) if card.lines.len() >= MOST => left_out += 1,
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
    if listed.iter().sum::<usize>() > MOST {
        card.push(Weight::Strong, tally::reference(vote));
        let [yes, no, abstain, not] = listed.map(thousands);
        let words = format!(
            "Too many names to show here: {yes} in favour, {no} against, {abstain} abstaining, {not} not voting"
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

/// The files that could not be read.
#[must_use]
pub fn problems(problems: &[Problem]) -> Card {
    let many = if problems.len() == 1 { "file" } else { "files" };
    let mut card = Card::new(format!("{} {many} could not be read", problems.len()));
    for problem in problems {
        card.push(Weight::Strong, problem.file.display().to_string());
        card.push(Weight::Plain, format!("  {}", problem.message));
    }
    card
}

/// What is known of a record that is not here, for a message: its language editions do not matter.
#[must_use]
pub fn not_here(symbol: &Symbol, _language: Option<&Language>) -> String {
    format!(
        "{symbol} is not in the library, and not among the known meetings; spv get {} asks for it",
        symbol.typed()
    )
}

/// A date as it is read: 19 November 2019.
#[must_use]
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
