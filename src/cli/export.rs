//! `spv export`: statements and records with where they come from.

use std::io::Write;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::args::{ExportArgs, Form};
use super::blocks::Part;
use super::cite::{not_here, statement};
use super::last::{Wanted, find_statements};
use super::out::{Answer, Answered, Failure, json_line, one_line};
use super::shelf::{Shelf, parse_symbol};
use super::world::World;
use super::{csv, markdown, text};
use crate::app::cite::{citation, pages};
use crate::library::safe;
use crate::record::{Record, Statement, Symbol, harmless};

/// Where an export comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The library, by its folder.
    pub library: String,
    /// What was asked for.
    pub query: String,
    /// The day of the export.
    pub date: Date,
}

impl Provenance {
    fn line(&self) -> String {
        format!("Exported {} from {}: {}", self.date, self.library, self.query)
    }
}

/// A record, and the statements of it that are exported; all of it where none are named.
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

/// Answers `spv export`.
///
/// # Errors
/// When there is nothing to export, or it cannot be written.
pub fn run(world: &World, args: &ExportArgs, out: &mut dyn Write) -> Answer {
    if args.excel && args.format != Form::Csv {
        return Err(Failure::wrong("--excel is for --format csv; give both"));
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
    let to_output = args.output.as_deref().is_none_or(|file| file == Path::new("-"));
    match &args.output {
        Some(file) if !to_output => {
            let mut bytes = Vec::new();
            csv::write_mark(&mut bytes, args.excel)?;
            write_export(&mut bytes, &pieces, &provenance, args.format)?;
            write_new_file(file, &bytes).map_err(Failure::could_not)?;
        }
        _ => {
            csv::write_mark(out, args.excel)?;
            write_export(out, &pieces, &provenance, args.format)?;
        }
    }
    Ok(Answered::Something)
}

/// What is exported, in words, and the records with the numbers of the statements wanted.
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
    // Oldest first: an export is read from its beginning.
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
        return Err(Failure::nothing(format!("{state} says nothing here that fits")));
    }
    Ok((query, all))
}

/// One statement, with the names of its JSON and the columns of its CSV.
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
}

const NAMES: &str = "symbol language status date topic statement speaker state organization \
                     on_behalf_of citation text exercise source library query exported";

impl<'a> StatementRow<'a> {
    fn of(record: &'a Record, s: &'a Statement, from: &'a Provenance) -> Self {
        let pages = pages(s, 0, s.paragraphs.len().saturating_sub(1));
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
            citation: citation(record, pages),
            text: s.text(),
            exercise: record.exercise,
            source: describe_source(record),
            library: &from.library,
            query: &from.query,
            exported: from.date,
        }
    }

    fn cells(&self) -> Vec<String> {
        let owned = |text: Option<&str>| text.unwrap_or("").to_owned();
        vec![
            self.symbol.clone(),
            self.language.to_owned(),
            self.status.clone(),
            self.date.to_string(),
            self.topic.to_owned(),
            self.statement.to_string(),
            self.speaker.to_owned(),
            owned(self.state),
            owned(self.organization),
            self.on_behalf_of.join("; "),
            self.citation.clone(),
            self.text.clone(),
            self.exercise.to_string(),
            self.source.clone(),
            self.library.to_owned(),
            self.query.to_owned(),
            self.exported.to_string(),
        ]
    }
}

/// Where a text came from: `pdf, S_PV.8668_E.pdf`.
fn describe_source(record: &Record) -> String {
    let source = &record.source;
    let parts = [Some(&source.from), source.file.as_ref(), source.url.as_ref()];
    let parts: Vec<&str> =
        parts.into_iter().flatten().map(String::as_str).filter(|p| !p.is_empty()).collect();
    let claimed = source.pack.as_ref().is_some_and(|pack| !pack.verified);
    parts.join(", ") + if claimed { " (from a pack, origin not verified)" } else { "" }
}

/// An export that is being written, record by record.
pub struct ExportWriter<'a> {
    out: &'a mut dyn Write,
    from: &'a Provenance,
    form: Form,
    first: bool,
    /// Statements written.
    pub statements: usize,
}

impl<'a> ExportWriter<'a> {
    /// Writes what stands before the first record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(
        out: &'a mut dyn Write,
        from: &'a Provenance,
        form: Form,
    ) -> Result<Self, Failure> {
        match form {
            Form::Csv => write!(out, "{}", csv::format_row(&NAMES.split(' ').collect::<Vec<_>>()))?,
            Form::Text => writeln!(out, "{}\n", one_line(&from.line()))?,
            Form::Md => writeln!(out, "{}\n", markdown::escape_markdown(&from.line()))?,
            Form::Json => {}
        }
        Ok(Self { out, from, form, first: true, statements: 0 })
    }

    /// Writes a record, or the statements of it that are exported.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_piece(&mut self, piece: &Piece<'_>) -> Result<(), Failure> {
        let first = std::mem::replace(&mut self.first, false);
        self.statements += piece.chosen().count();
        match self.form {
            Form::Csv | Form::Json => {
                for s in piece.chosen() {
                    let row = StatementRow::of(piece.record, s, self.from);
                    match self.form {
                        Form::Json => json_line(self.out, &row)?,
                        _ => write!(self.out, "{}", csv::format_row(&row.cells()))?,
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
///
/// # Errors
/// When it cannot be written.
pub fn write_export(
    out: &mut dyn Write,
    pieces: &[Piece<'_>],
    from: &Provenance,
    form: Form,
) -> Result<(), Failure> {
    let mut writer = ExportWriter::begin(out, from, form)?;
    pieces.iter().try_for_each(|piece| writer.write_piece(piece))
}

/// Sets the parts of a record that are exported, each under its own head, its citation below.
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
            let cited = citation(record, pages(s, 0, s.paragraphs.len().saturating_sub(1)));
            writeln!(
                out,
                "\n{}",
                if form == Form::Md { markdown::escape_markdown(&cited) } else { one_line(&cited) }
            )?;
        }
    }
    let source = describe_source(record);
    if !source.is_empty() {
        writeln!(
            out,
            "\nSource: {}",
            if form == Form::Md { markdown::escape_markdown(&source) } else { one_line(&source) }
        )?;
    }
    Ok(())
}

/// Writes a new file beside its place and puts it there, or says in one line why not. A file that is there
/// is never overwritten.
///
/// # Errors
/// One line that names the file and what to do.
pub fn write_new_file(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let name = harmless::line(&file.display().to_string()).into_owned();
    safe::write_new(file, bytes).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{name}: it is there already and is not overwritten; give another name")
        }
        std::io::ErrorKind::NotFound => {
            format!("{name}: there is no such folder; make it or give another name")
        }
        _ => format!("{name}: it cannot be written ({e})"),
    })
}
