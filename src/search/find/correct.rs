//! Finds the word that was meant where one letter is left out, added, replaced, or swapped with the next.

use std::collections::HashSet;

use super::also_called::Kind;
use super::haystack::Haystack;
use super::meaning::{Form, Term};
use crate::facts::states;

/// The fewest letters of a word that is corrected.
const FEWEST: usize = 4;
/// The most words that one is corrected to.
const MOST: usize = 8;

/// Adds to a term the States and the words of names that are almost as it was typed, and tells whether there are any.
pub(super) fn add_corrections(hay: &Haystack, term: &mut Term, has_start: bool) -> bool {
    let typed = term.typed().to_owned();
    let letters: Vec<char> = typed.chars().filter(|c| !is_mark(*c)).collect();
    // The letters of a number are not mistyped: another number is another thing.
    if letters.len() + 1 < FEWEST || letters.iter().any(char::is_ascii_digit) {
        return false;
    }
    let before = term.forms.len();
    // Three letters are a name of four that lacks one.
    let fits = |name: &str| letters.len() >= FEWEST || name.chars().count() == FEWEST;
    for state in states::named_where(|name| fits(name) && is_almost(&letters, name)) {
        term.push_state(&state, Form::CorrectedState);
    }
    if letters.len() >= FEWEST && !has_start {
        for word in almost_in_names(hay, &letters, term.forms[0].letters) {
            term.push(&word, Form::Corrected);
        }
    }
    term.forms.len() > before
}

/// The words of names that are almost as these letters, those of the smaller kinds first.
fn almost_in_names(hay: &Haystack, letters: &[char], set: u64) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for at in 0..hay.len() {
        if found.len() >= MOST || hay.kind(at) >= Kind::Record {
            break;
        }
        // A replaced letter is the only one that a line may lack.
        if (set & !hay.letters(at)).count_ones() > 1 {
            continue;
        }
        for word in words_of(hay.fold(at)) {
            if is_almost(letters, word) && seen.insert(word) {
                found.push(word.to_owned());
            }
        }
    }
    found.truncate(MOST);
    found
}

/// The words of a folded line, between white space and without the marks around them, and the parts of those with a hyphen.
fn words_of(fold: &str) -> impl Iterator<Item = &str> {
    fold.split_whitespace().flat_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let parts = word.split(|c: char| !c.is_alphanumeric());
        std::iter::once(word).chain(parts.filter(move |part| part.len() < word.len()))
    })
}

/// Whether a text becomes these letters by one slip: a letter left out, added, replaced, or swapped with the next. The
/// hyphens and apostrophes of the text do not count.
fn is_almost(letters: &[char], text: &str) -> bool {
    let mut other: [char; 64] = ['\0'; 64];
    let mut count = 0;
    for c in text.chars() {
        if is_mark(c) {
            continue;
        }
        if count == other.len() || count > letters.len() {
            return false;
        }
        other[count] = c;
        count += 1;
    }
    one_slip(letters, &other[..count])
}

/// Whether a character within a name is often left out.
fn is_mark(c: char) -> bool {
    matches!(c, '-' | '\'' | '.')
}

/// Whether two words are one slip apart, or equal.
fn one_slip(typed: &[char], meant: &[char]) -> bool {
    if typed.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[start..], &meant[start..]);
    let end = typed.iter().rev().zip(meant.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&typed[..typed.len() - end], &meant[..meant.len() - end]) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_slip_is_a_distance_of_at_most_one(a in "[abc]{0,7}", b in "[abc]{0,7}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let near = strsim::osa_distance(&a, &b) <= 1;
            prop_assert_eq!(one_slip(&letters(&a), &letters(&b)), near, "{} {}", a, b);
        }
    }

    #[test]
    fn marks_within_a_name_do_not_count() {
        let almost = |typed: &str, text: &str| is_almost(&typed.chars().collect::<Vec<_>>(), text);
        for (typed, text) in [
            ("kazahstan", "kazakhstan"),
            ("sudna", "sudan"),
            ("irran", "iran"),
            ("nonproliferation", "non-proliferation"),
            ("jaafari", "ja'afari"),
            ("almoualimi", "al-mouallimi"),
        ] {
            assert!(almost(typed, text), "{typed} {text}");
        }
        for (typed, text) in [("sudan", "judaea"), ("mali", "malawi"), ("", "ab")] {
            assert!(!almost(typed, text), "{typed} {text}");
        }
    }
}
