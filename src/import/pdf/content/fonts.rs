//! Fonts: what each code means, how wide it is, and whether it is bold or italic.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::cmap::CMap;
use super::encodings::BaseEncoding;
use super::glyph::{GlyphText, UNKNOWN};
use super::{metrics, names};
use crate::import::pdf::inflate;

/// The most ranges of widths that are kept per font.
const WIDTHS: usize = 70_000;
/// The most fonts that are read from a file; a record has about a dozen.
const FONTS: usize = 5_000;
/// The most bytes that all `ToUnicode` tables of a file may unpack to; each has a few kilobytes.
const TABLES: usize = 16 << 20;

/// A font, as far as text needs it.
#[derive(Debug)]
pub(super) struct Font {
    /// Letters are bold.
    pub(super) bold: bool,
    /// Letters are italic.
    pub(super) italic: bool,
    /// Codes have two bytes.
    pub(super) wide: bool,
    /// How large letters are beside the size that is set; other than 1 only in fonts of type 3.
    pub(super) scale: f64,
    /// The meanings of the codes, for codes of one byte.
    simple: Vec<CodeMeaning>,
    to_unicode: CMap,
    /// Its `ToUnicode` table cannot be read, so that the meaning of its codes is not known.
    pub(super) damaged: bool,
    /// Codes are UTF-16 themselves.
    is_unicode: bool,
    pictures: Pictures,
    widths: Widths,
}

/// Fonts whose glyphs are pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pictures {
    /// Letters, as in other fonts.
    No,
    /// Greek letters and signs of mathematics.
    Symbol,
    /// Signs and ornaments, of which only some bullets are known.
    Dingbats,
    /// Bars. They are no text, and not what is missing of one either.
    Barcode,
}

impl Pictures {
    /// The kind of a font, by its name.
    fn of_font(name: &str) -> Self {
        let lower = name.to_ascii_lowercase().replace(['-', ' '], "");
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&["barcode", "3of9", "code39", "code128"]) {
            Self::Barcode
        } else if has(&["dingbats", "webdings"]) {
            Self::Dingbats
        } else if has(&["symbol"]) {
            Self::Symbol
        } else {
            Self::No
        }
    }

    /// The character of a code from 32 to 255.
    fn character(self, code: u8) -> Option<char> {
        match (self, code) {
            (Self::Symbol, _) => BaseEncoding::Symbol.character(code),
            (Self::Dingbats, 32) => Some(' '),
            (Self::Dingbats, 108 | 159) => Some('●'),
            (Self::Dingbats, 110 | 167) => Some('■'),
            _ => None,
        }
    }
}

/// The widths of a font's codes, in thousandths of its size.
#[derive(Debug)]
enum Widths {
    /// One width for each code from `first`.
    Simple { first: u32, list: Vec<f64>, missing: f64 },
    /// The widths of Times.
    Times,
    /// Ranges, sorted by their first code, and the width of codes in none.
    Ranges { ranges: Vec<(u32, u32, Vec<f64>)>, other: f64 },
}

impl Widths {
    /// The width of a code, and of its text where only that tells.
    fn of(&self, code: u32, text: Option<&GlyphText>, bold: bool, italic: bool) -> f64 {
        match self {
            Self::Simple { first, list, missing } => code
                .checked_sub(*first)
                .and_then(|at| list.get(at as usize))
                .copied()
                .unwrap_or(*missing),
            Self::Times => text.map_or(0.0, |text| {
                text.first().map_or(0.0, |c| metrics::times_width(c, bold, italic))
            }),
            Self::Ranges { ranges, other } => width_in(ranges, code).unwrap_or(*other),
        }
    }
}

