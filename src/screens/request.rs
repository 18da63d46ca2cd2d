//! What a screen asks for beyond its own state.

use std::sync::Arc;

use jiff::civil::Date;

use crate::app::action::{Effect, Start};
use crate::app::chart;
use crate::app::found::Narrow;
use crate::app::prompt::Purpose;
use crate::record::{Record, Symbol};
use crate::search::find::Named;

use super::card::state::Card;
use super::reading::state::Reader;

/// What a screen asks for: other screens to be opened, an input line, or an effect outside.
#[derive(Debug)]
pub enum Request {
    /// An effect for `run`.
    Do(Effect),
    /// Close this screen.
    Close,
    /// End the program.
    Quit,
    /// The input line that filters this list.
    Filter,
    /// An input line for something else, with a text in it.
    Prompt(Purpose, String),
    /// A meeting: its record, or what is known of it.
    Meeting(Symbol, Start),
    /// The votes of a record.
    Votes(Arc<Record>),
    /// All meetings on the agenda item of this one.
    Item(Symbol),
    /// The Council on a day, from the cover of the record where there is one.
    Council(Date, Option<Arc<Record>>),
    /// A card.
    Card(Card),
    /// The statements of what has this name.
    StatementsOf(Named),
    /// The search screen, with these words in its line.
    Search(String),
    /// The concordance of a query.
    Concordance(String, Narrow),
    /// The chart of some queries.
    Chart(chart::Asked),
    /// The statements that a query finds.
    Hits(String),
    /// The concordance of the query by which the text was opened.
    ConcordanceOfHits,
    /// The text of a record.
    Read(Box<Reader>),
    /// A statement to compare: the first is remembered, the second opens the comparison.
    Compare(Box<Reader>),
    /// The next record with hits, or the one before.
    NextRecordWithHits {
        /// Whether it is the next one.
        forward: bool,
    },
}

impl From<Effect> for Request {
    fn from(effect: Effect) -> Self {
        Self::Do(effect)
    }
}
