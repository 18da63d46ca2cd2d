//! Citations of what is read, in the form records use for one another.

use crate::app::position::Passage;
use crate::record::{Record, Statement};

mod style;

pub use style::{Style, styled};

/// The pages a citation names: first and last.
pub type Pages = Option<(u32, u32)>;

/// A citation: `S/PV.8699 (Resumption 1), p. 12 (English)`.
///
/// The page is that of the language edition, because pagination differs between editions; where no
/// page is known that is said. An exercise and a correction are always named.
#[must_use]
pub fn citation(record: &Record, pages: Pages) -> String {
    let language = record.language.name();
    let mut words = record.symbol.to_string();
    match pages {
        Some((first, last)) if first == last => words.push_str(&format!(", p. {first}")),
        Some((first, last)) => words.push_str(&format!(", pp. {first}\u{2013}{last}")),
        None => {}
    }
    words.push_str(&format!(" ({language}"));
    if pages.is_none() {
        words.push_str(", page not known");
    }
    words.push(')');
    for correction in &record.corrections {
        words.push_str(&format!(", with {correction}"));
    }
    if record.exercise {
        words.push_str(" [EXERCISE: not the words of any State]");
    }
    words
}

/// The pages of a passage of a statement.
#[must_use]
pub fn pages(statement: &Statement, passage: Passage) -> Pages {
    let (first, from) = passage.start;
    let (last, to) = passage.end;
    let start = statement.paragraphs.get(first)?.page_at(from);
    let start = start.or(if first == 0 { statement.page } else { None })?;
    // A page that turns where the passage ends has no word of it.
    let end = statement.paragraphs.get(last)?.page_at(to.saturating_sub(1));
    Some((start, end.unwrap_or(start).max(start)))
}

/// A quotation with its citation: the words, then who spoke them where.
#[must_use]
pub fn quotation(record: &Record, statement: &Statement, words: &str, pages: Pages) -> String {
    format!("{words}\n\n{}, {}\n", statement.speaker.printed, citation(record, pages))
}

/// What is said of a copy: what went to the clipboard, and the key that shows it, since no terminal
/// tells whether it took it.
#[must_use]
pub fn told(citation: &str, with_words: bool) -> String {
    let what = if with_words { "copied, with " } else { "copied: " };
    format!("{what}{citation} · w shows it")
}
