//! Exports of what a screen shows, carried out.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::export::{Export, What};
use crate::cli::desk_args::Form;
use crate::cli::export::{Piece, Provenance, to_new_file, write};
use crate::cli::notes;
use crate::library::Library;
use crate::record::{Record, harmless};

/// Writes an export to its file, and says so; `today` is the day of the export.
///
/// # Errors
/// One line that names the file and what to do; nothing is ever overwritten.
pub fn carry_out(library: &Library, export: &Export, today: Date) -> Result<String, String> {
    let file = Path::new(&export.file);
    let form = Form::of_file(file);
    let root = library.root().map(|root| root.display().to_string());
    let from = Provenance {
        library: root.unwrap_or_else(|| "the exercise debates in spv".to_owned()),
        query: export.query.clone(),
        date: today,
    };
    let mut bytes = Vec::new();
    let written = match &export.what {
        What::Record(record, statements) => {
            let piece = Piece { record, statements: statements.clone() };
            write(&mut bytes, &[piece], &from, form)
        }
        What::Listed(_) => {
            let records = listed(library, &export.what);
            let pieces: Vec<Piece<'_>> = records
                .iter()
                .map(|(record, numbers)| Piece { record, statements: Some(numbers.clone()) })
                .collect();
            write(&mut bytes, &pieces, &from, form)
        }
        What::Notes(all) => notes::write(&mut bytes, all, form),
        What::Text(text) => {
            bytes = harmless::text(text).into_owned().into_bytes();
            Ok(())
        }
    };
    written.map_err(|failure| failure.message)?;
    to_new_file(file, &bytes)?;
    Ok(format!("written: {}", export.file))
}

/// The records of a list, each once, with the statements listed; one that cannot be read is left out.
fn listed(library: &Library, what: &What) -> Vec<(Arc<Record>, Vec<u32>)> {
    let What::Listed(rows) = what else { return Vec::new() };
    let mut records: Vec<(Arc<Record>, Vec<u32>)> = Vec::new();
    for (symbol, language, number) in rows {
        if let Some((record, numbers)) = records.last_mut()
            && record.symbol == *symbol
        {
            numbers.push(*number);
            continue;
        }
        let entry = library.entry(symbol, Some(language));
        if let Some(record) = entry.and_then(|entry| library.load(entry).ok()) {
            records.push((Arc::new(record), vec![*number]));
        }
    }
    records
}
