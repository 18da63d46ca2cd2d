//! A key, and a row of the key table.

use std::fmt;

use super::context::Context;
use crate::app::command::Command;

/// A key, as far as anything is bound to it: Alt is not, and Ctrl only with characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those on the keys")]
pub enum Key {
    /// A printable character.
    Char(char),
    /// Ctrl and a character, in lower case.
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    /// Shift and Tab.
    BackTab,
    Backspace,
    Insert,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// A function key, by its number.
    F(u8),
}

impl fmt::Display for Key {
    /// Writes the key as the table does: `j`, `J`, `Enter`, `Ctrl-C`, `Shift-Tab`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(' ') => f.write_str("Space"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::BackTab => f.write_str("Shift-Tab"),
            Self::F(number) => write!(f, "F{number}"),
            key => write!(f, "{key:?}"),
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub command: Command,
    /// The same in words, for help.
    pub help: &'static str,
    /// One word for the status line, or empty where it is not shown there.
    pub hint: &'static str,
}
