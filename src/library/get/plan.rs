//! Finds the missing records of a range of meetings.
//!
//! A pure function of the table of meetings and the existing records. The table says which meetings
//! were closed and which resumptions there are; a number it does not have is requested, since
//! numbers have been consecutive since 1946. After the end of the table each one is requested until
//! no record has been published.

use std::collections::HashSet;

use crate::facts::meetings::{self, Meeting};
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

/// What is known of a record before it is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The table has it, or the user named it.
    Listed,
    /// Its number is inside the table, which does not have it.
    Unlisted,
    /// Its number is after the end of the table.
    Beyond,
}

/// The missing records of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Records in the table that are missing, oldest first.
    pub known: Vec<Symbol>,
    /// Numbers inside the table that it does not have, oldest first. That several in a row are not
    /// published does not mean that later ones are not.
    pub unlisted: Vec<Symbol>,
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

impl Missing {
    /// The number of records to request at most.
    pub fn len(&self) -> usize {
        self.known.len() + self.unlisted.len() + self.beyond.len()
    }

    /// Whether there is nothing to request.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The records in the order in which they are requested: by number, those after the table last.
    pub fn in_order(&self) -> Vec<(Symbol, Known)> {
        let each = |symbols: &[Symbol], known| -> Vec<(Symbol, Known)> {
            symbols.iter().map(|symbol| (symbol.clone(), known)).collect()
        };
        let mut order = each(&self.known, Known::Listed);
        order.extend(each(&self.unlisted, Known::Unlisted));
        order.extend(each(&self.beyond, Known::Beyond));
        order.sort_by(|a, b| a.0.cmp(&b.0));
        order
    }
}

/// The number of the last meeting in the table.
pub fn last_known() -> u32 {
    verbatim().map(|(symbol, _)| symbol.number()).max().unwrap_or(0)
}

/// The records of the table that are verbatim records.
fn verbatim() -> impl Iterator<Item = (Symbol, Meeting)> {
    let each = meetings::all().filter_map(|m| Some((m.symbol.parse::<Symbol>().ok()?, m)));
    each.filter(|(symbol, _)| symbol.series() == Series::Verbatim)
}

/// The missing records of a range, given those that exist in the requested language.
pub fn missing(range: Range, here: &HashSet<Symbol>) -> Missing {
    let mut missing = Missing::default();
    let mut listed = HashSet::new();
    // Before the first record that is published as text, every number is a scan.
    let (mut first_text, mut end) = (u32::MAX, 0);
    for (symbol, meeting) in verbatim() {
        let number = symbol.number();
        end = end.max(number);
        if !meeting.is_scanned() {
            first_text = first_text.min(number);
        }
        if !(range.first..=range.last).contains(&number) {
            continue;
        }
        listed.insert(number);
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
    for number in range.first.max(first_text)..=range.last {
        let symbol = Symbol::verbatim(number);
        if listed.contains(&number) {
        } else if here.contains(&symbol) {
            missing.here += 1;
        } else if number < end {
            missing.unlisted.push(symbol);
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
    fn closed_meetings_are_counted_and_not_asked_for() {
        let closed = verbatim().find(|(_, m)| m.private && !m.is_scanned()).unwrap().0;
        let number = closed.number();
        let missing = missing(Range { first: number, last: number }, &HashSet::new());
        assert_eq!((missing.known.contains(&closed), missing.closed), (false, 1));
        assert!(missing.unlisted.is_empty(), "a closed meeting is in the table: {missing:?}");
    }

    #[test]
    fn a_number_the_table_lacks_is_asked_for_unless_it_would_be_a_scan() {
        let numbers: HashSet<u32> = verbatim().map(|(symbol, _)| symbol.number()).collect();
        let lacked = (3300..last_known()).find(|number| !numbers.contains(number)).unwrap();
        let missing = |number| missing(Range { first: number, last: number }, &HashSet::new());
        assert_eq!(missing(lacked).unlisted, [Symbol::verbatim(lacked)]);
        assert!((1..3000).filter(|n| !numbers.contains(n)).all(|n| missing(n).is_empty()));
    }

    #[test]
    fn beyond_the_table_every_number_is_asked_for() {
        let last = last_known();
        let here = HashSet::from([Symbol::verbatim(last + 2)]);
        let missing = missing(Range { first: last - 1, last: last + 3 }, &here);
        assert_eq!(missing.beyond, [Symbol::verbatim(last + 1), Symbol::verbatim(last + 3)]);
        assert_eq!(missing.here, 1);
        let order = missing.in_order();
        assert!(order.is_sorted_by_key(|(symbol, _)| symbol.number()), "{order:?}");
        assert_eq!(order.len(), missing.len());
        assert_eq!(order.last(), Some(&(Symbol::verbatim(last + 3), Known::Beyond)));
    }
}
