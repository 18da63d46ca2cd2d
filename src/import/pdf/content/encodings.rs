//! The meaning of the codes of a simple font: four tables of ISO 32000-1, Annex D.
//!
//! The tables have one character per code, from the code given in their comment; a space means none.

/// An encoding that a font may be based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseEncoding {
    /// Adobe's standard encoding, for fonts that are not embedded and name no other.
    Standard,
    /// Windows, code page 1252.
    Windows,
    /// The old Macintosh.
    Macintosh,
    /// The font Symbol.
    Symbol,
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

/// The encoding of the font Symbol from code 32 to 126, and from code 160.
const SYMBOL: [&str; 2] = [
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
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
            (Self::Symbol, 32) => Some(' '),
            (Self::Symbol, 33..127) => from(&SYMBOL[..1], 32),
            (Self::Symbol, _) => from(&SYMBOL[1..], 160),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_tables() {
        use BaseEncoding::{Macintosh, Standard, Symbol, Windows};
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
            (Symbol, 97, Some('α')),
            (Symbol, 126, Some('∼')),
            (Symbol, 183, Some('•')),
            (Symbol, 229, Some('∑')),
            (Symbol, 254, Some('⎭')),
        ] {
            assert_eq!(base.character(code), want, "{base:?} {code}");
        }
    }
}
