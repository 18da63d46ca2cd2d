//! Content streams into glyphs: the text operators of ISO 32000-1, 9.3 and 9.4, and marked content.
//!
//! Of graphics only the matrix matters, since it tells where text is. Everything that a file could nest or
//! repeat without end is counted.

mod cmap;
mod encodings;
mod fonts;
mod lexer;
mod metrics;

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Number, Stream};
use hayro_syntax::page::Resources;

use super::inflate;
use fonts::{CodeMeaning, Font, Fonts};
use lexer::{Lexer, Properties, Token};

/// How deep forms may be nested.
const FORMS: usize = 12;
/// How deep `q` may be nested; the standard asks for 28.
const SAVED: usize = 512;
/// How deep marked content may be nested.
const MARKS: usize = 512;
/// The most glyphs of a file: a record of 65 pages has 310,000.
const GLYPHS: usize = 1_500_000;
/// The most tokens of content in a file: a record of 37 pages has 86,000.
const WORDS: usize = 10_000_000;
/// The cost of a form in tokens, beside its own, and that of a stream. Forms that call each other twice
/// grow without end, and so do pages that name the same streams.
const FORM: usize = 2_000;
const STREAM: usize = 100;
/// The most streams one page's content may be in; a page of a record has at most a dozen.
const PARTS: usize = 10_000;

/// A glyph on a page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its characters.
    pub(super) text: GlyphText,
    /// Left end of its baseline, in points from the page's left edge.
    pub(super) x: f64,
    /// Right end of its baseline.
    pub(super) end: f64,
    /// The baseline, in points from the bottom.
    pub(super) y: f64,
    /// Size in points.
    pub(super) size: f32,
    /// Drawn with a bold font.
    pub(super) bold: bool,
    /// Drawn with an italic font.
    pub(super) italic: bool,
    /// Its number in the structure tree; `None` for headers and what is not tagged.
    pub(super) mcid: Option<u32>,
    /// Marked as an artifact, as headers and footers are.
    pub(super) artifact: bool,
}

/// The characters of a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GlyphText {
    /// One, in nearly all cases.
    One(char),
    /// Several, such as `ffi`.
    More(Rc<str>),
}

impl GlyphText {
    fn new(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::One(c)),
            (Some(_), Some(_)) => Some(Self::More(text.into())),
            _ => None,
        }
    }

    /// Whether it is white space.
    pub(super) fn is_space(&self) -> bool {
        match self {
            Self::One(c) => c.is_whitespace(),
            Self::More(text) => text.trim().is_empty(),
        }
    }
}

