//! Where paragraphs end: by blank lines where the text has them, else by the shape of the lines.

use super::hyphen::{self, is_wide};
use super::lines::{Line, ends_sentence};
use super::width;
use crate::record::Language;

/// How a text shows its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Blank lines stand between them.
    Blank,
    /// Each is a line of its own.
    OneLine,
    /// Lines are broken at a measure, in thousandths of an em, and nothing stands between.
    Measured(u32),
    /// Too short a text to tell.
    Unknown,
}

impl Shape {
    /// Finds the shape of the lines of a text's body.
    pub(super) fn of(lines: &[Line]) -> Self {
        if lines.len() < 2 {
            return Self::Unknown;
        }
        let long = lines.iter().filter(|l| l.text.chars().count() > 160).count();
        let ended = lines.iter().filter(|l| ends_sentence(&l.text)).count();
        if long * 5 >= lines.len() && ended * 10 >= lines.len() * 6 {
            return Self::OneLine;
        }
        let blanks = lines.iter().skip(1).filter(|l| l.after_blank).count();
        // A blank after every line says nothing; one in forty lines is a habit.
        if blanks * 5 < lines.len() * 4 && blanks * 40 >= lines.len() {
            return Self::Blank;
        }
        let mut widths: Vec<u32> =
            lines.iter().filter(|l| !ends_sentence(&l.text)).map(|l| width::of(&l.text)).collect();
        width::measure(&mut widths).map_or(Self::Unknown, Self::Measured)
    }
}

/// Whether a paragraph ends with line `at`, the next line being of the same speaker.
pub(super) fn ends_paragraph(lines: &[Line], at: usize, shape: Shape, language: &Language) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return true };
    if continues(&next.text) || hyphen::ends_in_hyphen(&line.text) {
        // Blank lines also stand around headers that were not known as such.
        return next.after_blank && shape == Shape::Blank && ends_sentence(&line.text);
    }
    if next.after_blank && !every_line_blank(shape) {
        return ends_sentence(&line.text)
            || line.text.ends_with([':', '：', ';', '；'])
            || !next.after_turn;
    }
    match shape {
        Shape::OneLine => true,
        Shape::Blank | Shape::Unknown => false,
        Shape::Measured(measure) => is_last_line(lines, at, measure, language),
    }
}

/// Blank lines count in every shape but that in which each line has one.
fn every_line_blank(shape: Shape) -> bool {
    matches!(shape, Shape::Measured(_)) && false
}

/// A line that cannot begin a paragraph: a small letter, or a closing mark.
fn continues(next: &str) -> bool {
    next.chars().next().is_some_and(|c| {
        c.is_lowercase() || matches!(c, ',' | '.' | ';' | ')' | '）' | '，' | '。' | '、')
    })
}

/// Whether the line was left short on purpose.
fn is_last_line(lines: &[Line], at: usize, measure: u32, language: &Language) -> bool {
    let (line, next) = (&lines[at].text, &lines[at + 1].text);
    let room = measure.saturating_sub(width::of(line));
    let first = first_piece(next, language);
    let stop = ends_sentence(line) || line.ends_with([':', '：', ';', '；']);
    if stop {
        // The next word would have fitted, so the line was ended by the writer.
        return room > first + measure / 50 || begins_indented(lines, at, measure, language);
    }
    // No stop: only a line left far short ends a paragraph, as where the stops were lost.
    let comma = line.ends_with([',', '，', '、', '—', '–', '（', '(']);
    !comma && room > first + measure / 6
}

/// The least that the typesetter could have put on the line before: the first word, or, where
/// words are broken, its first syllable.
fn first_piece(next: &str, language: &Language) -> u32 {
    if next.chars().next().is_some_and(is_wide) {
        // One character, and a stop that may not begin a line.
        return 2000;
    }
    let word = next.split(' ').next().unwrap_or("");
    let whole = width::of(word).saturating_add(250);
    match language {
        Language::French | Language::Spanish | Language::Russian => whole.min(2500),
        _ => whole,
    }
}

/// A full last line, and after it a line short by about an indent: a paragraph begins there.
fn begins_indented(_lines: &[Line], _at: usize, _measure: u32, _language: &Language) -> bool {
    false
}
