//! `spv chart`: how many statements some queries find by year, month, State or topic, drawn, as rows, or as a picture.

use std::io::Write;
use std::path::Path;

use super::args::{ChartArgs, ChartBy, Form, TableArgs};
use super::out::{Answer, Failure, found_if, one_line, result_limit, say_total};
use super::rows::RowWriter;
use super::search::{open_index, parse_query};
use super::shelf::Shelf;
use super::world::World;
use super::{export, table};
use crate::app::chart::{self, Asked, By, Chart, MOST_QUERIES, Row, TooManyQueries};
use crate::app::identity::Identity;
use crate::record::Kind;
use crate::search::index::{IndexError, IndexState, index_state};
use crate::ui::chart::{Look, text};

/// Rows of a graph over years or months.
const ROWS: u16 = 18;
/// Columns of a chart that is not printed on a terminal.
const COLUMNS: usize = 80;
/// States or topics that are printed as text.
const GROUPS: usize = 20;

/// Runs `spv chart`.
///
/// # Errors
/// If a query has no valid part, there are too many of them, there is no index and none can be made, or the answer
/// cannot be written.
pub fn run(world: &World, args: &ChartArgs, out: &mut dyn Write) -> Answer {
    if args.query.len() > MOST_QUERIES {
        return Err(Failure::wrong(TooManyQueries.to_string()));
    }
    let queries: Result<Vec<String>, Failure> =
        args.query.iter().map(|query| Ok(parse_query(query)?.to_string())).collect();
    let asked = Asked {
        queries: queries?,
        by: match args.by {
            ChartBy::Year => By::Year,
            ChartBy::Month => By::Month,
            ChartBy::State => By::State,
            ChartBy::Topic => By::Topic,
        },
        kind: if args.letters { Kind::Letter } else { Kind::Verbatim },
        procedural: args.procedural,
        language: world.options.lang.clone(),
    };
    let mut shelf = Shelf::open_one(world)?;
    let mut standing = index_state(&shelf.library, shelf.library.cache());
    if standing != IndexState::UpToDate {
        standing = shelf.renew_index_state()?;
    }
    shelf.note_and_report();
    let (mut chart, from) = match count(&shelf, standing, &asked, false) {
        // It is made again once.
        Err(IndexError::Damaged(_)) => count(&shelf, standing, &asked, true),
        counted => counted,
    }??;
    let groups = chart.groups.len();
    let drawn = args.rows.is_text() && args.svg.is_none();
    chart.keep_groups(result_limit(args.limit, GROUPS, drawn));
    match args.svg.as_deref() {
        Some(file) if file == Path::new("-") => {
            out.write_all(chart::svg(&chart, args.rate, &from).as_bytes())?;
        }
        Some(file) => {
            let picture = chart::svg(&chart, args.rate, &from);
            export::write_new_file(file, picture.as_bytes()).map_err(Failure::could_not)?;
        }
        None if !args.rows.is_text() => {
            write_rows(out, &chart, &from, args.rows)?;
        }
        None => write_text(world, args, &chart, out)?,
    }
    if chart.asked.by.is_grouped() {
        say_total(out, chart.groups.len(), groups)?;
    }
    found_if(!chart.is_empty(), "no statement matches; try fewer words, or word*")
}

/// What was counted, and from what.
type Counted = Result<(Chart, Identity), Failure>;

fn count(
    shelf: &Shelf,
    standing: IndexState,
    asked: &Asked,
    mend: bool,
) -> Result<Counted, IndexError> {
    let index = match open_index(shelf, standing, asked.language.as_ref(), mend) {
        Ok(index) => index,
        Err(failure) => return Ok(Err(failure)),
    };
    let library = &shelf.library;
    match chart::count(&index, library.catalogue(), asked, &std::sync::Arc::default()) {
        Ok(chart) => Ok(Ok((chart, Identity::of_index(&index, library)))),
        Err(error) if mend => Ok(Err(error.into())),
        Err(error) => Err(error),
    }
}

/// Writes every figure of a chart as rows for programs; how many.
///
/// # Errors
/// When they cannot be written.
pub fn write_rows(
    out: &mut dyn Write,
    chart: &Chart,
    from: &Identity,
    table: TableArgs,
) -> Result<usize, Failure> {
    let Some(writer) = RowWriter::begin(out, table, Row::NAMES)? else { return Ok(0) };
    let mut count = 0;
    for row in chart::rows(chart, from) {
        count += 1;
        writer.write(out, &row)?;
    }
    Ok(count)
}

/// Writes a chart as its table, with all that is said of it; how many rows.
///
/// # Errors
/// When it cannot be written.
pub fn write_table(
    out: &mut dyn Write,
    chart: &Chart,
    rate: bool,
    columns: Option<usize>,
) -> Result<usize, Failure> {
    write_head(out, chart, rate)?;
    let table = chart::table(chart, rate);
    let right: Vec<usize> = (table.texts..table.head.len()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(&table.head)
        .chain(&table.rows)
        .map(|row| row.iter().map(|cell| one_line(cell)).collect())
        .collect();
    table::write_rows(out, &rows, &right, columns)?;
    write_notes(out, chart, rate)?;
    Ok(rows.len() - 1)
}

/// The title and the queries.
fn write_head(out: &mut dyn Write, chart: &Chart, rate: bool) -> Result<(), Failure> {
    writeln!(out, "{}", chart::title(chart, rate))?;
    for (n, series) in chart.series.iter().enumerate() {
        writeln!(out, "{} {}", chart::letter(n), one_line(&series.query))?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_notes(out: &mut dyn Write, chart: &Chart, rate: bool) -> Result<(), Failure> {
    writeln!(out)?;
    for line in chart::lines(chart, rate) {
        table::write_paragraph(out, &one_line(&line), 0, table::MEASURE)?;
    }
    Ok(())
}

fn write_text(
    world: &World,
    args: &ChartArgs,
    chart: &Chart,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if args.table || world.options.linear {
        write_table(out, chart, args.rate, world.columns)?;
    } else {
        write_head(out, chart, args.rate)?;
        let width = world.columns.unwrap_or(COLUMNS).clamp(24, 400);
        let look = Look { bars: args.bars, rate: args.rate, selected: None, top: 0 };
        let width = u16::try_from(width).unwrap_or(80);
        for line in text(chart, look, width, ROWS, args.ascii) {
            writeln!(out, "{line}")?;
        }
        write_notes(out, chart, args.rate)?;
    }
    Ok(())
}

/// Writes a chart in the form that the name of a file says; how many rows, or none of a picture.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(
    file: &Path,
    chart: &Chart,
    rate: bool,
    from: &Identity,
    out: &mut Vec<u8>,
) -> Result<Option<usize>, Failure> {
    let is_picture = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg"));
    if is_picture {
        out.extend_from_slice(chart::svg(chart, rate, from).as_bytes());
        return Ok(None);
    }
    match Form::of_file(file) {
        form @ (Form::Csv | Form::Json) => write_rows(out, chart, from, form.table()).map(Some),
        Form::Text | Form::Md => {
            let count = write_table(out, chart, rate, None)?;
            writeln!(out, "{}", from.line())?;
            Ok(Some(count))
        }
    }
}
