//! Notes: the user's own words on words of a record.
//!
//! `DIR/notes.json` has the shape `{"format": "spv-notes/1", "notes": […]}` (see [`Note`]). A note
//! is found again by the words it is about, so that it survives a reissue and another pagination;
//! the number of the statement is a hint. Notes are in the order of creation.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::contents::{Contents, Entry, Kept, Shape, Unknown};
use super::kept::{self, DeskError};
use crate::record::place::Place;

/// The longest quotation kept with a note, in bytes; the words that find it are kept separately.
pub const QUOTATION: usize = 16 * 1024;

/// A note.
///
/// In the file the fields of the place are beside the others: `{"number": 1, "symbol": "S/PV.8668",
/// "language": "en", "statement": 12, "speaker": "Mr. A", "words": "…", "before": "…", "after":
/// "…", "quotation": "…", "citation": "…", "text": "…", "tags": ["water"], "at": 1700000000}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its number, from 1, assigned when it is saved and unique among the notes.
    #[serde(default)]
    pub number: u32,
    /// The place it is about.
    #[serde(flatten)]
    pub place: Place,
    /// The words it is about, at most [`QUOTATION`] bytes.
    pub quotation: String,
    /// Their citation at that time.
    pub citation: String,
    /// The user's own words.
    pub text: String,
    /// Tags, without `#`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// When it was created, in seconds since 1970.
    pub at: i64,
    /// Fields that another version of spv wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}

impl Note {
    /// A new note on a place; its tags are the words of `text` that start with `#`.
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
            unknown: Unknown::default(),
        }
    }

    /// Whether it has this tag, with or without `#`; case does not matter.
    pub fn is_tagged(&self, tag: &str) -> bool {
        let wanted = crate::record::fold::text(tag.trim_start_matches('#'));
        self.tags.iter().any(|tag| crate::record::fold::text(tag) == wanted)
    }

    /// The note without unknown fields.
    #[must_use]
    pub fn without_unknown(&self) -> Self {
        Self { unknown: Unknown::default(), ..self.clone() }
    }

    /// The day it was created, in UTC.
    pub fn day(&self) -> Date {
        let time = jiff::Timestamp::from_second(self.at).unwrap_or_default();
        jiff::tz::TimeZone::UTC.to_datetime(time).date()
    }

    /// The note with other words. Its tags are those of the words, and those it had besides.
    #[must_use]
    pub fn reworded(&self, text: &str) -> Self {
        let before = tags(&self.text);
        let mut now = tags(text);
        let beside = self.tags.iter().filter(|tag| !before.contains(tag));
        let beside: Vec<String> = beside.filter(|tag| !now.contains(tag)).cloned().collect();
        now.extend(beside);
        Self { text: text.trim().to_owned(), tags: now, ..self.clone() }
    }

    /// The note with exactly these tags, separated by spaces, with or without `#`. Tags are in the
    /// words of a note, so a dropped one stays as a word and a new one is appended.
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

/// The words that start with `#`, each once, without it and without punctuation after them.
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

#[derive(Debug)]
pub(super) struct Notes;

impl Kept for Notes {
    type Item = Note;
    const SHAPE: Shape = Shape {
        file: "notes.json",
        format: "spv-notes",
        field: "notes",
        named: false,
        one: "note",
        many: "notes",
        limit: 64 << 20,
    };
}

/// Every note, in the order of creation, and a warning if a damaged file was renamed, a note cannot
/// be read, or one got another number because two had the same.
///
/// # Errors
/// One line if the file cannot be read or is of a later version; it is left unchanged.
pub fn all(dir: &Path) -> Result<(Vec<Note>, Option<String>), String> {
    let (mut kept, mut warning) = kept::read::<Notes>(dir)?;
    let (notes, given) = take_numbered(&mut kept);
    if let Some(given) = given {
        let said = format!("{}: {given}", dir.join(Notes::SHAPE.file).display());
        warning = Some(warning.map_or(said.clone(), |before| format!("{before}; {said}")));
    }
    Ok((notes, warning))
}

/// Takes the notes out of the contents. A duplicate or missing number is replaced by a new one,
/// always the same for the same file, and reported.
fn take_numbered(kept: &mut Contents<Notes>) -> (Vec<Note>, Option<String>) {
    let entries = std::mem::take(&mut kept.entries);
    let mut met = numbers(kept, &[]);
    let doubled: Vec<bool> = entries
        .iter()
        .map(|entry| entry.item.number == 0 || !met.insert(entry.item.number))
        .collect();
    let mut said = None;
    let mut notes = Vec::with_capacity(entries.len());
    for (Entry { mut item, unknown, .. }, doubled) in entries.into_iter().zip(doubled) {
        if doubled {
            let number = unused(&met);
            met.insert(number);
            let text: String = item.text.chars().take(40).collect();
            said.get_or_insert_with(|| match item.number {
                0 => format!("a note had no number and is now {number}: {text}"),
                twice => format!("two notes had the number {twice}, one is now {number}: {text}"),
            });
            item.number = number;
        }
        notes.push(Note { unknown, ..item });
    }
    (notes, said)
}

/// The numbers of notes, including unreadable ones.
fn numbers(kept: &Contents<Notes>, notes: &[Note]) -> BTreeSet<u32> {
    #[derive(Deserialize)]
    struct Numbered {
        number: u32,
    }
    let unread = kept.unread().map(|Numbered { number }| number);
    unread.chain(notes.iter().map(|note| note.number)).collect()
}

