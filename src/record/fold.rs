//! Folding of letters, so that differences in spelling do not matter when texts are compared.
//!
//! There are four levels. Each one folds what the level above it folds, and more:
//!
//! | level | folds | lengths |
//! | --- | --- | --- |
//! | [`letter`], [`text`] | case and accents | one character to one |
//! | [`shape`], [`shapes`] | width, and the kinds of apostrophe, quotation mark, dash and space | one to one |
//! | [`name`] | accents that are separate characters, invisible characters, repeated spaces | shorter |
//! | [`push_word`] | ligatures and letters such as `æ`; drops what is no letter or digit | any |
//!
//! Compiled by this crate and by `build.rs`, so that the names inside the program and the name that is
//! looked up are folded alike.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The end of the table of folded letters; Latin, Greek, Cyrillic and Arabic are below it.
const TABLED: u32 = 0x700;

/// The folded letters below [`TABLED`], by code point. Without the table, decomposing each letter
/// took a fifth of the time of an import.
static TABLE: LazyLock<Vec<char>> =
    LazyLock::new(|| (0..TABLED).map(|n| char::from_u32(n).map_or('\0', decomposed)).collect());

/// One letter folded to one letter: lower case, without its accents.
///
/// Always one to one, so that a position in the folded text is the same position in the original,
/// counted in characters.
pub fn letter(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    // Dashes and quotation marks, and Chinese: neither has case or accents.
    if matches!(c, '\u{2010}'..='\u{2027}' | '\u{4e00}'..='\u{9fff}') {
        return c;
    }
    TABLE.get(c as usize).copied().unwrap_or_else(|| decomposed(c))
}

/// Folds a letter by its decomposition, without the table.
fn decomposed(c: char) -> char {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// A text folded letter by letter; it has as many characters as the original.
pub fn text(text: &str) -> String {
    text.chars().map(letter).collect()
}

/// One character folded to one: as [`letter`], and full-width forms to the usual ones, every apostrophe to
/// `'`, every double quotation mark to `"`, hyphens and dashes to `-`, and every white space to a space.
pub fn shape(c: char) -> char {
    match c {
        '!'..='~' => c.to_ascii_lowercase(),
        c if c.is_whitespace() => ' ',
        c if c.is_ascii() => c,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '\u{FF01}'..='\u{FFEF}' => {
            // Full-width forms of one usual character; others are left as they are.
            let mut usual = std::iter::once(c).nfkc();
            match (usual.next(), usual.next()) {
                (Some(one), None) if one != c => shape(one),
                _ => letter(c),
            }
        }
        _ => letter(c),
    }
}

/// A text folded by [`shape`]; it has as many characters as the original.
pub fn shapes(text: &str) -> String {
    text.chars().map(shape).collect()
}

/// Whether a character is never seen by itself: a soft hyphen, tatweel, a joiner, a direction, a byte order
/// mark, or an accent that is a character of its own.
pub fn is_unseen(c: char) -> bool {
    !c.is_ascii()
        && (matches!(c, '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
            || is_combining_mark(c))
}

/// A character of a name: folded by [`shape`], and a grave accent as an apostrophe.
pub fn name_letter(c: char) -> char {
    if c == '`' { '\'' } else { shape(c) }
}

/// A text for comparing names: folded by [`name_letter`], without [unseen](is_unseen) characters, with single
/// spaces and none around it.
pub fn name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaced = true;
    for c in text.chars().filter(|c| !is_unseen(*c)) {
        let c = name_letter(c);
        if c != ' ' || !spaced {
            out.push(c);
        }
        spaced = c == ' ';
    }
    out.truncate(out.trim_end().len());
    out
}

/// Appends a character as the words of the index have it: folded by its compatibility decomposition, with
/// ligatures as two letters. What is neither letter nor digit is dropped.
pub fn push_word(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for base in std::iter::once(c).nfkd() {
        for lower in base.to_lowercase() {
            match lower {
                'æ' => into.push_str("ae"),
                'œ' => into.push_str("oe"),
                'ß' => into.push_str("ss"),
                'ø' => into.push('o'),
                'đ' => into.push('d'),
                'ł' => into.push('l'),
                'ı' => into.push('i'),
                'ς' => into.push('σ'),
                // A letter may fold to an apostrophe, which is a sign.
                'ʼ' | 'ʻ' | '\u{640}' => {}
                c if c.is_alphanumeric() && !is_combining_mark(c) => into.push(c),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_and_the_short_ways_change_no_letter() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(letter(c), decomposed(c), "{c:?}");
        }
    }

    #[test]
    fn letters_that_are_the_same() {
        for (a, b) in [
            ("Côte d’Ivoire", "cote d'ivoire"),
            ("ＵＮ　２０１９", "un 2019"),
            ("“peace”", "\"peace\""),
            ("people–to‑people", "people-to-people"),
            ("Қазақстан", "қазақстан"),
            ("a\u{a0}b\u{2009}c", "a b c"),
        ] {
            assert_eq!(shapes(a), shapes(b), "{a}");
        }
    }

    proptest! {
        #[test]
        fn one_to_one_without_capitals_and_once_for_all(text in "\\PC{0,40}") {
            let once = shapes(&text);
            prop_assert_eq!(once.chars().count(), text.chars().count());
            prop_assert!(!once.chars().any(|c| c.is_ascii_uppercase()));
        }
    }

    #[test]
    fn names_that_are_the_same() {
        for (a, b) in [
            ("  S’ABSTIENNENT  Éàü ", "s'abstiennent eau"),
            ("Se\u{301}ance", "séance"),
            ("Secretary–General", "secretary-general"),
            ("Ko\u{ad}rea\u{200b}", "KOREA"),
        ] {
            assert_eq!(name(a), name(b), "{a}");
        }
    }
}
