//! `spv pack`: writes records of the library to one file, for `spv import` elsewhere.

use std::collections::HashSet;
use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::args::PackArgs;
use super::filter::Filter;
use super::out::{Answer, Answered, Failure, one_line, say};
use super::process::{INTERRUPTED, Stop};
use super::progress::{Progress, format_bytes, thousands};
use super::search;
use super::shelf::Shelf;
use super::world::World;
use crate::library::packs::{Plan, WriteError};
use crate::library::{Entry, safe};
use crate::record::Symbol;
use crate::record::symbol::Series;
use crate::search::index::{IndexError, index_state};
use crate::search::results::count_by_record;

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Library(error) => error.into(),
            WriteError::Io(error) => error.into(),
            WriteError::Stopped => Self { code: INTERRUPTED, message: error.to_string() },
        }
    }
}

/// Runs `spv pack`.
///
/// # Errors
/// If no record matches (exit code 1), the file exists, a record is not sound, or the pack cannot be written;
/// nothing half-written is left.
pub fn run(world: &World, args: &PackArgs, out: &mut dyn Write) -> Answer {
    let to_output = args.output == Path::new("-");
    if to_output && std::io::stdout().is_terminal() {
        return Err(Failure::wrong(
            "refusing to write a pack to a terminal; name a file with -o FILE, or pipe it: spv pack -o - | ...",
        ));
    }
    if !to_output && args.output.symlink_metadata().is_ok() {
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(Failure::new_file(&args.output, &error));
    }
    let shelf = Shelf::open_all(world)?;
    if shelf.exercise || shelf.stand_in {
        return Err(Failure::wrong(
            "a pack has real records, and there are only the exercise debates; `spv import FILE` adds real ones",
        ));
    }
    let chosen = choose_editions(world, args, &shelf)?;
    if chosen.is_empty() {
        return Err(Failure::nothing(
            "no record in the library matches; `spv list` lists the records",
        ));
    }
    let stop = Stop::listen()?;
    let mut progress = Progress::of_records(chosen.len(), 0);
    let plan = Plan::make(&shelf.library, &chosen, &stop.flag, &mut |done| progress.at(done, 0));
    progress.end();
    let plan = plan?;
    let records = if plan.records() == 1 { "record" } else { "records" };
    let size =
        format!("{} {records}, {}", thousands(plan.records() as u64), format_bytes(plan.size()));
    say(&size);
    if to_output {
        plan.write(out, &stop.flag, &mut |_| {})?;
        return Ok(Answered::Something);
    }
    write_file(&plan, &args.output, &stop.flag)?;
    writeln!(out, "{}: {size}", one_line(&args.output.display().to_string()))?;
    Ok(Answered::Something)
}

/// Writes a pack under a temporary name and renames it.
fn write_file(plan: &Plan<'_>, file: &Path, stop: &AtomicBool) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::new_file(file, &e);
    let mut output = safe::output(file).map_err(failed)?;
    let mut progress = Progress::of_records(plan.records(), plan.size());
    let share = plan.size() / plan.records().max(1) as u64;
    let mut buffered = BufWriter::with_capacity(1 << 18, &mut output.unfinished.file);
    let written =
        plan.write(&mut buffered, stop, &mut |done| progress.at(done, done as u64 * share));
    progress.end();
    // The buffer must not try to write again when it is dropped.
    let _ = buffered.into_parts();
    match written {
        Err(WriteError::Io(e)) => Err(failed(e)),
        Err(other) => Err(other.into()),
        Ok(()) => output.finish().map_err(failed),
    }
}

/// The editions that go into the pack.
fn choose_editions<'a>(
    world: &World,
    args: &PackArgs,
    shelf: &'a Shelf,
) -> Result<Vec<&'a Entry>, Failure> {
    let library = &shelf.library;
    let filter = Filter::new(&args.only, library)?;
    let meetings = args.symbol.as_deref().map(Meetings::of).transpose()?;
    let found = match args.query.as_slice() {
        [] => None,
        words => Some(records_matching(world, shelf, &words.join(" "))?),
    };
    let language = world.options.lang.as_ref();
    let kept = |entry: &&Entry| {
        !entry.exercise
            && language.is_none_or(|language| entry.language == *language)
            && meetings.as_ref().is_none_or(|meetings| meetings.hold(&entry.symbol))
            && found.as_ref().is_none_or(|found| found.contains(&entry.symbol))
            && filter.keeps(library, entry)
    };
    Ok(library.catalogue().entries.iter().filter(kept).collect())
}

/// The records with a statement that matches a query.
fn records_matching(world: &World, shelf: &Shelf, typed: &str) -> Result<HashSet<Symbol>, Failure> {
    let query = search::parse_query(typed)?;
    let never = Arc::default();
    let standing = index_state(&shelf.library, shelf.library.cache());
    let ready = |mend| search::open_index(shelf, standing, world.options.lang.as_ref(), mend);
    let counted = match count_by_record(&ready(false)?, &query, &never) {
        Err(IndexError::Damaged(_)) => count_by_record(&ready(true)?, &query, &never)?,
        answered => answered?,
    };
    let entries = &shelf.library.catalogue().entries;
    Ok(counted.iter().filter_map(|(at, _)| Some(entries.get(*at)?.symbol.clone())).collect())
}

/// One record, all of one meeting, or the meetings with these numbers, both ends included.
#[derive(Debug)]
enum Meetings {
    One(Symbol),
    From(u32, u32),
}

impl Meetings {
    fn of(text: &str) -> Result<Self, Failure> {
        let one = |part: &str| super::shelf::parse_symbol(&[part.trim().to_owned()]);
        let Some((first, last)) = text.split_once("..") else { return Ok(Self::One(one(text)?)) };
        let end = |part: &str, open: u32| match part.trim() {
            "" => Ok(open),
            part => one(part)
                .ok()
                .filter(|symbol| symbol.series() == Series::Verbatim)
                .map(|symbol| symbol.number())
                .ok_or_else(|| {
                    Failure::wrong(format!("invalid meeting {part:?}: try --symbol 8600..8699"))
                }),
        };
        let (first, last) = (end(first, 0)?, end(last, u32::MAX)?);
        if first > last {
            return Err(Failure::wrong(format!(
                "--symbol {text}: the first meeting is after the last; write {last}..{first}"
            )));
        }
        Ok(Self::From(first, last))
    }

    fn hold(&self, symbol: &Symbol) -> bool {
        match self {
            // The symbol of a meeting includes its resumptions.
            Self::One(one) => symbol == one || symbol.meeting() == *one,
            Self::From(first, last) => {
                symbol.series() == Series::Verbatim && (*first..=*last).contains(&symbol.number())
            }
        }
    }
}
