//! Glyphs into lines: by their places on the page, in columns where it has them.

use super::content::{Glyph, GlyphText};
use crate::import::lines::{LetterCounts, Line};
use crate::import::words::first_bytes;

/// The most bytes of a line that are used of a cover page; no printed line is longer.
const LONGEST: usize = 1_000;
/// How far apart two baselines of one line may be, in points.
const SAME_LINE: f64 = 2.5;
/// Letters smaller than this share of their neighbours are superscripts or subscripts.
const RAISED: f32 = 0.8;
/// A gap wider than this share of the size is a space.
const SPACE: f64 = 0.14;

/// A line of a page, or of a column of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PlacedLine {
    /// The words, separated by single spaces.
    pub(super) text: String,
    /// The page of the file, from 0.
    pub(super) page: usize,
    /// 0 for the left or only column, 1 for the right one.
    pub(super) column: usize,
    /// Left end, in points.
    pub(super) x: f64,
    /// Right end.
    pub(super) end: f64,
    /// Baseline, in points from the bottom.
    pub(super) y: f64,
    /// Size of most of its letters.
    pub(super) size: f64,
    /// The weight of its letters.
    pub(super) letters: LetterCounts,
}

impl PlacedLine {
    /// The line without its place, for the functions that text and PDF share.
    pub(super) fn to_plain(&self) -> Line {
        Line { text: first_bytes(&self.text, LONGEST).to_owned(), ..Line::default() }
    }

    /// Adds a glyph, with a space before it if there is a gap.
    fn push(&mut self, glyph: &Glyph) {
        let gap = glyph.x - self.end;
        let space = glyph.text.is_space();
        let apart = space || (!self.text.is_empty() && gap > SPACE * f64::from(glyph.size));
        if apart && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.end = self.end.max(glyph.end);
        if space {
            return;
        }
        let before = self.text.len();
        match &glyph.text {
            GlyphText::One(c) => push_char(&mut self.text, *c),
            GlyphText::More(text) => text.chars().for_each(|c| push_char(&mut self.text, c)),
        }
        let letters = self.text[before..].chars().filter(|c| c.is_alphanumeric()).count();
        let (bold, italic) = (usize::from(glyph.bold), usize::from(glyph.italic));
        self.letters.append(&LetterCounts {
            letters,
            bold: bold * letters,
            italic: italic * letters,
            head: bold * letters,
        });
    }

    /// Adds a line that is on the same baseline to the right.
    pub(super) fn append(&mut self, other: &Self) {
        let gap = other.x - self.end;
        let apart = gap > SPACE * other.size || other.text.starts_with(' ');
        if apart && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        let apart = self.text.ends_with(' ');
        self.text.push_str(if apart { other.text.trim_start() } else { &other.text });
        self.end = self.end.max(other.end);
        self.letters.append(&other.letters);
    }
}

/// Adds a character. Ligatures become letters, control characters are dropped.
fn push_char(text: &mut String, c: char) {
    match c {
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        'ﬅ' | 'ﬆ' => text.push_str("st"),
        c if c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{E000}'..='\u{F8FF}') => {}
        c => text.push(c),
    }
}

/// The rows of a page from top to bottom, across its columns.
pub(super) fn split_rows(glyphs: &[&Glyph], page: usize) -> Vec<PlacedLine> {
    let mut order: Vec<&Glyph> = glyphs.to_vec();
    order.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    let mut top = f64::INFINITY;
    for glyph in order {
        if top - glyph.y > SAME_LINE {
            rows.push(Vec::new());
            top = glyph.y;
        }
        if let Some(row) = rows.last_mut() {
            row.push(glyph);
        }
    }
    merge_raised(&mut rows);
    rows.iter_mut().filter_map(|row| build_line(row, page, 0)).collect()
}

/// Moves superscripts and subscripts ("9998th", "CO2") into the row they belong to.
fn merge_raised(rows: &mut Vec<Vec<&Glyph>>) {
    let mut at = 0;
    while at < rows.len() {
        let inside = |other: Option<&Vec<&Glyph>>| {
            other.is_some_and(|other| rows[at].iter().all(|glyph| is_beside(glyph, other)))
        };
        if inside(rows.get(at + 1)) {
            let small = rows.remove(at);
            rows[at].extend(small);
        } else if at > 0 && inside(rows.get(at - 1)) {
            let small = rows.remove(at);
            rows[at - 1].extend(small);
        } else {
            at += 1;
        }
    }
}

/// Whether a small letter is next to a larger one of a row, a little above or below its baseline.
fn is_beside(glyph: &Glyph, row: &[&Glyph]) -> bool {
    row.iter().any(|large| {
        let size = f64::from(large.size);
        glyph.size < RAISED * large.size
            && (glyph.y - large.y).abs() < 0.55 * size
            && glyph.x > large.x
            && glyph.x - large.end < 1.2 * size
    })
}

