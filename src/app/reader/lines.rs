//! The lines of the record near the screen: setting them, stepping over them, filling the screen.

use std::sync::Arc;

use super::{Pos, Reader};
use crate::app::page::{self, Setting};
use crate::record::Item;

impl Reader {
    /// The lines of an item, set now if they were not yet.
    pub fn lines(&mut self, shown: usize) -> Arc<Setting> {
        if let Some(set) = self.set.get(&shown) {
            return Arc::clone(set);
        }
        let mut set = self.item(shown).map(|i| page::set(i, self.width)).unwrap_or_default();
        // Directions and votes have no page of their own to be cited by: it is told where it turns.
        if !matches!(self.item(shown), Some(Item::Statement(_))) {
            let before = shown.checked_sub(1).and_then(|i| self.item(i)).and_then(last_page);
            set.lines
                .iter_mut()
                .for_each(|line| line.page = line.page.filter(|_| line.page != before));
        }
        let set = Arc::new(set);
        // A long record read through would keep every line; far items are cheap to set again.
        if self.set.len() > 64 {
            let near = |i: &usize| i.abs_diff(shown) < 16;
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

    /// The first line of an item that is not blank.
    pub(super) fn first_words(&mut self, shown: usize) -> usize {
        let set = self.lines(shown);
        set.lines.iter().position(|l| l.role != page::Role::Blank).unwrap_or(0)
    }

    pub(super) fn step_down(&mut self) -> bool {
        let len = self.lines(self.top.item).lines.len();
        if self.top.line + 1 < len {
            self.top.line += 1;
        } else if self.top.item + 1 < self.items.len() {
            self.top = Pos { item: self.top.item + 1, line: 0 };
        } else {
            return false;
        }
        true
    }

    pub(super) fn step_up(&mut self) -> bool {
        // The blank line above the very first words is no line to go up to.
        let first = if self.top.item == 0 { self.first_words(0) } else { 0 };
        if self.top.line > first {
            self.top.line -= 1;
        } else if self.top.item > 0 {
            let item = self.top.item - 1;
            self.top = Pos { item, line: self.lines(item).lines.len().saturating_sub(1) };
        } else {
            return false;
        }
        true
    }

    /// Brings the top to a line that is there and sets what is on the screen; gives back how many
    /// lines there are from the top on, counted as far as the screen.
    pub(super) fn settle(&mut self) -> usize {
        if self.items.is_empty() {
            self.top = Pos::default();
            return 0;
        }
        self.top.item = self.top.item.min(self.items.len() - 1);
        let last = self.lines(self.top.item).lines.len().saturating_sub(1);
        self.top.line = self.top.line.min(last);
        let mut below = last + 1 - self.top.line;
        let mut item = self.top.item + 1;
        while below < self.height && item < self.items.len() {
            below += self.lines(item).lines.len();
            item += 1;
        }
        self.lines(self.top.item);
        below
    }

    /// Moves the top up until the screen is full, if the record can fill it.
    pub(super) fn fill(&mut self) {
        let mut below = self.settle();
        while below < self.height && self.step_up() {
            below += 1;
        }
    }

    pub(super) fn at_end(&self) -> bool {
        let rows = self.visible();
        let Some((last, _)) = rows.last() else { return true };
        let lines = self.set.get(&last.item).map_or(0, |s| s.lines.len());
        last.item + 1 == self.items.len() && last.line + 1 == lines
    }
}

/// The printed page on which an item ends, as far as it is known.
fn last_page(item: &Item) -> Option<u32> {
    let Item::Statement(statement) = item else { return item.page() };
    let last = statement.paragraphs.last().and_then(|p| p.page_at(p.text.len()));
    last.or(statement.page)
}
