//! Who sat in the Council, and who presided by rule 18.

use jiff::civil::Date;

/// A seat on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The member by its UN short name today.
    pub state: &'static str,
    /// What it was called on that day.
    pub called: &'static str,
    /// A permanent member.
    pub permanent: bool,
    /// Regional group of an elected seat, in words ("African"), or empty.
    pub group: &'static str,
}

/// The Council on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// The members in English alphabetical order of what they were called.
    pub seats: Vec<Seat>,
    /// Who presides that month by rule 18 (English alphabetical order, a month each), as computed.
    pub president: Option<Seat>,
    /// Who presides the month after, as computed.
    pub next: Option<Seat>,
}

/// The Council on `date`, or `None` outside the years of the table.
#[must_use]
pub fn on(_date: Date) -> Option<Council> {
    None
}

/// The first and the last year of the table.
#[must_use]
pub fn years() -> (i16, i16) {
    (1946, 2027)
}

/// Whether a name, as printed or short, is that of a permanent member.
#[must_use]
pub fn is_permanent(name: &str) -> bool {
    const FIVE: [&str; 5] =
        ["China", "France", "Russian Federation", "United Kingdom", "United States of America"];
    let short = super::states::lookup(name).map_or(name, |s| s.name);
    FIVE.iter().any(|five| short.starts_with(five)) || short == "United States"
}
