//! Finds words in one text, for `/` in the reader.
//!
//! The text is read once, with its letters folded as in [`fold`], so that case, accents, width and the
//! shape of apostrophes and quotation marks do not matter. Any run of white space is one space; soft hyphens, zero-width
//! characters and combining accents are skipped. Matches are byte ranges of the original text.

use std::ops::Range;

use crate::record::fold;

/// The first `most` matches of the needle, in order and not overlapping, as byte ranges on character boundaries of `text`.
/// An empty needle, or one of only white space, has no match.
///
/// A range includes the accents of its last letter.
pub fn find_in_text(text: &str, needle: &str, most: usize) -> Vec<Range<usize>> {
    let needle: String = folded_letters(needle).map(|(_, c)| c).collect();
    let needle: Vec<char> = needle.trim().chars().collect();
    let Some(&first) = needle.first() else { return Vec::new() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut letters, may_start) = (folded_letters(text), may_start(first));
    // Cloning the iterator copies no text.
    while found.len() < most {
        letters.skip_to(&may_start);
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

/// The folded letters of a text, each with its bytes.
fn folded_letters(text: &str) -> FoldedLetters<'_> {
    FoldedLetters { text, at: 0 }
}

#[derive(Clone)]
struct FoldedLetters<'a> {
    text: &'a str,
    /// Bytes read.
    at: usize,
}

impl FoldedLetters<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Skips bytes that cannot start a letter that folds to the wanted one: most of a text.
    fn skip_to(&mut self, may_start: &[bool; 256]) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let found = rest.iter().position(|&byte| may_start[usize::from(byte)]);
        self.at += found.unwrap_or(rest.len());
    }
}

/// The first bytes of the characters that may fold to a letter.
fn may_start(letter: char) -> [bool; 256] {
    let own = letter.encode_utf8(&mut [0; 4]).as_bytes()[0];
    let mut table = [false; 256];
    for byte in 0..=u8::MAX {
        table[usize::from(byte)] = match byte {
            0..=0x7F => byte.to_ascii_lowercase() == own,
            // Within a letter.
            0x80..=0xBF => false,
            // Accents; Cyrillic, Hebrew and Arabic: none folds to ASCII.
            0xCC | 0xD0..=0xDB if own < 0x80 => false,
            // Chinese characters fold to themselves.
            0xE4..=0xE9 => byte == own,
            _ => true,
        };
    }
    table
}

impl Iterator for FoldedLetters<'_> {
    type Item = (Range<usize>, char);

    fn next(&mut self) -> Option<Self::Item> {
        let c = loop {
            let c = self.peek()?;
            self.at += c.len_utf8();
            if !is_skipped(c) {
                break c;
            }
        };
        let start = self.at - c.len_utf8();
        let space = c.is_whitespace();
        while let Some(more) = self.peek()
            && (is_skipped(more) || (space && more.is_whitespace()))
        {
            self.at += more.len_utf8();
        }
        Some((start..self.at, if space { ' ' } else { fold::shape(c) }))
    }
}

/// Characters that are skipped: soft hyphens, zero-width characters, directional marks and combining accents.
fn is_skipped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        find_in_text(text, needle, usize::MAX).into_iter().map(|r| &text[r]).collect()
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
        assert!(find_in_text("any text", "", usize::MAX).is_empty());
        assert!(find_in_text("any text", " \n ", usize::MAX).is_empty());
        assert!(find_in_text("any text", "\u{301}", usize::MAX).is_empty());
        assert!(find_in_text("", "a", usize::MAX).is_empty());
        assert!(find_in_text("a", "aa", usize::MAX).is_empty());
    }

    /// The same, slow and simple: all letters in a list, and the needle tried at every index.
    fn plain(text: &str, needle: &str) -> Vec<Range<usize>> {
        let mut list: Vec<(usize, usize, char)> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            match list.last_mut() {
                Some(last) if is_skipped(c) => last.1 = end,
                None if is_skipped(c) => {}
                Some(last) if c.is_whitespace() && last.2 == ' ' => last.1 = end,
                _ => list.push((at, end, fold::shape(c))),
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
        let folded: String = text.chars().filter(|c| !is_skipped(*c)).map(fold::shape).collect();
        folded.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn equals_the_plain_way(
            text in "[abAÁ’' \n\u{301}\u{AD}Ａ]{0,60}|\\PC{0,60}",
            needle in "[abá' \u{301}]{1,4}|\\PC{1,2}",
        ) {
            let found = find_in_text(&text, &needle, usize::MAX);
            prop_assert_eq!(&found, &plain(&text, &needle));
            for range in found {
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                prop_assert!(!range.is_empty());
            }
        }

        #[test]
        fn a_piece_of_the_text_is_found(text in "[\\PC]{1,60}", from in 0_usize..60, len in 1_usize..10) {
            let piece: String = text.chars().skip(from).take(len).collect();
            // White space alone has no match, and a piece that starts with an accent has lost its letter.
            let bare = piece.trim();
            if !plain_letters(bare).is_empty() && !bare.starts_with(is_skipped) {
                prop_assert!(!find_in_text(&text, &piece, usize::MAX).is_empty());
            }
        }
    }
}
