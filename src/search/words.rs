//! Splits and folds a text into words, in the same way for the index, queries, marks and snippets.
//!
//! A text is read in chunks. A **chunk** is a run of letters and digits, with hyphens, apostrophes, full stops, commas
//! and slashes inside it: `peace-building`, `Council’s`, `S/2019/823`, `6,500`. Its **parts** are the runs between those
//! signs. A chunk of several parts is also one word as a whole, without hyphens, apostrophes and commas (`peacebuilding`,
//! `councils`, `6500`), with slashes, and with full stops next to a digit (`s/pv.8668`, `2.5`, but `un`). So a compound
//! is found whole and in parts. Letters are folded by NFKD: without case, accents, Arabic vowel signs, tatweel and width.
//! A run of Han characters is a chunk in which every character is a part; the index has pairs of them, because Chinese
//! has no spaces.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::record::fold;

/// The distance between two paragraphs in positions: no phrase or `near` reaches across it.
pub const GAP: u32 = 64;
/// The longest folded word, in bytes; longer ones are cut.
pub const LONGEST: usize = 120;
/// The most parts of a chunk that is also a word as a whole.
pub const MOST_PARTS: usize = 12;
/// The term of the index at the position of every part of a compound but the first. No word begins with a hyphen.
pub const JOINT: &str = "-";

/// A folded word and its bytes in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The folded letters, as a range of [`Chunk::letters`].
    letters: Range<usize>,
    /// The byte range in the text, on character boundaries.
    pub at: Range<usize>,
}

/// A run of letters with signs inside it. It is reused for the next chunk, so that a text of any length is read without
/// allocating.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    letters: String,
    parts: Vec<Word>,
    whole: Option<Word>,
    /// Whether its parts are Han characters.
    pub han: bool,
}

impl Chunk {
    /// The parts, in order; never empty after [`Chunks::read`] returned `true`.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = (&str, &Range<usize>)> {
        self.parts.iter().map(|word| (self.folded(word), &word.at))
    }

    /// Part `n`.
    fn part(&self, n: usize) -> Option<(&str, Range<usize>)> {
        self.parts.get(n).map(|word| (self.folded(word), word.at.clone()))
    }

    /// The folded letters of part `n` and of the next one, if there is one: a pair of Han characters.
    pub fn pair(&self, n: usize) -> Option<(&str, Range<usize>)> {
        let first = self.parts.get(n)?;
        let last = self.parts.get(n + 1).unwrap_or(first);
        let letters = self.letters.get(first.letters.start..last.letters.end)?;
        Some((letters, first.at.start..last.at.end))
    }

    /// The term of the index at position `n`: the part, or the pair of Han characters that starts there.
    pub fn term(&self, n: usize) -> Option<(&str, Range<usize>)> {
        if self.han { self.pair(n) } else { self.part(n) }
    }

    /// The word as a whole, if it has several parts and is not Han.
    pub fn whole(&self) -> Option<(&str, &Range<usize>)> {
        self.whole.as_ref().map(|word| (self.folded(word), &word.at))
    }

    /// The word as a whole, or its only part.
    pub fn word(&self) -> &str {
        let word = self.whole.as_ref().or_else(|| self.parts.first());
        word.map_or("", |word| self.folded(word))
    }

    /// Its byte range in the text.
    pub fn at(&self) -> Range<usize> {
        match (self.parts.first(), self.parts.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => 0..0,
        }
    }

    fn folded(&self, word: &Word) -> &str {
        self.letters.get(word.letters.clone()).unwrap_or("")
    }

    fn clear(&mut self) {
        self.letters.clear();
        self.parts.clear();
        self.whole = None;
        self.han = false;
    }

    /// Ends the part that starts at `letters`.
    fn end_part(&mut self, letters: usize, at: Range<usize>) {
        let end = self.letters.floor_char_boundary(self.letters.len().min(letters + LONGEST));
        self.letters.truncate(end);
        if end > letters {
            self.parts.push(Word { letters: letters..end, at });
        }
    }

    /// Joins the parts and the signs between them to the word as a whole.
    fn end(&mut self, signs: &[char]) {
        if self.han || self.parts.len() < 2 || self.parts.len() > MOST_PARTS {
            return;
        }
        let start = self.letters.len();
        for n in 0..self.parts.len() {
            let range = self.parts[n].letters.clone();
            if n > 0 {
                let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
                let beside = digit(self.letters.chars().next_back())
                    || digit(self.letters[range.clone()].chars().next());
                match signs.get(n - 1) {
                    Some('/') => self.letters.push('/'),
                    Some('.') if beside => self.letters.push('.'),
                    _ => {}
                }
            }
            self.letters.extend_from_within(range);
        }
        let end = self.letters.floor_char_boundary(self.letters.len().min(start + LONGEST));
        self.letters.truncate(end);
        self.whole = Some(Word { letters: start..end, at: self.at() });
    }
}

