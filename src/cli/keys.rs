//! `spv keys`: the one table of keys, by the place where they hold.

use std::io::Write;

use super::out::{Answer, Found};
use super::table;
use crate::app::keymap::{Binding, Context, KEYS};

/// Answers `spv keys`.
///
/// # Errors
/// When the table cannot be written.
pub fn run(out: &mut dyn Write) -> Answer {
    for (i, context) in Context::ALL.into_iter().enumerate() {
        let rows: Vec<Vec<String>> =
            KEYS.iter().filter(|b| b.context == context).map(cells).collect();
        if rows.is_empty() {
            continue;
        }
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", context.title())?;
        table::write(out, &rows, &[], None)?;
    }
    Ok(Found::Something)
}

/// The cells of a row: its keys, the first the one that is shown elsewhere, and what they do.
fn cells(binding: &Binding) -> Vec<String> {
    let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    vec![format!("  {}", keys.join(" ")), binding.help.to_owned()]
}
