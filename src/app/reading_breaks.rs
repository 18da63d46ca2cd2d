//! Reading breaks: a wall of text parted into groups of sentences.
//!
//! The data set has each statement as one paragraph, often of 4,000 characters. The record keeps it so. Where
//! it is shown, a line ends after a few sentences, and a mark before the next one tells such a break from the
//! paragraphs of a printed record. Breaks depend on the text alone and not on the width.

use std::iter::Peekable;
use std::ops::Range;

use crate::record::sentences::{Sentences, sentences};

/// The number of characters from which on a paragraph is parted. Printed paragraphs of records are rarely
/// longer.
pub const LONG: usize = 900;

/// The number of characters that a group comes nearest to: seven lines of the usual width, and three to five
/// sentences.
const GROUP: usize = 500;

/// The fewest characters in the last group; fewer are part of the group before.
const LEAST: usize = 200;

/// The mark before a group of sentences that is no printed paragraph.
pub const MARK: &str = "·";

/// The columns that the first line of such a group is moved in, with the mark in the first.
pub const INDENT: u16 = 2;

/// The groups of a text, by their bytes; together they are the whole text. One group if it is short.
#[must_use]
pub fn groups(text: &str) -> Groups<'_> {
    let left = if text.len() > LONG { characters(text) } else { 0 };
    let part = left > LONG;
    Groups { text, sentences: sentences(if part { text } else { "" }).peekable(), from: 0, left }
}

/// The groups of a text, trimmed; the whole of it where the paragraphs of the record are `printed`.
pub fn grouped(text: &str, printed: bool) -> impl Iterator<Item = &str> {
    let whole = printed.then_some(text);
    let parted = groups(if printed { "" } else { text }).map(|at| text[at].trim());
    whole.into_iter().chain(parted)
}

/// Iterator over the groups of a text; see [`groups`].
#[derive(Clone, Debug)]
pub struct Groups<'a> {
    text: &'a str,
    /// Those not in a group yet; none if the text is not parted.
    sentences: Peekable<Sentences<'a>>,
    from: usize,
    /// The number of characters not in a group yet, where the text is parted.
    left: usize,
}

impl Iterator for Groups<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.from;
        if start >= self.text.len() {
            return None;
        }
        self.from = self.text.len();
        let mut taken = 0;
        while let Some(sentence) = self.sentences.next() {
            taken += characters(&self.text[sentence.clone()]);
            let Some(next) = self.sentences.peek() else { break };
            let further = taken + characters(&self.text[next.clone()]);
            let nearest = further > GROUP && GROUP.abs_diff(taken) <= GROUP.abs_diff(further);
            if nearest && self.left - taken >= LEAST {
                self.left -= taken;
                self.from = sentence.end;
                break;
            }
        }
        Some(start..self.from)
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sentence of this many characters.
    fn sentence(length: usize) -> String {
        format!("The {}.", "x".repeat(length - 5))
    }

    /// The lengths of the groups of sentences of these lengths, with the spaces between them.
    fn lengths(of: &[usize]) -> Vec<usize> {
        let text = of.iter().map(|length| sentence(*length)).collect::<Vec<_>>().join(" ");
        groups(&text).map(|at| at.len()).collect()
    }

    #[test]
    fn a_long_paragraph_is_parted_near_five_hundred_characters() {
        assert_eq!(lengths(&[99; 9]), [899], "short enough");
        assert_eq!(lengths(&[99; 10]), [500, 499]);
        assert_eq!(lengths(&[99; 16]), [500, 500, 599], "no group of a sentence at the end");
        assert_eq!(lengths(&[399, 299, 399, 299]), [400, 300, 400, 299]);
        assert_eq!(lengths(&[449, 449, 49, 449]), [450, 500, 449]);
        assert_eq!(lengths(&[1199]), [1199], "a sentence is never parted");
        assert_eq!(lengths(&[1199, 99, 99]), [1399], "what is left is too little");
        assert_eq!(lengths(&[1199, 199, 199]), [1200, 399]);
        assert_eq!(groups("").count(), 0);
        // Counted in characters, not in bytes.
        assert_eq!(groups(&"Это так. ".repeat(80)).count(), 1);
        assert_eq!(groups(&"我们同意这个决定。".repeat(101)).count(), 2);
    }

    #[test]
    fn paragraphs_that_are_printed_stay_whole() {
        let text = "We agree on this.  ".repeat(100);
        assert_eq!(grouped(&text, true).collect::<Vec<_>>(), [&text]);
        let parted: Vec<&str> = grouped(&text, false).collect();
        assert_eq!(parted.len(), 4);
        assert!(parted.iter().all(|group| group.starts_with("We") && group.ends_with("this.")));
    }

    proptest! {
        #[test]
        fn groups_are_the_text_and_end_where_sentences_do(
            sizes in prop::collection::vec(6usize..600, 0..30),
            rest in "\\PC{0,40}",
        ) {
            let text = sizes.iter().map(|size| sentence(*size) + " ").collect::<String>() + &rest;
            let ends: Vec<usize> = sentences(&text).map(|at| at.end).collect();
            let mut end = 0;
            for group in groups(&text) {
                prop_assert_eq!(group.start, end);
                prop_assert!(group.end > end && ends.contains(&group.end));
                end = group.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
