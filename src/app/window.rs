//! Selection and scroll of every list: one small piece of arithmetic, and nothing else.

use super::command::Command;

/// The first row shown and the selected one, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first row on the screen.
    pub top: usize,
    /// The selected row.
    pub selected: usize,
}

/// A movement in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The selection by this many rows; the screen follows only as far as it must.
    Rows(isize),
    /// Selection and screen together by this many half pages.
    HalfPages(isize),
    /// Selection and screen together by this many pages.
    Pages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To this row, shown in the middle if it was not on the screen.
    To(usize),
}

impl Move {
    /// How a key moves a list or a text, with the count typed before it.
    pub fn by_key(command: Command, count: Option<u32>) -> Option<Self> {
        let n = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
        Some(match command {
            Command::Down => Self::Rows(n),
            Command::Up => Self::Rows(-n),
            Command::HalfDown => Self::HalfPages(n),
            Command::HalfUp => Self::HalfPages(-n),
            Command::PageDown => Self::Pages(n),
            Command::PageUp => Self::Pages(-n),
            Command::Top => Self::First,
            Command::Bottom => Self::Last,
            _ => return None,
        })
    }

    /// The same in a list whose rows have no numbers of their own: a count before `g` and `G` is that of a row.
    pub fn by_key_in_rows(command: Command, count: Option<u32>) -> Option<Self> {
        match (Self::by_key(command, count)?, count) {
            (Self::First | Self::Last, Some(row)) => {
                Some(Self::To((row as usize).saturating_sub(1)))
            }
            (by, _) => Some(by),
        }
    }

    /// The same in a list of hits, where `n` and `N` move too.
    pub fn by_key_in_hits(command: Command, count: Option<u32>) -> Option<Self> {
        match command {
            Command::NextHit => Self::by_key(Command::Down, count),
            Command::PreviousHit => Self::by_key(Command::Up, count),
            _ => Self::by_key_in_rows(command, count),
        }
    }
}

impl Window {
    /// The selected row of `len`, as the status line says it.
    pub fn position(self, len: usize) -> String {
        if len == 0 { "none".to_owned() } else { format!("{} of {len}", self.selected + 1) }
    }

    /// The same in a list with a filter.
    pub fn position_with(self, len: usize, filter: &str) -> String {
        let position = self.position(len);
        if filter.is_empty() {
            return position;
        }
        format!("{position} with \u{201C}{filter}\u{201D}")
    }

    /// The window of a text that only scrolls: its selection is its first line shown.
    #[must_use]
    pub fn scrolled(self, by: Move, len: usize, height: usize) -> Self {
        let last = len.saturating_sub(height);
        let lines = |n: isize, each: usize| {
            let by = n.saturating_mul(each.max(1).cast_signed());
            self.top.saturating_add_signed(by)
        };
        let top = match by {
            Move::Rows(n) => lines(n, 1),
            Move::HalfPages(n) => lines(n, height / 2),
            Move::Pages(n) => lines(n, height.saturating_sub(1)),
            Move::First => 0,
            Move::Last => last,
            Move::To(row) => row,
        }
        .min(last);
        Self { top, selected: top }
    }

    /// How much of a text is below the screen, as the status line says it; nothing where all of it is shown.
    pub fn position_in_text(self, len: usize, height: usize) -> String {
        match len.saturating_sub(self.top + height) {
            _ if len <= height => String::new(),
            0 => "end".to_owned(),
            below => format!("{below} more below"),
        }
    }

    /// The window after a movement in `len` rows on a screen of `height`.
    #[must_use]
    pub fn moved(self, by: Move, len: usize, height: usize) -> Self {
        let half = (height / 2).max(1).cast_signed();
        let page = height.max(1).cast_signed();
        match by {
            Move::Rows(n) => Self { selected: shift(self.selected, n), ..self },
            Move::HalfPages(n) => self.both(n * half),
            Move::Pages(n) => self.both(n * page),
            Move::First => Self::default(),
            Move::Last => Self { selected: len.saturating_sub(1), ..self },
            Move::To(row) => {
                let shown = row >= self.top && row < self.top + height;
                let top = if shown { self.top } else { row.saturating_sub(height / 2) };
                Self { top, selected: row }
            }
        }
        .fit(len, height)
    }

    /// The window brought inside `len` rows on a screen of `height`: the selection exists and is
    /// shown, and no empty rows are below the last one while some are hidden above the first.
    #[must_use]
    pub fn fit(self, len: usize, height: usize) -> Self {
        let height = height.max(1);
        let selected = self.selected.min(len.saturating_sub(1));
        let lowest = (selected + 1).saturating_sub(height);
        let top = self.top.min(len.saturating_sub(height)).clamp(lowest, selected);
        Self { top, selected }
    }

    fn both(self, by: isize) -> Self {
        Self { top: shift(self.top, by), selected: shift(self.selected, by) }
    }
}

fn shift(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (movement, top, selected) after each movement, on 100 rows and a screen of 10.
    #[test]
    fn movements_keep_the_selection_on_the_screen() {
        let table = [
            (Move::Rows(1), 0, 1),
            (Move::Rows(8), 0, 9),
            (Move::Rows(1), 1, 10),
            (Move::Rows(-5), 1, 5),
            (Move::HalfPages(1), 6, 10),
            (Move::Pages(2), 26, 30),
            (Move::Rows(-10), 20, 20),
            (Move::Pages(-1), 10, 10),
            (Move::Last, 90, 99),
            (Move::Rows(1), 90, 99),
            (Move::Pages(1), 90, 99),
            (Move::HalfPages(-1), 85, 94),
            (Move::To(50), 45, 50),
            (Move::To(52), 45, 52),
            (Move::First, 0, 0),
            (Move::Rows(-1), 0, 0),
            (Move::HalfPages(-1), 0, 0),
            (Move::To(1000), 90, 99),
        ];
        let mut window = Window::default();
        for (by, top, selected) in table {
            window = window.moved(by, 100, 10);
            assert_eq!(window, Window { top, selected }, "after {by:?}");
        }
    }

    #[test]
    fn short_lists_and_small_screens() {
        assert_eq!(Window::default().moved(Move::Last, 0, 10), Window::default());
        assert_eq!(Window::default().moved(Move::Pages(1), 3, 10), Window { top: 0, selected: 2 });
        assert_eq!(Window::default().moved(Move::Rows(2), 3, 0), Window { top: 2, selected: 2 });
        assert_eq!(Window { top: 40, selected: 45 }.fit(100, 3), Window { top: 43, selected: 45 });
        assert_eq!(Window { top: 40, selected: 45 }.fit(5, 3), Window { top: 2, selected: 4 });
    }
}
