//! What belongs to the person: places, notes, marks, what one looked for. Private files, never in a library.
//!
//! `DIR/places.json` (DIR is `$XDG_STATE_HOME/spv`, mode 0700, its files 0600) has the shape
//! `{"format": "spv-places/1", "places": […]}` (see [`Place`]): the newest 500 places, each with the words that stood there, so that it is found
//! again in another edition. Beside it are `notes.json` ([`notes`]), `marks.json` ([`marks`]), `history.json`
//! ([`history`]), `session.json` ([`session`]) and `drafts.json` ([`drafts`]). Each is written beside and renamed, at the end of its links
//! where it is one; two readers at once take turns by `DIR/desk.lock` and each adds to what the other wrote.
//! Fields that this version does not know are kept, and a thing of a list that cannot be read is only that one.
//! There is no clock here: who keeps something gives its time.

mod contents;
pub mod drafts;
mod file;
pub mod history;
mod kept;
pub mod marks;
pub mod notes;
pub mod session;
pub mod settings;

use std::path::{Path, PathBuf};

use crate::record::{Language, Symbol};

use contents::Entry;
pub use contents::Unknown;
pub use file::Place;

/// How many places are kept; the oldest go first.
pub const PLACES: usize = 500;

/// Why something could not be kept; the message names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The system refused.
    #[error("{}: {message}", file.display())]
    Refused {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// Another reader has held the lock for longer than keeping something takes.
    #[error("{}: another spv is writing here; the {one} is not kept, try once more", lock.display())]
    Busy {
        /// The lock file.
        lock: PathBuf,
        /// What is not kept: a place, a note.
        one: &'static str,
    },
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
        match file::read(dir) {
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
        file::put(&mut known, place.clone(), now);
        self.places = known.into_iter().map(|entry| entry.item).collect();
        let Some(dir) = &self.dir else {
            return Ok(());
        };
        self.unwritten.retain(|known| !file::same_edition(known, &place));
        self.unwritten.push(place);
        self.places = file::write(dir, &self.unwritten, &self.places, now)?;
        self.unwritten.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