type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn multiply(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The part of the graphics state that text depends on.
#[derive(Clone, Default)]
struct TextState {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character: f64,
    word: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

/// The properties of the glyphs in marked content.
#[derive(Clone, Default)]
struct MarkedContent {
    mcid: Option<u32>,
    artifact: bool,
    actual: Option<String>,
}

/// Counts of what was found while pages were read.
#[derive(Clone, Debug, Default)]
pub(super) struct ContentCounts {
    /// Glyphs drawn, invisible ones among them.
    pub(super) glyphs: usize,
    /// Glyphs drawn in text mode 3, which shows nothing.
    pub(super) invisible: usize,
    /// Glyphs whose characters the font does not give.
    pub(super) unknown: usize,
    /// Tokens of content read.
    words: usize,
    /// Bytes unpacked.
    bytes: usize,
    /// Streams of content that are damaged or incomplete.
    pub(super) damaged: usize,
    /// The limit that ended the reading, if any.
    pub(super) cut: Option<&'static str>,
}

/// Reads pages, one after the other.
pub(super) struct Interpreter {
    fonts: Fonts,
    /// What was found.
    pub(super) tally: ContentCounts,
}

/// The state while a page, or a form on it, is read.
struct PageRun<'r> {
    state: TextState,
    saved: Vec<TextState>,
    marks: Vec<MarkedContent>,
    text: Matrix,
    line: Matrix,
    glyphs: &'r mut Vec<Glyph>,
}

impl Interpreter {
    /// Starts with nothing read.
    pub(super) fn new() -> Self {
        Self { fonts: Fonts::new(), tally: ContentCounts::default() }
    }

    /// The glyphs of a page, in the order they are drawn.
    pub(super) fn read_page(&mut self, dict: &Dict<'_>, resources: &Resources<'_>) -> Vec<Glyph> {
        let mut data = Vec::new();
        if self.tally.words > WORDS {
            return Vec::new();
        }
        if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
            self.unpack(&stream, &mut data);
        } else if let Some(parts) = dict.get::<Array<'_>>("Contents") {
            let mut read = 0;
            for stream in parts.iter::<Stream<'_>>().take(PARTS) {
                self.unpack(&stream, &mut data);
                data.push(b'\n');
                read += 1;
            }
            self.tally.damaged += usize::from(read < parts.raw_iter().take(PARTS).count());
        } else {
            // A page may be blank, but one whose content is named and missing is damaged.
            self.tally.damaged += usize::from(dict.contains_key("Contents"));
        }
        let mut glyphs = Vec::new();
        let state = TextState { matrix: IDENTITY, scale: 1.0, ..TextState::default() };
        let mut run = PageRun {
            state,
            saved: Vec::new(),
            marks: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            glyphs: &mut glyphs,
        };
        self.run_content(&data, resources, &mut run, 0);
        glyphs
    }

    /// Adds the bytes of a stream, within the limits.
    fn unpack(&mut self, stream: &Stream<'_>, data: &mut Vec<u8>) {
        self.tally.words += STREAM;
        let left = inflate::TOTAL.saturating_sub(self.tally.bytes);
        let room = inflate::STREAM.saturating_sub(data.len());
        match inflate::unpack_stream(stream, left.min(room)) {
            Ok(unpacked) => {
                self.tally.bytes += unpacked.bytes.len();
                self.tally.damaged += usize::from(unpacked.damaged);
                data.extend(unpacked.bytes);
            }
            Err(inflate::UnpackError::Large) => {
                self.tally.bytes += room.min(left) / 4;
                self.tally.cut = Some("a stream unpacks to more than 64 MB");
            }
            Err(inflate::UnpackError::Filter) => {}
        }
    }

    fn run_content(
        &mut self,
        data: &[u8],
        resources: &Resources<'_>,
        run: &mut PageRun<'_>,
        depth: usize,
    ) {
        let mut lexer = Lexer::new(data);
        let mut held: Vec<Token> = Vec::new();
        while let Some(word) = lexer.next() {
            self.tally.words += 1;
            if self.tally.words > WORDS || self.tally.glyphs > GLYPHS {
                self.tally.cut = Some("it has more content than any record");
                return;
            }
            match word {
                Token::Operator(name) => {
                    if name == b"Do" {
                        self.draw_form(&held, resources, run, depth);
                    } else {
                        self.apply_operator(&name, &held, resources, run);
                    }
                    held.clear();
                }
                word if held.len() < 64 => held.push(word),
                _ => {}
            }
        }
    }

    /// Reads a form: content of its own, with its own resources.
    fn draw_form(
        &mut self,
        held: &[Token],
        resources: &Resources<'_>,
        run: &mut PageRun<'_>,
        depth: usize,
    ) {
        let Some(Token::Name(name)) = held.last() else { return };
        if depth >= FORMS || self.tally.cut.is_some() {
            return;
        }
        self.tally.words += FORM;
        let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) else {
            self.tally.damaged += usize::from(resources.x_objects.contains_key(name));
            return;
        };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|s| s.as_str() != "Form") {
            return;
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut data = Vec::new();
        self.unpack(&stream, &mut data);
        let before = run.state.clone();
        let (saved, marks) = (run.saved.len(), run.marks.len());
        let kept = (run.text, run.line);
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let numbers: Vec<f64> = matrix.iter::<Number>().take(6).map(|n| n.as_f64()).collect();
            if let [a, b, c, d, e, f] = numbers[..] {
                run.state.matrix = multiply([a, b, c, d, e, f], run.state.matrix);
            }
        }
        self.run_content(&data, own.as_ref().unwrap_or(resources), run, depth + 1);
        run.state = before;
        run.saved.truncate(saved);
        run.marks.truncate(marks);
        (run.text, run.line) = kept;
    }

    fn apply_operator(
        &mut self,
        name: &[u8],
        held: &[Token],
        resources: &Resources<'_>,
        run: &mut PageRun<'_>,
    ) {
        let n = |at: usize| match held.get(at) {
            Some(Token::Number(number)) => *number,
            _ => 0.0,
        };
        match name {
            b"q" if run.saved.len() < SAVED => run.saved.push(run.state.clone()),
            b"Q" => {
                if let Some(state) = run.saved.pop() {
                    run.state = state;
                }
            }
            b"cm" => {
                run.state.matrix = multiply([n(0), n(1), n(2), n(3), n(4), n(5)], run.state.matrix)
            }
            b"BT" => (run.text, run.line) = (IDENTITY, IDENTITY),
            b"Tc" => run.state.character = n(0),
            b"Tw" => run.state.word = n(0),
            b"Tz" => run.state.scale = n(0) / 100.0,
            b"TL" => run.state.leading = n(0),
            b"Ts" => run.state.rise = n(0),
            b"Tr" => run.state.mode = n(0) as i64,
            b"Tf" => {
                if let Some(Token::Name(name)) = held.first() {
                    let font = self.fonts.get(&resources.fonts, name);
                    let lost = font.is_none() && resources.fonts.contains_key(name);
                    if lost || font.as_ref().is_some_and(|font| font.damaged) {
                        self.tally.damaged += 1;
                    }
                    run.state.font = font;
                    run.state.size = n(1);
                }
            }
            b"gs" => self.font_of_state(held, resources, run),
            b"Td" => run.next_line(n(0), n(1)),
            b"TD" => {
                run.state.leading = -n(1);
                run.next_line(n(0), n(1));
            }
            b"Tm" => {
                run.line = [n(0), n(1), n(2), n(3), n(4), n(5)];
                run.text = run.line;
            }
            b"T*" => run.next_line(0.0, -run.state.leading),
            b"Tj" => self.show_text(held.last(), run),
            b"TJ" => self.show_all(held.last(), run),
            b"'" | b"\"" => {
                if name == b"\"" {
                    (run.state.word, run.state.character) = (n(0), n(1));
                }
                run.next_line(0.0, -run.state.leading);
                self.show_text(held.last(), run);
            }
            b"BDC" | b"BMC" => run.begin_marked(held, resources),
            b"EMC" => {
                run.marks.pop();
            }
            _ => {}
        }
    }

    /// The font that a named graphics state sets.
    fn font_of_state(&mut self, held: &[Token], resources: &Resources<'_>, run: &mut PageRun<'_>) {
        let Some(Token::Name(name)) = held.first() else { return };
        let state = resources.ext_g_states.get::<Dict<'_>>(name);
        let Some(font) = state.and_then(|s| s.get::<Array<'_>>("Font")) else { return };
        let mut parts = font.flex_iter();
        if let (Some(dict), Some(size)) = (parts.next::<Dict<'_>>(), parts.next::<Number>()) {
            run.state.font = self.fonts.unnamed(&dict);
            run.state.size = size.as_f64();
        }
    }

    fn show_all(&mut self, word: Option<&Token>, run: &mut PageRun<'_>) {
        let Some(Token::Array(parts)) = word else { return };
        for part in parts {
            if let Token::Number(back) = part {
                let state = &run.state;
                let shift = -back / 1000.0 * state.size * state.scale;
                run.text = multiply([1.0, 0.0, 0.0, 1.0, shift, 0.0], run.text);
            } else {
                self.show_text(Some(part), run);
            }
        }
    }

    fn show_text(&mut self, word: Option<&Token>, run: &mut PageRun<'_>) {
        let (Some(Token::Text(bytes)), Some(font)) = (word, run.state.font.clone()) else { return };
        if font.wide {
            for pair in bytes.chunks(2) {
                let code = pair.iter().fold(0, |sum, b| sum << 8 | u32::from(*b));
                self.draw_glyph(font.meaning(code), false, &font, run);
            }
        } else {
            for &byte in bytes {
                self.draw_glyph(font.meaning(u32::from(byte)), byte == 32, &font, run);
            }
        }
    }

    fn draw_glyph(
        &mut self,
        meaning: CodeMeaning,
        space: bool,
        font: &Font,
        run: &mut PageRun<'_>,
    ) {
        let state = run.state.clone();
        let spacing = state.character + if space { state.word } else { 0.0 };
        let drawn = meaning.width / 1000.0 * state.size * state.scale;
        let whole = multiply(run.text, state.matrix);
        let at = |x: f64| whole[0] * x + whole[4];
        // Text that runs upwards is a mark in the margin and not part of the record.
        let upright = whole[0].abs() > whole[1].abs();
        self.tally.glyphs += 1;
        self.tally.invisible += usize::from(state.mode == 3 && !space);
        self.tally.unknown +=
            usize::from(meaning.text.is_empty() && (font.is_mute() || drawn > 0.0));
        if upright
            && state.mode != 3
            && whole.iter().all(|v| v.is_finite() && v.abs() < 1e6)
            && let Some(text) = run.glyph_text(&meaning.text)
        {
            let mark = run.marks.iter().rev().find(|m| m.mcid.is_some() || m.artifact);
            let size = (state.size * whole[3].hypot(whole[2])).abs();
            run.glyphs.push(Glyph {
                text,
                x: at(0.0).min(at(drawn)),
                end: at(drawn).max(at(0.0)),
                y: whole[5] + state.rise * whole[3],
                size: size as f32,
                bold: font.bold,
                italic: font.italic,
                mcid: mark.and_then(|m| m.mcid),
                artifact: mark.is_some_and(|m| m.artifact),
            });
        }
        let advance = drawn + spacing * run.state.scale;
        run.text = multiply([1.0, 0.0, 0.0, 1.0, advance, 0.0], run.text);
    }
}

