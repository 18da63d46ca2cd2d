//! `spv search --kwic`: every occurrence on a line of its own, the words in a column.

use std::io::Write;
use std::rc::Rc;

use jiff::civil::Date;
use serde::Serialize;

use super::request::{SearchRequest, load_record};
use crate::app::number::thousands;
use crate::cli::args::{KwicSort, TableArgs};
use crate::cli::out::{Answer, Failure, found_or, one_line, say, say_total};
use crate::cli::rows::RowWriter;
use crate::cli::speech::{SpeechColumns, describe_source};
use crate::library::Library;
use crate::record::Statement;
use crate::search::concordance::{self, Line, Sort};
use crate::search::query::Query;
use crate::search::results::{Hit, Marker, OpenedRecord, Order, RecordLoader};

/// The maximum number of occurrences that are kept to be sorted.
const MOST: usize = 300_000;

/// The names of the columns.
pub(crate) const NAMES: &str = "symbol language date statement paragraph page speaker state left word right topic \
                                item printed role as capacity spoken words source";

/// One occurrence; the fields are those of its JSON and its CSV.
#[derive(Debug, Serialize)]
pub(crate) struct OccurrenceRow<'a> {
    symbol: &'a str,
    language: &'a str,
    date: Date,
    statement: u32,
    /// The paragraph, from 1.
    paragraph: usize,
    page: Option<u32>,
    speaker: &'a str,
    state: Option<&'a str>,
    left: &'a str,
    word: &'a str,
    right: &'a str,
    #[serde(flatten)]
    of: &'a Paragraph,
}

impl<'a> OccurrenceRow<'a> {
    /// The row of a line in a paragraph.
    pub fn new(line: &'a Line, of: &'a Paragraph) -> Self {
        Self {
            symbol: &line.symbol,
            language: &line.language,
            date: line.date,
            statement: line.statement,
            paragraph: line.paragraph + 1,
            page: line.page,
            speaker: &line.speaker,
            state: line.state.as_deref(),
            left: &line.left,
            word: &line.word,
            right: &line.right,
            of,
        }
    }
}

/// What is told of the paragraph that an occurrence is in.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Paragraph {
    topic: String,
    #[serde(flatten)]
    more: SpeechColumns,
    /// The words of the whole statement.
    words: usize,
    /// Where the text came from.
    source: String,
}

impl Paragraph {
    /// That of a line in a record.
    pub fn of(record: &OpenedRecord, nth: usize, line: &Line) -> Self {
        let statement = record.statement(nth);
        let more = statement.map(|said| SpeechColumns::of(record, said, line.paragraph));
        Self {
            topic: record.topic.clone(),
            more: more.unwrap_or_default(),
            words: statement.map_or(0, Statement::words),
            source: describe_source(record),
        }
    }
}

impl SearchRequest<'_> {
    /// Prints each occurrence on its own line.
    pub(super) fn write_concordance(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(usize::MAX, Order::Date)?;
        let marker = Marker::new(self.query);
        if marker.is_empty() {
            return Err(Failure::wrong(
                "--kwic shows words in context; give a word besides the fields",
            ));
        }
        let mut loader = RecordLoader::new(&self.shelf.library);
        let limit = self.limit();
        let order = match self.args.sort {
            KwicSort::Date => None,
            KwicSort::Left => Some(Sort::Left),
            KwicSort::Right => Some(Sort::Right),
            KwicSort::Speaker => Some(Sort::Speaker),
        };
        let writer = RowWriter::begin(out, self.args.table, NAMES)?;
        let mut kept: Vec<(Line, Rc<Paragraph>)> = Vec::new();
        let (mut shown, mut all, mut rest) = (0, 0, false);
        let text = writer.is_none();
        for (statements, hit) in hits.hits.iter().enumerate() {
            let Some(record) = load_record(self.shelf, &mut loader, hit) else { continue };
            let mut written = Ok(());
            let mut last = None;
            concordance::each_line(&record, &marker, hit, |line| {
                let of = match text {
                    true => Rc::default(),
                    false => shared(&mut last, &line, || Paragraph::of(&record, hit.nth, &line)),
                };
                let Some(by) = order else {
                    rest = shown == limit;
                    if !rest {
                        written = self.occurrence(out, writer, &line, &of);
                        shown += 1;
                    }
                    return written.is_ok() && !rest;
                };
                all += 1;
                kept.push((line, of));
                // Only the first `limit` lines are printed; the others are dropped now and then.
                if kept.len() >= MOST && kept.len() / 2 >= limit {
                    sort(&mut kept, by);
                    kept.truncate(limit);
                }
                kept.len() <= MOST
            });
            written?;
            if kept.len() > MOST {
                return Err(too_many());
            }
            // The records of the others are not read to count their lines.
            if order.is_none() && shown >= limit && (rest || statements + 1 < hits.hits.len()) {
                if text {
                    out.flush()?;
                    let (statements, all) = (statements + 1, hits.hits.len());
                    say(&format!(
                        "printed the first {shown} lines, of {statements} of {all} statements; use --limit 0 to print all"
                    ));
                }
                break;
            }
        }
        if let Some(by) = order {
            sort(&mut kept, by);
            let mut first = kept.iter().take(limit);
            first.try_for_each(|(line, of)| self.occurrence(out, writer, line, of))?;
            if text {
                say_total(out, kept.len().min(limit), all)?;
            }
        }
        found_or(shown > 0 || !kept.is_empty(), || self.nothing_found())
    }

    fn occurrence(
        &self,
        out: &mut dyn Write,
        writer: Option<RowWriter>,
        found: &Line,
        of: &Paragraph,
    ) -> Result<(), Failure> {
        if let Some(writer) = writer {
            return writer.write(out, &OccurrenceRow::new(found, of));
        }
        write_line(out, found, self.world.columns.unwrap_or(100))
    }
}

