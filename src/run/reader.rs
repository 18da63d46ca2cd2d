//! Opens the reader.

use std::process::ExitCode;

use super::{Options, Start};

/// Opens the reader and stays until the person quits.
#[must_use]
pub fn reader(_start: Start, _options: Options) -> ExitCode {
    crate::cli::out::say("the reader is not built yet; give a command, or see spv --help");
    ExitCode::from(3)
}
