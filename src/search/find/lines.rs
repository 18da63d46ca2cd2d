//! Which names there are, what their lines look like, and the order they stand in.
//!
//! | name | its line |
//! | --- | --- |
//! | State | `Kazakhstan  (Republic of Kazakhstan; KAZ)`, with all it is or was called in English |
//! | organization, topic | as it is |
//! | speaker | `Mr. Umarov, Kazakhstan` |
//! | record | `S/PV.8668 (Resumption 1)  2019-11-19  Peacebuilding and sustaining peace` |
//! | vote | `S/RES/1325 (2000)  2000-10-31  resolution adopted  women and peace and security` |
//!
//! The line is all that is matched, so that every letter that matched can be shown. Therefore a
//! vote's line has the word people type, "resolution", beside the symbol that has it only as "RES".
//! What is written for this project has EXERCISE in its line.
//!
//! The order, which decides between equal scores: the smaller groups first, States (in English
//! alphabetical order), organizations, topics, speakers (the latest heard first); then records, those whose
//! text is here before those only known; then votes; each newest first, a meeting before its
//! resumptions.

use std::collections::HashSet;

use jiff::civil::Date;

use super::haystack::{Haystack, Of};
use crate::facts::{self, states::State};
use crate::library::{Catalogue, Entry, Heading};
use crate::record::{As, Language, Outcome};

/// The names of the facts and of this catalogue.
pub(super) fn all(catalogue: &Catalogue) -> Haystack {
    let mut hay = Haystack::default();
    states(&mut hay, catalogue);
    organizations(&mut hay, catalogue);
    topics(&mut hay, catalogue);
    speakers(&mut hay, catalogue);
    records(&mut hay, catalogue);
    for vote in facts::votes::all().rev() {
        let line = vote_line(vote.reference, vote.date, vote.outcome, vote.title);
        hay.push(Of::Vote(vote.id), &line);
    }
    hay
}

fn marked(line: &str, exercise: bool) -> String {
    if exercise { format!("{line}  EXERCISE") } else { line.to_owned() }
}

/// The States of the table, then those the library names beside them.
fn states(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for state in facts::states::all() {
        hay.push_text(Of::State, state.name, &state_line(&state));
        seen.insert(state.name);
    }
    for_headings(catalogue, |entry, heading| {
        if let Some(state) = heading.state.filter(|state| seen.insert(state)) {
            hay.push_text(Of::State, state, &marked(state, entry.exercise));
        }
    });
}

/// A State with its formal name, its code, and what else it is or was called, each once.
fn state_line(state: &State) -> String {
    let mut names = vec![state.name];
    let others = [state.formal, state.iso3].into_iter().chain(state.aliases());
    for other in others.chain(state.former().map(|former| former.name)) {
        if !other.is_empty() && !names.iter().any(|name| name.eq_ignore_ascii_case(other)) {
            names.push(other);
        }
    }
    match names.split_first() {
        Some((name, others)) if !others.is_empty() => format!("{name}  ({})", others.join("; ")),
        _ => state.name.to_owned(),
    }
}

fn organizations(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for_headings(catalogue, |entry, heading| {
        if let Some(organization) = heading.organization.filter(|o| seen.insert(o)) {
            hay.push_text(Of::Organization, organization, &marked(organization, entry.exercise));
        }
    });
}

/// Topics and items of the library, then the headings of the facts, each once and newest first.
fn topics(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in &catalogue.entries {
        for topic in [&*entry.topic, &*entry.item] {
            if !topic.is_empty() && seen.insert(topic) {
                hay.push_text(Of::Topic, topic, &marked(topic, entry.exercise));
            }
        }
    }
    for meeting in facts::meetings::all().rev() {
        if !meeting.topic.is_empty() && seen.insert(meeting.topic) {
            hay.push_text(Of::Topic, meeting.topic, meeting.topic);
        }
    }
}

fn speakers(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<(&str, Option<&str>)> = HashSet::new();
    for_headings(catalogue, |entry, heading| {
        let of = heading.state.or(heading.organization);
        // A chair whose name the record does not give is nobody to look for.
        let known = !heading.name.is_empty() && (of.is_some() || heading.as_ != As::President);
        if known && seen.insert((heading.name, of)) {
            let line = match of {
                Some(of) => format!("{}, {of}", heading.name),
                None => heading.name.to_owned(),
            };
            hay.push_speaker(heading.name, of, &marked(&line, entry.exercise));
        }
    });
}

/// Every heading of every edition, newest first.
fn for_headings<'a>(catalogue: &'a Catalogue, mut each: impl FnMut(&'a Entry, Heading<'a>)) {
    for entry in &catalogue.entries {
        for heading in catalogue.headings(entry) {
            each(entry, heading);
        }
    }
}

/// The records here, then the known meetings without text.
fn records(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut here: HashSet<String> = HashSet::new();
    for entry in catalogue.records(None) {
        let symbol = entry.symbol.to_string();
        let line = record_line(&symbol, entry.date, topic(entry), entry.exercise);
        hay.push_record(entry.symbol.clone(), &line);
        here.insert(symbol);
    }
    for meeting in facts::meetings::all().rev() {
        if !here.contains(meeting.symbol) {
            let line = record_line(meeting.symbol, meeting.date, meeting.topic, false);
            hay.push(Of::Meeting(meeting.id), &line);
        }
    }
}

/// The topic for a record's line: its own in English, else the library's heading, else what it has.
fn topic(entry: &Entry) -> &str {
    let own = if entry.topic.is_empty() { &*entry.item } else { &*entry.topic };
    if entry.language == Language::English && !own.is_empty() {
        return own;
    }
    facts::meetings::by_symbol(&entry.symbol).map_or(own, |m| m.topic)
}

fn record_line(symbol: &str, date: Date, topic: &str, exercise: bool) -> String {
    let mark = if exercise { "EXERCISE  " } else { "" };
    format!("{symbol}  {date}  {mark}{topic}").trim_end().to_owned()
}

fn vote_line(reference: &str, date: Date, outcome: Outcome, title: &str) -> String {
    // The table names a vote by the symbol of the resolution, of the draft, or, where there was
    // no document, of the record.
    let what = if reference.starts_with("S/RES/") {
        "resolution"
    } else if reference.starts_with("S/PV") || !reference.starts_with("S/") {
        "proposal"
    } else {
        "draft resolution"
    };
    format!("{reference}  {date}  {what} {}  {title}", outcome.words()).trim_end().to_owned()
}
