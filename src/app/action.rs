//! What can happen, and what is to be done about it: actions in, effects out.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desk::notes::Note;
use crate::desk::queries::{KeptQuery, Look};
use crate::library::references::{At, Citing};
use crate::library::{Catalogue, Problem};
use crate::record::{Language, Place, Record, Symbol};
use crate::search::collocates::Collocates;
use crate::search::find::{Hits, Named};
use crate::search::query::Completion;
use crate::search::similar::{Compared, Comparison};

use super::chart::{self, Chart};
use super::cite::Pages;
pub use super::command::Command;
use super::export::Exportable;
use super::found::{Asked, At as FoundAt, Narrow, Occurrence, Results, Words};
use super::kept::{KeptRow, Looked};
use super::last::LookedBack;
use super::listed::Listed;
use super::position::Spot;
use super::said::Said;
use super::scan::Scan;
use super::shelf::Shelf;

/// One thing that happens to the state.
#[derive(Clone, Debug)]
pub enum Action {
    /// A key that commands, with the count typed before it.
    Do(Command),
    /// A digit of a count.
    Digit(u8),
    /// Text typed or pasted into the input line.
    Insert(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// An answer to question `number`.
    Answer {
        /// The number of the question.
        number: u64,
        /// What came of it.
        answer: Box<Answer>,
    },
    /// The library changed on disk since it was opened.
    Library {
        /// What it has now.
        catalogue: Arc<Catalogue>,
        /// What of it could not be read.
        problems: Problems,
        /// Which library it is: a record that is fetched may make the first one.
        shelf: Shelf,
    },
    /// How far the record is that is being fetched.
    Fetching {
        /// The number of bytes that came.
        have: u64,
        /// The number of all bytes, if known.
        whole: Option<u64>,
    },
    /// The record that was being fetched is in the library; or it is not: why, in one line.
    Fetched(Symbol, Result<(), String>),
    /// Records that failed when they were to be read.
    Unread(Vec<Problem>),
    /// Something the person should know, in one line. It answers no question.
    Message(String),
    /// The wheel of the mouse was turned, by this many rows; up where it is negative.
    Wheel(i8),
    /// A click on the terminal, from 0.
    Click {
        /// Its column.
        column: u16,
        /// Its row.
        row: u16,
    },
    /// No key has come for a moment.
    Paused,
    /// The latest queries of the search screen as the desk keeps them, the newest first.
    Queries(Vec<String>),
    /// How many queries are kept.
    CountedKept(usize),
    /// The index for full text is being made: how many records of how many are read.
    Indexing {
        /// Records read.
        done: usize,
        /// The number of records.
        total: usize,
    },
    /// The index for full text is up to date; or it could not be made: why, in one line.
    Indexed(Option<String>),
    /// The change of notes or marks asked for last could not be written: why, in one line.
    NotKept(String),
    /// The Council on a day is asked for: on that of the clock, after [`Effect::Today`].
    CouncilOn(Date),
    /// A key that means nothing here.
    Unbound,
    /// Nothing that does anything, such as text pasted where no text is typed.
    Nothing,
}

/// A question for the worker. The newest cancels the older ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Fuzzy find.
    Find {
        /// What was typed.
        query: String,
        /// How many hits at the most.
        limit: usize,
    },
    /// The statements of a speaker, State, organization or topic, newest first.
    StatementsOf(Named),
    /// What a State said, for its card.
    Said(Arc<str>),
    /// The record with this symbol.
    Load {
        /// Its symbol.
        symbol: Symbol,
        /// The edition wanted, if any.
        language: Option<Language>,
        /// Where reading starts.
        at: Start,
    },
    /// Who cites this document, in the usual spelling.
    Backlinks {
        /// The document.
        of: String,
        /// The pages of the statement that is read.
        pages: Pages,
    },
    /// The record at the mark with this letter.
    Mark(char),
    /// Every note and every mark.
    Notes,
    /// The record at the note with this number.
    Note(u32),
    /// The records that were open when the reader was left.
    Resume,
    /// Statements that have the words of a query; the words of the first `show` with them.
    Search {
        /// What is asked.
        asked: Asked,
        /// Statements of which the words are read.
        show: usize,
    },
    /// The words of some statements found, by their places in the list.
    Words {
        /// What was asked.
        of: Asked,
        /// Place in the list, and which statement it is.
        found: Vec<(usize, FoundAt)>,
    },
    /// A record that a query found, with every hit in it.
    Hit(Wanted),
    /// Every occurrence of what a query looks for.
    Concordance(String, Narrow),
    /// The words beside the occurrences, at most this many words away.
    Collocates(String, Narrow, u32),
    /// How many statements some queries find, for a chart.
    Chart(chart::Asked),
    /// Completions of what is before the cursor.
    Complete(String),
    /// The statements that are most like a passage.
    Similar(Compared),
    /// The kept queries, and what is new to each.
    KeptQueries,
    /// The kept query with this name, to be looked at.
    OpenKept(String),
}

/// Which record a query found, and where reading starts in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The query line.
    pub query: String,
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// The statement.
    pub at: FoundAt,
    /// Where reading starts.
    pub to: To,
}

/// Where reading starts in a record that a query found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// At the first hit of the statement.
    Statement,
    /// At the hit in this paragraph of the statement, at this byte.
    Byte(usize, usize),
    /// At the first hit of the record.
    First,
    /// At the last hit of the record.
    Last,
}

