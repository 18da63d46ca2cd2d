//! What a letter typed above a list may take of the line before the next one comes.
//!
//! A letter may change every row below the input line, in more bytes than a slow line sends until
//! the next letter. So the best rows are drawn at once, as many as the ration has room for, and
//! those below when the keys pause; until then their place is empty behind a sign that more
//! follows. What is drawn is always of the newest answer: no row of an older one stays below it.
//! Where a letter changes little, which is the most usual case, nothing is held back.
//!
//! Not here: what the rows take, which the renderer counts; the pause, which the loop knows.

use super::action::{Action, Command};
use super::geometry::Geometry;
use super::search::Focus;
use super::state::{Purpose, Screen, State};

/// Bytes for a letter on a screen of the usual size.
const LETTER: usize = 700;
/// The cells of that screen. A larger one has longer rows and more of them.
const CELLS: usize = 80 * 24;
/// Bytes for a letter on a slow line, however large the screen is: there the next letter comes
/// before the line has sent even so many.
const SLOW_LETTER: usize = 350;
/// Bytes of it kept back for the parts of an answer that follow its first: totals and bar, which
/// on a slow line is of ASCII.
const TO_COME: usize = 200;
const SLOW_TO_COME: usize = 120;

/// What is left for a letter, and how much of the list stands on the screen for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ration {
    /// Bytes the letter may still take; none where no letter was typed since the keys paused.
    left: Option<usize>,
    /// Rows drawn for this letter already: they are not taken away again.
    drawn: u16,
    /// Rows of the list that are shown; none where all are.
    shown: Option<u16>,
}

/// The rows below an input line that change as one types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    /// The first, counted from the top of the screen.
    pub top: u16,
    /// How many.
    pub rows: u16,
    /// They are the answer to an earlier line; that to the line as it stands is still to come.
    awaited: bool,
}

impl Ration {
    /// What an action means for it: a letter has a ration, another key has none.
    pub(super) fn happened(&mut self, action: &Action, geometry: Geometry) {
        match action {
            Action::Insert(_) => self.letter(geometry),
            Action::Do(command) if edits(*command) => self.letter(geometry),
            Action::Do(_) | Action::Digit(_) | Action::Resize(..) | Action::Paused => {
                self.left = None;
            }
            // Nothing that a person did, or nothing that does anything.
            _ => {}
        }
    }

    fn letter(&mut self, geometry: Geometry) {
        let cells = usize::from(geometry.columns) * usize::from(geometry.rows);
        let ration = if geometry.wide { LETTER * cells.max(CELLS) / CELLS } else { SLOW_LETTER };
        *self = Self { left: Some(ration), drawn: 1, ..*self };
    }

    /// So many bytes were sent.
    pub fn sent(&mut self, bytes: usize) {
        self.left = self.left.map(|left| left.saturating_sub(bytes));
    }

    /// Rows of the list that are shown, where some are held back.
    #[must_use]
    pub fn shown(&self) -> Option<u16> {
        self.shown
    }
}

/// Whether a key in an input line changes its text, as a letter does.
fn edits(command: Command) -> bool {
    use Command::{
        Complete, CompleteBack, DeleteLeft, DeleteLine, DeleteWord, NewerQuery, OlderQuery,
    };
    matches!(
        command,
        DeleteLeft | DeleteWord | DeleteLine | OlderQuery | NewerQuery | Complete | CompleteBack
    )
}

impl State {
    /// The list that changes with every letter typed, where there is one.
    #[must_use]
    pub fn below_line(&self) -> Option<Below> {
        let head = self.geometry.head();
        let (above, awaited) = match (&self.prompt, self.screen()) {
            (Some(prompt), _) if prompt.purpose != Purpose::Filter => return None,
            // A second pane beside the list shows what is selected in it.
            (Some(_), _) if self.geometry.two_panes() => return None,
            (Some(_), Screen::Meetings(_)) => (self.notice().len(), false),
            (Some(_), _) => (0, false),
            (None, Screen::Finder(find)) => (1, find.waiting && self.pending),
            (None, Screen::Search(search)) if search.focus == Focus::Line => {
                let late = search.results.of != search.asked() && !search.is_empty();
                (self.geometry.above_hits(), late && self.pending)
            }
            _ => return None,
        };
        let top = head + u16::try_from(above).unwrap_or(u16::MAX);
        let rows = self.geometry.rows.saturating_sub(top.saturating_add(1));
        (rows > 0).then_some(Below { top, rows, awaited })
    }

