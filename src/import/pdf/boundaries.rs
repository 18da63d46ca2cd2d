//! Where a record begins and ends in a file: its cover page, sheets of an archive before it, a second
//! record after it, and the run of its printed pages.

use jiff::civil::Date;

use super::edges::PageEdges;
use super::lines::PlacedLine;
use crate::import::cover;
use crate::import::lines::Line;
use crate::import::page_headers::symbol_at;
use crate::import::words::{first_bytes, fold_text};
use crate::record::Symbol;

/// The rows at the top of a page in which its title is.
const TITLE_ROWS: usize = 8;
/// The rows of a cover page that may name its symbol.
const SYMBOL_ROWS: usize = 20;
/// Titles are this many times as large as the text.
const LARGE: f64 = 1.25;
/// Titles of the documents of the United Nations, in five languages.
const TITLES: [&str; 10] = [
    "united nations",
    "nations unies",
    "naciones unidas",
    "организация объединенных наций",
    "联合国",
    "security council",
    "conseil de sécurité",
    "consejo de seguridad",
    "совет безопасности",
    "安全理事会",
];

/// Whether the rows are those of the cover page of a record: they have the table of members, or the title
/// of a communiqué.
pub(super) fn is_record_cover(rows: &[PlacedLine]) -> bool {
    let lines: Vec<Line> = rows.iter().map(PlacedLine::to_plain).collect();
    cover::members_line(&lines).is_some() || find_title(rows).is_some()
}

/// Prefixes of the title of a communiqué, folded, in five languages.
const COMMUNIQUES: [&str; 5] = [
    "official communique of the",
    "communique officiel de la",
    "comunicado oficial de la",
    "официальное коммюнике",
    "安全理事会第",
];
/// The suffix of the title in Chinese; its prefix is also that of other lines.
const CHINESE: &str = "公报";
/// The rows of the first page in which the title may be.
const COMMUNIQUE_ROWS: usize = 20;

/// Whether a row is the title of a communiqué.
fn is_title(text: &str) -> bool {
    let folded = fold_text(first_bytes(text, 300));
    let begins = COMMUNIQUES.iter().any(|title| folded.starts_with(&fold_text(title)));
    begins && (folded.is_ascii() || !text.contains('第') || text.contains(CHINESE))
}

/// The row of a first page that is the title of a communiqué.
pub(super) fn find_title(rows: &[PlacedLine]) -> Option<usize> {
    rows.iter().take(COMMUNIQUE_ROWS).position(|row| is_title(&row.text))
}

/// Whether the rows may be those of a cover page: a title is at the top.
pub(super) fn is_titled(rows: &[PlacedLine]) -> bool {
    rows.iter().take(4).any(|row| row.text.contains("United Nations") || row.size >= 13.0)
}

/// Whether the rows begin a document of the United Nations, in large letters; `usual` is the size of text.
pub(super) fn is_document_title(rows: &[PlacedLine], usual: f64) -> bool {
    rows.iter().take(TITLE_ROWS).any(|row| {
        let words = row.text.to_lowercase();
        row.size >= LARGE * usual && TITLES.iter().any(|title| words.starts_with(title))
    })
}

/// The symbol on a cover page. Its first letter is twice as large as the others, so that it may be set
/// apart or, after the first page, be missing as that of a stamp.
pub(super) fn find_symbol(rows: &[PlacedLine]) -> Option<Symbol> {
    let words = |row: &PlacedLine| {
        let at = row.text.find("/PV")?;
        let before = row.text[..at].split(' ').rfind(|word| !word.is_empty());
        let whole = row.text[..at].ends_with([' ', 'S']) || at == 0;
        let other = row.text[..at].ends_with('S') && before != Some("S");
        let symbol = format!("S{}", row.text[at..].replacen("/PV. ", "/PV.", 1));
        symbol_at(&symbol).map(|(symbol, _)| symbol).filter(|_| whole && !other)
    };
    rows.iter().take(SYMBOL_ROWS).find_map(words)
}

/// What is printed at the edges of a page of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageMark {
    /// The page of the file, from 0.
    pub(super) page: usize,
    pub(super) symbol: Option<Symbol>,
    pub(super) date: Option<Date>,
    /// The printed number, and the number of pages.
    pub(super) number: Option<u32>,
    pub(super) of: Option<u32>,
    /// It has a header or a footer.
    pub(super) marked: bool,
}

impl PageMark {
    /// The mark of a page with these edges.
    pub(super) fn new(page: usize, edges: &PageEdges) -> Self {
        let said = edges.said();
        Self {
            page,
            symbol: said.symbols.first().cloned(),
            date: said.dates.first().copied(),
            number: edges.number,
            of: edges.of,
            marked: edges.is_marked(),
        }
    }
}

