//! A page whose lines have places, as `pdftohtml -s` and PyMuPDF write it: columns back into reading order.
//!
//! Only the left and upper edges of lines are given. Where a line ends is estimated by its letters, which is
//! enough to tell a column from a line over both.

use std::collections::HashMap;

use html5gum::{StartTag, Token};

use super::elements::{self, OpenElements};
use crate::import::form_lines::{FormLines, RunLine};
use crate::import::lines::line_width;

/// The size of letters where a page does not say it, in pixels.
const SIZE: f32 = 14.0;

/// A piece of a line.
#[derive(Clone, Debug, Default)]
struct Fragment {
    top: f32,
    left: f32,
    /// The size of its letters.
    size: f32,
    line: RunLine,
    /// It touches the fragment before it or has a space at its edge.
    spaced: bool,
}

impl Fragment {
    /// Where it ends, estimated.
    fn right(&self) -> f32 {
        self.left + line_width(self.line.text()) as f32 / 1000.0 * self.size
    }

    fn is_leader(&self) -> bool {
        self.line.text().contains(". . . .") || self.line.text().contains(".....")
    }
}

/// A page of fragments.
#[derive(Clone, Debug, Default)]
struct Sheet {
    width: f32,
    height: f32,
    fragments: Vec<Fragment>,
}

/// A line of a column.
#[derive(Clone, Debug, Default)]
struct PlacedLine {
    top: f32,
    left: f32,
    line: RunLine,
}

/// Reads the lines of a page by their places; `None` if most of its text has none.
pub(super) fn read_lines(page: &str) -> Option<FormLines> {
    let mut reader = PlacedReader::default();
    for token in elements::tokens(page) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&elements::name_of(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text.value)),
            Token::Comment(text) => reader.styles(&String::from_utf8_lossy(&text.value)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let sheets: Vec<Sheet> =
        reader.sheets.into_iter().filter(|s| !s.fragments.is_empty()).collect();
    if reader.placed < 10 || reader.placed < reader.other * 2 {
        return None;
    }
    Some(write_sheets(&sheets))
}

#[derive(Debug, Default)]
struct PlacedReader {
    elements: OpenElements,
    sheets: Vec<Sheet>,
    /// The line that is being read, and the name of its element.
    open: Option<(String, Fragment, f32)>,
    in_style: bool,
    /// Size of letters and height of lines by class.
    classes: HashMap<String, (f32, f32)>,
    /// Letters with a place, and others.
    placed: usize,
    other: usize,
}

impl PlacedReader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = elements::name_of(&tag.name);
        self.elements.open(tag);
        self.in_style = name == "style";
        let style = elements::attribute(tag, "style").unwrap_or_default();
        let size_of =
            |key: &str| elements::property(&style, key).and_then(|v| elements::length(&v));
        if name == "br" {
            self.next_line();
        }
        let block = matches!(name.as_str(), "div" | "p" | "span" | "section");
        match (size_of("top"), size_of("left")) {
            (Some(top), Some(left)) if block && self.open.is_none() => {
                let class = elements::attribute(tag, "class").unwrap_or_default();
                let known = self.size_of_class(class.trim());
                let size = size_of("font-size").unwrap_or(known.0).clamp(1.0, 200.0);
                let height = size_of("line-height").unwrap_or(known.1);
                let height = if height > size * 0.8 { height } else { size * 1.2 };
                self.open =
                    Some((name, Fragment { top, left, size, ..Fragment::default() }, height));
            }
            _ if block && self.open.is_none() => {
                if let (Some(width), Some(height)) = (size_of("width"), size_of("height"))
                    && width > 200.0
                    && height > 200.0
                {
                    self.sheets.push(Sheet { width, height, fragments: Vec::new() });
                }
            }
            _ => {
                // PyMuPDF gives the size of letters in the runs of a line.
                if let (Some(size), Some((_, fragment, _))) = (size_of("font-size"), &mut self.open)
                    && fragment.line.is_empty()
                {
                    fragment.size = size.clamp(1.0, 200.0);
                }
            }
        }
    }

    /// `pdftohtml` calls font 12 `ft212` on page 2 and `ft312` on page 3, and describes it on one of them only.
    fn size_of_class(&self, class: &str) -> (f32, f32) {
        let font = font_of_class(class, self.sheets.len());
        let known = self.classes.get(class).or_else(|| self.classes.get(font?));
        known.copied().unwrap_or((SIZE, 0.0))
    }

    fn end(&mut self, name: &str) {
        self.elements.close(name);
        self.in_style = false;
        if self.open.as_ref().is_some_and(|(open, ..)| open == name) {
            self.next_line();
            self.open = None;
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_style {
            return self.styles(text);
        }
        let face = self.elements.top();
        if face.hidden.is_some() {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        match &mut self.open {
            Some((_, fragment, _)) => {
                self.placed += letters;
                fragment.spaced |=
                    fragment.line.is_empty() && text.starts_with(char::is_whitespace);
                fragment.line.push(text, face.bold, face.italic);
            }
            None => self.other += letters,
        }
    }

    /// Keeps the line that is being read; another line follows below it.
    fn next_line(&mut self) {
        let Some((_, fragment, height)) = &mut self.open else { return };
        let below = Fragment {
            top: fragment.top + *height,
            left: fragment.left,
            size: fragment.size,
            ..Fragment::default()
        };
        let done = std::mem::replace(fragment, below);
        if done.line.is_empty() {
            return;
        }
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.fragments.push(done);
        }
    }

    /// Reads the sizes of classes, such as `.ft10{font-size:15px;line-height:18px;}`.
    fn styles(&mut self, text: &str) {
        for rule in text.split('}').take(10_000) {
            let Some((name, style)) = rule.split_once('{') else { continue };
            let Some(class) = name.trim().rsplit(['.', '\n']).next() else { continue };
            let of = |key: &str| elements::property(style, key).and_then(|v| elements::length(&v));
            if let Some(size) = of("font-size") {
                let class = class.trim();
                let sizes = (size.clamp(1.0, 200.0), of("line-height").unwrap_or(0.0));
                // The styles of a page come before it.
                if let Some(font) = font_of_class(class, self.sheets.len() + 1) {
                    self.classes.entry(font.to_owned()).or_insert(sizes);
                }
                self.classes.insert(class.to_owned(), sizes);
            }
        }
    }
}

