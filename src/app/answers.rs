//! The statements of a speaker, State, organization or topic, newest first.

use std::sync::Arc;

use jiff::civil::Date;

use crate::facts::states;
use crate::library::{Catalogue, Entry, Heading, SpeakerName};
use crate::record::{Language, Symbol, fold};
use crate::search::find::Named;

use super::window::Window;

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
}

/// The screen.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Whose statements they are.
    pub of: Named,
    /// The statements; empty until the answer comes.
    pub rows: Vec<Listed>,
    /// Scroll and selection.
    pub window: Window,
    /// The answer is still awaited.
    pub waiting: bool,
}

impl Answers {
    /// A list still to be filled.
    #[must_use]
    pub fn new(of: Named) -> Self {
        Self { of, rows: Vec::new(), window: Window::default(), waiting: true }
    }

    /// Whose statements, in words.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.of {
            Named::Speaker { name, of: Some(of) } => format!("Statements of {name}, {of}"),
            Named::Speaker { name, of: None } => format!("Statements of {name}"),
            Named::State(name) | Named::Organization(name) => format!("Statements of {name}"),
            Named::Topic(name) => format!("Statements on {name}"),
            Named::Record { symbol, .. } | Named::Page { symbol, .. } => symbol.to_string(),
            Named::Vote(_) => "Vote".to_owned(),
        }
    }
}

/// Every statement of what is named, newest first, each record once; turns that only conduct the
/// meeting are left out, because nobody looks for them under the presiding State.
#[must_use]
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
        Named::Record { .. } | Named::Page { .. } | Named::Vote(_) => Vec::new(),
    }
}

fn of_speakers(catalogue: &Catalogue, wanted: impl Fn(SpeakerName<'_>) -> bool) -> Vec<Listed> {
    let found = catalogue.statements_of(None, wanted).into_iter();
    found.filter(|(_, h)| !h.procedural).map(|(entry, h)| listed(entry, &h)).collect()
}

fn on_topic(catalogue: &Catalogue, topic: &str) -> Vec<Listed> {
    let on_it = |e: &&Entry| folded(&e.topic) == topic || folded(&e.item) == topic;
    catalogue
        .records(None)
        .filter(on_it)
        .flat_map(|e| catalogue.headings(e).filter(|h| !h.procedural).map(move |h| listed(e, &h)))
        .collect()
}

/// A State by its short name where the table knows it: a record may print the formal one.
fn known(state: &str) -> String {
    states::lookup(state).map_or_else(|| folded(state), |s| folded(s.name))
}

fn folded(text: &str) -> String {
    fold::text(text)
}

/// A statement as lists of them show it.
#[must_use]
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
    }
}
