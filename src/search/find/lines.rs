//! Builds the lines of all names, in their order.
//!
//! | name | its line |
//! | --- | --- |
//! | group of members | `A3  (the African members of the Council)` |
//! | State | `Kazakhstan  (Republic of Kazakhstan; KAZ)`, with all it is or was called in English |
//! | organization, topic | as it is |
//! | speaker | `Mr. Umarov, Kazakhstan`, with the office held: `Ms. DiCarlo, United Nations  (Under-Secretary-General ...)` |
//! | record | `S/PV.8668 (Resumption 1)  2019-11-19  Peacebuilding and sustaining peace` |
//! | vote | `S/RES/1325 (2000)  2000-10-31  resolution adopted  women and peace and security` |
//!
//! Only the line is matched, so that every letter that matched can be shown. Therefore the line of a vote has the word
//! that people type, "resolution", although its symbol has "RES". The line of a vetoed draft says by whom: `draft
//! resolution vetoed by China, Russian Federation`. Exercise debates have EXERCISE in their lines.
//!
//! The order decides between equal scores. The smaller kinds come first: groups of members, States (in English
//! alphabetical order), organizations, topics, speakers (the latest first); then records, those with their text in the
//! library first; then votes. Records and votes are sorted by date, newest first, a meeting before its resumptions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::haystack::{Haystack, NameKey};
use crate::facts;
use crate::facts::council::Group;
use crate::facts::states::State;
use crate::facts::votes::Vote;
use crate::library::{Catalogue, Entry};
use crate::record::{As, Language, Outcome};

/// The names of the facts and of this catalogue.
pub(super) fn build_haystack(catalogue: &Catalogue) -> Haystack {
    let people = People::of(catalogue);
    let names =
        people.speakers.len() + 2 * catalogue.entries.len() + facts::meetings::all().count();
    let mut hay = Haystack::with_room(names + facts::votes::all().count());
    for group in Group::ALL {
        hay.push(NameKey::Group(group), &format!("{}  ({})", group.name(), group.words()));
    }
    push_states(&mut hay, &people);
    push_organizations(&mut hay, &people);
    push_topics(&mut hay, catalogue);
    push_speakers(&mut hay, &people);
    push_records(&mut hay, catalogue);
    for vote in facts::votes::all().rev() {
        hay.push(NameKey::Vote(vote.id), &vote_line(&vote));
    }
    hay.shrink();
    hay
}

fn mark_exercise(line: &str, exercise: bool) -> String {
    if exercise { format!("{line}  EXERCISE") } else { line.to_owned() }
}

/// The speakers of a library and for whom they speak, each once, the latest first; and whether it is an exercise.
#[derive(Default)]
struct People<'a> {
    states: Vec<(&'a str, bool)>,
    organizations: Vec<(&'a str, bool)>,
    speakers: Vec<Person<'a>>,
}

/// A speaker with the office that they held last.
struct Person<'a> {
    name: &'a str,
    of: Option<&'a str>,
    role: Option<&'a str>,
    exercise: bool,
}

impl<'a> People<'a> {
    /// Gathers them in one pass over the headings of all editions.
    fn of(catalogue: &'a Catalogue) -> Self {
        let mut people = Self::default();
        let mut named: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        let mut spoken_for: HashSet<(&str, bool)> = HashSet::new();
        for (entry, heading) in catalogue.firsts() {
            if let Some(state) = heading.state.filter(|s| spoken_for.insert((*s, true))) {
                people.states.push((state, entry.exercise));
            }
            if let Some(name) = heading.organization.filter(|o| spoken_for.insert((*o, false))) {
                people.organizations.push((name, entry.exercise));
            }
            let of = heading.state.or(heading.organization);
            // A chair without a name in the record is not listed.
            let known = of.is_some() || heading.as_ != As::President;
            if heading.name.is_empty() || !known {
                continue;
            }
            let (name, role, exercise) = (heading.name, heading.role, entry.exercise);
            let next = people.speakers.len();
            let place = *named.entry((name, of)).or_insert(next);
            match people.speakers.get_mut(place) {
                Some(known) => known.role = known.role.or(role),
                None => people.speakers.push(Person { name, of, role, exercise }),
            }
        }
        people
    }
}

