//! Which library a command works on, and what the command knows of the world around it.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use jiff::civil::Date;

use super::args::Options;
use super::clock;
use super::out::{Failure, say};
use crate::library::{Entry, Library, Places};
use crate::record::symbol::{Series, SymbolError};
use crate::record::{Record, Symbol};

/// What a command is told of the world, read once at the edge.
#[derive(Clone, Debug)]
pub struct World {
    /// What every command understands.
    pub options: Options,
    /// Columns of the terminal that standard output is, `None` where it is none.
    pub columns: Option<usize>,
    /// Today.
    pub today: Date,
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
        Self { options, columns, today }
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
        Places::find(self.options.library.as_deref()).library.ok_or_else(|| {
            Failure::could_not(
                "there is no home folder to keep a library in; name one with --library DIR or SPV_LIBRARY",
            )
        })
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
}

impl Shelf {
    /// Opens the library the options name: the exercise debates by `--exercise` or where there is no other.
    ///
    /// # Errors
    /// When a folder that was named is missing or cannot be read.
    pub fn open(options: &Options) -> Result<Self, Failure> {
        if options.exercise {
            return Ok(Self { library: Library::exercise(), exercise: true, stand_in: false });
        }
        let stand_in = || Self { library: Library::exercise(), exercise: false, stand_in: true };
        let places = Places::find(options.library.as_deref());
        let Some(folder) = places.library.filter(|folder| places.named || folder.exists()) else {
            return Ok(stand_in());
        };
        let library = Library::open(&folder)?;
        let empty = library.catalogue().entries.is_empty() && library.problems().is_empty();
        if empty && !places.named {
            return Ok(stand_in());
        }
        Ok(Self { library, exercise: false, stand_in: false })
    }

    /// Opens the library, and says on standard error what of it could not be read.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn open_and_say(options: &Options) -> Result<Self, Failure> {
        let shelf = Self::open(options)?;
        match shelf.library.problems() {
            [] => {}
            [one] => say(&format!("{}: {}", one.file.display(), one.message)),
            more => say(&format!(
                "{} record files could not be read and are left out; `spv check` names them",
                more.len()
            )),
        }
        Ok(shelf)
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
    /// When its file cannot be read; with no words where [`Shelf::open_and_say`] has said them.
    pub fn record(&self, symbol: &Symbol, options: &Options) -> Result<Option<Record>, Failure> {
        let language = options.lang.as_ref();
        if let Some(entry) = self.library.entry(symbol, language) {
            return Ok(Some(self.library.load(entry)?));
        }
        if let Some(problem) = self.library.problems().iter().find(|p| p.is_of(symbol)) {
            // Where it is the only one, opening the library has said it.
            let said = self.library.problems().len() == 1;
            let words = format!("{}: {}", problem.file.display(), problem.message);
            return Err(Failure::wrong(if said { String::new() } else { words }));
        }
        if symbol.series() != Series::Exercise {
            return Ok(None);
        }
        let inside = Library::exercise();
        let found = inside.entry(symbol, language).map(|entry| inside.load(entry)).transpose()?;
        Ok(found)
    }

    /// Loads a record for a look at many; one that fails is named on standard error and left out.
    #[must_use]
    pub fn load_or_say(&self, entry: &Entry) -> Option<Record> {
        self.library.load(entry).map_err(|e| say(&Failure::from(e).message)).ok()
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
