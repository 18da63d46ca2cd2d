//! The rows of the list of statements found: a heading for each record, one or two rows for each statement.

use std::collections::HashMap;

use super::{At, Found, PAGE, Search};
use crate::app::window::{Move, Window};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The record of the statement that follows.
    Record(usize),
    /// A statement; where rows are narrow, its speaker.
    Hit(usize),
    /// Where rows are narrow, the words of the statement above.
    Words(usize),
}

impl Row {
    /// The statement, where the row is its first.
    #[must_use]
    pub fn hit(&self) -> Option<usize> {
        match self {
            Self::Hit(hit) => Some(*hit),
            _ => None,
        }
    }
}

/// Statements put by record, each record where its first statement stood. What comes with a later page stands
/// behind all of the earlier ones: nothing moves under the eye when more is loaded.
#[must_use]
pub fn grouped(found: Vec<Found>) -> Vec<Found> {
    let mut grouped = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    let mut page = PAGE;
    while found.peek().is_some() {
        let mut groups: Vec<Vec<Found>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for one in found.by_ref().take(page) {
            let key = format!("{} {}", one.at.symbol, one.at.language.code());
            let place = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        grouped.extend(groups.into_iter().flatten());
        // Each time as many more are asked for as there are.
        page = grouped.len().max(PAGE);
    }
    grouped
}

/// The rows of a list, two for each statement where they are narrow.
#[must_use]
pub fn rows(found: &[Found], narrow: bool) -> Vec<Row> {
    let mut rows = Vec::with_capacity(found.len() * 2);
    let mut before: Option<&At> = None;
    for (n, one) in found.iter().enumerate() {
        if before.is_none_or(|before| !before.same_record(&one.at)) {
            rows.push(Row::Record(n));
        }
        rows.push(Row::Hit(n));
        if narrow {
            rows.push(Row::Words(n));
        }
        before = Some(&one.at);
    }
    rows
}

impl Search {
    /// Makes the rows anew, for a list of so many rows; the selection stays on its statement.
    pub fn set_rows(&mut self, narrow: bool, height: usize) {
        let hit = self.selected_hit();
        let up = self.window.selected.saturating_sub(self.window.top);
        self.rows = rows(&self.results.found, narrow);
        self.select(hit.unwrap_or(0), height);
        if hit.is_some() {
            // As far down on the screen as it was.
            self.window.top = self.window.selected.saturating_sub(up);
            self.window = self.in_sight(self.window, height);
        }
    }

    /// Selects a statement.
    pub fn select(&mut self, hit: usize, height: usize) {
        let last = self.results.found.len().saturating_sub(1);
        let hit = hit.min(last);
        let row = self.rows.iter().position(|row| row.hit() == Some(hit)).unwrap_or(0);
        let window = self.window.moved(Move::To(row), self.rows.len(), height);
        self.window = self.in_sight(window, height);
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
                // A heading or the second row of a statement is nobody's place to stand.
                let (below, above) =
                    (self.rows.get(window.selected..), self.rows.get(..window.selected));
                let first = |rows: Option<&[Row]>| rows?.iter().find_map(Row::hit);
                let last = |rows: Option<&[Row]>| rows?.iter().rev().find_map(Row::hit);
                let to = if n < 0 {
                    last(self.rows.get(..=window.selected)).or_else(|| first(below))
                } else {
                    first(below).or_else(|| last(above))
                };
                let row = self.rows.iter().position(|row| row.hit() == to);
                let selected = row.unwrap_or(window.selected);
                self.window = self.in_sight(Window { selected, ..window }, height);
            }
        }
    }

    fn select_near(&mut self, hit: usize, height: usize) {
        let hit = hit.min(self.results.found.len().saturating_sub(1));
        let row = self.rows.iter().position(|row| row.hit() == Some(hit)).unwrap_or(0);
        let window = Window { selected: row, ..self.window };
        self.window = self.in_sight(window, height);
    }

    /// The window moved as little as shows the whole of the selected statement, with the heading above it.
    fn in_sight(&self, window: Window, height: usize) -> Window {
        let Window { selected, .. } = window.fit(self.rows.len(), height);
        let words = usize::from(matches!(self.rows.get(selected + 1), Some(Row::Words(_))));
        let heading = selected.checked_sub(1).and_then(|above| self.rows.get(above));
        let heading = usize::from(matches!(heading, Some(Row::Record(_))));
        let lowest = (selected + words + 1).saturating_sub(height);
        // Where not everything fits, the statement is shown and not its heading.
        let highest = (selected - heading).max(lowest.min(selected));
        let last = self.rows.len().saturating_sub(height);
        let top = window.top.min(last).max(lowest).min(highest);
        Window { top, selected }
    }

    /// The statements on the screen whose words are not read yet.
    #[must_use]
    pub fn unread(&self, height: usize) -> Vec<usize> {
        let shown = self.rows.iter().skip(self.window.top).take(height.max(1));
        shown
            .filter_map(Row::hit)
            .filter(|hit| {
                let found = self.results.found.get(*hit);
                found.is_some_and(|found| found.words == super::Words::Awaited)
            })
            .collect()
    }
}
