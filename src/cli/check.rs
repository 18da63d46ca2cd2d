//! `spv check`: checks record files for errors, and lists what is doubtful in them.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::CheckArgs;
use super::out::{Answer, Failure, found_if, one_line, say};
use super::shelf::Shelf;
use super::text::doubts_in_words;
use super::world::World;
use crate::library::{Library, check};

/// Runs `spv check`.
///
/// # Errors
/// If a file has errors, or a path cannot be read.
pub fn run(world: &World, args: &CheckArgs, out: &mut dyn Write) -> Answer {
    let (mut sound, mut faults) = (0, 0);
    let (mut doubtful, mut doubts) = (0, 0);
    let mut refused = None;
    let folder = if args.paths.is_empty() { library_folder(world)? } else { None };
    if args.paths.is_empty() && folder.is_none() {
        sound = inside();
    }
    for path in args.paths.iter().chain(&folder) {
        match check(path) {
            Ok(checked) => {
                sound += checked.sound;
                faults += checked.problems.len();
                for problem in &checked.problems {
                    let message = format!("{}: {}", problem.file.display(), problem.message);
                    writeln!(out, "{}", one_line(&message))?;
                }
                for record in &checked.doubtful {
                    doubtful += 1;
                    doubts += record.doubts.len();
                    let count = doubts_in_words(record.doubts.len()).unwrap_or_default();
                    let file = one_line(&record.file.display().to_string());
                    writeln!(out, "{file}: {count}")?;
                    for doubt in &record.doubts {
                        writeln!(out, "  {}", one_line(doubt))?;
                    }
                }
            }
            Err(error) => {
                let failure = Failure::from(error);
                say(&failure.message);
                refused = refused.or(Some(failure.code));
            }
        }
    }
    if let Some(count) = doubts_in_words(doubts) {
        writeln!(out, "{count} in {}", files(doubtful))?;
    }
    writeln!(out, "{} sound, {faults} not", files(sound))?;
    match (faults, refused) {
        (0, None) => found_if(sound > 0, "there are no record files to check"),
        (0, Some(code)) => Err(Failure { code, message: String::new() }),
        _ => Err(Failure::wrong(format!(
            "{} not sound; the lines above say where and what to do",
            files(faults)
        ))),
    }
}

/// The folder of the library; `None` if the exercise debates are used instead.
fn library_folder(world: &World) -> Result<Option<PathBuf>, Failure> {
    let shelf = Shelf::open(&world.options)?;
    Ok(shelf.library.root().map(Path::to_owned))
}

/// The number of sound exercise debates; the build accepts no others.
fn inside() -> usize {
    let library = Library::exercise();
    library.catalogue().entries.iter().filter(|entry| library.load(entry).is_ok()).count()
}

fn files(n: usize) -> String {
    if n == 1 { "1 record file".to_owned() } else { format!("{n} record files") }
}
