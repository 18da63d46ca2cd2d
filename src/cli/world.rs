//! The environment of a command: options, terminal, date, and the records that could not be read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::args::Options;
use super::clock;
use super::out::{Answer, Failure, say};
use crate::library::{Folders, Problem, keeping};

/// What a command knows of its environment, read once at the start.
#[derive(Clone, Debug)]
pub struct World {
    /// The options of every command.
    pub options: Options,
    /// The width of the terminal in columns; `None` if standard output is not a terminal.
    pub columns: Option<usize>,
    /// Today.
    pub today: Date,
    /// The records that could not be read for the answer.
    pub unread: Rc<Unread>,
}

impl World {
    /// Reads the environment of this process.
    pub fn current(options: Options) -> Self {
        let out = std::io::stdout();
        let columns = out.is_terminal().then(|| {
            rustix::termios::tcgetwinsize(&out).map_or(80, |size| usize::from(size.ws_col.max(20)))
        });
        let (today, wrong) = clock::today();
        wrong.iter().for_each(|words| say(words));
        Self { options, columns, today, unread: Rc::default() }
    }

    /// The folder of the library to import into, which need not exist yet.
    ///
    /// # Errors
    /// If the options ask for the exercise debates, or there is no home folder for a library.
    pub fn library_to_fill(&self) -> Result<PathBuf, Failure> {
        let library = library_to_fill(&self.options)?;
        say_owner(&self.options, &library);
        Ok(library)
    }
}

/// The folder of the library to import into, which need not exist yet. Prints nothing.
///
/// # Errors
/// As [`World::library_to_fill`].
pub(super) fn library_to_fill(options: &Options) -> Result<PathBuf, Failure> {
    if options.exercise {
        return Err(Failure::wrong(
            "cannot import into the built-in exercise debates; leave out --exercise",
        ));
    }
    let library = Folders::find(options.library.as_deref()).library.ok_or_else(|| {
        Failure::could_not(
            "there is no home folder for a library; name a folder with --library DIR or SPV_LIBRARY",
        )
    })?;
    keeping::may_write(&library, &options.keeping()).map_err(Failure::could_not)?;
    Ok(library)
}

/// The notice that a library belongs to another user: once, or each time with `--private`.
pub fn owner_notice(options: &Options, library: &Path) -> Option<String> {
    keeping::ownership_notice(library, &options.keeping(), !options.private)
}

pub(super) fn say_owner(options: &Options, library: &Path) {
    owner_notice(options, library).iter().for_each(|words| say(words));
}

/// Prints the warning of a writer, once for all writers of the process.
pub(super) fn warn_once(warning: Option<String>) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if let Some(words) = warning
        && !SAID.swap(true, Ordering::Relaxed)
    {
        say(&words);
    }
}

/// The files that could not be read, with the reason.
#[derive(Debug, Default)]
pub struct Unread(RefCell<BTreeMap<PathBuf, String>>);

impl Unread {
    /// Notes a file that could not be read; one that is skipped for another reason does not count.
    pub fn note(&self, problem: &Problem) {
        if problem.unread {
            let mut files = self.0.borrow_mut();
            files.entry(problem.file.clone()).or_insert_with(|| problem.message.clone());
        }
    }

    /// A message with their number, the first of them and what to do; `None` if all could be read.
    pub fn line(&self) -> Option<String> {
        let files = self.0.borrow();
        let (first, message) = files.first_key_value()?;
        let first = first.display();
        Some(match files.len() {
            1 => format!(
                "1 record could not be read (run `spv check` for details): {first}: {message}"
            ),
            n => format!(
                "{n} records could not be read (run `spv check` to list them); the first is {first}: {message}"
            ),
        })
    }

    /// The end of a command: if records could not be read, a message and exit code 3, whatever else was found.
    ///
    /// # Errors
    /// As `answer`, and if records could not be read.
    pub fn end(&self, answer: Answer) -> Answer {
        let Some(line) = self.line() else { return answer };
        match answer {
            // The reader of the pipe has left.
            Err(Failure { code: 0, .. }) => return answer,
            // The failure has its own message; only report that there are further records.
            Err(Failure { code: 2, .. }) => {
                if self.0.borrow().len() > 1 {
                    say(&line);
                }
                return answer;
            }
            Err(failure) if !failure.message.is_empty() => say(&failure.message),
            _ => {}
        }
        Err(Failure::could_not(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::out::Answered;

    #[test]
    fn a_part_that_could_not_be_read_wins_over_found_and_nothing_found() {
        let unread = Unread::default();
        let bad = |file: &str, unread| Problem {
            file: file.into(),
            message: "invented".to_owned(),
            unread,
        };
        unread.note(&bad("beside", false));
        assert_eq!(unread.end(Ok(Answered::Something)), Ok(Answered::Something));
        unread.note(&bad("b", true));
        unread.note(&bad("b", true));
        assert!(unread.line().unwrap().starts_with("1 record "));
        unread.note(&bad("a", true));
        let line = unread.line().unwrap();
        assert!(line.starts_with("2 records ") && line.ends_with("a: invented"), "{line}");
        for answer in [Ok(Answered::Something), Ok(Answered::Nothing), Err(Failure::nothing(""))] {
            assert_eq!(unread.end(answer), Err(Failure::could_not(line.clone())));
        }
        for code in [0, 2] {
            let failure = Failure { code, message: String::new() };
            assert_eq!(unread.end(Err(failure.clone())), Err(failure));
        }
    }
}
