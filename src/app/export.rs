//! What is to be written to a file: the data of an export, before it is carried out.

use std::sync::Arc;

use super::chart;
use super::found::Asked;
use crate::desk::notes::Note;
use crate::record::{Language, Record, Symbol};

/// A statement of a list: its edition and its number.
pub type StatementId = (Symbol, Language, u32);

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A record, or some of its statements.
    Record(Arc<Record>, Option<Vec<u32>>),
    /// Every statement that the search screen finds, be it loaded or not.
    Found(Asked),
    /// Statements of several records, by edition and number, as they are listed.
    Listed(Vec<StatementId>),
    /// The chart of some queries, with rates or without.
    Chart(chart::Asked, bool),
    /// Notes.
    Notes(Vec<Note>),
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