/// The class of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Han,
    /// A sign that joins two parts: `-`, `'`, `/`, `.` or `,`.
    Sign(char),
    /// Skipped: marks, joiners, soft hyphens, tatweel.
    Skipped,
    Break,
}

/// Reads the chunks of a text, one after another.
#[derive(Clone, Debug)]
pub struct Chunks<'a> {
    text: &'a str,
    at: usize,
    signs: Vec<char>,
}

impl<'a> Chunks<'a> {
    /// Reads from the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, signs: Vec::new() }
    }

    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text.get(self.at..)?.chars().next(),
            None => None,
        }
    }

    /// Reads the next chunk; `false` if there is none.
    pub fn read(&mut self, chunk: &mut Chunk) -> bool {
        chunk.clear();
        loop {
            let Some(c) = self.peek() else { return false };
            match classify(c) {
                Class::Letter => self.letters(chunk),
                Class::Han => self.han(chunk),
                _ => {
                    self.at += c.len_utf8();
                    continue;
                }
            }
            if !chunk.parts.is_empty() {
                return true;
            }
        }
    }

    /// Reads the next chunk if it is a plain word, as nearly all are: ASCII letters and digits, followed by something that
    /// ends a chunk. Returns its byte range and the word as written. `None` if the next chunk is another one, or there is
    /// none: then [`read`](Self::read) continues.
    pub fn plain(&mut self) -> Option<(Range<usize>, &'a str)> {
        let bytes = self.text.as_bytes();
        let class_of = |byte: &u8| CLASSES[usize::from(*byte)];
        let passed = |class| matches!(class, Some(Class::Break | Class::Sign(_)));
        let rest = bytes.get(self.at..)?;
        let start = rest.iter().position(|byte| !passed(class_of(byte)));
        let rest = &rest[start.unwrap_or(rest.len())..];
        self.at = bytes.len() - rest.len();
        let letters = rest.iter().position(|byte| class_of(byte) != Some(Class::Letter));
        let end = self.at + letters.unwrap_or(rest.len());
        let ended = match bytes.get(end).map(class_of) {
            None | Some(Some(Class::Break)) => true,
            Some(Some(Class::Sign(_))) => {
                bytes.get(end + 1).is_none_or(|byte| passed(class_of(byte)))
            }
            Some(_) => false,
        };
        if !ended || end == self.at || end - self.at > LONGEST {
            return None;
        }
        let at = self.at..end;
        self.at = end;
        Some((at.clone(), self.text.get(at)?))
    }

    fn letters(&mut self, chunk: &mut Chunk) {
        self.signs.clear();
        loop {
            let (letters, start) = (chunk.letters.len(), self.at);
            self.latin(chunk);
            while let Some(c) = self.peek() {
                match classify(c) {
                    Class::Letter => fold::push_word(c, &mut chunk.letters),
                    Class::Skipped => {}
                    _ => break,
                }
                self.at += c.len_utf8();
            }
            chunk.end_part(letters, start..self.at);
            let Some(sign) = self.sign() else { break };
            self.signs.push(sign);
        }
        chunk.end(&self.signs);
    }

    /// Reads ASCII letters and digits at once: most of nearly every text.
    fn latin(&mut self, chunk: &mut Chunk) {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let from = chunk.letters.len();
        chunk.letters.push_str(&rest[..end]);
        chunk.letters[from..].make_ascii_lowercase();
        self.at += end;
    }

    /// Reads a sign that is followed by a letter; a comma joins only digits.
    fn sign(&mut self) -> Option<char> {
        let c = self.peek()?;
        let Class::Sign(sign) = classify(c) else { return None };
        let next = self.text.get(self.at + c.len_utf8()..)?.chars().next()?;
        let before = self.text.get(..self.at)?.chars().next_back();
        let digits = next.is_numeric() && before.is_some_and(char::is_numeric);
        if classify(next) != Class::Letter || (sign == ',' && !digits) {
            return None;
        }
        self.at += c.len_utf8();
        Some(sign)
    }

    fn han(&mut self, chunk: &mut Chunk) {
        chunk.han = true;
        while let Some(c) = self.peek() {
            let (letters, start) = (chunk.letters.len(), self.at);
            match classify(c) {
                Class::Han => {
                    self.at += c.len_utf8();
                    chunk.letters.extend(std::iter::once(c).nfkc());
                    chunk.end_part(letters, start..self.at);
                }
                Class::Skipped => self.at += c.len_utf8(),
                _ => break,
            }
        }
    }
}

