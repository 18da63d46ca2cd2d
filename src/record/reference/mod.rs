//! References in the words of a statement: resolutions, documents, records with their pages.
//!
//! A hand-written scan, because it must be exact about bytes and is run over every word of a
//! library. What is not here: whether the document exists, and its title (`crate::facts`).
//!
//! Rules, chosen after reading the references of a year of the Council:
//! - A Council resolution is a number of at most four digits after the word *resolution* in an
//!   official language, with its year in brackets or after "of". Without a year it counts only with
//!   three or four digits, below 4000, and where no other body is named before it. Without the
//!   word, as in "reaffirmed in 2419 (2018)", it counts where number and year belong together.
//! - `76/262` after that word is the General Assembly's (the Human Rights Council's where that is
//!   named just before), `377 (V)` too, and neither is ever taken for a Council resolution.
//! - In a list each number is a reference of its own; the first has the word in its range.
//! - `(ibid., p. 2)` refers to what was cited last in the same text.
//! - `S/2020/254` is a [`Target::Document`] although it may be the symbol of a letter in a library:
//!   the text does not tell, and the symbol is the same.

mod cursor;
mod resolution;
mod symbol;
mod target;
#[cfg(test)]
mod tests;
mod years;

use cursor::Cursor;

pub use target::{Reference, Target};

/// Finds every reference in a text, in order, none overlapping another.
pub fn find_references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    each_reference(text, |reference| {
        found.push(reference);
        true
    });
    found
}

/// Calls `wanted` with each reference that [`find_references`] finds, until it returns false: a
/// text may have more than fit into memory.
pub fn each_reference(text: &str, wanted: impl FnMut(Reference) -> bool) {
    if may_have_digits(text) {
        each_reference_by(text, |cursor| cursor.skip_ascii(&MAY_START, can_start), wanted);
    }
}

/// Whether a text can contain a reference: without a digit it cannot. Chinese and scripts with
/// digits of their own are always searched; their first bytes are higher than those of Latin, Greek
/// and Cyrillic.
fn may_have_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(n, byte)| match byte {
        b'0'..=b'9' => true,
        // Except dashes, quotation marks and currency signs.
        0xE2 => !matches!(bytes.get(n + 1), Some(0x80..=0x82)),
        0xD5.. => true,
        _ => false,
    })
}

/// As [`each_reference`], with a function that skips bytes at which no reference starts and returns
/// the last of them.
fn each_reference_by(
    text: &str,
    skip: impl Fn(&mut Cursor) -> Option<u8>,
    mut wanted: impl FnMut(Reference) -> bool,
) {
    // The last reference is kept until the next one, because `ibid.` refers to it.
    let mut found: Vec<Reference> = Vec::new();
    // Up to here a list of Chinese numbers is known not to be resolutions.
    let mut no_list = 0;
    let mut cursor = Cursor::new(text, 0);
    let mut in_word = false;
    loop {
        if let Some(last) = skip(&mut cursor) {
            in_word = last.is_ascii_alphanumeric();
        }
        if found.len() > 1 {
            let last = found.len() - 1;
            if !found.drain(..last).all(&mut wanted) {
                return;
            }
        }
        let Some(c) = cursor.peek() else { break };
        let end = match c {
            // OCR loses the space before a word, never one inside a symbol.
            'S' if !in_word || cursor.before().is_some_and(char::is_lowercase) => {
                symbol::take_symbol(cursor, &mut found)
            }
            'A' | 'E' | 'M' | 'Ѕ' | 'С' | 'А' | 'Е' | 'М' | 'Ｓ' | 'Ａ' if !in_word => {
                symbol::take_symbol(cursor, &mut found)
            }
            // OCR also reads S as a dollar sign; only in brackets, so that page headers do not
            // count.
            '$' if cursor.before() == Some('(') => symbol::take_symbol(cursor, &mut found),
            'i' if cursor.before() == Some('(') => symbol::take_ibid(cursor, &mut found),
            'r' if cursor.may_be("res") => resolution::take_list(cursor, &mut found),
            'R' if !in_word && cursor.may_be("res") => resolution::take_list(cursor, &mut found),
            'р' | 'Р' | 'U' if !in_word => resolution::take_list(cursor, &mut found),
            // These scripts do not always put a space before the word.
            'ق' => resolution::take_list(cursor, &mut found),
            '第' => resolution::take_chinese_list(cursor, &mut found, &mut no_list),
            '0'..='9' if !in_word => resolution::take_bare(cursor, &mut found),
            _ => None,
        };
        match end {
            Some(end) => {
                in_word = end.before().is_some_and(char::is_alphanumeric);
                cursor = end;
            }
            None => {
                in_word = c.is_alphanumeric();
                cursor.bump();
            }
        }
    }
    found.into_iter().all(wanted);
}

/// Whether a reference can start with a byte. This alone skips most of a text.
const MAY_START: [bool; 256] = {
    let mut may = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        may[byte] = matches!(
            byte as u8,
            b'S' | b'A' | b'E' | b'M' | b'$' | b'i' | b'r' | b'R' | b'U' | b'0'..=b'9'
        );
        byte += 1;
    }
    may
};

/// Whether a reference can start with a byte between these two. This skips nearly all of the rest.
fn can_start(before: Option<u8>, byte: u8, next: Option<u8>) -> bool {
    let in_word = before.is_some_and(|before| before.is_ascii_alphanumeric());
    let res = next.is_none_or(|next| !next.is_ascii() || next.eq_ignore_ascii_case(&b'e'));
    match byte {
        b'i' | b'$' => before == Some(b'('),
        b'r' => res,
        b'S' => !before.is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
        b'R' => res && !in_word,
        b'A' | b'E' | b'M' | b'U' | b'0'..=b'9' => !in_word,
        _ => true,
    }
}
