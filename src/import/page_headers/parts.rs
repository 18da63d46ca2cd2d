//! The parts of a header or footer: symbol, date, title, page number, job number.

use jiff::civil::Date;

use crate::import::address;
use crate::import::cover::dates;
use crate::record::Symbol;

/// A part of a header or footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeaderPart {
    /// `S/PV.9642`.
    Symbol(Symbol),
    /// `31/05/2024`.
    Date(Date),
    /// `3/4`, or `3` alone: the page, and how many there are.
    Page(u32, Option<u32>),
    /// `24-15339`, the number of the printing job, also as `0254321E.doc`, `*2415339*` and `24-15339 (E)`.
    Job,
    /// The title between symbol and date.
    Title(String),
    /// `(Mr. Orlan, Kazakhstan)`: who speaks at the top of a page, in typed records.
    Speaker,
    /// `Security Council 3756th meeting`, in records of the 1990s.
    Old,
}

/// What kind of part it is, to count how many kinds are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PartKind {
    Symbol,
    Date,
    /// `3/4`
    Fraction,
    /// `3`
    Number,
    Job,
    Title,
    Speaker,
    Old,
}

impl HeaderPart {
    pub(super) fn kind(&self) -> PartKind {
        match self {
            Self::Symbol(_) => PartKind::Symbol,
            Self::Date(_) => PartKind::Date,
            Self::Page(_, Some(_)) => PartKind::Fraction,
            Self::Page(_, None) => PartKind::Number,
            Self::Job => PartKind::Job,
            Self::Title(_) => PartKind::Title,
            Self::Speaker => PartKind::Speaker,
            Self::Old => PartKind::Old,
        }
    }
}

/// The longest header or footer in bytes.
const LONGEST: usize = 240;
/// The length of a job number in bytes.
pub(super) const JOB: usize = 8;

/// The parts of a line that is nothing but a header or footer; empty if it is anything else.
pub(super) fn parse_parts(line: &str) -> Vec<HeaderPart> {
    if line.is_empty() || line.len() > LONGEST {
        return Vec::new();
    }
    if let Some(parts) = parse_titled(line) {
        return parts;
    }
    if is_speaker_head(line) {
        return vec![HeaderPart::Speaker];
    }
    if is_old_header(line) {
        return vec![HeaderPart::Old];
    }
    let (mut parts, mut rest) = (Vec::new(), line);
    while !rest.is_empty() {
        let Some((part, len)) = part_at(rest, &parts) else { return Vec::new() };
        parts.push(part);
        rest = rest[len..].trim_start();
        if parts.len() > 5 {
            return Vec::new();
        }
    }
    // "S/PV.9642 2" is a header, but "2 3" and "3/4 5" are none.
    let numbers = parts.iter().filter(|p| matches!(p, HeaderPart::Page(..))).count();
    if numbers > 1 { Vec::new() } else { parts }
}

/// The part at the start of a text, and its length.
fn part_at(text: &str, before: &[HeaderPart]) -> Option<(HeaderPart, usize)> {
    if let Some((symbol, len)) = symbol_at(text).filter(|(_, len)| ends_word(&text[*len..])) {
        return Some((HeaderPart::Symbol(symbol), len));
    }
    let word = text.split(' ').next().unwrap_or(text);
    if let Some(date) = parse_slashed_date(word) {
        return Some((HeaderPart::Date(date), word.len()));
    }
    if let Some((n, of)) = parse_fraction(word) {
        return Some((HeaderPart::Page(n, Some(of)), word.len()));
    }
    // "24-153393/4": the page is glued to the job number.
    if let Some((job, page)) = word.split_at_checked(JOB)
        && is_job_number(job)
        && !page.is_empty()
    {
        return parse_fraction(page).map(|_| (HeaderPart::Job, JOB));
    }
    if is_job_number(word) || is_old_job(word) {
        return Some((HeaderPart::Job, word.len()));
    }
    let after_job = before.last() == Some(&HeaderPart::Job);
    if after_job && word.len() <= 4 && word.starts_with('(') && word.ends_with(')') {
        return Some((HeaderPart::Job, word.len()));
    }
    // "3/424-15339": the job number is glued to the page.
    if let Some((page, job)) = word.len().checked_sub(JOB).and_then(|at| word.split_at_checked(at))
        && is_job_number(job)
        && let Some((n, of)) = parse_fraction(page)
    {
        return Some((HeaderPart::Page(n, Some(of)), page.len()));
    }
    let plain = word.trim_matches(['-', '–']);
    let dashed = text.len() < 12 && text.starts_with(['-', '–']);
    let number = if dashed { text.trim_matches(['-', '–', ' ']) } else { plain };
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let page = number.parse().ok().filter(|n| digits && (1..1000).contains(n))?;
    Some((HeaderPart::Page(page, None), if dashed { text.len() } else { word.len() }))
}

