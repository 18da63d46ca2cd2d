//! What several files brought into the library, in the table at the end. A data set and a pack have tables of
//! their own.

use std::io::{self, Write};

use super::import_progress::row;
use crate::library::Stored;
use crate::record::Record;

/// What was taken in so far.
#[derive(Debug, Default)]
pub(super) struct Sum {
    new: u64,
    replaced: u64,
    same: u64,
    statements: u64,
    words: u64,
}

impl Sum {
    /// Counts a record that was read and what became of it.
    pub(super) fn add(&mut self, record: &Record, stored: &Stored) {
        *match stored {
            Stored::New { .. } => &mut self.new,
            Stored::Replaced { .. } => &mut self.replaced,
            Stored::Same { .. } => &mut self.same,
        } += 1;
        for statement in record.statements() {
            self.statements += 1;
            self.words += statement.words() as u64;
        }
    }

    /// Prints the table, where there is more than one file to sum up. `left` is how many could not be read
    /// or kept; each of them is said on its own.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub(super) fn end(&self, left: usize, out: &mut dyn Write) -> io::Result<()> {
        let records = self.new + self.replaced + self.same;
        let left = left as u64;
        if records == 0 || records + left < 2 {
            return Ok(());
        }
        let each = [(self.new, "new"), (self.replaced, "replaced"), (self.same, "here already")];
        let each: Vec<String> =
            each.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        row(out, "records", records, &each)?;
        row(out, "statements", self.statements, &[])?;
        row(out, "words", self.words, &[])?;
        row(out, "left out", left, &[])
    }
}
