//! Lines of a source, with what was around each, and their width.
//!
//! Records are set in Times. Its advance widths (Adobe's font metrics, in thousandths of an em) tell a
//! short line from a full one far better than a count of characters.

pub mod join;

use crate::import::words::{is_arabic, is_wide};
use crate::record::sentences::ends_in_abbreviation;

/// A line that is part of the record: no page header or footer, not blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The words, separated by single spaces.
    pub text: String,
    /// Printed page, where known.
    pub page: Option<u32>,
    /// A blank line was before it, other than around the header of a page.
    pub after_blank: bool,
    /// A page turned before it.
    pub after_turn: bool,
    /// Whether a paragraph starts with it, where the source shows that.
    pub starts: Option<bool>,
    /// The weight of its letters; all zero where the source does not know it.
    pub letters: LetterCounts,
}

/// How many letters and digits a line has, and how many of them are bold and italic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterCounts {
    /// All letters and digits.
    pub letters: usize,
    /// The bold ones.
    pub bold: usize,
    /// The italic ones.
    pub italic: usize,
    /// The bold ones at the start, before the first that is not.
    pub head: usize,
}

impl LetterCounts {
    /// Adds the letters that follow these.
    pub fn append(&mut self, next: &Self) {
        if self.head == self.letters {
            self.head += next.head;
        }
        self.letters += next.letters;
        self.bold += next.bold;
        self.italic += next.italic;
    }

    /// At least nine letters in ten are bold.
    pub fn is_bold(&self) -> bool {
        self.letters > 0 && self.bold * 10 >= self.letters * 9
    }

    /// At least nine letters in ten are italic.
    pub fn is_italic(&self) -> bool {
        self.letters > 0 && self.italic * 10 >= self.letters * 9
    }
}

impl Line {
    /// A line with these words and nothing else known about it.
    #[cfg(test)]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// A line of the source, or a mark between lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceLine {
    /// Words.
    Words(String),
    /// Nothing but space.
    Blank,
    /// A form feed: the source marks a page turn.
    Feed,
    /// An indent: a paragraph starts with the next line.
    Indent,
}

impl SourceLine {
    /// The words, if it has any.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Blank | Self::Feed | Self::Indent => None,
        }
    }
}

/// Splits a decoded text into lines with single spaces.
pub fn split_lines(text: &str) -> Vec<SourceLine> {
    let mut raw = Vec::new();
    for (index, sheet) in text.split('\u{c}').enumerate() {
        if index > 0 {
            raw.push(SourceLine::Feed);
        }
        for line in sheet.lines() {
            let words = single_spaced(line);
            raw.push(if words.is_empty() { SourceLine::Blank } else { SourceLine::Words(words) });
        }
    }
    raw
}

/// The words of a line, separated by single spaces.
pub fn single_spaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text ends a sentence; closing quotes and brackets after the stop are ignored.
pub fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', '）', ']', '」', '』']);
    let closed = core.len() < text.len();
    match core.chars().next_back() {
        Some('.') => !ends_in_abbreviation(core),
        Some('!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔') => true,
        // A closing mark with no stop before it: "(S/2019/823)" or a quotation.
        _ => closed && text.ends_with(['”', '»', '"', ')', '）']),
    }
}

/// The width of a line in thousandths of an em.
pub fn line_width(line: &str) -> u32 {
    line.chars().map(letter_width).fold(0, u32::saturating_add)
}

/// The width of one character; that of other scripts than Latin is estimated.
pub fn letter_width(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' | '|' => 278,
        ' ' | '.' | ',' => 250,
        'f' | 'r' | 'I' | '-' | '(' | ')' | '’' | '‘' | '\'' | '!' => 333,
        's' | 'J' => 389,
        'a' | 'c' | 'e' | 'z' | '?' | '“' | '”' => 444,
        'F' | 'P' | 'S' => 556,
        'E' | 'L' | 'T' | 'Z' => 611,
        'B' | 'C' | 'R' => 667,
        'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' | 'w' => 722,
        'm' => 778,
        'M' => 889,
        'W' => 944,
        '—' | '…' => 1000,
        'á' | 'à' | 'â' | 'ä' | 'é' | 'è' | 'ê' | 'ë' | 'ç' => 444,
        'í' | 'ì' | 'î' | 'ï' => 278,
        'а' | 'в' | 'е' | 'з' | 'э' | 'ь' | 'с' => 450,
        'г' | 'т' | 'ч' => 430,
        'ж' | 'ф' | 'ш' | 'щ' | 'ю' | 'м' | 'ы' => 690,
        c if is_wide(c) => 1000,
        c if is_arabic(c) => 400,
        c if c.is_uppercase() => 700,
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        for yes in ["so.", "so.”", "so?", "决定。", "(S/2019/823)", "a.m.", "«да»."] {
            assert!(ends_sentence(yes), "{yes}");
        }
        for no in ["so", "so,", "Mr.", "the Secretary-", "I thank Sra.", "2024 г.", ""] {
            assert!(!ends_sentence(no), "{no}");
        }
    }

    #[test]
    fn splitting() {
        let raw = split_lines(" a   b \n\n\u{c}c");
        assert_eq!(
            raw,
            [
                SourceLine::Words("a b".into()),
                SourceLine::Blank,
                SourceLine::Feed,
                SourceLine::Words("c".into())
            ]
        );
    }
    #[test]
    fn widths() {
        assert_eq!(line_width("Will."), 944 + 3 * 278 + 250);
        assert_eq!(line_width("决定"), 2000);
        assert!(line_width("mmmm") > line_width("iiii") * 2);
    }
}
