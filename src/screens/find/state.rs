//! The find screen: an input line above the best names.

use crate::app::action::Question;
use crate::app::geometry::Geometry;
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

    /// The rows above the names: the input line, and how the query was read if it was not as typed.
    pub fn rows_above(&self) -> usize {
        1 + usize::from(self.remark().is_some())
    }

    /// How many names are shown at once.
    pub fn height(&self, geometry: Geometry) -> usize {
        (geometry.found() + 1).saturating_sub(self.rows_above()).max(1)
    }

    /// What a user must know to judge the names, in one line.
    pub fn remark(&self) -> Option<String> {
        if self.offers_texts() {
            return Some("no name has these words; Enter searches the texts for them".to_owned());
        }
        let remark = self.hits.reading.remark().filter(|_| !self.hits.hits.is_empty())?;
        Some(format!("{remark} (F4: in the texts)"))
    }

    /// Whether no name was found, so that Enter searches the texts.
    pub fn offers_texts(&self) -> bool {
        self.hits.hits.is_empty() && !self.waiting && !self.line.text().trim().is_empty()
    }

    /// Asks for the names that match the line.
    pub fn ask(&mut self, shared: &mut Shared) -> Vec<Request> {
        self.waiting = true;
        let query = self.line.text().to_owned();
        vec![shared.ask(Question::Find { query, limit: LIMIT }).into()]
    }
}
