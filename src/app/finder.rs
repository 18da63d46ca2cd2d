//! The find screen: an input line above the best names.

use crate::search::find::Hits;

use super::line::InputLine;
use super::window::Window;

/// How many names are asked for: several screens full.
pub const LIMIT: usize = 200;

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What was typed.
    pub line: InputLine,
    /// The newest answer.
    pub hits: Hits,
    /// Scroll and selection.
    pub window: Window,
    /// An answer is awaited; the last one still stands meanwhile.
    pub waiting: bool,
}
