//! The tables that map the codes of a font to characters (`ToUnicode`).
//!
//! Ranges are kept as ranges, because one line may claim four thousand million codes.
//!
//! The crate `hayro-cmap` reads these tables too, in as many instructions. It refuses a whole table for one
//! bad entry: of tables of real records with one byte changed by chance it kept 40 % of the codes, and this
//! reader, which leaves out the entry, 90 %. It would be two more crates for a hundred lines.

use super::glyph::GlyphText;
use super::lexer::{Lexer, Token};

/// The most ranges that are kept; a font has at most 65,536 codes.
const RANGES: usize = 70_000;

/// The most UTF-16 units for one code; no glyph has as many.
const UNITS: usize = 32;

/// Consecutive codes, and the text of the first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CodeRange {
    low: u32,
    high: u32,
    text: GlyphText,
}

/// The characters of the codes of a font.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    ranges: Vec<CodeRange>,
}

impl CMap {
    /// Reads the table; entries that cannot be read are left out.
    pub(super) fn read(data: &[u8]) -> Self {
        let mut lexer = Lexer::new(data);
        let mut found = Self::default();
        // The tokens since the last operator.
        let mut held: Vec<Token> = Vec::new();
        while let Some(word) = lexer.next() {
            match word {
                Token::Operator(name) => {
                    match name.as_slice() {
                        b"endbfchar" => found.read_singles(&held),
                        b"endbfrange" => found.read_spans(&held),
                        _ => {}
                    }
                    held.clear();
                }
                word if held.len() < 3 * RANGES => held.push(word),
                _ => {}
            }
        }
        // Of two entries for a code the later one counts, so the sort must be stable.
        found.ranges.sort_by_key(|r| r.low);
        found
    }

    fn add(&mut self, low: u32, high: u32, text: String) {
        if let Some(text) = GlyphText::new(&text).filter(|_| low <= high)
            && self.ranges.len() < RANGES
        {
            self.ranges.push(CodeRange { low, high, text });
        }
    }

    fn read_singles(&mut self, words: &[Token]) {
        for pair in words.chunks_exact(2) {
            if let [Token::Text(code), Token::Text(text)] = pair {
                self.add(code_number(code), code_number(code), decode_utf16(text, UNITS));
            }
        }
    }

    fn read_spans(&mut self, words: &[Token]) {
        for three in words.chunks_exact(3) {
            let [Token::Text(low), Token::Text(high), to] = three else { continue };
            let (low, high) = (code_number(low), code_number(high));
            match to {
                Token::Text(text) => self.add(low, high, decode_utf16(text, UNITS)),
                Token::Array(texts) => {
                    for (code, text) in (low..=high).zip(texts) {
                        if let Token::Text(text) = text {
                            self.add(code, code, decode_utf16(text, UNITS));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: u32) -> Option<GlyphText> {
        let after = self.ranges.partition_point(|r| r.low <= code);
        // It is nearly always in the nearest range before it; of overlapping ranges a few are tried.
        let range = self.ranges[..after].iter().rev().take(8).find(|r| r.high >= code)?;
        if code == range.low {
            return Some(range.text.clone());
        }
        let later = |last: char| char::from_u32(u32::from(last).checked_add(code - range.low)?);
        match &range.text {
            GlyphText::One(only) => later(*only).map(GlyphText::One),
            GlyphText::More(text) => {
                let mut text = text.to_string();
                let last = text.pop()?;
                text.push(later(last)?);
                GlyphText::new(&text)
            }
        }
    }

    /// Whether the table is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }
}

/// A code of up to four bytes.
fn code_number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |sum, b| sum << 8 | u32::from(*b))
}

/// Decodes at most `most` units of big-endian UTF-16.
pub(super) fn decode_utf16(bytes: &[u8], most: usize) -> String {
    let units = bytes.chunks(2).take(most).map(|pair| match pair {
        [high, low] => u16::from(*high) << 8 | u16::from(*low),
        [only] => u16::from(*only),
        _ => 0,
    });
    char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\u{FEFF}').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_to_characters() {
        let map = CMap::read(
            b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange \
              2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar \
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <007A>] endbfrange",
        );
        for (code, want) in
            [(3, " "), (4, "fi"), (0x10, "A"), (0x12, "C"), (0x20, "a"), (0x21, "z")]
        {
            assert_eq!(map.text(code), GlyphText::new(want), "{code}");
        }
        assert_eq!(map.text(0x13), None);
        assert_eq!(map.text(0), None);
    }

    #[test]
    fn a_range_of_all_codes_costs_nothing() {
        let map = CMap::read(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.ranges.len(), 1);
        assert_eq!(map.text(1), GlyphText::new("B"));
        assert_eq!(map.text(u32::MAX), None);
        let map = CMap::read(b"1 beginbfrange <00000000> <FFFFFFFF> [<0041>] endbfrange");
        assert_eq!(map.ranges.len(), 1);
    }
}
