//! Pages whose columns are printed side by side, as `pdftotext -layout` and copies from some viewers have
//! them, into reading order.
//!
//! A page is parted only where its gutter is plain: hardly a row crosses it, and there are rows on both
//! sides. Where rows have wide gaps but no gutter is plain, the text is refused: words of one speaker in the
//! statement of another are worse than no record. The indents of such a text show where paragraphs start,
//! so they are kept as marks; blank lines only show that the other column has a line there.

use crate::import::imported::TextError;
use crate::import::lines::{SourceLine, single_spaced, split_lines};
use crate::import::page_headers;

/// The rows of one page, as characters.
type Rows = Vec<Vec<char>>;

/// The spaces between two columns, at least.
const GAP: usize = 2;
/// A row that starts this much further right than the one above starts a paragraph.
const INDENT: usize = 2;
/// The widest row of a printed sheet, in characters. Wider rows are paragraphs in one line.
const WIDEST: usize = 600;
/// How far from the gutter of the other pages that of a short page may be.
const NEAR: usize = 6;

/// The lines of a text in reading order, and how many pages had columns side by side.
///
/// # Errors
/// If rows have columns side by side, but where one ends is not plain.
pub(super) fn split_in_order(text: &str) -> Result<(Vec<SourceLine>, usize), TextError> {
    let sheets = split_sheets(text);
    let mut gutters: Vec<Option<usize>> =
        sheets.iter().map(|sheet| find_gutter(sheet, None)).collect();
    let mut known: Vec<usize> = gutters.iter().flatten().copied().collect();
    known.sort_unstable();
    let usual = known.get(known.len() / 2).copied();
    for (gutter, sheet) in gutters.iter_mut().zip(&sheets) {
        if gutter.is_none() && usual.is_some() {
            *gutter = find_gutter(sheet, usual);
        }
        if gutter.is_none() && is_side_by_side(sheet) {
            return Err(refusal());
        }
    }
    let Some(_) = usual else { return Ok((split_lines(text), 0)) };
    let mut lines = Vec::new();
    let feeds = text.contains('\u{c}');
    for (index, (sheet, gutter)) in sheets.iter().zip(&gutters).enumerate() {
        if index > 0 && feeds {
            lines.push(SourceLine::Feed);
        }
        push_sheet(sheet, *gutter, 0, &mut lines)?;
    }
    Ok((lines, known.len()))
}

/// Why a text with columns side by side is refused, and what to do.
pub(super) fn refusal() -> TextError {
    TextError(
        "its columns stand side by side, and where one ends is not plain; import the PDF, or convert it without -layout".to_owned(),
    )
}

/// The pages of a text: by its form feeds, or else by its headers and footers.
fn split_sheets(text: &str) -> Vec<Rows> {
    let rows = |sheet: &str| -> Rows {
        sheet.lines().map(|line| line.trim_end().chars().collect()).collect()
    };
    if text.contains('\u{c}') {
        return text.split('\u{c}').map(rows).collect();
    }
    let mut sheets: Vec<Rows> = vec![Vec::new()];
    let mut marked = false;
    for line in rows(text) {
        let mark = is_mark(&line);
        // The first of several marks together starts the page, if words came before.
        if mark && !marked && sheets.last().is_some_and(|s| s.iter().any(|row| !is_mark(row))) {
            sheets.push(Vec::new());
        }
        marked = mark || (marked && line.is_empty());
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(line);
        }
    }
    sheets
}

/// The words of a row, separated by single spaces.
fn words_of(row: &[char]) -> String {
    single_spaced(&row.iter().collect::<String>())
}

/// Whether a row is a header or footer of a page.
fn is_mark(row: &[char]) -> bool {
    page_headers::is_mark(&words_of(row)) || is_double_mark(row)
}

/// Whether a row has the headers of two pages on one sheet, side by side.
fn is_double_mark(row: &[char]) -> bool {
    let headed = |part: &[char]| page_headers::parse_header(&words_of(part)).is_some();
    row.len() <= WIDEST
        && (1..row.len().saturating_sub(2))
            .filter(|&at| row[at - 1] != ' ' && row[at..at + 3].iter().all(|c| *c == ' '))
            .any(|at| headed(&row[..at]) && headed(&row[at..]))
}

/// Whether a row has the dots that lead from a State to its representative.
fn has_leader(row: &[char]) -> bool {
    let words = words_of(row);
    words.contains(". . .") || words.contains("....") || words.contains("……")
}

/// Whether a page is a cover page. Its table of members is in columns that belong together.
fn is_table(sheet: &Rows) -> bool {
    sheet.iter().filter(|row| has_leader(row)).count() >= 3
}

/// What a row has beside a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Left,
    Right,
    Both,
    /// Words go across the place.
    Crossing,
}

