//! The input line at the foot of a screen.

use super::line::InputLine;
use super::window::Window;

/// What an input line at the foot of the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Filter the list above, as one types.
    Filter,
    /// Search in the text above, when Enter is pressed.
    Search,
    /// A note on the selection or paragraph.
    Note,
    /// The letter of a mark to set.
    SetMark,
    /// The letter of a mark to go to.
    ToMark,
    /// Other words for the note with this number.
    Words(u32),
    /// The tags of the note with this number.
    Tags(u32),
    /// The day of the Council to show.
    Date,
    /// The name under which a query is kept.
    KeepQuery,
    /// Another name for a kept query.
    Rename,
    /// The queries of a chart.
    Queries,
    /// The file to write what is shown to.
    Export,
}

/// An input line at the foot of the screen.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub line: InputLine,
    /// Where one was in the list when it was opened, to come back to; none where it was filtered.
    pub left: Option<Window>,
}

impl Prompt {
    /// A line for something else than a filter, with a text in it.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self { purpose, line: InputLine::new(text), left: None }
    }
}
