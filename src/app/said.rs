//! What a State said in the records of a library: statements by year, topic and group.
//!
//! What is said on behalf of a group is counted apart, and never added to the rest.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::facts::states;
use crate::library::Catalogue;
use crate::library::references::References;
use crate::record::{Symbol, fold};
use crate::search::find::Named;

use super::coverage::Coverage;
use super::item::heading;
use super::listed::{Listed, statements_of};

/// The number of statements that are named one by one.
const LATEST: usize = 3;

/// The statements of a State.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The State, by its short name.
    pub state: String,
    /// The latest statements, for groups too.
    pub latest: Vec<Listed>,
    /// Statements that are not on behalf of a group.
    pub statements: usize,
    /// The same by year, the latest first.
    pub years: Vec<(i16, usize)>,
    /// The same by topic, the most frequent first.
    pub topics: Vec<(Arc<str>, usize)>,
    /// Statements on behalf of groups.
    pub for_groups: usize,
    /// The same by group, the most frequent first; one made for two groups counts for both.
    pub groups: Vec<(String, usize)>,
    /// Which statements are for groups is not known for every record.
    pub incomplete: bool,
    /// An exercise debate is among the records.
    pub exercise: bool,
    /// What it was drawn from.
    pub coverage: Coverage,
}

/// Counts the statements of a State; turns that only conduct the meeting are left out.
pub fn said_by(state: &str, catalogue: &Catalogue, references: &References) -> Said {
    let known =
        |name: &str| states::lookup(name).map_or_else(|| name.to_owned(), |s| s.name.into());
    let wanted = fold::text(&known(state));
    let mut joint: HashMap<(Symbol, u32), Vec<String>> = HashMap::new();
    for at in references.made_for_groups() {
        joint.entry((at.symbol, at.what.0)).or_default().push(at.what.1);
    }
    let coverage = Coverage::of_library(catalogue);
    let incomplete = references.given_up || !references.unread.is_empty();
    let state = known(state);
    let mut said = Said { state, coverage, incomplete, ..Said::default() };
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut topics: HashMap<String, (Arc<str>, usize)> = HashMap::new();
    let mut groups: HashMap<String, usize> = HashMap::new();
    let is_its = |name: Option<&str>| name.is_some_and(|name| fold::text(&known(name)) == wanted);
    // The table of references reads each record in English, or else in its first edition.
    let found = catalogue.statements_of(None, |speaker| is_its(speaker.state));
    for (entry, own) in found.into_iter().filter(|(_, heading)| !heading.procedural) {
        said.exercise |= entry.exercise;
        if let Some(made_for) = joint.get(&(entry.symbol.clone(), own.number)) {
            said.for_groups += 1;
            for group in made_for {
                *groups.entry(group.clone()).or_default() += 1;
            }
            continue;
        }
        said.statements += 1;
        *years.entry(entry.date.year()).or_default() += 1;
        let topic = heading(entry);
        topics.entry(fold::text(&topic)).or_insert((topic, 0)).1 += 1;
    }
    let listed = statements_of(&Named::State(said.state.as_str().into()), catalogue);
    said.latest = listed.into_iter().take(LATEST).collect();
    said.years = years.into_iter().rev().collect();
    said.topics = topics.into_values().filter(|(topic, _)| !topic.is_empty()).collect();
    said.topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    said.groups = groups.into_iter().collect();
    said.groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    said
}
