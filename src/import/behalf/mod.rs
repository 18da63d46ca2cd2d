//! On whose behalf a statement is made, by its own words.
//!
//! Fewer than half of the statements made for the three African members contain "A3", so the words "the
//! three African members of the Security Council" and a list of the three names count too.

mod tables;

use tables::{
    AFRICAN_THREE, AFTER, GENERIC, GROUPS, NO_GROUP, OF_OTHERS, OPENERS, SPEAKING, THANKING,
};

use super::words::{first_bytes, fold_text};
use jiff::civil::Date;

use crate::facts::{council, states};
use crate::record::Behalf;

/// How much of a statement is searched, in bytes: the group is named at its start.
const REACH: usize = 2500;

/// The groups a statement says it is made for. `own` is the State of the speaker, which is no group.
///
/// If `date` is known, a list of the African members of the Council on that day counts as A3.
#[must_use]
pub fn find_groups(text: &str, own: Option<&str>, date: Option<Date>) -> Vec<Behalf> {
    let text = first_bytes(text, REACH);
    let mut found: Vec<Behalf> = Vec::new();
    for (at, opener) in find_openings(text) {
        let sentence = sentence_around(text, at);
        let phrase = sentence_rest(&text[at + opener.len()..]);
        let phrase = &phrase[..end_of_name(phrase)];
        if !is_own_voice(&text[sentence..at], opener) {
            continue;
        }
        if let Some(behalf) =
            parse_group(phrase, own, date).filter(|b| found.iter().all(|f| f.group != b.group))
        {
            found.push(behalf);
        }
    }
    found
}

/// Finds the words "on behalf of", by byte offset.
fn find_openings(text: &str) -> Vec<(usize, &'static str)> {
    let mut found: Vec<(usize, &'static str)> =
        OPENERS.iter().flat_map(|o| text.match_indices(o).map(|(at, _)| (at, *o))).collect();
    found.sort_unstable_by_key(|&(at, opener)| (at, std::cmp::Reverse(opener.len())));
    found.dedup_by_key(|&mut (at, _)| at);
    found
}

/// The start of the sentence around byte `at`.
fn sentence_around(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(['.', '。', '\n', '!', '?'])
        .map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8))
}

/// The rest of a sentence; a full stop without a space after it does not end it.
fn sentence_rest(text: &str) -> &str {
    let end = text.char_indices().find(|&(at, c)| match c {
        '。' | '\n' | '!' | '?' => true,
        '.' => text[at + 1..].starts_with(' ') || text.len() == at + 1,
        _ => false,
    });
    first_bytes(end.map_or(text, |(at, _)| &text[..at]), 600)
}

/// The end of the name of the group within the phrase.
fn end_of_name(phrase: &str) -> usize {
    let mut end = AFTER.iter().filter_map(|a| phrase.find(a)).min().unwrap_or(phrase.len());
    // A bracket that was opened before the phrase ends the name.
    let mut depth = 0usize;
    for (at, c) in phrase[..end].char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => {
                end = at;
                break;
            }
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    end
}

/// Whether the words are about this statement: "I speak on behalf of", not "I thank him on behalf of".
fn is_own_voice(before: &str, opener: &str) -> bool {
    if opener == "代表" {
        // "以…代表的身份" and "特别代表" are nouns; only "我（荣幸地）代表" speaks for somebody.
        let end: String = before.chars().rev().take(8).collect();
        return end.contains('我') && !before.ends_with(['别', '位', '以', '团']);
    }
    let folded = fold_text(before);
    let last = folded.rsplit([',', ';']).next().unwrap_or("");
    let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(&fold_text(w)));
    // The sentence starts with the words themselves: "On behalf of the A3, I ..."
    if folded.is_empty() {
        return opener.starts_with(char::is_uppercase);
    }
    has(&folded, SPEAKING) && !has(last, THANKING) && !has(&folded, OF_OTHERS)
}

