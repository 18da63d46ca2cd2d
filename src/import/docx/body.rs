//! The body of a Word file: its XML into paragraphs, tables and sections.
//!
//! What is deleted, hidden, or an instruction of a field is left out; of alternatives the first is taken. A
//! text box follows the paragraph that it is anchored in.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

use crate::import::imported::TextError;

/// The deepest nesting of elements; Word writes about 30.
const DEPTH: usize = 250;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Text of one face.
    Text { text: String, bold: bool, italic: bool },
    /// A tab.
    Tab,
    /// The line ends here.
    LineBreak,
    /// The page ends here.
    PageBreak,
    /// The column ends here.
    ColumnBreak,
}

/// A paragraph. Lengths are in twentieths of a point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) pieces: Vec<Inline>,
    /// Where its lines begin, from the margin.
    pub(super) left: i32,
    /// How much further in its first line begins.
    pub(super) first: i32,
    /// Its lines end at the right margin.
    pub(super) flush_right: bool,
    /// Where its tabs lead to.
    pub(super) tabs: Vec<i32>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Where it begins, from the margin.
    pub(super) left: i32,
    pub(super) blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Vec<Vec<Cell>>),
}

/// How a section starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SectionStart {
    /// On a new page.
    #[default]
    Page,
    /// On the same page.
    Continuous,
    /// In the next column.
    Column,
}

/// A part of the body with columns of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) blocks: Vec<Block>,
    pub(super) start: SectionStart,
    pub(super) columns: u32,
    /// The width of its first column; 0 if the file does not say.
    pub(super) column: i32,
}

/// What was left out or cannot be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BodyCounts {
    pub(super) hidden: u64,
    pub(super) deleted: u64,
    pub(super) inserted: u64,
    pub(super) notes: u64,
    pub(super) numbered: u64,
    pub(super) symbols: u64,
    /// Spaces put between runs.
    pub(super) spaces: u64,
}

/// The body of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DocxBody {
    pub(super) sections: Vec<Section>,
    pub(super) counts: BodyCounts,
}

/// Reads `word/document.xml`. With `apart` each run of letters is a word: some converters give each word a run
/// and leave out the spaces.
///
/// # Errors
/// If it is no well-formed XML or nested too deep.
pub(super) fn read_body(xml: &str, apart: bool) -> Result<DocxBody, TextError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = false;
    let mut body = BodyReader { apart, ..BodyReader::default() };
    loop {
        let event = reader.read_event().map_err(|_| broken("its XML is not well formed"))?;
        match event {
            Event::Eof => break,
            Event::Start(element) => {
                if body.path.len() >= DEPTH {
                    return Err(broken("its XML is nested too deep"));
                }
                body.start(&element);
                body.path.push(element.local_name().as_ref().to_owned());
            }
            Event::Empty(element) => {
                body.start(&element);
                body.end(element.local_name().as_ref());
            }
            Event::End(element) => {
                body.path.pop();
                body.end(element.local_name().as_ref());
            }
            Event::Text(text) => body.text(&text.into_inner()),
            Event::CData(text) => body.text(&text.into_inner()),
            Event::GeneralRef(reference) => {
                let own = reference.resolve_char_ref().ok().flatten().map(String::from);
                // Entities of its own are never expanded.
                let known = || escape::resolve_predefined_entity(&reference).map(str::to_owned);
                body.text(&own.or_else(known).unwrap_or_else(|| "\u{FFFD}".to_owned()));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    // What the file left open, as one that was cut off.
    if !body.path.is_empty() {
        return Err(broken("its XML is cut off"));
    }
    Ok(body.finish())
}

fn broken(how: &str) -> TextError {
    TextError(format!(
        "the Word file is damaged: {how}; open it in a word processor, save it again as .docx and import that"
    ))
}

/// The face of a run.
#[derive(Clone, Copy, Debug, Default)]
struct RunFace {
    bold: bool,
    italic: bool,
    hidden: bool,
}

/// What blocks are gathered into.
#[derive(Debug)]
enum Container {
    Table { rows: Vec<Vec<Cell>>, left: i32, next: i32 },
    Cell { left: i32, blocks: Vec<Block> },
    Box(Vec<Block>),
}

#[derive(Debug, Default)]
struct BodyReader {
    /// The names of the elements that are open.
    path: Vec<String>,
    /// The length of `path` at which a part that is left out began.
    skip: Option<usize>,
    containers: Vec<Container>,
    paragraphs: Vec<OpenParagraph>,
    faces: Vec<RunFace>,
    /// For each open set of alternatives, whether one was taken.
    taken: Vec<bool>,
    section: Section,
    section_ends: bool,
    /// The width of a page and its margins.
    margins: (i32, i32, i32),
    /// The next text is the first of its run.
    new_run: bool,
    /// Each run is a word.
    apart: bool,
    body: DocxBody,
}

/// A paragraph that is being read, with the text boxes anchored in it.
#[derive(Debug, Default)]
struct OpenParagraph {
    paragraph: Paragraph,
    boxes: Vec<Block>,
    page_before: bool,
}

/// The value of an attribute, whatever its prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find_map(|a| (a.key.local_name().as_ref() == name).then(|| a.value.into_owned()))
}

/// A length of a document; those of LibreOffice and pdf2docx may have fractions.
fn length(element: &BytesStart<'_>, names: &[&str]) -> Option<i32> {
    let value = names.iter().find_map(|name| attribute(element, name))?;
    let number: f64 = value.parse().ok()?;
    // A page is at most 31680 wide.
    (number.abs() < 100_000.0).then_some(number as i32)
}

/// Whether a switch such as `<w:b/>` is on.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "none" | "off"))
}

