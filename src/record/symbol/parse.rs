//! Reads symbols: one pass over the folded letters, skipping separators between the parts.
//!
//! After the number the parts may come in any order, and brackets need not match, because real file
//! names get both wrong. With an unknown part the whole text is not a symbol: `8668 estonia` is a
//! query for Find, not a meeting.

use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Series, Symbol, SymbolError, roman};
use crate::record::harmless;

/// The longest text that is read, in characters; no symbol is longer, even with every suffix of a
/// file name.
const LONGEST: usize = 160;

/// The years a letter may have; the Council first met in 1946.
const YEARS: std::ops::RangeInclusive<u32> = 1946..=2999;

/// Words for a resumption in the six languages, as `fold` leaves them: without accents, and so
/// without the hamza of the Arabic word.
const RESUMPTION: [&str; 10] = [
    "resumption",
    "resumed",
    "resump",
    "reprise",
    "reanudacion",
    "возобновление",
    "复会",
    "续会",
    "الاستيناف",
    "استيناف",
];
const PART: [&str; 6] = ["partie", "parte", "part", "pt", "часть", "جزء"];
const CLOSED: [&str; 9] = [
    "closed",
    "private",
    "huis clos",
    "a huis clos",
    "privee",
    "prive",
    "privada",
    "закрытое",
    "provisional",
];
const CORRECTION: [&str; 4] = ["corrigendum", "corr", "revision", "rev"];
const PAGE: [&str; 10] = ["pages", "page", "paginas", "pagina", "pag", "pp", "pg", "стр", "p", "с"];
const LANGUAGE: [&str; 12] = ["ar", "zh", "en", "fr", "ru", "es", "a", "c", "e", "f", "r", "s"];
const ENDING: [&str; 10] = ["pdf", "txt", "json", "zst", "docx", "doc", "html", "htm", "xml", "gz"];

impl Symbol {
    /// Reads a symbol and the page that may follow it: `8668r1 p12`, `S/PV.8628, p. 2`, `S/PV.8628
    /// page 2`; of `pp. 5-7` the first page.
    ///
    /// `None` if the text is not a symbol. A `p` without a number is a symbol without a page,
    /// because it is a step in typing `8668 p12`.
    pub fn parse_with_page(text: &str) -> Option<(Self, Option<u32>)> {
        parse_symbol(text, true)
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        parse_symbol(text, false).map(|(symbol, _)| symbol).ok_or_else(|| SymbolError::new(text))
    }
}

/// Reads a symbol and, if `page` is set, the page that follows it.
pub(super) fn parse_symbol(text: &str, page: bool) -> Option<(Symbol, Option<u32>)> {
    if let Some(symbol) = parse_printed(text) {
        return Some((symbol, None));
    }
    parse_any_spelling(text, page)
}

/// Reads only the most common printed forms. A catalogue holds ten thousand symbols in these forms,
/// and the general parser takes a hundred times as long.
fn parse_printed(text: &str) -> Option<Symbol> {
    let rest = text.strip_prefix("S/PV.")?;
    let (number, resumption) = match rest.split_once(" (Resumption ") {
        Some((number, tail)) => (number, Some(tail.strip_suffix(')')?)),
        None => (rest, None),
    };
    let number_in = |s: &str| {
        let sound = s.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| s.parse::<u32>().ok()).flatten().filter(|n| *n > 0)
    };
    let symbol = Symbol::verbatim(number_in(number)?);
    match resumption {
        Some(text) => Some(symbol.with_resumption(u8::try_from(number_in(text)?).ok()?)),
        None => Some(symbol),
    }
}

/// Reads any spelling.
pub(super) fn parse_any_spelling(text: &str, page: bool) -> Option<(Symbol, Option<u32>)> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let letters = fold(text);
    let mut cursor = Cursor { letters: &letters, at: 0 };
    cursor.skip_lead();
    let mut found = ParsedSymbol { symbol: cursor.number_with_series()?, page: None };
    while !cursor.at_end_after_marks() {
        cursor.suffix(&mut found, page)?;
    }
    Some((found.symbol, found.page))
}

/// What has been read so far.
struct ParsedSymbol {
    symbol: Symbol,
    page: Option<u32>,
}

