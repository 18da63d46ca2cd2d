//! Keys for comparing names and references, with differences in spelling removed.
//!
//! Compiled by this crate and by `build.rs`, so that the sorted names of the blob and the name that
//! is looked up are folded alike.

use crate::record::fold;

/// A letter of a key, and its bytes in the original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The folded letter.
    pub folded: char,
    /// First byte in the original.
    pub start: usize,
    /// Byte after the last, with the combining marks that follow.
    pub end: usize,
}

/// The first `limit` letters of the key of a text; a run of white space is one space.
pub fn letters(text: &str, limit: usize) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let folded = fold::name_letter(c);
        let full = letters.len() >= limit;
        match letters.last_mut() {
            Some(last) if fold::is_unseen(c) || (folded == ' ' && last.folded == ' ') => {
                last.end = end
            }
            None if fold::is_unseen(c) => {}
            _ if full => break,
            _ => letters.push(Letter { folded, start, end }),
        }
    }
    letters
}

/// The key of a name: without case, accents, width, kinds of apostrophe and dash, spaces around it.
pub fn name(text: &str) -> String {
    fold::name(text)
}

/// The key of a document's symbol: in capitals, without white space.
pub fn reference(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// The number that sorts and finds `S/PV.number (Resumption n)`.
pub fn symbol(number: u32, resumption: u8) -> u32 {
    (number << 8) | u32::from(resumption)
}
