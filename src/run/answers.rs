//! Answers to the questions of the screens: the one place where they reach library and search.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::app::action::{Answer, Question};
use crate::app::export::StatementId;
use crate::app::found::{Asked, Narrow};
use crate::app::last;
use crate::app::listed::{of_group, statements_of};
use crate::app::position::Spot;
use crate::app::said::said_by;
use crate::cli::clock;
use crate::library::references::References;
use crate::library::{Library, LibraryError, Problem};
use crate::record::{Language, Record, Symbol};
use crate::search::collocates::collocates;
use crate::search::find::{Named, Names, council_entries};
use crate::search::index::{Index, IndexError};
use crate::search::results;
use crate::search::similar::{Compared, similar};

use super::cleaned::cleaned;
use super::desk;
use super::searching::{self, Searcher};

/// So many records are read again without being asked for.
const FEW: usize = 32;

/// Tells which day it is.
#[derive(Debug)]
struct Clock(fn() -> Date);

impl Default for Clock {
    fn default() -> Self {
        Self(|| clock::today().0)
    }
}

/// What questions are answered from.
#[derive(Debug, Default)]
pub struct Sources {
    /// The library.
    pub library: Arc<Library>,
    names: Option<Names>,
    /// The table of references, where it cannot be kept on disk.
    references: Option<Arc<References>>,
    /// The table kept on disk was compared with the files in this session.
    compared: bool,
    index: Option<Index>,
    /// No index can be kept: that of a small library is made in memory.
    in_memory: bool,
    damaged: bool,
    desk: Option<PathBuf>,
    language: Option<Language>,
    searcher: Searcher,
    clock: Clock,
    /// The records that failed when they were to be read, since this was asked last.
    unread: RefCell<Vec<Problem>>,
}

impl Sources {
    /// Over a library; the names to find are gathered when the first is asked for.
    pub fn new(library: Arc<Library>) -> Self {
        Self { library, ..Self::default() }
    }

    /// Takes another clock than that of the machine.
    pub fn set_clock(&mut self, clock: fn() -> Date) {
        self.clock = Clock(clock);
    }

    /// Takes the person's folder of notes and marks.
    pub fn set_desk(&mut self, desk: Option<PathBuf>) {
        self.desk = desk;
    }

    /// The person's folder of notes, marks and kept queries.
    pub(super) fn desk_folder(&self) -> Option<&Path> {
        self.desk.as_deref()
    }

    /// Notes records that failed when they were to be read.
    pub(super) fn add_unread(&mut self, unread: Vec<Problem>) {
        self.unread.get_mut().extend(unread);
    }

    /// Takes the language of which a record counts that is here in several.
    pub fn prefer(&mut self, language: Option<Language>) {
        self.language = language;
    }

    /// Over a library that changed, with the same folders.
    #[must_use]
    pub fn renewed(&self, library: Arc<Library>) -> Self {
        Self {
            desk: self.desk.clone(),
            in_memory: self.in_memory,
            language: self.language.clone(),
            clock: Clock(self.clock.0),
            ..Self::new(library)
        }
    }

    /// The records that failed when they were to be read, since this was asked last; each once.
    pub fn take_unread(&mut self) -> Vec<Problem> {
        let mut unread = self.unread.take();
        unread.append(&mut self.searcher.unread);
        unread.sort_by(|a, b| a.file.cmp(&b.file));
        unread.dedup_by(|a, b| a.file == b.file);
        unread
    }

    /// Gathers the names to find, so that the first key in Find need not wait for it.
    pub fn prepare(&mut self) {
        let library = &self.library;
        self.names.get_or_insert_with(|| Names::new(library.catalogue()));
    }

    /// Compares the kept table of references with the files, and reads the few that changed, so that
    /// the first question need not. A table that is still to be made is left for that question: it
    /// takes every record, which nobody may have asked for.
    pub fn prepare_references(&mut self, cancelled: &AtomicBool) {
        // Once compared it is valid until the library changes; a table is not read only to be dropped.
        if self.library.root().is_none() || self.compared || self.references.is_some() {
            return;
        }
        if let Some(table) = self.library.references_reading(FEW, cancelled) {
            self.hold(table);
        }
    }

    /// From now on the index of a small library is made in memory, because none can be kept for it.
    pub fn index_in_memory(&mut self) {
        if !std::mem::replace(&mut self.in_memory, true) {
            self.index = None;
        }
    }

