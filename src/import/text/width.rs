//! How wide a line was set, from the letters alone.
//!
//! The records are set in Times; its advance widths (Adobe's font metrics, in thousandths of an
//! em) tell a short line from a full one far better than a count of characters does.

use super::hyphen::is_wide;

/// The width of a line in thousandths of an em.
pub(super) fn of(line: &str) -> u32 {
    line.chars().map(letter).fold(0, u32::saturating_add)
}

/// The width of one character; scripts other than Latin by the nearest shapes.
pub(super) fn letter(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' | '|' => 278,
        ' ' | '.' | ',' => 250,
        'f' | 'r' | 'I' | '-' | '(' | ')' | '’' | '‘' | '\'' | '!' => 333,
        's' | 'J' => 389,
        'a' | 'c' | 'e' | 'z' | '?' | '“' | '”' => 444,
        'b'
        | 'd'
        | 'g'
        | 'h'
        | 'k'
        | 'n'
        | 'o'
        | 'p'
        | 'q'
        | 'u'
        | 'v'
        | 'x'
        | 'y'
        | '0'..='9'
        | '–' => 500,
        'F' | 'P' | 'S' => 556,
        'E' | 'L' | 'T' | 'Z' => 611,
        'B' | 'C' | 'R' => 667,
        'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' | 'w' => 722,
        'm' => 778,
        'M' => 889,
        'W' => 944,
        '—' | '…' => 1000,
        'á' | 'à' | 'â' | 'ä' | 'é' | 'è' | 'ê' | 'ë' | 'ç' => 444,
        'í' | 'ì' | 'î' | 'ï' => 278,
        'а' | 'в' | 'е' | 'з' | 'э' | 'ь' | 'с' => 450,
        'г' | 'т' | 'ч' => 430,
        'ж' | 'ф' | 'ш' | 'щ' | 'ю' | 'м' | 'ы' => 690,
        c if is_wide(c) => 1000,
        c if super::scrambled::is_arabic(c) => 400,
        c if c.is_uppercase() => 700,
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        assert_eq!(of("Will."), 944 + 3 * 278 + 250);
        assert_eq!(of("决定"), 2000);
        assert!(of("mmmm") > of("iiii") * 2);
    }
}