/// The number after the highest, or else the first free one.
fn unused(numbers: &BTreeSet<u32>) -> u32 {
    let after = numbers.last().map_or(Some(1), |last| last.checked_add(1));
    after.or_else(|| (1..u32::MAX).find(|number| !numbers.contains(number))).unwrap_or(u32::MAX)
}

/// Changes the notes of the file.
fn change<R>(
    dir: &Path,
    change: impl FnOnce(&mut Vec<Note>, &BTreeSet<u32>) -> R,
) -> Result<(R, Option<String>), DeskError> {
    let changed = |kept: &mut Contents<Notes>| {
        let (mut notes, _) = take_numbered(kept);
        let used = numbers(kept, &notes);
        let given = change(&mut notes, &used);
        kept.entries = notes
            .into_iter()
            .map(|mut note| Entry { unknown: std::mem::take(&mut note.unknown), ..note.into() })
            .collect();
        given
    };
    kept::change(dir, changed).map(|(given, _, warning)| (given, warning))
}

/// Saves a note created at `at` (seconds since 1970); returns its number and a warning if a damaged
/// file was renamed. It is on disk when this returns.
///
/// # Errors
/// If it cannot be written; the existing notes are unchanged.
pub fn add(dir: &Path, note: Note, at: i64) -> Result<(u32, Option<String>), DeskError> {
    change(dir, |notes, used| {
        let number = unused(used);
        notes.push(Note { number, at, ..note });
        number
    })
}

/// Removes the note with this number; returns false if there is none.
///
/// # Errors
/// If it cannot be written; the existing notes are unchanged.
pub fn remove(dir: &Path, number: u32) -> Result<bool, DeskError> {
    let removed = |notes: &mut Vec<Note>, _: &BTreeSet<u32>| {
        let before = notes.len();
        notes.retain(|note| note.number != number);
        notes.len() < before
    };
    change(dir, removed).map(|(removed, _)| removed)
}

/// Replaces the note with its number. If that was removed meanwhile the note is added, so that no
/// words are lost.
///
/// # Errors
/// If it cannot be written; the existing notes are unchanged.
pub fn replace(dir: &Path, note: Note) -> Result<Option<String>, DeskError> {
    let replaced = |notes: &mut Vec<Note>, used: &BTreeSet<u32>| match notes
        .iter_mut()
        .find(|n| n.number == note.number)
    {
        Some(here) => *here = note,
        None => put_back_among(notes, note, used),
    };
    change(dir, replaced).map(|((), warning)| warning)
}

/// Turns a draft into a note: it replaces the note it changes if that is unchanged, else it is
/// added. A draft that already is a note is skipped.
pub(super) fn adopt(dir: &Path, draft: &Note, was: Option<&Note>) -> Result<(), DeskError> {
    let adopted = |notes: &mut Vec<Note>, used: &BTreeSet<u32>| {
        let same = |note: &Note| note.place == draft.place && note.text == draft.text;
        if notes.iter().any(same) {
            return;
        }
        match notes.iter_mut().find(|note| was.is_some_and(|was| note.without_unknown() == *was)) {
            Some(here) => {
                let unknown = std::mem::take(&mut here.unknown);
                *here = Note { unknown, ..draft.clone() };
            }
            None => notes.push(Note { number: unused(used), ..draft.clone() }),
        }
    };
    change(dir, adopted).map(|_| ())
}

/// Adds notes that were exported, with new numbers where theirs are taken; one that is here, with the same words on the
/// same place, is not added again. Returns how many were added.
///
/// # Errors
/// If they cannot be written; the existing notes are unchanged.
pub(super) fn import(dir: &Path, more: Vec<Note>) -> Result<usize, DeskError> {
    if more.is_empty() {
        return Ok(0);
    }
    let added = |notes: &mut Vec<Note>, used: &BTreeSet<u32>| {
        let (mut used, before) = (used.clone(), notes.len());
        for new in more {
            let same = |note: &Note| note.place == new.place && note.text == new.text;
            if !notes.iter().any(same) {
                let taken = new.number == 0 || used.contains(&new.number);
                let number = if taken { unused(&used) } else { new.number };
                used.insert(number);
                notes.push(Note { number, ..new });
            }
        }
        notes.len() - before
    };
    change(dir, added).map(|(added, _)| added)
}

/// Restores a removed note at its position. If its number was reused meanwhile it gets a new one;
/// if it was never removed nothing happens.
///
/// # Errors
/// If it cannot be written; the existing notes are unchanged.
pub fn restore(dir: &Path, note: Note) -> Result<Option<String>, DeskError> {
    let restored = |notes: &mut Vec<Note>, used: &BTreeSet<u32>| put_back_among(notes, note, used);
    change(dir, restored).map(|((), warning)| warning)
}

/// Inserts a note in the order of numbers, which is that of creation.
pub fn put_back(notes: &mut Vec<Note>, note: Note) {
    let used = notes.iter().map(|note| note.number).collect();
    put_back_among(notes, note, &used);
}

fn put_back_among(notes: &mut Vec<Note>, mut note: Note, used: &BTreeSet<u32>) {
    if notes.contains(&note) {
        return;
    }
    if used.contains(&note.number) {
        note.number = unused(used);
    }
    let later = notes.iter().position(|n| n.number > note.number);
    notes.insert(later.unwrap_or(notes.len()), note);
}
