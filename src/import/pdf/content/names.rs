//! The characters of glyphs by their names, by the rules of the Adobe Glyph List Specification, section 2:
//! what follows a full stop names a variant; parts between low lines are characters one after the other;
//! `uni0041` and `u1F600` give the number of a character, the former also of several.
//!
//! Of the list itself the names of Latin, Greek and Cyrillic letters and of common signs are here. A letter
//! with an accent is composed from the two parts of its name.

use unicode_normalization::char::compose;

use super::glyph::UNKNOWN;

/// The longest name that is read; the standard allows 127 bytes.
const LONGEST: usize = 200;

/// Names with their characters.
const NAMES: [&str; 8] = [
    // ASCII.
    "exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( \
     parenright ) asterisk * plus + comma , hyphen - hyphenminus - period . slash / zero 0 one 1 \
     two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = \
     greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ \
     underscore _ grave ` braceleft { bar | braceright } asciitilde ~",
    // Marks of text.
    "quoteright ’ quoteleft ‘ quotedblleft “ quotedblright ” quotesinglbase ‚ quotedblbase „ \
     quotereversed ‛ guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › endash – \
     emdash — figuredash ‒ horizontalbar ― afii00208 ― hyphentwo ‐ ellipsis … dagger † \
     daggerdbl ‡ bullet • periodcentered · middot · paragraph ¶ section § exclamdown ¡ \
     questiondown ¿ minute ′ second ″",
    // Signs.
    "cent ¢ sterling £ fraction ⁄ yen ¥ florin ƒ currency ¤ Euro € euro € franc ₣ perthousand ‰ \
     onehalf ½ onequarter ¼ threequarters ¾ onethird ⅓ twothirds ⅔ oneeighth ⅛ threeeighths ⅜ \
     fiveeighths ⅝ seveneighths ⅞ minus − multiply × divide ÷ plusminus ± mu µ mu1 µ degree ° \
     copyright © registered ® trademark ™ brokenbar ¦ logicalnot ¬ ordfeminine ª ordmasculine º \
     numero № afii61352 № afii61289 ℓ infinity ∞ lessequal ≤ greaterequal ≥ notequal ≠ \
     approxequal ≈ partialdiff ∂ summation ∑ product ∏ radical √ integral ∫ lozenge ◊ Delta ∆ \
     Omega Ω arrowleft ← arrowup ↑ arrowright → arrowdown ↓ arrowboth ↔ filledbox ■ H22073 □ \
     circle ○ H18533 ●",
    // Accents that are letters of their own.
    "acute ´ circumflex ˆ tilde ˜ macron ¯ breve ˘ dotaccent ˙ dieresis ¨ ring ˚ cedilla ¸ \
     ogonek ˛ caron ˇ hungarumlaut ˝",
    // Ligatures and Latin letters that are not composed.
    "fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ AE Æ ae æ OE Œ oe œ IJ Ĳ ij ĳ Lslash Ł lslash ł Oslash Ø \
     oslash ø germandbls ß Germandbls ẞ dotlessi ı dotlessj ȷ Eth Ð eth ð Thorn Þ thorn þ \
     dcroat đ Dcroat Đ dmacron đ Dmacron Đ Hbar Ħ hbar ħ Tbar Ŧ tbar ŧ Ldot Ŀ ldot ŀ \
     kgreenlandic ĸ napostrophe ŉ eng ŋ Eng Ŋ longs ſ Schwa Ə schwa ə",
    // Greek.
    "Alpha Α Beta Β Gamma Γ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν \
     Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ alpha α beta β \
     gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ nu ν xi ξ omicron ο \
     pi π rho ρ sigma σ sigma1 ς tau τ upsilon υ phi φ chi χ psi ψ omega ω",
    // Cyrillic beside the alphabet of Russian.
    "afii10023 Ё afii10050 Ґ afii10051 Ђ afii10052 Ѓ afii10053 Є afii10054 Ѕ afii10055 І \
     afii10056 Ї afii10057 Ј afii10058 Љ afii10059 Њ afii10060 Ћ afii10061 Ќ afii10062 Ў \
     afii10145 Џ afii10071 ё afii10098 ґ afii10099 ђ afii10100 ѓ afii10101 є afii10102 ѕ \
     afii10103 і afii10104 ї afii10105 ј afii10106 љ afii10107 њ afii10108 ћ afii10109 ќ \
     afii10110 ў afii10193 џ",
    // Raised and lowered digits.
    "onesuperior ¹ twosuperior ² threesuperior ³ foursuperior ⁴ fivesuperior ⁵ sixsuperior ⁶ \
     sevensuperior ⁷ eightsuperior ⁸ ninesuperior ⁹ zerosuperior ⁰ oneinferior ₁ twoinferior ₂ \
     threeinferior ₃ fourinferior ₄ fiveinferior ₅ sixinferior ₆ seveninferior ₇ eightinferior ₈ \
     nineinferior ₉ zeroinferior ₀",
];

/// Names of characters that do not show.
const SPACES: [(&str, char); 5] = [
    ("space", ' '),
    ("nbspace", ' '),
    ("nonbreakingspace", ' '),
    ("sfthyphen", '\u{ad}'),
    ("softhyphen", '\u{ad}'),
];

