//! Where paragraphs end: by blank lines where the text has them, else by the shape of the lines.
//!
//! A typesetter fills a line as long as the next word fits. A line on which it would have fitted
//! was ended by the writer; and where a paragraph's last line happens to be full, the first line
//! of the next is set in by an indent, so that its last word, too, comes early. What "would have
//! fitted" means is measured on the lines that surely run on: those after which a small letter follows.

use crate::import::lines::join::ends_in_hyphen;
use crate::import::lines::{Line, ends_sentence, line_width};
use crate::import::words::{is_arabic, is_wide};
use crate::record::Language;

/// How a text shows its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParagraphShape {
    /// Blank lines stand between them.
    Blank,
    /// Each is a line of its own.
    OneLine,
    /// Lines are broken at a measure, and nothing stands between.
    Measured(LineMeasure),
    /// Too short a text to tell.
    Unknown,
}

/// A column of lines, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineMeasure {
    /// The least width of a full line and the first piece of the next together.
    filled: u32,
    /// The least width of a full line.
    least: u32,
    /// The greatest width of the first line of a paragraph, where those are set in.
    first: Option<u32>,
    /// The copy has lost its full stops.
    stopless: bool,
}

impl ParagraphShape {
    /// Finds the shape of the lines of a text's body; `apart`: lists and directions, which say nothing.
    pub(super) fn measure(lines: &[Line], apart: &[bool], language: &Language) -> Self {
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
        LineMeasure::measure(lines, apart, language).map_or(Self::Unknown, Self::Measured)
    }
}

impl LineMeasure {
    /// Measures the lines that surely run on.
    fn measure(lines: &[Line], apart: &[bool], language: &Language) -> Option<Self> {
        let (mut sums, mut widths) = (Vec::new(), Vec::new());
        for at in 0..lines.len() - 1 {
            let (line, next) = (&lines[at].text, &lines[at + 1].text);
            let first = at == 0 || ends_sentence(&lines[at - 1].text) || apart[at - 1];
            if apart[at] || apart[at + 1] || first || !runs_on(line, next) {
                continue;
            }
            let wide = line_width(line);
            widths.push(wide);
            sums.push(wide.saturating_add(first_piece(next, language)));
        }
        if widths.len() < 3 {
            return None;
        }
        sums.sort_unstable();
        widths.sort_unstable();
        // A few lines are short for reasons of their own: a long word, a forced break. Below one
        // line in twelve, a line that ends a sentence more likely ends a paragraph than not.
        let low = |sorted: &[u32]| sorted[sorted.len() / 12];
        let great = widths[widths.len() - 1 - widths.len() / 33];
        let mut column = Self {
            filled: low(&sums),
            least: low(&widths),
            first: None,
            stopless: has_lost_stops(lines, apart),
        };
        column.first = column.first_lines(lines, apart, language, great);
        Some(column)
    }

    /// The greatest width of first lines, if they are all narrower than full ones by an indent.
    fn first_lines(
        &self,
        lines: &[Line],
        apart: &[bool],
        language: &Language,
        great: u32,
    ) -> Option<u32> {
        let mut firsts: Vec<u32> = (1..lines.len() - 1)
            .filter(|&at| !apart[at] && !apart[at - 1])
            .filter(|&at| {
                let sum = line_width(&lines[at - 1].text) + first_piece(&lines[at].text, language);
                ends_sentence(&lines[at - 1].text) && sum < self.filled / 10 * 9
            })
            .map(|at| line_width(&lines[at].text))
            .collect();
        firsts.sort_unstable();
        let widest = *firsts.last().filter(|_| firsts.len() >= 5)?;
        let indent = great.checked_sub(widest)?;
        (indent * 25 >= great && indent * 6 <= great).then_some(widest + great / 25)
    }

