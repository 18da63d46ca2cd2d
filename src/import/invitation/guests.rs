//! The people in a sentence of the President: title, name and office.

use crate::import::address;
use crate::import::words::{first_bytes, fold_text};
use crate::record::Language;

/// Somebody whom the President invited or introduced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guest {
    /// The words of the name without titles, folded; in Chinese the words of the whole sentence.
    pub(super) name: Vec<String>,
    /// The office, as printed.
    pub(super) role: Option<String>,
    /// The rule of the invitation.
    pub(super) rule: Option<u8>,
}

/// Words of sentences that introduce somebody with their office.
const INTRODUCES: [&str; 8] = [
    " welcome ",
    "give the floor to ",
    "call on ",
    "donne maintenant la parole",
    "souhaite la bienvenue",
    "doy ahora la palabra",
    "doy la bienvenida",
    "give the floor now to ",
];

/// Russian titles before a name, as they are declined in these sentences.
const DECLINED: [&str; 6] = ["г-на ", "г-жу ", "г-ну ", "г-же ", "г-ном ", "г-жой "];
/// Honours before a title, and articles.
const HONOURS: [&str; 14] = [
    "His Excellency",
    "Her Excellency",
    "Their Excellencies",
    "Son Excellence",
    "S. E.",
    "Excmo.",
    "Excma.",
    "the Honourable",
    "the Right Honourable",
    "l’",
    "la",
    "el",
    "al",
    "le",
];
/// Words before a guest. After "of" or "for" a title belongs to another person, within an office.
const BEFORE: [&str; 23] = [
    ":",
    ";",
    ",",
    "and",
    "et",
    "y",
    "e",
    "и",
    "as",
    "to",
    "also",
    "on",
    "invite",
    "inviter",
    "invito",
    "invitar",
    "welcome",
    "following",
    "приглашаю",
    "заседании",
    "докладчиков",
    "à",
    "a",
];
/// Words after which an office has ended.
const AFTER: [&str; 23] = [
    " to participate",
    " to take ",
    " to brief",
    " to address",
    " to make a",
    " to join",
    " to this meeting",
    ", to ",
    ", who",
    " who ",
    ", whom",
    ", on behalf of",
    " joining",
    ", via ",
    " via video",
    " à participer",
    ", à ",
    " a participar",
    ", a participar",
    " and I ",
    // The next sentence, where OCR lost the space before it.
    " Mr. ",
    " Ms. ",
    " Mrs. ",
];
/// The longest office, in bytes.
const LONGEST: usize = 240;

/// Whether a sentence introduces somebody, so that it may name their office.
pub(super) fn is_introduction(sentence: &str) -> bool {
    INTRODUCES.iter().any(|words| sentence.contains(words))
}

/// The people whom a sentence names with a title, in a place where a guest can be named.
pub(super) fn find_guests(sentence: &str, rule: Option<u8>) -> Vec<Guest> {
    if sentence.contains(|c: char| matches!(c, '\u{4e00}'..='\u{9fff}')) {
        // The office comes before the name, and nothing shows where it ends.
        let listed = rule.map(|_| Guest { name: vec![fold_text(sentence)], role: None, rule });
        return listed.into_iter().collect();
    }
    let starts: Vec<(usize, usize)> =
        word_starts(sentence).filter_map(|at| Some((entry_start(sentence, at)?, at))).collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([sentence.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|((_, at), end)| parse_guest(sentence.get(*at..end)?, rule))
        .collect()
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(' ').map(|(at, _)| at + 1)
}

/// The start of the entry of a guest whose title is at byte `at`, if there is one.
fn entry_start(sentence: &str, at: usize) -> Option<usize> {
    let rest = &sentence[at..];
    let titled = DECLINED.iter().any(|t| rest.starts_with(t))
        || rest.starts_with(char::is_uppercase)
            && !HONOURS.iter().any(|h| rest.starts_with(h))
            && address::begins_with_title(first_bytes(rest, 60));
    if !titled {
        return None;
    }
    let mut before = sentence[..at].trim_end();
    while let Some(shorter) = HONOURS.iter().find_map(|h| strip_word(before, h)) {
        before = shorter;
    }
    BEFORE.iter().any(|b| strip_word(before, b).is_some()).then_some(before.len())
}

/// The text without this word at its end.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_suffix(word)?;
    let letters = word.starts_with(char::is_alphabetic);
    (!letters || rest.is_empty() || rest.ends_with([' ', '’', '\''])).then(|| rest.trim_end())
}

