//! Sections into lines in reading order.
//!
//! A word processor lets the text flow from column to column. Converters from PDF give each column of a
//! page a section of its own, and where a row of both columns looks to them like one line, a section
//! between with the two halves parted by a tab or in the cells of a table. So on a page that has such
//! sections the left halves are read first, then the right ones.

use super::body::{Block, Cell, DocxBody, Inline, Paragraph, Section, SectionStart};
use crate::import::form_lines::{FormLines, RunLine};
use crate::import::page_headers::parse_footer;

/// A cell with more text than this is a column and not a cell of a row.
const CELL: usize = 300;

/// How far in from its column a line begins a paragraph.
const INDENT: i32 = 200;

/// A line and where it is. Lengths are in twentieths of a point.
#[derive(Clone, Debug, Default)]
struct PlacedLine {
    /// Its parts, separated by tabs or cells, each with where it begins.
    parts: Vec<(i32, RunLine)>,
    /// It begins a paragraph of the file.
    begins: bool,
    /// It ends at the right margin.
    flush_right: bool,
    /// What is before it.
    turn: Turn,
}

/// What turns before a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Turn {
    #[default]
    Nothing,
    Page,
    Column,
}

impl PlacedLine {
    fn is_empty(&self) -> bool {
        self.parts.iter().all(|(_, part)| part.is_empty())
    }

    /// All parts as one line.
    fn joined(self) -> RunLine {
        let mut parts =
            self.parts.into_iter().map(|(_, part)| part).filter(|part| !part.is_empty());
        let mut line = parts.next().unwrap_or_default();
        parts.for_each(|part| line.append(&part));
        line
    }

    fn text(&self) -> String {
        self.clone().joined().text().to_owned()
    }

    fn left(&self) -> i32 {
        self.parts.first().map_or(0, |(left, _)| *left)
    }
}

/// Gives the lines of a body in reading order, and whether halves of lines were put into columns.
pub(super) fn read_lines(body: &DocxBody) -> (FormLines, bool) {
    let mut out = LineWriter { indents: has_indents(body), ..LineWriter::default() };
    let edges = Edges::measure(body);
    let mut parted = false;
    let mut at = 0;
    while at < body.sections.len() {
        let next = body.sections[at + 1..]
            .iter()
            .position(|section| section.start == SectionStart::Page)
            .map_or(body.sections.len(), |more| at + 1 + more);
        if at > 0 {
            out.lines.push_feed();
            out.joint = true;
        }
        let page = &body.sections[at..next];
        if page.iter().any(|section| section.start == SectionStart::Column) {
            parted = true;
            write_columns(page, edges, &mut out);
        } else {
            for line in page.iter().flat_map(section_lines) {
                out.write(line, edges.left);
            }
        }
        at = next;
    }
    (out.lines, parted)
}

/// The paragraphs of sections that are not in a table, with the length of their text.
fn long_paragraphs<'a>(
    sections: impl Iterator<Item = &'a Section>,
) -> impl Iterator<Item = &'a Paragraph> {
    let length = |paragraph: &Paragraph| -> usize {
        let texts = paragraph.pieces.iter().map(|piece| match piece {
            Inline::Text { text, .. } => text.len(),
            _ => 0,
        });
        texts.sum()
    };
    sections.flat_map(|section| &section.blocks).filter_map(move |block| match block {
        Block::Paragraph(paragraph) if length(paragraph) > 100 => Some(paragraph),
        _ => None,
    })
}

/// Whether most longer paragraphs begin with an indent, so that one without it continues another.
fn has_indents(body: &DocxBody) -> bool {
    let long = long_paragraphs(body.sections.iter());
    let (all, indented) = long.fold((0usize, 0usize), |(all, indented), paragraph| {
        (all + 1, indented + usize::from(paragraph.first > INDENT))
    });
    all >= 5 && indented * 3 >= all
}

/// Where most lines begin: of the text or its left column, and of the right column.
#[derive(Clone, Copy, Debug, Default)]
struct Edges {
    left: i32,
    right: i32,
}

impl Edges {
    fn measure(body: &DocxBody) -> Self {
        let of = |right: bool| {
            let sections = body.sections.iter();
            let mut lefts: Vec<i32> = long_paragraphs(
                sections.filter(|section| (section.start == SectionStart::Column) == right),
            )
            .map(|paragraph| paragraph.left)
            .collect();
            lefts.sort_unstable();
            lefts.get(lefts.len() / 2).copied().unwrap_or(0)
        };
        Self { left: of(false), right: of(true) }
    }
}

/// Writes a page whose columns are sections.
fn write_columns(page: &[Section], edges: Edges, out: &mut LineWriter) {
    let first = page.iter().position(|section| section.columns > 1).unwrap_or(0);
    let split = page[first].column;
    for line in page[..first].iter().flat_map(section_lines) {
        out.write(line, edges.left);
    }
    let (mut columns, mut feet): ([Vec<PlacedLine>; 2], Vec<PlacedLine>) = Default::default();
    for section in &page[first..] {
        // The first line of each piece may continue the one before.
        let mut joint = true;
        let mut right = section.start == SectionStart::Column;
        for line in section_lines(section) {
            right |= line.turn == Turn::Column;
            if parse_footer(&line.text()).is_some() || is_page_number(&line.text()) {
                feet.push(line);
                continue;
            }
            let halves = match section.columns {
                0 | 1 => split_line(line, split),
                _ if right => [None, Some(line)],
                _ => [Some(line), None],
            };
            for (column, half) in columns.iter_mut().zip(halves) {
                column
                    .extend(half.map(|half| PlacedLine { begins: half.begins && !joint, ..half }));
            }
            joint = false;
        }
    }
    for (column, edge) in columns.into_iter().zip([edges.left, edges.right]) {
        out.joint = true;
        column.into_iter().for_each(|line| out.write(line, edge));
    }
    for foot in feet {
        out.lines.push(foot.joined());
    }
}

