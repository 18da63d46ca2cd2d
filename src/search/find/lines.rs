//! Which names there are, what their lines look like, and the order they stand in.
//!
//! | name | its line |
//! | --- | --- |
//! | State | `Kazakhstan  (Republic of Kazakhstan; KAZ)` |
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

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::haystack::{Haystack, Of, Speaker};
use crate::facts;
use crate::library::{Catalogue, Entry};
use crate::record::{As, Language, Outcome, Symbol};

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
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    for state in facts::states::all() {
        let name: Arc<str> = state.name.into();
        let more: Vec<&str> = [state.formal, state.iso3]
            .into_iter()
            .filter(|other| !other.is_empty() && *other != state.name)
            .collect();
        let line = match more[..] {
            [] => state.name.to_owned(),
            _ => format!("{}  ({})", state.name, more.join("; ")),
        };
        hay.push_text(Of::State, name.clone(), &line);
        seen.insert(name);
    }
    for entry in &catalogue.entries {
        for state in entry.headings.iter().filter_map(|h| h.state.as_ref()) {
            if seen.insert(state.clone()) {
                hay.push_text(Of::State, state.clone(), &marked(state, entry.exercise));
            }
        }
    }
}

fn organizations(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in &catalogue.entries {
        for organization in entry.headings.iter().filter_map(|h| h.organization.as_ref()) {
            if seen.insert(organization) {
                let line = marked(organization, entry.exercise);
                hay.push_text(Of::Organization, organization.clone(), &line);
            }
        }
    }
}

/// Topics and items of the library, then the headings of the facts, each once and newest first.
fn topics(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in &catalogue.entries {
        for topic in [&entry.topic, &entry.item] {
            if !topic.is_empty() && seen.insert(topic) {
                hay.push_text(Of::Topic, topic.clone(), &marked(topic, entry.exercise));
            }
        }
    }
    for meeting in facts::meetings::all().rev() {
        if !meeting.topic.is_empty() && seen.insert(meeting.topic) {
            hay.push_text(Of::Topic, meeting.topic.into(), meeting.topic);
        }
    }
}

fn speakers(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<Speaker> = HashSet::new();
    let mut add = |name: &Arc<str>, of: Option<&Arc<str>>, exercise: bool| {
        let speaker = (name.clone(), of.cloned());
        if !name.is_empty() && seen.insert(speaker.clone()) {
            let line = match of {
                Some(of) => format!("{name}, {of}"),
                None => name.to_string(),
            };
            hay.push_speaker(speaker, &marked(&line, exercise));
        }
    };
    for entry in &catalogue.entries {
        for heading in &entry.headings {
            let of = heading.state.as_ref().or(heading.organization.as_ref());
            // A chair whose name the record does not give is nobody to look for.
            if of.is_some() || heading.as_ != As::President {
                add(&heading.name, of, entry.exercise);
            }
        }
    }
}

/// The records here, then the known meetings without text.
fn records(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut here: HashSet<String> = HashSet::new();
    for (symbol, entry) in editions(catalogue) {
        let topic = topic(symbol, entry);
        let spelled = symbol.to_string();
        hay.push_record(symbol.clone(), &record_line(&spelled, entry.date, topic, entry.exercise));
        here.insert(spelled);
    }
    for meeting in facts::meetings::all().rev() {
        if !here.contains(meeting.symbol) {
            let line = record_line(meeting.symbol, meeting.date, meeting.topic, false);
            hay.push(Of::Meeting(meeting.id), &line);
        }
    }
}

/// Each record once, in the order of the catalogue, by its English edition or else the first.
fn editions(catalogue: &Catalogue) -> Vec<(&Symbol, &Entry)> {
    let mut places: HashMap<&Symbol, usize> = HashMap::new();
    let mut editions: Vec<(&Symbol, &Entry)> = Vec::new();
    for entry in &catalogue.entries {
        let place = *places.entry(&entry.symbol).or_insert(editions.len());
        match editions.get_mut(place) {
            None => editions.push((&entry.symbol, entry)),
            Some((_, chosen)) if entry.language == Language::English => *chosen = entry,
            Some(_) => {}
        }
    }
    editions
}

/// The topic for a record's line: its own in English, else the library's heading, else what it has.
fn topic<'a>(symbol: &Symbol, entry: &'a Entry) -> &'a str {
    let own = if entry.topic.is_empty() { &*entry.item } else { &*entry.topic };
    if entry.language == Language::English && !own.is_empty() {
        return own;
    }
    facts::meetings::by_symbol(symbol).map_or(own, |m| m.topic)
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
