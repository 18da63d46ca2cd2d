//! Parses dates in their usual spellings, as they are typed into Find.
//!
//! A date in a line is written `2019-11-19`. A typed date is converted to that form and must be in the line literally; a
//! month must be there as `2019-11-`. So a date never matches scattered digits.
//!
//! Accepted: `2019-11-19`, `19 November 2019`, `19 Nov 2019`, `19nov2019`, `19th Nov. 2019`, `November 19, 2019`,
//! `19/11/2019`, `19.11.2019`, `19-11-2019`; for a month `November 2019`, `Nov 2019`, `11/2019`,
//! `11.2019`, `2019-11`. Numbers are day, month, year; month, day, year only if nothing else is possible
//! (`11/19/2019`). Dates that do not exist, and years alone, are words: years are in lines as they are typed.

use jiff::civil::Date;

/// English names of the months; three letters or more of one name it.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Parses the date at the start of these folded words: the date as it is written in lines, and the number of words it
/// takes.
pub(super) fn parse_at_start(words: &[&str]) -> Option<(String, usize)> {
    let number = |at: usize| words.get(at).and_then(|w| plain_number(w));
    let month = |at: usize| words.get(at).and_then(|w| month_named(w));
    let first = words.first()?;
    if let Some(found) = in_numbers(first) {
        return Some((found, 1));
    }
    if let Some(found) = run_together(first) {
        return Some((found, 1));
    }
    if let (Some(d), Some(m), Some(y)) = (day_number(first), month(1), number(2)) {
        return Some((format_day(y, m, d)?, 3));
    }
    let m = month(0)?;
    if let (Some(d), Some(y)) = (words.get(1).and_then(|w| day_number(w)), number(2))
        && let Some(found) = format_day(y, m, d)
    {
        return Some((found, 3));
    }
    Some((month_of(number(1)?, m)?, 2))
}

/// A date of numbers alone, in one word.
fn in_numbers(word: &str) -> Option<String> {
    let mark = word.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<u32> = word.split(mark).map(plain_number).collect::<Option<_>>()?;
    match (mark, parts[..].as_ref()) {
        ('-', &[y, m, d]) if y > 31 => format_day(y, m, d),
        ('-', &[y, m]) => month_of(y, m),
        (_, &[d, m, y]) => format_day(y, m, d).or_else(|| format_day(y, d, m)),
        ('/' | '.', &[m, y]) => month_of(y, m),
        _ => None,
    }
}

/// `22may2014` or `may2014`, in one word.
fn run_together(word: &str) -> Option<String> {
    let from = word.find(|c: char| c.is_ascii_alphabetic())?;
    let (first, rest) = word.split_at(from);
    let to = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let (month, year) = (month_named(&rest[..to])?, plain_number(&rest[to..])?);
    match first {
        "" => month_of(year, month),
        first => format_day(year, month, plain_number(first)?),
    }
}

fn plain_number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(',');
    let digits = !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

/// A day of the month, optionally followed by `st`, `nd`, `rd`, `th`, a comma or a full stop.
fn day_number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches([',', '.']);
    let word = ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)).unwrap_or(word);
    plain_number(word)
}

pub(super) fn month_named(word: &str) -> Option<u32> {
    let word = word.trim_end_matches([',', '.']);
    let at = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

fn format_day(year: u32, month: u32, day: u32) -> Option<String> {
    let date = Date::new(year_of_council(year)?, month.try_into().ok()?, day.try_into().ok()?);
    date.ok().map(|d| d.to_string())
}

fn month_of(year: u32, month: u32) -> Option<String> {
    let first = format_day(year, month, 1)?;
    first.strip_suffix("01").map(str::to_owned)
}

/// A year in which the Council has met or will meet; other numbers are no years.
fn year_of_council(year: u32) -> Option<i16> {
    (1945..2100).contains(&year).then(|| i16::try_from(year).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, usize)> {
        let folded = crate::record::fold::text(text);
        parse_at_start(&folded.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn usual_spellings() {
        for text in [
            "2019-11-19",
            "19 November 2019",
            "19 Nov 2019",
            "19 Nov. 2019",
            "19th november 2019",
            "19. November 2019",
            "November 19, 2019",
            "Nov 19 2019",
            "19/11/2019",
            "19.11.2019",
            "19-11-2019",
            "11/19/2019",
            "19nov2019",
            "19November2019",
        ] {
            let words = text.split_whitespace().count();
            assert_eq!(read(text), Some(("2019-11-19".to_owned(), words)), "{text}");
        }
        for text in
            ["November 2019", "nov 2019", "Nov. 2019", "nov2019", "11/2019", "11.2019", "2019-11"]
        {
            let words = text.split_whitespace().count();
            assert_eq!(read(text), Some(("2019-11-".to_owned(), words)), "{text}");
        }
        // As people write it, the day without its zero.
        assert_eq!(read("1/2/2003"), Some(("2003-02-01".to_owned(), 1)));
        assert_eq!(read("2003-2-1"), Some(("2003-02-01".to_owned(), 1)));
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "2019",
            "19",
            "may",
            "march on",
            "19 november",
            "31 february 2019",
            "2014/348",
            "13/2019",
            "0/2019",
            "s/2014/348",
            "8668",
            "ma 2014",
            "19 november 348",
            "1.2",
            "-",
            "/",
            "a-b-c",
            "99999999999/1/1",
            "2019-13",
            "12-0-1",
            "32may2014",
            "22ma2014",
            "22may",
            "22may201é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_in_every_spelling(y in 1946_i16..2030, m in 1_i8..=12, d in 1_i8..=31) {
            prop_assume!(Date::new(y, m, d).is_ok());
            let name = MONTHS[m as usize - 1];
            let want = Some(format!("{y}-{m:02}-{d:02}"));
            for text in [
                format!("{y}-{m:02}-{d:02}"), format!("{d} {name} {y}"), format!("{d} {} {y}", &name[..3]),
                format!("{d}/{m}/{y}"), format!("{d:02}.{m:02}.{y}"), format!("{name} {d}, {y}"),
            ] {
                prop_assert_eq!(read(&text).map(|r| r.0), want.clone(), "{}", text);
            }
        }
    }
}
