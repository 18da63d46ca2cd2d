//! Page headers and footers that OCR put into the text: symbol and date of the record with the title of the
//! debate, page numbers such as "7/26", the job number.
//!
//! They are removed only if they cannot be spoken words: the symbol of this record, the date of the meeting
//! in digits, a page number with the right number of pages. Symbols of other documents stay. The texts of
//! letters also end in the first letters of their symbol ("S/2"), where the page header was cut off.

use std::ops::Range;

use jiff::civil::Date;

use crate::record::Symbol;
use crate::record::symbol::Series;

/// The fewest letters of the symbol of a letter that are a mark at the end of its text: "S/2".
const CUT_SYMBOL: usize = 3;

/// The marks on the pages of one record.
#[derive(Clone, Debug, Default)]
pub(super) struct PageMarks {
    /// Spellings of the symbol of the record, the longest first.
    symbols: Vec<String>,
    /// Prefixes of the symbols of resumptions, which are other records.
    resumed: Vec<String>,
    /// A letter never cites itself, so its symbol is a mark wherever it occurs.
    letter: bool,
    date: String,
    years: [u8; 2],
    titles: Vec<String>,
    /// The number of pages of the record, if its page numbers agree.
    pages: Option<u32>,
}

impl PageMarks {
    /// The marks of a record; `titles` may be printed beside its symbol.
    pub(super) fn new(symbol: &Symbol, date: Date, titles: Vec<String>) -> Self {
        let printed = symbol.to_string();
        let bare = symbol.clone().with_resumption(0).to_string();
        let mut symbols = vec![printed.clone(), printed.replace(" (", "(")];
        // OCR misreads S as a dollar sign.
        symbols.extend(symbols.clone().iter().map(|s| format!("${}", &s[1..])));
        symbols.sort_by_key(|s| std::cmp::Reverse(s.len()));
        symbols.dedup();
        let resumed = match symbol.resumption() {
            0 => vec![
                format!("{bare} (Res"),
                format!("{bare}(Res"),
                format!("{bare} Res"),
                format!("{bare}, Res"),
                format!("{bare}/"),
            ],
            _ => Vec::new(),
        };
        let year = u8::try_from(date.year().rem_euclid(100)).unwrap_or(0);
        let mut titles = titles;
        titles.retain(|title| title.len() >= 8);
        titles.sort_by_key(|title| std::cmp::Reverse(title.len()));
        Self {
            symbols,
            resumed,
            letter: symbol.series() == Series::Letter,
            date: format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
            years: [year, (year + 1) % 100],
            titles,
            pages: None,
        }
    }

    /// The titles that may be on a page, the longest first.
    pub(super) fn titles(&self) -> &[String] {
        &self.titles
    }

