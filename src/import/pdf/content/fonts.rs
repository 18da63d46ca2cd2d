//! Fonts: what each code means, how wide it is, and whether it is bold or italic.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::cmap::{CMap, decode_utf16};
use super::encodings::{self, BaseEncoding};
use super::metrics;
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
    /// The characters of each code, for codes of one byte.
    simple: Vec<Option<String>>,
    to_unicode: CMap,
    /// Its `ToUnicode` table cannot be read, so that the meaning of its codes is not known.
    pub(super) damaged: bool,
    /// Codes are UTF-16 themselves.
    is_unicode: bool,
    widths: Widths,
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

/// The meaning and width of a code.
#[derive(Clone, Debug)]
pub(super) struct CodeMeaning {
    /// The characters; empty if the font does not say.
    pub(super) text: String,
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
        let name = name_entry(dict, "BaseFont").unwrap_or_default();
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
        let simple = if wide { Vec::new() } else { simple_codes(dict, &name, &to_unicode) };
        let widths =
            if wide { wide_widths(about) } else { simple_widths(dict, descriptor.as_ref()) };
        Self { bold, italic, wide, simple, to_unicode, damaged, is_unicode, widths }
    }

    /// What a code means and how wide it is.
    pub(super) fn meaning(&self, code: u32) -> CodeMeaning {
        let text = if self.wide {
            self.to_unicode.text(code).or_else(|| {
                let unit = u16::try_from(code).ok().filter(|_| self.is_unicode)?;
                Some(decode_utf16(&unit.to_be_bytes(), 1))
            })
        } else {
            self.simple.get(code as usize).cloned().flatten()
        };
        let text = text.unwrap_or_default();
        let width = match &self.widths {
            Widths::Simple { first, list, missing } => code
                .checked_sub(*first)
                .and_then(|at| list.get(at as usize))
                .copied()
                .unwrap_or(*missing),
            Widths::Times => {
                text.chars().next().map_or(0.0, |c| metrics::times_width(c, self.bold, self.italic))
            }
            Widths::Ranges { ranges, other } => width_in(ranges, code).unwrap_or(*other),
        };
        CodeMeaning { text, width }
    }

    /// Whether it gives the meaning of no code at all.
    pub(super) fn is_mute(&self) -> bool {
        self.wide && self.to_unicode.is_empty() && !self.is_unicode
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

/// The characters of the 256 codes of a simple font: by its `ToUnicode` table, else by its encoding.
fn simple_codes(dict: &Dict<'_>, name: &str, to_unicode: &CMap) -> Vec<Option<String>> {
    let own = dict.get::<Dict<'_>>("Encoding");
    let named = name_entry(dict, "Encoding")
        .or_else(|| own.as_ref().and_then(|own| name_entry(own, "BaseEncoding")));
    let truetype = name_entry(dict, "Subtype").is_some_and(|s| s == "TrueType");
    let base = match named.as_deref() {
        Some("WinAnsiEncoding") => BaseEncoding::Windows,
        Some("MacRomanEncoding") => BaseEncoding::Macintosh,
        Some("StandardEncoding") => BaseEncoding::Standard,
        _ if truetype => BaseEncoding::Windows,
        _ => BaseEncoding::Standard,
    };
    // The codes of symbol and barcode fonts mean no letters.
    let symbols = ["Symbol", "Dingbats", "Barcode"].iter().any(|s| name.contains(s));
    let mut table: Vec<Option<String>> = (0..=255u8)
        .map(|code| base.character(code).filter(|_| !symbols).map(String::from))
        .collect();
    if let Some(differences) = own.and_then(|own| own.get::<Array<'_>>("Differences")) {
        let mut code = 0usize;
        for item in differences.iter::<Object<'_>>().take(1024) {
            match item {
                Object::Number(number) => code = number.as_i64().clamp(0, 256) as usize,
                Object::Name(name) => {
                    if let Some(place) = table.get_mut(code) {
                        *place = encodings::glyph_character(name.as_str()).map(String::from);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
    for (code, place) in table.iter_mut().enumerate() {
        if let Some(text) = to_unicode.text(code as u32) {
            *place = Some(text);
        }
    }
    table
}

/// The widths of a simple font.
fn simple_widths(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> Widths {
    let Some(widths) = dict.get::<Array<'_>>("Widths") else { return Widths::Times };
    let missing =
        descriptor.and_then(|d| d.get::<Number>("MissingWidth")).map_or(0.0, |n| n.as_f64());
    Widths::Simple {
        first: dict.get::<Number>("FirstChar").map_or(0, |n| n.as_i64().clamp(0, 255) as u32),
        list: widths.iter::<Number>().take(256).map(|n| n.as_f64()).collect(),
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
