//! The library that a command works on.

use std::rc::Rc;

use super::args::Options;
use super::out::{Failure, say};
use super::world::{Unread, World, say_owner};
use crate::facts::meetings;
use crate::library::{Entry, Folders, Library, LibraryError, Problem};
use crate::record::symbol::{Series, SymbolError};
use crate::record::{Language, Record, Symbol};
use crate::search::index::{IndexState, index_state};

/// The library a command works on.
#[derive(Debug)]
pub struct Shelf {
    /// The library.
    pub library: Library,
    /// The exercise debates were asked for.
    pub exercise: bool,
    /// There is no library, and the exercise debates are used instead without being asked for.
    pub stand_in: bool,
    /// The records that could not be read.
    unread: Rc<Unread>,
}

impl Shelf {
    /// Opens the library of the options, or the exercise debates with `--exercise` or if there is no library.
    ///
    /// # Errors
    /// If a named folder is missing or cannot be read.
    pub fn open(options: &Options) -> Result<Self, Failure> {
        if options.exercise {
            return Ok(Self::over(Library::exercise(), true, false));
        }
        let stand_in = || Self::over(Library::exercise(), false, true);
        let places = Folders::find(options.library.as_deref());
        let Some(folder) = places.library.filter(|folder| places.named || folder.exists()) else {
            return Ok(stand_in());
        };
        let library = Library::open_keeping(&folder, &options.keeping())?;
        let empty = library.catalogue().entries.is_empty() && library.problems().is_empty();
        if empty && !places.named {
            return Ok(stand_in());
        }
        Ok(Self::over(library, false, false))
    }

    fn over(library: Library, exercise: bool, stand_in: bool) -> Self {
        Self { library, exercise, stand_in, unread: Rc::default() }
    }

    /// Opens the library for an answer from all of its records, after reading what has changed. Records that
    /// cannot be read are noted, and files that are skipped for another reason are reported.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_all(world: &World) -> Result<Self, Failure> {
        let mut shelf = Self::open_one(world)?;
        if !shelf.library.looks_unchanged() {
            shelf.renew()?;
        }
        shelf.note_and_report();
        Ok(shelf)
    }

    /// Reads what has changed in the library since it was opened.
    ///
    /// # Errors
    /// If its folder is gone or can no longer be read.
    pub fn renew(&mut self) -> Result<(), Failure> {
        if let Some(changed) = self.library.refresh()? {
            self.library = changed;
        }
        Ok(())
    }

    /// Reads what has changed in the library, and returns the state of its index after that.
    ///
    /// # Errors
    /// As [`Shelf::renew`].
    pub fn renew_index_state(&mut self) -> Result<IndexState, Failure> {
        self.renew()?;
        Ok(index_state(&self.library, self.library.cache()))
    }

    /// Notes every record that could not be read, and reports files that are skipped for another reason.
    pub fn note_and_report(&self) {
        self.note_all();
        let left_out: Vec<&Problem> =
            self.library.problems().iter().filter(|problem| !problem.unread).collect();
        match left_out.as_slice() {
            [] => {}
            [one] => say(&format!("{}: {}", one.file.display(), one.message)),
            more => say(&format!(
                "{} record files are skipped; run `spv check` for the reasons",
                more.len()
            )),
        }
    }

    /// Opens the library for an answer from one record, which does not need the others to be readable.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_one(world: &World) -> Result<Self, Failure> {
        let shelf = Self::open(&world.options)?;
        if let Some(root) = shelf.library.root() {
            say_owner(&world.options, root);
        }
        Ok(Self { unread: Rc::clone(&world.unread), ..shelf })
    }

    /// Notes every record that could not be read.
    fn note_all(&self) {
        self.note(self.library.problems());
    }

    /// Notes records that could not be read.
    pub fn note<'a>(&self, problems: impl IntoIterator<Item = &'a Problem>) {
        problems.into_iter().for_each(|problem| self.unread.note(problem));
    }

    /// Notes that the record of an entry could not be read.
    pub fn note_error(&self, entry: &Entry, error: &LibraryError) {
        self.unread.note(&self.library.unread(entry, error));
    }

    /// The records to list, newest first and each once, in the preferred language, else in English, else in
    /// any. Exercise debates are never listed with real records.
    pub fn records(&self, options: &Options) -> Vec<&Entry> {
        let catalogue = self.library.catalogue();
        let real = catalogue.entries.iter().any(|e| !e.exercise);
        catalogue.records(options.lang.as_ref()).filter(|e| !(real && e.exercise)).collect()
    }

    /// Whether the tables of facts are used: they are not with `--exercise`.
    pub fn with_facts(&self) -> bool {
        !self.exercise
    }

    /// Loads the record with this symbol in the preferred language; `None` if it is not in the library.
    /// Exercise debates are found in any case, since they are built in.
    ///
    /// # Errors
    /// If its file cannot be read; then all unreadable records are noted.
    pub fn record(&self, symbol: &Symbol, options: &Options) -> Result<Option<Record>, Failure> {
        let language = options.lang.as_ref();
        let unread = || self.library.problems().iter().filter(|p| p.unread && p.is_of(symbol));
        if let Some(entry) = self.library.entry(symbol, language) {
            let wanted = language.unwrap_or(&Language::English);
            if entry.language != *wanted {
                // The preferred edition may be one of those that cannot be read.
                self.note(unread());
            }
            return match self.library.load(entry) {
                Ok(record) => Ok(Some(record)),
                Err(error) => {
                    self.note_error(entry, &error);
                    self.note_all();
                    Err(error.into())
                }
            };
        }
        if let Some(problem) = unread().next() {
            self.note_all();
            let words = format!("{}: {}", problem.file.display(), problem.message);
            return Err(Failure::wrong(words));
        }
        if symbol.series() != Series::Exercise {
            // It may be in one of the files that cannot be read.
            self.note_all();
            return Ok(None);
        }
        let inside = Library::exercise();
        let found = inside.entry(symbol, language).map(|entry| inside.load(entry)).transpose()?;
        Ok(found)
    }

    /// Loads one of many records; if it cannot be read, it is noted and left out.
    pub fn load_or_note(&self, entry: &Entry) -> Option<Record> {
        self.library.load(entry).map_err(|error| self.note_error(entry, &error)).ok()
    }
}

/// How to get the text of a missing record, with the commands to type.
pub(super) fn how_to_get(symbol: &Symbol) -> String {
    if meetings::by_symbol(symbol).is_some_and(|meeting| meeting.is_scanned()) {
        return "its PDF is a scan, like all before July 1993, and cannot be read; `spv import FILE` imports a text of it"
            .to_owned();
    }
    format!("`spv get {}` downloads it, `spv import FILE` imports it from a file", symbol.typed())
}

/// Parses a symbol from words of the command line.
///
/// # Errors
/// If it is not a symbol; the message shows three that are.
pub fn parse_symbol(words: &[String]) -> Result<Symbol, Failure> {
    words.join(" ").parse().map_err(|e: SymbolError| Failure::wrong(e.to_string()))
}