/// The group that a phrase names, with its members.
fn parse_group(phrase: &str, own: Option<&str>, date: Option<Date>) -> Option<Behalf> {
    let folded = fold_text(phrase);
    if let Some(behalf) = african_three(&folded, phrase, own) {
        return Some(behalf);
    }
    let named =
        GROUPS.iter().find(|(words, _)| words.iter().all(|w| folded.contains(&fold_text(w))));
    if let Some((_, name)) = named {
        return Some(Behalf { group: (*name).to_owned(), members: states_in(phrase) });
    }
    let first =
        folded.trim_start_matches("the ").trim_start_matches("les ").trim_start_matches("los ");
    if NO_GROUP.iter().any(|o| first.starts_with(o)) {
        return None;
    }
    let members = states_in(phrase);
    if let Some(behalf) = african_list(&members, own, date) {
        return Some(behalf);
    }
    // One State is no group, whoever speaks for it.
    if let [one] = members.as_slice()
        && (own == Some(one.as_str()) || named_at(phrase.trim_start_matches("the ")).is_some())
    {
        return None;
    }
    let list = members.len() >= 2;
    let generic =
        GENERIC.iter().any(|w| fold_text(first_bytes(phrase, 120)).contains(&fold_text(w)));
    if !list && !generic {
        return None;
    }
    let name = phrase.split([',', ';', '—', '–', '，']).next().unwrap_or(phrase);
    let name = if list && !generic { phrase } else { name };
    let name = name.trim().trim_start_matches("the ").trim();
    (!name.is_empty()).then(|| Behalf { group: first_bytes(name, 160).trim().to_owned(), members })
}

/// The three African members, alone or with one more: A3, A3+.
fn african_three(folded: &str, phrase: &str, own: Option<&str>) -> Option<Behalf> {
    let tokens = || folded.split(|c: char| !c.is_alphanumeric() && c != '+');
    let short = tokens().any(|t| matches!(t, "a3" | "а3"));
    let plus = tokens().any(|t| t.starts_with("a3+") || t.starts_with("а3+"))
        || folded.contains("a3 plus");
    let spelled = AFRICAN_THREE.iter().any(|w| folded.contains(&fold_text(w)));
    if !short && !plus && !spelled {
        return None;
    }
    let named = [" on the ", " on this ", " about "].iter().filter_map(|w| phrase.find(w)).min();
    let mut members = states_in(&phrase[..named.unwrap_or(phrase.len())]);
    // "as well as my own country, Guyana": with a fourth State the group is A3+.
    let with_own = [
        "as well as my own",
        "and my own country",
        "et de mon pays",
        "así como mi propio",
        "а также моеи",
        "以及我国",
    ]
    .iter()
    .any(|w| folded.contains(&fold_text(w)));
    let more = with_own || members.len() > 3;
    let absent = |own: &&str| with_own && !members.is_empty() && !members.iter().any(|m| m == own);
    if let Some(own) = own.filter(absent) {
        members.push(own.to_owned());
    }
    let group = if plus || more { "A3+" } else { "A3" };
    Some(Behalf { group: group.to_owned(), members })
}

/// A3 or A3+, if a list is the African members of the Council on that day, or these and one more.
fn african_list(members: &[String], own: Option<&str>, date: Option<Date>) -> Option<Behalf> {
    let council = council::on(date?)?;
    let mut all: Vec<String> = members.to_vec();
    if let Some(own) = own.filter(|own| !members.iter().any(|m| m == own)) {
        all.push(own.to_owned());
    }
    let african: Vec<&str> =
        council.seats.iter().filter(|s| s.group == "African").map(|s| s.state).collect();
    let held = african.iter().filter(|a| all.iter().any(|m| m == *a)).count();
    let whole = african.len() == 3 && held == 3 && members.len() >= 2;
    match all.len() {
        3 if whole => Some(Behalf { group: "A3".to_owned(), members: all }),
        4 if whole => Some(Behalf { group: "A3+".to_owned(), members: all }),
        _ => None,
    }
}

/// The States a phrase names, by their UN short names, each once.
fn states_in(phrase: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let rest = &phrase[at..];
        let first = rest.chars().next();
        let begins =
            first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
        let before = phrase[..at].chars().next_back();
        let free = before.is_none_or(|c| !c.is_alphanumeric() || c >= '\u{2E80}');
        let named = if begins && free { named_at(rest) } else { None };
        if let Some((name, len)) = named {
            if !found.iter().any(|f| f == name) {
                found.push(name.to_owned());
            }
            at += len.max(1);
            continue;
        }
        at += first.map_or(1, char::len_utf8);
    }
    found
}

/// The State at the start of a text; in Russian also in the genitive, as after "от имени".
fn named_at(text: &str) -> Option<(&'static str, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(text.len());
    let word = &text[..end];
    if let Some((state, len)) = states::longest_at_start(text)
        && (len >= end || !text.starts_with(|c: char| matches!(c, 'А'..='Я')))
    {
        return Some((state.name, len));
    }
    if word.chars().count() < 5 || !word.chars().all(|c| matches!(c, 'А'..='я' | 'ё' | '-')) {
        return None;
    }
    let last = word.chars().next_back()?;
    let stem = &word[..word.len() - last.len_utf8()];
    ["", "а", "я", "ь", "й", "о"]
        .iter()
        .find_map(|ending| states::lookup(&format!("{stem}{ending}")))
        .map(|state| (state.name, end))
}

#[cfg(test)]
mod tests;
