//! The letters of a symbol brought to one form before it is read: width, case, accents, digits of
//! other scripts, invisible characters, and letters of other alphabets that look like Latin ones.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::record::harmless;

/// The text in lower case, without accents, full-width forms and invisible characters; every kind
/// of white space, and every control, is one space.
pub(super) fn fold(text: &str) -> Vec<char> {
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
        // Lower-casing can itself bring a mark: `İ` becomes `i` and a dot above.
        .filter(|&c| !is_combining_mark(c))
        .collect()
}

/// A digit of Arabic or Persian writing as the ASCII digit; anything else as it is.
fn digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

/// Whether a folded letter is `wanted` or stands for it: Cyrillic and Greek letters that look like
/// it, and the ones a person with such a keyboard writes for S, P and V.
pub(super) fn reads_as(c: char, wanted: char) -> bool {
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