/// The class of each ASCII character; `None` for a byte of any other.
const CLASSES: [Option<Class>; 256] = {
    let mut classes = [None; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = Some(match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            sign @ (b'-' | b'\'' | b'/' | b'.' | b',') => Class::Sign(sign as char),
            b'_' => Class::Sign('-'),
            b'`' => Class::Sign('\''),
            _ => Class::Break,
        });
        byte += 1;
    }
    classes
};

fn classify(c: char) -> Class {
    if let Ok(byte) = u8::try_from(c)
        && let Some(class) = CLASSES[usize::from(byte)]
    {
        return class;
    }
    match c {
        '\u{300}'..='\u{36F}'
        | '\u{AD}'
        | '\u{640}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' => Class::Skipped,
        '’' | '‘' | 'ʼ' | 'ʻ' | '′' | '´' | '＇' | '‛' => Class::Sign('\''),
        '\u{2010}'..='\u{2013}' | '−' | '－' => Class::Sign('-'),
        '．' => Class::Sign('.'),
        '／' => Class::Sign('/'),
        '，' => Class::Break,
        '々'
        | '〇'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' => Class::Han,
        '\u{2F00}'..='\u{2FDF}' | '\u{20000}'..='\u{3FFFF}' => Class::Han,
        // Han characters in circles or brackets, or several in one: not words.
        '\u{2E80}'..='\u{2EFF}' | '\u{3021}'..='\u{303A}' | '\u{3190}'..='\u{33FF}' => Class::Break,
        '\u{1F100}'..='\u{1F2FF}' => Class::Break,
        c if is_combining_mark(c) => Class::Skipped,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Break,
    }
}

/// Calls `found` for the words of a text as the index has them: folded, with their position and bytes, in ascending order
/// of positions. A chunk gives its whole and then its parts, the first at the position of the whole; Han characters give
/// pairs, and the last of a run alone.
pub fn each_word(text: &str, mut found: impl FnMut(&str, u32, Range<usize>)) {
    each_word_while(text, |word, place, at| {
        found(word, place, at);
        true
    });
}

/// As [`each_word`], until `found` returns `false`.
pub fn each_word_while(text: &str, mut found: impl FnMut(&str, u32, Range<usize>) -> bool) {
    each_numbered_word_while(text, |word, place, _, at| found(word, place, at));
}

/// As [`each_word_while`]; `found` also gets the number of the word when a compound is counted as one.
pub fn each_numbered_word_while(
    text: &str,
    mut found: impl FnMut(&str, u32, u32, Range<usize>) -> bool,
) {
    let (mut chunks, mut chunk, mut place) = (Chunks::new(text), Chunk::default(), 0_u32);
    let mut joints = 0;
    while chunks.read(&mut chunk) {
        if let Some((whole, at)) = chunk.whole()
            && !found(whole, place, place.saturating_sub(joints), at.clone())
        {
            return;
        }
        let is_compound = chunk.whole().is_some();
        for n in 0..chunk.parts().len() {
            let position = place.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
            joints += u32::from(is_compound && n > 0);
            if let Some((term, at)) = chunk.term(n)
                && !found(term, position, position.saturating_sub(joints), at)
            {
                return;
            }
        }
        place = place.saturating_add(u32::try_from(chunk.parts().len()).unwrap_or(u32::MAX));
    }
}

/// The folded words of a name, for fields: parts and wholes, each once, in order.
pub fn words_of_name(text: &str) -> Vec<String> {
    let (mut words, mut known) = (Vec::new(), HashSet::new());
    each_word(text, |word, _, _| {
        if !known.contains(word) {
            known.insert(word.to_owned());
            words.push(word.to_owned());
        }
    });
    words
}

