//! On whose behalf a statement is made, by its own words.
//!
//! Fewer than half of the statements made for the three African members contain "A3", so the words "the
//! three African members of the Security Council" and a list of the three names count too.

mod tables;

use tables::{
    ABOUT, AFRICAN_THREE, AFTER, ALIGNING, CAPACITIES, CHAIRING, DELIVERING, GENERIC, GROUPS,
    JOINING, NAMELY, NO_GROUP, OF_OTHERS, OPENERS, OWN_COUNTRY, SPEAKING, THANKING, THIS, TOGETHER,
};

use super::words::{first_bytes, fold_text};
use jiff::civil::Date;

use crate::facts::{council, states};
use crate::record::Behalf;
use crate::record::sentences::trimmed_sentences;

/// How much of a statement is searched, in bytes: the group is named at its start.
const REACH: usize = 2500;
/// The most bytes of a sentence that are read, enough for a list of all States.
const SENTENCE: usize = 6000;

/// The groups a statement says it is made for. `own` is the State of the speaker, which is no group.
///
/// If `date` is known, a list of the African members of the Council on that day counts as A3.
#[must_use]
pub fn find_groups(text: &str, own: Option<&str>, date: Option<Date>) -> Vec<Behalf> {
    let mut found: Vec<Behalf> = Vec::new();
    for (at, opener) in find_openings(first_bytes(text, REACH)) {
        let sentence = sentence_around(text, at);
        let phrase = sentence_rest(&text[at + opener.words.len()..]);
        let phrase = &phrase[..end_of_name(phrase)];
        if !opener.is_own_voice(&text[sentence..at]) {
            continue;
        }
        let group = match opener.kind {
            OpenerKind::Behalf => parse_group(phrase, own, date),
            OpenerKind::Together => parse_partners(phrase, own, date),
            OpenerKind::Capacity => parse_chaired(phrase, own, date),
        };
        let Some(mut group) = group.filter(|b| found.iter().all(|f| f.group != b.group)) else {
            continue;
        };
        if group.members.is_empty() {
            group.members = find_aligned(text, at);
        }
        found.push(group);
    }
    found
}

/// How a statement is said to be for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenerKind {
    /// "on behalf of"
    Behalf,
    /// "together with"
    Together,
    /// "in my capacity as"
    Capacity,
}

/// Words after which a group is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opener {
    words: &'static str,
    kind: OpenerKind,
}

/// Finds the words "on behalf of" and the like, by byte offset.
fn find_openings(text: &str) -> Vec<(usize, Opener)> {
    let of =
        |all: &'static [&'static str], kind| all.iter().map(move |words| Opener { words, kind });
    let openers = of(OPENERS, OpenerKind::Behalf)
        .chain(of(TOGETHER, OpenerKind::Together))
        .chain(of(CAPACITIES, OpenerKind::Capacity));
    let mut found: Vec<(usize, Opener)> = openers
        // Most openers are nowhere, which `contains` tells much faster than `match_indices`.
        .filter(|opener| text.contains(opener.words))
        .flat_map(|opener| text.match_indices(opener.words).map(move |(at, _)| (at, opener)))
        .collect();
    found.sort_unstable_by_key(|&(at, opener)| (at, std::cmp::Reverse(opener.words.len())));
    found.dedup_by_key(|&mut (at, _)| at);
    found
}

/// The start of the sentence around byte `at`.
fn sentence_around(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(['.', '。', '\n', '!', '?'])
        .map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8))
}

/// The rest of a sentence; a full stop without a space after it does not end it. A text without full stops
/// ends at a comma.
fn sentence_rest(text: &str) -> &str {
    let text = match first_bytes(text, SENTENCE) {
        cut if cut.len() < text.len() => &cut[..cut.rfind([',', ' ', '，', '、']).unwrap_or(0)],
        whole => whole,
    };
    let end = text.char_indices().find(|&(at, c)| match c {
        '。' | '\n' | '!' | '?' => true,
        '.' => text[at + 1..].starts_with(' ') || text.len() == at + 1,
        _ => false,
    });
    end.map_or(text, |(at, _)| &text[..at])
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

impl Opener {
    /// Whether the words are about this statement: "I speak on behalf of", not "I thank him on behalf of".
    fn is_own_voice(self, before: &str) -> bool {
        if self.words == "代表" {
            // "以…代表的身份" and "特别代表" are nouns; only "我（荣幸地）代表" speaks for somebody.
            let end: String = before.chars().rev().take(8).collect();
            return end.contains('我') && !before.ends_with(['别', '位', '以', '团']);
        }
        let folded = fold_text(before);
        let last = folded.rsplit([',', ';']).next().unwrap_or("");
        let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(&fold_text(w)));
        // The sentence starts with the words themselves: "On behalf of the A3, I ..."
        if folded.is_empty() {
            return self.words.starts_with(char::is_uppercase);
        }
        if self.kind == OpenerKind::Together {
            // "I deliver this statement together with", in one clause: thanks and meetings are no statement.
            return has(last, &DELIVERING) && !has(&folded, THANKING) && !has(&folded, OF_OTHERS);
        }
        has(&folded, SPEAKING) && !has(last, THANKING) && !has(&folded, OF_OTHERS)
    }
}

/// The States that a later sentence says align themselves with this statement.
fn find_aligned(text: &str, from: usize) -> Vec<String> {
    let near = first_bytes(&text[from..], REACH);
    let aligned = trimmed_sentences(near).skip(1).find(|sentence| {
        let folded = fold_text(sentence);
        let any = |words: &[&str]| words.iter().any(|w| folded.contains(&fold_text(w)));
        any(&ALIGNING) && any(&THIS)
    });
    aligned.map(states_in).unwrap_or_default()
}

