//! "|" and "1" where OCR misread "I" or "1": "and | thank", "(spoke in French): 1 thank", "Article | of".
//!
//! A letter is replaced only where the words beside it leave one reading: "I" before a verb of the first
//! person, "1" before a month, a scale or a second number, or after "Article". Everything else stays, such as
//! "annex |", which is "annex I" or "annex 1".

use crate::import::words::{first_bytes, last_bytes};

/// Words that follow "I" and, in small letters, neither a number nor a bar: verbs of the first person and
/// adverbs between it and them.
const AFTER_I: [&str; 78] = [
    "again",
    "agree",
    "also",
    "am",
    "apologize",
    "appeal",
    "appreciate",
    "ask",
    "assure",
    "begin",
    "believe",
    "call",
    "cannot",
    "commend",
    "conclude",
    "congratulate",
    "convey",
    "could",
    "declare",
    "deeply",
    "did",
    "do",
    "echo",
    "encourage",
    "express",
    "extend",
    "fully",
    "give",
    "had",
    "have",
    "hope",
    "invite",
    "join",
    "just",
    "know",
    "listened",
    "look",
    "may",
    "mentioned",
    "must",
    "need",
    "note",
    "now",
    "pay",
    "propose",
    "put",
    "recall",
    "recognize",
    "reiterate",
    "remain",
    "request",
    "resume",
    "said",
    "salute",
    "say",
    "second",
    "shall",
    "share",
    "should",
    "sincerely",
    "speak",
    "stress",
    "strongly",
    "suggest",
    "support",
    "take",
    "thank",
    "think",
    "too",
    "trust",
    "underscore",
    "urge",
    "want",
    "warmly",
    "welcome",
    "wholeheartedly",
    "wish",
    "would",
];
/// More such words, which a sentence that starts with a number could have as well ("1 was adopted").
const AFTER_BAR: [&str; 3] = ["can", "was", "will"];
/// Words that follow a number.
const AFTER_NUMBER: [&str; 18] = [
    "million",
    "billion",
    "trillion",
    "per",
    "p.m",
    "a.m",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Words that a number in Arabic digits follows. Annexes, sections and figures have Roman numbers too.
const BEFORE_NUMBER: [&str; 9] = [
    "article",
    "articles",
    "number",
    "no.",
    "paragraph",
    "paragraphs",
    "phases",
    "resolution",
    "resumption",
];
/// Words that join two numbers ("Articles 1 and 2", "1 to 10 March").
const JOINING: [&str; 4] = ["and", "to", "or", "through"];
/// Abbreviations after which a number is one ("No. 1 will").
const ABBREVIATED: [&str; 8] = ["no.", "nos.", "art.", "arts.", "para.", "paras.", "p.", "vol."];
/// The bytes around a letter that a note shows.
const AROUND: usize = 24;

/// A letter that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MendedLetter {
    /// What was read.
    pub was: char,
    /// What it is.
    pub now: char,
    /// The words around it, as they were.
    pub around: String,
}

/// Replaces misread letters.
pub(super) fn mend_letters(text: &mut String) -> Vec<MendedLetter> {
    // A search for one character is several times faster than a look at every byte.
    let bars = text
        .match_indices('|')
        .filter_map(|(at, _)| read_bar(&text[..at], &text[at + 1..]).map(|now| (at, now)));
    let ones = text.match_indices('1').map(|(at, _)| at);
    let ones = ones.filter(|at| is_misread_one(&text[..*at], &text[at + 1..])).map(|at| (at, 'I'));
    let mut found: Vec<(usize, char)> = bars.chain(ones).collect();
    found.sort_unstable();
    let around = |at: usize| {
        let (before, after) = (last_bytes(&text[..at], AROUND), first_bytes(&text[at..], AROUND));
        format!("{before}{after}").trim().to_owned()
    };
    let mended: Vec<MendedLetter> = found
        .iter()
        .map(|&(at, now)| MendedLetter {
            was: char::from(text.as_bytes()[at]),
            now,
            around: around(at),
        })
        .collect();
    for &(at, now) in found.iter().rev() {
        // "|would" lost its space as well.
        let glued = text[at + 1..].starts_with(char::is_alphabetic);
        let (letter, letter_and_space) = if now == 'I' { ("I", "I ") } else { ("1", "1 ") };
        text.replace_range(at..=at, if glued { letter_and_space } else { letter });
    }
    mended
}