/// Whether a word ends here.
fn ends_word(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

/// "symbol title date" or "date title symbol" in one line.
fn parse_titled(line: &str) -> Option<Vec<HeaderPart>> {
    let title = |title: &str| HeaderPart::Title(title.trim().to_owned());
    if let Some((symbol, len)) = symbol_at(line) {
        let (words, date) = line[len..].trim().rsplit_once(' ')?;
        let date = parse_slashed_date(date)?;
        return Some(vec![HeaderPart::Symbol(symbol), title(words), HeaderPart::Date(date)]);
    }
    let (first, rest) = line.split_once(' ')?;
    let date = parse_slashed_date(first)?;
    let at = rest.rfind("S/PV").or_else(|| rest.rfind("s/pv"))?;
    let at = rest[..at].rfind(' ').map_or(0, |space| space + 1);
    let (symbol, _) = symbol_at(&rest[at..]).filter(|(_, len)| *len == rest.len() - at)?;
    if at == 0 {
        return None;
    }
    Some(vec![HeaderPart::Date(date), title(&rest[..at]), HeaderPart::Symbol(symbol)])
}

/// Whether a line starts as a header does: with a symbol or a date.
pub(super) fn starts_header(line: &str) -> bool {
    line.len() <= LONGEST
        && (symbol_at(line).is_some()
            || parse_slashed_date(line.split(' ').next().unwrap_or("")).is_some())
}

/// Whether a line is `(Mr. Orlan, Kazakhstan)` or `(The President)`.
fn is_speaker_head(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')) else {
        return false;
    };
    let president = ["The President", "The PRESIDENT", "Le Président", "El Presidente"];
    let named = inner.split_once(',').is_some_and(|(name, _)| address::begins_with_title(name));
    inner.len() < 100 && (president.contains(&inner) || named)
}

/// `3/4`: the page and the number of pages.
pub(super) fn parse_fraction(word: &str) -> Option<(u32, u32)> {
    let (n, of) = word.split_once('/')?;
    let plain = |s: &str| !s.is_empty() && s.len() <= 3 && s.bytes().all(|b| b.is_ascii_digit());
    if !plain(n) || !plain(of) {
        return None;
    }
    let (n, of) = (n.parse().ok()?, of.parse().ok()?);
    (1..=of).contains(&n).then_some((n, of))
}

/// `24-15339`, the number of the printing job.
pub(super) fn is_job_number(word: &str) -> bool {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    word.split_once('-').is_some_and(|(year, number)| digits(year, 2) && digits(number, 5))
}

/// `0254321E.doc` and the bar code `*0231542*`.
fn is_old_job(word: &str) -> bool {
    let digits = |s: &str| s.len() == 7 && s.bytes().all(|b| b.is_ascii_digit());
    let barcode = word.strip_prefix('*').and_then(|w| w.strip_suffix('*'));
    let file = word.strip_suffix(".doc").map(|w| w.trim_end_matches(char::is_alphabetic));
    barcode.or(file).is_some_and(digits)
}

