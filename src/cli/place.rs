//! Which library a command works on, and what the command knows of the world around it.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::args::Options;
use super::clock;
use super::out::{Failure, say};
use super::unread::Unread;
use crate::library::{Entry, Folders, Library, LibraryError, Problem, keeping};
use crate::record::symbol::{Series, SymbolError};
use crate::record::{Language, Record, Symbol};

/// What a command is told of the world, read once at the edge.
#[derive(Clone, Debug)]
pub struct World {
    /// What every command understands.
    pub options: Options,
    /// Columns of the terminal that standard output is, `None` where it is none.
    pub columns: Option<usize>,
    /// Today.
    pub today: Date,
    /// The records that could not be read for the answer.
    pub unread: Rc<Unread>,
}

impl World {
    /// The world as it is.
    #[must_use]
    pub fn here(options: Options) -> Self {
        let out = std::io::stdout();
        let columns = out.is_terminal().then(|| {
            rustix::termios::tcgetwinsize(&out).map_or(80, |size| usize::from(size.ws_col.max(20)))
        });
        let (today, wrong) = clock::today();
        wrong.iter().for_each(|words| say(words));
        Self { options, columns, today, unread: Rc::default() }
    }

    /// The library that takes in records, be it there yet or not.
    ///
    /// # Errors
    /// When the options ask for the exercise debates, or there is no home folder to keep a library in.
    pub fn taking_in(&self) -> Result<PathBuf, Failure> {
        if self.options.exercise {
            return Err(Failure::wrong(
                "the exercise debates are inside the program and take no records; leave --exercise out",
            ));
        }
        let library = Folders::find(self.options.library.as_deref()).library.ok_or_else(|| {
            Failure::could_not(
                "there is no home folder to keep a library in; name one with --library DIR or SPV_LIBRARY",
            )
        })?;
        keeping::may_write(&library, &self.options.keeping()).map_err(Failure::could_not)?;
        say_whose(&self.options, &library);
        Ok(library)
    }
}

/// What is to be said of whose a library is: once, and again where that is not to be remembered.
#[must_use]
pub fn whose(options: &Options, library: &Path) -> Option<String> {
    keeping::ownership_notice(library, &options.keeping(), !options.private)
}

fn say_whose(options: &Options, library: &Path) {
    whose(options, library).iter().for_each(|words| say(words));
}

/// Says what a writer has to say of its library: once, however many writers there are.
pub(super) fn warn(warning: Option<String>) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if let Some(words) = warning
        && !SAID.swap(true, Ordering::Relaxed)
    {
        say(&words);
    }
}

/// The records a command works on.
#[derive(Debug)]
pub struct Shelf {
    /// The library.
    pub library: Library,
    /// The exercise debates were asked for.
    pub exercise: bool,
    /// There is no library, and nobody asked for the exercise debates: they stand in for it.
    pub stand_in: bool,
    /// Where the records are noted that cannot be read.
    unread: Rc<Unread>,
}

impl Shelf {
    /// Opens the library the options name: the exercise debates by `--exercise` or where there is no other.
    ///
    /// # Errors
    /// When a folder that was named is missing or cannot be read.
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

    /// Opens the library for an answer from all of its records as they are now: those that cannot be read are
    /// noted, and one that is left out for another reason is said.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_all(world: &World) -> Result<Self, Failure> {
        let mut shelf = Self::open_one(world)?;
        if !shelf.library.looks_unchanged() {
            shelf.renew()?;
        }
        shelf.note_and_say();
        Ok(shelf)
    }

    /// Takes the library as it is now.
    ///
    /// # Errors
    /// When its folder is gone or cannot be read any longer.
    pub fn renew(&mut self) -> Result<(), Failure> {
        if let Some(changed) = self.library.refresh()? {
            self.library = changed;
        }
        Ok(())
    }

    /// Notes every record that could not be read, and says which files are left out for another reason.
    pub fn note_and_say(&self) {
        self.note_all();
        let left_out: Vec<&Problem> =
            self.library.problems().iter().filter(|problem| !problem.unread).collect();
        match left_out.as_slice() {
            [] => {}
            [one] => say(&format!("{}: {}", one.file.display(), one.message)),
            more => say(&format!("{} record files are left out; `spv check` says why", more.len())),
        }
    }

    /// Opens the library for an answer from one record. That others cannot be read does not matter to it.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_one(world: &World) -> Result<Self, Failure> {
        let shelf = Self::open(&world.options)?;
        if let Some(root) = shelf.library.root() {
            say_whose(&world.options, root);
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

    /// The records that may stand in a list, newest first and each once, in the preferred language,
    /// else in English, else in any. Exercise debates never stand beside real records.
    #[must_use]
    pub fn records(&self, options: &Options) -> Vec<&Entry> {
        let catalogue = self.library.catalogue();
        let real = catalogue.entries.iter().any(|e| !e.exercise);
        catalogue.records(options.lang.as_ref()).filter(|e| !(real && e.exercise)).collect()
    }

    /// Whether this is real: the facts may stand beside it.
    #[must_use]
    pub fn with_facts(&self) -> bool {
        !self.exercise
    }

    /// The record with this symbol in the preferred language, or `None` where it is not here.
    /// An exercise debate asked for by its symbol is found inside the program.
    ///
    /// # Errors
    /// When its file cannot be read; then all that cannot be read are noted.
    pub fn record(&self, symbol: &Symbol, options: &Options) -> Result<Option<Record>, Failure> {
        let language = options.lang.as_ref();
        let unread = || self.library.problems().iter().filter(|p| p.unread && p.is_of(symbol));
        if let Some(entry) = self.library.entry(symbol, language) {
            let wanted = language.unwrap_or(&Language::English);
            if entry.language != *wanted {
                // The edition that was wanted may be among those that cannot be read.
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

    /// Loads a record for a look at many; one that fails is noted and left out.
    #[must_use]
    pub fn load_or_note(&self, entry: &Entry) -> Option<Record> {
        self.library.load(entry).map_err(|error| self.note_error(entry, &error)).ok()
    }
}

/// What brings in the text of a record that is not here; with the words to type for it.
pub(super) fn how_to_get(symbol: &Symbol) -> String {
    format!("`spv get {}` fetches it, `spv import FILE` takes it from a file", symbol.typed())
}

/// A symbol from the words of the command line.
///
/// # Errors
/// When it cannot be understood; the message shows three that would be.
pub fn symbol(words: &[String]) -> Result<Symbol, Failure> {
    words.join(" ").parse().map_err(|e: SymbolError| Failure::wrong(e.to_string()))
}
