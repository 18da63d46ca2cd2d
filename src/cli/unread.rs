//! The records that could not be read for an answer: each counted once, and said at its end.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::out::{Answer, Failure, say};
use crate::library::Problem;

/// The files that could not be read, with the reason.
#[derive(Debug, Default)]
pub struct Unread(RefCell<BTreeMap<PathBuf, String>>);

impl Unread {
    /// Notes that a file could not be read; one that is left out for another reason does not count.
    pub fn note(&self, problem: &Problem) {
        if problem.unread {
            let mut files = self.0.borrow_mut();
            files.entry(problem.file.clone()).or_insert_with(|| problem.message.clone());
        }
    }

    /// How many there are, which is the first, and what to do; `None` where all could be read.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let files = self.0.borrow();
        let (first, message) = files.first_key_value()?;
        let first = first.display();
        Some(match files.len() {
            1 => format!("1 record could not be read; `spv check` says more; {first}: {message}"),
            n => format!(
                "{n} records could not be read; `spv check` lists them; the first is {first}: {message}"
            ),
        })
    }

    /// How a command ends whose answer is here: where a part of it could not be read, that is said and it is exit
    /// code 3, be the rest found or not.
    ///
    /// # Errors
    /// As the answer, and where records could not be read.
    pub fn end(&self, answer: Answer) -> Answer {
        let Some(line) = self.line() else { return answer };
        match answer {
            // Whoever read a pipe has left.
            Err(Failure { code: 0, .. }) => return answer,
            // No answer was given, and why is said by itself; here only that there are others.
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
    use crate::cli::out::Found;

    #[test]
    fn a_part_that_could_not_be_read_wins_over_found_and_nothing_found() {
        let unread = Unread::default();
        let bad = |file: &str, unread| Problem {
            file: file.into(),
            message: "invented".to_owned(),
            unread,
        };
        unread.note(&bad("beside", false));
        assert_eq!(unread.end(Ok(Found::Something)), Ok(Found::Something));
        unread.note(&bad("b", true));
        unread.note(&bad("b", true));
        assert!(unread.line().unwrap().starts_with("1 record "));
        unread.note(&bad("a", true));
        let line = unread.line().unwrap();
        assert!(line.starts_with("2 records ") && line.ends_with("a: invented"), "{line}");
        for answer in [Ok(Found::Something), Ok(Found::Nothing), Err(Failure::nothing(""))] {
            assert_eq!(unread.end(answer), Err(Failure::could_not(line.clone())));
        }
        for code in [0, 2] {
            let failure = Failure { code, message: String::new() };
            assert_eq!(unread.end(Err(failure.clone())), Err(failure));
        }
    }
}
