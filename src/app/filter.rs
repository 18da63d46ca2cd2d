//! The filter of a list: every word typed must begin a word of the row.

use crate::record::fold;

/// Whether a word, or more than one with signs between, is in a text and does not begin inside another word.
/// Chinese sets no spaces: there it may begin anywhere.
fn begins_a_word(word: &str, text: &str) -> bool {
    let free = |c: char| !c.is_alphanumeric() || c >= '\u{2E80}';
    let anywhere = word.chars().next().is_none_or(free);
    text.match_indices(word)
        .any(|(at, _)| anywhere || text[..at].chars().next_back().is_none_or(free))
}

/// The words of a filter, folded: every one must begin a word of the row, so a year filters too. Prefixes
/// count, because one is still typing.
#[derive(Clone, Debug, Default)]
pub struct FilterWords(Vec<String>);

impl FilterWords {
    /// The words of what was typed.
    pub fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(fold::text).collect())
    }

    /// Whether anything was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word begins a word of a folded text.
    pub fn matches(&self, folded: &str) -> bool {
        self.0.iter().all(|word| begins_a_word(word, folded))
    }
}
