//! The bytes that a letter typed above a list may cost on a slow line.
//!
//! A letter may change every row below the input line, in more bytes than a slow line sends before the
//! next letter. So the best rows are drawn at once, as many as the budget has room for, and the rest when
//! the keys pause; until then a sign says that more follows. Only rows of the newest answer are shown.
//! Most letters change few rows, and then nothing is held back.
//!
//! The renderer counts what the rows cost, and the loop knows of the pause.

use super::action::{Action, Command};
use super::geometry::Geometry;

/// Bytes for a letter, however large the screen is: the next letter comes before a slow line has sent more.
const LETTER: usize = 350;
/// Bytes of it kept back for the parts of an answer that follow its first: totals and bar.
const TO_COME: usize = 120;

/// What is left for a letter, and how much of the list is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteBudget {
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
    /// They answer an earlier line; the answer to the present line is still to come.
    pub awaited: bool,
}

impl ByteBudget {
    /// Starts a new budget where an action types a letter, and ends it at another key.
    pub fn start(&mut self, action: &Action, geometry: Geometry) {
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
        // Any other line sends a screen before the next letter is typed.
        if !geometry.wide {
            *self = Self { left: Some(LETTER), drawn: 1, ..*self };
        }
    }

    /// Whether a letter was typed since the keys paused.
    pub fn is_running(&self) -> bool {
        self.left.is_some()
    }

    /// Subtracts bytes that were sent.
    pub fn sent(&mut self, bytes: usize) {
        self.left = self.left.map(|left| left.saturating_sub(bytes));
    }

    /// Rows of the list that are shown, where some are held back.
    pub fn shown(&self) -> Option<u16> {
        self.shown
    }

    /// Shows this many rows of the list; `None` for all.
    pub fn show(&mut self, rows: Option<u16>) {
        self.shown = rows;
    }

    /// Holds back as many of `rows` as there is no room for. `pending` says that more of the answer is to
    /// come; `cost` counts the bytes of drawing the screen with that many rows, or all of them.
    pub fn hold_back(
        &mut self,
        rows: u16,
        pending: bool,
        mut cost: impl FnMut(Option<u16>) -> usize,
    ) {
        let Some(left) = self.left else {
            self.shown = None;
            return;
        };
        let room = left.saturating_sub(if pending { TO_COME } else { 0 });
        if cost(None) <= room {
            (self.shown, self.drawn) = (None, rows);
            return;
        }
        let (mut most, mut too_many) = (self.drawn.min(rows), rows);
        while most + 1 < too_many {
            let middle = most.midpoint(too_many);
            if cost(Some(middle)) <= room {
                most = middle;
            } else {
                too_many = middle;
            }
        }
        self.shown = (most < rows).then_some(most);
        self.drawn = most;
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
