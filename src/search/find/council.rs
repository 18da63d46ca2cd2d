//! The Council on a day, as something to find: "2026-11-30", "november 2026", "president december 2026", "who is
//! president".
//!
//! A query asks for the Council if it has a date or a month and beside it only words about its members and its
//! President, or if it asks for the President and names no day: then it is that of today. The entry of a month is its
//! first day.

use jiff::civil::Date;

use super::dates;
use super::hit::{Hit, Hits, Named};
use crate::facts::council;
use crate::record::fold;

/// Words that ask for the President.
const PRESIDENT: [&str; 5] = ["president", "presidents", "presidency", "presides", "presiding"];

/// Words beside them that name no one else.
const BESIDE: [&str; 17] = [
    "a", "chairs", "council", "for", "in", "is", "members", "next", "now", "of", "on", "security",
    "the", "today", "was", "who", "will",
];

/// The most bytes of a query that are read.
const LONGEST: usize = 200;

/// When a query asks for the Council.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Day(Date),
    Month(Date),
}

/// The day that a text is, in any spelling that Find takes for a date; of a month its first day.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    let folded = fold::shapes(text.get(..LONGEST).unwrap_or(text));
    let words: Vec<&str> = folded.split_whitespace().collect();
    let (when, taken) = at_start(&words)?;
    let (When::Day(date) | When::Month(date)) = when;
    (taken == words.len()).then_some(date)
}

fn at_start(words: &[&str]) -> Option<(When, usize)> {
    let (date, taken) = dates::parse_at_start(words)?;
    let when = match date.parse() {
        Ok(date) => When::Day(date),
        Err(_) => When::Month(format!("{date}01").parse().ok()?),
    };
    Some((when, taken))
}

/// When the query asks for the Council, and whether it asks for its President.
fn asked(query: &str, today: Date) -> Option<(When, bool)> {
    if query.len() > LONGEST {
        return None;
    }
    let folded = fold::shapes(query);
    let folded = folded.replace(['?', '\'', '\u{2019}'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let (mut when, mut president, mut at) = (None, false, 0);
    while let Some(word) = words.get(at) {
        if let Some((found, taken)) = words.get(at..).and_then(at_start) {
            // Two dates are no day.
            if when.replace(found).is_some() {
                return None;
            }
            at += taken;
            continue;
        }
        if PRESIDENT.contains(word) {
            president = true;
        } else if president && when.is_none() && dates::month_named(word).is_some() {
            when = dates::month_named(word).and_then(|month| month_of(today, month));
        } else if !BESIDE.contains(word) {
            return None;
        }
        at += 1;
    }
    let today = president.then_some(When::Day(today));
    Some((when.or(today)?, president))
}

/// A month without a year is that of this year.
fn month_of(today: Date, month: u32) -> Option<When> {
    let month = i8::try_from(month).ok()?;
    Date::new(today.year(), month, 1).ok().map(When::Month)
}

/// Adds to the hits of a query the Council that it asks for, so that there are at most `limit`: above them where the
/// President or a month is asked for, and below them for a day, whose records and votes come first.
pub fn council_entries(found: &mut Hits, query: &str, today: Date, limit: usize) {
    let Some((when, president)) = asked(query, today).filter(|_| limit > 0) else { return };
    let (date, words, first) = match when {
        When::Day(date) => (date, date.to_string(), president),
        When::Month(date) => (date, date.strftime("%B %Y").to_string(), true),
    };
    let told = match council::on(date) {
        None => council::why_unknown(date),
        Some(council) => match council.president {
            Some(seat) => {
                let how = council::how_known(council.president_known);
                format!("President {} ({how})", seat.called)
            }
            None => "President not known".to_owned(),
        },
    };
    let line = format!("{words}  {told}  the Council");
    let hit = Hit { named: Named::Council(date), line: line.into(), matched: Vec::new(), score: 0 };
    found.hits.truncate(limit - 1);
    let at = if first { 0 } else { found.hits.len() };
    found.hits.insert(at, hit);
    found.total += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::find::Reading;

    #[test]
    fn days_and_months_and_the_president() {
        let today: Date = "2026-11-30".parse().unwrap();
        let day = |text: &str| When::Day(text.parse().unwrap());
        let month = |text: &str| When::Month(text.parse().unwrap());
        for (query, wanted) in [
            ("2026-11-30", Some((day("2026-11-30"), false))),
            ("30 nov 2026", Some((day("2026-11-30"), false))),
            ("November 2026", Some((month("2026-11-01"), false))),
            ("president december 2026", Some((month("2026-12-01"), true))),
            ("december 2026 President", Some((month("2026-12-01"), true))),
            ("President on 1 January 2027?", Some((day("2027-01-01"), true))),
            ("president december", Some((month("2026-12-01"), true))),
            ("who is president", Some((day("2026-11-30"), true))),
            ("who\u{2019}s president", None),
            ("president", Some((day("2026-11-30"), true))),
            ("next president", Some((day("2026-11-30"), true))),
            ("the council on 2019-11-19", Some((day("2019-11-19"), false))),
            ("syria may 2014", None),
            ("2014-05-22 2014-05-23", None),
            ("council", None),
            ("president of syria", None),
            ("december", None),
            ("2026", None),
            ("31 february 2026", None),
            ("", None),
        ] {
            assert_eq!(asked(query, today), wanted, "{query}");
        }
        assert_eq!(asked(&"president ".repeat(1_000), today), None);
    }

    #[test]
    fn a_date_alone_is_a_day() {
        let date = |text: &str| Some(text.parse::<Date>().unwrap());
        for (text, expected) in [
            ("30 nov 2026", date("2026-11-30")),
            (" november 2026 ", date("2026-11-01")),
            ("president november 2026", None),
            ("2026", None),
            ("", None),
        ] {
            assert_eq!(parse_day(text), expected, "{text}");
        }
    }

    #[test]
    fn the_entry_is_above_for_a_month_and_below_the_records_of_a_day() {
        let hit = |name: &str| Hit {
            named: Named::Topic(name.into()),
            line: name.into(),
            matched: Vec::new(),
            score: 1,
        };
        let lines = |query: &str, limit: usize| {
            let mut hits =
                Hits { hits: vec![hit("a"), hit("b")], total: 2, reading: Reading::AsTyped };
            council_entries(&mut hits, query, "2018-11-30".parse().unwrap(), limit);
            hits.hits.iter().map(|hit| hit.line.to_string()).collect::<Vec<_>>()
        };
        let president = |day: &str| format!("{day}  President China (known)  the Council");
        assert_eq!(lines("november 2018", 9), [president("November 2018"), "a".into(), "b".into()]);
        assert_eq!(lines("2018-11-01", 9), ["a".into(), "b".into(), president("2018-11-01")]);
        assert_eq!(lines("2018-11-01", 2), ["a".into(), president("2018-11-01")]);
        assert_eq!(lines("president", 1), [president("2018-11-30")]);
        assert_eq!(lines("president", 0), ["a", "b"]);
        assert!(lines("2090-01-01", 9)[2].contains("not yet elected"));
        assert!(lines("1945-12-31", 9)[2].contains("first met on 17 January 1946"));
    }
}
