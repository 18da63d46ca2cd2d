//! Statements in lists: those of a speaker, State, organization, group or topic, newest first.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::facts::council::{self, Group};
use crate::facts::states;
use crate::library::{Catalogue, Entry, Heading, SpeakerName};
use crate::record::{Language, Symbol, fold};
use crate::search::find::Named;

/// One statement in such a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The record.
    pub symbol: Symbol,
    /// The edition.
    pub language: Language,
    /// Its day.
    pub date: Date,
    /// Its topic.
    pub topic: Arc<str>,
    /// An exercise debate.
    pub exercise: bool,
    /// Number of the statement in the edition.
    pub number: u32,
    /// Title and name of the speaker.
    pub name: String,
    /// Its length in words.
    pub words: u32,
    /// Made for a whole group.
    pub joint: bool,
}

/// Every statement of what is named, newest first, each record once; turns that only conduct the
/// meeting are left out, because nobody looks for them under the presiding State.
pub fn statements_of(named: &Named, catalogue: &Catalogue) -> Vec<Listed> {
    let same = |value: Option<&str>, wanted: &str| value.is_some_and(|v| folded(v) == wanted);
    match named {
        Named::Speaker { name, of } => {
            let (name, of) = (folded(name), of.as_deref().map(folded));
            of_speakers(catalogue, |s| {
                let spoken_for = |of: &String| same(s.state, of) || same(s.organization, of);
                folded(s.name) == name && of.as_ref().is_none_or(spoken_for)
            })
        }
        Named::State(name) => {
            let name = known(name);
            of_speakers(catalogue, |s| s.state.is_some_and(|state| known(state) == name))
        }
        Named::Organization(name) => {
            let name = folded(name);
            of_speakers(catalogue, |s| same(s.organization, &name))
        }
        Named::Topic(name) => on_topic(catalogue, &folded(name)),
        Named::Group(group) => of_group(*group, catalogue, &HashSet::new()),
        Named::Record { .. } | Named::Page { .. } | Named::Vote(_) | Named::Council(_) => {
            Vec::new()
        }
    }
}

fn of_speakers(catalogue: &Catalogue, wanted: impl Fn(SpeakerName<'_>) -> bool) -> Vec<Listed> {
    let found = catalogue.statements_of(catalogue.preferred(), wanted).into_iter();
    found.filter(|(_, h)| !h.procedural).map(|(entry, h)| listed(entry, &h)).collect()
}

fn on_topic(catalogue: &Catalogue, topic: &str) -> Vec<Listed> {
    let on_it = |e: &&Entry| folded(&e.topic) == topic || folded(&e.item) == topic;
    catalogue
        .listed()
        .filter(on_it)
        .flat_map(|e| catalogue.headings(e).filter(|h| !h.procedural).map(move |h| listed(e, &h)))
        .collect()
}

/// The statements of the members of a group on each day, and those made for it, newest first. `joint`
/// are the latter, by record and number, in the editions of [`Catalogue::records`]. The members of the
/// Council of an exercise are invented: there only what is made for the group is its own.
pub fn of_group(
    group: Group,
    catalogue: &Catalogue,
    joint: &HashSet<(Symbol, u32)>,
) -> Vec<Listed> {
    let mut day: Option<(Date, Vec<&'static str>)> = None;
    let mut found = Vec::new();
    for entry in catalogue.listed() {
        if day.as_ref().is_none_or(|(date, _)| *date != entry.date) {
            let seats = council::on(entry.date).map(|c| c.seats).unwrap_or_default();
            let members = seats.iter().filter(|seat| group.has(seat)).map(|seat| seat.state);
            day = Some((entry.date, members.collect()));
        }
        let members = day.as_ref().map_or(&[][..], |(_, members)| members);
        for heading in catalogue.headings(entry).filter(|h| !h.procedural) {
            let state = heading.state.map(|s| states::lookup(s).map_or(s, |s| s.name));
            let member = !entry.exercise && state.is_some_and(|s| members.contains(&s));
            let for_all = joint.contains(&(entry.symbol.clone(), heading.number));
            if member || for_all {
                let who = state.unwrap_or(heading.name);
                let name =
                    if for_all { format!("{}: {who}", group.name()) } else { who.to_owned() };
                found.push(Listed { name, joint: for_all, ..listed(entry, &heading) });
            }
        }
    }
    found
}

/// A State by its short name where the table knows it: a record may print the formal one.
fn known(state: &str) -> String {
    states::lookup(state).map_or_else(|| folded(state), |s| folded(s.name))
}

fn folded(text: &str) -> String {
    fold::text(text)
}

/// A statement as lists of them show it.
pub fn listed(entry: &Entry, heading: &Heading<'_>) -> Listed {
    Listed {
        symbol: entry.symbol.clone(),
        language: entry.language.clone(),
        date: entry.date,
        topic: entry.topic.clone(),
        exercise: entry.exercise,
        number: heading.number,
        name: heading.name.to_owned(),
        words: heading.words,
        joint: false,
    }
}
