//! What is to be written to a file: the data of an export, before it is carried out.

use std::sync::Arc;

use super::chart;
use super::found::{Asked, Narrow};
use crate::desk::notes::Note;
use crate::record::{Language, Record, Symbol};
use crate::search::collocates::Collocates;
use crate::search::concordance::Sort;

/// A statement of a list: its edition and its number.
pub type StatementId = (Symbol, Language, u32);

/// A meeting of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// A record that is here.
    Here(Symbol, Language),
    /// The row of a meeting whose text is not here.
    Known(u32),
}

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A record, or some of its statements.
    Record(Arc<Record>, Option<Vec<u32>>),
    /// Every statement that the search screen finds, be it loaded or not.
    Found(Asked),
    /// Statements of several records, by edition and number, as they are listed.
    Listed(Vec<StatementId>),
    /// Every occurrence of what a query looks for, in this order.
    Concordance(String, Narrow, Option<Sort>),
    /// Meetings: the records that are here, and those that are known by their rows in the table.
    Meetings(Vec<Meeting>),
    /// The chart of some queries, with rates or without.
    Chart(chart::Asked, bool),
    /// Notes.
    Notes(Vec<Note>),
    /// The words beside the occurrences of a query.
    Collocates(Box<Collocates>),
    /// A card, as its lines.
    Text(String),
}

/// What a screen can write to a new file. The ending of its name says the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Exportable {
    /// The file: the name that is proposed, later the one that was typed.
    pub name: String,
    /// What is shown, in words, for the provenance.
    pub query: String,
    /// What is exported.
    pub what: What,
}
