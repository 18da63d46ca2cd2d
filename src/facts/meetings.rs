//! Meetings from 1946 on: symbol, date, topic, outcome. [`known`](super::known) says to what day.

use jiff::civil::Date;

use super::blob;
use super::inside;
use super::layer::{Layer, layer};
use super::layout::Table;
use super::votes;
use crate::record::{Outcome, Symbol};

pub use super::inside::Meeting;

/// The first day from which records are published as text. The editions of earlier meetings at
/// documents.un.org are scans: S/PV.3230 of 8 June 1993 is one, S/PV.3301 of 30 October 1993 is text.
const TEXT_SINCE: Date = jiff::civil::date(1993, 7, 1);

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
    blob::len(Table::Meetings) + layer().map_or(0, Layer::added_meetings)
}

/// The meeting of this number, which it has for the whole process.
pub fn get(id: u32) -> Option<Meeting> {
    layer().and_then(|layer| layer.meeting(id)).or_else(|| inside::meeting(id))
}

/// The row of this symbol.
pub fn by_symbol(symbol: &Symbol) -> Option<Meeting> {
    match inside::meeting_by_symbol(symbol) {
        Some(meeting) => get(meeting.id),
        None => layer()?.meeting_by_symbol(&symbol.to_string()),
    }
}

/// The meeting at which a presidential statement was made, by its symbol: `S/PRST/2019/15`, `prst 2019/15`.
pub fn of_statement(symbol: &str) -> Option<Meeting> {
    let folded = symbol.to_ascii_lowercase();
    let number = folded.trim().trim_start_matches("s/").strip_prefix("prst")?;
    let (year, number) = number.trim_start_matches(['/', ' ']).split_once('/')?;
    let wanted = format!("S/PRST/{}/{}", year.parse::<u16>().ok()?, number.parse::<u16>().ok()?);
    all().find(|meeting| meeting.outcomes.split("; ").any(|outcome| outcome == wanted))
}

/// Every row, oldest first.
pub fn all() -> impl DoubleEndedIterator<Item = Meeting> {
    let at = |place| layer().map_or(place, |layer| layer.meeting_at(place));
    (0..len()).filter_map(move |place| get(at(place)))
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
    fn a_presidential_statement_is_found_by_its_symbol() {
        for symbol in ["S/PRST/2019/15", "prst 2019/15", " prst/2019/15 ", "s/prst 2019/15"] {
            assert_eq!(of_statement(symbol).map(|m| m.symbol), Some("S/PV.8683"), "{symbol}");
        }
        for symbol in ["", "prst", "prst 2019", "S/PRST/2019/999", "prst/x/y", "2019/15"] {
            assert_eq!(of_statement(symbol), None, "{symbol}");
        }
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