/// Name and office of an entry that starts with a title.
fn parse_guest(entry: &str, rule: Option<u8>) -> Option<Guest> {
    let end = AFTER.iter().filter_map(|a| entry.find(a)).min().unwrap_or(entry.len());
    let entry = &entry[..end];
    let (name, role) = entry.split_once(',').unwrap_or((entry, ""));
    let declined = DECLINED.iter().find_map(|t| name.strip_prefix(t));
    let name = declined.unwrap_or_else(|| address::without_title(name));
    let name: Vec<String> = name_words(name);
    if name.is_empty() || name.len() > 9 {
        return None;
    }
    // A Russian office is in the case that the verb takes and not in the nominative.
    let role = if declined.is_some() { None } else { parse_office(role) };
    Some(Guest { name, role, rule })
}

/// The words of a name, folded, without punctuation.
fn name_words(name: &str) -> Vec<String> {
    let words = name.split([' ', ';', '.', ':']).filter(|word| !word.is_empty());
    words
        .map(|w| fold_text(w.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|w| !w.is_empty())
        .collect()
}

/// The words after a name as an office, if they are one.
fn parse_office(words: &str) -> Option<String> {
    let mut words = words.trim();
    // ", and request her to take a seat": a clause, unless another office follows.
    while let Some(at) =
        words.rfind(", and ").filter(|at| words[at + 6..].starts_with(char::is_lowercase))
    {
        words = &words[..at];
    }
    loop {
        let shorter = words.trim_end_matches([',', ';', '.', ':', ' ']);
        let shorter = [" and", " et", " y", ";and"]
            .iter()
            .find_map(|w| shorter.strip_suffix(w))
            .unwrap_or(shorter);
        if shorter.len() == words.len() {
            break;
        }
        words = shorter;
    }
    let words = words.strip_prefix("the ").unwrap_or(words);
    let sound = !words.is_empty() && words.len() <= LONGEST && !words.contains([':', '?', '!']);
    (sound && address::is_role(words)).then(|| words.to_owned())
}

/// The guest whom a form of address names; `None` if there is none or more than one.
pub(super) fn find_guest<'a>(
    guests: &'a [Guest],
    name: &str,
    language: &Language,
) -> Option<&'a Guest> {
    if *language == Language::Chinese {
        let whole = fold_text(name);
        return guests
            .iter()
            .find(|g| whole.chars().count() > 2 && g.name.iter().any(|n| n.contains(&whole)));
    }
    let words = name_words(address::without_title(name));
    if words.is_empty() || words.iter().all(|word| word.chars().count() < 2) {
        return None;
    }
    let same = |one: &str, other: &str| match language {
        Language::Russian => is_same_stem(one, other),
        _ => one == other,
    };
    let named = |guest: &&Guest| {
        guest.name.windows(words.len()).any(|run| run.iter().zip(&words).all(|(a, b)| same(a, b)))
    };
    let mut found = guests.iter().filter(named);
    let first = found.next()?;
    let mut best = first;
    for other in found {
        let one = [&first.name, &other.name].map(|n| n.join(" "));
        if !one[0].contains(&one[1]) && !one[1].contains(&one[0]) {
            return None;
        }
        let more = |g: &Guest| (g.rule.is_some(), g.role.is_some());
        if more(other) > more(best) {
            best = other;
        }
    }
    Some(best)
}

/// Whether a folded text contains a folded Russian name, in any grammatical case.
pub(super) fn contains_declined(text: &str, name: &str) -> bool {
    let name: Vec<&str> = name.split(' ').collect();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    words.windows(name.len()).any(|run| run.iter().zip(&name).all(|(a, b)| is_same_stem(a, b)))
}

/// Whether two Russian words differ in their endings only.
fn is_same_stem(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.chars().count(), other.chars().count());
    shared == one.min(other) && shared >= 2 && one.abs_diff(other) <= 2
        || shared >= 3 && one.max(other) - shared <= 3
}
