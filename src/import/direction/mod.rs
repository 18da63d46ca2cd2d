//! Lines nobody spoke: "The agenda was adopted.", "The meeting rose at 10.15 a.m.", "Mr. Orlan (Utopia)
//! withdrew.", in the six languages. Every source takes its directions from here.
//!
//! A direction is a sentence of its own that starts with a capital. Those of one line are known by
//! [`parse_direction`]; those that may go on over several lines by [`find_direction`].

mod kind;
mod scene;
mod seating;
mod table;

use std::sync::LazyLock;

use super::lines::ends_sentence;
use super::words::{first_bytes, fold_text};
use crate::record::Item;
use crate::record::sentences::trimmed_sentences;

pub use kind::DirectionKind;
pub use table::HEADINGS;
use table::is_spoken;

/// A direction found at the start of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDirection {
    /// What it is.
    pub kind: DirectionKind,
    /// The time, as printed.
    pub time: Option<String>,
    /// The number of lines it takes.
    pub lines: usize,
}

/// The most lines that a direction takes, such as an invitation of thirty representatives.
pub const MOST_LINES: usize = 40;

/// [`table::PREFIXES`], folded.
static PREFIXES: LazyLock<Vec<(DirectionKind, String)>> = LazyLock::new(|| {
    let each = table::PREFIXES.iter();
    each.flat_map(|(kind, all)| all.iter().map(|words| (*kind, fold_text(words)))).collect()
});

/// The kind of the direction that a line starts; for openings and closings with the time as printed.
///
/// Sentences about seats, silence and the like count only if the line is nothing else.
#[must_use]
pub fn parse_direction(line: &str) -> Option<(DirectionKind, Option<String>)> {
    // A direction is a sentence of its own, so it never starts with a small letter.
    if line.chars().next().is_none_or(char::is_lowercase) {
        return None;
    }
    parse_chinese(line).or_else(|| parse_prefix(line)).or_else(|| {
        let mut kinds = trimmed_sentences(line).map(parse_sentence);
        let first = kinds.next()??;
        kinds.all(|kind| kind.is_some()).then_some((first, None))
    })
}

/// Parses a sentence by its first words.
fn parse_prefix(line: &str) -> Option<(DirectionKind, Option<String>)> {
    let folded = fold_text(first_bytes(line, 300));
    let (kind, words) = PREFIXES.iter().find(|(_, words)| folded.starts_with(words.as_str()))?;
    // The clock time follows the words; "at last" tells no time.
    let time = kind.is_timed().then(|| time_after(line, words.split(' ').count()));
    Some((*kind, time))
}

/// The kind of a whole sentence that is known by more than its first words.
fn parse_sentence(sentence: &str) -> Option<DirectionKind> {
    let core = sentence.trim().trim_matches(['(', ')', '[', ']', '（', '）', '*', ' ']);
    if core.chars().next().is_none_or(char::is_lowercase) {
        return None;
    }
    scene::parse_scene(core)
        .or_else(|| ends_in_stop(sentence).then(|| seating::parse_seating(core))?)
}

/// Whether a sentence ends with its full stop; a closing bracket alone ends no direction.
fn ends_in_stop(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(['.', '。', '．', '۔']) && ends_sentence(line)
}

/// Finds the direction at the start of these lines. Sentences about seats go on over several lines, and
/// all of them decide; any other direction is known by its first line, and may still go on.
#[must_use]
pub fn find_direction<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<FoundDirection> {
    let mut lines = lines.into_iter();
    let first = lines.next()?;
    if let Some((kind, time)) = parse_direction(first) {
        return Some(FoundDirection { kind, time, lines: 1 });
    }
    if ends_in_stop(first) || !seating::begins_like_seating(first) {
        return None;
    }
    let mut joined = first.to_owned();
    for (at, line) in lines.enumerate().take(MOST_LINES) {
        joined.push_str(if joined.ends_with('-') { "" } else { " " });
        joined.push_str(line.trim());
        if ends_in_stop(line) {
            let kind = parse_sentence(&joined)?;
            return Some(FoundDirection { kind, time: None, lines: at + 2 });
        }
    }
    None
}

