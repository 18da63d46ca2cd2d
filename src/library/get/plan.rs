//! Finds the missing records of a range of meetings.
//!
//! A pure function of the table of meetings and the existing records. The table has every meeting
//! and resumption up to its end. After it numbers are consecutive, as they have been since 1946, so
//! each one is requested, until no record has been published.

use std::collections::HashSet;

use crate::facts::meetings;
use crate::record::Symbol;
use crate::record::symbol::Series;

/// A range of meetings, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
}

/// The longest range; there have been some 10,000 meetings since 1946.
const LONGEST: u32 = 20_000;

impl Range {
    /// Reads `9520..10120`; both ends may be symbols (`S/PV.9520..S/PV.9530`).
    ///
    /// # Errors
    /// If an end is not a meeting, or the first is after the last.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{text}: {what}: expected a range such as 9520..9530");
        let (first, last) = text.split_once("..").ok_or_else(|| wrong("not a range"))?;
        let end = |text: &str| match text.trim().parse::<Symbol>() {
            Ok(symbol) if symbol.series() == Series::Verbatim && symbol == symbol.meeting() => {
                Ok(symbol.number())
            }
            _ => Err(wrong("both ends must be meeting numbers")),
        };
        let (first, last) = (end(first)?, end(last)?);
        if first > last {
            return Err(wrong("it ends before it starts"));
        }
        if last - first >= LONGEST {
            return Err(wrong("too long"));
        }
        Ok(Self { first, last })
    }
}

/// The missing records of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Records in the table that are missing, oldest first.
    pub known: Vec<Symbol>,
    /// Missing meetings after the table; whether they are published is known only by requesting
    /// them.
    pub beyond: Vec<Symbol>,
    /// The number of records that exist already.
    pub here: usize,
    /// The number of closed meetings left out; they have a communiqué and no verbatim record.
    pub closed: usize,
    /// The number of records left out that are published as scans only.
    pub scanned: usize,
}

/// The missing records of a range, given those that exist in the requested language.
pub fn missing(range: Range, here: &HashSet<Symbol>) -> Missing {
    let mut missing = Missing::default();
    let mut end = 0;
    for meeting in meetings::all() {
        let Ok(symbol) = meeting.symbol.parse::<Symbol>() else { continue };
        if symbol.series() != Series::Verbatim {
            continue;
        }
        end = end.max(symbol.number());
        if !(range.first..=range.last).contains(&symbol.number()) {
            continue;
        }
        if here.contains(&symbol) {
            missing.here += 1;
        } else if meeting.private {
            missing.closed += 1;
        } else if meeting.is_scanned() {
            missing.scanned += 1;
        } else {
            missing.known.push(symbol);
        }
    }
    missing.known.sort();
    for number in range.first.max(end + 1)..=range.last {
        let symbol = Symbol::verbatim(number);
        if here.contains(&symbol) {
            missing.here += 1;
        } else {
            missing.beyond.push(symbol);
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_meetings_in_order() {
        assert_eq!(Range::parse("9520..10120"), Ok(Range { first: 9520, last: 10120 }));
        assert_eq!(Range::parse("S/PV.9520..S/PV.9530"), Ok(Range { first: 9520, last: 9530 }));
        assert_eq!(Range::parse("7..7"), Ok(Range { first: 7, last: 7 }));
        for bad in [
            "9530..9520",
            "9520..",
            "..9520",
            "1..99999999",
            "8668r1..8670",
            "a..b",
            "8668",
            "S/2020/1..S/2020/3",
        ] {
            assert!(Range::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_missing_is_what_the_table_has_and_the_library_has_not() {
        let range = Range { first: 8668, last: 8670 };
        let all = missing(range, &HashSet::new());
        // A slow plain count over the table beside it.
        let plain: Vec<&str> = meetings::all()
            .filter(|m| !m.private)
            .map(|m| m.symbol)
            .filter(|s| {
                ["S/PV.8668", "S/PV.8669", "S/PV.8670"]
                    .iter()
                    .any(|p| s == p || s.starts_with(&format!("{p} ")))
            })
            .collect();
        assert_eq!(all.known.iter().map(ToString::to_string).collect::<Vec<_>>(), plain);
        assert!(plain.contains(&"S/PV.8668 (Resumption 1)"), "{plain:?}");
        assert!(all.beyond.is_empty());
        let here = HashSet::from(["8668".parse().unwrap(), "9999".parse().unwrap()]);
        let rest = missing(range, &here);
        assert_eq!((rest.here, rest.known.len()), (1, plain.len() - 1));
    }

    #[test]
    fn scans_are_counted_and_not_asked_for() {
        let range = Range { first: 3225, last: 3232 };
        let missing = missing(range, &HashSet::from([Symbol::verbatim(3230)]));
        assert_eq!((missing.known.len(), missing.here), (0, 1));
        assert_eq!(missing.scanned + missing.closed, 7);
        assert!(missing.scanned > 0);
    }

    #[test]
    fn beyond_the_table_every_number_is_asked_for() {
        let last = meetings::all().next_back().unwrap().symbol.parse::<Symbol>().unwrap().number();
        let here = HashSet::from([Symbol::verbatim(last + 2)]);
        let missing = missing(Range { first: last, last: last + 3 }, &here);
        assert_eq!(missing.beyond, [Symbol::verbatim(last + 1), Symbol::verbatim(last + 3)]);
        assert_eq!(missing.here, 1);
    }
}