/// The number of a font in a class such as `ft212` of page 2.
fn font_of_class(class: &str, page: usize) -> Option<&str> {
    class
        .strip_prefix("ft")?
        .strip_prefix(page.to_string().as_str())
        .filter(|font| !font.is_empty())
}

/// What is measured over all pages.
#[derive(Clone, Copy, Debug)]
struct Measures {
    /// The usual step from line to line.
    step: f32,
    /// Paragraphs have more space before them, and not only an indent.
    gaps: bool,
}

fn write_sheets(sheets: &[Sheet]) -> FormLines {
    let right = right_column(sheets);
    let mut measures = Measures { step: SIZE * 1.2, gaps: false };
    let parts: Vec<SheetParts> = sheets.iter().map(|sheet| part_sheet(sheet, right)).collect();
    let columns = || parts.iter().flat_map(|part| &part.columns);
    let mut steps: Vec<f32> = columns()
        .flat_map(|column| column.windows(2).map(|pair| pair[1].top - pair[0].top))
        .filter(|step| *step > 2.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    // Most lines follow within a paragraph; headings and gaps are greater.
    measures.step = steps.get(steps.len() * 2 / 5).copied().unwrap_or(measures.step);
    let wide = steps.iter().filter(|step| **step > measures.step * 1.3).count();
    measures.gaps = wide * 40 >= steps.len();
    let mut out = FormLines::default();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push_feed();
        }
        part.head.into_iter().for_each(|line| out.push(line));
        for (at, column) in part.columns.iter().enumerate() {
            write_column(column, measures, at == 0, &mut out);
        }
        part.foot.into_iter().for_each(|line| out.push(line));
    }
    out
}

/// Where the right column begins: many lines of the document begin there, near the middle, and few go over it.
/// Pages with leaders of dots are tables and not columns.
fn right_column(sheets: &[Sheet]) -> Option<f32> {
    let mut lefts: HashMap<i32, usize> = HashMap::new();
    let mut all: Vec<(&Fragment, f32)> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !has_leaders(sheet)) {
        let width = sheet_width(sheet);
        for fragment in &sheet.fragments {
            all.push((fragment, width));
            if fragment.left > width * 0.4 && fragment.left < width * 0.65 {
                *lefts.entry(fragment.left.round() as i32).or_default() += 1;
            }
        }
    }
    let near =
        |at: i32| (-2..=2).map(|d| lefts.get(&(at + d)).copied().unwrap_or(0)).sum::<usize>();
    let (most, _) = lefts.keys().map(|at| (*at, near(*at))).max_by_key(|(at, n)| (*n, -at))?;
    // In a short text more lines may begin a paragraph, further in.
    let edge = lefts.keys().copied().filter(|at| *at > most - 45 && near(*at) >= 3).min();
    let right = edge.unwrap_or(most) as f32 - 6.0;
    let in_right = all.iter().filter(|(f, width)| f.left >= right && f.left < width * 0.75).count();
    let over = all.iter().filter(|(f, width)| is_over(f, right, *width)).count();
    (in_right >= 4 && in_right * 6 >= all.len() && over * 6 <= all.len()).then_some(right)
}

