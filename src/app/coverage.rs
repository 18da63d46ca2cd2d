//! What an answer is drawn from: how many of the known records are here, and to which day.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::facts::meetings;
use crate::library::{Catalogue, Entry};

/// How many records of how many known ones are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Records here.
    pub held: usize,
    /// Known records: those of the table of meetings, and those here that it does not have.
    pub known: usize,
    /// The day of the latest record here.
    pub until: Option<Date>,
    /// They are exercise debates, of which none is known beside those here.
    pub exercise: bool,
}

impl Coverage {
    /// Counts records that are here and meetings that are known.
    pub fn of<'a>(here: impl Iterator<Item = &'a Entry>, known: usize) -> Self {
        let mut coverage = Self { known, ..Self::default() };
        let mut rows: HashSet<u32> = HashSet::new();
        for entry in here {
            coverage.held += 1;
            coverage.until = coverage.until.max(Some(entry.date));
            coverage.exercise |= entry.exercise;
            match meetings::by_symbol(&entry.symbol).filter(|_| !entry.exercise) {
                Some(meeting) => drop(rows.insert(meeting.id)),
                None => coverage.known += 1,
            }
        }
        if coverage.exercise {
            coverage.known = coverage.held;
        }
        coverage
    }

    /// The coverage of a whole library.
    pub fn of_library(catalogue: &Catalogue) -> Self {
        Self::of(catalogue.records(None), meetings::len() as usize)
    }

    /// In words: `31 of 44 known records, to 30 December 2023`; `what` says of which ("known records on this item").
    pub fn words(&self, what: &str) -> String {
        use super::number::{long_date, thousands};
        let held = thousands(self.held);
        let until = self.until.map(|day| format!(", to {}", long_date(day))).unwrap_or_default();
        if self.exercise {
            let records = if self.held == 1 { "debate" } else { "debates" };
            return format!("{held} exercise {records}, invented");
        }
        format!("{held} of {} {what}{until}", thousands(self.known))
    }
}
