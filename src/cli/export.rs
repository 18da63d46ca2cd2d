//! `spv export`: statements and records with their sources.

use std::io::Write;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::args::{ExportArgs, Form};
use super::cite::{not_here, statement};
use super::last::{Wanted, find_statements};
use super::out::{Answer, Answered, Failure, json_line, one_line};
use super::shelf::{Shelf, parse_symbol};
use super::speech::{SpeechColumns, describe_source};
use super::world::World;
use super::{csv, markdown, text};
use crate::app::blocks::Part;
use crate::app::cite::{citation, whole_pages};
use crate::library::safe;
use crate::record::{Record, Statement, Symbol};

/// The origin of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The library, by its folder.
    pub library: String,
    /// The query in words.
    pub query: String,
    /// The day of the export.
    pub date: Date,
}

impl Provenance {
    fn line(&self) -> String {
        format!("Exported {} from {}: {}", self.date, self.library, self.query)
    }
}

/// A record, and which of its statements are exported; `None` exports the whole record.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// The record.
    pub record: &'a Record,
    /// Numbers of statements.
    pub statements: Option<Vec<u32>>,
}

impl Piece<'_> {
    fn chosen(&self) -> impl Iterator<Item = &Statement> {
        let wanted =
            |s: &&Statement| self.statements.as_ref().is_none_or(|w| w.contains(&s.number));
        self.record.statements().filter(wanted)
    }
}

/// Runs `spv export`.
///
/// # Errors
/// When there is nothing to export, or it cannot be written.
pub fn run(world: &World, args: &ExportArgs, out: &mut dyn Write) -> Answer {
    if args.excel && args.format != Form::Csv {
        return Err(Failure::wrong("--excel requires --format csv"));
    }
    let shelf = match &args.state {
        Some(_) => Shelf::open_all(world)?,
        None => Shelf::open_one(world)?,
    };
    let (query, records) = match &args.state {
        Some(state) => choose_statements(&shelf, world, args, state)?,
        None => choose_record(&shelf, world, args)?,
    };
    let library = shelf.library.root();
    let provenance = Provenance {
        library: library
            .map_or("the exercise debates in spv".to_owned(), |r| r.display().to_string()),
        query,
        date: world.today,
    };
    let pieces: Vec<Piece<'_>> =
        records.iter().map(|(record, s)| Piece { record, statements: s.clone() }).collect();
    match args.output.as_deref().filter(|file| *file != Path::new("-")) {
        Some(file) => {
            let mut bytes = Vec::new();
            csv::write_mark(&mut bytes, args.excel)?;
            write_export(&mut bytes, &pieces, &provenance, args.format)?;
            write_new_file(file, &bytes).map_err(Failure::could_not)?;
        }
        None => {
            csv::write_mark(out, args.excel)?;
            write_export(out, &pieces, &provenance, args.format)?;
        }
    }
    Ok(Answered::Something)
}

/// The query in words, and the records with the numbers of the statements to export.
type Chosen = (String, Vec<(Record, Option<Vec<u32>>)>);

fn choose_record(shelf: &Shelf, world: &World, args: &ExportArgs) -> Result<Chosen, Failure> {
    let symbol = parse_symbol(&args.symbol)?;
    let record = shelf.record(&symbol, &world.options)?.ok_or_else(|| not_here(&symbol))?;
    let Some(number) = args.statement else {
        return Ok((symbol.to_string(), vec![(record, None)]));
    };
    statement(&record, number)?;
    Ok((format!("{symbol}, statement {number}"), vec![(record, Some(vec![number]))]))
}

fn choose_statements(
    shelf: &Shelf,
    world: &World,
    args: &ExportArgs,
    state: &str,
) -> Result<Chosen, Failure> {
    let topic = args.topic.as_deref().unwrap_or("");
    let wanted = Wanted { who: state, topic, before: None, years: args.year };
    let (basis, found) = find_statements(shelf, world, wanted)?;
    let mut query = format!("statements of {state}");
    if let Some(basis) = basis {
        query.push_str(&format!(" {} as {topic:?}", basis.words()));
    }
    if let Some(years) = args.year {
        query.push_str(&format!(" in {}..{}", years.first, years.last));
    }
    let mut chosen: Vec<(Symbol, Vec<u32>)> = Vec::new();
    let mut records = Vec::new();
    // Oldest first: an export is read from start to end.
    for (entry, heading) in found.iter().rev() {
        match chosen.last_mut() {
            Some((symbol, numbers)) if *symbol == entry.symbol => numbers.push(heading.number),
            _ => {
                chosen.push((entry.symbol.clone(), vec![heading.number]));
                records.push(shelf.load_or_note(entry));
            }
        }
    }
    let all: Vec<_> = records
        .into_iter()
        .zip(chosen)
        .filter_map(|(record, (_, numbers))| Some((record?, Some(numbers))))
        .collect();
    if all.is_empty() {
        return Err(Failure::nothing(format!("no statement of {state} in the library matches")));
    }
    Ok((query, all))
}

