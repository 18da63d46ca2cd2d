//! `spv check`: are record files sound.

use std::io::Write;
use std::path::Path;

use super::args::CheckArgs;
use super::files::{Sort, below, record};
use super::out::{Answer, Failure, Found, line};
use super::place::{Shelf, World};

/// What was counted.
#[derive(Debug, Default)]
struct Count {
    sound: usize,
    faults: usize,
    /// The first exit code of a failure that was no fault of a file's content.
    refused: Option<u8>,
}

/// Answers `spv check`.
///
/// # Errors
/// When any file is not sound or cannot be read.
pub fn run(world: &World, args: &CheckArgs, out: &mut dyn Write) -> Answer {
    let mut count = Count::default();
    if args.paths.is_empty() {
        library(world, &mut count, out)?;
    }
    for path in &args.paths {
        if path.is_dir() {
            match below(path) {
                Ok(files) => {
                    for file in files.iter().filter(|file| Sort::of(file) == Sort::Json) {
                        one(file, &mut count, out)?;
                    }
                }
                Err(failure) => count.fault(&failure, out)?,
            }
        } else {
            one(path, &mut count, out)?;
        }
    }
    let files = |n: usize| if n == 1 { "1 record file".to_owned() } else { format!("{n} record files") };
    writeln!(out, "{} sound, {} not", files(count.sound), count.faults)?;
    if count.faults == 0 {
        return Ok(Found::any(count.sound > 0));
    }
    Err(Failure {
        code: count.refused.unwrap_or(2),
        message: format!("{} not sound; the lines above say where and what to do", files(count.faults)),
    })
}

impl Count {
    fn fault(&mut self, failure: &Failure, out: &mut dyn Write) -> Result<(), Failure> {
        self.faults += 1;
        if failure.code == 3 {
            self.refused = Some(3);
        }
        Ok(writeln!(out, "{}", line(&failure.message))?)
    }
}

/// Checks one file.
fn one(file: &Path, count: &mut Count, out: &mut dyn Write) -> Result<(), Failure> {
    match record(file) {
        Ok(_) => {
            count.sound += 1;
            Ok(())
        }
        Err(failure) => count.fault(&failure, out),
    }
}

/// Checks the whole library: what could not be taken in, then every record in it.
fn library(world: &World, count: &mut Count, out: &mut dyn Write) -> Result<(), Failure> {
    let shelf = Shelf::open(&world.options)?;
    for problem in shelf.library.problems() {
        let message = format!("{}: {}", problem.file.display(), problem.message);
        count.fault(&Failure::wrong(message), out)?;
    }
    for entry in &shelf.library.catalogue().entries {
        match shelf.library.load(entry) {
            Ok(_) => count.sound += 1,
            Err(error) => count.fault(&Failure::from(error), out)?,
        }
    }
    Ok(())
}
