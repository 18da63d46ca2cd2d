//! Concordance: every match of a query on a line of its own, with the matched words in one column.
//!
//! The lines are made, sorted and fitted to a width here; records are loaded elsewhere.

use std::ops::Range;

use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::index::capacities;
use super::results::{Hit, Marker, OpenedRecord};
use super::words;
use crate::record::{Capacity, harmless};

/// Characters kept on either side of a match.
const AROUND: usize = 120;

/// The most bytes that are allowed for a character next to a match: a grapheme cluster may be as long as the text.
const CLUSTER: usize = 64;

/// The longest match that is shown whole, in bytes.
const LONGEST: usize = 1 << 12;

/// A match and the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Symbol of the record.
    pub symbol: String,
    /// Code of the edition's language.
    pub language: String,
    /// The day.
    pub date: Date,
    /// Number of the statement.
    pub statement: u32,
    /// The paragraph in it, from 0.
    pub paragraph: usize,
    /// The byte of the paragraph at which the match starts.
    pub byte: usize,
    /// The printed page of the match.
    pub page: Option<u32>,
    /// Title and name.
    pub speaker: String,
    /// The State spoken for; `None` in the chair.
    pub state: Option<String>,
    /// The words before it.
    pub left: String,
    /// The match.
    pub word: String,
    /// The words after it.
    pub right: String,
}

impl Line {
    /// The line as it is shown. It is made harmless before it is fitted, since a replaced character has a width.
    #[must_use]
    pub fn harmless(&self) -> Self {
        let safe = |text: &str| harmless::line(text).into_owned();
        let (left, word, right) = (safe(&self.left), safe(&self.word), safe(&self.right));
        Self { left, word, right, ..self.clone() }
    }
}

/// The order of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By the words before the match, from the nearest on.
    Left,
    /// By the words after it.
    Right,
    /// By the speaker's name, then the day.
    Speaker,
}

/// Calls `each` for the matches in the statement of a hit, in the order of the text, until it returns `false`.
pub fn each_line(
    record: &OpenedRecord,
    marker: &Marker,
    hit: &Hit,
    mut each: impl FnMut(Line) -> bool,
) {
    let Some(statement) = record.statement(hit.nth) else { return };
    let mut page = statement.page;
    let mut wanted = true;
    for (n, (paragraph, capacity)) in
        statement.paragraphs.iter().zip(capacities(statement)).enumerate()
    {
        if hit.capacity.is_none() || hit.capacity == capacity {
            marker.each(&paragraph.text, |at| {
                let (left, word, right) = split_around(&paragraph.text, &at);
                wanted = each(Line {
                    symbol: record.symbol.to_string(),
                    language: record.language.code().to_owned(),
                    date: record.date,
                    statement: statement.number,
                    paragraph: n,
                    byte: at.start,
                    page: paragraph.page_at(at.start).or(page),
                    speaker: statement.speaker.name.clone(),
                    state: (statement.speaker.state.clone())
                        .filter(|_| capacity != Some(Capacity::President)),
                    left,
                    word,
                    right,
                });
                wanted
            });
        }
        if !wanted {
            return;
        }
        page = paragraph.page_at(paragraph.text.len()).or(page);
    }
}

fn split_around(text: &str, at: &Range<usize>) -> (String, String, String) {
    let before = text.get(..at.start).unwrap_or("");
    let before =
        &before[before.floor_char_boundary(before.len().saturating_sub(AROUND * CLUSTER))..];
    let after = text.get(at.end..).unwrap_or("");
    let after = &after[..after.floor_char_boundary(AROUND * CLUSTER)];
    let from = before.grapheme_indices(true).rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = after.grapheme_indices(true).nth(AROUND).map_or(after.len(), |(at, _)| at);
    let word = text.get(at.clone()).unwrap_or("");
    let word = match &word[..word.floor_char_boundary(LONGEST)] {
        cut if cut.len() < word.len() => format!("{cut}\u{2026}"),
        whole => whole.to_owned(),
    };
    (before[from..].to_owned(), word, after[..to].to_owned())
}

/// The indexes of the lines in sorted order; the sort is stable.
pub fn sorted_indexes<'a>(lines: impl Iterator<Item = &'a Line>, by: Sort) -> Vec<usize> {
    let mut keys: Vec<(String, usize)> =
        lines.enumerate().map(|(n, line)| (sort_key(line, by), n)).collect();
    keys.sort();
    keys.into_iter().map(|(_, n)| n).collect()
}

fn sort_key(line: &Line, by: Sort) -> String {
    match by {
        Sort::Left => {
            let mut before: Vec<String> = Vec::new();
            words::each_word(&line.left, |word, _, _| before.push(word.to_owned()));
            before.reverse();
            // A separator below every letter, so that lines are compared word by word.
            before.join("\0")
        }
        Sort::Right => words::fold_name(&line.right),
        Sort::Speaker => words::fold_name(&line.speaker),
    }
}

/// The three parts of a line: `side` columns left of the match, cut or padded; the match; at most `side` columns right of
/// it. Wide characters take two columns.
pub fn fit_line(line: &Line, side: usize) -> (String, String, String) {
    let mut left: Vec<&str> = Vec::new();
    let mut taken = 0;
    for cluster in line.left.graphemes(true).rev() {
        taken += cluster.width();
        if taken > side {
            break;
        }
        left.push(cluster);
    }
    left.reverse();
    let left = left.concat();
    let pad = " ".repeat(side.saturating_sub(left.width()));
    let mut right = String::new();
    for cluster in line.right.graphemes(true) {
        if right.width() + cluster.width() > side {
            break;
        }
        right.push_str(cluster);
    }
    (pad + &left, line.word.clone(), right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: &str, right: &str) -> Line {
        Line {
            symbol: "S/PV.1".to_owned(),
            language: "en".to_owned(),
            date: Date::new(2020, 1, 2).unwrap(),
            statement: 1,
            paragraph: 0,
            byte: 0,
            page: None,
            speaker: String::new(),
            state: None,
            left: left.to_owned(),
            word: "W".to_owned(),
            right: right.to_owned(),
        }
    }

    #[test]
    fn the_match_is_in_one_column_whatever_is_beside_it() {
        for left in ["", "ab ", "安全理事会 ", "a long way before the ", "e\u{301}\u{301} "] {
            let (left, _, right) = fit_line(&line(left, " 安全理事会 and more"), 9);
            assert_eq!(left.width(), 9, "{left:?}");
            assert!(right.width() <= 9, "{right:?}");
        }
    }

    #[test]
    fn lines_are_ordered_by_what_is_beside() {
        let lines = [line("x b ", " Éa"), line("z a ", " eb"), line("y b ", " d")];
        assert_eq!(sorted_indexes(lines.iter(), Sort::Left), [1, 0, 2]);
        assert_eq!(sorted_indexes(lines.iter(), Sort::Right), [2, 0, 1]);
    }
}
