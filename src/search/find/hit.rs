//! What find answers: names, and what they name.

use std::sync::Arc;

use jiff::civil::Date;

use crate::facts::council::Group;
use crate::record::Symbol;

/// What a name names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record of the library, or a known meeting without its text.
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
    /// A speaker: the name as in headings, and State or organization.
    Speaker {
        /// Title and name.
        name: Arc<str>,
        /// State or organization.
        of: Option<Arc<str>>,
    },
    /// A group of members of the Council.
    Group(Group),
    /// The Council on a day.
    Council(Date),
    /// A State, by its short name.
    State(Arc<str>),
    /// An organization.
    Organization(Arc<str>),
    /// An agenda item or topic.
    Topic(Arc<str>),
    /// A vote or resolution: a row of `facts::votes`.
    Vote(u32),
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it names.
    pub named: Named,
    /// The line shown and matched: `S/PV.8668 (Resumption 1)  2019-11-19  Reconciliation ...`.
    pub line: Arc<str>,
    /// The indexes of the matched characters in `line`, ascending.
    pub matched: Vec<usize>,
    /// The score; higher is better. What a query names exactly comes first whatever its score.
    pub score: i64,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The best first, up to the limit.
    pub hits: Vec<Hit>,
    /// The number of names that matched, including those named exactly.
    pub total: usize,
    /// How the query was read, where no name has it as it was typed.
    pub reading: Reading,
}

/// How a query was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// The names have every word as it was typed, or by another name of the same.
    #[default]
    AsTyped,
    /// These words are not in the first name, but almost: as typed, and as in the name.
    Corrected(Vec<(String, String)>),
    /// Every name lacks one of the words.
    OneMissing,
    /// The names have the letters in their order, and not the words.
    Letters,
}

impl Reading {
    /// What a user must know to judge the names, in one line; `None` if they are as typed.
    pub fn remark(&self) -> Option<String> {
        match self {
            Self::AsTyped => None,
            Self::Corrected(words) => {
                let taken = words.iter().map(|(typed, read)| format!("“{typed}” taken for {read}"));
                Some(taken.collect::<Vec<_>>().join(", "))
            }
            Self::OneMissing => {
                Some("no name has all these words; each of these lacks one".to_owned())
            }
            Self::Letters => {
                Some("no name has these words; these have their letters in order".to_owned())
            }
        }
    }
}