    /// Whether rows are held back that are to be drawn when the keys pause.
    #[must_use]
    pub(super) fn holds_back(&self) -> bool {
        // Those of an answer that is still to come are drawn with it.
        self.ration.shown.is_some() && self.below_line().is_some_and(|list| !list.awaited)
    }

    /// Holds back as many rows of the list as the ration has no room for. `cost` counts the bytes
    /// of drawing a state.
    pub fn ration(&mut self, mut cost: impl FnMut(&Self) -> usize) {
        let (Some(list), Some(left)) = (self.below_line(), self.ration.left) else {
            self.ration.shown = None;
            return;
        };
        // What stands there stays until its answer comes: showing more of it would help nobody.
        if list.awaited {
            return;
        }
        let to_come = match self.pending {
            true if self.geometry.wide => TO_COME,
            true => SLOW_TO_COME,
            false => 0,
        };
        let room = left.saturating_sub(to_come);
        let mut fits = |state: &mut Self, rows: Option<u16>| {
            state.ration.shown = rows;
            cost(state) <= room
        };
        if fits(self, None) {
            self.ration.drawn = list.rows;
            return;
        }
        let (mut most, mut too_many) = (self.ration.drawn.min(list.rows), list.rows);
        while most + 1 < too_many {
            let middle = most.midpoint(too_many);
            if fits(self, Some(middle)) {
                most = middle;
            } else {
                too_many = middle;
            }
        }
        self.ration.shown = (most < list.rows).then_some(most);
        self.ration.drawn = most;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::finder::Finder;
    use crate::app::state::Shelf;
    use crate::app::update;
    use crate::library::Catalogue;

    /// Find on a screen of this size, with a letter typed and its answer there.
    fn typed(columns: u16, rows: u16, wide: bool) -> State {
        let geometry = Geometry { columns, rows, wide };
        let mut state = State::new(geometry, Arc::new(Catalogue::default()), Shelf::Exercise, []);
        state.screens.push(Screen::Finder(Finder::default()));
        update(&mut state, Action::Insert("p".to_owned()));
        if let Some(Screen::Finder(find)) = state.screens.last_mut() {
            find.waiting = false;
        }
        state.pending = false;
        state
    }

    /// Rows shown where the rest of the screen takes 20 bytes and each row of the list so many.
    fn shown(state: &mut State, each: usize) -> Option<u16> {
        let rows = state.below_line().unwrap().rows;
        state.ration(|state| 20 + each * usize::from(state.ration.shown().unwrap_or(rows)));
        state.ration.shown()
    }

    #[test]
    fn as_many_rows_are_shown_as_the_ration_has_room_for() {
        let table = [
            // columns, rows, wide, bytes a row, rows shown
            (80, 24, true, 32, None),
            (80, 24, true, 33, Some(20)),
            (80, 24, true, 68, Some(10)),
            (80, 24, true, 400, Some(1)),
            // One is always shown: Enter opens it.
            (80, 24, true, 4000, Some(1)),
            (80, 24, false, 68, Some(4)),
            // A larger screen has larger rows; not so on a slow line.
            (160, 24, true, 68, Some(20)),
            (160, 24, false, 68, Some(4)),
            (40, 12, true, 40, None),
        ];
        for (columns, rows, wide, each, wanted) in table {
            let mut state = typed(columns, rows, wide);
            assert_eq!(shown(&mut state, each), wanted, "{columns} {rows} {wide} {each}");
            assert_eq!(state.owes(), wanted.is_some());
            update(&mut state, Action::Paused);
            assert_eq!(shown(&mut state, each), None);
            assert!(!state.owes());
        }
    }

    #[test]
    fn what_is_shown_of_an_answer_is_not_taken_away_for_its_later_parts() {
        let mut state = typed(80, 24, true);
        state.pending = true;
        assert_eq!(shown(&mut state, 48), Some(10));
        state.ration.sent(500);
        // The counts took more than was kept for them.
        state.ration(|_| 300);
        assert_eq!(state.ration.shown(), Some(10));
        // And more are shown where there is room when nothing more is to come.
        state.pending = false;
        state.ration(|state| 12 * usize::from(state.ration.shown().unwrap_or(21)));
        assert_eq!(state.ration.shown(), Some(16));
    }

    #[test]
    fn only_letters_have_a_ration() {
        for (action, some) in [
            (Action::Do(Command::DeleteLeft), true),
            (Action::Do(Command::Down), false),
            (Action::Resize(80, 24), false),
            (Action::Paused, false),
        ] {
            let mut state = typed(80, 24, true);
            state.ration.happened(&action, state.geometry);
            assert_eq!(shown(&mut state, 68).is_some(), some, "{action:?}");
        }
    }
}