/// A position in the folded letters.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    letters: &'a [char],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|i| self.letters.get(i)).copied()
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&skipped) {
            self.at += 1;
        }
    }

    /// Skips separators between the series and the number.
    fn skip_joints(&mut self) {
        self.skip(|c| c == ' ' || is_slash(c) || matches!(c, '.' | '_' | '-' | ':' | '№'));
    }

    /// Skips separators between the number and its suffixes.
    fn skip_marks(&mut self) {
        self.skip(|c| {
            c == ' ' || is_slash(c) || "()[]{}<>.,;:_-–—+&*'\"“”‘’«»، 。，（）".contains(c)
        });
    }

    fn at_end_after_marks(&mut self) -> bool {
        let start = self.at;
        self.skip_marks();
        let end = self.at == self.letters.len();
        if !end {
            self.at = start;
        }
        end
    }

    /// Takes a word, whatever follows it.
    fn take(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let Some(here) = self.letters.get(self.at..self.at + length) else { return false };
        let same = here.iter().zip(word.chars()).all(|(&c, wanted)| reads_as(c, wanted));
        if same {
            self.at += length;
        }
        same
    }

    /// Takes the first of these words that matches, whatever follows it.
    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(word))
    }

    /// Takes the first of these words that matches and is not followed by a letter.
    fn take_whole(&mut self, words: &[&str]) -> bool {
        let start = self.at;
        for word in words {
            if self.take(word) && !self.peek().is_some_and(char::is_alphabetic) {
                return true;
            }
            self.at = start;
        }
        false
    }

    /// Takes a number from 1 that fits into `u32`.
    fn number(&mut self) -> Option<u32> {
        let mut end = self.at;
        let mut value: u32 = 0;
        while let Some(digit) = self.letters.get(end).and_then(|c| c.to_digit(10)) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            end += 1;
        }
        if value == 0 {
            return None;
        }
        self.at = end;
        Some(value)
    }

    /// Takes the number of a part or resumption, in digits or Roman numerals.
    fn ordinal(&mut self) -> Option<u8> {
        if self.peek().is_some_and(|c| c.is_ascii_digit()) {
            let mut rest = *self;
            let value = u8::try_from(rest.number()?).ok()?;
            *self = rest;
            return Some(value);
        }
        let start = self.at;
        let mut letters = String::new();
        while let Some(c) = self.peek() {
            let Some(plain) =
                ['I', 'V', 'X', 'L', 'C'].into_iter().find(|l| reads_as(c, l.to_ascii_lowercase()))
            else {
                break;
            };
            letters.push(plain);
            self.at += 1;
        }
        let mut rest = *self;
        let ends = !self.peek().is_some_and(char::is_alphabetic) || rest.take("resumption");
        let value = (1..=u8::MAX).find(|&n| ends && roman(n) == letters);
        if value.is_none() {
            self.at = start;
        }
        value
    }

    /// Skips a URL of the UN document servers, the name of the data set, and words written before a
    /// number.
    fn skip_lead(&mut self) {
        self.skip_marks();
        let start = self.at;
        let _ = self.take_any(&["https://", "http://"]);
        let _ = self.take("www.");
        if self.take_any(&["undocs.org/", "docs.un.org/"]) {
            let language = self.at;
            if !(self.take_any(&LANGUAGE[..6]) && self.take("/")) {
                self.at = language;
            }
        } else {
            self.at = start;
        }
        if self.take("unsc") {
            self.skip_joints();
            let year = self.at;
            let is_year = self.number().is_some_and(|n| YEARS.contains(&n));
            self.skip_joints();
            // `UNSC_2020` alone is a folder of the data set, and `UNSC 8668` a meeting.
            if !(is_year && self.peek().is_some_and(|c| reads_as(c, 's') || reads_as(c, 'p'))) {
                self.at = year;
            }
        } else if self.take("meeting") {
            self.skip_joints();
        }
    }

    /// Takes the series and the number, which every symbol has.
    fn number_with_series(&mut self) -> Option<Symbol> {
        let exercise = self.take("msc");
        let council = !exercise && self.take("s");
        self.skip_joints();
        let verbatim = self.take_any(&["pv", "p.v"]);
        self.skip_joints();
        let first_at = self.at;
        let first = self.number()?;
        if exercise {
            return Some(Symbol::exercise(first));
        }
        let four_digits = self.at - first_at == 4;
        if four_digits
            && YEARS.contains(&first)
            && self.peek().is_some_and(|c| is_slash(c) || c == '_')
        {
            let mut rest = *self;
            rest.at += 1;
            if rest.peek().is_some_and(|c| c.is_ascii_digit()) {
                let number = rest.number()?;
                *self = rest;
                return Some(Symbol::letter(u16::try_from(first).ok()?, number));
            }
        }
        // `S/8668` is another document of the Council, not a record.
        if council && !verbatim {
            return None;
        }
        if !verbatim && self.take_whole(&["th", "st", "nd", "rd"]) {
            self.skip_joints();
            let _ = self.take_whole(&["meeting"]);
        }
        Some(Symbol::verbatim(first))
    }

    /// Takes one part after the number; `None` if it is unknown.
    fn suffix(&mut self, found: &mut ParsedSymbol, page: bool) -> Option<()> {
        if self.file_name_end() {
            return Some(());
        }
        self.skip_marks();
        for joint in ["and ", "et ", "y ", "и "] {
            let start = self.at;
            if self.take(joint) && self.correction() {
                return Some(());
            }
            self.at = start;
        }
        if self.correction() || self.take_any(&CLOSED) {
            return Some(());
        }
        if let Some(resumption) = self.resumption() {
            return found.set_resumption(resumption);
        }
        let start = self.at;
        if self.take_any(&PART) {
            self.skip_joints();
            if let Some(part) = self.ordinal() {
                return found.set_part(part);
            }
        }
        self.at = start;
        if page && found.page.is_none() { self.page(found) } else { None }
    }

    /// Takes `Corr.1`, `Rev.2`; the number may be left out.
    fn correction(&mut self) -> bool {
        let taken = self.take_any(&CORRECTION);
        if taken {
            self.skip_joints();
            let _ = self.number();
        }
        taken
    }

    /// Takes a resumption; the word alone means the first.
    fn resumption(&mut self) -> Option<u8> {
        let start = self.at;
        if self.take_any(&RESUMPTION) {
            self.skip_joints();
            if let Some(n) = self.ordinal() {
                return Some(n);
            }
            if !self.peek().is_some_and(char::is_alphanumeric) {
                return Some(1);
            }
        }
        self.at = start;
        if self.take_any(&["res", "r"]) {
            self.skip_joints();
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                return self.ordinal();
            }
        }
        self.at = start;
        None
    }

    /// Takes the page; of a run of pages the first.
    fn page(&mut self, found: &mut ParsedSymbol) -> Option<()> {
        if !self.take_whole(&PAGE) {
            return None;
        }
        self.skip_joints();
        if self.at == self.letters.len() {
            return Some(());
        }
        found.page = Some(self.number()?);
        let mut rest = *self;
        rest.skip(|c| matches!(c, ' ' | '-' | '–' | '—'));
        if rest.at > self.at && rest.number().is_some() {
            *self = rest;
        }
        Some(())
    }

    /// Takes one part of the end of a file name: `_E`, `.en`, `_spch001`, `.pdf`.
    ///
    /// It follows without a space, so that `8668 e` remains a query for Find.
    fn file_name_end(&mut self) -> bool {
        let start = self.at;
        self.skip(|c| matches!(c, ')' | '_' | '-' | '.'));
        if self.at > start && matches!(self.before(), Some('_' | '-' | '.')) {
            if self.take("spch") && self.number().is_some() {
                return true;
            }
            let mut rest = *self;
            // `.r1` is a resumption, not the Russian edition.
            if rest.take_whole(&LANGUAGE) && !rest.peek().is_some_and(|c| c.is_ascii_digit()) {
                *self = rest;
                return true;
            }
            if self.take_whole(&ENDING) {
                return true;
            }
        }
        self.at = start;
        false
    }
}

