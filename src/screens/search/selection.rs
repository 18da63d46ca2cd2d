//! The selected statement of the search screen, and the rows around it that are shown.

use crate::app::found::Words;
use crate::app::window::{Move, Window};

use super::rows::{SearchRow, rows};
use super::state::Search;

impl Search {
    /// Makes the rows again, for a list of this height; the selection stays on its statement.
    pub fn set_rows(&mut self, narrow: bool, height: usize) {
        let hit = self.selected_hit();
        let up = self.window.selected.saturating_sub(self.window.top);
        self.rows = rows(&self.results.found, narrow);
        self.select(hit.unwrap_or(0), height);
        if hit.is_some() {
            // As far down on the screen as it was.
            self.window.top = self.window.selected.saturating_sub(up);
            self.window = self.with_selection_visible(self.window, height);
        }
    }

    /// Selects a statement.
    pub fn select(&mut self, hit: usize, height: usize) {
        let window = self.window.moved(Move::To(self.row_of(hit)), self.rows.len(), height);
        self.window = self.with_selection_visible(window, height);
    }

    /// Moves the selection from statement to statement, or a page of rows.
    pub fn moved(&mut self, by: Move, height: usize) {
        let Some(hit) = self.selected_hit() else { return };
        match by {
            Move::Rows(n) => self.select_near(hit.saturating_add_signed(n), height),
            Move::First => self.select_near(0, height),
            Move::Last => self.select_near(usize::MAX, height),
            Move::To(hit) => self.select(hit, height),
            Move::Pages(n) | Move::HalfPages(n) => {
                let window = self.window.moved(by, self.rows.len(), height);
                // A heading or the second row of a statement is never selected.
                let (below, above) =
                    (self.rows.get(window.selected..), self.rows.get(..window.selected));
                let first = |rows: Option<&[SearchRow]>| rows?.iter().find_map(SearchRow::hit);
                let last = |rows: Option<&[SearchRow]>| rows?.iter().rev().find_map(SearchRow::hit);
                let to = if n < 0 {
                    last(self.rows.get(..=window.selected)).or_else(|| first(below))
                } else {
                    first(below).or_else(|| last(above))
                };
                let row = self.rows.iter().position(|row| row.hit() == to);
                let selected = row.unwrap_or(window.selected);
                self.window = self.with_selection_visible(Window { selected, ..window }, height);
            }
        }
    }

    fn select_near(&mut self, hit: usize, height: usize) {
        let window = Window { selected: self.row_of(hit), ..self.window };
        self.window = self.with_selection_visible(window, height);
    }

    /// The row of a statement, or of the last one if there are fewer.
    fn row_of(&self, hit: usize) -> usize {
        let hit = hit.min(self.results.found.len().saturating_sub(1));
        self.rows.iter().position(|row| row.hit() == Some(hit)).unwrap_or(0)
    }

    /// The window moved as little as shows the whole of the selected statement, with the heading above it.
    fn with_selection_visible(&self, window: Window, height: usize) -> Window {
        let Window { selected, .. } = window.fit(self.rows.len(), height);
        let words = usize::from(matches!(self.rows.get(selected + 1), Some(SearchRow::Words(_))));
        let heading = selected.checked_sub(1).and_then(|above| self.rows.get(above));
        let heading = usize::from(matches!(heading, Some(SearchRow::Record(_))));
        let lowest = (selected + words + 1).saturating_sub(height);
        // Where not everything fits, the statement is shown and not its heading.
        let highest = (selected - heading).max(lowest.min(selected));
        let last = self.rows.len().saturating_sub(height);
        let top = window.top.min(last).max(lowest).min(highest);
        Window { top, selected }
    }

    /// The statements on the screen whose words are not read yet.
    pub fn unread(&self, height: usize) -> Vec<usize> {
        let shown = self.rows.iter().skip(self.window.top).take(height.max(1));
        shown
            .filter_map(SearchRow::hit)
            .filter(|hit| {
                let found = self.results.found.get(*hit);
                found.is_some_and(|found| found.words == Words::Awaited)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::found::{At, Found, PAGE, grouped};
    use crate::record::{Language, Symbol};

    /// Statements of these records, numbered.
    fn found(records: &[u32]) -> Vec<Found> {
        let one = |(nth, record): (usize, &u32)| Found {
            at: At {
                symbol: Symbol::verbatim(*record),
                language: Language::English,
                nth,
                capacity: None,
            },
            date: jiff::civil::Date::new(2020, 1, 2).unwrap(),
            topic: Arc::from("a topic"),
            exercise: false,
            number: 1,
            speaker: String::new(),
            of: None,
            words: Words::Awaited,
        };
        records.iter().enumerate().map(one).collect()
    }

    fn numbers(found: &[Found]) -> Vec<usize> {
        found.iter().map(|found| found.at.nth).collect()
    }

    #[test]
    fn records_stand_together_within_what_came_together() {
        assert_eq!(numbers(&grouped(found(&[7, 8, 7, 9, 8]))), [0, 2, 1, 4, 3]);
        // The next page starts again: what is there already does not move.
        let mut records = vec![7; PAGE - 1];
        records.extend([8, 7, 8, 7]);
        let (all, first) = (grouped(found(&records)), grouped(found(&records[..PAGE])));
        assert_eq!(all[..PAGE], first[..]);
        assert_eq!(numbers(&all[PAGE..]), [PAGE, PAGE + 2, PAGE + 1]);
    }

    /// (movement, top, selected row) after each, on a screen of 6 rows; two rows a statement, three records.
    #[test]
    fn the_whole_statement_and_its_heading_are_visible() {
        let mut search = Search::default();
        search.results.found = found(&[7, 7, 8, 8, 9]);
        // R0 h w h w R5 h w h w R10 h w
        search.set_rows(true, 6);
        let table = [
            (Move::First, 0, 1),
            (Move::Rows(1), 0, 3),
            (Move::Rows(1), 2, 6),
            (Move::Rows(1), 4, 8),
            (Move::Rows(-1), 4, 6),
            (Move::Rows(-1), 3, 3),
            (Move::Rows(-1), 0, 1),
            (Move::Last, 7, 11),
            (Move::Rows(1), 7, 11),
            (Move::Pages(-1), 1, 3),
            (Move::Pages(-1), 0, 1),
            (Move::Pages(1), 6, 8),
            (Move::HalfPages(1), 7, 11),
            // Not on the screen before: in the middle of it.
            (Move::To(2), 3, 6),
        ];
        for (by, top, selected) in table {
            search.moved(by, 6);
            assert_eq!(search.window, Window { top, selected }, "after {by:?}");
        }
        // A statement is visible even when its heading is not, and the selection outlives the rows.
        search.set_rows(false, 1);
        assert_eq!(search.rows[search.window.selected], SearchRow::Hit(2));
        assert_eq!(search.window.top, search.window.selected);
    }
}
