//! Where paragraphs end: by blank lines where the text has them, else by the shape of the lines.
//!
//! A typesetter fills a line until the next word does not fit. If that word would have fitted, the
//! writer ended the paragraph there. Where the last line of a paragraph happens to be full, the indent
//! of the next line still shows: its last word comes early too. The width that counts as full is
//! measured on lines that continue for certain, because a small letter starts the next line.

use crate::import::lines::join::ends_in_hyphen;
use crate::import::lines::{Line, ends_sentence, line_width};
use crate::import::words::{is_arabic, is_wide};
use crate::record::Language;

/// How a text shows its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParagraphShape {
    /// Blank lines separate them.
    Blank,
    /// Each is one line.
    OneLine,
    /// Lines are wrapped at a width, and nothing separates paragraphs.
    Measured(LineMeasure),
    /// The text is too short to tell.
    Unknown,
}

/// The widths in a column of wrapped lines, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineMeasure {
    /// The least width of a full line and the first piece of the next together.
    filled: u32,
    /// The least width of a full line.
    least: u32,
    /// The greatest width of the first line of a paragraph, if first lines are indented.
    first: Option<u32>,
    /// The copy has lost its full stops.
    stopless: bool,
}

impl ParagraphShape {
    /// Finds how a body shows its paragraphs. `apart` marks lists and directions, which are not counted.
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
        // Blank lines after nearly every line tell nothing; from one in forty lines on they are meant.
        if blanks * 5 < lines.len() * 4 && blanks * 40 >= lines.len() {
            return Self::Blank;
        }
        LineMeasure::measure(lines, apart, language).map_or(Self::Unknown, Self::Measured)
    }
}

impl LineMeasure {
    /// Measures the lines that continue for certain.
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
        // Some lines are short for other reasons, such as a long word or a forced break. Among the
        // shortest twelfth a line that ends a sentence is more likely the end of a paragraph.
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

    /// The greatest width of first lines, if all are narrower than full lines by an indent.
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
        // Without a full stop only a very short line ends a paragraph, as in a copy that lost its stops.
        let comma = line.ends_with([',', '，', '、', '—', '–', '（', '(']);
        let capital = next.starts_with(|c: char| c.is_uppercase() || is_wide(c));
        !comma && capital && sum < self.filled / 10 * if self.stopless { 10 } else { 6 }
    }

    /// Whether a line is indented, as far as its width tells.
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

/// Whether a longer text has hardly any full stop: a copy can lose them all.
fn has_lost_stops(lines: &[Line], apart: &[bool]) -> bool {
    let (mut stops, mut letters) = (0usize, 0usize);
    for (line, _) in lines.iter().zip(apart).filter(|(_, apart)| !**apart) {
        letters += line.text.chars().filter(|c| c.is_alphabetic()).count();
        stops += line.text.matches(['。', '!', '?', '！', '？']).count();
        stops += line.text.matches(". ").count() + usize::from(line.text.ends_with('.'));
    }
    letters > 500 && stops * 600 < letters
}

/// Whether the sentence continues in the next line for certain.
fn runs_on(line: &str, next: &str) -> bool {
    let small = next.starts_with(|c: char| c.is_lowercase());
    let caseless = next.starts_with(is_wide) || next.starts_with(is_arabic);
    small || (caseless && !ends_sentence(line))
}

/// Whether a paragraph ends with line `at`, given that the next line is of the same speaker.
pub(super) fn ends_paragraph(
    lines: &[Line],
    at: usize,
    shape: ParagraphShape,
    language: &Language,
) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return true };
    if let Some(starts) = next.starts {
        return starts;
    }
    let stop = ends_sentence(&line.text) || line.text.ends_with([':', '：', ';', '；']);
    if cannot_begin(&next.text) || ends_in_hyphen(&line.text) {
        // There are also blank lines around headers that were not recognised.
        return next.after_blank && shape == ParagraphShape::Blank && stop;
    }
    match shape {
        _ if next.after_turn && !stop => false,
        ParagraphShape::OneLine => true,
        ParagraphShape::Blank => next.after_blank || next.after_turn && stop && is_short(lines, at),
        ParagraphShape::Unknown => next.after_blank,
        ParagraphShape::Measured(column) => {
            (next.after_blank && stop) || column.ends(lines, at, language)
        }
    }
}

/// Whether the line is short: at a page turn the blank line that ends a paragraph may be lost.
fn is_short(lines: &[Line], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(0, |b| line_width(&lines[b].text));
    line_width(&lines[at].text) < before / 4 * 3
}

/// Whether a line cannot start a paragraph: it starts with a small letter or a closing mark.
fn cannot_begin(next: &str) -> bool {
    let closing = [',', '.', ';', ')', '）', '，', '。', '、', '；', '：', ':'];
    next.starts_with(|c: char| c.is_lowercase() || closing.contains(&c))
}

/// The width of the least that would have fitted on the line before: the first word, or its first
/// syllable in languages that break words.
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
