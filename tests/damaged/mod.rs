//! Damaged and hostile inputs to the program itself: PDFs, texts, record files, the files of the data set, and
//! packs. For each it ends with exit code 2, says one line, takes at most 256 MB and leaves the library as it
//! was; of a pack the sound records come in. How long each takes is not held here: see the report of
//! `cargo test --test import damaged -- --nocapture`.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod dataset;
mod files;
mod packs;

use std::process::Command;

use crate::archive::{self, Ran};
use crate::packs::make;
use crate::{command as kit, pdf};

/// Runs a program with at most 256 MB of memory of its own. A claim of a file that became memory would
/// end it by a signal.
fn held(program: &Command) -> Ran {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -d 262144; exec \"$0\" \"$@\""]);
    shell.arg(program.get_program()).args(program.get_args()).env_clear();
    program.get_envs().for_each(|(name, value)| _ = shell.env(name, value.unwrap()));
    if let Some(folder) = program.get_current_dir() {
        shell.current_dir(folder);
    }
    archive::ran(shell)
}

/// The input was refused in one line, and nothing broke on the way.
#[track_caller]
fn refused(ran: &Ran, about: &str) {
    assert_eq!(ran.code, Some(2), "{about}: {ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{about}: {}", ran.err);
    assert!(!ran.err.contains("panicked"), "{about}: {}", ran.err);
    assert!(ran.err.len() < 1_000 && !ran.err.trim_end().contains(char::is_control), "{about}");
}

#[test]
fn there_are_many() {
    let each = [dataset::DAMAGES.len(), packs::all().len(), files::all().len()];
    println!("data set, packs, files: {each:?}");
    assert!(each.iter().sum::<usize>() > 130 && each[2] > 60, "{each:?}");
}
