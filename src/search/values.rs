//! What is in a library, for the completion of a query: its States, organizations, speakers, topics and symbols.

use std::collections::BTreeSet;

use super::query::Values;
use crate::library::Catalogue;

/// Gathers the values of a library. Groups that joint statements were made for are not in a catalogue, so
/// they are passed in, or filled in later.
#[must_use]
pub fn values(catalogue: &Catalogue, groups: Vec<String>) -> Values {
    let (mut states, mut organizations) = (BTreeSet::new(), BTreeSet::new());
    let mut speakers = BTreeSet::new();
    for speaker in catalogue.speakers() {
        states.extend(speaker.state);
        organizations.extend(speaker.organization);
        speakers.insert(speaker.name);
    }
    let mut topics = BTreeSet::new();
    let mut symbols: Vec<String> = Vec::new();
    for entry in &catalogue.entries {
        topics.insert(&*entry.topic);
        let symbol = entry.symbol.to_string();
        if symbols.last() != Some(&symbol) {
            symbols.push(symbol);
        }
    }
    let owned = |set: BTreeSet<&str>| -> Vec<String> {
        set.into_iter().filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
    };
    Values {
        states: owned(states),
        organizations: owned(organizations),
        speakers: owned(speakers),
        topics: owned(topics),
        symbols,
        groups,
    }
}