/// Whether a line is nothing but the number of a page.
fn is_page_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Parts a line that goes over both columns. The right half begins where its column does, or further in.
fn split_line(line: PlacedLine, split: i32) -> [Option<PlacedLine>; 2] {
    let PlacedLine { parts, begins, flush_right, turn } = line;
    let mut halves = [Vec::new(), Vec::new()];
    for (left, part) in parts {
        // The last cell of the left half may reach a little over the gutter.
        let right = flush_right || left >= split - 60;
        halves[usize::from(right)]
            .push((if right { left.saturating_sub(split) } else { left }, part));
    }
    halves
        .map(|parts| (!parts.is_empty()).then_some(PlacedLine { parts, begins, flush_right, turn }))
}

/// The lines of a section.
fn section_lines(section: &Section) -> Vec<PlacedLine> {
    let mut lines = Vec::new();
    section.blocks.iter().for_each(|block| block_lines(block, 0, &mut lines));
    lines
}

fn block_lines(block: &Block, left: i32, lines: &mut Vec<PlacedLine>) {
    match block {
        Block::Paragraph(paragraph) => paragraph_lines(paragraph, left, lines),
        Block::Table(rows) => rows.iter().for_each(|row| row_lines(row, lines)),
    }
}

fn paragraph_lines(paragraph: &Paragraph, left: i32, lines: &mut Vec<PlacedLine>) {
    let left = left.saturating_add(paragraph.left);
    let new = |begins: bool, turn| PlacedLine {
        parts: vec![(
            if begins { left.saturating_add(paragraph.first) } else { left },
            RunLine::default(),
        )],
        begins,
        flush_right: paragraph.flush_right,
        turn,
    };
    let mut tabs = paragraph.tabs.iter();
    let mut line = new(true, Turn::Nothing);
    for piece in &paragraph.pieces {
        let turn = match piece {
            Inline::Text { text, bold, italic } => {
                if let Some((_, part)) = line.parts.last_mut() {
                    part.push(text, *bold, *italic);
                }
                continue;
            }
            Inline::Tab => {
                let at = tabs.next().copied().unwrap_or(left);
                line.parts.push((at, RunLine::default()));
                continue;
            }
            Inline::LineBreak => Turn::Nothing,
            Inline::PageBreak => Turn::Page,
            Inline::ColumnBreak => Turn::Column,
        };
        // A break before any word turns before the paragraph.
        let before = line.is_empty() && line.begins;
        let done = std::mem::replace(&mut line, new(before, turn));
        if !done.is_empty() || done.turn != Turn::Nothing {
            lines.push(done);
        }
    }
    line.parts.retain(|(_, part)| !part.is_empty());
    lines.push(line);
}

/// The cells of a row in one line, or one after the other if they are columns of text.
fn row_lines(row: &[Cell], lines: &mut Vec<PlacedLine>) {
    let cells: Vec<Vec<PlacedLine>> = row
        .iter()
        .map(|cell| {
            let mut own = Vec::new();
            cell.blocks.iter().for_each(|block| block_lines(block, cell.left, &mut own));
            own.retain(|line| !line.is_empty());
            own
        })
        .collect();
    let long = |cell: &Vec<PlacedLine>| {
        cell.len() > 3 || cell.iter().map(|line| line.text().len()).sum::<usize>() > CELL
    };
    if cells.iter().any(long) {
        lines.extend(cells.into_iter().flatten());
        return;
    }
    // Rows of a table follow one another without blank lines.
    let mut whole = PlacedLine::default();
    for (cell, own) in row.iter().zip(cells) {
        let mut text = RunLine::default();
        own.into_iter().for_each(|line| text.append(&line.joined()));
        if !text.is_empty() {
            whole.parts.push((cell.left, text));
        }
    }
    lines.push(whole);
}

/// Writes lines, with blank lines between paragraphs.
#[derive(Debug, Default)]
struct LineWriter {
    lines: FormLines,
    /// Paragraphs begin with an indent.
    indents: bool,
    /// The next line may continue a paragraph of another column or page.
    joint: bool,
    /// The line before ends a sentence or is a heading.
    ended: bool,
    /// Where the line before begins, and whether it is no longer than a printed line.
    before: Option<(i32, bool)>,
}

impl LineWriter {
    /// Writes a line; `edge` is where most lines of its column begin.
    fn write(&mut self, line: PlacedLine, edge: i32) {
        if line.turn == Turn::Page {
            self.lines.push_feed();
            self.joint = true;
        }
        if line.is_empty() {
            // An empty paragraph between others ends what is before it, in files that have no indents.
            if !self.indents && line.begins {
                self.lines.push_blank();
            }
            return;
        }
        let text = line.text();
        let indented = line.left() >= edge.saturating_add(INDENT);
        // A list that is set in: each of its lines is a paragraph of the file.
        let goes_on = indented && !self.ended && self.before == Some((line.left(), true));
        let gap = match (line.begins, self.indents) {
            (true, true) => indented && !goes_on || (self.ended && !self.joint),
            (true, false) => !self.joint || self.ended,
            (false, indents) => indents && indented && line.parts.len() == 1,
        };
        if gap {
            self.lines.push_blank();
        }
        self.ended =
            text.ends_with(['.', ':', '!', '?', ')', '”', '"', '»', '。', '：', '）', '；', ';']);
        self.joint = false;
        self.before = Some((line.left(), text.len() < 80));
        self.lines.push(line.joined());
    }
}
