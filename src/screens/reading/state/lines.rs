//! The lines of the record near the screen: setting them, stepping over them, filling the screen.

use std::sync::Arc;

use super::Reader;
use crate::app::page::{self, Setting};
use crate::app::pieces;
use crate::app::position::{ParagraphAt, Passage, Pos};
use crate::record::Item;

impl Reader {
    /// The lines of a piece, set now if they were not yet.
    pub fn lines(&mut self, shown: usize) -> Arc<Setting> {
        if let Some(set) = self.set.get(&shown) {
            return Arc::clone(set);
        }
        let mut set = match (self.item(shown), self.pieces.get(shown)) {
            (Some(item), Some(piece)) => {
                page::set(item, piece, self.width, self.record.source.has_printed_paragraphs())
            }
            _ => Setting::default(),
        };
        // Directions and votes have no page of their own to be cited by: it is told where it turns.
        if !matches!(self.item(shown), Some(Item::Statement(_))) {
            let before = shown.checked_sub(1).and_then(|i| self.item(i)).and_then(last_page);
            set.lines
                .iter_mut()
                .for_each(|line| line.page = line.page.filter(|_| line.page != before));
        }
        let set = Arc::new(set);
        // A long record read through would keep every line; far items are cheap to set again. Each has
        // two lines or more, so that what is on the screen is never let go of.
        let far = self.height.max(16);
        if self.set.len() > 4 * far {
            let near = |i: &usize| i.abs_diff(shown) < far;
            self.set.retain(|i, _| near(i));
        }
        self.set.insert(shown, Arc::clone(&set));
        set
    }

    /// The line with a byte of a paragraph; the heading for the very first.
    pub(super) fn line_of(&mut self, shown: usize, paragraph: usize, byte: usize) -> usize {
        let first = (paragraph, byte) == (0, 0);
        let line = if first { None } else { self.spoken_line(shown, paragraph, byte) };
        line.unwrap_or_else(|| self.first_words(shown))
    }

    pub(super) fn spoken_line(
        &mut self,
        shown: usize,
        paragraph: usize,
        byte: usize,
    ) -> Option<usize> {
        self.lines(shown).lines.iter().rposition(|l| {
            l.shown.as_ref().is_some_and(|s| (s.paragraph, s.bytes.start) <= (paragraph, byte))
        })
    }

    /// The lines on the screen with words of an item, as passages of its statement.
    pub fn rows_of(&self, item: usize) -> Vec<Passage> {
        let visible = self.visible().into_iter();
        let of_item = visible.filter(|(pos, _)| self.index(pos.item) == Some(item));
        of_item.filter_map(|(_, line)| line.shown.as_ref().map(passage_of)).collect()
    }

    /// The line of an item that ends after a place in its statement, or the one that starts before it.
    pub fn row_beside(&mut self, item: usize, at: (usize, usize), on: bool) -> Option<Passage> {
        let paragraph = ParagraphAt { item, paragraph: at.0 };
        let mut piece = pieces::with(&self.pieces, paragraph, at.1)?;
        loop {
            let set = self.lines(piece);
            let mut rows = set.lines.iter().filter_map(|line| line.shown.as_ref().map(passage_of));
            let found = match on {
                true => rows.find(|row| row.end > at),
                false => rows.rfind(|row| row.start < at),
            };
            piece = if on { piece + 1 } else { piece.wrapping_sub(1) };
            if found.is_some() || self.index(piece) != Some(item) {
                return found;
            }
        }
    }

    /// The first line of a piece that is not blank.
    pub(super) fn first_words(&mut self, shown: usize) -> usize {
        let set = self.lines(shown);
        set.lines.iter().position(|l| l.role != page::Role::Blank).unwrap_or(0)
    }

    /// Moves the top down by at most `most` lines within its piece, or to the next piece. Returns the
    /// number of lines moved.
    pub(super) fn steps_down(&mut self, most: usize) -> usize {
        let within = self.lines(self.top.item).lines.len().saturating_sub(self.top.line + 1);
        if within > 0 {
            self.top.line += within.min(most);
            return within.min(most);
        }
        let next = self.top.item + 1 < self.pieces.len();
        if next {
            self.top = Pos { item: self.top.item + 1, line: 0 };
        }
        usize::from(next)
    }

    /// Moves the top up by at most `most` lines within its piece, or to the previous piece. Returns the
    /// number of lines moved.
    pub(super) fn steps_up(&mut self, most: usize) -> usize {
        // The blank line above the very first words is no line to go up to.
        let first = if self.top.item == 0 { self.first_words(0) } else { 0 };
        let within = self.top.line.saturating_sub(first);
        if within > 0 {
            self.top.line -= within.min(most);
            return within.min(most);
        }
        let before = self.top.item.checked_sub(1);
        if let Some(item) = before {
            self.top = Pos { item, line: self.lines(item).lines.len().saturating_sub(1) };
        }
        usize::from(before.is_some())
    }

    /// Brings the top to a line that is there and sets what is on the screen; returns how many
    /// lines there are from the top on, counted as far as the screen.
    pub(super) fn settle(&mut self) -> usize {
        if self.pieces.is_empty() {
            self.top = Pos::default();
            return 0;
        }
        self.top.item = self.top.item.min(self.pieces.len() - 1);
        let last = self.lines(self.top.item).lines.len().saturating_sub(1);
        self.top.line = self.top.line.min(last);
        let mut below = last + 1 - self.top.line;
        let mut item = self.top.item + 1;
        while below < self.height && item < self.pieces.len() {
            below += self.lines(item).lines.len();
            item += 1;
        }
        self.lines(self.top.item);
        below
    }

    /// Moves the top up until the screen is full, if the record can fill it.
    pub(super) fn fill(&mut self) {
        let mut below = self.settle();
        while below < self.height && self.steps_up(1) > 0 {
            below += 1;
        }
    }

    pub(super) fn at_end(&self) -> bool {
        let rows = self.visible();
        let Some((last, _)) = rows.last() else { return true };
        let lines = self.set.get(&last.item).map_or(0, |s| s.lines.len());
        last.item + 1 == self.pieces.len() && last.line + 1 == lines
    }
}

/// The words that a line shows.
fn passage_of(shown: &page::Shown) -> Passage {
    let at = |byte| (shown.paragraph, byte);
    Passage { start: at(shown.bytes.start), end: at(shown.bytes.end) }
}

/// The printed page on which an item ends, as far as it is known.
fn last_page(item: &Item) -> Option<u32> {
    let Item::Statement(statement) = item else { return item.page() };
    let last = statement.paragraphs.last().and_then(|p| p.page_at(p.text.len()));
    last.or(statement.page)
}