/// The meaning and width of a code.
#[derive(Clone, Debug)]
pub(super) struct CodeMeaning {
    /// The characters; [`UNKNOWN`] if the font does not say, and none if there is nothing to say.
    pub(super) text: Option<GlyphText>,
    /// Width in thousandths of the size.
    pub(super) width: f64,
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(dict: &Dict<'_>, budget: &mut usize) -> Self {
        let descendant = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|list| list.iter::<Dict<'_>>().next());
        let wide = descendant.is_some();
        let about = descendant.as_ref().unwrap_or(dict);
        let descriptor = about.get::<Dict<'_>>("FontDescriptor");
        let name = name_entry(dict, "BaseFont")
            .or_else(|| name_entry(descriptor.as_ref()?, "FontName"))
            .unwrap_or_default();
        let (bold, italic) = font_style(&name, descriptor.as_ref());
        let table = dict.get::<Stream<'_>>("ToUnicode");
        // A name there is that of a predefined table.
        let lost = table.is_none()
            && dict.contains_key("ToUnicode")
            && dict.get::<Name<'_>>("ToUnicode").is_none();
        let table = table.and_then(|stream| inflate::unpack_stream(&stream, *budget).ok());
        let damaged = lost || table.as_ref().is_some_and(|table| table.damaged);
        let to_unicode = table.map_or_else(CMap::default, |table| {
            *budget = budget.saturating_sub(table.bytes.len());
            CMap::read(&table.bytes)
        });
        let encoding = name_entry(dict, "Encoding").unwrap_or_default();
        let is_unicode = wide && (encoding.contains("UCS2") || encoding.contains("UTF16"));
        let drawn = name_entry(dict, "Subtype").is_some_and(|kind| kind == "Type3");
        let glyphs = if drawn { GlyphSpace::of_type3(dict) } else { GlyphSpace::THOUSANDTHS };
        let widths = if wide {
            wide_widths(about)
        } else {
            simple_widths(dict, descriptor.as_ref(), glyphs.width)
        };
        let mut font = Self {
            bold,
            italic,
            wide,
            scale: glyphs.size,
            simple: Vec::new(),
            to_unicode,
            damaged,
            is_unicode,
            pictures: Pictures::of_font(&name),
            widths,
        };
        if !wide {
            font.simple = font.simple_meanings(dict);
        }
        font
    }

    /// What a code means and how wide it is.
    pub(super) fn meaning(&self, code: u32) -> CodeMeaning {
        if !self.wide {
            let none = CodeMeaning { text: None, width: 0.0 };
            return self.simple.get(code as usize).cloned().unwrap_or(none);
        }
        let text = self.to_unicode.text(code).or_else(|| {
            let unit = u16::try_from(code).ok().filter(|_| self.is_unicode)?;
            char::from_u32(u32::from(unit)).map(GlyphText::One)
        });
        self.settle_meaning(code, text)
    }

    /// The meaning of a code for which tables and names give these characters.
    fn settle_meaning(&self, code: u32, text: Option<GlyphText>) -> CodeMeaning {
        let width = self.widths.of(code, text.as_ref(), self.bold, self.italic);
        let text = match text {
            Some(text) => Some(self.replace_private(text)),
            // A code that is drawn with no width is a control code.
            None if self.pictures == Pictures::Barcode => None,
            None => (width > 0.0 || self.is_mute()).then_some(GlyphText::One(UNKNOWN)),
        };
        CodeMeaning { text, width }
    }

    /// Replaces characters of private use, which each font gives a meaning of its own. Fonts of symbols
    /// have theirs from U+F000 on, Adobe's have small capitals and digits there.
    fn replace_private(&self, text: GlyphText) -> GlyphText {
        let replaced = |c: char| match u32::from(c) {
            0 => UNKNOWN,
            code @ 0xF020..=0xF0FF if self.pictures != Pictures::No => {
                self.pictures.character((code & 0xFF) as u8).unwrap_or(UNKNOWN)
            }
            // Word's bullets, whatever the font is called.
            0xF0B7 => '•',
            0xF0A7 => '■',
            code @ (0xF730..=0xF739 | 0xF761..=0xF77A) => {
                char::from((code & 0x7F) as u8).to_ascii_uppercase()
            }
            0xE000..=0xF8FF => UNKNOWN,
            _ => c,
        };
        match text {
            GlyphText::One(c) => GlyphText::One(replaced(c)),
            GlyphText::More(text) if text.chars().any(|c| replaced(c) != c) => {
                GlyphText::More(text.chars().map(replaced).collect::<String>().into())
            }
            more => more,
        }
    }

    /// Whether it gives the meaning of no code at all.
    fn is_mute(&self) -> bool {
        self.wide && self.to_unicode.is_empty() && !self.is_unicode
    }

