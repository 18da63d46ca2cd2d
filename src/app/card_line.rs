//! The lines of a card: words, how they are set, and what Enter opens on them.

use std::sync::Arc;

use crate::record::{Language, Symbol};

/// How a line of a card is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A heading.
    Strong,
    /// Words.
    Plain,
    /// Said beside the matter: how it was computed, what is not known.
    Faint,
}

/// What Enter on a line opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A record or a known meeting.
    Meeting(Symbol),
    /// A row of the table of votes.
    Vote(u32),
    /// The card of a State, by its short name.
    State(Arc<str>),
    /// The statements of a State.
    StatementsOf(Arc<str>),
    /// The statements on a topic.
    Topic(Arc<str>),
    /// How often a State agreed with each other member.
    Agreements(Arc<str>),
    /// How often two States agreed, and where they did not.
    Agreement(Arc<str>, Arc<str>),
    /// The vetoes of a permanent member.
    Vetoes(Arc<str>),
    /// A statement of a record here.
    Statement(Symbol, u32),
    /// A printed page of one edition of a record here.
    Page(Symbol, Language, u32),
    /// A statement of one edition of a record here.
    Passage(Symbol, Language, u32),
    /// What a State said in a record here on a vote: what was voted on, and the State.
    Explanation {
        /// The record.
        symbol: Symbol,
        /// What was voted on, or what it was adopted as.
        on: String,
        /// The State, by its short name.
        state: String,
    },
}

/// One line of a card, not yet wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is set.
    pub weight: Weight,
    /// The words; tabs part cells, which are in columns where there is room.
    pub text: String,
    /// What Enter opens.
    pub target: Option<Target>,
}
