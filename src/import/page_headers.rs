//! Page headers and footers: found, read for symbol, date, title and page, and taken out.
//!
//! The footer of a page is its number, such as `3/4`, beside the job number. The header is symbol, title
//! and date: the symbol first on even pages, the date first on odd ones. In copies from a PDF both lines
//! come before the text of the page, or the footer comes after it; the order in the header tells which.

use jiff::civil::Date;

use super::lines::{Line, SourceLine};
use crate::record::Symbol;

/// What a header or footer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMark {
    /// The page of `3/4`, and how many there are.
    page: Option<(u32, u32)>,
    /// Whether the page is even, by the order of symbol and date in a header.
    even: Option<bool>,
    symbol: Option<Symbol>,
    date: Option<Date>,
    title: Option<String>,
    /// The number of source lines it takes.
    span: usize,
}

impl HeaderMark {
    /// The page number, if this is a footer with one.
    pub fn page(&self) -> Option<u32> {
        self.page.map(|(number, _)| number)
    }
}

/// Header and footer lines that follow one another.
#[derive(Clone, Debug, Default)]
struct MarkBlock {
    /// The number of lines of the record before it.
    before: usize,
    page: Option<(u32, u32)>,
    even: Option<bool>,
    feed: bool,
}

/// The lines without headers and footers, and what the latter said.
#[derive(Clone, Debug, Default)]
pub struct PagedText {
    /// The lines of the record.
    pub lines: Vec<Line>,
    /// The number of header and footer lines removed.
    pub dropped: u64,
    /// Symbols in the headers, each once, in order of appearance.
    pub symbols: Vec<Symbol>,
    /// Dates in the headers, each once, in order of appearance.
    pub dates: Vec<Date>,
    /// The title of the headers, unless it is a typist's placeholder.
    pub title: Option<String>,
    /// What is doubtful.
    pub warnings: Vec<String>,
    /// First and last page.
    pub range: Option<(u32, u32)>,
}

/// Removes headers and footers and gives every other line its page.
pub fn strip_headers(raw: &[SourceLine]) -> PagedText {
    let mut pages = PagedText::default();
    let mut blocks: Vec<MarkBlock> = Vec::new();
    let (mut open, mut blank, mut turn, mut at) = (false, false, false, 0);
    while at < raw.len() {
        let span = match &raw[at] {
            SourceLine::Blank => {
                blank = true;
                1
            }
            SourceLine::Feed => {
                open_block(&mut blocks, &mut open, pages.lines.len()).feed = true;
                turn = true;
                1
            }
            SourceLine::Words(words) => match find_mark(raw, at) {
                Some(mark) => {
                    let block = open_block(&mut blocks, &mut open, pages.lines.len());
                    block.page = block.page.or(mark.page);
                    block.even = block.even.or(mark.even);
                    turn = true;
                    let span = mark.span;
                    pages.keep_mark(mark);
                    span
                }
                None => {
                    // A blank line around a header belongs to the page and does not end a paragraph.
                    pages.lines.push(Line {
                        text: words.clone(),
                        after_blank: blank && !turn,
                        after_turn: turn,
                        ..Line::default()
                    });
                    (open, blank, turn) = (false, false, false);
                    1
                }
            },
        };
        at += span;
    }
    pages.number_lines(&blocks);
    pages
}

/// The open block, or a new one.
fn open_block<'a>(
    blocks: &'a mut Vec<MarkBlock>,
    open: &mut bool,
    before: usize,
) -> &'a mut MarkBlock {
    if !*open || blocks.is_empty() {
        blocks.push(MarkBlock { before, ..MarkBlock::default() });
        *open = true;
    }
    let last = blocks.len() - 1;
    &mut blocks[last]
}

impl PagedText {
    /// Keeps what a header or footer says.
    pub fn keep_mark(&mut self, mark: HeaderMark) {
        self.dropped += mark.span as u64;
        if let Some(symbol) = mark.symbol.filter(|s| !self.symbols.contains(s)) {
            self.symbols.push(symbol);
        }
        if let Some(date) = mark.date.filter(|d| !self.dates.contains(d)) {
            self.dates.push(date);
        }
        if self.title.is_none() {
            self.title = mark.title.filter(|t| !is_placeholder(t));
        }
    }

    /// Gives the lines between blocks their pages.
    fn number_lines(&mut self, blocks: &[MarkBlock]) {
        let Some(foot) = footers_end_pages(blocks, self.lines.len()) else {
            if !blocks.is_empty() && self.dropped > 0 {
                self.warnings.push("page headers found, but no page numbers".to_owned());
            }
            return;
        };
        let mut page: Option<u32> = None;
        // The pages of the lines before, between and after the blocks.
        let mut stretches: Vec<Option<u32>> = Vec::with_capacity(blocks.len() + 1);
        for block in blocks {
            let before = match (block.page, foot) {
                (Some((n, _)), true) => Some(n),
                (Some((n, _)), false) if stretches.is_empty() && n > 1 => Some(n - 1),
                _ => page,
            };
            stretches.push(before);
            page = match (block.page, foot) {
                (Some((n, _)), true) => Some(n + 1),
                (Some((n, _)), false) => Some(n),
                (None, _) => before.map(|n| n + 1),
            };
        }
        stretches.push(page);
        let mut start = 0;
        for (index, number) in stretches.iter().enumerate() {
            let end = blocks.get(index).map_or(self.lines.len(), |b| b.before);
            for line in &mut self.lines[start..end] {
                line.page = *number;
            }
            start = end;
        }
        self.check_order();
    }

