//! Days and tallies, as these tables write them.

use jiff::civil::Date;

/// A day as these tables write it: "8 October 2026", "8 Oct 2026", "2026-10-08".
pub(super) fn parse_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let forms = ["%d %B %Y", "%d %b %Y", "%d %b. %Y", "%Y-%m-%d"];
    forms.iter().find_map(|form| Date::strptime(form, &text).ok())
}

/// The first `13-0-2` in a text: in favour, against, abstaining.
pub(super) fn find_tally(text: &str) -> Option<[u8; 3]> {
    let word = |c: char| !(c.is_ascii_digit() || c == '-');
    text.split(word).find_map(|word| {
        let parts: Option<Vec<u8>> = word.split('-').map(|part| part.parse().ok()).collect();
        parts.and_then(|parts| <[u8; 3]>::try_from(parts).ok())
    })
}