/// `31/05/2024`, day first, as the headers of every language write it.
pub(super) fn parse_slashed_date(word: &str) -> Option<Date> {
    let mut parts = word.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The symbol of a record at the start of a text, and its length in bytes. Headers are also printed with a
/// space in them, as `S/PV. 9642`.
pub fn symbol_at(text: &str) -> Option<(Symbol, usize)> {
    let head = ["MSC/PV.", "S/PV.", "S/PV"].into_iter().find(|h| text.starts_with(h))?;
    let rest = &text[head.len()..];
    let spaces = usize::from(head.ends_with('.') && rest.starts_with(' '));
    let digits = rest[spaces..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let mut end = head.len() + spaces + digits;
    loop {
        let rest = &text[end..];
        let inner = rest.trim_start();
        let Some(close) = inner.strip_prefix('(').and_then(|i| i.find(')')) else { break };
        let word = &inner[1..=close];
        if !word.starts_with("Resumption") && !word.starts_with("Part") {
            break;
        }
        end = text.len() - inner.len() + close + 2;
    }
    let symbol = format!("{head}{}", &text[head.len() + spaces..end]);
    symbol.parse().ok().map(|symbol| (symbol, end))
}

/// Whether a line is a header of the 1990s: "Security Council", "3756th meeting", "Fifty-second year",
/// "21 March 1997", one or several of them. It must be nothing else, since text can contain any of them.
pub fn is_old_header(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let mut at = 0;
    while at < words.len() {
        let Some(len) = old_header_part(&words[at..]) else { return false };
        at += len;
    }
    true
}

/// The number of words of the part of such a header that starts here.
fn old_header_part(words: &[&str]) -> Option<usize> {
    match words {
        ["Security", "Council", ..] => Some(2),
        [number, meeting, ..] if meeting.eq_ignore_ascii_case("meeting") => {
            let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            (digits.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(2)
        }
        [ordinal, year, ..] if year.eq_ignore_ascii_case("year") => {
            ordinal.starts_with(char::is_uppercase).then_some(2)
        }
        [day, month, year, ..] if day.bytes().all(|b| b.is_ascii_digit()) => {
            let date = [*day, *month, *year].join(" ");
            (!date.ends_with('.') && dates::find_date(&date).is_some()).then_some(3)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> Vec<PartKind> {
        parse_parts(line).iter().map(HeaderPart::kind).collect()
    }

    #[test]
    fn parts_of_headers_and_footers() {
        use PartKind::{Date, Fraction, Job, Number, Speaker, Symbol, Title};
        for (line, want) in [
            ("S/PV.9998", &[Symbol][..]),
            ("S/PV.9998 (Resumption 1)", &[Symbol]),
            ("S/PV.9998 An invented matter 31/05/2024", &[Symbol, Title, Date]),
            ("31/05/2024 An invented matter S/PV.9998", &[Date, Title, Symbol]),
            ("31/05/2024 S/PV.9998", &[Date, Symbol]),
            ("31/05/2024 An invented matter S/PV. 9998", &[Date, Title, Symbol]),
            ("24-15339 3/4", &[Job, Fraction]),
            ("3/4 24-15339", &[Fraction, Job]),
            ("24-153393/4", &[Job, Fraction]),
            ("3/424-15339", &[Fraction, Job]),
            ("24-15339 (E)", &[Job, Job]),
            ("*2415339*", &[Job]),
            ("2 0254321E.doc", &[Number, Job]),
            ("S/PV.9998 17", &[Symbol, Number]),
            ("- 17 -", &[Number]),
            ("17", &[Number]),
            ("(Mr. Orlan, Kazakhstan)", &[Speaker]),
            ("(The President)", &[Speaker]),
            ("", &[]),
            ("S/PV.9998 says so", &[]),
            ("in 3/4 of cases", &[]),
            ("31/05/2024 was a Friday", &[]),
            ("2 3", &[]),
            ("17 members", &[]),
            ("1997", &[]),
            ("(spoke in French)", &[]),
        ] {
            assert_eq!(kinds(line), want, "{line}");
        }
    }

    #[test]
    fn headers_of_the_nineties() {
        for yes in [
            "Security Council 3756th meeting",
            "Fifty-second year 21 March 1997",
            "Security Council Fifty-second year 3756th meeting 21 March 1997",
            "3756th meeting",
            "21 March 1997",
        ] {
            assert!(is_old_header(yes), "{yes}");
        }
        for no in [
            "the Security Council met",
            "On 21 March 1997 the Council held its 3756th meeting to",
            "Security Council to act on it",
            "of the 3756th meeting",
            "on 21 March 1997",
            "That year was long",
        ] {
            assert!(!is_old_header(no), "{no}");
        }
    }
}
