//! What is to be written to a file: the data of an export, before it is carried out.

use std::sync::Arc;

use crate::desk::notes::Note;
use crate::record::{Language, Record, Symbol};

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A record, or some of its statements.
    Record(Arc<Record>, Option<Vec<u32>>),
    /// Statements of several records, by edition and number, as they are listed.
    Listed(Vec<(Symbol, Language, u32)>),
    /// Notes.
    Notes(Vec<Note>),
    /// A card, as its lines.
    Text(String),
}

/// An export to a new file. The ending of its name says the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The file as typed.
    pub file: String,
    /// What was shown, in words, for the provenance.
    pub query: String,
    /// What is exported.
    pub what: What,
}