/// Writes every occurrence in some statements, for the reader; how many, and how many records could not be read.
///
/// # Errors
/// When they cannot be written, or are too many to be sorted.
pub(crate) fn write_occurrences(
    library: &Library,
    query: &Query,
    hits: &[Hit],
    by: Option<Sort>,
    table: TableArgs,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize, &'static str),
) -> Result<(usize, usize), Failure> {
    let writer = RowWriter::begin(out, table, NAMES)?;
    let (marker, mut loader) = (Marker::new(query), RecordLoader::new(library));
    let (mut count, mut missing, mut kept) = (0, 0, Vec::new());
    let mut write = |line: &Line, of: &Paragraph| match writer {
        Some(writer) => writer.write(out, &OccurrenceRow::new(line, of)),
        None => write_line(out, line, COLUMNS),
    };
    let mut unread = None;
    for (done, hit) in hits.iter().enumerate() {
        let Ok(Some(record)) = loader.record(hit) else {
            // The statements of a record are neighbours.
            missing += usize::from(unread.replace(hit.entry) != Some(hit.entry));
            continue;
        };
        let (mut written, mut last) = (Ok(()), None);
        concordance::each_line(&record, &marker, hit, |line| {
            count += 1;
            let of = shared(&mut last, &line, || Paragraph::of(&record, hit.nth, &line));
            match by {
                Some(_) => kept.push((line, of)),
                None => written = write(&line, &of),
            }
            written.is_ok() && kept.len() <= MOST
        });
        written?;
        if kept.len() > MOST {
            return Err(too_many());
        }
        progress(done + 1, hits.len(), "statements");
    }
    if let Some(by) = by {
        sort(&mut kept, by);
        kept.iter().try_for_each(|(line, of)| write(line, of))?;
    }
    Ok((count, missing))
}

/// What is told of the paragraph of a line: its occurrences share it, one after the other.
fn shared(
    last: &mut Option<(usize, Rc<Paragraph>)>,
    line: &Line,
    make: impl FnOnce() -> Paragraph,
) -> Rc<Paragraph> {
    match last {
        Some((paragraph, of)) if *paragraph == line.paragraph => Rc::clone(of),
        _ => {
            let of = Rc::new(make());
            *last = Some((line.paragraph, Rc::clone(&of)));
            of
        }
    }
}

/// Columns of a line in a file of text.
const COLUMNS: usize = 120;

/// Writes an occurrence as text, the words in a column.
fn write_line(out: &mut dyn Write, found: &Line, columns: usize) -> Result<(), Failure> {
    let place = one_line(&format!("{} {}", found.date, found.symbol));
    let side = columns.saturating_sub(40).max(24) / 2;
    let (left, word, right) = concordance::fit_line(&found.harmless(), side);
    let text = format!("{left}{word}{right}");
    writeln!(out, "{place:<26} {}", text.trim_end())?;
    Ok(())
}

/// There are more than can be sorted.
fn too_many() -> Failure {
    Failure::could_not(format!(
        "more than {} occurrences are too many to sort; use --limit, or leave out --sort",
        thousands(MOST)
    ))
}

/// Sorts the lines that are kept.
fn sort(kept: &mut Vec<(Line, Rc<Paragraph>)>, by: Sort) {
    let order = concordance::sorted_indexes(kept.iter().map(|(line, _)| line), by);
    let mut lines: Vec<_> = kept.drain(..).map(Some).collect();
    kept.extend(order.into_iter().filter_map(|at| lines.get_mut(at)?.take()));
}
