//! Keys typed before the screen they are meant for is there.
//!
//! An answer takes a moment, and on a slow line keys arrive several at once: after Enter the next key
//! is meant for what Enter opens. So keys wait while an answer is on its way; keys that leave do not.

use std::collections::VecDeque;

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::keymap::{self, Key};
use crate::screens::Screen;
use crate::screens::state::State;
use crate::terminal::input::Input;

/// More than anybody types ahead; what comes after it is dropped.
const MOST: usize = 1_000;

/// The keys that wait.
#[derive(Debug, Default)]
pub struct Ahead {
    held: VecDeque<Input>,
}

impl Ahead {
    /// Takes what was typed if it must wait, else gives it back.
    pub fn hold(&mut self, input: Input, state: &State) -> Option<Input> {
        let waits = match &input {
            Input::Key(key) => {
                !leaves(*key) && (!self.held.is_empty() || must_wait(state, Some(*key)))
            }
            Input::Paste(_) | Input::Mouse(_) => !self.held.is_empty() || must_wait(state, None),
            Input::Resize(..) | Input::Hangup => false,
        };
        if !waits {
            return Some(input);
        }
        if self.held.len() < MOST {
            self.held.push_back(input);
        }
        None
    }

    /// The next one whose turn has come.
    pub fn next(&mut self, state: &State) -> Option<Input> {
        let key = match self.held.front()? {
            Input::Key(key) => Some(*key),
            _ => None,
        };
        if must_wait(state, key) { None } else { self.held.pop_front() }
    }

    /// What they were typed for will not come.
    pub fn forget(&mut self) {
        self.held.clear();
    }
}

/// A person must be able to leave whatever is waited for.
fn leaves(key: Key) -> bool {
    matches!(key, Key::Ctrl('c' | 'z' | 'l'))
}

fn must_wait(state: &State, key: Option<Key>) -> bool {
    if state.shared.loading {
        return true;
    }
    match state.screen() {
        Screen::Answers(list) => list.waiting,
        // What is typed changes the question; what chooses needs its answer.
        Screen::Finder(find) if find.waiting => {
            let action = key.map(|key| keymap::resolve(state.context(), key));
            matches!(
                action,
                Some(Action::Do(
                    Command::Open
                        | Command::Down
                        | Command::Up
                        | Command::PageDown
                        | Command::PageUp
                ))
            )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Geometry;
    use crate::app::shared::Shelf;
    use crate::screens::update::update;
    use std::sync::Arc;

    /// "Written: notes.md" comes while a record is opened, and keys after it are still meant for the record.
    #[test]
    fn a_message_is_not_the_answer_that_keys_wait_for() {
        let geometry = Geometry::new(80, 24, true);
        let mut state = State::new(geometry, Arc::default(), Shelf::Exercise, Vec::new());
        state.shared.loading = true;
        let mut ahead = Ahead::default();
        let key = Input::Key(Key::Char('x'));
        assert_eq!(ahead.hold(key.clone(), &state), None);
        let number = state.shared.question;
        assert!(update(&mut state, Action::Message("written: notes.md".to_owned())).is_empty());
        assert_eq!(state.shared.message.as_deref(), Some("written: notes.md"));
        assert_eq!(ahead.next(&state), None, "the key reached the old screen");
        let answer = Box::new(crate::app::action::Answer::Failed("it is gone".to_owned()));
        update(&mut state, Action::Answer { number, answer });
        assert_eq!(ahead.next(&state), Some(key));
    }
}