/// Builds a line of glyphs that share a baseline.
fn build_line(row: &mut [&Glyph], page: usize, column: usize) -> Option<PlacedLine> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let first = row.iter().find(|g| !g.text.is_space())?;
    let mut line = PlacedLine {
        page,
        column,
        x: first.x,
        end: first.x,
        y: first.y,
        size: f64::from(first.size),
        ..PlacedLine::default()
    };
    let mut before: Option<&Glyph> = None;
    for glyph in row.iter().skip_while(|g| g.text.is_space()) {
        // Some files draw a letter twice to make it bold.
        let twice = before.is_some_and(|b| b.text == glyph.text && (b.x - glyph.x).abs() < 0.6);
        if !twice || glyph.text.is_space() {
            line.push(glyph);
        }
        before = Some(glyph);
    }
    line.text.truncate(line.text.trim_end().len());
    let mut sizes: Vec<f32> = row.iter().filter(|g| !g.text.is_space()).map(|g| g.size).collect();
    sizes.sort_by(f32::total_cmp);
    line.size = sizes.get(sizes.len() / 2).map_or(line.size, |s| f64::from(*s));
    (!line.text.is_empty()).then_some(line)
}

/// Half the width of a gutter, in points. The space between two words is narrower than a gutter.
const GUTTER: f64 = 3.5;

/// The middle of the gutter, if a page has two columns.
///
/// Hardly any row crosses a gutter, and there are rows on both sides of it. It is a band and not a point,
/// because between two letters of one long line there is always a point without ink.
pub(super) fn find_gutter(glyphs: &[&Glyph]) -> Option<f64> {
    let (left, right) = glyphs
        .iter()
        .filter(|g| !g.text.is_space())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, r), g| (l.min(g.x), r.max(g.end)));
    // A page without letters has no width.
    if right - left < 200.0 || !left.is_finite() {
        return None;
    }
    let middle = f64::midpoint(left, right);
    let mut best: Option<(usize, f64, f64)> = None;
    for step in -20..=20 {
        let at = middle + f64::from(step) * 1.5;
        let crossing = glyphs.iter().filter(|g| g.x < at + GUTTER && g.end > at - GUTTER);
        let crossing = crossing.filter(|g| !g.text.is_space()).count();
        let off = (at - middle).abs();
        if best.is_none_or(|(count, far, _)| (crossing, off) < (count, far)) {
            best = Some((crossing, off, at));
        }
    }
    let (crossing, _, at) = best?;
    let rows = split_rows(glyphs, 0);
    let both = rows.iter().filter(|r| r.x < at && r.end > at).count();
    let right_only = rows.iter().filter(|r| r.x >= at).count();
    // A short page of one column has rows on the left only; it reads the same either way.
    (crossing * 20 <= rows.len() && both + right_only > 0).then_some(at)
}

/// The lines of a page in reading order: the left column first.
pub(super) fn split_columns(
    glyphs: &[&Glyph],
    page: usize,
    gutter: Option<f64>,
) -> Vec<PlacedLine> {
    let Some(at) = gutter else { return split_rows(glyphs, page) };
    let (left, right): (Vec<&Glyph>, Vec<&Glyph>) =
        glyphs.iter().partition(|g| f64::midpoint(g.x, g.end) < at);
    let mut lines = split_rows(&left, page);
    lines.extend(split_rows(&right, page).into_iter().map(|line| PlacedLine { column: 1, ..line }));
    lines
}

/// The lines of a tagged piece in drawing order. A new line starts where the position moves down or back
/// to the left.
pub(super) fn lines_as_drawn(glyphs: &[&Glyph], page: usize) -> Vec<PlacedLine> {
    let mut lines: Vec<PlacedLine> = Vec::new();
    let mut row: Vec<&Glyph> = Vec::new();
    for glyph in glyphs {
        let turned = row.last().is_some_and(|last| {
            let raised = is_beside(glyph, &[last]) || is_beside_small(last, glyph);
            (last.y - glyph.y).abs() > SAME_LINE && !raised || glyph.x + 40.0 < last.x
        });
        if turned {
            lines.extend(build_spaced_line(&mut row, page));
            row.clear();
        }
        row.push(glyph);
    }
    lines.extend(build_spaced_line(&mut row, page));
    lines
}

/// Whether a letter continues the line after a superscript or subscript.
fn is_beside_small(small: &Glyph, glyph: &Glyph) -> bool {
    let size = f64::from(glyph.size);
    small.size < RAISED * glyph.size
        && (glyph.y - small.y).abs() < 0.55 * size
        && (-1.0..1.2 * size).contains(&(glyph.x - small.end))
}

/// Builds a line with the spaces at its ends, because a tagged piece may end within a line.
fn build_spaced_line(row: &mut [&Glyph], page: usize) -> Option<PlacedLine> {
    let before = row.first().is_some_and(|g| g.text.is_space());
    let after = row.last().is_some_and(|g| g.text.is_space());
    let mut line = build_line(row, page, 0)?;
    if before {
        line.text.insert(0, ' ');
    }
    if after {
        line.text.push(' ');
    }
    Some(line)
}
