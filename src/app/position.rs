//! Positions in a record: a spot to come back to, a line on the screen, a paragraph, a selection.

use std::ops::Range;

use crate::record::Statement;

/// A place in a record that outlives a change of width: statement number, paragraph, byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Number of the statement, from 1.
    pub statement: u32,
    /// Paragraph in it, from 0.
    pub paragraph: usize,
    /// Byte in the paragraph.
    pub byte: usize,
}

/// A line of the record: which shown item, and which line of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// The shown piece.
    pub item: usize,
    /// Line of that item, from 0.
    pub line: usize,
}

/// A paragraph of the record: which item of the record, and which paragraph of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParagraphAt {
    /// Index into the items of the record.
    pub item: usize,
    /// Paragraph of the statement, from 0.
    pub paragraph: usize,
}

/// Words of a statement, from a byte of one paragraph to a byte of the same or of a later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Where they start: paragraph, from 0, and byte.
    pub start: (usize, usize),
    /// Where they end.
    pub end: (usize, usize),
}

impl Passage {
    /// Whole paragraphs of a statement, first to last, as far as it has them.
    #[must_use]
    pub fn of_paragraphs(statement: &Statement, first: usize, last: usize) -> Self {
        let last = last.min(statement.paragraphs.len().saturating_sub(1));
        let end = statement.paragraphs.get(last).map_or(0, |p| p.text.len());
        Self { start: (first, 0), end: (last, end) }
    }

    /// A whole statement.
    #[must_use]
    pub fn of_statement(statement: &Statement) -> Self {
        Self::of_paragraphs(statement, 0, usize::MAX)
    }

    /// Both, with what is between them.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// What is in it of some bytes of a paragraph.
    #[must_use]
    pub fn within(&self, paragraph: usize, bytes: &Range<usize>) -> Option<Range<usize>> {
        let start = self.start.max((paragraph, bytes.start));
        let end = self.end.min((paragraph, bytes.end));
        let here = start.0 == paragraph && end.0 == paragraph && start.1 <= end.1;
        here.then_some(start.1..end.1)
    }
}

/// What is selected of a statement. It never goes beyond it: one citation, one speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Index into the items of the record.
    pub item: usize,
    /// What was selected first.
    pub anchor: Passage,
    /// What it was extended to.
    pub head: Passage,
    /// It was not extended yet; the first key says whether by sentences, lines or paragraphs.
    pub fresh: bool,
}

impl Selection {
    /// A passage, not extended yet.
    #[must_use]
    pub fn new(item: usize, passage: Passage) -> Self {
        Self { item, anchor: passage, head: passage, fresh: true }
    }

    /// All that is selected.
    #[must_use]
    pub fn passage(&self) -> Passage {
        self.anchor.joined(self.head)
    }
}

/// The position in a text as the status line says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusPosition {
    /// The number of the statement; none in a text without statements.
    pub number: Option<u32>,
    /// Who speaks: the State or organization, or else the name.
    pub who: String,
    /// The printed page.
    pub page: Option<u32>,
    /// How far into the record, in percent.
    pub percent: usize,
}
