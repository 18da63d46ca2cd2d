//! Notes: words of the person's own on words of a record.
//!
//! `DIR/notes.json` has the shape `{"format": "spv-notes/1", "notes": […]}` (see [`Note`]). A note is
//! found again by the words it stands on, so that it outlives a reissue and another pagination; the
//! number of the statement is a hint. The order is that of making.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::contents::{Contents, Entry, Kept, Shape, Unknown};
use super::kept::{self, DeskError};
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
    /// What another version of spv wrote beside these.
    #[serde(skip)]
    pub unknown: Unknown,
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
            unknown: Unknown::default(),
        }
    }

    /// Whether it has this tag, with or without `#`; case does not matter.
    #[must_use]
    pub fn is_tagged(&self, tag: &str) -> bool {
        let wanted = crate::record::fold::text(tag.trim_start_matches('#'));
        self.tags.iter().any(|tag| crate::record::fold::text(tag) == wanted)
    }

    /// The note as this version knows it.
    #[must_use]
    pub fn without_unknown(&self) -> Self {
        Self { unknown: Unknown::default(), ..self.clone() }
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

#[derive(Debug)]
struct Notes;

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

/// Every note, in the order of their making, and a line where a damaged file was kept aside, a note cannot be
/// read, or one got another number because two had the same.
///
/// # Errors
/// One line when the file may not be read or is of a later version; it is left as it is.
pub fn all(dir: &Path) -> Result<(Vec<Note>, Option<String>), String> {
    let (mut kept, mut warning) = kept::read::<Notes>(dir)?;
    let (notes, given) = take_numbered(&mut kept);
    if let Some(given) = given {
        let said = format!("{}: {given}", dir.join(Notes::SHAPE.file).display());
        warning = Some(warning.map_or(said.clone(), |before| format!("{before}; {said}")));
    }
    Ok((notes, warning))
}

/// Takes the notes out of what was read. A number that another note has already, or none, is replaced by a new
/// one, always the same for the same file; and that is said.
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

/// The numbers of notes, also of those that cannot be read.
fn numbers(kept: &Contents<Notes>, notes: &[Note]) -> BTreeSet<u32> {
    #[derive(Deserialize)]
    struct Numbered {
        number: u32,
    }
    let unread = kept.unread().map(|Numbered { number }| number);
    unread.chain(notes.iter().map(|note| note.number)).collect()
}

/// A number after all that are used, or the first free one where there is none after them.
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

/// Keeps a note, made at `at` (seconds since 1970), and gives its number and a line where a
/// damaged file was kept aside. When this returns, it is on the disk.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn add(dir: &Path, note: Note, at: i64) -> Result<(u32, Option<String>), DeskError> {
    change(dir, |notes, used| {
        let number = unused(used);
        notes.push(Note { number, at, ..note });
        number
    })
}

/// Removes the note with this number; false where there is none.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn remove(dir: &Path, number: u32) -> Result<bool, DeskError> {
    let removed = |notes: &mut Vec<Note>, _: &BTreeSet<u32>| {
        let before = notes.len();
        notes.retain(|note| note.number != number);
        notes.len() < before
    };
    change(dir, removed).map(|(removed, _)| removed)
}

/// Puts a note in the place of the one with its number. Where that was removed meanwhile it is put
/// back, so that no words are lost.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
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

/// Makes a note of a draft: instead of the note it changes where that is as it was, else as a new one. What is a
/// note already is not made one again.
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

/// Puts back a note that was removed, where it was. If its number was given again meanwhile it
/// gets a new one; if it was never removed nothing happens.
///
/// # Errors
/// When it cannot be written; the notes kept before are unchanged.
pub fn restore(dir: &Path, note: Note) -> Result<Option<String>, DeskError> {
    let restored = |notes: &mut Vec<Note>, used: &BTreeSet<u32>| put_back_among(notes, note, used);
    change(dir, restored).map(|((), warning)| warning)
}

/// Puts a note among others in the order of their numbers, which is that of their making.
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
