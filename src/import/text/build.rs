//! Lines joined into one text, with the places where pages turn.

use super::hyphen::{self, Join, Vocabulary};
use super::lines::Line;
use crate::import::words::tail;
use crate::record::{Break, Language};

/// What was done at line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Tally {
    /// Lines joined to the one before.
    pub(in crate::import) joined: u64,
    /// Line-end hyphens kept.
    pub(in crate::import) kept: u64,
    /// Line-end hyphens taken out.
    pub(in crate::import) undone: u64,
}

/// What joining needs to know of the document.
#[derive(Clone, Debug)]
pub(in crate::import) struct Manner {
    pub(in crate::import) language: Language,
    pub(in crate::import) words: Vocabulary,
}

/// A text grown line by line.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Grown {
    pub(in crate::import) text: String,
    /// The page it begins on.
    pub(in crate::import) page: Option<u32>,
    pub(in crate::import) breaks: Vec<Break>,
    now: Option<u32>,
}

impl Grown {
    /// Adds a line.
    pub(in crate::import) fn push(&mut self, line: &Line, manner: &Manner, tally: &mut Tally) {
        if self.text.is_empty() {
            (self.page, self.now) = (line.page, line.page);
            self.text.push_str(&line.text);
            return;
        }
        tally.joined += 1;
        // Only the last word is looked at, so that a paragraph of any length costs the same.
        match hyphen::join(tail(&self.text, 200), &line.text, &manner.language, &manner.words) {
            Join::Space => self.text.push(' '),
            Join::Close => {}
            Join::Keep => tally.kept += 1,
            Join::Suspended => {
                tally.kept += 1;
                self.text.push(' ');
            }
            Join::Undo => {
                tally.undone += 1;
                self.text.pop();
            }
        }
        if let Some(page) = line.page.filter(|_| line.page != self.now) {
            self.breaks.push(Break { at: self.text.len(), page });
            self.now = line.page;
        }
        self.text.push_str(&line.text);
    }

    /// Takes the first `len` bytes off; the page is then that of what remains.
    pub(in crate::import) fn without_head(mut self, len: usize) -> Self {
        if let Some(turned) = self.breaks.iter().rev().find(|b| b.at <= len) {
            self.page = Some(turned.page);
        }
        self.breaks.retain(|b| b.at > len);
        for turn in &mut self.breaks {
            turn.at -= len;
        }
        self.text.drain(..len);
        self
    }
}

/// Joins lines with nothing counted, for looking ahead; at most `max` bytes of each.
pub(in crate::import) fn peek(lines: &[Line], manner: &Manner, max: usize) -> String {
    let mut grown = Grown::default();
    for line in lines {
        let short = Line {
            text: crate::import::words::head(&line.text, max).to_owned(),
            page: line.page,
            ..Line::default()
        };
        grown.push(&short, manner, &mut Tally::default());
    }
    grown.text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_stand_where_the_new_page_begins() {
        let manner = Manner { language: Language::Russian, words: Vocabulary::default() };
        let mut grown = Grown::default();
        let mut tally = Tally::default();
        for (text, page) in [("Г-н Орлан: пред-", 2), ("ставил", 3), ("доклад", 3)]
        {
            let line = Line { text: text.into(), page: Some(page), ..Line::default() };
            grown.push(&line, &manner, &mut tally);
        }
        assert_eq!(grown.text, "Г-н Орлан: представил доклад");
        assert_eq!(tally, Tally { joined: 2, kept: 0, undone: 1 });
        let cut = grown.text.find("пред").unwrap();
        let grown = grown.without_head(cut);
        assert_eq!(grown.page, Some(2));
        assert_eq!(&grown.text[grown.breaks[0].at..], "ставил доклад");
    }

    #[test]
    fn a_break_in_the_form_of_address_gives_the_page() {
        let manner = Manner { language: Language::English, words: Vocabulary::default() };
        let mut grown = Grown::default();
        for (text, page) in [("Mr. Orlan", 2), ("(Peru): We", 3)] {
            let line = Line { text: text.into(), page: Some(page), ..Line::default() };
            grown.push(&line, &manner, &mut Tally::default());
        }
        let grown = grown.without_head("Mr. Orlan (Peru): ".len());
        assert_eq!((grown.text.as_str(), grown.page), ("We", Some(3)));
        assert!(grown.breaks.is_empty());
    }
}
