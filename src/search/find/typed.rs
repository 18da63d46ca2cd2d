//! Parses what is typed into Find: words, what they mean, and dates that must be in the line.

use std::cmp::Reverse;

use super::dates;
use super::haystack::letters_of;
use super::meaning::Meaning;
use super::score::{LONGEST, Pattern};
use crate::record::fold;

/// The most words; later ones are ignored, so that a pasted page does no harm.
const MOST_WORDS: usize = 24;

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Folded.
    pub(super) text: String,
    /// Prepared to be scored.
    pub(super) pattern: Pattern,
}

/// A parsed query.
#[derive(Clone, Debug, Default)]
pub(super) struct TypedQuery {
    /// What the words mean.
    pub(super) meaning: Meaning,
    /// The words as they are looked for by their letters, each once; the longest first, because it excludes the most
    /// lines.
    pub(super) words: Vec<Word>,
    /// The dates, as they are in lines: `2019-11-19`, `2019-11-`.
    pub(super) dates: Vec<String>,
    /// The set of letters that a line must have that is found by its letters.
    pub(super) letters: u64,
    /// The set of letters of the dates.
    pub(super) date_letters: u64,
}

impl TypedQuery {
    /// Parses a query. Words are separated by white space; commas, semicolons, colons and quotation marks around a word are
    /// dropped; a word typed twice counts once.
    pub(super) fn parse(query: &str) -> Self {
        let start: String = query.chars().take(LONGEST * MOST_WORDS).collect();
        let text = fold::shapes(&start);
        let parts: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
        let (mut typed, mut words, mut at) = (Self::default(), Vec::new(), 0);
        while at < parts.len() {
            if let Some((date, taken)) = dates::parse_at_start(&parts[at..]) {
                typed.date_letters |= letters_of(&date);
                typed.dates.push(date);
                at += taken;
            } else {
                words.push(typed.push(parts[at]));
                at += 1;
            }
        }
        typed.letters |= typed.date_letters;
        typed.meaning = Meaning::of(&words);
        typed.words.sort_by_key(|word| Reverse(word.text.len()));
        typed
    }

    fn push<'a>(&mut self, part: &'a str) -> &'a str {
        let bare = part.trim_matches([',', ';', ':', '"']);
        // A punctuation mark alone is looked for as it is.
        let word = if bare.is_empty() { part } else { bare };
        let text: String = word.chars().take(LONGEST).map(fold::shape).collect();
        if !self.words.iter().any(|w| w.text == text) {
            self.letters |= letters_of(&text);
            let pattern = Pattern::new(&text);
            self.words.push(Word { text, pattern });
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dates() {
        let read = |query: &str| {
            let typed = TypedQuery::parse(query);
            (typed.words.into_iter().map(|w| w.text).collect::<Vec<_>>(), typed.dates)
        };
        let (none, no_dates) = (Vec::<String>::new(), Vec::<String>::new());
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(read("  "), (none.clone(), no_dates.clone()));
        assert_eq!(read("Umarov,  Kazakhstan"), (words("kazakhstan umarov"), no_dates.clone()));
        assert_eq!(read("Côte d’Ivoire"), (words("d'ivoire cote"), no_dates.clone()));
        assert_eq!(read("“peace” peace PEACE"), (words("peace"), no_dates.clone()));
        assert_eq!(read("22 may 2014"), (none, words("2014-05-22")));
        assert_eq!(read("syria May 2014 veto"), (words("syria veto"), words("2014-05-")));
        assert_eq!(read("syria 2014"), (words("syria 2014"), no_dates.clone()));
        assert_eq!(read(", ,"), (words(","), no_dates));
    }

    #[test]
    fn a_pasted_page_is_cut() {
        let typed = TypedQuery::parse(&"abcdefgh ".repeat(100_000));
        assert_eq!(typed.words.len(), 1);
        let long = TypedQuery::parse(&"x".repeat(1_000_000));
        assert_eq!(long.words[0].text.len(), LONGEST);
        let many: String = (0..1_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(TypedQuery::parse(&many).words.len(), MOST_WORDS);
    }
}
