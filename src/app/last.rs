//! What somebody said last: the statements of a State, organization or group, newest first, and the
//! one before a given statement on the same topic.
//!
//! Everything here is read from the headings of the catalogue; no record is opened. That a position
//! changed is never said: the words are for people to compare.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::listed::{Listed, listed};
use crate::facts::{groups, states};
use crate::library::{Catalogue, Entry, Heading};
use crate::record::{Symbol, fold};
use crate::search::whole_words::WholeWords;

/// Whose statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A State, by its short name.
    State(String),
    /// An organization.
    Organization(String),
    /// Somebody for whom neither is known, by name.
    Name(String),
}

impl Who {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::State(name) | Self::Organization(name) | Self::Name(name) => name,
        }
    }

    /// Whether a heading is of a statement of theirs; turns that only conduct the meeting are nobody's.
    pub fn said(&self, heading: &Heading<'_>) -> bool {
        let same = |value: Option<&str>, name: &str| {
            value.is_some_and(|v| v == name || fold::text(v) == fold::text(name))
        };
        !heading.procedural
            && match self {
                Self::State(name) => same(heading.state, name),
                Self::Organization(name) => same(heading.organization, name),
                Self::Name(name) => {
                    heading.state.is_none()
                        && heading.organization.is_none()
                        && same(Some(heading.name), name)
                }
            }
    }
}

/// By what two records are on the same matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The topic is the same.
    Topic,
    /// They share a sub-item of the agenda; no earlier statement has the same topic.
    SubItem,
    /// The agenda item is the same; no earlier statement has the same topic or sub-item.
    Item,
}

impl Basis {
    /// Whether what a record is on, in this sense, is wanted.
    fn fits(self, entry: &Entry, is_wanted: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Topic => is_wanted(&entry.topic),
            Self::SubItem => entry.sub_items.lines().any(is_wanted),
            Self::Item => is_wanted(&entry.item),
        }
    }

    /// The same in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Topic => "on the same topic",
            Self::SubItem => "on the same sub-item of the agenda",
            Self::Item => "on the same agenda item",
        }
    }
}

/// A statement from which one looks back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The record.
    pub symbol: Symbol,
    /// Its day.
    pub date: Date,
    /// Number of the statement.
    pub number: u32,
}

/// What one looks for, and what was found for it: asked again, it goes further back on the same matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Whose words.
    pub who: Who,
    /// The topic one began with.
    pub topic: String,
    /// The sub-items one began with.
    pub sub_items: Vec<String>,
    /// The agenda item one began with.
    pub item: String,
    /// By what the matter is the same, once something was found.
    pub basis: Option<Basis>,
}

/// A look back, and the statement it has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedBack {
    /// What is looked for.
    pub trail: Trail,
    /// The statement found last.
    pub at: From,
}

impl Trail {
    /// The latest statement before `from` on the same topic, else on the same sub-item, else item.
    pub fn before(&self, from: &From, catalogue: &Catalogue) -> Option<(Basis, Listed)> {
        let bases = match self.basis {
            Some(basis) => vec![basis],
            None => vec![Basis::Topic, Basis::SubItem, Basis::Item],
        };
        bases.into_iter().find_map(|basis| {
            let wanted: Vec<String> = match basis {
                Basis::Topic => vec![fold::text(&self.topic)],
                Basis::SubItem => self.sub_items.iter().map(|item| fold::text(item)).collect(),
                Basis::Item => vec![fold::text(&self.item)],
            };
            let wanted: Vec<String> =
                wanted.into_iter().filter(|text| !text.trim().is_empty()).collect();
            if wanted.is_empty() {
                return None;
            }
            let is_wanted = |text: &str| wanted.contains(&fold::text(text));
            let same = |entry: &Entry| basis.fits(entry, is_wanted);
            let found = latest(catalogue, from, &self.who, &same)?;
            Some((basis, found))
        })
    }
}

/// The latest statement before `from` in the records for which `same` holds.
fn latest(
    catalogue: &Catalogue,
    from: &From,
    who: &Who,
    same: &dyn Fn(&Entry) -> bool,
) -> Option<Listed> {
    let until = (from.date, &from.symbol);
    let mut records: Vec<&Entry> =
        catalogue.listed().filter(|e| (e.date, &e.symbol) <= until && same(e)).collect();
    records.sort_by_key(|e| Reverse((e.date, &e.symbol)));
    records.into_iter().find_map(|entry| {
        let earlier = |h: &Heading<'_>| entry.symbol != from.symbol || h.number < from.number;
        let heading = catalogue.headings(entry).filter(|h| earlier(h) && who.said(h)).last()?;
        Some(listed(entry, &heading))
    })
}

/// One statement of a list: its record and its heading.
pub type FoundHeading<'a> = (&'a Entry, Heading<'a>);

/// Those of some statements whose topic, or where none has it whose sub-item or agenda item, holds all of these
/// words; with no words all of them.
pub fn on<'a>(words: &str, found: Vec<FoundHeading<'a>>) -> (Option<Basis>, Vec<FoundHeading<'a>>) {
    let wanted = WholeWords::new(words.split_whitespace());
    if wanted.is_empty() {
        return (None, found);
    }
    let holds = |text: &str| wanted.are_in(&[text]);
    for basis in [Basis::Topic, Basis::SubItem] {
        let fits = |(entry, _): &&FoundHeading<'a>| basis.fits(entry, holds);
        let fitting: Vec<_> = found.iter().filter(fits).copied().collect();
        if !fitting.is_empty() {
            return (Some(basis), fitting);
        }
    }
    let by_item = found.into_iter().filter(|(entry, _)| holds(&entry.item)).collect();
    (Some(Basis::Item), by_item)
}

/// Brings statements in order, the newest first.
pub fn newest_first(found: &mut [FoundHeading<'_>]) {
    found.sort_by_key(|(entry, h)| Reverse((entry.date, &entry.symbol, h.number)));
}

/// Whether the words that a record has for a group name this group. Where `name` is no known group they must have
/// its words, and not as a part of the name of a known group or State.
pub fn is_made_for(name: &str) -> impl Fn(&str) -> bool + use<> {
    let known = groups::lookup(name);
    // `A3` is found in `A3 plus one` and not in `A33`; a star is no part of a name.
    let whole = |name: &str| WholeWords::new([name.trim_end_matches('*')]);
    let wanted: Vec<WholeWords> = match known {
        Some(group) => group.names().map(whole).collect(),
        None => vec![whole(name)],
    };
    let has = move |text: &str| wanted.iter().any(|w| !w.is_empty() && w.are_in(&[text]));
    let longer: Vec<WholeWords> = match known {
        Some(_) => Vec::new(),
        None => states::all().filter(|state| has(state.name)).map(|s| whole(s.name)).collect(),
    };
    move |group: &str| {
        if known.is_none() && groups::lookup(group).is_some() {
            return false;
        }
        has(group) && !longer.iter().any(|name| name.are_in(&[group]))
    }
}
