//! Marks: a letter for a place, to come back to it.
//!
//! `DIR/marks.json` has the shape `{"format": "spv-marks/1", "marks": {"a": {…}}}`, each mark a
//! place kept by its words. Setting a letter again moves it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::DeskError;
use super::kept::{self, Kept, Shape};
use crate::record::place::Place;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Marks {
    marks: BTreeMap<char, Place>,
}

impl Kept for Marks {
    const SHAPE: Shape = Shape {
        file: "marks.json",
        format: "spv-marks",
        one: "mark",
        many: "marks",
        limit: 4 << 20,
    };
}

/// Every mark by its letter, and a line where a damaged file was kept aside.
///
/// # Errors
/// One line when the file may not be read or is of a later version; it is left as it is.
pub fn all(dir: &Path) -> Result<(BTreeMap<char, Place>, Option<String>), String> {
    kept::read::<Marks>(dir).map(|(kept, warning)| (kept.marks, warning))
}

/// Sets a mark. When this returns, it is on the disk.
///
/// # Errors
/// When it cannot be written; the marks kept before are unchanged.
pub fn set(dir: &Path, letter: char, place: Place) -> Result<Option<String>, DeskError> {
    kept::change(dir, |kept: &mut Marks| kept.marks.insert(letter, place))
        .map(|(_, _, warning)| warning)
}

/// Removes a mark; false where there is none.
///
/// # Errors
/// When it cannot be written; the marks kept before are unchanged.
pub fn remove(dir: &Path, letter: char) -> Result<bool, DeskError> {
    kept::change(dir, |kept: &mut Marks| kept.marks.remove(&letter).is_some())
        .map(|(removed, ..)| removed)
}
