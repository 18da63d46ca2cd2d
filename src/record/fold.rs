//! Folding of letters, so that case and accents do not matter when names are matched.

use unicode_normalization::UnicodeNormalization as _;

/// One letter folded to one letter: lower case, without its accents.
///
/// Always one to one, so that a place in the folded text is the same place in the original.
#[must_use]
pub fn letter(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// A text folded letter by letter; it has as many characters as the original.
#[must_use]
pub fn text(text: &str) -> String {
    text.chars().map(letter).collect()
}