/// The alphabet of Russian by the numbers of the list, where it leaves out the letter Ё.
const RUSSIAN: [(u32, u32, char); 4] =
    [(10017, 10022, 'А'), (10024, 10049, 'Ж'), (10065, 10070, 'а'), (10072, 10097, 'ж')];

/// Accents by the suffixes of glyph names, as combining characters.
const ACCENTS: [(&str, char); 18] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("tonos", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("hookabove", '\u{309}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("commaaccent", '\u{327}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("horn", '\u{31B}'),
    ("dotbelow", '\u{323}'),
];

/// The characters of a glyph by its name; U+FFFD for each part that means none.
pub(super) fn glyph_text(name: &str) -> String {
    let stem = name.split('.').next().unwrap_or("");
    if stem.is_empty() || name.len() > LONGEST {
        return UNKNOWN.to_string();
    }
    if let Some(c) = listed(stem) {
        return c.to_string();
    }
    let mut text = String::new();
    for part in stem.split('_') {
        match listed(part) {
            Some(c) => text.push(c),
            None => match numbered(part) {
                Some(characters) => text.push_str(&characters),
                None => text.push(UNKNOWN),
            },
        }
    }
    text
}

/// The character of a single letter, or of a name on the list.
fn listed(name: &str) -> Option<char> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some('_'), None) | (None, _) => return None,
        (Some(only), None) => return Some(only),
        _ => {}
    }
    if let Some((_, c)) = SPACES.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    let mut pairs = NAMES.iter().flat_map(|list| list.split_ascii_whitespace());
    while let (Some(known), Some(character)) = (pairs.next(), pairs.next()) {
        if known == name {
            return character.chars().next();
        }
    }
    if let Some(number) = name.strip_prefix("afii").and_then(|n| n.parse::<u32>().ok()) {
        let (first, _, letter) =
            RUSSIAN.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
        return char::from_u32(u32::from(*letter) + number - first);
    }
    // Digits of another height, and small capitals.
    if let Some(digit) = name.strip_suffix("oldstyle") {
        return listed(digit).filter(char::is_ascii_digit);
    }
    if let Some(letter) = name.strip_suffix("small") {
        return listed(letter).filter(|c| c.is_uppercase());
    }
    ACCENTS.iter().find_map(|(end, accent)| {
        let letter = listed(name.strip_suffix(end)?)?;
        // The list has a comma and no cedilla under this letter.
        let accent = match (letter, *end) {
            ('S' | 's', "commaaccent") => '\u{326}',
            _ => *accent,
        };
        compose(letter, accent)
    })
}

/// The characters of `uni00660069`, `u1F600` and the like.
fn numbered(name: &str) -> Option<String> {
    let is_hex = |digits: &str| digits.bytes().all(|b| b.is_ascii_hexdigit());
    let character = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix("uni").filter(|d| is_hex(d) && !d.is_empty())
        && digits.len().is_multiple_of(4)
    {
        return (0..digits.len()).step_by(4).map(|at| character(&digits[at..at + 4])).collect();
    }
    let digits = name.strip_prefix('u').filter(|d| is_hex(d) && (4..=6).contains(&d.len()))?;
    character(digits).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::glyph_text;

    #[test]
    fn names_of_glyphs() {
        for (name, want) in [
            ("A", "A"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("ntilde", "ñ"),
            ("emdash", "—"),
            ("quoteright", "’"),
            ("space", " "),
            ("underscore", "_"),
            ("uni0151", "ő"),
            ("ohungarumlaut", "ő"),
            ("onehalf", "½"),
            ("seven.oldstyle", "7"),
            ("sevenoldstyle", "7"),
            ("Asmall", "A"),
            ("a.alt", "a"),
            ("uni0041.sc", "A"),
            ("f_i", "fi"),
            ("f_f_i", "ffi"),
            ("T_h.liga", "Th"),
            ("Lcommaaccent_uni20AC0308_u1040C.alternate", "Ļ€\u{308}\u{1040C}"),
            ("uni006600660069", "ffi"),
            ("u1F600", "😀"),
            ("Scommaaccent", "Ș"),
            ("Acircumflexacute", "Ấ"),
            ("iotadieresistonos", "ΐ"),
            ("afii10017", "А"),
            ("afii10049", "Я"),
            ("afii10071", "ё"),
            ("afii10097", "я"),
            ("onesuperior", "¹"),
        ] {
            assert_eq!(glyph_text(name), want, "{name}");
        }
    }

    #[test]
    fn what_a_name_does_not_say_is_not_guessed() {
        for name in
            ["nosuchglyph", ".notdef", "", "g123", "glyph7", "cid:9", "c41", "G20", "uni12", "u12"]
        {
            assert_eq!(glyph_text(name), "\u{FFFD}", "{name}");
        }
        assert_eq!(glyph_text("f_g7"), "f\u{FFFD}");
        // Half of a pair of UTF-16 is no character.
        assert_eq!(glyph_text("uniD83D"), "\u{FFFD}");
        assert_eq!(glyph_text(&"acute".repeat(1_000)), "\u{FFFD}");
    }
}
