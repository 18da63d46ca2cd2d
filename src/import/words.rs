//! Small functions on words and letters that all sources need.

use std::collections::HashMap;
use std::sync::LazyLock;

pub use crate::record::fold::name as fold_text;

/// The first `max` bytes of a text at most, cut between characters.
#[must_use]
pub fn first_bytes(text: &str, max: usize) -> &str {
    &text[..char_floor(text, max)]
}

/// The last `max` bytes of a text at most, cut between characters.
#[must_use]
pub fn last_bytes(text: &str, max: usize) -> &str {
    let mut at = text.len().saturating_sub(max);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// The letters and digits of a text, so that spaces, hyphens and the width of brackets do not matter.
#[must_use]
pub fn letters_only(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The last character boundary at or before `at`.
pub(in crate::import) fn char_floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The words of numbers up to fifteen, in the languages of the records.
const NUMBERS: [&[&str]; 16] = [
    &[
        "no",
        "none",
        "nil",
        "zero",
        "zéro",
        "aucune",
        "aucun",
        "ninguno",
        "ninguna",
        "ningún",
        "cero",
        "零",
        "никто",
        "ноль",
    ],
    &["one", "une", "un", "uno", "una", "один", "одного", "одном", "一"],
    &["two", "deux", "dos", "два", "двух", "двое", "二", "两"],
    &["three", "trois", "tres", "три", "трех", "三"],
    &["four", "quatre", "cuatro", "четыре", "четырех", "四"],
    &["five", "cinq", "cinco", "пять", "пяти", "五"],
    &["six", "seis", "шесть", "шести", "六"],
    &["seven", "sept", "siete", "семь", "семи", "七"],
    &["eight", "huit", "ocho", "восемь", "восьми", "八"],
    &["nine", "neuf", "nueve", "девять", "девяти", "九"],
    &["ten", "dix", "diez", "десять", "десяти", "十"],
    &["eleven", "onze", "once", "одиннадцать", "одиннадцати", "十一"],
    &["twelve", "douze", "doce", "двенадцать", "двенадцати", "十二"],
    &["thirteen", "treize", "trece", "тринадцать", "тринадцати", "十三"],
    &["fourteen", "quatorze", "catorce", "четырнадцать", "четырнадцати", "十四"],
    &["fifteen", "quinze", "quince", "пятнадцать", "пятнадцати", "十五"],
];

/// [`NUMBERS`], folded.
static FOLDED_NUMBERS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let each = NUMBERS.iter().zip(0u32..);
    each.flat_map(|(words, number)| words.iter().map(move |w| (fold_text(w), number))).collect()
});

/// Parses a number in up to three digits, or in words up to fifteen, in the languages of the records.
#[must_use]
pub fn parse_number(word: &str) -> Option<u32> {
    if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    // The longest of these words has 24 bytes.
    if word.len() > 32 {
        return None;
    }
    FOLDED_NUMBERS.get(&fold_text(word)).copied()
}

/// Whether a character is Chinese, Japanese or full-width; such text has no spaces between words.
pub(in crate::import) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character is a letter or mark of the Arabic script.
pub(in crate::import) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{620}'..='\u{65F}' | '\u{66E}'..='\u{6D3}' | '\u{6D5}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// The edit distance of two words: letters to change, add or remove. Only the first 40 letters of each
/// are compared, since text from a file may be one long word.
#[must_use]
pub fn edit_distance(a: &str, b: &str) -> usize {
    let start = |word: &str| word.chars().take(40).collect::<String>();
    strsim::levenshtein(&start(a), &start(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        assert_eq!(first_bytes("aé", 2), "a");
        assert_eq!(last_bytes("éa", 2), "a");
        assert_eq!(last_bytes("éa", 9), "éa");
    }

    #[test]
    fn numbers() {
        for (word, want) in
            [("13", 13), ("None", 0), ("one", 1), ("quinze", 15), ("трёх", 3), ("零", 0)]
        {
            assert_eq!(parse_number(word), Some(want), "{word}");
        }
        assert_eq!(parse_number("votes"), None);
        assert_eq!(parse_number("2024"), None);
    }

    #[test]
    fn distances() {
        assert_eq!(edit_distance("prench", "french"), 1);
        assert_eq!(edit_distance("", "ab"), 2);
        assert_eq!(edit_distance("russiar", "russian"), 1);
    }
}
