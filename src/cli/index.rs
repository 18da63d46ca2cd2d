//! `spv index`: makes the index for search, or brings it up to date.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::args::IndexArgs;
use super::out::{Answer, Failure, Found, say};
use super::place::{Shelf, World};
use super::stop::{INTERRUPTED, Stop};
use crate::search::index::{IndexError, Progress, update_index};

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let code = if matches!(error, IndexError::Stopped) { INTERRUPTED } else { 3 };
        Self { code, message: error.to_string() }
    }
}

/// Answers `spv index`.
///
/// # Errors
/// When there is no library, or its index cannot be written.
pub fn run(world: &World, args: &IndexArgs) -> Answer {
    let shelf = Shelf::open_all(world)?;
    if shelf.library.root().is_none() {
        return Err(Failure::nothing(
            "there is no library to index; the exercise debates are searched without one",
        ));
    }
    let cache = shelf.library.cache();
    let mut shown = Shown::new();
    let stop = Stop::listen()?;
    let tell = &mut |progress| shown.show(progress);
    let updated = update_index(&shelf.library, cache, args.private, &stop.flag, tell);
    shown.end();
    let updated = updated?;
    // What cites what is read from the same texts, and `B` in the reader need not wait for it then.
    let _ = shelf.library.references(&stop.flag);
    let records = |n: usize| if n == 1 { "1 record".to_owned() } else { format!("{n} records") };
    let made = if updated.rebuilt { "made the index" } else { "the index is up to date" };
    let unread = match updated.unread {
        0 => String::new(),
        n => format!(", {} could not be read", records(n)),
    };
    say(&format!("{made}: {} read, {} removed{unread}", records(updated.indexed), updated.removed));
    Ok(Found::Something)
}

/// Progress on standard error: one line written over on a terminal, none where it is no terminal.
#[derive(Debug)]
pub(super) struct Shown {
    terminal: bool,
    last: Option<Instant>,
    written: bool,
}

impl Shown {
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
            "index: putting it together".to_owned()
        } else {
            format!("index: {} of {} records", progress.done, progress.total)
        };
        // A standard error that is closed is nobody's fault.
        let _ = write!(out, "\r{line:<40}").and_then(|()| out.flush());
    }

    pub(super) fn end(&self) {
        if self.written {
            let _ = write!(std::io::stderr().lock(), "\r{:<40}\r", "");
        }
    }
}
