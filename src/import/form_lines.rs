//! The lines that a form such as a Word file or a web page gives to the reader of texts: one printed line
//! or one paragraph each, with a blank line between paragraphs and a form feed where a page turns.

/// The lines of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct FormLines {
    text: String,
}

impl FormLines {
    /// Adds a line; one without words is a blank line, and blank lines are never doubled.
    pub(super) fn push(&mut self, line: RunLine) {
        let text = line.text.trim_end();
        if text.is_empty() {
            return self.push_blank();
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Adds a blank line, unless one is there.
    pub(super) fn push_blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") && !self.text.ends_with("\u{c}\n")
        {
            self.text.push('\n');
        }
    }

    /// Marks that a page turns here.
    pub(super) fn push_feed(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\u{c}\n") {
            self.text.push_str("\u{c}\n");
        }
    }

    /// The lines.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The lines until now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no line with words.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A line that is put together from runs of one face each.
#[derive(Clone, Debug, Default)]
pub(super) struct RunLine {
    text: String,
    /// The length of the bold part at the start.
    bold: usize,
    /// Something that is not bold was added.
    plain: bool,
    /// Something that is not italic was added.
    upright: bool,
}

impl RunLine {
    /// Adds a run of text; white space is made a single space.
    pub(super) fn push(&mut self, text: &str, bold: bool, italic: bool) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            // A place where a word may be broken; at the end of a line it is broken there.
            if c == '\u{AD}' && chars.peek().is_some() {
                continue;
            }
            let c = if c.is_whitespace() || c == '\0' { ' ' } else { c };
            if c != ' ' || !(self.text.is_empty() || self.text.ends_with(' ')) {
                self.text.push(c);
            }
        }
        if text.chars().any(char::is_alphanumeric) {
            self.plain |= !bold;
            self.upright |= !italic;
            if !self.plain {
                self.bold = self.text.len();
            }
        }
    }

    /// Whether nothing but space was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether all of it is italic.
    pub(super) fn is_italic(&self) -> bool {
        !self.upright && self.text.chars().any(char::is_alphanumeric)
    }

    /// Whether its first words are bold.
    pub(super) fn begins_bold(&self) -> bool {
        self.bold > 0
    }

    /// Its first words, as far as they are bold.
    pub(super) fn bold_text(&self) -> &str {
        &self.text[..self.bold]
    }

    /// The words until now.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// Adds another line after a space.
    pub(super) fn append(&mut self, other: &Self) {
        self.attach(other, true);
    }

    /// Adds another line, after a space if it is apart.
    pub(super) fn attach(&mut self, other: &Self, apart: bool) {
        let bold = other.text.get(..other.bold).unwrap_or("");
        if apart {
            self.push(" ", false, false);
        }
        let before = self.plain;
        self.push(bold, true, !other.upright);
        self.push(other.text.get(other.bold..).unwrap_or(""), false, !other.upright);
        self.plain = before || other.plain;
    }
}

/// Whether the lines of two columns alternate, as where a converter read across a page.
///
/// Then a line that ends a sentence is followed by one that begins with a small letter, in six to eleven of a
/// hundred lines. In a sound text this is a misprint: of 10,000 lines from the same records there were four.
pub(super) fn are_columns_mixed(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| line.len() > 20).collect();
    let broken = lines.windows(2).filter(|pair| {
        pair[0].ends_with(['.', '?', '!']) && pair[1].starts_with(char::is_lowercase)
    });
    let broken = broken.count();
    broken >= 3 && broken * 40 >= lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_face_of_a_line_is_that_of_its_runs() {
        let face = |runs: &[(&str, bool, bool)]| {
            let mut line = RunLine::default();
            for (text, bold, italic) in runs {
                line.push(text, *bold, *italic);
            }
            (
                line.text().to_owned(),
                (line.bold_text().split_whitespace().count(), line.is_italic()),
            )
        };
        let set = |bold_words, italic| (bold_words, italic);
        assert_eq!(
            face(&[("Mr. \u{a0}Orlan", true, false), (" (Peru): We", false, false)]),
            ("Mr. Orlan (Peru): We".to_owned(), set(2, false))
        );
        assert_eq!(face(&[(" The vote", false, true), (".", false, false)]).1, set(0, true));
        assert_eq!(face(&[("Agenda", true, true)]).1, set(1, true));
        assert_eq!(face(&[("a ", false, false), ("b", true, false)]).1, set(0, false));
    }

    #[test]
    fn lines_of_two_columns_are_noticed() {
        let left = [
            "The river is deep and it",
            "was measured in the autumn.",
            "We have said so before and",
        ];
        let right = [
            "of the villages on the bank",
            "who came to the market.",
            "They ask for a bridge which",
        ];
        let sound = [left, right].concat().join("\n");
        assert!(!are_columns_mixed(&format!("{sound}\n").repeat(9)));
        let mixed: Vec<&str> =
            left.iter().zip([right[1], right[0], right[2]]).flat_map(|(l, r)| [*l, r]).collect();
        assert!(are_columns_mixed(&format!("{}\n", mixed.join("\n")).repeat(9)));
    }

    #[test]
    fn blank_lines_and_feeds_are_not_doubled() {
        let mut lines = FormLines::default();
        let line = |text: &str| {
            let mut line = RunLine::default();
            line.push(text, false, false);
            line
        };
        lines.push_blank();
        lines.push(line("a"));
        lines.push_blank();
        lines.push(line(" "));
        lines.push_feed();
        lines.push_feed();
        lines.push_blank();
        lines.push(line("b"));
        assert_eq!(lines.into_text(), "a\n\n\u{c}\nb\n");
    }
}
