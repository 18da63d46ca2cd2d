//! A page as its text flows: blocks are lines or paragraphs, rows of tables are lines.

use html5gum::{StartTag, Token};

use super::elements::{self, Hidden, OpenElements};
use crate::import::form_lines::{FormLines, RunLine, are_columns_mixed};

/// The deepest tables in tables that are read as such.
const TABLES: usize = 50;

/// A cell with more text than this, or more lines, is a column and not a cell of a row.
const CELL: (usize, usize) = (300, 3);

/// The lines of a page.
pub(super) struct FlowText {
    pub(super) lines: FormLines,
    /// The pieces of text that its styles hide.
    pub(super) hidden: u64,
    /// Its lines hold both columns of a page side by side.
    pub(super) columns_mixed: bool,
}

/// A line, and what is before it.
#[derive(Clone, Debug, Default)]
struct FlowLine {
    line: RunLine,
    blank: bool,
    feed: bool,
}

/// Where lines go: the page, or a cell.
#[derive(Clone, Debug, Default)]
struct Sink {
    lines: Vec<FlowLine>,
    blank: bool,
    feed: bool,
}

/// A table whose rows are being read.
#[derive(Clone, Debug, Default)]
struct Table {
    cells: Vec<Sink>,
    open: bool,
}

#[derive(Debug, Default)]
struct FlowReader {
    elements: OpenElements,
    page: Sink,
    tables: Vec<Table>,
    /// Tables that are too deep, and are read as text.
    deeper: usize,
    line: RunLine,
    /// The numbers of ordered lists; 0 in others.
    lists: Vec<u32>,
    hidden: u64,
}

/// Reads the lines of a page.
pub(super) fn read_lines(page: &str) -> FlowText {
    let mut reader = FlowReader::default();
    for token in elements::tokens(page) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&elements::name_of(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish()
}

impl FlowReader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = elements::name_of(&tag.name);
        self.elements.open(tag);
        if self.elements.top().hidden.is_some() && !elements::is_void(&name) {
            return;
        }
        match name.as_str() {
            "br" => self.end_line(true),
            "hr" => {
                self.end_line(false);
                self.sink().feed = true;
            }
            "a" if is_page_anchor(tag) => {
                self.end_line(false);
                self.sink().feed = true;
            }
            "table" => self.start_table(),
            "tr" => self.end_row(),
            "td" | "th" => self.start_cell(),
            "ol" => self.lists.push(1),
            "ul" => self.lists.push(0),
            _ => {}
        }
        if elements::is_block(&name) {
            self.end_line(false);
            self.sink().blank |= elements::is_paragraph(&name);
        }
        let style = elements::attribute(tag, "style").unwrap_or_default();
        if ["page-break-before", "break-before"].iter().any(|key| {
            elements::property(&style, key).is_some_and(|v| v == "always" || v == "page")
        }) {
            self.end_line(false);
            self.sink().feed = true;
        }
        if name == "li"
            && let Some(number) = self.lists.last_mut().filter(|number| **number > 0)
        {
            let label = format!("{number}. ");
            *number = number.saturating_add(1);
            self.line.push(&label, false, false);
        }
    }

    fn end(&mut self, name: &str) {
        let hidden = self.elements.top().hidden.is_some();
        self.elements.close(name);
        if hidden {
            return;
        }
        match name {
            "td" | "th" => {
                self.end_line(false);
                if let Some(table) = self.tables.last_mut() {
                    table.open = false;
                }
            }
            "tr" => self.end_row(),
            "table" => self.end_table(),
            "ol" | "ul" => drop(self.lists.pop()),
            _ => {}
        }
        if elements::is_block(name) {
            self.end_line(false);
            self.sink().blank |= elements::is_paragraph(name);
        }
    }

    fn text(&mut self, text: &str) {
        let face = self.elements.top();
        if let Some(hidden) = face.hidden {
            let words = text.chars().any(char::is_alphanumeric);
            self.hidden += u64::from(hidden == Hidden::ByStyle && words);
            return;
        }
        if face.pre {
            for (index, part) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line(true);
                }
                self.line.push(part, face.bold, face.italic);
            }
            return;
        }
        self.line.push(text, face.bold, face.italic);
    }

    /// Where lines go now.
    fn sink(&mut self) -> &mut Sink {
        let cell = self.tables.iter().rposition(|table| table.open);
        match cell.and_then(|at| self.tables[at].cells.last_mut()) {
            Some(cell) => cell,
            None => &mut self.page,
        }
    }

    /// Ends the line. A `forced` end of an empty line is a blank line.
    fn end_line(&mut self, forced: bool) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            self.sink().blank |= forced;
            return;
        }
        let sink = self.sink();
        let (blank, feed) = (std::mem::take(&mut sink.blank), std::mem::take(&mut sink.feed));
        sink.lines.push(FlowLine { line, blank, feed });
    }

    fn start_table(&mut self) {
        self.end_line(false);
        if self.tables.len() < TABLES {
            self.tables.push(Table::default());
        } else {
            self.deeper += 1;
        }
    }

    fn start_cell(&mut self) {
        self.end_line(false);
        if self.deeper > 0 {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(Sink::default());
            table.open = true;
        }
    }

    /// Ends a row: its cells become a line, or their lines follow one another.
    fn end_row(&mut self) {
        self.end_line(false);
        if self.deeper > 0 {
            return;
        }
        let Some(table) = self.tables.last_mut() else { return };
        table.open = false;
        let cells = std::mem::take(&mut table.cells);
        let long = |cell: &Sink| {
            let letters: usize = cell.lines.iter().map(|line| line.line.text().len()).sum();
            letters > CELL.0 || cell.lines.len() > CELL.1
        };
        if cells.iter().any(long) {
            for cell in cells {
                self.sink().blank = true;
                cell.lines.into_iter().for_each(|line| self.put(line));
            }
            return;
        }
        let feed = cells.iter().flat_map(|cell| &cell.lines).any(|line| line.feed);
        let mut row = RunLine::default();
        for line in cells.into_iter().flat_map(|cell| cell.lines) {
            match row.is_empty() {
                true => row = line.line,
                false => row.append(&line.line),
            }
        }
        if !row.is_empty() {
            self.put(FlowLine { line: row, blank: false, feed });
        }
    }

    /// Adds a finished line.
    fn put(&mut self, line: FlowLine) {
        let sink = self.sink();
        let blank = std::mem::take(&mut sink.blank) || line.blank;
        let feed = std::mem::take(&mut sink.feed) || line.feed;
        sink.lines.push(FlowLine { blank, feed, ..line });
    }

    fn end_table(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        self.end_row();
        self.tables.pop();
    }

    fn finish(mut self) -> FlowText {
        self.end_line(false);
        while !self.tables.is_empty() {
            self.deeper = 0;
            self.end_table();
        }
        let mut lines = FormLines::default();
        for line in self.page.lines {
            if line.feed {
                lines.push_feed();
            } else if line.blank {
                lines.push_blank();
            }
            lines.push(line.line);
        }
        let columns_mixed = are_columns_mixed(lines.text());
        FlowText { lines, hidden: self.hidden, columns_mixed }
    }
}

/// Whether an anchor marks a page, as `pdftohtml` numbers them.
fn is_page_anchor(tag: &StartTag<()>) -> bool {
    elements::attribute(tag, "name").is_some_and(|name| {
        !name.is_empty() && name.len() <= 4 && name.bytes().all(|b| b.is_ascii_digit())
    })
}
