//! Words inside one text, for `/` in the reader.
//!
//! The text is read once, letter by letter as [`letters`](super::letters) folds them, so that
//! case, accents, width and the shape of apostrophes and quotation marks do not matter; white space of any
//! length and kind is one space; soft hyphens, zero-width characters and combining accents are
//! passed over. What comes back are bytes of the text as it is.

use std::ops::Range;

use super::letters::fold;

/// Where the needle stands in the text, in order and not overlapping: byte ranges on character
/// boundaries of `text`, no more than the first `most`. An empty needle, or one of white space alone, stands
/// nowhere.
///
/// A range ends behind the accents of its last letter, so that none is left without its letter.
#[must_use]
pub fn find(text: &str, needle: &str, most: usize) -> Vec<Range<usize>> {
    let needle: String = seen(needle).map(|(_, c)| c).collect();
    let needle: Vec<char> = needle.trim().chars().collect();
    let Some(&first) = needle.first() else { return Vec::new() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut letters, may_begin) = (seen(text), may_begin(first));
    // A copy of the iterator is a place to go on from; copying it copies no text.
    while found.len() < most {
        letters.skip_to(&may_begin);
        let Some((range, c)) = letters.next() else { break };
        if c != first {
            continue;
        }
        let mut ahead = letters.clone();
        let mut end = range.end;
        let matches = needle[1..].iter().all(|want| match ahead.next() {
            Some((range, c)) if c == *want => {
                end = range.end;
                true
            }
            _ => false,
        });
        if matches {
            found.push(range.start..end);
            letters = ahead;
        }
    }
    found
}

/// The letters of a text as search sees them, each with the bytes it stands for.
fn seen(text: &str) -> Seen<'_> {
    Seen { text, at: 0 }
}

#[derive(Clone)]
struct Seen<'a> {
    text: &'a str,
    /// Bytes read.
    at: usize,
}

impl Seen<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Passes over bytes with which no letter begins that is seen as the one that is looked for: most of a text.
    fn skip_to(&mut self, may_begin: &[bool; 256]) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let found = rest.iter().position(|&byte| may_begin[usize::from(byte)]);
        self.at += found.unwrap_or(rest.len());
    }
}

/// The bytes with which a letter may begin that is seen as this one, which is folded.
fn may_begin(letter: char) -> [bool; 256] {
    let own = letter.encode_utf8(&mut [0; 4]).as_bytes()[0];
    let mut table = [false; 256];
    for byte in 0..=u8::MAX {
        table[usize::from(byte)] = match byte {
            0..=0x7F => byte.to_ascii_lowercase() == own,
            // Within a letter.
            0x80..=0xBF => false,
            // Accents; Cyrillic, Hebrew and Arabic: none is seen as a Latin letter or a sign of ASCII.
            0xCC | 0xD0..=0xDB if own < 0x80 => false,
            // Chinese letters are seen as they are.
            0xE4..=0xE9 => byte == own,
            _ => true,
        };
    }
    table
}

impl Iterator for Seen<'_> {
    type Item = (Range<usize>, char);

    fn next(&mut self) -> Option<Self::Item> {
        let c = loop {
            let c = self.peek()?;
            self.at += c.len_utf8();
            if !is_passed_over(c) {
                break c;
            }
        };
        let start = self.at - c.len_utf8();
        let space = c.is_whitespace();
        while let Some(more) = self.peek()
            && (is_passed_over(more) || (space && more.is_whitespace()))
        {
            self.at += more.len_utf8();
        }
        Some((start..self.at, if space { ' ' } else { fold(c) }))
    }
}

/// Characters that make no difference: soft hyphen, zero-width characters, marks of direction, and
/// the accents that are characters of their own.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        find(text, needle, usize::MAX).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn what_is_the_same_is_found() {
        // Sentences invented for this test.
        let text = "The Council’s  work\nand the COUNCIL'S words: “Côte d’Ivoire”, cote d'ivoire, Co\u{302}te.";
        assert_eq!(words(text, "council's"), ["Council’s", "COUNCIL'S"]);
        assert_eq!(words(text, "côte"), ["Côte", "cote", "Co\u{302}te"]);
        assert_eq!(words(text, "work and"), ["work\nand"]);
        assert_eq!(words(text, "S   WORK"), ["s  work"]);
        assert_eq!(words(text, "\"cote"), ["“Côte"]);
        assert_eq!(words("ＵＮ and UN", "un"), ["ＵＮ", "UN"]);
        assert_eq!(words("примирЕние", "Примирение"), ["примирЕние"]);
        assert_eq!(words("recon\u{AD}ciliation", "reconcil"), ["recon\u{AD}cil"]);
        assert_eq!(words("和解是和平", "和"), ["和", "和"]);
        assert_eq!(words("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(words("e\u{301}tat", "e"), ["e\u{301}"]);
    }

    #[test]
    fn nothing_to_find() {
        assert!(find("any text", "", usize::MAX).is_empty());
        assert!(find("any text", " \n ", usize::MAX).is_empty());
        assert!(find("any text", "\u{301}", usize::MAX).is_empty());
        assert!(find("", "a", usize::MAX).is_empty());
        assert!(find("a", "aa", usize::MAX).is_empty());
    }

    /// The same, slow and plain: all letters in a list, the needle tried at every place.
    fn plain(text: &str, needle: &str) -> Vec<Range<usize>> {
        let mut list: Vec<(usize, usize, char)> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            match list.last_mut() {
                Some(last) if is_passed_over(c) => last.1 = end,
                None if is_passed_over(c) => {}
                Some(last) if c.is_whitespace() && last.2 == ' ' => last.1 = end,
                _ => list.push((at, end, fold(c))),
            }
        }
        let want = plain_letters(needle);
        let mut found = Vec::new();
        let mut at = 0;
        while !want.is_empty() && at + want.len() <= list.len() {
            let here = &list[at..at + want.len()];
            if here.iter().map(|l| l.2).eq(want.iter().copied()) {
                found.push(here[0].0..here[want.len() - 1].1);
                at += want.len();
            } else {
                at += 1;
            }
        }
        found
    }

    fn plain_letters(text: &str) -> Vec<char> {
        let folded: String = text.chars().filter(|c| !is_passed_over(*c)).map(fold).collect();
        folded.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn equals_the_plain_way(
            text in "[abAÁ’' \n\u{301}\u{AD}Ａ]{0,60}|\\PC{0,60}",
            needle in "[abá' \u{301}]{1,4}|\\PC{1,2}",
        ) {
            let found = find(&text, &needle, usize::MAX);
            prop_assert_eq!(&found, &plain(&text, &needle));
            for range in found {
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                prop_assert!(!range.is_empty());
            }
        }

        #[test]
        fn a_piece_of_the_text_is_found(text in "[\\PC]{1,60}", from in 0_usize..60, len in 1_usize..10) {
            let piece: String = text.chars().skip(from).take(len).collect();
            // White space alone stands nowhere, and a piece that begins with an accent has lost its letter.
            let bare = piece.trim();
            if !plain_letters(bare).is_empty() && !bare.starts_with(is_passed_over) {
                prop_assert!(!find(&text, &piece, usize::MAX).is_empty());
            }
        }
    }
}
