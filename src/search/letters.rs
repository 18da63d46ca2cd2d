//! Folds letters for Find and for `/`: case, accents, width and the shape of apostrophes and quotes do not matter.

use unicode_normalization::UnicodeNormalization as _;

use crate::record::fold;

/// Folds one character to one character: as [`fold::letter`], and full-width forms to the usual ones, every apostrophe to
/// `'`, every double quotation mark to `"`, hyphens and dashes to `-`, and every white space to a space.
#[must_use]
pub fn fold_char(c: char) -> char {
    if c.is_whitespace() {
        return ' ';
    }
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '\u{FF01}'..='\u{FFEF}' => {
            // Full-width forms of one usual character; others are left as they are.
            let mut usual = std::iter::once(c).nfkc();
            match (usual.next(), usual.next()) {
                (Some(one), None) if one != c => fold_char(one),
                _ => fold::letter(c),
            }
        }
        _ => fold::letter(c),
    }
}

/// Folds a text letter by letter; the number of characters stays the same.
#[must_use]
pub fn fold_text(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(fold_text(a), fold_text(b), "{a}");
        }
    }

    proptest! {
        #[test]
        fn one_to_one_without_capitals_and_once_for_all(text in "\\PC{0,40}") {
            let once = fold_text(&text);
            prop_assert_eq!(once.chars().count(), text.chars().count());
            prop_assert!(!once.chars().any(|c| c.is_ascii_uppercase()));
        }
    }
}
