//! What every screen may read and change: the size, the library, the message, the question that is open.

use std::sync::Arc;

use crate::library::{Catalogue, Problem};
use crate::record::{Language, Symbol};
use crate::search::similar::Compared;

use super::action::{Effect, Problems, Question, Start};
use super::byte_budget::ByteBudget;
use super::cite::Pages;
use super::fetching::{Fetching, Running, question};
use super::found::Narrow;
use super::geometry::Geometry;
pub use super::shelf::Shelf;

/// The part of the state that belongs to no screen.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The size of the terminal.
    pub geometry: Geometry,
    /// What the library has.
    pub catalogue: Arc<Catalogue>,
    /// Which library it is.
    pub shelf: Shelf,
    /// The files that could not be read.
    pub problems: Problems,
    /// The count typed so far.
    pub count: Option<u32>,
    /// One line for the person, until the next key.
    pub message: Option<String>,
    /// The number of the newest question.
    pub question: u64,
    /// A record is being loaded.
    pub loading: bool,
    /// The newest question is not answered yet, or not wholly.
    pub pending: bool,
    /// The latest queries of the search screen, the newest first.
    pub queries: Vec<String>,
    /// How many queries are kept.
    pub kept_queries: usize,
    /// While the index for full text is being made: how many records of how many are read.
    pub indexing: Option<(usize, usize)>,
    /// What is known of the fetching of records.
    pub fetching: Fetching,
    /// Why the index could not be made or brought up to date, and whom to ask, in one line.
    pub unindexed: Option<String>,
    /// What was copied last.
    pub copied: Option<String>,
    /// The whole position in the status line is late while lines go by, and not only the name in it.
    pub trailing: bool,
    /// What a letter typed above a list may still take, and the rows held back for it.
    pub budget: ByteBudget,
}

impl Shared {
    /// At the start.
    pub fn new(
        geometry: Geometry,
        catalogue: Arc<Catalogue>,
        shelf: Shelf,
        problems: impl Into<Arc<[Problem]>>,
    ) -> Self {
        Self {
            geometry,
            catalogue,
            shelf,
            problems: problems.into(),
            count: None,
            message: None,
            question: 0,
            loading: false,
            pending: false,
            queries: Vec::new(),
            kept_queries: 0,
            indexing: None,
            fetching: Fetching::default(),
            unindexed: None,
            copied: None,
            trailing: false,
            budget: ByteBudget::default(),
        }
    }

    /// Says something in the message line.
    pub fn say(&mut self, words: impl Into<String>) {
        self.message = Some(words.into());
    }

    /// Puts a question, with the next number: answers to older ones are dropped from now on.
    pub fn ask(&mut self, question: Question) -> Effect {
        self.question += 1;
        self.pending = true;
        Effect::Ask { number: self.question, question }
    }

    /// Asks for something that opens a record; keys wait until it is there.
    pub fn ask_to_open(&mut self, question: Question) -> Effect {
        self.loading = true;
        self.ask(question)
    }

    /// Asks for a record.
    pub fn load(&mut self, symbol: Symbol, language: Option<Language>, at: Start) -> Effect {
        self.ask_to_open(Question::Load { symbol, language, at })
    }

    /// Asks who cites a document, the pages given first.
    pub fn ask_for_backlinks(&mut self, of: String, pages: Pages) -> Effect {
        self.say(format!("looking for what cites {of} \u{2026}"));
        self.ask(Question::Backlinks { of, pages })
    }

    /// Asks for the statements that are most like a passage.
    pub fn ask_for_similar(&mut self, passage: Compared) -> Effect {
        self.say("looking for similar statements \u{2026}");
        self.ask(Question::Similar(passage))
    }

    /// Asks for the words beside the occurrences of a query.
    pub fn ask_for_collocates(&mut self, query: &str, narrow: &Narrow, span: u32) -> Effect {
        self.say("counting the words beside it \u{2026}");
        self.ask(Question::Collocates(query.to_owned(), narrow.clone(), span))
    }

    /// Asks the person whether a record is to be fetched, or says why it is not. The next key answers.
    pub fn ask_to_fetch(&mut self, symbol: &Symbol) {
        if let Some(why) = &self.fetching.forbidden {
            self.message = Some(why.clone());
        } else if let Some(running) = &self.fetching.running {
            self.message = Some(format!("{}; one at a time", running.words()));
        } else {
            self.message = Some(format!("{} F or Enter: yes, Esc: no", question(symbol)));
            self.fetching.asked = Some(symbol.clone());
        }
    }

    /// Fetches a record, after the person agreed.
    pub fn fetch(&mut self, symbol: Symbol) -> Effect {
        self.fetching.running = Some(Running { symbol: symbol.clone(), have: 0, whole: None });
        Effect::Fetch(symbol)
    }

    /// Asks for the card of a State.
    pub fn ask_for_state(&mut self, state: Arc<str>) -> Effect {
        self.say(format!("looking up {state} \u{2026}"));
        self.ask(Question::Said(state))
    }

    /// Drops the answer to whatever was asked.
    pub fn forget_question(&mut self) {
        self.loading = false;
        self.pending = false;
        self.question += 1;
    }

    /// Whether the text of a record is here.
    pub fn has_record(&self, symbol: &Symbol) -> bool {
        self.catalogue.entries.iter().any(|entry| entry.symbol == *symbol)
    }

    /// Whether there is a file of this record that could not be read.
    pub fn has_unreadable_record(&self, symbol: &Symbol) -> bool {
        self.problems.iter().any(|problem| problem.is_of(symbol))
    }
}
