//! Notes: words of the person's own on words of a record.
//!
//! `DIR/notes.json` has the shape `{"format": "spv-notes/1", "notes": […]}` (see [`Note`]). A note is
//! found again by the words it stands on, so that it outlives a reissue and another pagination; the
//! number of the statement is a hint. The order is that of making.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DeskError;
use super::kept::{self, Kept, Shape};
use crate::record::place::Place;

/// The longest quotation kept with a note, in bytes; the words it is found by are kept beside it.
pub const QUOTATION: usize = 16 * 1024;

/// A note.
///
/// In the file the place stands beside the rest: `{"number": 1, "symbol": "S/PV.8668", "language": "en",
/// "statement": 12, "speaker": "Mr. A", "words": "…", "before": "…", "after": "…", "quotation": "…",
/// "citation": "…", "text": "…", "tags": ["water"], "at": 1700000000}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its number, from 1, given when it is kept and never given again while the note stands.
    #[serde(default)]
    pub number: u32,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// The words it is about, at most [`QUOTATION`] bytes.
    pub quotation: String,
    /// Their citation, as it was then.
    pub citation: String,
    /// The person's own words.
    pub text: String,
    /// Tags, without `#`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// When it was made, in seconds since 1970.
    pub at: i64,
}

impl Note {
    /// A note on a place, not yet kept; its tags are the words of `text` that begin with `#`.
    #[must_use]
    pub fn new(place: Place, quotation: &str, citation: &str, text: &str) -> Self {
        let end = quotation.floor_char_boundary(QUOTATION);
        Self {
            number: 0,
            place,
            quotation: quotation[..end].to_owned(),
            citation: citation.to_owned(),
            text: text.trim().to_owned(),
            tags: tags(text),
            at: 0,
        }
    }

    /// Whether it has this tag, with or without `#`; case does not matter.
    #[must_use]
    pub fn is_tagged(&self, tag: &str) -> bool {
        let wanted = crate::record::fold::text(tag.trim_start_matches('#'));
        self.tags.iter().any(|tag| crate::record::fold::text(tag) == wanted)
    }

    /// The day it was made on, in UTC.
    #[must_use]
    pub fn day(&self) -> Date {
        let time = jiff::Timestamp::from_second(self.at).unwrap_or_default();
        jiff::tz::TimeZone::UTC.to_datetime(time).date()
    }

    /// The same note with other words. Its tags are those of the words, and those it had beside them.
    #[must_use]
    pub fn reworded(&self, text: &str) -> Self {
        let before = tags(&self.text);
        let mut now = tags(text);
        let beside = self.tags.iter().filter(|tag| !before.contains(tag));
        let beside: Vec<String> = beside.filter(|tag| !now.contains(tag)).cloned().collect();
        now.extend(beside);
        Self { text: text.trim().to_owned(), tags: now, ..self.clone() }
    }

    /// The same note with these tags and no others, parted by blanks, with or without `#`. A tag stands
    /// in the words of a note, so that one dropped stays there as a word and one added goes behind them.
    #[must_use]
    pub fn retagged(&self, line: &str) -> Self {
        let marked: Vec<String> =
            line.split_whitespace().map(|word| format!("#{}", word.trim_matches('#'))).collect();
        let wanted = tags(&marked.join(" "));
        let mut text = String::new();
        for word in self.text.split_inclusive(char::is_whitespace) {
            let dropped = tags(word).first().is_some_and(|tag| !wanted.contains(tag));
            text.push_str(if dropped { &word[1..] } else { word });
        }
        let here = tags(&text);
        for tag in wanted.iter().filter(|tag| !here.contains(tag)) {
            text.push_str(&format!(" #{tag}"));
        }
        Self { text: text.trim().to_owned(), tags: wanted, ..self.clone() }
    }
}

/// The words that begin with `#`, each once, without it and without the marks behind them.
fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in text.split_whitespace().filter_map(|word| word.strip_prefix('#')) {
        let tag = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Notes {
    notes: Vec<Note>,
}

impl Kept for Notes {
    const SHAPE: Shape = Shape {
        file: "notes.json",
        format: "spv-notes",
        one: "note",
        many: "notes",
        limit: 64 << 20,
    };
}

/// Every note, in the order of their making, and a line where a damaged file was kept aside.
///
/// # Errors
/// One line when the file may not be read or is of a later version; it is left as it is.
pub fn all(dir: &Path) -> Result<(Vec<Note>, Option<String>), String> {
    kept::read::<Notes>(dir).map(|(kept, warning)| (kept.notes, warning))
}

/// Keeps a note, made at `at` (seconds since 1970), and gives its number and a line where a
/// damaged file was kept aside. When this returns, it is on the disk.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn add(dir: &Path, note: Note, at: i64) -> Result<(u32, Option<String>), DeskError> {
    let added = |kept: &mut Notes| {
        let number = kept.notes.iter().map(|n| n.number).max().unwrap_or(0) + 1;
        kept.notes.push(Note { number, at, ..note });
        number
    };
    kept::change(dir, added).map(|(number, _, warning)| (number, warning))
}

/// Removes the note with this number; false where there is none.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn remove(dir: &Path, number: u32) -> Result<bool, DeskError> {
    let removed = |kept: &mut Notes| {
        let before = kept.notes.len();
        kept.notes.retain(|note| note.number != number);
        kept.notes.len() < before
    };
    kept::change(dir, removed).map(|(removed, ..)| removed)
}

/// Puts a note in the place of the one with its number. Where that was removed meanwhile it is put
/// back, so that no words are lost.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn replace(dir: &Path, note: Note) -> Result<Option<String>, DeskError> {
    let replaced = |kept: &mut Notes| match kept.notes.iter_mut().find(|n| n.number == note.number)
    {
        Some(here) => *here = note,
        None => put_back(&mut kept.notes, note),
    };
    kept::change(dir, replaced).map(|((), _, warning)| warning)
}

/// Puts back a note that was removed, where it stood. If its number was given again meanwhile it
/// gets a new one; if it was never removed nothing happens.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn restore(dir: &Path, note: Note) -> Result<Option<String>, DeskError> {
    let restored = |kept: &mut Notes| put_back(&mut kept.notes, note);
    kept::change(dir, restored).map(|((), _, warning)| warning)
}

/// Puts a note among others in the order of their making.
pub fn put_back(notes: &mut Vec<Note>, mut note: Note) {
    if notes.contains(&note) {
        return;
    }
    let made = (note.at, note.number);
    if notes.iter().any(|n| n.number == note.number) {
        note.number = notes.iter().map(|n| n.number).max().unwrap_or(0) + 1;
    }
    let later = notes.iter().position(|n| (n.at, n.number) > made);
    notes.insert(later.unwrap_or(notes.len()), note);
}