    /// The meanings of the 256 codes of a simple font: by its `ToUnicode` table, else by its encoding.
    fn simple_meanings(&self, dict: &Dict<'_>) -> Vec<CodeMeaning> {
        let mut table = self.base_characters(dict);
        let own = dict.get::<Dict<'_>>("Encoding");
        if let Some(differences) = own.and_then(|own| own.get::<Array<'_>>("Differences")) {
            let mut code = 0usize;
            for item in differences.iter::<Object<'_>>().take(1024) {
                match item {
                    Object::Number(number) => code = number.as_i64().clamp(0, 256) as usize,
                    Object::Name(name) => {
                        if let Some(place) = table.get_mut(code) {
                            let text = names::glyph_text(name.as_str());
                            // What is named, but not by its characters, may be drawn with a width.
                            let known = text != UNKNOWN.to_string();
                            *place = GlyphText::new(&text).filter(|_| known);
                        }
                        code += 1;
                    }
                    _ => {}
                }
            }
        }
        let codes = table.into_iter().zip(0u32..);
        codes
            .map(|(text, code)| {
                // Some writers list codes without a meaning; then the name may tell it.
                let listed = self.to_unicode.text(code);
                let known =
                    listed.as_ref().is_some_and(|t| !t.contains(UNKNOWN) && !t.contains('\0'));
                self.settle_meaning(code, if known { listed } else { text.or(listed) })
            })
            .collect()
    }

    /// The characters of the 256 codes in the encoding that a simple font is based on.
    fn base_characters(&self, dict: &Dict<'_>) -> Vec<Option<GlyphText>> {
        let named = name_entry(dict, "Encoding")
            .or_else(|| name_entry(&dict.get::<Dict<'_>>("Encoding")?, "BaseEncoding"));
        let truetype = name_entry(dict, "Subtype").is_some_and(|s| s == "TrueType");
        let base = match named.as_deref() {
            Some("WinAnsiEncoding") => BaseEncoding::Windows,
            Some("MacRomanEncoding") => BaseEncoding::Macintosh,
            Some("StandardEncoding") => BaseEncoding::Standard,
            _ if truetype => BaseEncoding::Windows,
            _ => BaseEncoding::Standard,
        };
        let character = |code: u8| match self.pictures {
            Pictures::No => base.character(code),
            pictures => pictures.character(code),
        };
        (0..=255u8).map(|code| character(code).map(GlyphText::One)).collect()
    }
}

/// The space in which a font gives the widths of its glyphs.
struct GlyphSpace {
    /// A width of one, in thousandths of the size.
    width: f64,
    /// How large letters are beside the size that is set.
    size: f64,
}

impl GlyphSpace {
    /// The space of all fonts that are no drawings.
    const THOUSANDTHS: Self = Self { width: 1.0, size: 1.0 };
    /// The usual width of a letter and the usual height of the area around all of them, beside the size.
    const LETTER: f64 = 0.48;
    const HEIGHT: f64 = 1.2;

    /// The space of a font of type 3, which its matrix tells (ISO 32000-1, 9.6.5).
    fn of_type3(dict: &Dict<'_>) -> Self {
        let numbers = |key: &str| -> Vec<f64> {
            let list = dict.get::<Array<'_>>(key);
            list.iter().flat_map(|l| l.iter::<Number>()).take(256).map(|n| n.as_f64()).collect()
        };
        let (across, up) = match numbers("FontMatrix")[..] {
            [a, b, c, d, ..] if a.hypot(b) > 0.0 && c.hypot(d) > 0.0 => {
                (if a < 0.0 { -a.hypot(b) } else { a.hypot(b) }, c.hypot(d))
            }
            _ => (0.001, 0.001),
        };
        // The size that is set need not be that of the letters: some writers draw them in pixels, with a
        // size of one. The area around all glyphs tells it, or their widths.
        let height = match numbers("FontBBox")[..] {
            [_, low, _, high] if high != low => (high - low).abs() * up / Self::HEIGHT,
            _ => {
                let widths = numbers("Widths");
                let some: Vec<f64> = widths.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
                some.iter().sum::<f64>() / some.len().max(1) as f64 * across.abs() / Self::LETTER
            }
        };
        let usual = !height.is_finite() || height <= 0.0 || (0.4..2.5).contains(&height);
        Self { width: 1000.0 * across, size: if usual { 1.0 } else { height } }
    }
}

fn name_entry(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}

/// Bold and italic, by the font's name and its descriptor.
fn font_style(name: &str, descriptor: Option<&Dict<'_>>) -> (bool, bool) {
    let number = |key| descriptor.and_then(|d| d.get::<Number>(key)).map(|n| n.as_f64());
    let flags = number("Flags").unwrap_or(0.0) as i64;
    let lower = name.to_ascii_lowercase();
    // Chinese has no bold and italic faces: Heiti is used as bold, Kaiti as italic.
    let bold = ["bold", "black", "heavy", "simhei", "heiti"].iter().any(|w| lower.contains(w))
        || number("FontWeight").is_some_and(|w| w >= 600.0)
        || flags & 1 << 18 != 0;
    let italic = ["italic", "oblique", "kaiti", "simkai"].iter().any(|w| lower.contains(w))
        || number("ItalicAngle").is_some_and(|a| a != 0.0)
        || flags & 1 << 6 != 0;
    (bold, italic)
}

/// The widths of a simple font; `factor` is one unit of them in thousandths of the size.
fn simple_widths(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>, factor: f64) -> Widths {
    let Some(widths) = dict.get::<Array<'_>>("Widths") else { return Widths::Times };
    let missing = descriptor
        .and_then(|d| d.get::<Number>("MissingWidth"))
        .map_or(0.0, |n| n.as_f64() * factor);
    Widths::Simple {
        first: dict.get::<Number>("FirstChar").map_or(0, |n| n.as_i64().clamp(0, 255) as u32),
        list: widths.iter::<Number>().take(256).map(|n| n.as_f64() * factor).collect(),
        missing,
    }
}

/// The widths of a font with codes of two bytes: `first [w w w]` and `first last w`.
fn wide_widths(about: &Dict<'_>) -> Widths {
    let other = about.get::<Number>("DW").map_or(1000.0, |n| n.as_f64());
    let mut ranges: Vec<(u32, u32, Vec<f64>)> = Vec::new();
    let mut numbers: Vec<f64> = Vec::new();
    let code = |n: f64| n.clamp(0.0, 65_535.0) as u32;
    let items = about.get::<Array<'_>>("W");
    for item in items.iter().flat_map(|w| w.iter::<Object<'_>>()).take(3 * WIDTHS) {
        match item {
            Object::Number(number) => numbers.push(number.as_f64()),
            Object::Array(list) => {
                let list: Vec<f64> =
                    list.iter::<Number>().take(65_536).map(|n| n.as_f64()).collect();
                if let Some(first) = numbers.pop().map(code).filter(|_| !list.is_empty()) {
                    ranges.push((first, first + list.len() as u32 - 1, list));
                }
                numbers.clear();
            }
            _ => {}
        }
        if let [first, last, width] = numbers[..] {
            ranges.push((code(first), code(last), vec![width]));
            numbers.clear();
        }
    }
    ranges.sort_by_key(|r| r.0);
    Widths::Ranges { ranges, other }
}

fn width_in(ranges: &[(u32, u32, Vec<f64>)], code: u32) -> Option<f64> {
    let after = ranges.partition_point(|r| r.0 <= code);
    let (first, _, list) = ranges[..after].iter().rev().take(8).find(|r| r.1 >= code)?;
    list.get((code - first) as usize).or(list.first()).copied()
}

/// The fonts read until now, by the object that describes them.
pub(super) struct Fonts {
    known: HashMap<(u32, i32), Rc<Font>>,
    read: usize,
    /// Bytes that further `ToUnicode` tables may unpack to.
    budget: usize,
}

impl Fonts {
    /// Starts without any font.
    pub(super) fn new() -> Self {
        Self { known: HashMap::new(), read: 0, budget: TABLES }
    }

    /// The font of this name among the resources.
    pub(super) fn get(&mut self, fonts: &Dict<'_>, name: &[u8]) -> Option<Rc<Font>> {
        let id = fonts.get_ref(name).map(|r| (r.obj_number, r.gen_number));
        if let Some(font) = id.and_then(|id| self.known.get(&id)) {
            return Some(font.clone());
        }
        let font = self.unnamed(&fonts.get::<Dict<'_>>(name)?)?;
        if let Some(id) = id {
            self.known.insert(id, font.clone());
        }
        Some(font)
    }

    /// The font that a dictionary describes, without a name.
    pub(super) fn unnamed(&mut self, dict: &Dict<'_>) -> Option<Rc<Font>> {
        self.read += 1;
        (self.read <= FONTS).then(|| Rc::new(Font::read(dict, &mut self.budget)))
    }
}
