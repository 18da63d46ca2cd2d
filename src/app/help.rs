//! The keys of a screen in words, from the key table.

use super::keymap::{Context, in_force};

/// A line of help: keys and what they do; a title has no keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The keys, spaces between.
    pub keys: String,
    /// What they do, or the title.
    pub words: String,
}

/// The help of a context for a screen of so many columns, one line a row of the table.
#[must_use]
pub fn lines(context: Context, _columns: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut titled = None;
    for binding in in_force(context) {
        if titled != Some(binding.context) {
            if titled.is_some() {
                lines.push(Line { keys: String::new(), words: String::new() });
            }
            lines.push(Line { keys: String::new(), words: binding.context.title().to_owned() });
            titled = Some(binding.context);
        }
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        lines.push(Line { keys: keys.join(" "), words: binding.help.to_owned() });
    }
    lines
}