/// Folds a name to its parts with one space between them, so that names that differ only in form are equal.
pub fn fold_name(text: &str) -> String {
    let (mut chunks, mut chunk, mut name) = (Chunks::new(text), Chunk::default(), String::new());
    while chunks.read(&mut chunk) {
        for (part, _) in chunk.parts() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(part);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<(String, u32)> {
        let mut words = Vec::new();
        each_word(text, |word, place, _| words.push((word.to_owned(), place)));
        words
    }

    fn letters(text: &str) -> String {
        words(text).iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_table_of_foldings() {
        for (text, folded) in [
            ("The COUNCIL met.", "the council met"),
            ("Côte d’Ivoire", "cote divoire d ivoire"),
            ("Cote d'Ivoire", "cote divoire d ivoire"),
            ("ＵＮ　２０１９", "un 2019"),
            ("peace-building", "peacebuilding peace building"),
            ("peace\u{ad}building", "peacebuilding"),
            ("people–to‑people", "peopletopeople people to people"),
            ("yes—no", "yes no"),
            ("resolution 2254 (2015)", "resolution 2254 2015"),
            ("S/2019/823", "s/2019/823 s 2019 823"),
            ("S/PV.8668", "s/pv.8668 s pv 8668"),
            ("6,500 of 2.5 per cent, no", "6500 6 500 of 2.5 2 5 per cent no"),
            ("the U.N. is", "the un u n is"),
            ("end.Next", "endnext end next"),
            ("e\u{301}te\u{301} É", "ete e"),
            ("Ёлка Йод", "елка иод"),
            ("مُحَمَّد أَحْمَد الـــعربية", "محمد احمد العربية"),
            ("Straße Œuvre Łódź", "strasse oeuvre lodz"),
            ("安全理事会 会", "安全 全理 理事 事会 会 会"),
            ("第2254号", "第 2254 号"),
            ("'quoted' -x- a- -", "quoted x a"),
            ("ŉ Ⅻ ½", "n xii 12"),
            ("", ""),
        ] {
            assert_eq!(letters(text), folded, "{text}");
        }
    }

    #[test]
    fn every_part_has_a_place() {
        let pairs = |list: &[(&str, u32)]| -> Vec<(String, u32)> {
            list.iter().map(|(word, place)| ((*word).to_owned(), *place)).collect()
        };
        assert_eq!(
            words("the well-known 会议 x"),
            pairs(&[
                ("the", 0),
                ("wellknown", 1),
                ("well", 1),
                ("known", 2),
                ("会议", 3),
                ("议", 4),
                ("x", 5)
            ])
        );
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(fold_name("CÔTE D’IVOIRE"), fold_name("Cote d'Ivoire"));
        assert_eq!(fold_name("Guinea-Bissau"), "guinea bissau");
    }

    proptest! {
        #[test]
        fn bytes_are_of_the_text_and_places_rise(text in prop_oneof![
            any::<String>(),
            "[a-cÉ会议\u{301}\u{640} .,/'’-]{0,40}",
        ]) {
            let mut last = 0;
            each_word(&text, |word, place, at| {
                assert!(!word.is_empty() && word.len() <= LONGEST);
                assert!(text.get(at.clone()).is_some_and(|t| !t.is_empty()), "{at:?}");
                assert!(word.chars().all(|c| c.is_alphanumeric() || "/.".contains(c)), "{word}");
                assert!(place >= last);
                last = place;
            });
        }

        #[test]
        fn a_folded_word_folds_to_itself(text in prop_oneof![any::<String>(), "\\PC{0,12}"]) {
            each_word(&text, |word, _, _| {
                if !word.contains(['/', '.']) && word.len() + 4 < LONGEST {
                    let mut again = Vec::new();
                    each_word(word, |w, _, _| again.push(w.to_owned()));
                    // A pair of Han characters is read as a pair and its last character.
                    assert_eq!(again.first().map(String::as_str), Some(word));
                }
            });
        }

        #[test]
        fn case_and_accents_do_not_matter(text in "[a-zéñüА-Яа-я '’.-]{0,40}") {
            prop_assert_eq!(words(&text), words(&text.to_uppercase()));
            let marked: String = text.nfd().collect();
            prop_assert_eq!(words(&text), words(&marked));
        }
    }
}
