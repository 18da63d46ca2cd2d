//! Rows for programs: as JSON, or as comma-separated values.

use std::io::Write;

use serde::Serialize;

use super::args::TableArgs;
use super::csv;
use super::out::{Failure, json_line};

/// Writes rows for programs one after the other.
#[derive(Clone, Copy, Debug)]
pub struct RowWriter {
    json: bool,
    names: &'static str,
}

impl RowWriter {
    /// Writes what comes before the first row; `None` where the table is text for people. The names of the columns are
    /// the fields of the rows, separated by spaces.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(
        out: &mut dyn Write,
        table: TableArgs,
        names: &'static str,
    ) -> Result<Option<Self>, Failure> {
        if table.is_text() {
            return Ok(None);
        }
        if table.csv {
            csv::write_mark(out, table.excel)?;
            out.write_all(csv::format_names(names).as_bytes())?;
        }
        Ok(Some(Self { json: table.json, names }))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write, row: &impl Serialize) -> Result<(), Failure> {
        if self.json {
            return json_line(out, row);
        }
        Ok(out.write_all(csv::format_row(&csv::cells(row, self.names)).as_bytes())?)
    }

    /// Writes several rows.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_all<R: Serialize>(&self, out: &mut dyn Write, rows: &[R]) -> Result<(), Failure> {
        rows.iter().try_for_each(|row| self.write(out, row))
    }
}
