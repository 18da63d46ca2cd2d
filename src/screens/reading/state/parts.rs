//! The pieces of the record that are shown: cut from its items, and looked up by item, statement and reference.

use super::Reader;
use crate::app::pieces;
use crate::app::position::ParagraphAt;
use crate::record::{Item, Statement, reference};

/// The bytes that a piece is counted as beside its text.
const LINE: usize = 64;

impl Reader {
    /// The item that a shown piece is of.
    #[must_use]
    pub fn item(&self, shown: usize) -> Option<&Item> {
        self.record.items.get(self.index(shown)?)
    }

    /// Index into the record's items of the item that a shown piece is of.
    #[must_use]
    pub fn index(&self, shown: usize) -> Option<usize> {
        self.pieces.get(shown).map(|piece| piece.item)
    }

    /// The first shown piece of an item of the record; none where the item is left out.
    #[must_use]
    pub fn first_of(&self, item: usize) -> Option<usize> {
        pieces::first_of(&self.pieces, item)
    }

    /// The first piece of the item that a shown piece is of.
    #[must_use]
    pub fn begin(&self, shown: usize) -> usize {
        self.index(shown).and_then(|item| self.first_of(item)).unwrap_or(shown)
    }

    /// The first piece of the item after that of a shown piece.
    #[must_use]
    pub fn after(&self, shown: usize) -> Option<usize> {
        let item = self.index(shown)?;
        let next = self.pieces.partition_point(|piece| piece.item <= item);
        (next < self.pieces.len()).then_some(next)
    }

    /// How many pieces are shown.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.pieces.len()
    }

    /// The statements shown, in order: the first piece of each.
    #[must_use]
    pub fn statements(&self) -> &[usize] {
        &self.statements
    }

    /// The statements and votes shown, in order: the first piece of each.
    #[must_use]
    pub fn statements_and_votes(&self) -> Vec<usize> {
        let votes = self.pieces.iter().enumerate().filter_map(|(shown, piece)| {
            matches!(self.record.items.get(piece.item)?, Item::Vote(_)).then_some(shown)
        });
        let mut all: Vec<usize> = self.statements.iter().copied().chain(votes).collect();
        all.sort_unstable();
        all
    }

    /// The statement of one of these pieces.
    #[must_use]
    pub fn statement_of(&self, shown: usize) -> Option<&Statement> {
        match self.item(shown)? {
            Item::Statement(s) => Some(s),
            _ => None,
        }
    }

    /// Whether there is a reference in a piece, which need not be set for that.
    pub fn has_references(&mut self, shown: usize) -> bool {
        if self.bare.contains(&shown) {
            return false;
        }
        let (Some(piece), Some(statement)) = (self.pieces.get(shown), self.statement_of(shown))
        else {
            return false;
        };
        let mut any = false;
        for index in piece.paragraphs.clone() {
            let Some(paragraph) = statement.paragraphs.get(index) else { continue };
            reference::each_reference(&paragraph.text[piece.bytes_of(index, paragraph)], |_| {
                any = true;
                false
            });
        }
        if !any {
            self.bare.insert(shown);
        }
        any
    }

    /// How many bytes of text a piece has.
    #[must_use]
    pub fn bytes_in(&self, shown: usize) -> usize {
        self.pieces.get(shown).map_or(0, |piece| piece.bytes + LINE)
    }

    /// Whether a piece is known to have no reference.
    #[must_use]
    pub fn is_bare(&self, shown: usize) -> bool {
        self.bare.contains(&shown)
    }

    /// The reference of a paragraph with a number among those of this paragraph: its piece, and its
    /// number there.
    pub fn reference_in(&mut self, at: ParagraphAt, number: usize) -> Option<(usize, usize)> {
        let mut left = number;
        let from = pieces::with(&self.pieces, at, 0)?;
        for shown in from..self.pieces.len() {
            let piece = &self.pieces[shown];
            if (piece.item, piece.paragraphs.start) > (at.item, at.paragraph) {
                break;
            }
            let setting = self.lines(shown);
            let here = setting.references.iter().enumerate();
            for (number, _) in here.filter(|(_, (paragraph, _))| *paragraph == at.paragraph) {
                if left == 0 {
                    return Some((shown, number));
                }
                left -= 1;
            }
        }
        None
    }

    /// Cuts the items that are kept into pieces.
    pub(super) fn cut(&mut self, keep: impl Fn(&Item) -> bool) {
        let items = self.record.items.iter().enumerate().filter(|(_, item)| keep(item));
        self.pieces = pieces::of(&self.record, items.map(|(index, _)| index));
        self.bare.clear();
        let is_statement =
            |shown: &usize| self.pieces[*shown].is_first() && self.statement_of(*shown).is_some();
        self.statements = (0..self.pieces.len()).filter(is_statement).collect();
        let mut total = 0;
        self.bytes = self
            .pieces
            .iter()
            .map(|piece| {
                total += piece.bytes;
                total
            })
            .collect();
    }
}