    /// Whether the line was left short on purpose.
    fn ends(&self, lines: &[Line], at: usize, language: &Language) -> bool {
        let (line, next) = (&lines[at].text, &lines[at + 1].text);
        let sum = line_width(line).saturating_add(first_piece(next, language));
        if ends_sentence(line) || line.ends_with([':', '：', ';', '；']) {
            return sum < self.filled || self.begins(lines, at + 1, language);
        }
        // No stop: only a line left far short ends a paragraph, as where the stops were lost.
        let comma = line.ends_with([',', '，', '、', '—', '–', '（', '(']);
        let capital = next.starts_with(|c: char| c.is_uppercase() || is_wide(c));
        !comma && capital && sum < self.filled / 10 * if self.stopless { 10 } else { 6 }
    }

    /// Whether a line is set in by an indent, as far as its own width tells.
    fn begins(&self, lines: &[Line], at: usize, language: &Language) -> bool {
        let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
        let Some(first) = self.first else { return false };
        let wide = line_width(&line.text);
        if wide > first || ends_sentence(&line.text) {
            return false;
        }
        let sum = wide.saturating_add(first_piece(&next.text, language));
        sum < self.filled + self.filled / 200 || wide < self.least
    }
}

/// Whether a text of some length has hardly a full stop: a copy can lose them all.
fn has_lost_stops(lines: &[Line], apart: &[bool]) -> bool {
    let (mut stops, mut letters) = (0usize, 0usize);
    for (line, _) in lines.iter().zip(apart).filter(|(_, apart)| !**apart) {
        letters += line.text.chars().filter(|c| c.is_alphabetic()).count();
        stops += line.text.matches(['。', '!', '?', '！', '？']).count();
        stops += line.text.matches(". ").count() + usize::from(line.text.ends_with('.'));
    }
    letters > 500 && stops * 600 < letters
}

/// Whether the sentence surely goes on in the next line.
fn runs_on(line: &str, next: &str) -> bool {
    let small = next.starts_with(|c: char| c.is_lowercase());
    let caseless = next.starts_with(is_wide) || next.starts_with(is_arabic);
    small || (caseless && !ends_sentence(line))
}

/// Whether a paragraph ends with line `at`, the next line being of the same speaker.
pub(super) fn ends_paragraph(
    lines: &[Line],
    at: usize,
    shape: ParagraphShape,
    language: &Language,
) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return true };
    let stop = ends_sentence(&line.text) || line.text.ends_with([':', '：', ';', '；']);
    if cannot_begin(&next.text) || ends_in_hyphen(&line.text) {
        // Blank lines also stand around headers that were not known as such.
        return next.after_blank && shape == ParagraphShape::Blank && stop;
    }
    match shape {
        ParagraphShape::OneLine => true,
        _ if next.after_turn && !stop => false,
        ParagraphShape::Blank => next.after_blank || next.after_turn && stop && is_short(lines, at),
        ParagraphShape::Unknown => next.after_blank,
        ParagraphShape::Measured(column) => {
            (next.after_blank && stop) || column.ends(lines, at, language)
        }
    }
}

/// With blank lines between paragraphs, one may have been lost where the page turns.
fn is_short(lines: &[Line], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(0, |b| line_width(&lines[b].text));
    line_width(&lines[at].text) < before / 4 * 3
}

/// A line that cannot begin a paragraph: a small letter, or a closing mark.
fn cannot_begin(next: &str) -> bool {
    let closing = [',', '.', ';', ')', '）', '，', '。', '、', '；', '：', ':'];
    next.starts_with(|c: char| c.is_lowercase() || closing.contains(&c))
}

/// The least that the typesetter could have put on the line before: the first word, or, where
/// words are broken, its first syllable.
fn first_piece(next: &str, language: &Language) -> u32 {
    if next.starts_with(is_wide) {
        return 1000;
    }
    let word = next.split(' ').next().unwrap_or("");
    let whole = line_width(word).saturating_add(250);
    match language {
        Language::French | Language::Spanish | Language::Russian => whole.min(1700),
        _ => whole,
    }
}
