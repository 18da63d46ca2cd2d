//! Positions in a record that is being read: a line on the screen, a paragraph, a selection.

/// A line of the record: which shown item, and which line of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// Index into `Reader::items`.
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

/// Paragraphs selected, from the one selected first to the one extended to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: ParagraphAt,
    /// Where it was extended to.
    pub head: ParagraphAt,
}

impl Selection {
    /// First and last paragraph, in order.
    #[must_use]
    pub fn ends(&self) -> (ParagraphAt, ParagraphAt) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }
}