/// A statement made together with other States.
fn parse_partners(phrase: &str, own: Option<&str>, date: Option<Date>) -> Option<Behalf> {
    let members = states_in(phrase);
    let first = phrase.trim_start_matches("the ").trim_start_matches("our colleagues from ");
    named_at(first)?;
    let mut all: Vec<String> = own.iter().map(|own| (*own).to_owned()).collect();
    all.extend(members.into_iter().filter(|member| own != Some(member)));
    african_list(&all, own, date).or_else(|| (all.len() >= 2).then(|| name_by_members(all)))
}

/// A group named by its members: "Norway, Peru and Ghana".
fn name_by_members(members: Vec<String>) -> Behalf {
    let group = match members.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => members.concat(),
    };
    Behalf { group, members }
}

/// A group whose chair or coordinator speaks: "in my capacity as Chair of the Arab Group".
fn parse_chaired(phrase: &str, own: Option<&str>, date: Option<Date>) -> Option<Behalf> {
    let folded = fold_text(phrase);
    let office = CHAIRING.iter().any(|word| folded.starts_with(&fold_text(word)));
    let (_, group) = phrase.split_once(" of the ").or_else(|| phrase.split_once(" of "))?;
    let body =
        ["Committee", "Commission", "Working Group", "configuration", "Council", "Conference"];
    if !office || body.iter().any(|body| group.contains(body)) {
        return None;
    }
    let group = group.split(" for the month").next().unwrap_or(group);
    let known = fold_text(group);
    let is_group = known_group(&known).is_some()
        || known.starts_with("group of ")
        || known.contains("members");
    is_group.then(|| parse_group(group, own, date)).flatten()
}

/// The name of a group that is known by name.
fn known_group(folded: &str) -> Option<&'static str> {
    let named = |words: &[&str]| words.iter().all(|w| folded.contains(&fold_text(w)));
    GROUPS.iter().find(|(words, _)| named(words)).map(|(_, name)| *name)
}

/// The group that a phrase names, with its members.
fn parse_group(phrase: &str, own: Option<&str>, date: Option<Date>) -> Option<Behalf> {
    let folded = fold_text(phrase);
    if let Some(behalf) = african_three(&folded, phrase, own) {
        return Some(behalf);
    }
    if let Some(name) = known_group(&folded) {
        return Some(Behalf { group: name.to_owned(), members: listed_members(phrase) });
    }
    let first =
        folded.trim_start_matches("the ").trim_start_matches("les ").trim_start_matches("los ");
    if let Some(joint) = with_own_country(first, phrase, own) {
        return Some(joint);
    }
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
    let generic = is_generic(first_bytes(phrase, 120));
    if !list && !generic {
        return None;
    }
    let end =
        phrase.find([',', ';', '—', '–', '，', ':', '：']).into_iter().chain(phrase.find(" - "));
    let name = if list && !generic { phrase } else { &phrase[..end.min().unwrap_or(phrase.len())] };
    let name = name.trim().trim_start_matches("the ").trim();
    (!name.is_empty()).then(|| Behalf { group: name.to_owned(), members })
}

/// Whether words other than the names of States show a group: the United States are no group.
fn is_generic(phrase: &str) -> bool {
    let mut other = String::new();
    let mut rest = phrase;
    while let Some(c) = rest.chars().next() {
        let free = other.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let named = (free && c.is_uppercase()).then(|| named_at(rest)).flatten();
        let len = named.map_or(c.len_utf8(), |(_, len)| len.max(1));
        if named.is_none() {
            other.push(c);
        }
        rest = &rest[len..];
    }
    let folded = fold_text(&other);
    GENERIC.iter().any(|word| folded.contains(&fold_text(word)))
}

/// The members that are listed with the name of a known group: "the Baltic States, Estonia, Latvia and
/// Lithuania", "Peru and Ghana, members of the Group". A country that the statement is about is no member.
fn listed_members(phrase: &str) -> Vec<String> {
    let leading = leading_states(phrase);
    if leading.len() >= 2 {
        return leading;
    }
    if let Some(at) = NAMELY.iter().find_map(|word| phrase.find(word)) {
        return states_in(&phrase[at..]);
    }
    let list = phrase.find([',', '—', '–', '(', ':', '-']).map_or("", |at| &phrase[at..]);
    let end = ABOUT.iter().filter_map(|word| list.find(word)).min().unwrap_or(list.len());
    let members = states_in(&list[..end]);
    if members.len() >= 2 { members } else { Vec::new() }
}

/// The States that a phrase starts with.
fn leading_states(phrase: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = phrase;
    while let Some((name, len)) = named_at(rest) {
        found.push(name.to_owned());
        let next = rest[len..].trim_start_matches([',', ' ', '、']);
        let joined = JOINING.iter().map(|word| word.trim_start_matches(", "));
        rest = joined
            .filter(|word| !word.is_empty())
            .find_map(|word| next.strip_prefix(word))
            .unwrap_or(next);
    }
    found
}

/// "My country and Peru": the own State and the others.
fn with_own_country(folded: &str, phrase: &str, own: Option<&str>) -> Option<Behalf> {
    let after = OWN_COUNTRY.iter().find_map(|words| folded.strip_prefix(&fold_text(words)))?;
    let joined = JOINING.iter().any(|word| after.trim_start().starts_with(&fold_text(word)));
    let others: Vec<String> = states_in(phrase).into_iter().filter(|m| own != Some(m)).collect();
    if !joined || others.is_empty() {
        return None;
    }
    let members = own.iter().map(|own| (*own).to_owned()).chain(others).collect();
    Some(name_by_members(members))
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