fn look_beside(row: &[char], at: usize) -> Beside {
    let space = |i: usize| row.get(i).is_none_or(|c| *c == ' ');
    if !(at.saturating_sub(GAP - 1)..=at).all(space) {
        return Beside::Crossing;
    }
    let words = |part: &[char]| part.iter().any(|c| *c != ' ');
    match (words(&row[..at.min(row.len())]), words(&row[at.min(row.len())..])) {
        (false, false) => Beside::Nothing,
        (true, false) => Beside::Left,
        (false, true) => Beside::Right,
        (true, true) => Beside::Both,
    }
}

/// The gutter of a page with two columns: the column of text that hardly a row crosses. `usual` is the
/// gutter of other pages, beside which a few rows are enough.
fn find_gutter(sheet: &Rows, usual: Option<usize>) -> Option<usize> {
    if is_table(sheet) {
        return None;
    }
    let rows: Vec<&Vec<char>> = sheet.iter().filter(|r| !r.is_empty() && !is_mark(r)).collect();
    let width = rows.iter().map(|r| r.len()).max().filter(|width| *width <= WIDEST)?;
    let range = match usual {
        Some(usual) => usual.saturating_sub(NEAR)..=usual + NEAR,
        None => width / 4..=width * 3 / 4,
    };
    let enough = if usual.is_some() { 1 } else { 3 };
    let mut best: Option<(usize, std::cmp::Reverse<usize>, usize)> = None;
    for at in range {
        let (mut crossing, mut both, mut right) = (0, 0, 0);
        for row in &rows {
            match look_beside(row, at) {
                Beside::Crossing => crossing += 1,
                Beside::Both => both += 1,
                Beside::Right => right += 1,
                Beside::Left | Beside::Nothing => {}
            }
        }
        let sides = both + right;
        if crossing * 20 <= rows.len() && both >= enough && sides * 6 >= rows.len().min(30) {
            let candidate = (crossing, std::cmp::Reverse(both), at);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
    }
    let (crossing, both, first) = best?;
    // The right column starts where the gutter ends; its middle keeps indents on both sides.
    let last = (first..first + 40)
        .take_while(|&at| {
            let count = |wanted| rows.iter().filter(|r| look_beside(r, at) == wanted).count();
            count(Beside::Crossing) == crossing && count(Beside::Both) == both.0
        })
        .last()?;
    Some(last)
}

/// Whether many rows have a wide gap with words on both sides.
fn is_side_by_side(sheet: &Rows) -> bool {
    if is_table(sheet) {
        return false;
    }
    let rows: Vec<&Vec<char>> = sheet.iter().filter(|r| !r.is_empty() && !is_mark(r)).collect();
    let width = rows.iter().map(|r| r.len()).max().unwrap_or(0);
    if width > WIDEST {
        return false;
    }
    let gapped = rows.iter().filter(|row| has_wide_gap(row, width)).count();
    gapped >= 6 && gapped * 4 >= rows.len()
}

/// Whether a row has three spaces in the middle of the page with a few words on both sides.
fn has_wide_gap(row: &[char], width: usize) -> bool {
    let letters = |part: &[char]| part.iter().filter(|c| c.is_alphabetic()).count() >= 10;
    (width / 4..=width * 3 / 4).any(|at| {
        row.len() > at + 3
            && row[at..at + 3].iter().all(|c| *c == ' ')
            && letters(&row[..at])
            && letters(&row[at + 3..])
    })
}

/// Adds the lines of a page: its header, the left column, the right one, its footer.
fn push_sheet(
    sheet: &Rows,
    gutter: Option<usize>,
    depth: usize,
    lines: &mut Vec<SourceLine>,
) -> Result<(), TextError> {
    let Some(gutter) = gutter else {
        push_column(sheet, !is_table(sheet), lines);
        return Ok(());
    };
    let double = sheet.iter().any(|row| is_double_mark(row));
    let first = sheet.iter().position(|row| !row.is_empty() && !is_mark(row)).unwrap_or(0);
    let last = sheet.iter().rposition(|row| !row.is_empty() && !is_mark(row)).unwrap_or(0);
    let (mut left, mut right) = (Rows::new(), Rows::new());
    for (at, row) in sheet.iter().enumerate() {
        // Headers and footers of one page go over both columns.
        if !double && is_mark(row) && (at < first || at > last) {
            continue;
        }
        let (head, tail) = split_row(row, gutter)?;
        left.push(head);
        right.push(tail);
    }
    if double {
        // Two pages on a sheet, each with columns of its own.
        for (at, page) in [left, right].iter().enumerate() {
            if at > 0 {
                lines.push(SourceLine::Feed);
            }
            let inner = if depth == 0 { find_gutter(page, None) } else { None };
            if inner.is_none() && is_side_by_side(page) {
                return Err(refusal());
            }
            push_sheet(page, inner, depth + 1, lines)?;
        }
        return Ok(());
    }
    push_column(&sheet[..first].to_vec(), false, lines);
    for column in [&left, &right] {
        if is_side_by_side(column) {
            return Err(refusal());
        }
        push_column(column, true, lines);
    }
    push_column(&sheet[last + 1..].to_vec(), false, lines);
    Ok(())
}

/// A row parted at the gutter.
fn split_row(row: &[char], gutter: usize) -> Result<(Vec<char>, Vec<char>), TextError> {
    if row.len() <= gutter {
        return Ok((row.to_vec(), Vec::new()));
    }
    let at = match look_beside(row, gutter) {
        Beside::Crossing => split_near(row, gutter).ok_or_else(refusal)?,
        _ => gutter,
    };
    let (left, right) = row.split_at(at.min(row.len()));
    let mut left = left.to_vec();
    while left.last() == Some(&' ') {
        left.pop();
    }
    Ok((left, right.to_vec()))
}

/// Where a row is parted whose words go across the gutter: at two spaces nearby, or at an end of the row.
fn split_near(row: &[char], gutter: usize) -> Option<usize> {
    let double = |at: usize| row.get(at) == Some(&' ') && row.get(at + 1) == Some(&' ');
    let gap = (0..=2 * NEAR)
        .map(|off| if off % 2 == 0 { gutter + off / 2 } else { gutter.saturating_sub(off / 2 + 1) })
        .find(|&at| double(at));
    if let Some(gap) = gap {
        let end = (gap..row.len()).find(|&at| row[at] != ' ')?;
        return Some(end);
    }
    let start = row.iter().position(|c| *c != ' ')?;
    if row.len() <= gutter + NEAR {
        return Some(row.len());
    }
    (start + NEAR >= gutter).then_some(0)
}

/// Adds the rows of a column, with a mark before each that starts a paragraph by its indent.
fn push_column(rows: &Rows, indents: bool, lines: &mut Vec<SourceLine>) {
    let indent_of = |row: &Vec<char>| row.iter().position(|c| *c != ' ');
    let mut all: Vec<usize> = rows.iter().filter_map(indent_of).collect();
    all.sort_unstable();
    // The edge of the column: the leftmost place at which a tenth of its rows start.
    let tenth = all.len().div_ceil(10);
    let near = |place: usize| all.iter().filter(|p| p.abs_diff(place) <= 1).count();
    let edge = all.iter().copied().find(|&place| near(place) >= tenth).unwrap_or(0);
    let mut above = edge;
    for row in rows {
        let Some(indent) = indent_of(row) else {
            if !indents {
                lines.push(SourceLine::Blank);
            }
            continue;
        };
        if indents && indent > above + INDENT {
            lines.push(SourceLine::Indent);
        }
        above = indent.max(edge);
        lines.push(SourceLine::Words(words_of(row)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let (lines, _) = split_in_order(text).unwrap();
        let show = |line: SourceLine| match line {
            SourceLine::Words(words) => Some(words),
            SourceLine::Indent => Some("¶".to_owned()),
            SourceLine::Feed => Some("^L".to_owned()),
            SourceLine::Blank => None,
        };
        lines.into_iter().filter_map(show).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let text = "\
S/PV.9998              An invented matter                 31/05/2024

     The President: I give the           of the second well, which
floor to the first speaker,              the village dug.
who has asked for it.
                                              Ms. Vey (Peru): We are
     Mr. Orlan (Kazakhstan):             glad of both the wells and
We speak of the first well and           of the river between them.

2/4                                                        24-15339";
        assert_eq!(
            read(text),
            [
                "S/PV.9998 An invented matter 31/05/2024",
                "¶",
                "The President: I give the",
                "floor to the first speaker,",
                "who has asked for it.",
                "¶",
                "Mr. Orlan (Kazakhstan):",
                "We speak of the first well and",
                "of the second well, which",
                "the village dug.",
                "¶",
                "Ms. Vey (Peru): We are",
                "glad of both the wells and",
                "of the river between them.",
                "2/4 24-15339",
            ]
        );
    }

    #[test]
    fn one_column_and_a_table_stay() {
        let table = "Members:   Peru . . . . . . .    Ms. Vey\n           China . . . . . .    Mr. Lo\n           Norway . . . . .     Ms. Fjell\n";
        assert_eq!(split_in_order(table).unwrap(), (split_lines(table), 0));
        let plain = "The President: I give the floor.\nMr. Orlan (Peru): We thank you.\n";
        assert_eq!(split_in_order(plain).unwrap(), (split_lines(plain), 0));
    }

    #[test]
    fn a_line_as_long_as_a_book_is_one_column() {
        let text = format!("{}\n{}", "word   ".repeat(30_000), "a   b\n".repeat(30_000));
        assert_eq!(split_in_order(&text).unwrap().1, 0);
    }

    #[test]
    fn a_gutter_that_is_not_plain_is_refused() {
        let mut text = String::new();
        for at in 0..12 {
            let left = "words of the first speaker and more";
            let right = "words of the second speaker and more";
            let shift = " ".repeat(at * 3);
            text.push_str(&format!("{shift}{left}    {right}\n"));
        }
        assert!(split_in_order(&text).is_err());
    }
}