/// What a bar between these texts is, if that is certain.
fn read_bar(before: &str, after: &str) -> Option<char> {
    if !(before.is_empty() || before.ends_with([' ', '"', '“', '('])) {
        return None;
    }
    let next = first_word(after);
    if AFTER_I.binary_search(&next).is_ok() || AFTER_BAR.contains(&next) {
        return Some('I');
    }
    if !after.starts_with(' ') {
        return None;
    }
    let last = before.trim_end().rsplit(' ').next().unwrap_or("");
    let joined = || {
        let rest = &after.trim_start()[next.len()..];
        let number = rest.trim_start();
        JOINING.contains(&next)
            && (number.starts_with(|c: char| c.is_ascii_digit())
                || AFTER_NUMBER.contains(&first_word(number)))
    };
    let named = BEFORE_NUMBER.iter().any(|word| last.eq_ignore_ascii_case(word));
    (AFTER_NUMBER.contains(&next) || named || joined()).then_some('1')
}

/// Whether a "1" between these texts is "I": it starts a sentence, and a verb of the first person follows.
fn is_misread_one(before: &str, after: &str) -> bool {
    if !after.starts_with(' ') || !(before.is_empty() || before.ends_with(' ')) {
        return false;
    }
    let before = before.trim_end();
    let starts = before.is_empty() || before.ends_with("):") || before.ends_with(['.', '!', '?']);
    starts && AFTER_I.binary_search(&first_word(after)).is_ok() && {
        let last = before.rsplit(' ').next().unwrap_or("");
        !ABBREVIATED.iter().any(|word| last.eq_ignore_ascii_case(word))
    }
}

/// The letters at the start of a text, after at most one space; with full stops within them ("p.m").
fn first_word(text: &str) -> &str {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let end = text.find(|c: char| !(c.is_alphabetic() || c == '.')).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, usize) {
        let mut text = text.to_owned();
        let found = mend_letters(&mut text);
        (text, found.len())
    }

    #[test]
    fn the_words_after_are_sorted() {
        assert!(AFTER_I.is_sorted());
    }

    #[test]
    fn a_bar_is_what_its_neighbours_leave() {
        for (text, want) in [
            ("| thank the well.", "I thank the well."),
            (
                "Ms. Vey (Chad) (spoke in French): | am glad",
                "Ms. Vey (Chad) (spoke in French): I am glad",
            ),
            ("the wells, and | reiterate", "the wells, and I reiterate"),
            ("(spoke in Spanish): |would like", "(spoke in Spanish): I would like"),
            ("We dig. | will dig.", "We dig. I will dig."),
            ("He said: \"| wish it\"", "He said: \"I wish it\""),
            ("Articles | and 2 of the Charter", "Articles 1 and 2 of the Charter"),
            ("as Article | says", "as Article 1 says"),
            ("more than | million wells", "more than 1 million wells"),
            ("until | p.m. and then", "until 1 p.m. and then"),
            ("since | December", "since 1 December"),
            ("from | to 10 March", "from 1 to 10 March"),
            ("between 2 May and | June", "between 2 May and 1 June"),
            ("from February | to February 20", "from February 1 to February 20"),
            ("in paragraph | of it", "in paragraph 1 of it"),
        ] {
            assert_eq!(mended(text), (want.to_owned(), 1), "{text}");
        }
        for text in [
            "see annex | and its enclosure",
            "in section | of it",
            "figure | and table 2",
            "the well |. extraordinary",
            "TW |hen a well",
            "a | b | c",
            "x|would",
            "wells | stated",
            "|",
            "",
        ] {
            assert_eq!(mended(text), (text.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn a_one_is_a_letter_only_where_a_sentence_starts_with_a_verb() {
        for (text, want) in [
            ("1 thank the well.", "I thank the well."),
            (
                "The President (spoke in French): 1 now give",
                "The President (spoke in French): I now give",
            ),
            ("We agree. 1 commend it.", "We agree. I commend it."),
        ] {
            assert_eq!(mended(text), (want.to_owned(), 1), "{text}");
        }
        for text in [
            "The A3+ 1 welcomes it, and the P5+ 1 also",
            "none against and 1 abstention",
            "Well No. 1 must be dug",
            "about 1 million. 1 million and 1 would do",
            "the following: 1 support",
            "We agree. 1. Support",
            "In 2021 1 well",
            "1 was dug",
            "resolution 1 (2020)",
        ] {
            assert_eq!(mended(text), (text.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn every_change_is_told_with_the_words_around_it() {
        let mut text = "Ms. Vey: | am glad, and | thank you.".to_owned();
        let found = mend_letters(&mut text);
        assert_eq!(text, "Ms. Vey: I am glad, and I thank you.");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].was, found[0].now), ('|', 'I'));
        assert_eq!(found[0].around, "Ms. Vey: | am glad, and | thank y");
    }
}
