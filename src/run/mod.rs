//! The loop: threads, signals, effects carried out, the clock.

use std::process::ExitCode;

pub mod answers;

pub use crate::cli::{Options, Start};

/// Opens the reader and stays until the person quits.
#[must_use]
pub fn reader(_start: Start, _options: Options) -> ExitCode {
    ExitCode::from(3)
}
