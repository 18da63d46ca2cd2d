//! Which names there are, what their lines look like, and the order they stand in.
//!
//! | name | its line |
//! | --- | --- |
//! | group of members | `A3  (the African members of the Council)` |
//! | State | `Kazakhstan  (Republic of Kazakhstan; KAZ)`, with all it is or was called in English |
//! | organization, topic | as it is |
//! | speaker | `Mr. Umarov, Kazakhstan` |
//! | record | `S/PV.8668 (Resumption 1)  2019-11-19  Peacebuilding and sustaining peace` |
//! | vote | `S/RES/1325 (2000)  2000-10-31  resolution adopted  women and peace and security` |
//!
//! The line is all that is matched, so that every letter that matched can be shown. Therefore a
//! vote's line has the word people type, "resolution", beside the symbol that has it only as "RES".
//! A draft that was vetoed has by whom: `draft resolution vetoed by China, Russian Federation`.
//! What is written for this project has EXERCISE in its line.
//!
//! The order, which decides between equal scores: the smaller kinds first: groups of members, States (in English
//! alphabetical order), organizations, topics, speakers (the latest heard first); then records, those whose
//! text is here before those only known; then votes; each newest first, a meeting before its
//! resumptions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::haystack::{Haystack, Of};
use crate::facts;
use crate::facts::council::Group;
use crate::facts::states::State;
use crate::facts::votes::Vote;
use crate::library::{Catalogue, Entry};
use crate::record::{As, Language, Outcome};

/// The names of the facts and of this catalogue.
pub(super) fn all(catalogue: &Catalogue) -> Haystack {
    let people = People::of(catalogue);
    let names =
        people.speakers.len() + 2 * catalogue.entries.len() + facts::meetings::all().count();
    let mut hay = Haystack::with_room(names + facts::votes::all().count());
    for group in Group::ALL {
        hay.push(Of::Group(group), &format!("{}  ({})", group.name(), group.words()));
    }
    states(&mut hay, &people);
    organizations(&mut hay, &people);
    topics(&mut hay, catalogue);
    speakers(&mut hay, &people);
    records(&mut hay, catalogue);
    for vote in facts::votes::all().rev() {
        hay.push(Of::Vote(vote.id), &vote_line(&vote));
    }
    hay.shrink();
    hay
}

fn marked(line: &str, exercise: bool) -> String {
    if exercise { format!("{line}  EXERCISE") } else { line.to_owned() }
}

/// Who speaks in a library and for whom, each once, the latest heard first; with whether it is an exercise.
#[derive(Default)]
struct People<'a> {
    states: Vec<(&'a str, bool)>,
    organizations: Vec<(&'a str, bool)>,
    speakers: Vec<(&'a str, Option<&'a str>, bool)>,
}

impl<'a> People<'a> {
    /// One walk over every heading of every edition.
    fn of(catalogue: &'a Catalogue) -> Self {
        let mut people = Self::default();
        let mut named: HashSet<(&str, Option<&str>)> = HashSet::new();
        let mut spoken_for: HashSet<(&str, bool)> = HashSet::new();
        for (entry, heading) in catalogue.firsts() {
            if let Some(state) = heading.state.filter(|s| spoken_for.insert((*s, true))) {
                people.states.push((state, entry.exercise));
            }
            if let Some(name) = heading.organization.filter(|o| spoken_for.insert((*o, false))) {
                people.organizations.push((name, entry.exercise));
            }
            let of = heading.state.or(heading.organization);
            // A chair whose name the record does not give is nobody to look for.
            let known = of.is_some() || heading.as_ != As::President;
            if !heading.name.is_empty() && known && named.insert((heading.name, of)) {
                people.speakers.push((heading.name, of, entry.exercise));
            }
        }
        people
    }
}

/// The States of the table, then those the library names beside them.
fn states(hay: &mut Haystack, people: &People) {
    let mut known: HashSet<&str> = HashSet::new();
    for state in facts::states::all() {
        hay.push_text(Of::State, state.name, &state_line(&state));
        known.insert(state.name);
    }
    for (state, exercise) in people.states.iter().filter(|(state, _)| !known.contains(state)) {
        hay.push_text(Of::State, state, &marked(state, *exercise));
    }
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

fn organizations(hay: &mut Haystack, people: &People) {
    for (organization, exercise) in &people.organizations {
        hay.push_text(Of::Organization, organization, &marked(organization, *exercise));
    }
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

fn speakers(hay: &mut Haystack, people: &People) {
    // Many speak for one State: its name is kept once.
    let mut shared: HashMap<&str, Arc<str>> = HashMap::new();
    for &(name, of, exercise) in &people.speakers {
        let line = match of {
            Some(of) => format!("{name}, {of}"),
            None => name.to_owned(),
        };
        let of = of.map(|of| shared.entry(of).or_insert_with(|| of.into()).clone());
        hay.push_speaker(name, of, &marked(&line, exercise));
    }
}

/// The records here, then the known meetings without text.
fn records(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut here: HashSet<String> = HashSet::new();
    for entry in catalogue.listed() {
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

/// A vote with what came of it, and by whose veto; a draft that failed has little of a title in the
/// table, so the heading of its meeting stands behind it.
fn vote_line(vote: &Vote) -> String {
    // The table names a vote by the symbol of the resolution, of the draft, or, where there was
    // no document, of the record.
    let what = if vote.reference.starts_with("S/RES/") {
        "resolution"
    } else if vote.reference.starts_with("S/PV") || !vote.reference.starts_with("S/") {
        "proposal"
    } else {
        "draft resolution"
    };
    let mut line = format!("{}  {}  {what} {}", vote.reference, vote.date, vote.outcome.words());
    if vote.outcome == Outcome::Vetoed {
        let vetoes: Vec<&str> = vote.vetoes().iter().map(|cast| cast.called).collect();
        if !vetoes.is_empty() {
            line.push_str(&format!(" by {}", vetoes.join(", ")));
        }
    }
    line.push_str(&format!("  {}", vote.title));
    if what != "resolution"
        && let Ok(symbol) = vote.meeting.parse()
        && let Some(meeting) = facts::meetings::by_symbol(&symbol)
        && !meeting.topic.eq_ignore_ascii_case(vote.title)
    {
        line.push_str(&format!("  {}", meeting.topic));
    }
    line.trim_end().to_owned()
}