impl ParsedSymbol {
    fn set_resumption(&mut self, resumption: u8) -> Option<()> {
        let free = self.symbol.series() != Series::Letter && self.symbol.resumption() == 0;
        self.symbol = self.symbol.clone().with_resumption(resumption);
        free.then_some(())
    }

    fn set_part(&mut self, part: u8) -> Option<()> {
        let free = self.symbol.series() != Series::Letter && self.symbol.part() == 0;
        self.symbol = self.symbol.clone().with_part(part);
        free.then_some(())
    }
}

/// The slashes people and word processors write.
fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\' | '⁄' | '∕')
}

/// The text in lower case, without accents, full-width forms and invisible characters. White space
/// of any kind and control characters become spaces.
fn fold(text: &str) -> Vec<char> {
    text.replace("%20", " ")
        .nfkd()
        .filter(|&c| !is_combining_mark(c))
        .filter_map(|c| {
            if c.is_whitespace() || c.is_control() {
                Some(' ')
            } else if harmless::is_harmful(c) || matches!(c, '\u{200C}' | '\u{200D}') {
                None
            } else {
                Some(digit(c))
            }
        })
        .flat_map(char::to_lowercase)
        // Lower-casing can add a mark: `İ` becomes `i` and a dot above.
        .filter(|&c| !is_combining_mark(c))
        .collect()
}

/// Converts an Arabic or Persian digit to ASCII; any other character is unchanged.
fn digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Whether a folded letter is `wanted` or can replace it: Cyrillic and Greek letters that look like
/// it, and those typed for S, P and V on such a keyboard.
fn reads_as(c: char, wanted: char) -> bool {
    if c == wanted {
        return true;
    }
    let alike: &[char] = match wanted {
        'a' => &['а', 'α'],
        'c' => &['с', 'ϲ'],
        'e' => &['е', 'ε'],
        'i' => &['і', 'ι', 'ӏ'],
        'm' => &['м', 'μ'],
        'o' => &['о', 'ο'],
        'p' => &['р', 'п', 'ρ', 'π'],
        's' => &['ѕ', 'с', 'ꜱ', 'σ', 'ς'],
        't' => &['т', 'τ'],
        'u' => &['υ'],
        'v' => &['ѵ', 'в', 'ν'],
        'x' => &['х', 'χ'],
        _ => &[],
    };
    alike.contains(&c)
}
