//! A position in a text that moves forward over what it recognises, always on character boundaries.

use crate::record::fold;

/// A position in a text. A copy looks ahead and replaces the original on success.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The position `at` bytes into the text, which must be a character boundary.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// The byte offset.
    pub(super) fn at(self) -> usize {
        self.at
    }

    /// The text from here on.
    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// At most `length` bytes of the text before here.
    pub(super) fn window_before(self, length: usize) -> &'a str {
        let mut start = self.at.saturating_sub(length);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        self.text.get(start..self.at).unwrap_or("")
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn before(self) -> Option<char> {
        self.window_before(4).chars().next_back()
    }

    /// Whether the next character would continue a word or a number.
    pub(super) fn in_word(self) -> bool {
        self.peek().is_some_and(char::is_alphanumeric)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Skips ASCII up to a byte that is in the table and, together with its neighbours, wanted;
    /// returns the last byte skipped.
    pub(super) fn skip_ascii(
        &mut self,
        table: &[bool; 256],
        wanted: impl Fn(Option<u8>, u8, Option<u8>) -> bool,
    ) -> Option<u8> {
        let bytes = self.text.as_bytes();
        let (mut at, mut last) = (self.at, None);
        while let Some(&byte) = bytes.get(at) {
            if table[usize::from(byte)] {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                if !byte.is_ascii() || wanted(before.copied(), byte, bytes.get(at + 1).copied()) {
                    break;
                }
            }
            last = Some(byte);
            at += 1;
        }
        self.at = at;
        last
    }

    /// Whether a word that starts with these lower-case letters may follow; false only if the next
    /// ASCII letters rule it out.
    pub(super) fn may_be(self, letters: &str) -> bool {
        let here = self.rest().bytes().take_while(u8::is_ascii);
        here.zip(letters.bytes()).all(|(byte, letter)| byte.to_ascii_lowercase() == letter)
    }

    /// Takes what a step takes; where the step returns `None`, nothing.
    pub(super) fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let taken = step(self);
        if taken.is_none() {
            *self = before;
        }
        taken
    }

    /// Takes one of these characters; `None` where none of them follows.
    pub(super) fn need_char(&mut self, wanted: &[char]) -> Option<()> {
        self.take_char(wanted).then_some(())
    }

    /// Takes one of these characters.
    pub(super) fn take_char(&mut self, wanted: &[char]) -> bool {
        let found = self.peek().is_some_and(|c| wanted.contains(&c));
        if found {
            self.bump();
        }
        found
    }

    /// Takes exactly this text.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Takes this word in any case and with or without its accents; `wanted` is folded already.
    pub(super) fn take_word(&mut self, wanted: &str) -> bool {
        let mut here = *self;
        for w in wanted.chars() {
            match here.peek() {
                Some(c) if c == w || fold::letter(c) == w => here.bump(),
                _ => return false,
            }
        }
        *self = here;
        true
    }

    /// Takes the first of these words that matches as a whole word.
    pub(super) fn take_whole(&mut self, words: &[&str]) -> bool {
        self.take_word_before(words, |c| !c.is_alphanumeric())
    }

    /// Takes the first of these words that matches and that nothing follows but such a character.
    pub(super) fn take_word_before(&mut self, words: &[&str], ends: fn(char) -> bool) -> bool {
        let take =
            |here: &mut Self, word: &str| here.take_word(word) && here.peek().is_none_or(ends);
        words.iter().any(|word| self.attempt(|here| take(here, word).then_some(())).is_some())
    }

    /// Skips white space of any kind; returns whether there was any.
    pub(super) fn skip_spaces(&mut self) -> bool {
        self.skip(char::is_whitespace)
    }

    pub(super) fn skip(&mut self, skipped: impl Fn(char) -> bool) -> bool {
        let start = self.at;
        while self.peek().is_some_and(&skipped) {
            self.bump();
        }
        self.at > start
    }

    /// Takes a whole run of digits, if it has at most `most` of them and is not zero. ASCII, Arabic
    /// and full-width digits count. Returns the value and the number of digits.
    pub(super) fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        self.attempt(|here| {
            let (mut value, mut count) = (0u32, 0);
            while let Some(digit) = here.peek().and_then(digit) {
                count += 1;
                if count > most {
                    return None;
                }
                value = value.checked_mul(10)?.checked_add(digit)?;
                here.bump();
            }
            (value > 0).then_some((value, count))
        })
    }

    /// Takes a year from 1945 to 2099.
    pub(super) fn year(&mut self) -> Option<u16> {
        self.attempt(|here| {
            let (value, count) = here.number(4)?;
            u16::try_from(value).ok().filter(|y| count == 4 && (1945..2100).contains(y))
        })
    }

    /// Takes a Roman numeral in capitals, as text.
    pub(super) fn roman(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.skip(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'));
        self.text.get(start..self.at).filter(|r| !r.is_empty())
    }
}

/// The value of a digit.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '\u{0660}'..='\u{0669}' => Some(u32::from(c) - 0x0660),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}
