//! Every meeting from 1946 to mid-2022: symbol, date, topic, outcome.

use jiff::civil::Date;

use super::blob::{self, Row};
use super::key;
use super::layout::{PRIVATE, Table};
use super::votes;
use crate::record::{Outcome, Symbol};

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

/// The first day from which records are published as text. The editions of earlier meetings at
/// documents.un.org are scans: S/PV.3230 of 8 June 1993 is one, S/PV.3301 of 30 October 1993 is text.
const TEXT_SINCE: Date = jiff::civil::date(1993, 7, 1);

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

impl Meeting {
    /// Whether the record of this meeting is published as a scan only, whose text cannot be read.
    #[must_use]
    pub fn is_scanned(&self) -> bool {
        self.date < TEXT_SINCE
    }

    /// What came of it, short and each once: `RES 2254`, `PRST 2019/15`, `VETO`; the symbol of a
    /// draft that lacked votes. Resolutions are without their year, which the date shows.
    pub fn short_outcomes(&self) -> Vec<String> {
        let symbol: Option<Symbol> = self.symbol.parse().ok();
        let votes = symbol.map(|s| votes::of_meeting(&s)).unwrap_or_default();
        let vetoed =
            |text: &str| votes.iter().any(|v| v.outcome == Outcome::Vetoed && v.reference == text);
        let mut short: Vec<String> = Vec::new();
        for text in self.outcomes.split("; ").filter(|t| !t.is_empty() && !vetoed(t)) {
            let text = short_symbol(text);
            if !short.contains(&text) {
                short.push(text);
            }
        }
        if votes.iter().any(|v| v.outcome == Outcome::Vetoed) {
            short.push("VETO".to_owned());
        }
        short
    }
}

/// `S/RES/2254 (2015)` as `RES 2254`, `S/PRST/2019/15` as `PRST 2019/15`; a draft stays as it is.
pub fn short_symbol(symbol: &str) -> String {
    for series in ["RES", "PRST"] {
        if let Some(rest) = symbol.strip_prefix("S/").and_then(|s| s.strip_prefix(series)) {
            let number = rest.trim_start_matches('/').split(" (").next().unwrap_or(rest);
            return format!("{series} {number}");
        }
    }
    symbol.to_owned()
}

/// The number of meetings.
pub fn len() -> u32 {
    blob::len(Table::Meetings)
}

/// The day of the latest meeting of the table.
pub fn known_to() -> Option<Date> {
    all().map(|meeting| meeting.date).max()
}

/// Row `id`, from 0, oldest first.
pub fn get(id: u32) -> Option<Meeting> {
    blob::row(Table::Meetings, id).map(|row| read(id, row))
}

/// The row of this symbol.
pub fn by_symbol(symbol: &Symbol) -> Option<Meeting> {
    let key = key::symbol(symbol.number(), symbol.resumption());
    let at = blob::partition(Table::Symbols, |row| row.u32(0) < key);
    let found = blob::row(Table::Symbols, at).filter(|row| row.u32(0) == key)?;
    // The key has neither series nor part, so the whole symbol is compared.
    get(u32::from(found.u16(4))).filter(|meeting| meeting.symbol == symbol.to_string())
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Meeting> {
    (0..len()).filter_map(get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_before_mid_1993_are_scans() {
        let of = |symbol: &str| by_symbol(&symbol.parse().unwrap()).unwrap().is_scanned();
        assert!(of("S/PV.1") && of("S/PV.3230"));
        assert!(!of("S/PV.3301") && !of("S/PV.8668"));
    }

    #[test]
    fn outcomes_are_short() {
        let of = |symbol: &str| by_symbol(&symbol.parse().unwrap()).unwrap().short_outcomes();
        assert_eq!(of("S/PV.4213"), ["RES 1325"]);
        assert_eq!(of("S/PV.7180"), ["VETO"]);
        assert_eq!(short_symbol("S/PRST/2019/15"), "PRST 2019/15");
        assert_eq!(short_symbol("S/2014/348"), "S/2014/348");
    }
}
