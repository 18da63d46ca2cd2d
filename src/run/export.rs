//! Exports of what a screen shows, carried out.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::chart;
use crate::app::export::{Exportable, StatementId, What};
use crate::app::identity::Identity;
use crate::cli::args::Form;
use crate::cli::chart::write_file;
use crate::cli::export::{ExportWriter, Piece, Provenance, write_export, write_new_file};
use crate::cli::notes;
use crate::library::{Library, expand_home};
use crate::record::harmless;

use super::answers::Sources;
use super::searching::NO_INDEX;

/// Writes an export to its file, and says how much; `today` is the day of the export.
///
/// # Errors
/// One line that names the file and what to do; nothing is ever overwritten.
pub fn carry_out(
    sources: &mut Sources,
    export: &Exportable,
    today: Date,
) -> Result<String, String> {
    let file = &expand_home(Path::new(&export.name))?;
    let form = Form::of_file(file);
    let root = sources.library.root().map(|root| root.display().to_string());
    let from = Provenance {
        library: root.unwrap_or_else(|| "the exercise debates in spv".to_owned()),
        query: export.query.clone(),
        date: today,
    };
    let mut bytes = Vec::new();
    // Of what a search found, which is more than is on the screen, it is said how much was written.
    let (count, missing) = match &export.what {
        What::Record(record, statements) => {
            let piece = Piece { record, statements: statements.clone() };
            let written = write_export(&mut bytes, &[piece], &from, form);
            written.map_err(|failure| failure.message)?;
            (None, 0)
        }
        What::Listed(rows) => {
            let (count, missing) = listed(&sources.library, rows, &mut bytes, &from, form)?;
            // All of it is on the screen; how much there is, is said where something is missing.
            (Some(count).filter(|_| missing > 0), missing)
        }
        What::Found(asked) => {
            let rows = sources.all_found(asked)?;
            let (count, missing) = listed(&sources.library, &rows, &mut bytes, &from, form)?;
            (Some(count), missing)
        }
        What::Chart(asked, rate) => {
            let count = charted(sources, asked, *rate, file, &mut bytes)?;
            write_new_file(file, &bytes)?;
            let rows = count.map_or_else(|| "chart".to_owned(), |count| of(count, "row"));
            return Ok(format!("{rows} written to {}", export.name));
        }
        What::Notes(all) => {
            notes::write_notes(&mut bytes, all, form).map_err(|failure| failure.message)?;
            (None, 0)
        }
        What::Text(text) => {
            bytes = harmless::text(text).into_owned().into_bytes();
            (None, 0)
        }
    };
    write_new_file(file, &bytes)?;
    let what = if matches!(form, Form::Csv | Form::Json) { "row" } else { "statement" };
    let missing = match missing {
        0 => String::new(),
        n => format!("; what {} would add is missing: not readable", of(n, "record")),
    };
    Ok(match count {
        Some(count) => format!("{} written to {}{missing}", of(count, what), export.name),
        None => format!("written: {}", export.name),
    })
}

/// How many of something, in words.
fn of(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Writes the statements of a list, each record once; how many, and how many records could not be read.
fn listed(
    library: &Library,
    rows: &[StatementId],
    out: &mut dyn Write,
    from: &Provenance,
    form: Form,
) -> Result<(usize, usize), String> {
    let mut missing = 0;
    let written = ExportWriter::begin(out, from, form).and_then(|mut writer| {
        for rows in rows.chunk_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1)) {
            let Some((symbol, language, _)) = rows.first() else { continue };
            let entry = library.entry(symbol, Some(language));
            match entry.map(|entry| library.load(entry)) {
                Some(Ok(record)) => {
                    let statements = Some(rows.iter().map(|row| row.2).collect());
                    writer.write_piece(&Piece { record: &record, statements })?;
                }
                _ => missing += 1,
            }
        }
        Ok(writer.statements)
    });
    written.map(|count| (count, missing)).map_err(|failure| failure.message)
}

/// Counts a chart once more and writes it; how many rows, or none of a picture.
fn charted(
    sources: &mut Sources,
    asked: &chart::Asked,
    rate: bool,
    file: &Path,
    out: &mut Vec<u8>,
) -> Result<Option<usize>, String> {
    let counted = sources.search(|index, library| {
        let chart = chart::count(index, library.catalogue(), asked, &Arc::default())?;
        Ok((chart, Identity::of_index(index, library)))
    })?;
    let (chart, from) = counted.ok_or_else(|| NO_INDEX.to_owned())?;
    let written = write_file(file, &chart, rate, &from, out);
    written.map_err(|failure| failure.message)
}