/// Whether a paragraph is directions and nothing else. Where only the first line of a paragraph was looked
/// at, this decides.
#[must_use]
pub fn is_whole_direction(paragraph: &str) -> bool {
    let sentences: Vec<&str> = trimmed_sentences(paragraph).collect();
    let whole = |sentence: &&str| {
        parse_chinese(sentence).is_some()
            || parse_prefix(sentence).is_some_and(|(kind, _)| is_short_enough(kind, sentence))
            || parse_sentence(sentence).is_some()
    };
    !sentences.is_empty() && sentences.iter().all(whole)
}

/// Whether a sentence that starts with the words of a direction goes on as one.
fn is_short_enough(kind: DirectionKind, sentence: &str) -> bool {
    // OCR reads "1 p.m." as "I p.m."
    let folded = fold_text(sentence).replace(" i p.m.", " 1 p.m.").replace(" i a.m.", " 1 a.m.");
    let most = if kind.is_timed() { 25 } else { 16 };
    !sentence.starts_with(char::is_lowercase)
        && folded.split(' ').count() <= most
        && !is_spoken(&folded)
}

/// Whether a decision is said by the President and not told by the record: "There being no objection, it is so
/// decided." Official records print these words within the statement, upright; "It was so decided." they
/// print in italics.
#[must_use]
pub fn is_ruling(sentence: &str) -> bool {
    const OBJECTION: [&str; 5] = ["objection", "objeciones", "возражени", "反对", "اعتراض"];
    let folded = fold_text(first_bytes(sentence, 120));
    OBJECTION.iter().any(|word| folded.contains(&fold_text(word)))
}

/// The whole heading of a meeting at the start of a text.
#[must_use]
pub fn heading_at_start(text: &str) -> Option<&'static str> {
    HEADINGS.iter().find(|line| text.starts_with(**line)).copied()
}

/// Whether the last line of these items about the time of the meeting says that it was suspended. Then
/// the time it closed is that of the suspension.
#[must_use]
pub fn ends_suspended(items: &[Item]) -> bool {
    let directions = items.iter().rev().filter_map(|item| match item {
        Item::Direction(direction) => parse_direction(&direction.text),
        _ => None,
    });
    let mut timed = directions.map(|found| found.0).filter(|kind| kind.is_timed());
    timed.next() == Some(DirectionKind::Suspended)
}

/// Parses a short Chinese line that ends in one of the verbs.
fn parse_chinese(line: &str) -> Option<(DirectionKind, Option<String>)> {
    let core = line.trim_end_matches('。');
    if core.chars().count() > 30 || core.contains('：') || core.is_ascii() {
        return None;
    }
    let (kind, end) = table::CHINESE
        .iter()
        .find_map(|(kind, ends)| ends.iter().find(|e| core.ends_with(**e)).map(|e| (*kind, *e)))?;
    let before = core.strip_suffix(end).unwrap_or(core);
    // Only a time may come before "opened" and "rose", and nothing before the others.
    let plain = if kind.is_timed() {
        before.chars().any(|c| c.is_ascii_digit()) && before.ends_with(['时', '分', '半'])
    } else {
        before.is_empty()
    };
    plain.then(|| (kind, kind.is_timed().then(|| before.to_owned())))
}

/// The text after the first `words` words of a line, without the full stop of the sentence.
fn time_after(line: &str, words: usize) -> String {
    let rest: Vec<&str> = line.split_whitespace().skip(words).collect();
    let rest = rest.join(" ");
    // "10.10 a.m. on Wednesday", "1.05 p.m. and resumed at 3 p.m.": the first time counts.
    if let Some(at) = rest.find(".m. ") {
        return rest[..at + 3].to_owned();
    }
    // "13 h 10 et est reprise à 15 heures", "13 h 10, est reprise à 15 heures"
    let more =
        [" and ", " et ", ", est ", " y se ", " и ", " y es "].iter().filter_map(|w| rest.find(w));
    let rest = more.min().map_or(rest.as_str(), |at| &rest[..at]).to_owned();
    // "10.15 a.m." and "10 ч 05 мин." keep their full stop.
    if rest.ends_with(".m.") || rest.ends_with("мин.") {
        return rest;
    }
    rest.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
