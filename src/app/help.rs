//! The keys of a screen in words, from the key table.

use super::keymap::{Context, in_force};
use super::wrap::wrap;

/// A line of help: keys and what they do; a title has no keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The keys, spaces between.
    pub keys: String,
    /// What they do, or the title.
    pub words: String,
}

/// Columns for the keys on a screen of so many columns.
#[must_use]
pub fn key_columns(columns: u16) -> u16 {
    if columns < 60 { 12 } else { 22 }
}

/// The help of a context for a screen of so many columns; words that do not fit go on below.
#[must_use]
pub fn lines(context: Context, columns: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut titled = None;
    let title = |words: &str| Line { keys: String::new(), words: words.to_owned() };
    let keys_room = usize::from(key_columns(columns));
    let room = columns.saturating_sub(key_columns(columns) + 4).max(1);
    for binding in in_force(context) {
        if titled != Some(binding.context) {
            if titled.is_some() {
                lines.push(title(""));
            }
            lines.push(title(binding.context.title()));
            titled = Some(binding.context);
        }
        // The first key is the one to learn; the others are shown where there is room.
        let mut keys = binding.keys[0].to_string();
        for key in &binding.keys[1..] {
            let longer = format!("{keys} {key}");
            if longer.len() <= keys_room {
                keys = longer;
            }
        }
        for row in wrap(binding.help, room) {
            let words = binding.help[row.start..row.end].to_owned();
            // A line without keys would be a title: what goes on below stands behind a blank.
            let keys = std::mem::replace(&mut keys, " ".to_owned());
            lines.push(Line { keys, words });
        }
    }
    lines
}
