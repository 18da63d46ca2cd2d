//! `spv index`: creates or updates the search index.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use super::args::IndexArgs;
use super::args::Options;
use super::out::{Answer, Answered, Failure, say};
use super::process::{INTERRUPTED, Stop};
use super::shelf::Shelf;
use super::world::World;
use crate::library::Library;
use crate::search::index::{IndexError, Progress, update_index, update_where_allowed};

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let code = if matches!(error, IndexError::Stopped) { INTERRUPTED } else { 3 };
        Self { code, message: error.to_string() }
    }
}

/// Runs `spv index`.
///
/// # Errors
/// If there is no library, or its index cannot be written.
pub fn run(world: &World, args: &IndexArgs) -> Answer {
    let shelf = Shelf::open_all(world)?;
    if shelf.library.root().is_none() {
        return Err(Failure::nothing(
            "there is no library to index; the exercise debates are searched without an index",
        ));
    }
    let cache = shelf.library.cache();
    let mut shown = IndexProgress::new();
    let stop = Stop::listen()?;
    let tell = &mut |progress| shown.show(progress);
    let updated = update_index(&shelf.library, cache, args.private, &stop.flag, tell);
    shown.end();
    let updated = updated?;
    // The table of references is made from the same texts, so that `B` in the reader need not wait for it.
    let _ = shelf.library.references(&stop.flag);
    let records = |n: usize| if n == 1 { "1 record".to_owned() } else { format!("{n} records") };
    let made = if updated.rebuilt { "created the index" } else { "the index is up to date" };
    let unread = match updated.unread {
        0 => String::new(),
        n => format!(", {} could not be read", records(n)),
    };
    say(&format!("{made}: {} read, {} removed{unread}", records(updated.indexed), updated.removed));
    Ok(Answered::Something)
}

/// Updates the search index after an import. Its failure is only reported, since the records are kept.
///
/// # Errors
/// If the user stopped it.
pub(super) fn bring_up_to_date(options: &Options, root: &Path) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let library = Library::open_keeping(root, &options.keeping()).map_err(Failure::from);
    let brought = library.and_then(|library| {
        let mut shown = IndexProgress::new();
        let tell = &mut |progress| shown.show(progress);
        let brought = update_where_allowed(&library, library.cache(), &stop.flag, tell);
        shown.end();
        Ok(brought?)
    });
    match brought {
        Err(failure) if failure.code == INTERRUPTED => Err(failure),
        Err(failure) => {
            say(&format!("the search index was not updated: {}", failure.message));
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}

/// Progress on standard error: one line, overwritten, on a terminal; nothing elsewhere.
#[derive(Debug)]
pub(super) struct IndexProgress {
    terminal: bool,
    last: Option<Instant>,
    written: bool,
}

impl IndexProgress {
    pub(super) fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), last: None, written: false }
    }

    pub(super) fn show(&mut self, progress: Progress) {
        let early = self.last.is_some_and(|last| last.elapsed() < Duration::from_millis(200));
        if !self.terminal || (early && !progress.merging) {
            return;
        }
        self.last = Some(Instant::now());
        self.written = true;
        let mut out = std::io::stderr().lock();
        let line = if progress.merging {
            "index: merging segments".to_owned()
        } else {
            format!("index: {} of {} records", progress.done, progress.total)
        };
        // Errors are ignored, since standard error may be closed.
        let _ = write!(out, "\r{line:<40}").and_then(|()| out.flush());
    }

    pub(super) fn end(&self) {
        if self.written {
            let _ = write!(std::io::stderr().lock(), "\r{:<40}\r", "");
        }
    }
}