/// Whether a fragment begins in the left column and ends in the right one.
fn is_over(fragment: &Fragment, right: f32, width: f32) -> bool {
    fragment.left < right - 10.0 && fragment.right() > right + width * 0.06
}

fn has_leaders(sheet: &Sheet) -> bool {
    sheet.fragments.iter().filter(|fragment| fragment.is_leader()).count() >= 4
}

fn sheet_width(sheet: &Sheet) -> f32 {
    match sheet.width > 0.0 {
        true => sheet.width,
        false => sheet.fragments.iter().map(Fragment::right).fold(1.0, f32::max) * 1.1,
    }
}

/// A page in its parts.
#[derive(Debug, Default)]
struct SheetParts {
    head: Vec<RunLine>,
    columns: Vec<Vec<PlacedLine>>,
    foot: Vec<RunLine>,
}

/// Parts a page into header, columns and footer.
fn part_sheet(sheet: &Sheet, right: Option<f32>) -> SheetParts {
    let mut fragments = sheet.fragments.clone();
    fragments.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut rows = into_rows(fragments);
    let Some(right) = right.filter(|_| !has_leaders(sheet)) else {
        let column = rows.into_iter().map(join_row).collect();
        return SheetParts { columns: vec![column], ..SheetParts::default() };
    };
    let bottom = rows.last().map_or(1.0, |row| row[0].top);
    let height = if sheet.height > 0.0 { sheet.height } else { bottom * 1.08 };
    let mut parts = SheetParts::default();
    let (head, foot) = (margin_rows(&rows, height, false), margin_rows(&rows, height, true));
    let tail = rows.split_off(rows.len() - foot.min(rows.len() - head));
    let body = rows.split_off(head);
    parts.head = rows.into_iter().map(|row| join_row(row).line).collect();
    parts.foot = tail.into_iter().map(|row| join_row(row).line).collect();
    // A line over both columns parts what is above it from what is below.
    let mut pair: [Vec<Vec<Fragment>>; 2] = Default::default();
    for row in body {
        if row.iter().any(|fragment| is_over(fragment, right, sheet_width(sheet))) {
            parts.columns.extend(std::mem::take(&mut pair).map(join_rows));
            parts.columns.push(vec![join_row(row)]);
            continue;
        }
        let (right, left): (Vec<_>, Vec<_>) = row.into_iter().partition(|f| f.left >= right);
        pair[0].extend((!left.is_empty()).then_some(left));
        pair[1].extend((!right.is_empty()).then_some(right));
    }
    parts.columns.extend(pair.map(join_rows));
    parts.columns.retain(|column| !column.is_empty());
    parts
}

/// The number of rows at the upper or lower edge that are apart from the rest.
fn margin_rows(rows: &[Vec<Fragment>], height: f32, lower: bool) -> usize {
    let at = |index: usize| if lower { rows.len() - 1 - index } else { index };
    for count in 1..=3.min(rows.len().saturating_sub(1)) {
        let (inner, outer) = (&rows[at(count)][0], &rows[at(count - 1)][0]);
        let edge = if lower { outer.top > height * 0.88 } else { outer.top < height * 0.12 };
        if !edge {
            return 0;
        }
        if (inner.top - outer.top).abs() > outer.size.max(inner.size) * 1.7 {
            return count;
        }
    }
    0
}

/// Fragments of one height.
fn into_rows(fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    let mut rows: Vec<Vec<Fragment>> = Vec::new();
    for fragment in fragments {
        match rows.last_mut() {
            Some(row) if fragment.top - row[0].top < fragment.size.min(row[0].size) * 0.5 => {
                row.push(fragment)
            }
            _ => rows.push(vec![fragment]),
        }
    }
    rows
}

fn join_rows(rows: Vec<Vec<Fragment>>) -> Vec<PlacedLine> {
    rows.into_iter().map(join_row).collect()
}

