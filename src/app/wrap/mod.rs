//! Text into screen rows: where each row starts and ends in the original text, and how many
//! columns it takes.
//!
//! Breaks follow the Unicode line breaking algorithm (UAX #14) and are taken greedily, first fit;
//! a word too long for a row is broken between grapheme clusters. Two places are tailored, as
//! UAX #14 section 8 allows: a hyphen breaks only between letters or digits, and a slash between
//! ASCII letters or digits does not break, so that a document symbol (S/PRST/2019/15) stays whole.
//!
//! Not here: styles, bidirectional order (the text stays in logical order and the terminal turns
//! it) and drawing. Text is expected to be harmless (`record::harmless`) already; a control
//! character that comes all the same takes no column, as ratatui does not draw it.

use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// The bytes around a place that decide whether a cluster is cut there.
const NEAR: usize = 256;

/// One screen row of a wrapped text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrappedRow {
    /// Where the row starts in the original text, in bytes, on a character boundary.
    pub start: usize,
    /// Where it ends, white space at the end of the row excluded.
    pub end: usize,
    /// How many columns it takes, never more than the width asked for.
    pub width: u16,
}

/// How many columns a text takes on the screen: the sum over its grapheme clusters, counted as
/// ratatui counts when it draws them, so that both always agree.
///
/// The sum, not the width of the whole: `unicode-width` counts an Arabic lam and alef together as
/// one column, but a terminal gives each cluster its own cell.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return text.len();
    }
    text.graphemes(true).map(cluster_columns).sum()
}

/// The columns of one grapheme cluster.
fn cluster_columns(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    // Halfwidth sound marks extend a cluster but have a cell of their own (ratatui counts so too).
    cluster.width() + cluster.matches(['\u{FF9E}', '\u{FF9F}']).count()
}

/// The rows of a text at a width, at least one for each line of it (lines end at `\n`).
///
/// Together with the white space between them the rows hold the whole text, in order. At a width
/// of 0 the text is laid out as at 1 with rows of no width. A cluster of two columns in a width of
/// 1 has a row of its own whose width is given as 1: it cannot be shown, and ratatui, which clips
/// at the edge, leaves that row blank, so nothing overflows and the place still exists.
#[must_use]
pub fn wrap(text: &str, width: u16) -> Vec<WrappedRow> {
    wrap_indented(text, width, 0)
}

/// The same with a first row that has `indent` columns fewer, at least one.
#[must_use]
pub fn wrap_indented(text: &str, width: u16, indent: u16) -> Vec<WrappedRow> {
    let mut rows = Rows { done: Vec::new(), width, indent };
    let mut base = 0;
    for line in text.split('\n') {
        rows.line(line, base);
        base += line.len() + 1;
    }
    rows.done
}

/// The rows finished so far.
struct Rows {
    done: Vec<WrappedRow>,
    width: u16,
    /// The columns that the first row has fewer.
    indent: u16,
}

impl Rows {
    /// The columns of the row that is open.
    fn limit(&self) -> usize {
        let indent = if self.done.is_empty() { self.indent } else { 0 };
        usize::from(self.width.saturating_sub(indent).max(1))
    }

    /// Adds the rows of one line, which starts at the byte `base` of the text.
    fn line(&mut self, line: &str, base: usize) {
        let (mut start, mut end, mut used) = (0, 0, 0);
        // White space is paid for only when a word follows it on the same row.
        let mut gap = 0;
        let mut at = 0;
        for next in breaks(line) {
            let piece = &line[at..next];
            let word = piece.trim_end();
            let wide = columns(word);
            if !word.is_empty() && used + gap + wide > self.limit() {
                // A row of white space alone, at the head of a line, is not worth a row.
                if end > start {
                    self.push(base, start, end, used);
                }
                (start, used) = match wide > self.limit() {
                    true => self.long_word(word, base, at),
                    false => (at, wide),
                };
                (end, gap) = (at + word.len(), 0);
            } else if !word.is_empty() {
                (end, used) = (at + word.len(), used + gap + wide);
                gap = 0;
            }
            gap += columns(&piece[word.len()..]);
            at = next;
        }
        self.push(base, start, end, used);
    }

    /// Breaks a word wider than a row between grapheme clusters; the rows that are full are added,
    /// and the start and width of the last, still open one returned.
    ///
    /// A word may hold white space where UAX #14 allows no break (before a full stop, say); a row
    /// neither begins nor ends with it here either.
    fn long_word(&mut self, word: &str, base: usize, at: usize) -> (usize, usize) {
        let (mut from, mut used) = (0, 0);
        for (offset, cluster) in word.grapheme_indices(true) {
            let wide = cluster_columns(cluster);
            if used > 0 && used + wide > self.limit() {
                let row = word[from..offset].trim_end();
                self.push(base, at + from, at + from + row.len(), columns(row));
                (from, used) = (offset, 0);
            }
            if offset == from && cluster.trim_end().is_empty() {
                from = offset + cluster.len();
            } else {
                used += wide;
            }
        }
        (at + from, used)
    }

