//! `spv search --kwic --collocates`: the words beside the occurrences.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use super::request::SearchRequest;
use crate::cli::args::TableArgs;
use crate::cli::out::{Answer, Failure, found_if, one_line, say, say_total};
use crate::cli::rows::RowWriter;
use crate::cli::table::write_rows;
use crate::search::collocates::{Collocates, SPAN, collocates};
use crate::search::results::Marker;

/// The names of the columns of [`Row`], in their order.
const NAMES: &str = "word observed expected frequency likelihood span window corpus";

/// A collocate; the fields are those of its JSON. The last three are the same in every row, so that each can be checked
/// by itself.
#[derive(Debug, Serialize)]
struct Row<'a> {
    word: &'a str,
    observed: u64,
    expected: f64,
    frequency: u64,
    likelihood: f64,
    span: u32,
    window: u64,
    corpus: u64,
}

impl SearchRequest<'_> {
    /// Prints the words that are beside the occurrences more often than elsewhere.
    pub(super) fn write_collocates(&self, out: &mut dyn Write) -> Answer {
        if Marker::new(self.query).is_empty() {
            return Err(Failure::wrong(
                "--collocates counts words beside others; give a word besides the fields",
            ));
        }
        let (library, span) = (&self.shelf.library, self.args.span.unwrap_or(SPAN));
        let found = collocates(self.index, library, self.query, span, &Arc::default());
        let found = self.note_damage(found)?;
        self.shelf.note(&found.unread);
        let (limit, all) = (self.limit(), found.rows.len());
        write_table(out, &found, limit, self.args.table, self.world.columns)?;
        if self.args.table.is_text() {
            say_total(out, all.min(limit), all)?;
        }
        out.flush()?;
        if found.matches > 0 {
            say(&found.words());
        }
        let nothing = match found.matches {
            0 => self.nothing_found(),
            _ => "no word is beside the occurrences twice and more often than elsewhere".to_owned(),
        };
        found_if(!found.rows.is_empty(), &nothing)
    }
}

/// Writes the first `limit` collocates; text in columns for a terminal of this width.
pub(crate) fn write_table(
    out: &mut dyn Write,
    found: &Collocates,
    limit: usize,
    table: TableArgs,
    columns: Option<usize>,
) -> Result<(), Failure> {
    let rounded = |number: f64| (number * 1e4).round() / 1e4;
    let rows = found.rows.iter().take(limit).map(|row| Row {
        word: &row.word,
        observed: row.observed,
        expected: rounded(row.expected),
        frequency: row.frequency,
        likelihood: rounded(row.likelihood),
        span: found.span,
        window: found.window,
        corpus: found.corpus,
    });
    if let Some(writer) = RowWriter::begin(out, table, NAMES)? {
        return rows.into_iter().try_for_each(|row| writer.write(out, &row));
    }
    if found.rows.is_empty() {
        return Ok(());
    }
    let head = ["word", "observed", "expected", "frequency", "likelihood"];
    let mut cells = vec![head.map(str::to_owned).to_vec()];
    cells.extend(rows.map(|row| {
        vec![
            one_line(row.word),
            row.observed.to_string(),
            format!("{:.2}", row.expected),
            row.frequency.to_string(),
            // The last column is not aligned by the table.
            format!("{:>10.2}", row.likelihood),
        ]
    }));
    write_rows(out, &cells, &[1, 2, 3, 4], columns)?;
    Ok(())
}
