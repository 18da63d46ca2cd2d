//! Positions in a record: a spot to come back to, a line on the screen, a paragraph, a selection.

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
    pub fn ends(&self) -> (ParagraphAt, ParagraphAt) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
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
