//! The state of the whole program: what the screens share, and the screens one on the other.

use std::sync::Arc;

use crate::app::action::Change;
use crate::app::geometry::Geometry;
use crate::app::keymap::Context;
use crate::app::prompt::Prompt;
use crate::app::shared::{Shared, Shelf};
use crate::library::{Catalogue, Problem};

use super::Screen;
use super::meetings::state::Meetings;
use super::reading::state::Reader;

/// What screens leave behind when they are closed.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The statement remembered to compare another with.
    pub remembered: Option<Box<Reader>>,
    /// What takes back the changes of notes and marks made in their list, the latest last.
    pub undo: Vec<Change>,
}

/// The state of the whole program.
#[derive(Clone, Debug)]
pub struct State {
    /// What belongs to no screen.
    pub shared: Shared,
    /// The screens, the one shown last; never empty.
    pub screens: Vec<Screen>,
    /// How many screens there were before each jump, for Backspace.
    pub jumps: Vec<usize>,
    /// The input line at the foot, while one types.
    pub prompt: Option<Prompt>,
    /// The input line while its keys are shown.
    pub aside: Option<Prompt>,
    /// The input line that was accepted last, put back where what it asked for cannot be written.
    pub accepted: Option<Prompt>,
    /// What closed screens have left.
    pub memory: Memory,
}

impl State {
    /// The state at the start: the list of meetings.
    pub fn new(
        geometry: Geometry,
        catalogue: Arc<Catalogue>,
        shelf: Shelf,
        problems: impl Into<Arc<[Problem]>>,
    ) -> Self {
        let known = shelf == Shelf::Exercise;
        let meetings = Meetings::new(&catalogue, known);
        Self {
            shared: Shared::new(geometry, catalogue, shelf, problems),
            screens: vec![meetings.into()],
            jumps: Vec::new(),
            prompt: None,
            aside: None,
            accepted: None,
            memory: Memory::default(),
        }
    }

    /// The screen that is shown.
    ///
    /// # Panics
    /// Never: the first screen cannot be closed.
    #[expect(clippy::expect_used, reason = "the first screen cannot be closed")]
    pub fn screen(&self) -> &Screen {
        self.screens.last().expect("there is always a screen")
    }

    /// The screen that is shown, with what it may change beside itself.
    #[expect(clippy::expect_used, reason = "the first screen cannot be closed")]
    pub fn top(&mut self) -> (&mut Screen, &mut Shared) {
        (self.screens.last_mut().expect("there is always a screen"), &mut self.shared)
    }

    /// Where the next key is looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() { Context::Input } else { self.screen().behaviour().context() }
    }

    /// Puts a screen on top, and remembers the depth for Backspace.
    pub fn jump(&mut self, screen: impl Into<Screen>) {
        self.jumps.push(self.screens.len());
        self.screens.push(screen.into());
    }

    /// Brings the window of the shown list inside its rows.
    pub fn fit(&mut self) {
        let (screen, shared) = self.top();
        screen.behaviour_mut().fit(shared);
    }
}