/// The States of the table, then other States of the library.
fn push_states(hay: &mut Haystack, people: &People) {
    let mut known: HashSet<&str> = HashSet::new();
    for state in facts::states::all() {
        hay.push_text(NameKey::State, state.name, &state_line(&state));
        known.insert(state.name);
    }
    for (state, exercise) in people.states.iter().filter(|(state, _)| !known.contains(state)) {
        hay.push_text(NameKey::State, state, &mark_exercise(state, *exercise));
    }
}

/// A State with its formal name, its code, and its other and former names, each once.
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

fn push_organizations(hay: &mut Haystack, people: &People) {
    for (organization, exercise) in &people.organizations {
        hay.push_text(NameKey::Organization, organization, &mark_exercise(organization, *exercise));
    }
}

/// Topics and items of the library, then the headings of the tables, each once, newest first.
fn push_topics(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut seen: HashSet<&str> = HashSet::new();
    for entry in &catalogue.entries {
        for topic in [&*entry.topic, &*entry.item] {
            if !topic.is_empty() && seen.insert(topic) {
                hay.push_text(NameKey::Topic, topic, &mark_exercise(topic, entry.exercise));
            }
        }
    }
    for meeting in facts::meetings::all().rev() {
        if !meeting.topic.is_empty() && seen.insert(meeting.topic) {
            hay.push_text(NameKey::Topic, meeting.topic, meeting.topic);
        }
    }
}

fn push_speakers(hay: &mut Haystack, people: &People) {
    // Speakers of one State share its name.
    let mut shared: HashMap<&str, Arc<str>> = HashMap::new();
    for &Person { name, of, role, exercise } in &people.speakers {
        let mut line = match of {
            Some(of) => format!("{name}, {of}"),
            None => name.to_owned(),
        };
        if let Some(role) = role {
            line.push_str(&format!("  ({role})"));
        }
        let of = of.map(|of| shared.entry(of).or_insert_with(|| of.into()).clone());
        hay.push_speaker(name, of, &mark_exercise(&line, exercise));
    }
}

/// The records of the library, then the known meetings without text.
fn push_records(hay: &mut Haystack, catalogue: &Catalogue) {
    let mut here: HashSet<String> = HashSet::new();
    for entry in catalogue.listed() {
        let symbol = entry.symbol.to_string();
        let line = record_line(&symbol, entry.date, record_topic(entry), entry.exercise);
        hay.push_record(entry.symbol.clone(), &line);
        here.insert(symbol);
    }
    for meeting in facts::meetings::all().rev() {
        if !here.contains(meeting.symbol) {
            let line = record_line(meeting.symbol, meeting.date, meeting.topic, false);
            hay.push(NameKey::Meeting(meeting.id), &line);
        }
    }
}

/// The topic for the line of a record: its own in English, else the heading of the tables, else its own.
fn record_topic(entry: &Entry) -> &str {
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

/// A vote with its outcome, and who vetoed it. A draft that failed has no full title in the table, so the heading of its
/// meeting follows.
fn vote_line(vote: &Vote) -> String {
    // The table names a vote by the symbol of the resolution, of the draft, or, without a document, of the record.
    let what = if vote.reference.starts_with("S/RES/") {
        "resolution"
    } else if vote.reference.starts_with("S/PV") || !vote.reference.starts_with("S/") {
        "proposal"
    } else {
        "draft resolution"
    };
    let mut line = format!("{}  {}  {what} {}", vote.reference, vote.date, vote.outcome.words());
    if vote.outcome == Outcome::Vetoed {
        let vetoes = vote.vetoed_by();
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