    /// Learns the number of pages from all texts of the record in order. The same number must follow at
    /// least three rising page numbers, or two if it has two digits.
    pub(super) fn learn_pages<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut seen: Vec<(u32, Vec<u32>)> = Vec::new();
        for text in texts {
            for (range, page, of) in page_numbers(text) {
                if introduces_number(&text[..range.start]) {
                    continue;
                }
                match seen.iter_mut().find(|(total, _)| *total == of) {
                    Some((_, pages)) => pages.push(page),
                    None => seen.push((of, vec![page])),
                }
            }
        }
        let enough = |(of, pages): &&(u32, Vec<u32>)| {
            let rising = pages.windows(2).all(|w| w[0] <= w[1]);
            let mut distinct = pages.clone();
            distinct.dedup();
            rising && (distinct.len() >= 3 || distinct.len() == 2 && *of >= 10)
        };
        self.pages = seen.iter().filter(enough).max_by_key(|(_, pages)| pages.len()).map(|s| s.0);
    }

    /// Removes the marks from a paragraph. Returns what was removed, in order.
    pub(super) fn strip(&self, text: &mut String) -> Vec<String> {
        let spans = self.find_spans(text);
        let mut taken = Vec::new();
        for span in spans.iter().rev() {
            taken.push(text[span.clone()].trim().to_owned());
            let left = text[..span.start].trim_end().len();
            let right = span.end + (text.len() - span.end - text[span.end..].trim_start().len());
            let gap = if left > 0 && right < text.len() { " " } else { "" };
            text.replace_range(left..right, gap);
        }
        taken.reverse();
        taken
    }

    /// The spans of marks; marks with only spaces between them are one span.
    fn find_spans(&self, text: &str) -> Vec<Range<usize>> {
        // Every mark has a slash or a digit, and most paragraphs have neither.
        if !text.bytes().any(|b| b == b'/' || b.is_ascii_digit()) {
            return Vec::new();
        }
        let mut anchors = self.own_symbols(text);
        anchors.extend(self.cut_symbol(text));
        anchors.extend(self.own_dates(text));
        let mut spans: Vec<Range<usize>> =
            anchors.iter().filter_map(|anchor| self.title_beside(text, anchor)).collect();
        spans.extend(anchors);
        spans.extend(self.job_numbers(text));
        spans = merge_spans(text, spans);
        // A page number alone is a mark at the end of a statement, next to another mark, or if its number
        // of pages is that of the record.
        for (range, _, of) in page_numbers(text) {
            let beside = spans.iter().any(|s| only_space_between(text, s, &range));
            let at_end = text[range.end..].trim().is_empty()
                && (ends_words(&text[..range.start]) || range.start == 0);
            if (beside || at_end || self.pages == Some(of))
                && !introduces_number(&text[..range.start])
            {
                spans.push(range);
                spans = merge_spans(text, spans);
            }
        }
        spans
    }

    fn own_symbols(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for symbol in &self.symbols {
            for (at, _) in text.match_indices(symbol.as_str()) {
                let range = at..at + symbol.len();
                let rest = &text[range.end..];
                let whole = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '/');
                let other = self.resumed.iter().any(|r| text[at + 1..].starts_with(&r[1..]));
                let taken = found.iter().any(|f| f.start <= at && at < f.end);
                if whole
                    && !other
                    && !taken
                    && !rest.starts_with(')')
                    && !introduces_citation(&text[..at])
                {
                    found.push(range);
                }
            }
        }
        found.retain(|range| self.letter || self.is_isolated(text, range));
        found
    }

    /// The first letters of the symbol of a letter at the end of the text, which no sentence ends in.
    fn cut_symbol(&self, text: &str) -> Option<Range<usize>> {
        if !self.letter {
            return None;
        }
        let text = text.trim_end();
        let from = text.rfind(['S', '$'])?;
        let cut = &text[from..];
        let known = self.symbols.iter().any(|symbol| symbol.starts_with(cut) && symbol != cut);
        let apart = !text[..from].ends_with(|c: char| c.is_alphanumeric() || c == '/');
        (known && cut.len() >= CUT_SYMBOL && apart && !introduces_citation(&text[..from]))
            .then_some(from..text.len())
    }

    /// Whether the symbol of a meeting is a mark: next to its title or date, or at an end of the paragraph.
    fn is_isolated(&self, text: &str, range: &Range<usize>) -> bool {
        let (left, right) = (text[..range.start].trim_end(), text[range.end..].trim_start());
        left.is_empty()
            || right.is_empty()
            || left.ends_with(&self.date)
            || right.starts_with(&self.date)
            || self.title_beside(text, range).is_some()
    }

    fn own_dates(&self, text: &str) -> Vec<Range<usize>> {
        let digit = |c: char| c.is_ascii_digit() || c == '/';
        text.match_indices(self.date.as_str())
            .map(|(at, date)| at..at + date.len())
            .filter(|r| !text[..r.start].ends_with(digit) && !text[r.end..].starts_with(digit))
            .collect()
    }

    /// The title directly before or after a mark.
    fn title_beside(&self, text: &str, mark: &Range<usize>) -> Option<Range<usize>> {
        let left = text[..mark.start].trim_end();
        let right = mark.end + (text.len() - mark.end - text[mark.end..].trim_start().len());
        self.titles.iter().find_map(|title| {
            if left.ends_with(title.as_str()) {
                return Some(left.len() - title.len()..mark.start);
            }
            text[right..].starts_with(title.as_str()).then(|| mark.end..right + title.len())
        })
    }

    /// Job numbers: two digits of the year, a hyphen, five digits.
    fn job_numbers(&self, text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let figures = |range: Range<usize>| {
            bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit))
        };
        let apart = |b: Option<&u8>| b.is_none_or(|b| b.is_ascii_whitespace());
        text.match_indices('-')
            .filter(|(at, _)| *at >= 2 && figures(at - 2..*at) && figures(at + 1..at + 6))
            .map(|(at, _)| at - 2..at + 6)
            .filter(|r| apart(bytes.get(r.end)) && (r.start == 0 || apart(bytes.get(r.start - 1))))
            .filter(|r| self.years.iter().any(|y| text[r.start..r.start + 2] == format!("{y:02}")))
            .collect()
    }
}

