//! Every meeting from 1946 to mid-2022: symbol, date, topic, outcome.

use jiff::civil::Date;

use super::blob::{self, Row};
use super::key;
use super::layout::{PRIVATE, Table};
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
    /// The library's heading; not the sub-theme of the debate, which only the record has.
    pub topic: &'static str,
    /// Symbols adopted or voted on, `; ` between, or empty.
    pub outcomes: &'static str,
    /// The outcome in the library's words ("S/RES/1325 (2000) 15-0-0"), or empty.
    pub outcome_text: &'static str,
}

fn read(id: u32, row: Row) -> Meeting {
    Meeting {
        id,
        symbol: row.text(0),
        press: row.text(2),
        topic: row.text(4),
        outcomes: row.text(6),
        outcome_text: row.text(8),
        private: row.u16(10) & PRIVATE != 0,
        date: blob::date(row.u32(12)),
    }
}

/// How many there are.
#[must_use]
pub fn len() -> u32 {
    blob::len(Table::Meetings)
}

/// Row `id`, from 0, oldest first.
#[must_use]
pub fn get(id: u32) -> Option<Meeting> {
    blob::row(Table::Meetings, id).map(|row| read(id, row))
}

/// The row of this symbol.
#[must_use]
pub fn by_symbol(symbol: &Symbol) -> Option<Meeting> {
    let key = key::symbol(symbol.number(), symbol.resumption());
    let at = blob::partition(Table::Symbols, |row| row.u32(0) < key);
    let found = blob::row(Table::Symbols, at).filter(|row| row.u32(0) == key)?;
    // The key has neither series nor part, so the whole symbol is compared.
    get(u32::from(found.u16(4))).filter(|meeting| meeting.symbol == symbol.to_string())
}

/// The meetings of a day, in order of their symbols.
pub fn on(date: Date) -> impl Iterator<Item = Meeting> {
    let day = blob::day(date);
    let first = blob::partition(Table::Meetings, |row| row.u32(12) < day);
    (first..len()).map_while(get).take_while(move |meeting| meeting.date == date)
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Meeting> {
    (0..len()).filter_map(get)
}
