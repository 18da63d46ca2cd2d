//! The places where the user was reading, and the file that keeps the newest of them.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::desk::contents::{Contents, Entry, Kept, Shape};
use crate::desk::kept::{self, DeskError};
use crate::record::{Language, Symbol};

/// How many places are kept; the oldest are dropped first.
pub const PLACES: usize = 500;

/// The longest text kept for a place, in bytes.
const WORDS: usize = 512;

/// Where the user was reading in an edition of a record.
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
    /// The words there, to find the place again if the numbers differ.
    #[serde(default)]
    pub words: String,
    /// When it was kept, in seconds since 1970.
    pub at: i64,
}

/// The user's desk: the places of their reading.
#[derive(Debug, Default)]
pub struct Desk {
    dir: Option<PathBuf>,
    places: Vec<Place>,
    /// Places that could not be written yet, the newest last.
    unwritten: Vec<Place>,
}

impl Desk {
    /// Opens the desk in a folder, which is created when the first place is kept; also returns a
    /// one-line warning if something was wrong. A damaged file is renamed to
    /// `places.json.damaged-N`; with a file of a later version this desk keeps nothing.
    pub fn open(dir: &Path) -> (Self, Option<String>) {
        match read_places(dir) {
            Ok((places, warning)) => {
                (Self { dir: Some(dir.to_owned()), places, unwritten: Vec::new() }, warning)
            }
            Err(warning) => (Self::private(), Some(warning)),
        }
    }

    /// A desk that keeps places in memory and writes nothing.
    pub fn private() -> Self {
        Self::default()
    }

    /// Every place, the one kept last first.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The place in this edition of a record, else the latest in another language.
    pub fn place_of(&self, symbol: &Symbol, language: &Language) -> Option<&Place> {
        let mut of_symbol = self.places.iter().filter(|place| place.symbol == *symbol);
        let exact = of_symbol.clone().find(|place| place.language == *language);
        exact.or_else(|| of_symbol.next())
    }

    /// Keeps a place, replacing an earlier one in the same edition.
    ///
    /// # Errors
    /// If it cannot be written; it is still kept in memory.
    pub fn keep_place(&mut self, place: Place) -> Result<(), DeskError> {
        let now = place.at;
        let mut known = std::mem::take(&mut self.places).into_iter().map(Entry::from).collect();
        insert_place(&mut known, place.clone(), now);
        self.places = known.into_iter().map(|entry| entry.item).collect();
        let Some(dir) = &self.dir else {
            return Ok(());
        };
        self.unwritten.retain(|known| !same_edition(known, &place));
        self.unwritten.push(place);
        self.places = write_places(dir, &self.unwritten, &self.places, now)?;
        self.unwritten.clear();
        Ok(())
    }
}

/// The whole file: `{"format": "spv-places/1", "places": […]}`, the one kept last first, at most [`PLACES`].
#[derive(Debug)]
pub(super) struct Places;

impl Kept for Places {
    type Item = Place;
    const SHAPE: Shape = Shape {
        file: "places.json",
        format: "spv-places",
        field: "places",
        named: false,
        one: "place",
        many: "places",
        // 500 places take a tenth of this.
        limit: 4 << 20,
    };
}

/// The places and a warning, or an error if nothing may be written.
fn read_places(dir: &Path) -> Result<(Vec<Place>, Option<String>), String> {
    let (kept, warning) = kept::read::<Places>(dir)?;
    let mut met = HashSet::new();
    let places = kept.entries.into_iter().map(|entry| entry.item);
    let first = |place: &Place| met.insert((place.symbol.clone(), place.language.clone()));
    Ok((places.filter(first).collect(), warning))
}

/// Whether two places are in one edition of one record.
pub(super) fn same_edition(one: &Place, other: &Place) -> bool {
    one.symbol == other.symbol && one.language == other.language
}

/// Puts a place first, replacing one in the same edition; at most [`PLACES`] are kept.
///
/// The order is that of keeping, which a wrong clock cannot disturb: a place from another reader is
/// kept only if it is newer and not from the future, as of `now`.
fn insert_place(places: &mut Vec<Entry<Place>>, mut place: Place, now: i64) {
    let known = places.iter().position(|known| same_edition(&known.item, &place));
    if known.is_some_and(|at| (place.at + 1..=now).contains(&places[at].item.at)) {
        return;
    }
    place.words.truncate(place.words.floor_char_boundary(WORDS));
    let unknown = known.map(|at| places.remove(at).unknown).unwrap_or_default();
    places.insert(0, Entry { unknown, ..place.into() });
    places.truncate(PLACES);
}

/// Adds places that were exported, the one kept last first; of two in one edition the newer stays. Returns how many were
/// taken.
///
/// # Errors
/// If they cannot be written; the existing places are unchanged.
pub(super) fn import(dir: &Path, more: Vec<Entry<Place>>) -> Result<usize, DeskError> {
    if more.is_empty() {
        return Ok(0);
    }
    let added = |kept: &mut Contents<Places>| {
        let mut added = 0;
        for new in more.into_iter().rev() {
            let here = |known: &Entry<Place>| same_edition(&known.item, &new.item);
            let known = kept.entries.iter().find(|known| here(known));
            if known.is_some_and(|known| known.item.at >= new.item.at) {
                continue;
            }
            kept.entries.retain(|known| !here(known));
            let later = kept.entries.iter().position(|known| known.item.at <= new.item.at);
            kept.entries.insert(later.unwrap_or(kept.entries.len()), new);
            added += 1;
        }
        kept.entries.truncate(PLACES);
        added
    };
    kept::change(dir, added).map(|(added, ..)| added)
}

/// Adds places, the newest last, to the file and returns its content. An empty file gets all
/// `known` places first.
fn write_places(
    dir: &Path,
    added: &[Place],
    known: &[Place],
    now: i64,
) -> Result<Vec<Place>, DeskError> {
    let add = |kept: &mut Contents<Places>| {
        if kept.entries.is_empty() {
            kept.entries = known.iter().cloned().map(Entry::from).collect();
        }
        for place in added {
            insert_place(&mut kept.entries, place.clone(), now);
        }
    };
    let (_, kept, _) = kept::change(dir, add)?;
    Ok(kept.entries.into_iter().map(|entry| entry.item).collect())
}
