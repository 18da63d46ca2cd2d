//! Showing text: where each glyph is, whether it can be seen, and what it says (ISO 32000-1, 9.4).

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Number, ObjectIdentifier};
use hayro_syntax::page::Resources;

use super::cmap;
use super::fonts::{CodeMeaning, Font};
use super::geometry::{Area, IDENTITY, Matrix, multiply};
use super::glyph::{Glyph, GlyphText, PageCounts, UNKNOWN};
use super::layers::Layers;
use super::lexer::{Properties, Token};
use super::paint::{EDGE, FilledAreas, Paint, Path};

/// How deep marked content may be nested.
const MARKS: usize = 512;
/// A line that rises more than this per point is slanted: one that is 240 points long would rise by half
/// the distance of two lines.
const SLANT: f64 = 0.025;
/// From this brightness on, letters on white paper are light, as those of a watermark are.
const LIGHT: f32 = 0.45;

/// The part of the graphics state that text depends on.
#[derive(Clone)]
pub(super) struct TextState {
    pub(super) matrix: Matrix,
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f64,
    pub(super) character: f64,
    pub(super) word: f64,
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
    pub(super) paint: Paint,
}

impl TextState {
    /// The state at the start of a page.
    pub(super) fn new(matrix: Matrix, paint: Paint) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            character: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            paint,
        }
    }
}

/// The properties of the glyphs in marked content.
#[derive(Clone, Default)]
struct MarkedContent {
    mcid: Option<u32>,
    artifact: bool,
    actual: Option<String>,
    /// It is in a layer that is off.
    off: bool,
    /// It is marked as a watermark.
    watermark: bool,
}

/// The state while a page, or a form on it, is read.
pub(super) struct PageRun<'r> {
    pub(super) state: TextState,
    pub(super) saved: Vec<TextState>,
    marks: Vec<MarkedContent>,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    path: Path,
    filled: FilledAreas,
    glyphs: &'r mut Vec<Glyph>,
    pub(super) counts: &'r mut PageCounts,
    /// The number of forms around this place whose layer is off.
    forms_off: usize,
    /// The forms around this place, by their object. One that draws itself has no end.
    pub(super) forms: Vec<ObjectIdentifier>,
}

/// What is restored after a form.
pub(super) struct OutsideForm {
    state: TextState,
    saved: usize,
    marks: usize,
    text: Matrix,
    line: Matrix,
    path: Path,
    forms_off: usize,
}

impl<'r> PageRun<'r> {
    /// Starts a page.
    pub(super) fn new(
        state: TextState,
        glyphs: &'r mut Vec<Glyph>,
        counts: &'r mut PageCounts,
    ) -> Self {
        Self {
            state,
            saved: Vec::new(),
            marks: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            path: Path::default(),
            filled: FilledAreas::default(),
            glyphs,
            counts,
            forms_off: 0,
            forms: Vec::new(),
        }
    }

    /// Starts a form. Returns what [`Self::leave_form`] restores.
    pub(super) fn enter_form(&mut self, dict: &Dict<'_>, off: bool) -> OutsideForm {
        let outside = OutsideForm {
            state: self.state.clone(),
            saved: self.saved.len(),
            marks: self.marks.len(),
            text: self.text,
            line: self.line,
            path: std::mem::take(&mut self.path),
            forms_off: self.forms_off,
        };
        self.forms_off += usize::from(off);
        let numbers = |key: &str| -> Vec<f64> {
            let list = dict.get::<Array<'_>>(key);
            list.iter().flat_map(|l| l.iter::<Number>()).take(6).map(|n| n.as_f64()).collect()
        };
        if let [a, b, c, d, e, f] = numbers("Matrix")[..] {
            self.state.matrix = multiply([a, b, c, d, e, f], self.state.matrix);
        }
        // What a form draws outside its box is cut off.
        if let [x0, y0, x1, y1] = numbers("BBox")[..]
            && x0 != x1
            && y0 != y1
        {
            let area = Area::of_corners(&self.state.matrix, [x0, y0, x1, y1]);
            let clip = &mut self.state.paint.clip;
            *clip = clip.intersect(area.grown(EDGE));
        }
        outside
    }

    /// Ends a form.
    pub(super) fn leave_form(&mut self, outside: OutsideForm) {
        self.state = outside.state;
        self.saved.truncate(outside.saved);
        self.marks.truncate(outside.marks);
        (self.text, self.line) = (outside.text, outside.line);
        self.path = outside.path;
        self.forms_off = outside.forms_off;
    }

