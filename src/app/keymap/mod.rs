//! The one table of keys: context, keys, command, help.
//!
//! Dispatch, the help screen, the status hints, `spv keys` and the README all read it, so that none
//! of them can be wrong about a key. The rows stand in `table`, the contexts in `context`; here is
//! what a row is, and how a key is looked up: in the context of the screen, then in the contexts
//! below it ([`Context::falls_to`]).

use std::fmt;

use super::action::{Action, Command};

mod context;
mod table;

pub use context::Context;
pub use table::KEYS;

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

/// What a key means in a context.
#[must_use]
pub fn resolve(context: Context, key: Key) -> Action {
    let mut at = Some(context);
    while let Some(here) = at {
        let found = KEYS.iter().find(|b| b.context == here && b.keys.contains(&key));
        if let Some(binding) = found {
            return Action::Do(binding.command);
        }
        at = here.falls_to();
    }
    match (takes_text(context), key) {
        (true, Key::Char(c)) => Action::Insert(c.to_string()),
        (false, Key::Char(c)) => {
            c.to_digit(10).and_then(|d| u8::try_from(d).ok()).map_or(Action::Nothing, Action::Digit)
        }
        _ => Action::Nothing,
    }
}

/// Whether every printable key is text there.
#[must_use]
pub fn takes_text(context: Context) -> bool {
    matches!(context, Context::Input | Context::Find | Context::Query)
}

/// The rows that hold in a context, nearest first, without those a nearer one hides.
#[must_use]
pub fn in_force(context: Context) -> Vec<&'static Binding> {
    let mut rows: Vec<&'static Binding> = Vec::new();
    let mut at = Some(context);
    while let Some(here) = at {
        for binding in KEYS.iter().filter(|b| b.context == here) {
            let hidden = |key: &Key| rows.iter().any(|r| r.keys.contains(key));
            if !binding.keys.iter().all(hidden) {
                rows.push(binding);
            }
        }
        at = here.falls_to();
    }
    rows
}

/// The key to show for a command in a context.
#[must_use]
pub fn key_for(context: Context, command: Command) -> Option<Key> {
    in_force(context).into_iter().find(|b| b.command == command).map(|b| b.keys[0])
}

#[cfg(test)]
mod tests;
