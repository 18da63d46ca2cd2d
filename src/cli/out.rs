//! Exit codes and failures, and the functions that print messages.

use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::library::{LibraryError, reason};
use crate::record::{harmless, json};
use crate::search::catch_panic::{Fault, is_caught_panic};

/// How a command ended, if it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Found, or done: exit code 0.
    Something,
    /// Nothing found: exit code 1.
    Nothing,
}

/// Why a command failed: one line for standard error and an exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// 1 nothing found, 2 wrong usage or invalid input, 3 system failure; 0 if the reader of a pipe has left.
    pub code: u8,
    /// What failed, where, and what to do; empty if nothing is to be printed.
    pub message: String,
}

impl Failure {
    /// Nothing found: exit code 1.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into() }
    }

    /// Wrong usage or invalid input: exit code 2.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// The system refused: exit code 3.
    pub fn could_not(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into() }
    }

    /// The system refused to read or write a file.
    pub fn io(file: &Path, error: &io::Error) -> Self {
        Self::could_not(format!("{}: {}", file.display(), reason(error)))
    }

    /// The system refused to write a new file; an existing one is never overwritten.
    pub fn new_file(file: &Path, error: &io::Error) -> Self {
        let name = file.display();
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::could_not(format!(
                "{name}: already exists and is not overwritten; choose another name"
            )),
            io::ErrorKind::NotFound => {
                Self::could_not(format!("{name}: no such folder; create it or choose another name"))
            }
            _ => Self::io(file, error),
        }
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

/// A failure to write the answer.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            // The reader of the pipe has seen enough: `spv list | head -1`.
            return Self { code: 0, message: String::new() };
        }
        Self::could_not(format!("standard output: {}", reason(&error)))
    }
}

/// What every command returns.
pub type Answer = Result<Answered, Failure>;

/// [`Answered::Something`] if `there_is` any.
///
/// # Errors
/// Else exit code 1 with the message `otherwise`.
pub fn found_if(there_is: bool, otherwise: &str) -> Answer {
    if there_is { Ok(Answered::Something) } else { Err(Failure::nothing(otherwise)) }
}

/// As [`found_if`], where the message takes time.
pub fn found_or(there_is: bool, otherwise: impl FnOnce() -> String) -> Answer {
    if there_is { Ok(Answered::Something) } else { Err(Failure::nothing(otherwise())) }
}

/// The number of results to print: `limit`, where 0 means all, else `usual` for text and all for other formats.
pub fn result_limit(limit: Option<usize>, usual: usize, is_text: bool) -> usize {
    match limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if is_text => usual,
        None => usize::MAX,
    }
}

/// Reports on standard error, after the answer, that more was found than printed.
pub fn say_total(out: &mut dyn Write, printed: usize, found: usize) -> Result<(), Failure> {
    if printed < found {
        out.flush()?;
        say(&format!("printed {printed} of {found}; use --limit 0 to print all"));
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

/// Makes a text harmless and puts it on one line, each run of white space as one space.
pub fn one_line(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in harmless::text(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Prints one line on standard error; errors are ignored, since it may be closed.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "spv: {}", one_line(message));
}

/// Installs a panic hook that prints one line with the place of the panic and exits with code 3, whichever
/// thread panicked: an answer without the work of that thread would be wrong.
pub fn end_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        if !is_caught_panic(panic) {
            say_fault(panic);
            std::process::exit(3);
        }
    }));
}

/// Prints a panic as one line.
pub fn say_fault(panic: &PanicHookInfo<'_>) {
    say(&Fault::of(panic).to_string());
}

/// Prints why a command failed, and returns its exit code.
#[must_use]
pub fn end(answer: Answer) -> ExitCode {
    match answer {
        Ok(Answered::Something) => ExitCode::SUCCESS,
        Ok(Answered::Nothing) => ExitCode::from(1),
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
        assert_eq!(one_line("  an\n\tinvented \u{1b}[2J line "), "an invented \u{FFFD}[2J line");
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
