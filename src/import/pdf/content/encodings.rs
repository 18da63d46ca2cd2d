//! The meaning of the codes of a simple font: three tables of ISO 32000-1, Annex D, and the names of glyphs.
//!
//! The tables have one character per code, from the code given in their comment; a space means none. Of
//! the long list of glyph names only those that Latin records can use are here. A letter with an accent is
//! composed from the two parts of its name.

use unicode_normalization::char::compose;

/// An encoding that a font may be based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseEncoding {
    /// Adobe's standard encoding, for fonts that are not embedded and name no other.
    Standard,
    /// Windows, code page 1252.
    Windows,
    /// The old Macintosh.
    Macintosh,
}

/// StandardEncoding from code 160.
const STANDARD: [&str; 2] = [
    " ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ",
    "—                Æ ª    ŁØŒº     æ   ı  łøœß    ",
];

/// WinAnsiEncoding from code 128 to 159; above it is Latin-1.
const WINDOWS: [&str; 1] = ["€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ"];

/// MacRomanEncoding from code 128.
const MACINTOSH: [&str; 3] = [
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ",
    "∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ",
    "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
];

impl BaseEncoding {
    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        let from = |table: &[&str], first: u8| {
            let place = usize::from(code.checked_sub(first)?);
            table.iter().flat_map(|row| row.chars()).nth(place).filter(|c| *c != ' ')
        };
        match (self, code) {
            (_, 0..32 | 127) => None,
            (Self::Standard, 39) => Some('’'),
            (Self::Standard, 96) => Some('‘'),
            (_, 32..127) => Some(char::from(code)),
            (Self::Standard, _) => from(&STANDARD, 160),
            // ISO 32000-1, Annex D.1, note 6: the hyphen has a second code, and so has the space.
            (Self::Windows, 173) => Some('-'),
            (Self::Windows, 160) => Some(' '),
            (Self::Windows, 128..160) => from(&WINDOWS, 128),
            (Self::Windows, _) => Some(char::from(code)),
            (Self::Macintosh, 202) => Some(' '),
            (Self::Macintosh, _) => from(&MACINTOSH, 128),
        }
    }
}

/// Names of glyphs of more than one letter.
const NAMES: [(&str, char); 129] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("quoteright", '’'),
    ("quoteleft", '‘'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("sfthyphen", '\u{ad}'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("exclamdown", '¡'),
    ("cent", '¢'),
    ("sterling", '£'),
    ("fraction", '⁄'),
    ("yen", '¥'),
    ("florin", 'ƒ'),
    ("section", '§'),
    ("currency", '¤'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
    ("endash", '–'),
    ("emdash", '—'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("periodcentered", '·'),
    ("paragraph", '¶'),
    ("bullet", '•'),
    ("quotesinglbase", '‚'),
    ("quotedblbase", '„'),
    ("ellipsis", '…'),
    ("perthousand", '‰'),
    ("questiondown", '¿'),
    ("acute", '´'),
    ("circumflex", 'ˆ'),
    ("tilde", '˜'),
    ("macron", '¯'),
    ("breve", '˘'),
    ("dotaccent", '˙'),
    ("dieresis", '¨'),
    ("ring", '˚'),
    ("cedilla", '¸'),
    ("ogonek", '˛'),
    ("caron", 'ˇ'),
    ("AE", 'Æ'),
    ("ae", 'æ'),
    ("OE", 'Œ'),
    ("oe", 'œ'),
    ("Lslash", 'Ł'),
    ("lslash", 'ł'),
    ("Oslash", 'Ø'),
    ("oslash", 'ø'),
    ("germandbls", 'ß'),
    ("dotlessi", 'ı'),
    ("Eth", 'Ð'),
    ("eth", 'ð'),
    ("Thorn", 'Þ'),
    ("thorn", 'þ'),
    ("ordfeminine", 'ª'),
    ("ordmasculine", 'º'),
    ("onehalf", '½'),
    ("onequarter", '¼'),
    ("threequarters", '¾'),
    ("onesuperior", '¹'),
    ("twosuperior", '²'),
    ("threesuperior", '³'),
    ("minus", '−'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("plusminus", '±'),
    ("mu", 'µ'),
    ("degree", '°'),
    ("copyright", '©'),
    ("registered", '®'),
    ("trademark", '™'),
    ("brokenbar", '¦'),
    ("logicalnot", '¬'),
    ("Euro", '€'),
    ("dcroat", 'đ'),
    ("Dcroat", 'Đ'),
    ("nbspace", ' '),
    ("kgreenlandic", 'ĸ'),
    ("eng", 'ŋ'),
    ("Eng", 'Ŋ'),
    ("schwa", 'ə'),
];

/// Accents by the suffixes of glyph names, as combining characters.
const ACCENTS: [(&str, char); 16] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("commaaccent", '\u{327}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("horn", '\u{31B}'),
    ("dotbelow", '\u{323}'),
];

/// The character of a glyph by its name.
pub(super) fn glyph_character(name: &str) -> Option<char> {
    // A suffix as in "a.sc" names a variant of the same character.
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return Some(only);
    }
    if let Some((_, c)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    for start in ["uni", "u"] {
        let figures = name.strip_prefix(start).filter(|f| (4..=6).contains(&f.len()));
        if let Some(c) =
            figures.and_then(|f| u32::from_str_radix(f, 16).ok()).and_then(char::from_u32)
        {
            return Some(c);
        }
    }
    ACCENTS.iter().find_map(|(end, accent)| {
        let letter = glyph_character(name.strip_suffix(end)?)?;
        compose(letter, *accent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_tables() {
        use BaseEncoding::{Macintosh, Standard, Windows};
        for (base, code, want) in [
            (Standard, 39, Some('’')),
            (Standard, 170, Some('“')),
            (Standard, 208, Some('—')),
            (Standard, 251, Some('ß')),
            (Standard, 200, Some('¨')),
            (Standard, 255, None),
            (Windows, 146, Some('’')),
            (Windows, 150, Some('–')),
            (Windows, 233, Some('é')),
            (Windows, 39, Some('\'')),
            (Macintosh, 142, Some('é')),
            (Macintosh, 213, Some('’')),
            (Windows, 7, None),
        ] {
            assert_eq!(base.character(code), want, "{base:?} {code}");
        }
    }

    #[test]
    fn names_of_glyphs() {
        for (name, want) in [
            ("A", 'A'),
            ("eacute", 'é'),
            ("Scaron", 'Š'),
            ("ntilde", 'ñ'),
            ("emdash", '—'),
            ("quoteright", '’'),
            ("uni0151", 'ő'),
            ("ohungarumlaut", 'ő'),
            ("onehalf", '½'),
            ("seven.oldstyle", '7'),
        ] {
            assert_eq!(glyph_character(name), Some(want), "{name}");
        }
        assert_eq!(glyph_character("nosuchglyph"), None);
        assert_eq!(glyph_character(".notdef"), None);
    }
}
