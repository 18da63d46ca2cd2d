//! The end of an import: its totals, the catalogue, and the message if it was stopped.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::cli::out::{Failure, one_line};
use crate::cli::process::INTERRUPTED;
use crate::cli::progress::thousands;
use crate::import::dataset::{ImportNote, NoteKind, RepairCounts};
use crate::library::bulk::Put;
use crate::library::{Library, LibraryError, Stored};
use crate::record::Record;

/// How many notes of one kind are named in the table; the rest are in the log.
const NAMED: usize = 12;
/// A log larger than this was not written by this program, and is not read.
pub(super) const LOG_LIMIT: u64 = 64 << 20;
/// The reason why a record was left out.
pub(super) const OTHER_TEXT: &str =
    "the library has this record with a different text; use --replace to replace it";
/// A catalogue does not trust a folder that changed less than this ago.
const SETTLED: Duration = Duration::from_millis(150);

/// The failure of an import that the user stopped.
pub(super) fn interrupted() -> Failure {
    Failure {
        code: INTERRUPTED,
        message: "interrupted; imported records are kept, import again to resume".to_owned(),
    }
}

/// Makes the catalogue, so that the reader opens quickly.
pub(super) fn build_catalogue(root: &Path) -> Result<(), LibraryError> {
    std::thread::sleep(SETTLED);
    Library::open(root).map(drop)
}

/// The totals of an import of files; data sets and packs have [`ImportTotals`].
#[derive(Debug, Default)]
pub(super) struct FileTotals {
    new: u64,
    replaced: u64,
    same: u64,
    statements: u64,
    words: u64,
}

impl FileTotals {
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

    /// Prints the totals of several files. `left` is the number of files that could not be imported, each of
    /// which has its own message.
    pub(super) fn end(&self, left: usize, out: &mut dyn Write) -> io::Result<()> {
        let records = self.new + self.replaced + self.same;
        let left = left as u64;
        if records == 0 || records + left < 2 {
            return Ok(());
        }
        let each = [(self.new, "new"), (self.replaced, "replaced"), (self.same, "already here")];
        let each: Vec<String> =
            each.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        write_total(out, "records", records, &each)?;
        write_total(out, "statements", self.statements, &[])?;
        write_total(out, "words", self.words, &[])?;
        write_total(out, "left out", left, &[])
    }
}

/// The totals of an import of a data set or a pack.
#[derive(Debug, Default)]
pub struct ImportTotals {
    /// Records by what became of them.
    pub records: BTreeMap<&'static str, u64>,
    /// Statements read.
    pub statements: u64,
    /// Words in them, where the records were made.
    pub words: u64,
    /// Repairs and guesses.
    pub tally: RepairCounts,
    /// Notes for the user, by kind.
    named: BTreeMap<NoteKind, Vec<String>>,
}

impl ImportTotals {
    /// Counts what became of a record.
    pub fn count(&mut self, put: Put) {
        let words = match put {
            Put::New => "new",
            Put::Same => "the same as before",
            Put::Replaced => "replaced",
            Put::Kept => "not taken",
        };
        *self.records.entry(words).or_default() += 1;
    }

    /// Keeps a note if it is of a kind that is listed.
    pub fn note(&mut self, note: &ImportNote) {
        if matches!(
            note.kind,
            NoteKind::Differs
                | NoteKind::Left
                | NoteKind::Unmended
                | NoteKind::Unsettled
                | NoteKind::Joined
        ) {
            let place = note.symbol.as_deref().or(note.file.as_deref());
            let place = place.map_or(String::new(), |place| format!("{place}: "));
            self.named.entry(note.kind).or_default().push(format!("{place}{}", note.what));
        }
    }

    /// Writes the totals.
    pub fn write(&self, out: &mut dyn Write, log: &str) -> io::Result<()> {
        let records: u64 = self.records.values().sum();
        let each: Vec<String> =
            self.records.iter().map(|(words, n)| format!("{} {words}", thousands(*n))).collect();
        write_total(out, "records", records, &each)?;
        write_total(out, "statements", self.statements, &[])?;
        if self.words > 0 {
            write_total(out, "words", self.words, &[])?;
        }
        for (title, counts) in
            [("repaired", &self.tally.repaired), ("guessed", &self.tally.guessed)]
        {
            let each: Vec<String> = counts
                .iter()
                .map(|(name, n)| format!("{} {}", thousands(*n), name.replace('_', " ")))
                .collect();
            write_total(out, title, counts.values().sum(), &each)?;
        }
        for (sort, title) in [
            (NoteKind::Joined, "joined"),
            (NoteKind::Differs, "differing"),
            (NoteKind::Unmended, "unmended"),
            (NoteKind::Unsettled, "unsettled"),
            (NoteKind::Left, "left out"),
        ] {
            let named = self.named.get(&sort).map(Vec::as_slice).unwrap_or_default();
            if named.is_empty() && sort != NoteKind::Left {
                continue;
            }
            write_total(out, title, named.len() as u64, &[])?;
            for sentence in named.iter().take(NAMED) {
                writeln!(out, "  {}", one_line(sentence))?;
            }
            if named.len() > NAMED {
                writeln!(out, "  and {} more in the log", thousands((named.len() - NAMED) as u64))?;
            }
        }
        writeln!(out, "{:<12}{}", "log", one_line(log))
    }
}

/// Writes one total: a title, a right-aligned number, and its parts.
pub(in crate::cli) fn write_total(
    out: &mut dyn Write,
    title: &str,
    number: u64,
    each: &[String],
) -> io::Result<()> {
    let made = if each.is_empty() { String::new() } else { format!("  {}", each.join(", ")) };
    writeln!(out, "{title:<12}{:>12}{made}", thousands(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_what_was_left_out_and_where_to_see_it() {
        let mut sums = ImportTotals { statements: 2, words: 2649, ..ImportTotals::default() };
        sums.count(Put::New);
        sums.count(Put::New);
        sums.count(Put::Kept);
        sums.tally.repair("closed_hyphens", 1200);
        for at in 0..20 {
            sums.note(
                &ImportNote::new(NoteKind::Left, format!("invented reason {at}"))
                    .about("\u{1b}[2Jx"),
            );
        }
        let mut out = Vec::new();
        sums.write(&mut out, "import.log").unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("records                3  2 new, 1 not taken\n"), "{out}");
        assert!(out.contains("words              2,649\n"), "{out}");
        assert!(out.contains("1,200 closed hyphens"), "{out}");
        assert!(out.contains("and 8 more in the log"), "{out}");
        assert!(!out.contains('\u{1b}'));
        assert!(out.ends_with("log         import.log\n"));
    }
}