/// Pairs "n/m" between spaces, with n at most m.
fn page_numbers(text: &str) -> Vec<(Range<usize>, u32, u32)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let before = bytes[..slash].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let after = bytes[slash + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        let range = slash - before..slash + 1 + after;
        let apart = |b: Option<&u8>| b.is_none_or(|b| b.is_ascii_whitespace());
        let free =
            apart(bytes.get(range.end)) && (range.start == 0 || apart(bytes.get(range.start - 1)));
        if !free || !(1..=3).contains(&before) || !(1..=3).contains(&after) {
            continue;
        }
        let number = |r: Range<usize>| text[r].parse::<u32>().unwrap_or(0);
        let (page, of) = (number(range.start..slash), number(slash + 1..range.end));
        if 0 < page && page <= of {
            found.push((range, page, of));
        }
    }
    found
}

/// Whether the words before a symbol make it a citation.
fn introduces_citation(before: &str) -> bool {
    const WORDS: &str =
        "see also document documents record in and of to from letter meeting symbol by as or";
    let trimmed = before.trim_end();
    let word = trimmed.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let direct = trimmed.ends_with(word) && !word.is_empty();
    trimmed.ends_with(['(', '[', ',', ';'])
        || direct && WORDS.split(' ').any(|w| w == word.to_lowercase())
}

/// Whether the words before two numbers make them those of a resolution or an item.
fn introduces_number(before: &str) -> bool {
    const WORDS: &str = "resolution resolutions decision decisions and or item article of";
    let word = before.trim_end().rsplit(' ').next().unwrap_or("");
    WORDS.split(' ').any(|w| w == word.to_lowercase()) || word.ends_with(',')
}

/// Whether the words before end a sentence.
fn ends_words(before: &str) -> bool {
    before.trim_end().ends_with(['.', '!', '?', '"', '”', ')', '\'', '’'])
}

/// Whether two spans have only spaces between them.
fn only_space_between(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    first.end >= second.start || text[first.end..second.start].trim().is_empty()
}