    /// Finds the range of pages, and warns where a number does not follow the one before.
    fn check_order(&mut self) {
        let mut last: Option<u32> = None;
        for page in self.lines.iter().filter_map(|l| l.page) {
            if let Some(before) = last.filter(|&b| page != b && page != b + 1) {
                self.warnings.push(format!("page {page} follows page {before} in the text"));
            }
            let first = self.range.map_or(page, |(first, _)| first.min(page));
            self.range = Some((first, self.range.map_or(page, |(_, end)| end.max(page))));
            last = Some(page);
        }
    }
}

/// Whether footers come at the end of their pages; `None` if no page is numbered.
fn footers_end_pages(blocks: &[MarkBlock], lines: usize) -> Option<bool> {
    let numbered = || blocks.iter().filter_map(|b| b.page.map(|p| (b, p)));
    let (block, (n, of)) = numbered().next_back()?;
    for (block, (n, _)) in numbered() {
        if let Some(even) = block.even {
            return Some((n % 2 == 0) != even);
        }
    }
    // Only footers: whether text follows the footer of the last page decides.
    if n == of {
        return Some(block.before == lines);
    }
    Some(blocks.iter().any(|b| b.page.is_none() && b.even.is_some()))
}

/// The header or footer that starts at line `at`.
fn find_mark(raw: &[SourceLine], at: usize) -> Option<HeaderMark> {
    let SourceLine::Words(words) = &raw[at] else { return None };
    if words.len() > 240 {
        return None;
    }
    if let Some(found) = parse_footer(words) {
        // A fraction alone is a footer only next to a header.
        let beside = |i: Option<usize>| matches!(i.and_then(|i| raw.get(i)), Some(SourceLine::Words(w)) if parse_header(w).is_some());
        let sure = words.contains(' ') || words.ends_with(')');
        return (sure || beside(at.checked_sub(1)) || beside(Some(at + 1))).then_some(found);
    }
    if let Some(found) = parse_header(words) {
        // A symbol alone may end a sentence; at the edge of a page it is a header.
        let edge = |i: Option<usize>| match i.and_then(|i| raw.get(i)) {
            Some(SourceLine::Feed) => true,
            Some(SourceLine::Words(w)) => parse_footer(w).is_some(),
            _ => false,
        };
        let sure = found.date.is_some() || edge(at.checked_sub(1)) || edge(Some(at + 1));
        return sure.then_some(found);
    }
    // A header with a long title takes two or three lines.
    let mut joined = words.clone();
    let begins =
        parse_slashed_date(words.split(' ').next()?).is_some() || symbol_at(words).is_some();
    for span in 2..=3 {
        let Some(SourceLine::Words(next)) = raw.get(at + span - 1) else { return None };
        if !begins || next.len() > 120 {
            return None;
        }
        joined.push(' ');
        joined.push_str(next);
        if let Some(found) = parse_header(&joined) {
            return Some(HeaderMark { span, ..found });
        }
    }
    None
}

/// `24-15339 3/4` in either order, `26-01812 (5)`, or `3/4`.
pub fn parse_footer(words: &str) -> Option<HeaderMark> {
    let mut found = HeaderMark { span: 1, ..HeaderMark::default() };
    let mut job = false;
    for (index, word) in words.split(' ').enumerate() {
        if index > 2 {
            return None;
        }
        if let Some(page) = parse_fraction(word).filter(|_| found.page.is_none()) {
            found.page = Some(page);
        } else if is_job_number(word) && !job {
            job = true;
        } else if !(job && word.len() <= 4 && word.starts_with('(') && word.ends_with(')')) {
            return None;
        }
    }
    (found.page.is_some() || (job && words.contains('('))).then_some(found)
}

/// `3/4`: the page and the number of pages.
fn parse_fraction(word: &str) -> Option<(u32, u32)> {
    let (n, of) = word.split_once('/')?;
    let plain = |s: &str| !s.is_empty() && s.len() <= 3 && s.bytes().all(|b| b.is_ascii_digit());
    if !plain(n) || !plain(of) {
        return None;
    }
    let (n, of) = (n.parse().ok()?, of.parse().ok()?);
    (1..=of).contains(&n).then_some((n, of))
}

/// `24-15339`, the number of the printing job.
pub fn is_job_number(word: &str) -> bool {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    word.split_once('-').is_some_and(|(year, number)| digits(year, 2) && digits(number, 5))
}

