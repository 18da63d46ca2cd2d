//! The names in a query that nothing in the library has, with those that are spelt alike.

use std::collections::BTreeSet;

use super::Trouble;
use super::habit::{Meaning, field_meaning};
use super::lex::{Token, tokenize};
use crate::facts::states;
use crate::library::Catalogue;
use crate::search::whole_words::WholeWords;
use crate::search::words::{fold_name, words_of_name};

/// The most names that are offered.
const OFFERED: usize = 3;
/// Letters for each of which one may be wrong.
const LETTERS: usize = 4;

/// The values of `state:`, `speaker:`, `org:` and `topic:` that nothing in the library has, each with the names that are
/// nearly spelt so.
pub fn unknown_names(text: &str, catalogue: &Catalogue) -> Vec<Trouble> {
    let fields = tokenize(text).into_iter().filter_map(|(token, at)| {
        let Token::Field(name, value, _) = token else { return None };
        match field_meaning(name, value).ok()? {
            Meaning::Field(field, value, _) => Some((field.to_lowercase(), value.into_owned(), at)),
            Meaning::Words => None,
        }
    });
    let unknown = fields.filter_map(|(field, value, at)| {
        let what = match field.as_str() {
            "state" if states::lookup(&value).is_some() => return None,
            "state" => "State",
            "speaker" => "speaker",
            "org" => "organization",
            "topic" => "topic",
            _ => return None,
        };
        let value = value.trim().trim_end_matches('*').to_owned();
        let names = names_of(&field, catalogue);
        let wanted = WholeWords::new([format!("{value}*").as_str()]);
        // Of a topic and a speaker the words may be in any order.
        let words: Vec<String> = value.split_whitespace().map(|word| format!("{word}*")).collect();
        let apart = WholeWords::new(words.iter().map(String::as_str));
        let fits = |name: &&str| wanted.are_in(&[name]) || apart.are_in(&[name]);
        if wanted.is_empty() || names.iter().any(|name| fits(&name.as_str())) {
            return None;
        }
        let mut message = match what {
            "topic" => format!("no topic has {value:?}"),
            _ => format!("no {what} is called {value:?}"),
        };
        let alike = spelt_alike(&value, &field, &names);
        if !alike.is_empty() {
            message.push_str(&format!("; did you mean {}?", alike.join(" or ")));
        }
        Some(Trouble { at, message })
    });
    unknown.collect()
}

/// The values that a field may have in a library; for a State also every name in the tables.
fn names_of(field: &str, catalogue: &Catalogue) -> BTreeSet<String> {
    let speakers = || catalogue.speakers();
    let owned = |name: &str| name.to_owned();
    match field {
        "state" => {
            let known = states::all().map(|state| state.name.to_owned());
            known.chain(speakers().filter_map(|s| s.state.map(owned))).collect()
        }
        "org" => speakers().filter_map(|s| s.organization.map(owned)).collect(),
        "speaker" => speakers().map(|s| s.name.to_owned()).collect(),
        _ => catalogue.entries.iter().map(|entry| entry.topic.to_string()).collect(),
    }
}

/// Names that differ from a value in few letters, the nearest alone; of speakers and topics their words.
fn spelt_alike(value: &str, field: &str, names: &BTreeSet<String>) -> Vec<String> {
    let typed = fold_name(value);
    let most = typed.chars().count() / LETTERS;
    let mut near: Vec<(usize, String)> = Vec::new();
    let mut look = |folded: &str, offered: &str| {
        // The distance is at least the difference of the lengths.
        if folded.chars().count().abs_diff(typed.chars().count()) <= most {
            let distance = strsim::osa_distance(&typed, folded);
            if distance <= most && !near.iter().any(|(_, known)| known == offered) {
                near.push((distance, offered.to_owned()));
            }
        }
    };
    for name in names {
        look(&fold_name(name), name);
        if field != "state" {
            words_of_name(name).iter().for_each(|word| look(word, word));
        }
    }
    if field == "state" {
        for state in states::all() {
            state.aliases().for_each(|alias| look(&fold_name(alias), state.name));
        }
    }
    near.sort();
    let nearest = near.first().map_or(0, |(distance, _)| *distance);
    near.retain(|(distance, _)| *distance == nearest);
    near.into_iter().map(|(_, name)| name).take(OFFERED).collect()
}