    /// The index for full text as it is now: opened when it is first asked for, and again where somebody
    /// has written it since. `None` while there is none.
    ///
    /// # Errors
    /// When an index in memory cannot be made.
    fn index(&mut self) -> Result<Option<&Index>, IndexError> {
        if self.index.as_ref().is_none_or(|index| !index.is_current()) {
            let library = &self.library;
            self.index = Index::open(library, library.cache(), self.language.as_ref())?;
            let small = library.catalogue().entries.len() <= results::SMALL_LIBRARY;
            if self.index.is_none() && self.in_memory && small {
                let index = Index::in_memory(library, self.language.as_ref())?;
                self.unread.get_mut().extend(index.unread.iter().cloned());
                self.index = Some(index);
            }
        }
        Ok(self.index.as_ref())
    }

    /// Puts a question to the index for full text; `None` while there is no index. One that turns out to be
    /// damaged is remembered for [`Sources::found_damage`].
    ///
    /// # Errors
    /// One line, when the index cannot be read.
    pub fn search<T>(
        &mut self,
        ask: impl FnOnce(&Index, &Library) -> Result<T, IndexError>,
    ) -> Result<Option<T>, String> {
        let library = Arc::clone(&self.library);
        let answer = match self.index() {
            Ok(Some(index)) => ask(index, &library).map(Some),
            Ok(None) => return Ok(None),
            Err(error) => Err(error),
        };
        if let Err(IndexError::Damaged(_)) = &answer {
            self.damaged = true;
            self.index = None;
        }
        answer.map_err(|error| error.to_string())
    }

    /// Every statement that a search finds, in the order of the screen.
    ///
    /// # Errors
    /// One line, when there is no index or it cannot be read.
    pub fn all_found(&mut self, asked: &Asked) -> Result<Vec<StatementId>, String> {
        let never = Arc::default();
        let found = self.search(|index, library| {
            let hits = results::search(index, &asked.query(), usize::MAX, asked.order, &never)?;
            Ok(searching::listed_all(library, &hits.hits))
        })?;
        let found = found.ok_or_else(|| searching::NO_INDEX.to_owned())?;
        Ok(found.into_iter().map(|f| (f.at.symbol, f.at.language, f.number)).collect())
    }

    /// Whether the index was found damaged since this was asked last; it is then to be made again.
    pub fn found_damage(&mut self) -> bool {
        std::mem::take(&mut self.damaged)
    }

    /// The answer to a question; `place` tells where the person left a record. Of an answer that comes in
    /// parts, `part` gets all but the last.
    pub fn answer(
        &mut self,
        question: &Question,
        place: impl Fn(&Record) -> Option<Spot>,
        cancelled: &Arc<AtomicBool>,
        part: &mut dyn FnMut(Answer),
    ) -> Answer {
        match question {
            Question::Find { query, limit } => {
                self.prepare();
                let hits = self.names.as_ref().map(|n| n.find(query, *limit, cancelled));
                let mut hits = hits.unwrap_or_default();
                council_entries(&mut hits, query, (self.clock.0)(), *limit);
                Answer::Found(hits)
            }
            Question::StatementsOf(Named::Group(group)) => {
                let table = self.references(cancelled);
                let joint = table.for_group(last::is_made_for(group.name()));
                let joint = joint.into_iter().map(|at| (at.symbol, at.what)).collect();
                Answer::Listed(of_group(*group, self.library.catalogue(), &joint))
            }
            Question::Said(state) => {
                let table = self.references(cancelled);
                Answer::Said(Box::new(said_by(state, self.library.catalogue(), &table)))
            }
            Question::StatementsOf(named) => {
                Answer::Listed(statements_of(named, self.library.catalogue()))
            }
            Question::Load { symbol, language, at } => match self.load(symbol, language.as_ref()) {
                Ok(record) => {
                    let place = place(&record);
                    Answer::Loaded { record: Arc::new(record), at: at.clone(), place }
                }
                Err(message) => Answer::Failed(message),
            },
            Question::Backlinks { of, pages } => {
                let table = self.references(cancelled);
                Answer::Backlinks { of: of.clone(), pages: *pages, found: table.citing(of, CITED) }
            }
            Question::Search { .. }
            | Question::Hit(_)
            | Question::Concordance(..)
            | Question::Chart(_) => {
                // Taken out, because the index lends itself from the same place.
                let mut searcher = std::mem::take(&mut self.searcher);
                let answer = self.search(|index, library| {
                    searcher.answer(index, library, question, cancelled, part)
                });
                self.searcher = searcher;
                searching::or_why(answer, question)
            }
            Question::Words { of, found } => {
                self.searcher.words_of(&self.library, of, found, cancelled)
            }
            Question::Complete(before) => {
                // Taken out, because the table of references lends itself from the same place.
                let mut searcher = std::mem::take(&mut self.searcher);
                let library = Arc::clone(&self.library);
                let groups = || self.references(cancelled).groups();
                let completion = searcher.complete(&library, before, groups);
                self.searcher = searcher;
                Answer::Completed(completion)
            }
            Question::Collocates(query, narrow, span) => {
                self.collocates(query, narrow, *span, cancelled)
            }
            Question::Similar(passage) => self.similar(passage, cancelled),
            Question::KeptQueries => self.kept_queries(cancelled, part),
            Question::OpenKept(name) => self.open_kept(name, cancelled),
            Question::Mark(_) | Question::Notes | Question::Note(_) | Question::Resume => {
                let record = |symbol: &Symbol, language: &Language| self.record(symbol, language);
                desk::answer(&record, self.desk.as_deref(), question).unwrap_or_else(Answer::Failed)
            }
        }
    }

