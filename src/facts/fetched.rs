//! A file of fetched facts: the meetings and votes of a year, as they were fetched on one day.

use serde::{Deserialize, Serialize};

/// The format of a file of facts.
pub const FORMAT: &str = "spv-facts/1";
/// The most meetings or votes of a file: a year has had at most 300.
pub const MOST_ROWS: usize = 2_000;
/// A file of facts: those of one year, as they were fetched on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsFile {
    /// [`FORMAT`].
    pub format: String,
    /// The year.
    pub year: i16,
    /// The day on which it was fetched, as `2026-11-30`.
    pub fetched: String,
    /// The last day that the table of meetings covers, or empty if it does not have every meeting.
    pub to: String,
    /// Where the rows are from.
    pub sources: Vec<String>,
    /// The meetings, oldest first.
    pub meetings: Vec<MeetingRow>,
    /// The votes, oldest first.
    pub votes: Vec<VoteRow>,
}

/// A meeting of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRow {
    /// `S/PV.10235`.
    pub symbol: String,
    /// `2026-10-08`.
    pub date: String,
    /// A closed meeting.
    #[serde(default)]
    pub private: bool,
    /// Number of the press release, or empty.
    #[serde(default)]
    pub press: String,
    /// The heading.
    pub topic: String,
    /// Symbols adopted or voted on.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// The outcome in the table's words.
    #[serde(default)]
    pub outcome_text: String,
}

/// A vote of a file. Members are named in full where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// `S/RES/2829 (2026)`, or the symbol of a draft that was not adopted.
    pub reference: String,
    /// `2026-09-29`.
    pub date: String,
    /// `adopted`, `vetoed` or `not adopted`.
    pub outcome: String,
    /// A word of [`VoteKind`](crate::record::VoteKind).
    pub kind: String,
    /// The meeting, or empty.
    #[serde(default)]
    pub meeting: String,
    /// The letter with the result of a vote in writing, or empty.
    #[serde(default)]
    pub letter: String,
    /// Title.
    pub title: String,
    /// The draft that was adopted, or empty.
    #[serde(default)]
    pub draft: String,
    /// Who submitted it.
    #[serde(default)]
    pub sponsors: Vec<String>,
    /// Counts: in favour, against, abstaining.
    pub counts: [u8; 3],
    /// The members in favour, as far as they are known.
    #[serde(default)]
    pub in_favour: Vec<String>,
    /// The members against.
    #[serde(default)]
    pub against: Vec<String>,
    /// The members abstaining.
    #[serde(default)]
    pub abstaining: Vec<String>,
}
