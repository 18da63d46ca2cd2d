//! The find screen: an input line above the best names.

use crate::app::action::Question;
use crate::app::line::InputLine;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::search::find::Hits;

use crate::screens::request::Request;

/// How many names are asked for: several screens full.
const LIMIT: usize = 200;

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What was typed.
    pub line: InputLine,
    /// The newest answer.
    pub hits: Hits,
    /// Scroll and selection.
    pub window: Window,
    /// An answer is awaited; the last one is shown meanwhile.
    pub waiting: bool,
}

impl Finder {
    /// The screen with some words in its line.
    pub fn new(words: &str) -> Self {
        Self { line: InputLine::new(words), ..Self::default() }
    }

    /// Asks for the names that match the line.
    pub fn ask(&mut self, shared: &mut Shared) -> Vec<Request> {
        self.waiting = true;
        let query = self.line.text().to_owned();
        vec![shared.ask(Question::Find { query, limit: LIMIT }).into()]
    }
}
