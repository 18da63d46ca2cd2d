//! Exports of what a screen shows, carried out.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::app::chart;
use crate::app::export::{Exportable, Meeting, StatementId, What};
use crate::app::found::Narrow;
use crate::app::identity::Identity;
use crate::app::number::thousands;
use crate::cli::args::Form;
use crate::cli::chart::write_file;
use crate::cli::export::{ExportWriter, Piece, Provenance, write_export, write_new_file};
use crate::cli::list::{ListRow, write_list};
use crate::cli::notes;
use crate::cli::search::collocates;
use crate::cli::search::kwic::write_occurrences;
use crate::facts::meetings;
use crate::library::{Library, expand_home};
use crate::record::{Language, Symbol, harmless};
use crate::search::concordance::Sort;
use crate::search::results::{Order, search};

use super::answers::Sources;
use super::searching::NO_INDEX;

/// Told of a long export: how much of how much is done, of what.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize, &'static str);

/// What was written.
struct Written {
    /// How many, and of what; `None` where that says nothing.
    count: Option<(usize, &'static str)>,
    /// Records that could not be read.
    missing: usize,
}

impl Written {
    fn some(count: usize, what: &'static str) -> Self {
        Self { count: Some((count, what)), missing: 0 }
    }

    fn whole() -> Self {
        Self { count: None, missing: 0 }
    }
}

/// Writes an export to its file, and says how much; `today` is the day of the export.
///
/// # Errors
/// One line that names the file and what to do; nothing is ever overwritten.
pub fn carry_out(
    sources: &mut Sources,
    export: &Exportable,
    today: Date,
    progress: Progress<'_>,
) -> Result<String, String> {
    let file = &expand_home(Path::new(&export.name))?;
    let mut bytes = Vec::new();
    let written = write(sources, export, file, today, &mut bytes, progress)?;
    write_new_file(file, &bytes)?;
    let missing = match written.missing {
        0 => String::new(),
        n => format!("; what {} would add is missing: not readable", of(n, "record")),
    };
    Ok(match written.count {
        Some((count, what)) => format!("{} written to {}{missing}", of(count, what), export.name),
        None => format!("written: {}", export.name),
    })
}

/// Writes an export as bytes.
fn write(
    sources: &mut Sources,
    export: &Exportable,
    file: &Path,
    today: Date,
    bytes: &mut Vec<u8>,
    progress: Progress<'_>,
) -> Result<Written, String> {
    let form = Form::of_file(file);
    let row = if matches!(form, Form::Csv | Form::Json) { "row" } else { "statement" };
    let root = sources.library.root().map(|root| root.display().to_string());
    let from = Provenance {
        library: root.unwrap_or_else(|| "the exercise debates in spv".to_owned()),
        query: export.query.clone(),
        date: today,
    };
    Ok(match &export.what {
        What::Record(record, statements) => {
            let piece = Piece { record, statements: statements.clone() };
            let written = write_export(bytes, &[piece], &from, form);
            written.map_err(|failure| failure.message)?;
            Written::whole()
        }
        What::Listed(rows) => {
            let (count, missing) = listed(&sources.library, rows, bytes, &from, form, progress)?;
            Written { missing, ..Written::some(count, row) }
        }
        What::Found(asked) => {
            let rows = sources.all_found(asked)?;
            let (count, missing) = listed(&sources.library, &rows, bytes, &from, form, progress)?;
            Written { missing, ..Written::some(count, row) }
        }
        What::Concordance(line, narrow, by) => {
            occurrences(sources, (line, narrow), *by, form, bytes, progress)?
        }
        What::Meetings(list) => {
            let rows = rows_of(&sources.library, list);
            let written = write_list(bytes, &rows, form.table(), None);
            written.map_err(|failure| failure.message)?;
            Written::some(rows.len(), "meeting")
        }
        What::Chart(asked, rate) => match charted(sources, asked, *rate, file, bytes)? {
            Some(count) => Written::some(count, "row"),
            None => Written::whole(),
        },
        What::Notes(all) => {
            notes::write_notes(bytes, all, form).map_err(|failure| failure.message)?;
            Written::some(all.len(), "note")
        }
        What::Collocates(found) => {
            let written = collocates::write_table(bytes, found, usize::MAX, form.table(), None);
            written.map_err(|failure| failure.message)?;
            Written::some(found.rows.len(), "word")
        }
        What::Text(text) => {
            *bytes = harmless::text(text).into_owned().into_bytes();
            Written::whole()
        }
    })
}

/// How many of something, in words.
fn of(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", thousands(count)) }
}

/// Writes the statements of a list, each record once; how many, and how many records could not be read.
fn listed(
    library: &Library,
    rows: &[StatementId],
    out: &mut dyn Write,
    from: &Provenance,
    form: Form,
    progress: Progress<'_>,
) -> Result<(usize, usize), String> {
    let (mut missing, mut done) = (0, 0);
    let written = ExportWriter::begin(out, from, form).and_then(|mut writer| {
        for some in rows.chunk_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1)) {
            let Some((symbol, language, _)) = some.first() else { continue };
            let entry = library.entry(symbol, Some(language));
            match entry.map(|entry| library.load(entry)) {
                Some(Ok(record)) => {
                    let statements = Some(some.iter().map(|row| row.2).collect());
                    writer.write_piece(&Piece { record: &record, statements })?;
                }
                _ => missing += 1,
            }
            done += some.len();
            progress(done, rows.len(), "statements");
        }
        Ok(writer.statements)
    });
    written.map(|count| (count, missing)).map_err(|failure| failure.message)
}

