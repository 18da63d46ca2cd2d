//! Page headers and footers of a text: found, read for symbol, date, title and page, and taken out.
//!
//! The footer of a page is its number, such as `3/4`, beside the job number. The header is symbol, title
//! and date: the symbol first on even pages, the date first on odd ones. Programs that extract text print
//! them in one line, each part in a line of its own, or glued to the words around them, and before or after
//! the text of their page. So the lines that are nothing but such parts are collected with blank lines and
//! page turns between them: what has two kinds of parts together, or recurs, is a header. The order of its
//! parts tells whether it starts or ends its page.

mod clusters;
mod glued;
mod mark;
mod parts;

use jiff::civil::Date;

use super::lines::{Line, SourceLine};
use crate::record::Symbol;
use clusters::HeaderFinder;
use parts::PartKind;

pub use mark::{HeaderMark, parse_footer, parse_header};
pub use parts::{is_old_header, symbol_at};

/// Whether a line is nothing but a header or footer by its own words.
pub fn is_mark(line: &str) -> bool {
    parts::parse_parts(line).iter().any(|part| part.kind() != PartKind::Speaker)
}

/// Headers and footers that follow one another.
#[derive(Clone, Debug, Default)]
struct MarkBlock {
    /// The number of lines of the record before it.
    before: usize,
    page: Option<(u32, Option<u32>)>,
    even: Option<bool>,
    /// Whether the page number comes before the page turn, where the source marks it.
    page_before_feed: Option<bool>,
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
    let raw = glued::split_glued(raw);
    let clusters = HeaderFinder::new(&raw).find_clusters();
    let mut pages = PagedText::default();
    let mut blocks: Vec<MarkBlock> = Vec::new();
    let mut sheets = Sheets::default();
    let mut clusters = clusters.into_iter().peekable();
    let (mut open, mut blank, mut turn, mut at) = (false, false, false, 0);
    let indents = raw.contains(&SourceLine::Indent);
    let mut indent = false;
    while at < raw.len() {
        if let Some(cluster) = clusters.next_if(|cluster| cluster.start == at) {
            let block = open_block(&mut blocks, &mut open, pages.lines.len());
            block.page = block.page.or(cluster.mark.page);
            block.even = block.even.or(cluster.mark.even);
            block.page_before_feed = block.page_before_feed.or(cluster.page_before_feed);
            block.feed |= cluster.feed;
            turn = true;
            at = cluster.end;
            sheets.read_cluster(&raw[cluster.start..cluster.end], cluster.page_line);
            pages.keep_mark(cluster.mark, cluster.lines);
            continue;
        }
        match &raw[at] {
            SourceLine::Blank => blank = true,
            SourceLine::Indent => indent = true,
            SourceLine::Feed => {
                open_block(&mut blocks, &mut open, pages.lines.len()).feed = true;
                sheets.turn();
                turn = true;
            }
            SourceLine::Words(words) => {
                sheets.lines.push(sheets.numbers.len());
                // A blank line around a header belongs to the page and does not end a paragraph.
                pages.lines.push(Line {
                    text: words.clone(),
                    after_blank: blank && !turn,
                    after_turn: turn,
                    starts: indents.then_some(indent),
                    ..Line::default()
                });
                (open, blank, turn, indent) = (false, false, false, false);
            }
        }
        at += 1;
    }
    if !sheets.number_lines(&mut pages.lines) {
        pages.number_lines(&blocks);
    }
    pages.check_order();
    pages
}

/// The sheets between the page turns that the source marks.
#[derive(Clone, Debug, Default)]
struct Sheets {
    /// The number printed on each sheet before the one that is being read.
    numbers: Vec<Option<u32>>,
    /// The number printed on the sheet that is being read.
    number: Option<u32>,
    /// The sheet of each line of the record.
    lines: Vec<usize>,
}

impl Sheets {
    /// Starts the next sheet.
    fn turn(&mut self) {
        self.numbers.push(self.number.take());
    }

    /// Reads the lines of a cluster; `page` is the number in it, and the line it is in.
    fn read_cluster(&mut self, lines: &[SourceLine], page: Option<(usize, u32)>) {
        for (at, line) in lines.iter().enumerate() {
            if *line == SourceLine::Feed {
                self.turn();
            }
            if let Some((_, number)) = page.filter(|(line, _)| *line == at) {
                self.number = self.number.or(Some(number));
            }
        }
    }

    /// Gives each line the number of its sheet. Returns false, and does nothing, if the source marks no page
    /// turns or the numbers do not follow the sheets.
    fn number_lines(mut self, lines: &mut [Line]) -> bool {
        if self.numbers.is_empty() {
            return false;
        }
        self.turn();
        let known = || self.numbers.iter().zip(0u32..).filter_map(|(n, at)| Some(((*n)?, at)));
        let Some(before_first) = known().next().and_then(|(number, at)| number.checked_sub(at))
        else {
            return false;
        };
        if known().any(|(number, at)| number != at + before_first) {
            return false;
        }
        for (line, sheet) in lines.iter_mut().zip(&self.lines) {
            let sheet = u32::try_from(*sheet).unwrap_or(u32::MAX);
            line.page = Some(before_first.saturating_add(sheet)).filter(|page| *page > 0);
        }
        true
    }
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
    /// Keeps what a header or footer of this many lines says.
    pub fn keep_mark(&mut self, mark: HeaderMark, lines: u64) {
        self.dropped += lines;
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
    if let Some(before) = numbered().find_map(|(block, _)| block.page_before_feed) {
        return Some(before);
    }
    // Only footers: whether text follows the footer of the last page decides.
    if of.is_none_or(|of| n == of) {
        return Some(block.before == lines);
    }
    Some(blocks.iter().any(|b| b.page.is_none() && b.even.is_some()))
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
    fn page_turns_decide_where_the_source_marks_them() {
        // The header of an odd page may come between its columns, and its footer before its text.
        let text =
            "a\n2/4\n31/05/2024\nb\n\u{c}31/05/2024\nc\n3/4\n24-15339\nd\n\u{c}e\n4/4\n24-15339";
        assert_eq!(
            pages(text),
            [Some(2), Some(2), Some(3), Some(3), Some(4)],
            "{:#?}",
            strip_headers(&split_lines(text)).lines
        );
        // A number that does not follow is not believed.
        let text = "a\n24-15339 2/4\n\u{c}b\n24-15339 9/9\n";
        assert_eq!(pages(text), [Some(2), Some(9)]);
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
