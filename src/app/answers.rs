//! The statements of a speaker, State, organization or topic, newest first.

use std::sync::Arc;

use jiff::civil::Date;

use crate::library::{Catalogue, Entry, Heading};
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
    /// The statement.
    pub heading: Heading,
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
}

/// Every statement of what is named, newest first, each record once; turns that only conduct the
/// meeting are left out, because nobody looks for them under the presiding State.
#[must_use]
pub fn statements_of(named: &Named, catalogue: &Catalogue) -> Vec<Listed> {
    let wanted = Wanted::of(named);
    let mut rows = Vec::new();
    for entry in catalogue.records() {
        if let Wanted::Topic(topic) = &wanted {
            if fold::text(&entry.topic) != *topic && fold::text(&entry.item) != *topic {
                continue;
            }
        }
        let headings = catalogue.headings(entry);
        let kept = headings.into_iter().filter(|h| !h.procedural && wanted.is(h));
        rows.extend(kept.map(|heading| listed(entry, heading)));
    }
    rows
}

fn listed(entry: &Entry, heading: Heading) -> Listed {
    Listed {
        symbol: entry.symbol.clone(),
        language: entry.language.clone(),
        date: entry.date,
        topic: entry.topic.clone(),
        exercise: entry.exercise,
        heading,
    }
}

/// What is looked for, folded once.
enum Wanted {
    Speaker(String, Option<String>),
    State(String),
    Organization(String),
    Topic(String),
    Nothing,
}

impl Wanted {
    fn of(named: &Named) -> Self {
        match named {
            Named::Speaker { name, of } => {
                Self::Speaker(fold::text(name), of.as_deref().map(fold::text))
            }
            Named::State(name) => Self::State(fold::text(name)),
            Named::Organization(name) => Self::Organization(fold::text(name)),
            Named::Topic(name) => Self::Topic(fold::text(name)),
            Named::Record { .. } | Named::Page { .. } | Named::Vote(_) => Self::Nothing,
        }
    }

    fn is(&self, heading: &Heading) -> bool {
        let equal = |value: &Option<Arc<str>>, wanted: &str| {
            value.as_deref().is_some_and(|v| fold::text(v) == wanted)
        };
        match self {
            Self::Speaker(name, of) => {
                fold::text(&heading.name) == *name
                    && of.as_ref().is_none_or(|of| {
                        equal(&heading.state, of) || equal(&heading.organization, of)
                    })
            }
            Self::State(name) => equal(&heading.state, name),
            Self::Organization(name) => equal(&heading.organization, name),
            Self::Topic(_) => true,
            Self::Nothing => false,
        }
    }
}
