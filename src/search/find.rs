//! Fuzzy find over records, speakers, States and organizations, items, votes and resolutions.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::library::Catalogue;
use crate::record::Symbol;

/// What a name names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record here, or a known meeting without its text.
    Record {
        /// Its symbol.
        symbol: Symbol,
        /// Whether its text is in the library.
        text: bool,
    },
    /// A page of a record, from a query such as `8668r1 p12`.
    Page {
        /// The record.
        symbol: Symbol,
        /// The printed page.
        page: u32,
    },
    /// A speaker: name as in headings, and State or organization.
    Speaker {
        /// Title and name.
        name: Arc<str>,
        /// State or organization.
        of: Option<Arc<str>>,
    },
    /// A State, by its short name.
    State(Arc<str>),
    /// An organization.
    Organization(Arc<str>),
    /// An agenda item or topic.
    Topic(Arc<str>),
    /// A vote or resolution: row of `facts::votes`.
    Vote(u32),
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub named: Named,
    /// The line shown and matched: `S/PV.8668 (Resumption 1)  2019-11-19  Reconciliation ...`.
    pub line: Arc<str>,
    /// Places of the matched letters in `line`, in characters, rising.
    pub matched: Vec<usize>,
    /// Score; higher is better.
    pub score: i64,
}

/// The answers to one query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Best first, at most as many as asked for.
    pub hits: Vec<Hit>,
    /// How many names matched in all.
    pub total: usize,
}

/// The names to find in: those inside the binary, and those of a library.
#[derive(Debug, Default)]
pub struct Names {}

impl Names {
    /// The names of the facts and of this catalogue.
    #[must_use]
    pub fn new(_catalogue: &Catalogue) -> Self {
        Self {}
    }

    /// The best `limit` names for `query`; gives up early, with what it has, once `cancelled` is set.
    #[must_use]
    pub fn find(&self, _query: &str, _limit: usize, _cancelled: &AtomicBool) -> Hits {
        Hits::default()
    }
}