/// The fragments of a row as one line.
fn join_row(mut row: Vec<Fragment>) -> PlacedLine {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut fragments = row.into_iter();
    let Some(first) = fragments.next() else { return PlacedLine::default() };
    let (top, left) = (first.top, first.left);
    let (mut end, mut line) = (first.right(), first.line);
    for fragment in fragments {
        let gap = fragment.left - end;
        end = fragment.right();
        // "S/PV" and ".8700" touch; the estimate of an end is within a letter.
        let touches = gap < fragment.size * 0.35
            && !fragment.spaced
            && fragment.line.text().starts_with(|c: char| !c.is_alphabetic());
        line.attach(&fragment.line, !touches);
    }
    PlacedLine { top, left, line }
}

/// Writes a column with blank lines between its paragraphs.
fn write_column(column: &[PlacedLine], measures: Measures, first: bool, out: &mut FormLines) {
    let edge = column_edge(column);
    let indent = measures.step * 0.7;
    let mut before: Option<&PlacedLine> = None;
    for line in column {
        let indented = line.left > edge + indent;
        let gap = match before {
            Some(before) if measures.gaps => line.top - before.top > measures.step * 1.3,
            Some(before) => indented && before.left <= edge + indent,
            // At the head of a column only an indent tells that a paragraph begins.
            None => indented || (first && out.is_empty()),
        };
        if gap {
            out.push_blank();
        }
        out.push(line.line.clone());
        before = Some(line);
    }
}

/// Where most lines of a column begin.
fn column_edge(column: &[PlacedLine]) -> f32 {
    let mut lefts: Vec<f32> = column.iter().map(|line| line.left).collect();
    lefts.sort_by(f32::total_cmp);
    lefts.get(lefts.len() / 10).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of two columns, as `pdftohtml -s` writes it.
    fn page() -> String {
        let mut page =
            String::from("<html><body><style>.ft1{font-size:15px;line-height:18px;}</style>");
        for number in 2..4 {
            page += &format!(
                "<div id=\"page{number}-div\" style=\"position:relative;width:900px;height:1188px;\">"
            );
            let put = |page: &mut String, top: u32, left: u32, text: &str| {
                *page += &format!(
                    "<p style=\"position:absolute;top:{top}px;left:{left}px;white-space:nowrap\" class=\"ft1\">{text}</p>\n"
                );
            };
            put(&mut page, 82, 90, "<b>S/PV</b>");
            put(&mut page, 80, 121, "<b>.9998&#160;</b>");
            put(&mut page, 80, 353, "An invented item");
            put(&mut page, 82, 765, "31/05/2024");
            put(&mut page, 1076, 90, &format!("<b>{number}/3</b>"));
            put(&mut page, 1076, 774, "24-15339");
            for row in 0..12 {
                let top = 126 + row * 18 + if row > 5 { 9 } else { 0 };
                let indent = if row == 0 || row == 6 { 27 } else { 0 };
                put(
                    &mut page,
                    top,
                    90 + indent,
                    &format!("left {number} row {row} of the river and"),
                );
                put(&mut page, top + 1, 459, &format!("right {number} row {row} of the river and"));
            }
            page += "</div>";
        }
        page
    }

    #[test]
    fn columns_are_read_one_after_the_other_page_by_page() {
        let text = read_lines(&page()).unwrap().into_text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "S/PV.9998 An invented item 31/05/2024");
        assert_eq!((lines[1], lines[2]), ("", "left 2 row 0 of the river and"));
        assert_eq!((lines[8], lines[9]), ("", "left 2 row 6 of the river and"));
        let right = lines.iter().position(|l| *l == "right 2 row 0 of the river and").unwrap();
        assert_eq!(lines[right - 1], "left 2 row 11 of the river and");
        assert_eq!(lines[right + 13], "2/3 24-15339");
        assert_eq!(
            (lines[right + 14], lines[right + 15]),
            ("\u{c}", "S/PV.9998 An invented item 31/05/2024")
        );
    }

    #[test]
    fn a_page_without_places_is_left_to_its_flow() {
        assert!(
            read_lines("<html><p>Mr. Orlan (Peru): We are here and so on.</p></html>").is_none()
        );
    }

    #[test]
    fn a_line_that_breaks_inside_is_two() {
        let mut text = page();
        text = text.replace("left 3 row 3 of the river and", "one,<br/><b>two</b>");
        let text = read_lines(&text).unwrap().into_text();
        assert!(
            text.contains("\none,\ntwo\n") || text.contains("\none,\ntwo left 3 row 4"),
            "{text}"
        );
    }
}