impl PageRun<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = multiply([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    /// The characters of a glyph; the first glyph under a replacement text gets all of it.
    fn glyph_text(&mut self, own: &str) -> Option<GlyphText> {
        match self.marks.iter_mut().rev().find_map(|m| m.actual.as_mut()) {
            Some(actual) => GlyphText::new(&std::mem::take(actual)),
            None => GlyphText::new(own),
        }
    }

    /// Starts marked content; content that is nested too deep is ignored.
    fn begin_marked(&mut self, held: &[Token], resources: &Resources<'_>) {
        if self.marks.len() >= MARKS {
            return;
        }
        let tag = match held.first() {
            Some(Token::Name(tag)) => tag.as_slice(),
            _ => b"",
        };
        let properties = match held.get(1) {
            Some(Token::Properties(properties)) => properties.clone(),
            Some(Token::Name(name)) => {
                let dict = resources.properties.get::<Dict<'_>>(name).unwrap_or_default();
                let mcid = dict.get::<Number>("MCID").and_then(|n| u32::try_from(n.as_i64()).ok());
                Properties { mcid, actual: None }
            }
            _ => Properties::default(),
        };
        let actual = properties.actual.map(|bytes| match bytes.strip_prefix(&[0xFE, 0xFF]) {
            Some(wide) => cmap::decode_utf16(wide, 4096),
            None => bytes.iter().map(|b| char::from(*b)).collect(),
        });
        self.marks.push(MarkedContent {
            mcid: properties.mcid,
            artifact: tag == b"Artifact",
            actual,
        });
    }
}
