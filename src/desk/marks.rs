//! Marks: letters for places to return to.
//!
//! `DIR/marks.json` has the shape `{"format": "spv-marks/1", "marks": {"a": {…}}}`, each mark a
//! place kept by its words. Setting a letter again moves it.

use std::collections::BTreeMap;
use std::path::Path;

use super::contents::{Contents, Entry, Kept, Shape};
use super::kept::{self, DeskError};
use crate::record::place::Place;

#[derive(Debug)]
pub(super) struct Marks;

impl Kept for Marks {
    type Item = Place;
    const SHAPE: Shape = Shape {
        file: "marks.json",
        format: "spv-marks",
        field: "marks",
        named: true,
        one: "mark",
        many: "marks",
        limit: 4 << 20,
    };
}

/// Every mark by its letter, and a warning if a damaged file was renamed.
///
/// # Errors
/// One line if the file cannot be read or is of a later version; it is left unchanged.
pub fn all(dir: &Path) -> Result<(BTreeMap<char, Place>, Option<String>), String> {
    let (kept, warning) = kept::read::<Marks>(dir)?;
    let marks = kept.entries.into_iter().filter_map(|entry| Some((entry.letter?, entry.item)));
    Ok((marks.collect(), warning))
}

/// Sets a mark. It is on disk when this returns.
///
/// # Errors
/// If it cannot be written; the existing marks are unchanged.
pub fn set(dir: &Path, letter: char, place: Place) -> Result<Option<String>, DeskError> {
    let set = |kept: &mut Contents<Marks>| match find(kept, letter) {
        Some(at) => kept.entries[at].item = place,
        None => kept.entries.push(Entry { letter: Some(letter), ..place.into() }),
    };
    kept::change(dir, set).map(|((), _, warning)| warning)
}

/// Removes a mark; returns false if there is none.
///
/// # Errors
/// If it cannot be written; the existing marks are unchanged.
pub fn remove(dir: &Path, letter: char) -> Result<bool, DeskError> {
    let removed = |kept: &mut Contents<Marks>| {
        let at = find(kept, letter);
        at.map(|at| kept.entries.remove(at)).is_some()
    };
    kept::change(dir, removed).map(|(removed, ..)| removed)
}

/// Sets marks that were exported; a letter that is taken keeps its place. Returns how many were set, and how many letters
/// were taken.
///
/// # Errors
/// If they cannot be written; the existing marks are unchanged.
pub(super) fn import(dir: &Path, more: Vec<Entry<Place>>) -> Result<(usize, usize), DeskError> {
    if more.is_empty() {
        return Ok((0, 0));
    }
    let added = |kept: &mut Contents<Marks>| {
        let (mut added, mut taken) = (0, 0);
        for new in more {
            match new.letter.and_then(|letter| find(kept, letter)) {
                Some(at) => taken += usize::from(kept.entries[at].item != new.item),
                None => {
                    kept.entries.push(new);
                    added += 1;
                }
            }
        }
        (added, taken)
    };
    kept::change(dir, added).map(|(counts, ..)| counts)
}

fn find(kept: &Contents<Marks>, letter: char) -> Option<usize> {
    kept.entries.iter().position(|entry| entry.letter == Some(letter))
}