    /// Draws a picture: it fills a square of one unit.
    pub(super) fn draw_picture(&mut self, dict: &Dict<'_>) {
        let area = Area::of_corners(&self.state.matrix, [0.0, 0.0, 1.0, 1.0]);
        let clear = ["SMask", "Mask", "ImageMask"].iter().any(|key| dict.contains_key(key));
        self.filled.add_picture(area, !clear, &self.state.paint, self.glyphs.len());
    }

    /// Applies an operator that concerns colours and paths.
    pub(super) fn paint(&mut self, operator: &[u8], held: &[Token], resources: &Resources<'_>) {
        let mut numbers = [0.0; 8];
        let mut count = 0;
        for token in held {
            if let (Token::Number(number), Some(place)) = (token, numbers.get_mut(count)) {
                *place = *number;
                count += 1;
            }
        }
        let numbers = &numbers[..count];
        let name = held.iter().rev().find_map(|token| match token {
            Token::Name(name) => Some(name.as_slice()),
            _ => None,
        });
        if self.path.add(operator, numbers, &self.state.matrix) {
            return;
        }
        let paint = &mut self.state.paint;
        if paint.set_colour(operator, numbers, name, resources) {
            return;
        }
        let (shown, glyphs) = (!self.is_off(), self.glyphs.len());
        let paint = &mut self.state.paint;
        if operator != b"sh" {
            self.filled.end_path(operator, &mut self.path, paint, shown.then_some(glyphs));
        } else if shown {
            self.filled.add_picture(paint.clip, false, paint, glyphs);
        }
    }

    /// Ends marked content.
    pub(super) fn end_marked(&mut self) {
        self.marks.pop();
    }