/// Sorts spans and joins neighbours.
fn merge_spans(text: &str, mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|s| (s.start, s.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut().filter(|last| only_space_between(text, last, &span)) {
            Some(last) => last.end = last.end.max(span.end),
            None => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(symbol: &str) -> PageMarks {
        let titles = vec!["The situation in Utopia".to_owned(), "An invented debate".to_owned()];
        PageMarks::new(&symbol.parse().unwrap(), jiff::civil::date(2020, 1, 16), titles)
    }

    fn stripped(symbol: &str, text: &str) -> (String, Vec<String>) {
        let mut text = text.to_owned();
        let taken = marks(symbol).strip(&mut text);
        (text, taken)
    }

    #[test]
    fn headers_go_and_the_sentence_closes() {
        for (symbol, text, want) in [
            (
                "S/PV.8704",
                "The fuel went to16/01/2020 The situation in Utopia S/PV.8704 the ports.",
                "The fuel went to the ports.",
            ),
            (
                "S/PV.8704",
                "It ends. S/PV.8704 The situation in Utopia 16/01/2020 It begins.",
                "It ends. It begins.",
            ),
            ("S/PV.8704", "That is so.The situation in Utopia 16/01/2020 S/PV.8704", "That is so."),
            ("S/PV.8704", "We say An invented debate S/PV.8704 so.", "We say so."),
            (
                "S/PV.8699 (Resumption 1)",
                "Of An invented debate S/PV.8699 (Resumption 1) concern.",
                "Of concern.",
            ),
            ("S/PV.8704", "The systems and 20-03616 processes.", "The systems and processes."),
            ("S/PV.8704", "The meeting rose at noon. 20-01130 21/21", "The meeting rose at noon."),
            ("S/PV.8704", "The meeting rose at noon. 21/21", "The meeting rose at noon."),
            ("S/2020/254", "The camp of Al Hol $/2020/254 Camp.", "The camp of Al Hol Camp."),
            (
                "S/2020/254",
                "A mandate. 20-07478 S/2020/254 20-07478 A partnership. 7/26 S/2020/254",
                "A mandate. A partnership.",
            ),
            ("S/2020/254", "It ends. S/2", "It ends."),
            ("S/2020/254", "It ends.$/2", "It ends."),
            ("S/2020/254", "It ends.” S/2020/", "It ends.”"),
            ("S/2020/254", "It ends. 7/26 S/2 ", "It ends."),
        ] {
            let (left, taken) = stripped(symbol, text);
            assert_eq!(left, want, "{text}");
            assert!(!taken.is_empty());
        }
    }

    #[test]
    fn words_spoken_stay() {
        for (symbol, text) in [
            ("S/PV.8704", "We said so before (see S/PV.8704)."),
            ("S/PV.8704", "We recall S/PV.8703 and S/2020/254."),
            ("S/PV.8704", "As we said in S/PV.8704 we agree."),
            ("S/PV.8704", "As in S/PV.8704 (Resumption 1) we agree."),
            ("S/PV.8699 (Resumption 1)", "We spoke of S/PV.8699 before."),
            ("S/PV.8704", "On the situation in Utopia we agree."),
            ("S/PV.8704", "The situation in Utopia is grave."),
            ("S/PV.8704", "resolution 67/1, and resolution 60/74"),
            ("S/PV.8704", "It happens 24/7. Two thirds, 2/3 of it."),
            ("S/PV.8704", "A number 19-07478 of another year, 20-074 and 120-07478."),
            ("S/2020/254", "the report (S/2020/952) and (S/2020/254)"),
            ("S/2020/254", "https://example.org/2020/01/16/x 1/2"),
            ("S/2020/254", "the form S/ and the well S"),
            ("S/2020/254", "the wells of S/3"),
            ("S/2020/254", "the wells in AS/2"),
            ("S/2020/254", "as in document S/2"),
            ("S/PV.8704", "the well S/P"),
        ] {
            assert_eq!(stripped(symbol, text).0, text);
        }
    }

    #[test]
    fn pages_are_known_by_their_count() {
        let texts = ["All was 7/26 well with 8/26 good.", "So it was 9/26 said by 1/2 of them."];
        let mut marks = marks("S/PV.8704");
        let mut text = texts[0].to_owned();
        assert!(marks.strip(&mut text).is_empty());
        marks.learn_pages(texts.iter().copied());
        assert_eq!(marks.pages, Some(26));
        assert_eq!(marks.strip(&mut text), ["7/26", "8/26"]);
        assert_eq!(text, "All was well with good.");
        let mut other = texts[1].to_owned();
        marks.strip(&mut other);
        assert_eq!(other, "So it was said by 1/2 of them.");
    }

    #[test]
    fn fractions_and_falling_numbers_teach_nothing() {
        for texts in
            [["a 1/3 b", "c 2/3 d"], ["a 9/26 b", "c 8/26 d"], ["a resolution 7/26 b", "c 8/26"]]
        {
            let mut marks = marks("S/PV.8704");
            marks.learn_pages(texts.iter().copied());
            assert_eq!(marks.pages, None, "{texts:?}");
        }
    }
}
