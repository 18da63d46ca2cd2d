//! Which rows of a list change with every letter, and which of them wait until the keys pause.

use crate::app::byte_budget::Below;
use crate::app::prompt::Purpose;

use super::state::State;

impl State {
    /// The list that changes with every letter typed, where there is one.
    pub fn below_line(&self) -> Option<Below> {
        let geometry = self.shared.geometry;
        let filtering = match &self.prompt {
            Some(prompt) if prompt.purpose != Purpose::Filter => return None,
            // A second pane beside the list shows what is selected in it.
            Some(_) if geometry.two_panes() => return None,
            prompt => prompt.is_some(),
        };
        let screen = self.screen().behaviour();
        let (above, awaited) = screen.changing_list(&self.shared, filtering)?;
        let top = geometry.head() + u16::try_from(above).unwrap_or(u16::MAX);
        let rows = geometry.rows.saturating_sub(top.saturating_add(1));
        (rows > 0).then_some(Below { top, rows, awaited })
    }

    /// Whether something is to be drawn when the keys pause: rows that were held back, or a position in the
    /// status line that is late.
    pub fn draws_at_a_pause(&self) -> bool {
        // Rows of an answer that is still to come are drawn with it.
        let rows = self.shared.budget.shown().is_some()
            && self.below_line().is_some_and(|list| !list.awaited);
        rows || self.screen().behaviour().status_is_late(&self.shared)
    }

    /// Holds back as many rows of the list as the budget has no room for. `cost` counts the bytes
    /// of drawing a state.
    pub fn hold_back(&mut self, mut cost: impl FnMut(&Self) -> usize) {
        let Some(list) = self.below_line() else {
            self.shared.budget.show(None);
            return;
        };
        // What is there stays until its answer comes: showing more of it would help nobody.
        if list.awaited && self.shared.budget.is_running() {
            return;
        }
        let pending = self.shared.pending;
        let mut budget = self.shared.budget;
        budget.hold_back(list.rows, pending, |rows| {
            self.shared.budget.show(rows);
            cost(self)
        });
        self.shared.budget = budget;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::action::Action;
    use crate::app::command::Command;
    use crate::app::geometry::Geometry;
    use crate::app::shared::Shelf;
    use crate::library::Catalogue;
    use crate::screens::Screen;
    use crate::screens::find::state::Finder;
    use crate::screens::update::update;

    /// Find on a screen of this size, with a letter typed and its answer there.
    fn typed(columns: u16, rows: u16, wide: bool) -> State {
        let geometry = Geometry::new(columns, rows, wide);
        let mut state = State::new(geometry, Arc::new(Catalogue::default()), Shelf::Exercise, []);
        state.screens.push(Finder::default().into());
        update(&mut state, Action::Insert("p".to_owned()));
        if let Some(Screen::Finder(find)) = state.screens.last_mut() {
            find.waiting = false;
        }
        state.shared.pending = false;
        state
    }

    /// Rows shown where the rest of the screen takes 20 bytes and each row of the list `each`.
    fn shown(state: &mut State, each: usize) -> Option<u16> {
        let rows = state.below_line().unwrap().rows;
        state.hold_back(|state| {
            20 + each * usize::from(state.shared.budget.shown().unwrap_or(rows))
        });
        state.shared.budget.shown()
    }

    #[test]
    fn as_many_rows_are_shown_as_the_budget_has_room_for() {
        let table = [
            // columns, rows, wide, bytes a row, rows shown
            (80, 24, false, 15, None),
            (80, 24, false, 16, Some(20)),
            (80, 24, false, 68, Some(4)),
            // One is always shown: Enter opens it.
            (80, 24, false, 4000, Some(1)),
            (160, 24, false, 68, Some(4)),
            (40, 12, false, 30, None),
            // A line that is not slow has no budget.
            (80, 24, true, 4000, None),
            (160, 24, true, 4000, None),
        ];
        for (columns, rows, wide, each, wanted) in table {
            let mut state = typed(columns, rows, wide);
            assert_eq!(shown(&mut state, each), wanted, "{columns} {rows} {wide} {each}");
            assert_eq!(state.draws_at_a_pause(), wanted.is_some());
            update(&mut state, Action::Paused);
            assert_eq!(shown(&mut state, each), None);
            assert!(!state.draws_at_a_pause());
        }
    }

    #[test]
    fn what_is_shown_of_an_answer_is_not_taken_away_for_its_later_parts() {
        let mut state = typed(80, 24, false);
        state.shared.pending = true;
        assert_eq!(shown(&mut state, 48), Some(4));
        state.shared.budget.sent(200);
        // The counts took more than was kept for them.
        state.hold_back(|_| 300);
        assert_eq!(state.shared.budget.shown(), Some(4));
        // And more are shown where there is room when nothing more is to come.
        state.shared.pending = false;
        state.hold_back(|state| 12 * usize::from(state.shared.budget.shown().unwrap_or(21)));
        assert_eq!(state.shared.budget.shown(), Some(12));
    }

    #[test]
    fn only_letters_have_a_budget() {
        for (action, some) in [
            (Action::Do(Command::DeleteLeft), true),
            (Action::Do(Command::Down), false),
            (Action::Resize(80, 24), false),
            (Action::Paused, false),
        ] {
            let mut state = typed(80, 24, false);
            state.shared.budget.start(&action, state.shared.geometry);
            assert_eq!(shown(&mut state, 68).is_some(), some, "{action:?}");
        }
    }
}
