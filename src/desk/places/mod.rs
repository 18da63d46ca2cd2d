//! The file of places: the newest places one read at.

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

/// The person's desk: what is kept of their reading.
#[derive(Debug, Default)]
pub struct Desk {
    dir: Option<PathBuf>,
    places: Vec<Place>,
    /// Those that could not be written yet, the newest last.
    unwritten: Vec<Place>,
}

impl Desk {
    /// Opens the desk in a folder, which is made when the first place is kept, and tells in one line
    /// what was wrong with it. A damaged file is kept aside as `places.json.damaged-N`; one of a later
    /// version is left to that version, and this desk keeps nothing.
    #[must_use]
    pub fn open(dir: &Path) -> (Self, Option<String>) {
        match read_places(dir) {
            Ok((places, warning)) => {
                (Self { dir: Some(dir.to_owned()), places, unwritten: Vec::new() }, warning)
            }
            Err(warning) => (Self::private(), Some(warning)),
        }
    }

    /// A desk that remembers for as long as it lives and writes nothing.
    #[must_use]
    pub fn private() -> Self {
        Self::default()
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.dir.is_none()
    }

    /// Every place, the one kept last first.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Where one was in this edition of a record, or else, the latest, in another language of it.
    #[must_use]
    pub fn place_of(&self, symbol: &Symbol, language: &Language) -> Option<&Place> {
        let mut of_symbol = self.places.iter().filter(|place| place.symbol == *symbol);
        let exact = of_symbol.clone().find(|place| place.language == *language);
        exact.or_else(|| of_symbol.next())
    }

    /// Keeps a place, instead of an earlier one in the same edition.
    ///
    /// # Errors
    /// When it cannot be written; it is still remembered for as long as this desk lives.
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
struct Places;

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

/// The places and a warning, or only a warning when nothing may be written here.
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

/// Puts a place before the others, instead of that in the same edition, at most [`PLACES`] together.
///
/// The order is that of keeping, which a clock that was wrong cannot disturb: a place of another reader is
/// left only if it is newer and not from a time that, at `now`, is still to come.
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

/// Adds places, the newest last, to the file and gives what it holds now. Where it holds none it is given
/// all that are `known`.
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
