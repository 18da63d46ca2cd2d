//! The keys of a screen in words, from the key table.

use super::command::Command;
use super::keymap::{Binding, Context, in_force};
use super::reading_breaks::MARK;
use super::wrap::wrap;

/// A line of help: keys and what they do; a title has no keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The keys, spaces between.
    pub keys: String,
    /// What they do, or the title.
    pub words: String,
}

/// Columns for the keys on a screen of this width.
#[must_use]
pub fn key_columns(columns: u16) -> u16 {
    if columns < 60 { 12 } else { 22 }
}

/// What the mark of a reading break means.
const OF_THE_MARK: &str =
    "a reading break: sentences set apart for reading, not a printed paragraph";

/// The number of keys at the top of the help.
const FIRST: usize = 5;

/// The help of a context for a screen of this width: the keys that matter most there, then all of them. Words
/// that do not fit go on below.
#[must_use]
pub fn lines(context: Context, columns: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let title = |words: &str| Line { keys: String::new(), words: words.to_owned() };
    let bindings = in_force(context);
    // The hints of the status line are the keys that matter; that for help was just pressed.
    let first = bindings.iter().filter(|b| !b.hint.is_empty() && b.command != Command::Help);
    lines.push(title("Most used here"));
    first.take(FIRST).for_each(|binding| push(&mut lines, binding, columns));
    if matches!(context, Context::Reading | Context::Selecting) {
        lines.push(title(""));
        lines.push(title("In the text"));
        push_words(&mut lines, MARK.to_owned(), OF_THE_MARK, columns);
    }
    let mut titled = None;
    for binding in bindings {
        if titled != Some(binding.context) {
            lines.push(title(""));
            lines.push(title(binding.context.title()));
            titled = Some(binding.context);
        }
        push(&mut lines, binding, columns);
    }
    lines
}

/// A key and what it does. The first of its keys is the one to learn; the others are shown where there is room.
fn push(lines: &mut Vec<Line>, binding: &Binding, columns: u16) {
    let keys_room = usize::from(key_columns(columns));
    let mut keys = binding.keys[0].to_string();
    for key in &binding.keys[1..] {
        let longer = format!("{keys} {key}");
        if longer.len() <= keys_room {
            keys = longer;
        }
    }
    push_words(lines, keys, binding.help, columns);
}

/// Words beside a key or a sign.
fn push_words(lines: &mut Vec<Line>, mut keys: String, text: &str, columns: u16) {
    let room = columns.saturating_sub(key_columns(columns) + 4).max(1);
    for row in wrap(text, room) {
        let words = text[row.start..row.end].to_owned();
        // A line without keys would be a title: what goes on below comes after a blank.
        let keys = std::mem::replace(&mut keys, " ".to_owned());
        lines.push(Line { keys, words });
    }
}
