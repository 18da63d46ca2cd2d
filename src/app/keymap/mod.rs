//! The one table of keys: context, keys, command, help.
//!
//! Dispatch, the help screen, the status hints, `spv keys` and the README all read it, so that none
//! of them can be wrong about a key. The rows are in `table`, the contexts in `context`, a key and a
//! row in `binding`; here is how a key is looked up: in the context of the screen, then in the contexts
//! below it ([`Context::falls_to`]).

use super::action::Action;

mod binding;
mod context;
mod table;

pub use binding::{Binding, Key};
pub use context::Context;
pub use table::KEYS;

/// What a key means in a context.
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
            c.to_digit(10).and_then(|d| u8::try_from(d).ok()).map_or(Action::Unbound, Action::Digit)
        }
        (true, _) => Action::Nothing,
        (false, _) => Action::Unbound,
    }
}

/// Whether every printable key is text there.
pub fn takes_text(context: Context) -> bool {
    matches!(context, Context::Input | Context::Find | Context::Query)
}

/// The rows that hold in a context, nearest first, without those a nearer one hides.
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

#[cfg(test)]
mod tests;
