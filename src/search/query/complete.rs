//! Completes the field at the cursor with values of the library, fuzzily, the best first.

use std::collections::BTreeSet;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::lex::{Token, is_one_run, is_quote, tokenize};
use super::value::{AS, CAPACITIES, CASTS, NAMES};
use crate::facts::groups;
use crate::library::Catalogue;
use crate::record::{Language, fold};

/// The values in a library that complete a field.
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
    /// Groups for which joint statements were made.
    pub groups: Vec<String>,
}

impl Values {
    /// The values of a library. The groups that joint statements were made for are not in a catalogue: the caller
    /// fills them in.
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

/// The choices for a token of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the query that a choice replaces.
    pub replace: Range<usize>,
    /// The choices, the best first, as they are inserted.
    pub choices: Vec<String>,
}

/// Whether the value of `behalf:` is before the cursor. Its groups are in a table that nothing else of a query needs, so
/// that the caller loads it only then.
pub fn asks_for_a_group(before: &str) -> bool {
    let last = tokenize(before).pop().filter(|(_, at)| at.end == before.len());
    matches!(last, Some((Token::Field(name, ..), _)) if fold::text(name) == "behalf")
}

/// Completes the text before the cursor (a byte of `text`) with at most `limit` choices: the value of a field, or its
/// name. `None` if there is nothing to complete.
pub fn complete(text: &str, cursor: usize, values: &Values, limit: usize) -> Option<Completion> {
    let before = text.get(..cursor)?;
    let (token, at) = tokenize(before).pop().filter(|(_, at)| at.end == cursor)?;
    let choices = match token {
        Token::Bare(word) => rank_values(word, NAMES.iter().map(|(name, _)| *name), limit)
            .into_iter()
            .filter(|name| name.starts_with(&fold::text(word)))
            .map(|name| format!("{name}:"))
            .collect(),
        Token::Field(name, value, _) => {
            let found = field_values(&fold::text(name), value, values, limit);
            found.iter().map(|value| format!("{name}:{}", quote_value(value))).collect()
        }
        _ => Vec::new(),
    };
    Some(Completion { replace: at, choices }).filter(|c: &Completion| !c.choices.is_empty())
}

fn field_values<'a>(name: &str, typed: &str, values: &'a Values, limit: usize) -> Vec<&'a str> {
    let list = |list: &'a [String]| rank_values(typed, list.iter().map(String::as_str), limit);
    match name {
        "state" => list(&values.states),
        "speaker" => list(&values.speakers),
        "org" | "organization" => list(&values.organizations),
        "topic" => list(&values.topics),
        "symbol" | "cites" => list(&values.symbols),
        "behalf" => list(&values.groups),
        "group" => rank_values(typed, groups::with_members(), limit),
        "as" => rank_values(typed, AS.iter().take(3).map(|(word, _)| *word), limit),
        "capacity" => rank_values(typed, CAPACITIES.iter().map(|(word, _)| *word), limit),
        "vote" => rank_values(typed, CASTS.iter().take(4).map(|(word, _)| *word), limit),
        "rule" => rank_values(typed, ["37", "39"].into_iter(), limit),
        "lang" | "spoken" => {
            const CODES: [&str; 6] = ["en", "fr", "es", "ar", "ru", "zh"];
            let named = CODES.iter().filter(|code| Language::from_word(typed).code() == **code);
            let mut found: Vec<&str> = named.copied().collect();
            found.extend(rank_values(typed, CODES.into_iter(), limit));
            found.dedup();
            found
        }
        _ => Vec::new(),
    }
}

/// The values that match, the best first; all of them if nothing is typed yet.
fn rank_values<'a>(typed: &str, of: impl Iterator<Item = &'a str>, limit: usize) -> Vec<&'a str> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let typed = fold::text(typed);
    let mut found: Vec<(i64, &str)> = of
        .filter_map(|value| Some((matcher.fuzzy_match(&fold::text(value), &typed)?, value)))
        .collect();
    // Of equal scores the shorter value first: the typed letters are more of it.
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.len().cmp(&b.1.len())));
    found.into_iter().map(|(_, value)| value).take(limit).collect()
}

/// A value as it is written in a query, quoted if necessary.
fn quote_value(value: &str) -> String {
    if is_one_run(value) {
        return value.to_owned();
    }
    let inside: String = value.chars().filter(|c| !is_quote(*c)).collect();
    format!("\"{inside}\"")
}
