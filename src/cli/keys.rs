//! `spv keys`: the keys of the reader, by the place where they hold.

use std::io::Write;

use super::out::{Answer, Found};
use super::table;

/// One row: where, the keys, what they do.
type Row = (&'static str, String, &'static str);

/// The table of the reader.
///
/// A placeholder of the first keys, until `crate::app::keymap` is here; then its table is read instead.
fn rows() -> Vec<Row> {
    let row = |context, keys: &str, help| (context, keys.to_owned(), help);
    vec![
        row("Everywhere", "?", "the keys of this screen"),
        row("Everywhere", "f Ctrl-P", "find"),
        row("Everywhere", "q", "close this screen; from the first one, quit"),
        row("Everywhere", "Q Ctrl-C", "quit"),
        row("Lists and text", "j Down", "down"),
        row("Lists and text", "k Up", "up"),
        row("Lists and text", "Enter", "open"),
    ]
}

/// Answers `spv keys`.
///
/// # Errors
/// When the table cannot be written.
pub fn run(out: &mut dyn Write) -> Answer {
    write(out, &rows())?;
    Ok(Found::Something)
}

/// Writes the table, each place once as a heading.
fn write(out: &mut dyn Write, rows: &[Row]) -> std::io::Result<()> {
    for (i, group) in rows.chunk_by(|a, b| a.0 == b.0).enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", group[0].0)?;
        let cells: Vec<Vec<String>> = group
            .iter()
            .map(|(_, keys, help)| vec![format!("  {keys}"), (*help).to_owned()])
            .collect();
        table::write(out, &cells, &[], None)?;
    }
    Ok(())
}