/// Parses "symbol title date" or "date title symbol".
pub fn parse_header(words: &str) -> Option<HeaderMark> {
    let whole = |symbol: &str| {
        symbol_at(symbol).filter(|(_, len)| *len == symbol.len()).map(|(symbol, _)| symbol)
    };
    if let Some((symbol, len)) = symbol_at(words) {
        let rest = words[len..].trim();
        if rest.is_empty() {
            // A symbol alone heads the pages of older records.
            return Some(HeaderMark { symbol: Some(symbol), span: 1, ..HeaderMark::default() });
        }
        let (title, date) = rest.rsplit_once(' ').unwrap_or(("", rest));
        let date = parse_slashed_date(date)?;
        return Some(HeaderMark {
            even: Some(true),
            symbol: Some(symbol),
            date: Some(date),
            title: Some(title.trim().to_owned()),
            span: 1,
            page: None,
        });
    }
    let (first, rest) = words.split_once(' ')?;
    let date = parse_slashed_date(first)?;
    let at = rest.rfind("S/PV").or_else(|| rest.rfind("s/pv"))?;
    let at = rest[..at].rfind(' ').map_or(0, |space| space + 1);
    let symbol = whole(&rest[at..])?;
    Some(HeaderMark {
        even: Some(false),
        symbol: Some(symbol),
        date: Some(date),
        title: Some(rest[..at].trim().to_owned()),
        span: 1,
        page: None,
    })
}

/// `31/05/2024`, day first, as the headers of every language write it.
fn parse_slashed_date(word: &str) -> Option<Date> {
    let mut parts = word.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The symbol of a record at the start of a text, and its length in bytes.
pub fn symbol_at(text: &str) -> Option<(Symbol, usize)> {
    let head = ["MSC/PV.", "S/PV.", "S/PV"].into_iter().find(|h| text.starts_with(h))?;
    let digits = text[head.len()..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let mut end = head.len() + digits;
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
    text[..end].parse().ok().map(|symbol| (symbol, end))
}

/// Whether a title is a placeholder such as `Xxxxx Xxxxxx`, or has no letters.
fn is_placeholder(title: &str) -> bool {
    title.is_empty()
        || title.split(' ').all(|w| w.chars().all(|c| matches!(c, 'x' | 'X')))
        || title.chars().all(|c| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::split_lines;

    fn pages(text: &str) -> Vec<Option<u32>> {
        strip_headers(&split_lines(text)).lines.iter().map(|l| l.page).collect()
    }

    #[test]
    fn header_and_footer_before_their_page() {
        let text = "a\n31/05/2024 Title here S/PV.9642\n24-15339 3/4\nb\nS/PV.9642 Title here 31/05/2024\n4/4 24-15339\nc";
        assert_eq!(pages(text), [Some(2), Some(3), Some(4)]);
        let taken = strip_headers(&split_lines(text));
        assert_eq!(taken.title.as_deref(), Some("Title here"));
        assert_eq!(taken.dropped, 4);
        assert_eq!(taken.range, Some((2, 4)));
        assert!(taken.warnings.is_empty());
    }

    #[test]
    fn footer_at_the_end_of_its_page() {
        let text = "S/PV.9642 T 31/05/2024\na\n2/3 24-15339\n\u{c}31/05/2024 T S/PV.9642\nb\n24-15339 3/3\n";
        assert_eq!(pages(text), [Some(2), Some(3)]);
        let footers = "a\n24-15339 2/3\nb\n24-15339 3/3\n";
        assert_eq!(pages(footers), [Some(2), Some(3)]);
        let heads = "24-15339 2/3\na\n24-15339 3/3\nb";
        assert_eq!(pages(heads), [Some(2), Some(3)]);
    }

    #[test]
    fn no_number_no_page() {
        assert_eq!(pages("a\nS/PV.9642 T 31/05/2024\nb"), [None, None]);
        assert_eq!(pages("a\n\u{c}b"), [None, None]);
        assert_eq!(pages("a\nb"), [None, None]);
    }

    #[test]
    fn long_and_placeholder_titles() {
        let taken = strip_headers(&split_lines(
            "S/PV.8668 (Resumption 1) Xxxxx Xxx 19/11/2019\n2/9 19-11111\na\n19/11/2019 A very long\ntitle S/PV.8668 (Resumption 1)\n19-11111 3/9\nb",
        ));
        assert_eq!(taken.title.as_deref(), Some("A very long title"));
        assert_eq!(taken.symbols.len(), 1);
        assert_eq!(taken.symbols[0].to_string(), "S/PV.8668 (Resumption 1)");
        assert_eq!(taken.lines.len(), 2);
    }

    #[test]
    fn running_text_is_no_header() {
        for line in ["in 3/4 of cases", "2/3", "S/PV.9642 says so", "31/05/2024 was a Friday"] {
            assert_eq!(strip_headers(&split_lines(line)).lines.len(), 1, "{line}");
        }
    }
}
