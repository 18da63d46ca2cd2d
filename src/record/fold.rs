//! Folding of letters, so that case and accents do not matter when names are matched.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

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
#[must_use]
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
#[must_use]
pub fn text(text: &str) -> String {
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_short_ways_change_no_letter() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(letter(c), decomposed(c), "{c:?}");
        }
    }
}
