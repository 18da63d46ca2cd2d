//! Reads pages: runs the operators of their content, within limits.

use hayro_syntax::object::{Array, Dict, Name, Number, Stream};
use hayro_syntax::page::Resources;

use super::fonts::Fonts;
use super::geometry::{Area, IDENTITY, Matrix, multiply};
use super::glyph::{Glyph, PageCounts};
use super::layers::Layers;
use super::lexer::{Lexer, Token};
use super::paint::Paint;
use super::text::{PageRun, TextState};
use crate::import::pdf::inflate;

/// How deep forms may be nested.
const FORMS: usize = 12;
/// How deep `q` may be nested; the standard asks for 28.
const SAVED: usize = 512;
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

/// Counts of what was found while pages were read.
#[derive(Clone, Debug, Default)]
pub(in crate::import::pdf) struct ContentCounts {
    /// Glyphs drawn.
    pub(in crate::import::pdf) glyphs: usize,
    /// Tokens of content read.
    words: usize,
    /// Bytes unpacked.
    bytes: usize,
    /// Streams of content that are damaged or incomplete.
    pub(in crate::import::pdf) damaged: usize,
    /// The limit that ended the reading, if any.
    pub(in crate::import::pdf) cut: Option<&'static str>,
}

/// How a page lies before its reader.
#[derive(Clone, Copy, Debug)]
pub(in crate::import::pdf) struct View {
    /// From the space of the page to points from the lower left corner of what is visible.
    pub(in crate::import::pdf) matrix: Matrix,
    /// The area that is visible, in these points.
    pub(in crate::import::pdf) area: Area,
}

/// Reads pages, one after the other.
pub(in crate::import::pdf) struct Interpreter {
    fonts: Fonts,
    layers: Layers,
    /// What was found.
    pub(in crate::import::pdf) tally: ContentCounts,
}

impl Interpreter {
    /// Starts with nothing read, in a file with these layers.
    pub(in crate::import::pdf) fn new(layers: Layers) -> Self {
        Self { fonts: Fonts::new(), layers, tally: ContentCounts::default() }
    }

    /// The glyphs of a page that can be seen, in the order they are drawn, and what else is on it.
    pub(in crate::import::pdf) fn read_page(
        &mut self,
        dict: &Dict<'_>,
        resources: &Resources<'_>,
        view: View,
    ) -> (Vec<Glyph>, PageCounts) {
        let (mut glyphs, mut counts) = (Vec::new(), PageCounts::default());
        if self.tally.words > WORDS {
            return (glyphs, counts);
        }
        let mut data = Vec::new();
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
        let state = TextState::new(view.matrix, Paint::new(view.area));
        let mut run = PageRun::new(state, &mut glyphs, &mut counts);
        self.run_content(&data, resources, &mut run, 0);
        run.remove_covered();
        self.tally.glyphs += counts.glyphs;
        (glyphs, counts)
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
            if self.tally.words > WORDS || self.tally.glyphs + run.counts.glyphs > GLYPHS {
                self.tally.cut = Some("it has more content than any record");
                return;
            }
            match word {
                Token::Operator(name) => {
                    if name == b"Do" {
                        self.draw_object(&held, resources, run, depth);
                    } else {
                        self.apply_operator(&name, &held, resources, run);
                    }
                    held.clear();
                }
                word if held.len() < 64 => held.push(word),
                _ => {}
            }
        }
        self.tally.words += std::mem::take(&mut self.layers.work);
    }

    /// Draws a picture, or a form: content of its own, with its own resources.
    fn draw_object(
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
        let off = run.is_off() || self.layers.is_off(dict, "OC");
        match dict.get::<Name<'_>>("Subtype").as_ref().map(Name::as_str) {
            Some("Form") => {}
            Some("Image") if !off => return run.draw_picture(dict),
            _ => return,
        }
        let id = stream.obj_id();
        if run.forms.contains(&id) {
            return;
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut data = Vec::new();
        self.unpack(&stream, &mut data);
        let outside = run.enter_form(dict, off);
        run.forms.push(id);
        self.run_content(&data, own.as_ref().unwrap_or(resources), run, depth + 1);
        run.forms.pop();
        run.leave_form(outside);
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
            b"gs" => self.set_state(held, resources, run),
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
            b"Tj" => run.show_text(held.last()),
            b"TJ" => run.show_all(held.last()),
            b"'" | b"\"" => {
                if name == b"\"" {
                    (run.state.word, run.state.character) = (n(0), n(1));
                }
                run.next_line(0.0, -run.state.leading);
                run.show_text(held.last());
            }
            b"BDC" | b"BMC" => run.begin_marked(held, resources, &mut self.layers),
            b"EMC" => run.end_marked(),
            _ => run.paint(name, held, resources),
        }
    }

    /// Applies a named graphics state.
    fn set_state(&mut self, held: &[Token], resources: &Resources<'_>, run: &mut PageRun<'_>) {
        let Some(Token::Name(name)) = held.first() else { return };
        let Some(state) = resources.ext_g_states.get::<Dict<'_>>(name) else { return };
        run.state.paint.set_state(&state);
        let Some(font) = state.get::<Array<'_>>("Font") else { return };
        let mut parts = font.flex_iter();
        if let (Some(dict), Some(size)) = (parts.next::<Dict<'_>>(), parts.next::<Number>()) {
            run.state.font = self.fonts.unnamed(&dict);
            run.state.size = size.as_f64();
        }
    }
}