/// The rows of some meetings.
fn rows_of(library: &Library, list: &[Meeting]) -> Vec<ListRow> {
    let entries = library.catalogue().entries.iter();
    let here: HashMap<(&Symbol, &Language), _> =
        entries.map(|entry| ((&entry.symbol, &entry.language), entry)).collect();
    let row = |meeting: &Meeting| match meeting {
        Meeting::Here(symbol, language) => {
            here.get(&(symbol, language)).map(|entry| ListRow::of_entry(entry))
        }
        Meeting::Known(id) => meetings::get(*id).map(|known| ListRow::of_meeting(&known)),
    };
    list.iter().filter_map(row).collect()
}

/// Writes every occurrence of what a query looks for.
fn occurrences(
    sources: &mut Sources,
    (line, narrow): (&str, &Narrow),
    by: Option<Sort>,
    form: Form,
    out: &mut dyn Write,
    progress: Progress<'_>,
) -> Result<Written, String> {
    let query = narrow.query(line);
    let hits = sources
        .search(|index, _| search(index, &query, usize::MAX, Order::Date, &Arc::default()))?;
    let hits = hits.ok_or_else(|| NO_INDEX.to_owned())?;
    let library = Arc::clone(&sources.library);
    let written = write_occurrences(&library, &query, &hits.hits, by, form.table(), out, progress);
    let (count, missing) = written.map_err(|failure| failure.message)?;
    Ok(Written { missing, ..Written::some(count, "occurrence") })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::export::Meeting;
    use crate::app::found::Asked;

    fn written(name: &str, what: What) -> (String, String, Vec<(usize, usize)>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        let name = file.display().to_string();
        let mut sources = Sources::new(Arc::new(Library::exercise()));
        let mut told = Vec::new();
        let export = Exportable { name, query: "invented".to_owned(), what };
        let today = jiff::civil::date(2021, 2, 3);
        let progress = &mut |done, all, _: &'static str| told.push((done, all));
        let said = carry_out(&mut sources, &export, today, progress).unwrap();
        // Nothing is overwritten.
        let again = carry_out(&mut sources, &export, today, &mut |_, _, _| {});
        assert!(again.unwrap_err().contains("already exists"));
        (said, std::fs::read_to_string(file).unwrap(), told)
    }

    #[test]
    fn an_export_has_all_rows_says_how_many_and_how_far_it_is() {
        let line = || "the ".to_owned();
        let asked = Asked { line: line(), limit: 1, ..Asked::default() };
        let concordance = |by| What::Concordance(line(), Narrow::default(), by);
        let rows = |text: &str| text.lines().count() - 1;
        let (said, text, told) = written("a.csv", concordance(None));
        assert!(rows(&text) > 500, "{}", rows(&text));
        assert!(
            said.starts_with(&format!("{} occurrences written", thousands(rows(&text)))),
            "{said}"
        );
        let (last, all) = told[told.len() - 1];
        assert!(last == all && told.is_sorted(), "{told:?}");
        let (_, sorted, _) = written("a.csv", concordance(Some(Sort::Left)));
        assert!(rows(&sorted) == rows(&text) && sorted != text);
        let (_, json, _) = written("a.json", concordance(None));
        assert_eq!(json.lines().count(), rows(&text));
        let (said, text, told) = written("a.json", What::Found(asked));
        let count = text.lines().count();
        assert!(said.starts_with(&format!("{count} rows written")) && count > 50, "{said}");
        assert_eq!(told[told.len() - 1], (count, count));
    }

    #[test]
    fn a_list_of_meetings_is_written_as_spv_list_prints_it() {
        let library = Library::exercise();
        let entry = library.catalogue().entries.first().unwrap();
        let here = Meeting::Here(entry.symbol.clone(), entry.language.clone());
        let list = vec![here, Meeting::Known(7180)];
        let (said, text, _) = written("m.csv", What::Meetings(list.clone()));
        assert!(said.starts_with("2 meetings written to "), "{said}");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0]), (3, ListRow::NAMES.replace(' ', ",").as_str()));
        assert!(lines[1].starts_with(&format!("{},en,", entry.symbol)), "{text}");
        let (_, text, _) = written("m.txt", What::Meetings(list));
        assert_eq!(text.lines().count(), 2, "{text}");
    }
}