/// Whether a run begins a line of a PDF and the converter left out the space before it: after a word there is
/// no opening quotation mark, and after a full stop no capital.
fn is_space_lost(paragraph: &Paragraph, text: &str, apart: bool) -> bool {
    let Some(Inline::Text { text: before, .. }) = paragraph.pieces.last() else { return false };
    let Some(next) = text.chars().next() else { return false };
    let mut ends = before.chars().rev();
    if apart {
        let open = |c: char| {
            c.is_whitespace() || matches!(c, '-' | '(' | '[' | '“' | '‘' | '«' | '/' | '’')
        };
        let closing = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '”' | '’' | '»' | '-');
        let mark = |c: char| matches!(c, ',' | '.' | ';' | ':' | '?' | '!');
        return !ends.next().is_none_or(open) && !closing(next) && !mark(next);
    }
    match (ends.next(), ends.next()) {
        (Some(last), _) if matches!(next, '“' | '«') => {
            last.is_alphanumeric() || matches!(last, ',' | '.' | ';' | ':' | '”' | ')')
        }
        (Some('”' | '»'), _) => next.is_alphabetic(),
        (Some('.' | '?' | '!' | ',' | ';'), Some(letter)) => {
            letter.is_lowercase() && next.is_uppercase()
        }
        _ => false,
    }
}