    /// The words beside the occurrences of a query.
    fn collocates(
        &mut self,
        query: &str,
        narrow: &Narrow,
        span: u32,
        cancelled: &Arc<AtomicBool>,
    ) -> Answer {
        let parsed = narrow.query(query);
        let found =
            self.search(|index, library| collocates(index, library, &parsed, span, cancelled));
        match found {
            Ok(Some(mut found)) => {
                self.add_unread(std::mem::take(&mut found.unread));
                Answer::Collocated(query.to_owned(), narrow.clone(), Box::new(found))
            }
            Ok(None) => Answer::Failed(searching::NO_INDEX.to_owned()),
            Err(why) => Answer::Failed(why),
        }
    }

    /// The statements that are most like a passage.
    fn similar(&mut self, passage: &Compared, cancelled: &Arc<AtomicBool>) -> Answer {
        let record = match self.record(&passage.symbol, &passage.language) {
            Ok(record) => record,
            Err(why) => return Answer::Failed(why),
        };
        let found = self
            .search(|index, library| similar(index, library, &record, passage, cleaned, cancelled));
        match found {
            Ok(Some(mut found)) => {
                self.add_unread(std::mem::take(&mut found.unread));
                Answer::Similar(passage.clone(), Box::new(found))
            }
            Ok(None) => Answer::Failed(searching::NO_INDEX.to_owned()),
            Err(why) => Answer::Failed(why),
        }
    }

    /// The table of references. In a full library it takes seconds to make, and a few milliseconds to
    /// read where it is kept; it is read for each question, so that a reader at rest holds none.
    fn references(&mut self, cancelled: &AtomicBool) -> Arc<References> {
        if let Some(held) = &self.references {
            return Arc::clone(held);
        }
        if self.compared
            && let Some(kept) = self.library.kept_references()
        {
            return Arc::new(kept);
        }
        self.hold(self.library.references(cancelled))
    }

    /// Notes that a table was compared with the files, and holds it where the disk does not.
    fn hold(&mut self, table: References) -> Arc<References> {
        self.unread.get_mut().extend(table.unread.iter().cloned());
        let table = Arc::new(table);
        if !table.given_up {
            self.compared = true;
            if !table.kept {
                self.references = Some(Arc::clone(&table));
            }
        }
        table
    }

    /// A record in this language, or else in another.
    ///
    /// # Errors
    /// One line, when it is not here or cannot be read.
    pub fn record(&self, symbol: &Symbol, language: &Language) -> Result<Record, String> {
        self.load(symbol, Some(language))
    }

    fn load(&self, symbol: &Symbol, language: Option<&Language>) -> Result<Record, String> {
        let entry = self
            .library
            .entry(symbol, language)
            .ok_or_else(|| format!("{symbol} is not in the library"))?;
        match self.library.load(entry) {
            Ok(record) => Ok(cleaned(record)),
            Err(error) => {
                self.unread.borrow_mut().push(self.library.unread(entry, &error));
                Err(unread(symbol, &error))
            }
        }
    }
}

/// Why a record that is here cannot be read, and what to do; its file comes after that, since a small
/// screen has no room for both.
fn unread(symbol: &Symbol, error: &LibraryError) -> String {
    match error {
        LibraryError::Bad { file, message } | LibraryError::Refused { file, message, .. } => {
            format!("{symbol} cannot be read: {message} ({})", file.display())
        }
        _ => format!("{symbol} cannot be read ({error})"),
    }
}

/// The most references to a document that a card counts. None is cited a tenth as often.
const CITED: usize = 200_000;
