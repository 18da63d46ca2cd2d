//! The file of places: the newest places one read at.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::kept::{self, Kept, Shape};
use super::{DeskError, PLACES};
use crate::record::{Language, Symbol};

/// The longest text kept of the words at a place, in bytes.
const WORDS: usize = 512;

/// Where one was in one edition of a record.
///
/// In the file: `{"symbol": "S/PV.8668", "language": "en", "statement": 12, "paragraph": 3,
/// "byte": 120, "words": "…", "at": 1700000000}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The record.
    pub symbol: Symbol,
    /// The language of the edition.
    pub language: Language,
    /// The number of the statement; 0 for the list of statements.
    pub statement: u32,
    /// The paragraph in it, from 0.
    #[serde(default)]
    pub paragraph: usize,
    /// The byte in the paragraph.
    #[serde(default)]
    pub byte: usize,
    /// The words there, with which the place is found again where the numbers differ.
    #[serde(default)]
    pub words: String,
    /// When it was kept, in seconds since 1970.
    pub at: i64,
}

/// The whole file: `{"format": "spv-places/1", "places": […]}`, the newest first.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Places {
    /// At most [`PLACES`].
    places: Vec<Place>,
}

impl Kept for Places {
    const SHAPE: Shape = Shape {
        file: "places.json",
        format: "spv-places",
        one: "place",
        many: "places",
        // 500 places take a tenth of this.
        limit: 4 << 20,
    };
}

/// The places and a warning, or only a warning when nothing may be written here.
pub(super) fn read(dir: &Path) -> Result<(Vec<Place>, Option<String>), String> {
    let (kept, warning) = kept::read::<Places>(dir)?;
    Ok((merged(kept.places, Vec::new()), warning))
}

/// Two lists as one: the newest of each edition, the newest first, at most [`PLACES`]. Of two of the
/// same time the one of `new` stands.
pub(super) fn merged(old: Vec<Place>, new: Vec<Place>) -> Vec<Place> {
    let mut all: Vec<Place> = new.into_iter().chain(old).collect();
    all.sort_by_key(|place| std::cmp::Reverse(place.at));
    let mut met = HashSet::new();
    all.retain(|place| met.insert((place.symbol.clone(), place.language.clone())));
    all.truncate(PLACES);
    for place in &mut all {
        let end = place.words.floor_char_boundary(WORDS);
        place.words.truncate(end);
    }
    all
}

/// Adds places to the file and gives what it holds now.
pub(super) fn write(dir: &Path, places: &[Place]) -> Result<Vec<Place>, DeskError> {
    let added = |kept: &mut Places| {
        kept.places = merged(std::mem::take(&mut kept.places), places.to_vec());
    };
    kept::change(dir, added).map(|((), kept, _)| kept.places)
}
