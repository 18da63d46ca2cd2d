//! Every meeting from 1946 to mid-2022: symbol, date, topic, outcome.

use jiff::civil::Date;

use crate::record::Symbol;

/// One known meeting (one record: a resumption is a row of its own).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its place in the table, from 0, oldest first.
    pub id: u32,
    /// Symbol in the usual spelling.
    pub symbol: &'static str,
    /// The day.
    pub date: Date,
    /// A closed meeting.
    pub private: bool,
    /// Number of the press release, or empty.
    pub press: &'static str,
    /// The library's heading.
    pub topic: &'static str,
    /// Symbols adopted or voted on, `; ` between, or empty.
    pub outcomes: &'static str,
}

/// How many there are.
#[must_use]
pub fn len() -> u32 {
    0
}

/// Row `id`, from 0, oldest first.
#[must_use]
pub fn get(_id: u32) -> Option<Meeting> {
    None
}

/// The row of this symbol.
#[must_use]
pub fn by_symbol(_symbol: &Symbol) -> Option<Meeting> {
    None
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Meeting> {
    (0..len()).filter_map(get)
}