    fn push(&mut self, base: usize, start: usize, end: usize, used: usize) {
        let width = u16::try_from(used).unwrap_or(u16::MAX).min(self.width);
        self.done.push(WrappedRow { start: base + start, end: base + end, width });
    }
}

/// Every place where the line may be broken, and its end, in order.
fn breaks(line: &str) -> Vec<usize> {
    plain_breaks(line).unwrap_or_else(|| unicode_breaks(line))
}

/// The same for a line of plain words, which most are, in a fraction of the time: letters and
/// digits of ASCII with the usual punctuation where it usually is. None where anything else
/// is met, whose rules are not worth writing twice.
fn plain_breaks(line: &str) -> Option<Vec<usize>> {
    let word = |c: char| c.is_ascii_alphanumeric();
    let quote = |c: char| matches!(c, '"' | '\'');
    let ends_phrase =
        |c: char| quote(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '’');
    let first = line.chars().next();
    let plain_begin = first.is_none_or(|c| word(c) || quote(c) || matches!(c, ' ' | '(' | '“'));
    if !plain_begin || line.ends_with(['-', '/', '(', '“']) {
        return None;
    }
    let mut found = Vec::with_capacity(line.len() / 6);
    let (mut earlier, mut before) = (' ', first.unwrap_or(' '));
    let mut rest = line.char_indices().skip(1).peekable();
    while let Some((place, after)) = rest.next() {
        let next = rest.peek().map_or(' ', |&(_, c)| c);
        match (before, after) {
            (a, b) if word(a) && word(b) => {}
            (' ', ' ') => {}
            (a, ' ') if word(a) || ends_phrase(a) => {}
            (' ', b) if word(b) => found.push(place),
            (' ', b) if (quote(b) || matches!(b, '(' | '“')) && !quote(earlier) => {
                found.push(place)
            }
            (a, b) if word(a) && (ends_phrase(b) || b == '(') => {}
            ('(' | '“' | '’' | '"' | '\'', b) if word(b) => {}
            (')' | '”' | '"' | '\'', '.' | ',' | ';' | ':' | '!' | '?') => {}
            ('.' | ',' | '!' | '?', '”' | '"') => {}
            ('.' | ',' | ':', b) if b.is_ascii_digit() && earlier.is_ascii_digit() => {}
            ('.', b) if b.is_ascii_alphabetic() => {}
            (a, '-' | '/') if word(a) && word(next) => {}
            ('-', b) if word(b) => found.push(place),
            ('/', b) if word(b) => {}
            _ => return None,
        }
        (earlier, before) = (before, after);
    }
    if !line.is_empty() {
        found.push(line.len());
    }
    Some(found)
}

/// The same by the whole of the rules.
fn unicode_breaks(line: &str) -> Vec<usize> {
    // textwrap 0.16.4 forgets the last break of a line that ends with a hyphen, hard or soft: such
    // a line is read with another word after it.
    if line.ends_with(['-', '\u{AD}']) {
        let mut found = unicode_breaks(&format!("{line} x"));
        found.retain(|&at| at < line.len());
        found.push(line.len());
        return found;
    }
    let mut found = Vec::new();
    let mut at = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let begin = at;
        at += word.word.len() + word.whitespace.len();
        let inside = WordSplitter::HyphenSplitter.split_points(word.word);
        let points = inside.into_iter().map(|point| begin + point).chain([at]);
        found.extend(points.filter(|&point| point == line.len() || may_break(line, point)));
    }
    found
}

/// Whether the tailoring leaves a break at this place, and no cluster is cut by it.
fn may_break(line: &str, at: usize) -> bool {
    let bytes = line.as_bytes();
    let before = at.checked_sub(1).and_then(|last| bytes.get(last)).copied().unwrap_or(b' ');
    let after = bytes.get(at).copied().unwrap_or(b' ');
    if before.is_ascii() && after.is_ascii() {
        let first = at.checked_sub(2).and_then(|first| bytes.get(first)).copied().unwrap_or(b' ');
        let in_symbol = before == b'/' && first.is_ascii_alphanumeric();
        return !(in_symbol && after.is_ascii_alphanumeric()) && (before, after) != (b'\r', b'\n');
    }
    // Whether a flag begins depends on all letters of flags before it: no more than these are counted.
    let start = line.floor_char_boundary(at.saturating_sub(NEAR));
    let near = &line[start..line.ceil_char_boundary((at + NEAR).min(line.len()))];
    GraphemeCursor::new(at - start, near.len(), true).is_boundary(near, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests;
