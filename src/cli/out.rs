//! How a command ends, and how its words leave the program.

use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::library::{LibraryError, reason};
use crate::record::{harmless, json};
use crate::search::catch_panic::{Fault, is_caught_panic};

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Found, or done: exit code 0.
    Something,
    /// Nothing found: exit code 1.
    Nothing,
}

impl Found {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Something => 0,
            Self::Nothing => 1,
        }
    }
}

/// Why a command failed: one line for standard error and an exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// 1 nothing found, 2 wrong use or bad input, 3 could not; 0 where the reader of a pipe left.
    pub code: u8,
    /// What failed, where, and what to do; empty when there is nothing to say.
    pub message: String,
}

impl Failure {
    /// Nothing found: exit code 1.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into() }
    }

    /// Wrong use or bad input: exit code 2.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// The system refused: exit code 3.
    pub fn could_not(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into() }
    }

    /// The system refused to read or write a file.
    #[must_use]
    pub fn io(file: &Path, error: &io::Error) -> Self {
        Self::could_not(format!("{}: {}", file.display(), reason(error)))
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::NotHere { .. } => Self::nothing(error.to_string()),
            LibraryError::Bad { .. } | LibraryError::Differs { .. } => {
                Self::wrong(error.to_string())
            }
            LibraryError::Locked { .. } | LibraryError::Refused { .. } => {
                Self::could_not(error.to_string())
            }
            LibraryError::Io { file, source } => Self::io(&file, &source),
        }
    }
}

/// What went wrong while the answer was written.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            // Whoever read us has what they wanted: `spv list | head -1`.
            return Self { code: 0, message: String::new() };
        }
        Self::could_not(format!("standard output: {}", reason(&error)))
    }
}

/// What every command gives back.
pub type Answer = Result<Found, Failure>;

/// Found where there is any; otherwise nothing was, and why is said.
///
/// # Errors
/// When there is none.
pub fn found(there_is: bool, otherwise: &str) -> Answer {
    if there_is { Ok(Found::Something) } else { Err(Failure::nothing(otherwise)) }
}

/// How many results are printed where `limit` asks for so many: 0 for all; where it does not ask, `usual` of a text
/// and all of what a program reads.
#[must_use]
pub fn limit(limit: Option<usize>, usual: usize, is_text: bool) -> usize {
    match limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if is_text => usual,
        None => usize::MAX,
    }
}

/// Says on standard error that more was found than was printed, after the answer.
///
/// # Errors
/// When the answer cannot be written.
pub fn say_rest(out: &mut dyn Write, printed: usize, found: usize) -> Result<(), Failure> {
    if printed < found {
        out.flush()?;
        say(&format!("{printed} of {found}; --limit 0 prints all"));
    }
    Ok(())
}

/// Writes one object as one line of JSON, every control and bidirectional control as `\u`.
///
/// # Errors
/// When the line cannot be written.
pub fn json_line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    writeln!(out, "{}", json::to_line(value))?;
    Ok(())
}

/// A text made harmless and put on one line, runs of white space as one space.
#[must_use]
pub fn line(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in harmless::text(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Says one line on standard error. A standard error that is closed is nobody's fault.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "spv: {}", line(message));
}

/// From now on a fault in the program is one line with its place and ends a command with exit code 3, whatever
/// thread it is in: an answer that lacks what that thread had to add would be a wrong one.
pub fn end_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if !is_caught_panic(panic) {
            say_fault(panic);
            std::process::exit(3);
        }
    }));
}

/// Says a fault in the program, in one line.
pub fn say_fault(panic: &PanicHookInfo<'_>) {
    say(&Fault::of(panic).to_string());
}

/// Says why a command failed, and gives its exit code.
#[must_use]
pub fn end(answer: Answer) -> ExitCode {
    match answer {
        Ok(found) => ExitCode::from(found.code()),
        Err(failure) => {
            if !failure.message.is_empty() {
                say(&failure.message);
            }
            ExitCode::from(failure.code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_without_controls() {
        assert_eq!(line("  an\n\tinvented \u{1b}[2J line "), "an invented \u{FFFD}[2J line");
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((failure.code, failure.message.as_str()), (0, ""));
        let failure = Failure::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(failure.code, 3);
        assert!(failure.message.starts_with("standard output: "));
    }
}