/// The page at which another record begins without a cover page: from there on the symbol, or else the
/// date, is another one, or the numbers begin again after the last page. A symbol that differs on one page
/// alone is a misprint.
pub(super) fn find_second(marks: &[PageMark]) -> Option<&PageMark> {
    let again = marks.windows(2).enumerate().find_map(|(at, pair)| {
        let (before, after) = (&pair[0], &pair[1]);
        let ended = before.of.is_some() && before.number == before.of;
        let number = after.number.filter(|number| *number <= 3)?;
        let had = marks[..=at].iter().any(|m| m.number.is_some_and(|earlier| earlier <= number));
        (ended && had).then_some(after)
    });
    let by_symbol = suffix_of(marks, |mark| mark.symbol.as_ref())
        .filter(|(at, pages)| *pages > 1 || steps_back(marks, *at));
    let by_date =
        suffix_of(marks, |mark| mark.date.as_ref()).filter(|(at, _)| steps_back(marks, *at));
    let parted = by_symbol.or(by_date).and_then(|(at, _)| marks.get(at));
    again.or(parted)
}

/// Whether the printed number of a page is not above that of the page before.
fn steps_back(marks: &[PageMark], at: usize) -> bool {
    let before = marks[..at].iter().rev().find_map(|mark| mark.number);
    marks[at].number.zip(before).is_some_and(|(number, before)| number <= before)
}