/// One statement; the fields are those of its JSON and its CSV.
#[derive(Serialize)]
struct StatementRow<'a> {
    symbol: String,
    language: &'a str,
    status: String,
    date: Date,
    topic: &'a str,
    statement: u32,
    speaker: &'a str,
    state: Option<&'a str>,
    organization: Option<&'a str>,
    on_behalf_of: Vec<&'a str>,
    citation: String,
    text: String,
    exercise: bool,
    source: String,
    library: &'a str,
    query: &'a str,
    exported: Date,
    /// What is doubtful about this statement.
    doubts: Vec<String>,
    /// Printed page it starts on.
    page: Option<u32>,
    words: usize,
    #[serde(flatten)]
    more: SpeechColumns,
}

const NAMES: &str = "symbol language status date topic statement speaker state organization \
                     on_behalf_of citation text exercise source library query exported doubts page words item \
                     printed role as capacity spoken";

impl<'a> StatementRow<'a> {
    fn of(record: &'a Record, s: &'a Statement, from: &'a Provenance) -> Self {
        Self {
            symbol: record.symbol.to_string(),
            language: record.language.code(),
            status: format!("{:?}", record.status).to_lowercase(),
            date: record.date,
            topic: &record.topic,
            statement: s.number,
            speaker: &s.speaker.printed,
            state: s.speaker.state.as_deref(),
            organization: s.speaker.organization.as_deref(),
            on_behalf_of: s.on_behalf_of.iter().map(|b| b.group.as_str()).collect(),
            citation: citation(record, whole_pages(s)),
            text: s.text(),
            exercise: record.exercise,
            source: describe_source(record),
            library: &from.library,
            query: &from.query,
            exported: from.date,
            doubts: record.doubts_of(s.number),
            page: s.page,
            words: s.words(),
            more: SpeechColumns::of(record, s, 0),
        }
    }
}

/// Writes an export record by record.
pub struct ExportWriter<'a> {
    out: &'a mut dyn Write,
    from: &'a Provenance,
    form: Form,
    first: bool,
    /// Statements written.
    pub statements: usize,
}

impl<'a> ExportWriter<'a> {
    /// Writes what comes before the first record.
    pub fn begin(
        out: &'a mut dyn Write,
        from: &'a Provenance,
        form: Form,
    ) -> Result<Self, Failure> {
        match form {
            Form::Csv => write!(out, "{}", csv::format_names(NAMES))?,
            Form::Text | Form::Md => writeln!(out, "{}\n", escaped(&from.line(), form))?,
            Form::Json => {}
        }
        Ok(Self { out, from, form, first: true, statements: 0 })
    }

    /// Writes a record, or the statements of it that are exported.
    pub fn write_piece(&mut self, piece: &Piece<'_>) -> Result<(), Failure> {
        let first = std::mem::replace(&mut self.first, false);
        self.statements += piece.chosen().count();
        match self.form {
            Form::Csv | Form::Json => {
                for s in piece.chosen() {
                    let row = StatementRow::of(piece.record, s, self.from);
                    match self.form {
                        Form::Json => json_line(self.out, &row)?,
                        _ => write!(self.out, "{}", csv::format_row(&csv::cells(&row, NAMES)))?,
                    }
                }
            }
            Form::Text | Form::Md => {
                if !first {
                    writeln!(self.out)?;
                }
                write_parts(self.out, piece, self.form)?;
            }
        }
        Ok(())
    }
}

/// Writes an export.
pub fn write_export(
    out: &mut dyn Write,
    pieces: &[Piece<'_>],
    from: &Provenance,
    form: Form,
) -> Result<(), Failure> {
    let mut writer = ExportWriter::begin(out, from, form)?;
    pieces.iter().try_for_each(|piece| writer.write_piece(piece))
}

/// A line of text, as Markdown where that is the form.
fn escaped(text: &str, form: Form) -> String {
    if form == Form::Md { markdown::escape_markdown(text) } else { one_line(text) }
}

/// Writes the exported parts of a record, each with its heading and its citation.
fn write_parts(out: &mut dyn Write, piece: &Piece<'_>, form: Form) -> Result<(), Failure> {
    let record = piece.record;
    let parts: Vec<Part> = match &piece.statements {
        None => vec![Part::Whole],
        Some(numbers) => numbers.iter().map(|n| Part::Statement(*n)).collect(),
    };
    for (i, part) in parts.into_iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        match form {
            Form::Md => markdown::write_record(out, record, part)?,
            _ => text::write_record(out, record, part)?,
        }
        if let Part::Statement(number) = part
            && let Some(s) = record.statements().find(|s| s.number == number)
        {
            let cited = citation(record, whole_pages(s));
            writeln!(out, "\n{}", escaped(&cited, form))?;
        }
    }
    let source = describe_source(record);
    if !source.is_empty() {
        writeln!(out, "\nSource: {}", escaped(&source, form))?;
    }
    Ok(())
}

/// Writes a new file under a temporary name and renames it. An existing file is never overwritten.
///
/// # Errors
/// One line that names the file and what to do.
pub fn write_new_file(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let written = safe::write_new(file, bytes);
    written.map_err(|e| one_line(&Failure::new_file(file, &e).message))
}
