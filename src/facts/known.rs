//! To what day the facts are known, in days and in words.

use jiff::civil::{Date, date};

use super::layer::{Layer, layer};
use super::votes;

pub use super::layer::Span;

/// The days that the tables of meetings inside cover; `data/SOURCES.md` names the tables. Between them
/// only meetings with a decision are known.
const INSIDE: [Span; 2] = [
    Span { from: date(1946, 1, 17), to: date(2022, 6, 30) },
    Span { from: date(2025, 1, 3), to: date(2026, 10, 8) },
];

/// The days at the turn of a year in which no meeting is expected.
const NEW_YEAR: i32 = 10;

/// Rows of the first table that have no symbol, and so are not meetings here: letters of
/// videoconferences and communiqués.
const WITHOUT_SYMBOL: u32 = 94;

/// The days for which every meeting is known, oldest first.
#[must_use]
pub fn spans() -> Vec<Span> {
    let mut all = INSIDE.to_vec();
    all.extend(layer().map_or(&[][..], Layer::spans));
    all.sort_by_key(|span| span.from);
    let mut merged: Vec<Span> = Vec::new();
    for span in all {
        match merged.last_mut() {
            // A table begins with the first meeting of its year, which is days after the first of January.
            Some(last) if span.from <= last.to.saturating_add(jiff::Span::new().days(NEW_YEAR)) => {
                last.to = last.to.max(span.to);
            }
            _ => merged.push(span),
        }
    }
    merged
}

/// The last day for which the meetings are known.
#[must_use]
pub fn last_day() -> Date {
    spans().last().map_or(Date::MIN, |span| span.to)
}

/// Whether every meeting of a day is known.
#[must_use]
pub fn covers(day: Date) -> bool {
    spans().iter().any(|span| span.from <= day && day <= span.to)
}

/// The last day of a vote.
#[must_use]
pub fn last_vote() -> Date {
    votes::all().next_back().map_or(Date::MIN, |vote| vote.date)
}

/// What is known of the meetings, in a sentence: "known to 30 June 2022 without 94 rows that had no
/// symbol; from 3 January 2025 to 8 October 2026; between them only meetings with a decision".
#[must_use]
pub fn sentence() -> String {
    let spans = spans();
    let mut parts = Vec::new();
    for (place, span) in spans.iter().enumerate() {
        parts.push(match place {
            0 => format!(
                "known to {} without {WITHOUT_SYMBOL} rows that had no symbol",
                spelt(span.to)
            ),
            _ => format!("from {} to {}", spelt(span.from), spelt(span.to)),
        });
    }
    if spans.len() > 1 {
        parts.push("between them only meetings with a decision".to_owned());
    }
    parts.join("; ")
}

/// The last day in short: "known to 8 Oct 2026".
#[must_use]
pub fn to() -> String {
    format!("known to {}", last_day().strftime("%-d %b %Y"))
}

/// The same, with a word about the gap: "known to 8 Oct 2026, with a gap".
#[must_use]
pub fn shorter() -> String {
    if spans().len() > 1 { format!("{}, with a gap", to()) } else { to() }
}

/// The same for the head of a list, with the gap: "known to 8 Oct 2026, in part Jul 2022–Dec 2024".
#[must_use]
pub fn short() -> String {
    let spans = spans();
    let gaps: Vec<String> = spans
        .windows(2)
        .map(|pair| format!("{}–{}", month_after(pair[0].to), month_before(pair[1].from)))
        .collect();
    match gaps.is_empty() {
        true => to(),
        false => format!("{}, in part {}", to(), gaps.join(", ")),
    }
}

/// A day as prose has it: `8 October 2026`.
fn spelt(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The month of the day after this one: `Jul 2022`.
fn month_after(day: Date) -> String {
    day.tomorrow().unwrap_or(day).strftime("%b %Y").to_string()
}

/// The month of the last day before this one that is not in its first days: `Dec 2024` before 3 January 2025.
fn month_before(day: Date) -> String {
    day.first_of_month().yesterday().unwrap_or(day).strftime("%b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::meetings;

    #[test]
    fn the_words_name_the_gap() {
        assert_eq!(
            sentence(),
            "known to 30 June 2022 without 94 rows that had no symbol; from 3 January 2025 to 8 October 2026; between them only meetings with a decision"
        );
        assert_eq!(short(), "known to 8 Oct 2026, in part Jul 2022–Dec 2024");
    }

    #[test]
    fn the_last_span_ends_with_the_last_meeting() {
        let last = meetings::all().next_back().map(|meeting| meeting.date);
        assert_eq!(last, Some(last_day()));
        assert!(covers(date(2020, 1, 1)) && covers(date(2026, 10, 8)));
        assert!(!covers(date(2023, 5, 5)) && !covers(date(2026, 10, 9)));
    }
}