/// Where the last pages begin that have another value than the first page, and how many have it.
fn suffix_of<'a, T: PartialEq + 'a>(
    marks: &'a [PageMark],
    value: impl Fn(&'a PageMark) -> Option<&'a T>,
) -> Option<(usize, usize)> {
    let first = marks.iter().find_map(&value)?;
    let last = marks.iter().rposition(|mark| value(mark) == Some(first))?;
    let start = last + 1 + marks[last + 1..].iter().position(|mark| value(mark).is_some())?;
    let pages = marks[start..].iter().filter(|mark| value(mark).is_some()).count();
    Some((start, pages))
}

/// What is wrong with the run of the printed numbers. The pages in `passed` are not part of the record;
/// `shown` names a page of the file.
pub(super) fn check_run(
    marks: &[PageMark],
    cover: Option<usize>,
    passed: &[usize],
    shown: impl Fn(usize) -> String,
) -> Vec<String> {
    let mut found = Vec::new();
    let distance = |from: usize, to: usize| {
        let others = passed.iter().filter(|page| (from..to).contains(*page)).count();
        u32::try_from(to - from - others).unwrap_or(u32::MAX)
    };
    let mut before: Option<(usize, u32)> = None;
    for mark in marks {
        let Some(number) = mark.number else { continue };
        if let Some((page, last)) = before {
            let between = distance(page, mark.page);
            let expected = last.saturating_add(between);
            if number == last {
                found.push(format!(
                    "printed page {number} occurs twice, on pages {} and {} of the file",
                    shown(page),
                    shown(mark.page)
                ));
            } else if number < last {
                found.push(format!(
                    "printed page {number} follows page {last}; the pages of the file are not in order"
                ));
            } else if number > expected {
                let missing = list_pages(expected, number - 1);
                found.push(format!("printed page {number} follows page {last}: {missing} missing"));
            } else if number < expected {
                found.push(format!(
                    "between printed pages {last} and {number} there are pages without a number"
                ));
            }
        } else if let Some(cover) = cover.filter(|cover| *cover < mark.page)
            && !mark.symbol.as_ref().is_some_and(|symbol| symbol.to_string().contains('('))
        {
            // A resumption continues the numbers of the meeting.
            let expected = distance(cover, mark.page).saturating_add(1);
            if number > expected {
                let missing = list_pages(expected, number - 1);
                found.push(format!(
                    "printed page {number} follows the cover page: {missing} missing"
                ));
            }
        }
        before = Some((mark.page, number));
    }
    let last = marks.iter().rev().find(|mark| mark.number.is_some());
    if let Some((number, of)) = last.and_then(|mark| mark.number.zip(mark.of))
        && number < of
        && marks.last() == last
    {
        let missing = list_pages(number + 1, of);
        found.push(format!("the file ends with printed page {number} of {of}: {missing} missing"));
    }
    found
}

/// `page 4 is` or `pages 4 to 6 are`.
fn list_pages(first: u32, last: u32) -> String {
    if first == last { format!("page {first} is") } else { format!("pages {first} to {last} are") }
}

/// The number of each page: the printed one, or else one more than that of the page before. Pages of
/// another document have none, and are passed over.
pub(super) fn fill_numbers(printed: &[Option<u32>], passed: &[usize]) -> Vec<u32> {
    let record = |page: &usize| !passed.contains(page);
    let mut of_record = 0u32..;
    let first = (0..printed.len()).filter(record).find_map(|page| {
        let at = of_record.next()?;
        printed[page].and_then(|n| n.checked_sub(at)).filter(|n| *n > 0)
    });
    let mut next = first.unwrap_or(1);
    let mut numbers = Vec::with_capacity(printed.len());
    for (page, number) in printed.iter().enumerate() {
        if !record(&page) {
            numbers.push(next);
            continue;
        }
        let this = number.unwrap_or(next);
        numbers.push(this);
        next = this.saturating_add(1);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages in the order of the file: symbol, day of May 2024, number, number of pages.
    fn marks(pages: &[(u32, i8, u32, u32)]) -> Vec<PageMark> {
        let mark = |(page, (symbol, day, number, of)): (usize, &(u32, i8, u32, u32))| PageMark {
            page: page + 1,
            symbol: (*symbol > 0).then(|| Symbol::verbatim(*symbol)),
            date: (*day > 0).then(|| Date::constant(2024, 5, *day)),
            number: (*number > 0).then_some(*number),
            of: (*of > 0).then_some(*of),
            marked: true,
        };
        pages.iter().enumerate().map(mark).collect()
    }

    #[test]
    fn another_record_begins() {
        for (pages, want) in [
            (&[(9998, 31, 2, 3), (9998, 31, 3, 3)][..], None),
            // A misprint on one page.
            (&[(9998, 31, 2, 4), (9989, 31, 3, 4), (9998, 31, 4, 4)], None),
            (&[(9998, 31, 2, 4), (9998, 31, 3, 4), (9989, 31, 4, 4)], None),
            (&[(9998, 31, 2, 4), (9998, 30, 3, 4), (9998, 30, 4, 4)], None),
            (&[(9997, 30, 2, 3), (9997, 30, 3, 3), (9998, 31, 2, 2)], Some(3)),
            (&[(9997, 30, 2, 0), (9998, 31, 3, 0), (9998, 31, 4, 0)], Some(2)),
            (&[(9997, 31, 2, 2), (9998, 31, 2, 2)], Some(2)),
            (&[(9997, 30, 2, 0), (0, 0, 3, 0), (9998, 31, 2, 0)], Some(3)),
            (&[(0, 30, 2, 0), (0, 30, 3, 0), (0, 31, 2, 0)], Some(3)),
            (&[(0, 0, 2, 3), (0, 0, 3, 3), (0, 0, 2, 4), (0, 0, 3, 4)], Some(3)),
            // Two pages that were swapped.
            (&[(9998, 31, 3, 3), (9998, 31, 2, 3)], None),
        ] {
            let marks = marks(pages);
            assert_eq!(find_second(&marks).map(|mark| mark.page), want, "{pages:?}");
        }
    }

    #[test]
    fn the_symbol_of_a_cover_page() {
        for (text, want) in [
            ("United Nations S/PV.9998", Some("S/PV.9998")),
            ("United Nations S /PV. 9998 (Resumption 1)", Some("S/PV.9998 (Resumption 1)")),
            ("/PV.9998", Some("S/PV.9998")),
            ("United Nations A/60/PV.25", None),
            ("MS/PV.3", None),
            ("United Nations", None),
        ] {
            let row = PlacedLine { text: text.to_owned(), ..PlacedLine::default() };
            assert_eq!(find_symbol(&[row]).map(|s| s.to_string()).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn the_run_of_printed_pages() {
        for (numbers, want) in [
            (&[2, 3, 4][..], ""),
            (&[2, 0, 4], ""),
            (&[2, 3, 5], "printed page 5 follows page 3: page 4 is missing"),
            (&[2, 0, 7], "printed page 7 follows page 2: pages 4 to 6 are missing"),
            (&[2, 3, 3], "printed page 3 occurs twice, on pages 2 and 3 of the file"),
            (
                &[2, 4, 3],
                "printed page 4 follows page 2: page 3 is missing; printed page 3 follows page 4; the pages of the file are not in order",
            ),
            (&[2, 0, 3], "between printed pages 2 and 3 there are pages without a number"),
            (&[4, 5, 6], "printed page 4 follows the cover page: pages 2 to 3 are missing"),
        ] {
            let pages: Vec<_> = numbers.iter().map(|number| (9998, 31, *number, 0)).collect();
            let said = check_run(&marks(&pages), Some(0), &[], |page| page.to_string());
            assert_eq!(said.join("; "), want, "{numbers:?}");
        }
        let ends =
            check_run(&marks(&[(9998, 31, 2, 4), (9998, 31, 3, 4)]), None, &[], |_| String::new());
        assert_eq!(ends, ["the file ends with printed page 3 of 4: page 4 is missing"]);
    }

    #[test]
    fn pages_without_a_number_follow_on() {
        assert_eq!(fill_numbers(&[None, Some(2), None, Some(4)], &[]), [1, 2, 3, 4]);
        assert_eq!(fill_numbers(&[None, Some(24), Some(25)], &[]), [23, 24, 25]);
        assert_eq!(fill_numbers(&[None, None], &[]), [1, 2]);
        assert_eq!(fill_numbers(&[None, None, Some(2), None], &[0]), [1, 1, 2, 3]);
    }

    #[test]
    fn titles() {
        for yes in [
            "Official communiqué of the 9998th (closed) meeting of the",
            "OFFICIAL COMMUNIQUÉ OF THE 9998TH (CLOSED) MEETING",
            "Communiqué officiel de la 9998e séance (privée)",
            "Comunicado oficial de la 9998ª sesión (privada)",
            "Официальное коммюнике 9998-го (закрытого) заседания",
            "安全理事会第9998次会议(闭门)正式公报",
        ] {
            assert!(is_title(yes), "{yes}");
        }
        for no in ["9998th meeting", "安全理事会第9998次会议", "The official communiqué", "Agenda"]
        {
            assert!(!is_title(no), "{no}");
        }
    }
}
