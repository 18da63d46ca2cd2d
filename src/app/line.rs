//! A line one types into: text and cursor, edited by whole characters as people see them.

use unicode_segmentation::UnicodeSegmentation as _;

use super::command::Command;

/// The most bytes an input line takes; a pasted megabyte is cut here.
pub const LIMIT: usize = 500;

/// The text of an input line and the cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputLine {
    text: String,
    cursor: usize,
}

impl InputLine {
    /// A line with this text and the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part left of the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Inserts typed or pasted text. A line break becomes a space and other controls are left out:
    /// a pasted newline must not act as Enter. Says whether there was anything to insert and room for it.
    pub fn insert(&mut self, text: &str) -> bool {
        let mut room = LIMIT.saturating_sub(self.text.len());
        let mut clean = String::new();
        for c in text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }) {
            if c.is_control() || crate::record::harmless::is_harmful(c) {
                continue;
            }
            if c.len_utf8() > room {
                break;
            }
            room -= c.len_utf8();
            clean.push(c);
        }
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
        !clean.is_empty()
    }

    /// Puts a text where these bytes are, and the cursor after it. Bytes that are not there, or that
    /// cut a character, change nothing.
    pub fn replace(&mut self, at: std::ops::Range<usize>, text: &str) {
        if self.text.get(at.clone()).is_some() {
            self.text.replace_range(at.clone(), "");
            self.cursor = at.start;
            self.insert(text);
        }
    }

    /// Obeys a key of an input line that deletes or moves the cursor; whether the text changed.
    pub fn obey(&mut self, command: Command) -> bool {
        match command {
            Command::DeleteLeft => return self.delete_left(),
            Command::DeleteWord => return self.delete_word(),
            Command::DeleteLine => return self.delete_line(),
            Command::CursorLeft => self.left(),
            Command::CursorRight => self.right(),
            _ => {}
        }
        false
    }

    /// Deletes the character left of the cursor; says whether there was one.
    pub fn delete_left(&mut self) -> bool {
        let start = self.left_of_cursor();
        self.delete_from(start)
    }

    /// Deletes the word left of the cursor, with the space after it.
    pub fn delete_word(&mut self) -> bool {
        let before = self.before_cursor().trim_end();
        let start = before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        self.delete_from(start)
    }

    /// Deletes everything left of the cursor.
    pub fn delete_line(&mut self) -> bool {
        self.delete_from(0)
    }

    /// Moves the cursor one character to the left.
    pub fn left(&mut self) {
        self.cursor = self.left_of_cursor();
    }

    /// Moves the cursor one character to the right.
    pub fn right(&mut self) {
        let step = self.text[self.cursor..].graphemes(true).next().map_or(0, str::len);
        self.cursor += step;
    }

    fn left_of_cursor(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn delete_from(&mut self, start: usize) -> bool {
        let any = start < self.cursor;
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_is_by_whole_characters() {
        let mut line = InputLine::new("ne\u{301} 中");
        assert!(line.delete_left());
        assert_eq!(line.text(), "ne\u{301} ");
        line.left();
        line.left();
        assert_eq!(line.before_cursor(), "n");
        line.insert("x");
        assert_eq!(line.text(), "nxe\u{301} ");
        line.right();
        assert_eq!(line.before_cursor(), "nxe\u{301}");
        assert!(line.delete_word());
        assert_eq!((line.text(), line.before_cursor()), (" ", ""));
        assert!(!line.delete_line());
    }

    #[test]
    fn words_go_one_by_one() {
        let mut line = InputLine::new("truth and  justice ");
        assert!(line.delete_word());
        assert_eq!(line.text(), "truth and  ");
        assert!(line.delete_word());
        assert_eq!(line.text(), "truth ");
        assert!(line.delete_word());
        assert_eq!(line.text(), "");
        assert!(!line.delete_word());
    }

    #[test]
    fn pasted_text_is_cut_and_runs_no_key() {
        let line = InputLine::new("one\ntwo\u{1b}[2J\u{202e}");
        assert_eq!(line.text(), "one two[2J");
        let line = InputLine::new(&"é".repeat(1_000_000));
        assert!(line.text().len() <= LIMIT);
    }
}