    /// Whether what is drawn now is in a layer that is off.
    pub(super) fn is_off(&self) -> bool {
        self.forms_off > 0 || self.marks.last().is_some_and(|mark| mark.off)
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = multiply([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    /// Shows the strings of an array, with the shifts between them.
    pub(super) fn show_all(&mut self, word: Option<&Token>) {
        let Some(Token::Array(parts)) = word else { return };
        for part in parts {
            if let Token::Number(back) = part {
                let shift = -back / 1000.0 * self.state.size * self.state.scale;
                self.advance(shift);
            } else {
                self.show_text(Some(part));
            }
        }
    }

    /// Shows a string.
    pub(super) fn show_text(&mut self, word: Option<&Token>) {
        let (Some(Token::Text(bytes)), Some(font)) = (word, self.state.font.clone()) else {
            return;
        };
        if font.wide {
            for pair in bytes.chunks(2) {
                let code = pair.iter().fold(0, |sum, b| sum << 8 | u32::from(*b));
                self.draw_glyph(font.meaning(code), false, &font);
            }
        } else {
            for &byte in bytes {
                self.draw_glyph(font.meaning(u32::from(byte)), byte == 32, &font);
            }
        }
    }

    /// Moves the place of the next glyph along the line.
    fn advance(&mut self, shift: f64) {
        self.text[4] += shift * self.text[0];
        self.text[5] += shift * self.text[1];
    }

    fn draw_glyph(&mut self, meaning: CodeMeaning, space: bool, font: &Font) {
        let state = &self.state;
        let spacing = state.character + if space { state.word } else { 0.0 };
        let drawn = meaning.width / 1000.0 * state.size * state.scale;
        let advance = drawn + spacing * state.scale;
        let whole = multiply(self.text, state.matrix);
        self.counts.glyphs += 1;
        if let Some(text) = self.glyph_text(meaning.text) {
            self.place_glyph(text, &whole, drawn, font);
        }
        self.advance(advance);
    }

    /// Keeps a glyph, if a reader of the page sees it.
    fn place_glyph(&mut self, text: GlyphText, whole: &Matrix, drawn: f64, font: &Font) {
        let state = &self.state;
        if !whole.iter().all(|v| v.is_finite() && v.abs() < 1e6) {
            return;
        }
        let unknown = text.contains(UNKNOWN);
        let size = (state.size * whole[3].hypot(whole[2])).abs() * font.scale;
        let (start, end) = (whole[4], whole[0] * drawn + whole[4]);
        let rise = state.rise;
        let y = whole[5] + rise * whole[3];
        // The middle of a letter of usual height and slant.
        let up = 0.25 * state.size * font.scale + rise;
        let middle_x = whole[4] + whole[0] * drawn / 2.0 + whole[2] * up;
        let middle_y = whole[5] + whole[1] * drawn / 2.0 + whole[3] * up;
        if self.is_off() {
            return self.counts.off.add(&text);
        }
        if self.marks.last().is_some_and(|mark| mark.watermark) {
            return self.counts.stamped.add(&text);
        }
        if !state.paint.clip.contains(middle_x, middle_y) {
            return self.counts.outside.add(&text);
        }
        // Modes that paint nothing: the text of a scan is under its picture in one.
        if matches!(state.mode, 3 | 7) {
            self.counts.unknown += usize::from(unknown);
            return self.counts.invisible.add(&text);
        }
        let bright = state.paint.letters(state.mode);
        let Some(bright) = bright.filter(|b| !self.filled.hides(*b, middle_x, middle_y)) else {
            return self.counts.white.add(&text);
        };
        // A negative size turns letters round.
        let sign = (state.size * state.scale).signum();
        let (along, across) = (whole[0] * sign, whole[1] * sign);
        if along <= 0.0 || across.abs() > SLANT * along {
            let letters = usize::from(!text.is_space());
            match quarter_turns(along, across) {
                Some(turns) => self.counts.turned[turns] += letters,
                None => self.counts.slanted.add(&text),
            }
            return;
        }
        self.counts.unknown += usize::from(unknown);
        let mark = self.marks.iter().rev().find(|m| m.mcid.is_some() || m.artifact);
        self.glyphs.push(Glyph {
            text,
            x: start.min(end),
            end: end.max(start),
            y,
            size: size as f32,
            bold: font.bold,
            italic: font.italic,
            light: bright >= LIGHT,
            mcid: mark.and_then(|m| m.mcid),
            artifact: mark.is_some_and(|m| m.artifact),
        });
    }

    /// The characters of a glyph; the first glyph under a replacement text gets all of it.
    fn glyph_text(&mut self, own: Option<GlyphText>) -> Option<GlyphText> {
        match self.marks.iter_mut().rev().find_map(|m| m.actual.as_mut()) {
            Some(actual) => GlyphText::new(&std::mem::take(actual)),
            None => own,
        }
    }

    /// Starts marked content; content that is nested too deep is ignored.
    pub(super) fn begin_marked(
        &mut self,
        held: &[Token],
        resources: &Resources<'_>,
        layers: &mut Layers,
    ) {
        if self.marks.len() >= MARKS {
            return;
        }
        let tag = match held.first() {
            Some(Token::Name(tag)) => tag.as_slice(),
            _ => b"",
        };
        let (mut off, around) =
            self.marks.last().map_or((false, false), |mark| (mark.off, mark.watermark));
        let properties = match held.get(1) {
            Some(Token::Properties(properties)) => properties.clone(),
            Some(Token::Name(name)) => {
                off |= tag == b"OC" && layers.is_off(&resources.properties, name);
                let dict = resources.properties.get::<Dict<'_>>(name).unwrap_or_default();
                let mcid = dict.get::<Number>("MCID").and_then(|n| u32::try_from(n.as_i64()).ok());
                Properties { mcid, ..Properties::default() }
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
            off,
            watermark: around || tag == b"Watermark" || properties.watermark,
        });
    }

    /// Removes the glyphs that something was drawn over.
    pub(super) fn remove_covered(&mut self) {
        if !self.filled.has_covers() {
            return;
        }
        let (filled, counts) = (&self.filled, &mut *self.counts);
        let mut at = 0;
        self.glyphs.retain(|glyph| {
            let (x, y) =
                (f64::midpoint(glyph.x, glyph.end), glyph.y + 0.25 * f64::from(glyph.size));
            let cover = filled.cover(at, x, y);
            at += 1;
            match cover {
                // The text under a picture of the page is that of a scan.
                Some(true) => counts.invisible.add(&glyph.text),
                Some(false) => counts.covered.add(&glyph.text),
                None => {}
            }
            cover.is_none()
        });
    }
}

/// By how many quarters a line runs round from level, counter-clockwise; `None` if it is slanted.
fn quarter_turns(along: f64, across: f64) -> Option<usize> {
    if across.abs() <= SLANT * along.abs() {
        Some(2)
    } else if along.abs() <= SLANT * across.abs() {
        Some(if across > 0.0 { 1 } else { 3 })
    } else {
        None
    }
}