/// Where the program opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// At the list of meetings.
    Meetings,
    /// At a record, and a page of it.
    Record(Symbol, Option<u32>),
    /// In Find, with these words.
    Find(String),
    /// In Search, with this query.
    Search(String),
    /// Where the reader was left.
    Resume,
}

/// Where reading of a record starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// Where the person left it, or at its start.
    #[default]
    LastPlace,
    /// At a printed page.
    Page(u32),
    /// At a statement.
    Statement(u32),
    /// At its votes.
    Votes,
    /// At a place kept by its words, and what is to be said about it.
    Place(Spot, Option<String>),
    /// At what a State said last before, what is to be said about it, and where the next look back goes on.
    LastWord(Spot, String, Box<LookedBack>),
    /// At what a State said on a vote: what was voted on, and the State.
    Explanation(String, String),
}

/// An answer of the worker.
#[derive(Clone, Debug)]
pub enum Answer {
    /// To [`Question::Find`].
    Found(Hits),
    /// To [`Question::StatementsOf`].
    Listed(Vec<Listed>),
    /// To [`Question::Said`].
    Said(Box<Said>),
    /// To [`Question::Load`].
    Loaded {
        /// The record, made harmless.
        record: Arc<Record>,
        /// Where reading starts.
        at: Start,
        /// Where the person left it.
        place: Option<Spot>,
    },
    /// To [`Question::Backlinks`].
    Backlinks {
        /// The document.
        of: String,
        /// The pages of the statement that is read.
        pages: Pages,
        /// What cites it, oldest first.
        found: Vec<At<Citing>>,
    },
    /// To [`Question::Notes`].
    Notes {
        /// The notes, in the order of their making.
        notes: Vec<Note>,
        /// The marks, by their letters.
        marks: Vec<(char, Place)>,
        /// What was wrong with the files, in one line.
        said: Option<String>,
    },
    /// To [`Question::Resume`].
    Resumed(Vec<(Arc<Record>, Spot)>),
    /// To [`Question::Search`]: first without counts, then with them.
    Searched(Box<Results>),
    /// To [`Question::Words`], and after the first answer to [`Question::Search`].
    Words(Asked, Vec<(usize, Words)>),
    /// To [`Question::Hit`].
    Hit {
        /// The record, made harmless.
        record: Arc<Record>,
        /// Every hit in it, and the one to start at.
        scan: Box<Scan>,
    },
    /// To [`Question::Concordance`]: some more occurrences, and whether these are the last.
    Occurrences(Vec<Occurrence>, bool),
    /// To [`Question::Collocates`].
    Collocated(String, Narrow, Box<Collocates>),
    /// To [`Question::Chart`].
    Charted(Box<Chart>),
    /// To [`Question::Complete`].
    Completed(Option<Completion>),
    /// To [`Question::Similar`].
    Similar(Compared, Box<Comparison>),
    /// To [`Question::KeptQueries`]: first as they are kept, then with what they find.
    KeptQueries {
        /// The queries, in the order in which they were kept.
        rows: Vec<KeptRow>,
        /// What was wrong with the file, in one line.
        said: Option<String>,
        /// Whether all of them were asked.
        last: bool,
    },
    /// To [`Question::OpenKept`].
    OpenedKept(Box<Looked>),
    /// Anything that could not be done, in one line.
    Failed(String),
}

/// What `run` is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put a question to the worker under this number.
    Ask {
        /// Its number; an answer with an older one is dropped.
        number: u64,
        /// The question.
        question: Question,
    },
    /// Put a text on the clipboard.
    Copy(String),
    /// Keep the place in a record for the next time.
    KeepPlace {
        /// The record.
        symbol: Symbol,
        /// The edition.
        language: Language,
        /// Where.
        spot: Spot,
        /// The words there, to find it again in a reissue.
        words: String,
    },
    /// Change the person's notes or marks; it is on the disk before the next key.
    Desk(Change),
    /// A note was typed and the line is left without it.
    LetGo,
    /// Write an export to a new file.
    Export(Box<Exportable>),
    /// Keep a query of the search screen for the next time.
    KeepQuery(String),
    /// Remember what a kept query found: it was looked at.
    See(Box<Look>),
    /// Ask a kept query, by its name and its words, and remember everything that it finds as seen.
    SeeAll(String, String),
    /// Fetch the record with this symbol from the network; the person agreed.
    Fetch(Symbol),
    /// Tell which day it is by the clock of the machine: [`Action::CouncilOn`].
    Today,
    /// Stop the process until it is continued.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// End the program.
    Quit,
}

/// A change of the person's desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new note; its number and time are given when it is kept.
    Note(Box<Note>),
    /// A note with other words or tags, in the place of the one with its number.
    Edit(Box<Note>),
    /// The note with this number removed.
    Remove(u32),
    /// A note that was removed, put back.
    Restore(Box<Note>),
    /// A mark set.
    Mark(char, Box<Place>),
    /// A mark removed.
    Unmark(char),
    /// A change of the kept queries.
    Query(Box<QueryChange>),
}

/// A change of the kept queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryChange {
    /// A query is kept under a name.
    Keep {
        /// The name.
        name: String,
        /// The query.
        query: String,
    },
    /// A query gets another name.
    Rename {
        /// Its name.
        name: String,
        /// The other.
        to: String,
    },
    /// The query with this name is removed.
    Remove(String),
    /// A query that was removed is put back.
    Restore(KeptQuery),
}

/// The files a library could not read, shared between state and screens.
pub type Problems = Arc<[Problem]>;
