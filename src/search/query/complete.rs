//! Completion: the values of the field that stands at the cursor, fuzzily, best first.

use std::collections::BTreeSet;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::lex::{Piece, is_one_run, lex, quotes};
use super::value::{AS, CAPACITIES, CASTS, NAMES};
use crate::facts::groups;
use crate::library::Catalogue;
use crate::record::{Language, fold};

/// What is in the library, for completion.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// States that speak.
    pub states: Vec<String>,
    /// Organizations that speak.
    pub organizations: Vec<String>,
    /// Names of speakers.
    pub speakers: Vec<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Symbols of the records, newest first.
    pub symbols: Vec<String>,
    /// Groups that joint statements were made for.
    pub groups: Vec<String>,
}

impl Values {
    /// The values of a library. The groups that joint statements were made for are not in a catalogue: the caller
    /// fills them in.
    #[must_use]
    pub fn of_catalogue(catalogue: &Catalogue) -> Self {
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
        Self {
            states: owned(states),
            organizations: owned(organizations),
            speakers: owned(speakers),
            topics: owned(topics),
            symbols,
            groups: Vec::new(),
        }
    }
}

/// What may take the place of a piece of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the query that each of the choices takes the place of.
    pub replace: Range<usize>,
    /// The choices, best first, ready to be put in.
    pub choices: Vec<String>,
}

/// Whether the value of `behalf:` stands before the cursor: the groups it may name take a look into a table
/// that nothing else of a query needs.
#[must_use]
pub fn asks_for_a_group(before: &str) -> bool {
    let last = lex(before).pop().filter(|(_, at)| at.end == before.len());
    matches!(last, Some((Piece::Field(name, ..), _)) if fold::text(name) == "behalf")
}

/// Completes what stands before the cursor (a byte of `text`), with at most `limit` choices: the value of a field,
/// or the name of one. `None` where there is nothing to complete.
#[must_use]
pub fn complete(text: &str, cursor: usize, values: &Values, limit: usize) -> Option<Completion> {
    let before = text.get(..cursor)?;
    let (piece, at) = lex(before).pop().filter(|(_, at)| at.end == cursor)?;
    let choices = match piece {
        Piece::Bare(word) => ranked(word, NAMES.iter().map(|(name, _)| *name), limit)
            .into_iter()
            .filter(|name| name.starts_with(&fold::text(word)))
            .map(|name| format!("{name}:"))
            .collect(),
        Piece::Field(name, value, _) => {
            let found = of_field(&fold::text(name), value, values, limit);
            found.iter().map(|value| format!("{name}:{}", written(value))).collect()
        }
        _ => Vec::new(),
    };
    Some(Completion { replace: at, choices }).filter(|c: &Completion| !c.choices.is_empty())
}

fn of_field<'a>(name: &str, typed: &str, values: &'a Values, limit: usize) -> Vec<&'a str> {
    let list = |list: &'a [String]| ranked(typed, list.iter().map(String::as_str), limit);
    match name {
        "state" => list(&values.states),
        "speaker" => list(&values.speakers),
        "org" | "organization" => list(&values.organizations),
        "topic" => list(&values.topics),
        "symbol" | "cites" => list(&values.symbols),
        "behalf" => list(&values.groups),
        "group" => ranked(typed, groups::with_members(), limit),
        "as" => ranked(typed, AS.iter().take(3).map(|(word, _)| *word), limit),
        "capacity" => ranked(typed, CAPACITIES.iter().map(|(word, _)| *word), limit),
        "vote" => ranked(typed, CASTS.iter().take(4).map(|(word, _)| *word), limit),
        "rule" => ranked(typed, ["37", "39"].into_iter(), limit),
        "lang" | "spoken" => {
            const CODES: [&str; 6] = ["en", "fr", "es", "ar", "ru", "zh"];
            let named = CODES.iter().filter(|code| Language::from_word(typed).code() == **code);
            let mut found: Vec<&str> = named.copied().collect();
            found.extend(ranked(typed, CODES.into_iter(), limit));
            found.dedup();
            found
        }
        _ => Vec::new(),
    }
}

/// Those that match, best first; all of them where nothing is typed yet.
fn ranked<'a>(typed: &str, of: impl Iterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let typed = fold::text(typed);
    let mut found: Vec<(i64, &str)> = of
        .filter_map(|value| Some((matcher.fuzzy_match(&fold::text(value), &typed)?, value)))
        .collect();
    // Of two as good the shorter one: the typed letters are more of it.
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.len().cmp(&b.1.len())));
    found.into_iter().map(|(_, value)| value).take(limit).collect()
}

/// A value as it is written in a query.
fn written(value: &str) -> String {
    if is_one_run(value) {
        return value.to_owned();
    }
    let inside: String = value.chars().filter(|c| !quotes(*c)).collect();
    format!("\"{inside}\"")
}