impl BodyReader {
    fn parent(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        if self.skip.is_some() {
            return;
        }
        let name = element.local_name();
        let name = name.as_ref();
        match name {
            "del" | "moveFrom" if self.parent() != "rPr" => {
                self.body.counts.deleted += 1;
                self.skip = Some(self.path.len());
            }
            "ins" | "moveTo" if self.parent() != "rPr" => self.body.counts.inserted += 1,
            "instrText" | "delText" | "delInstrText" | "rPrChange" | "pPrChange"
            | "sectPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "rt" => {
                self.skip = Some(self.path.len());
            }
            "AlternateContent" => self.taken.push(false),
            "Choice" | "Fallback" => match self.taken.last_mut() {
                Some(taken @ false) => *taken = true,
                _ => self.skip = Some(self.path.len()),
            },
            "footnoteReference" | "endnoteReference" => self.body.counts.notes += 1,
            "p" => self.paragraphs.push(OpenParagraph::default()),
            "tbl" => self.containers.push(Container::Table { rows: Vec::new(), left: 0, next: 0 }),
            "txbxContent" => self.containers.push(Container::Box(Vec::new())),
            "r" => {
                self.faces.push(RunFace::default());
                self.new_run = true;
            }
            _ => self.start_in_table(name, element),
        }
    }

    fn start_in_table(&mut self, name: &str, element: &BytesStart<'_>) {
        match (name, self.containers.last_mut()) {
            ("tr", Some(Container::Table { rows, left, next })) => {
                rows.push(Vec::new());
                *next = *left;
            }
            ("tblInd", Some(Container::Table { left, .. })) => {
                *left = length(element, &["w"]).unwrap_or(0)
            }
            ("tc", Some(Container::Table { next, .. })) => {
                let left = *next;
                self.containers.push(Container::Cell { left, blocks: Vec::new() });
            }
            ("tcW", Some(Container::Cell { .. })) => {
                let wide = length(element, &["w"]).unwrap_or(0);
                let outer = self.containers.len().checked_sub(2);
                if let Some(Container::Table { next, .. }) =
                    outer.and_then(|at| self.containers.get_mut(at))
                {
                    *next = next.saturating_add(wide);
                }
            }
            _ => self.start_property(name, element),
        }
    }

    /// Properties of runs, paragraphs and sections, and what is in a run beside text.
    fn start_property(&mut self, name: &str, element: &BytesStart<'_>) {
        let in_run_face =
            self.parent() == "rPr" && self.path.iter().rev().nth(1).is_some_and(|p| p == "r");
        if in_run_face && let Some(face) = self.faces.last_mut() {
            match name {
                "b" => face.bold = is_on(element),
                "i" => face.italic = is_on(element),
                "vanish" | "webHidden" => face.hidden = is_on(element),
                _ => {}
            }
            return;
        }
        match (name, self.parent()) {
            ("tab", "r") | ("ptab", "r") => self.piece(Inline::Tab),
            ("br", "r") => self.piece(match attribute(element, "type").as_deref() {
                Some("page") => Inline::PageBreak,
                Some("column") => Inline::ColumnBreak,
                _ => Inline::LineBreak,
            }),
            ("cr", "r") => self.piece(Inline::LineBreak),
            ("lastRenderedPageBreak", "r") => self.piece(Inline::PageBreak),
            ("noBreakHyphen", "r") => self.text_of("-"),
            ("sym", "r") => self.symbol(element),
            ("pageBreakBefore", "pPr") => {
                if let Some(open) = self.paragraphs.last_mut() {
                    open.page_before = is_on(element);
                }
            }
            ("numPr", "pPr") => self.body.counts.numbered += 1,
            ("ind", "pPr") => self.indent(element),
            ("jc", "pPr") => {
                if let Some(open) = self.paragraphs.last_mut() {
                    let side = attribute(element, "val");
                    open.paragraph.flush_right = matches!(side.as_deref(), Some("right" | "end"));
                }
            }
            ("tab", "tabs") => {
                if let (Some(open), Some(at)) =
                    (self.paragraphs.last_mut(), length(element, &["pos"]))
                {
                    open.paragraph.tabs.push(at);
                }
            }
            ("sectPr", _) => {
                self.section_ends = true;
                self.section.columns = 1;
                self.section.start = SectionStart::Page;
            }
            ("type", "sectPr") => {
                self.section.start = match attribute(element, "val").as_deref() {
                    Some("continuous") => SectionStart::Continuous,
                    Some("nextColumn") => SectionStart::Column,
                    _ => SectionStart::Page,
                };
            }
            ("cols", "sectPr") => {
                let number = attribute(element, "num").and_then(|n| n.parse().ok());
                self.section.columns = number.unwrap_or(1);
            }
            ("col", "cols") if self.section.column == 0 => {
                self.section.column = length(element, &["w"]).unwrap_or(0);
            }
            ("pgSz", "sectPr") => self.margins.0 = length(element, &["w"]).unwrap_or(0),
            ("pgMar", "sectPr") => {
                self.margins.1 = length(element, &["left"]).unwrap_or(0);
                self.margins.2 = length(element, &["right"]).unwrap_or(0);
            }
            _ => {}
        }
    }

    fn indent(&mut self, element: &BytesStart<'_>) {
        if let Some(open) = self.paragraphs.last_mut() {
            let hanging = length(element, &["hanging"]).map(|h| -h);
            open.paragraph.left = length(element, &["left", "start"]).unwrap_or(0);
            open.paragraph.first = hanging.or_else(|| length(element, &["firstLine"])).unwrap_or(0);
        }
    }

    /// A character of a symbol font, which programs put into the private area.
    fn symbol(&mut self, element: &BytesStart<'_>) {
        let code = attribute(element, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
        let shown = match code {
            Some(0xF0B7 | 0xF0A7 | 0xF076) => '•',
            Some(0xF02D) => '–',
            Some(0xF0BE) => '—',
            Some(0xF0B0) => '°',
            Some(code @ 0xF020..=0xF07E)
                if attribute(element, "font").as_deref() != Some("Symbol") =>
            {
                char::from_u32(code - 0xF000).unwrap_or('\u{FFFD}')
            }
            Some(code) => char::from_u32(code).unwrap_or('\u{FFFD}'),
            None => '\u{FFFD}',
        };
        let private = matches!(shown, '\u{E000}'..='\u{F8FF}');
        let shown = if private { '\u{FFFD}' } else { shown };
        self.body.counts.symbols += u64::from(shown == '\u{FFFD}');
        self.text_of(&shown.to_string());
    }

    /// Character data: only that of an element for text is text.
    fn text(&mut self, text: &str) {
        if self.skip.is_none() && self.parent() == "t" {
            self.text_of(text);
        }
    }

    fn text_of(&mut self, text: &str) {
        let face = self.faces.last().copied().unwrap_or_default();
        if face.hidden {
            self.body.counts.hidden += u64::from(text.chars().any(char::is_alphanumeric));
            return;
        }
        let RunFace { bold, italic, .. } = face;
        let new_run = std::mem::take(&mut self.new_run);
        let Some(open) = self.paragraphs.last_mut() else { return };
        if new_run && is_space_lost(&open.paragraph, text, self.apart) {
            open.paragraph.pieces.push(Inline::Text { text: " ".to_owned(), bold, italic });
            self.body.counts.spaces += 1;
        }
        if let Some(Inline::Text { text: last, bold: b, italic: i }) =
            open.paragraph.pieces.last_mut()
            && (*b, *i) == (bold, italic)
        {
            last.push_str(text);
        } else {
            let text = text.to_owned();
            open.paragraph.pieces.push(Inline::Text { text, bold, italic });
        }
    }

    fn piece(&mut self, piece: Inline) {
        if let Some(open) = self.paragraphs.last_mut() {
            open.paragraph.pieces.push(piece);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(from) = self.skip {
            if self.path.len() == from {
                self.skip = None;
            } else {
                return;
            }
        }
        match name {
            "AlternateContent" => drop(self.taken.pop()),
            "r" => drop(self.faces.pop()),
            "p" => self.end_paragraph(),
            "tc" => {
                if let Some(Container::Cell { left, blocks }) =
                    self.containers.pop_if(|f| matches!(f, Container::Cell { .. }))
                    && let Some(Container::Table { rows, .. }) = self.containers.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(Cell { left, blocks });
                }
            }
            "tbl" => {
                if let Some(Container::Table { rows, .. }) =
                    self.containers.pop_if(|f| matches!(f, Container::Table { .. }))
                {
                    self.add(Block::Table(rows));
                }
            }
            "txbxContent" => {
                if let Some(Container::Box(blocks)) =
                    self.containers.pop_if(|f| matches!(f, Container::Box(_)))
                {
                    match self.paragraphs.last_mut() {
                        Some(open) => open.boxes.extend(blocks),
                        None => blocks.into_iter().for_each(|block| self.add(block)),
                    }
                }
            }
            "sectPr" if self.parent() == "body" => self.end_section(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.paragraphs.pop() else { return };
        if open.page_before {
            open.paragraph.pieces.insert(0, Inline::PageBreak);
        }
        self.add(Block::Paragraph(open.paragraph));
        for block in open.boxes {
            self.add(block);
        }
        if self.section_ends && self.containers.is_empty() {
            self.end_section();
        }
    }

    /// Adds a block to what is open.
    fn add(&mut self, block: Block) {
        match self.containers.last_mut() {
            Some(Container::Cell { blocks, .. } | Container::Box(blocks)) => blocks.push(block),
            // A paragraph between cells is damage; its words are kept.
            Some(Container::Table { .. }) | None => self.section.blocks.push(block),
        }
    }

    fn end_section(&mut self) {
        self.section_ends = false;
        if self.section.column == 0 {
            let (page, left, right) = self.margins;
            self.section.column = page.saturating_sub(left).saturating_sub(right) / 2;
        }
        self.body.sections.push(std::mem::take(&mut self.section));
    }

    fn finish(mut self) -> DocxBody {
        if !self.section.blocks.is_empty() {
            self.section.columns = self.section.columns.max(1);
            self.end_section();
        }
        self.body
    }
}
