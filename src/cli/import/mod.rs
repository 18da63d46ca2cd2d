//! `spv import`: imports texts, PDFs, record files and packs into the library.

pub mod dataset;
mod dataset_files;
pub(super) mod outcome;
mod pack;

use std::fs::File;
use std::io::{BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use dataset::DatasetOptions;
use dataset_files::is_dataset;
use outcome::FileTotals;

use crate::cli::args::ImportArgs;
use crate::cli::files::{FileKind, files_below, read_file, read_standard_input};
use crate::cli::index::bring_up_to_date;
use crate::cli::out::{Answer, Failure, found_if, one_line, say};
use crate::cli::process::{INTERRUPTED, Stop};
use crate::cli::progress::Progress;
use crate::cli::world::{World, warn_once};
use crate::import::text::Hints;
use crate::import::{check, dataset::BuildOptions as TextOptions, forms, pdf};
use crate::library::packs::{is_tar, is_tar_file};
use crate::library::{Replace, Stored, Writer};
use crate::record::{Record, json};

/// A record to be stored, and what was done to read it.
struct ReadRecord {
    record: Record,
    report: Vec<String>,
}

/// Runs `spv import`.
///
/// # Errors
/// The first failure if nothing could be started; otherwise failures are printed one by one, and the lowest exit
/// code is returned.
pub fn run(world: &World, args: &ImportArgs, out: &mut dyn Write) -> Answer {
    let library = world.library_to_fill()?;
    let hints = import_hints(world, args)?;
    let replace = if args.replace { Replace::Always } else { Replace::Better };
    let mut failures = Vec::new();
    let (sets, paths): (Vec<_>, Vec<_>) =
        args.paths.iter().cloned().partition(|path| is_dataset(path));
    let options = TextOptions { repair: !args.no_repair };
    let mut stored = 0;
    for set in &sets {
        match dataset::run(set, &library, DatasetOptions { replace, options }, out) {
            Ok(_) => stored += 1,
            // The user stopped it, or the reader of the pipe has left.
            Err(failure) if [0, INTERRUPTED].contains(&failure.code) => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    let files = gather_files(&paths, &mut failures, out)?;
    if files.len() > 1 && (hints.symbol.is_some() || hints.date.is_some()) {
        return Err(Failure::wrong(format!(
            "--symbol and --date apply to one file, and there are {}; import them one by one",
            files.len()
        )));
    }
    let mut shelf = Destination::new(library.clone(), replace, &files);
    stored += import_files(&files, &hints, &mut shelf, &mut failures, out)?;
    shelf.sum.end(failures.len(), out)?;
    // The lock is released first: the index has its own.
    drop(shelf);
    if stored > 0 && !args.no_index {
        bring_up_to_date(&world.options, &library)?;
    }
    report_failures(stored, &failures)
}

/// Imports one file after the other and shows progress; returns how many were imported.
fn import_files(
    files: &[PathBuf],
    hints: &Hints,
    shelf: &mut Destination,
    failures: &mut Vec<Failure>,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    // One file is imported or not; of several, finished ones are kept and the totals are printed.
    let stop = match files.len() {
        0 | 1 => None,
        _ => Some(Stop::listen()?),
    };
    let (mut stored, mut bytes) = (0, 0);
    for (at, file) in files.iter().enumerate() {
        if stop.as_ref().is_some_and(Stop::is_stopped) {
            shelf.progress.end();
            shelf.sum.end(failures.len(), out)?;
            for failure in failures.iter() {
                say(&failure.message);
            }
            return Err(outcome::interrupted());
        }
        if files.len() > 1 {
            shelf.progress.at(at, bytes);
        }
        bytes += file_size(file);
        match import_file(file, hints, shelf, out) {
            Ok(()) => stored += 1,
            // The reader of the report has left, or the user stopped it.
            Err(failure) if [0, INTERRUPTED].contains(&failure.code) => {
                shelf.progress.end();
                return Err(failure);
            }
            Err(failure) => failures.push(failure),
        }
    }
    shelf.progress.end();
    Ok(stored)
}

/// The size of a file in bytes; 0 for standard input and for a missing file.
fn file_size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len())
}

/// What the options say about a text.
fn import_hints(world: &World, args: &ImportArgs) -> Result<Hints, Failure> {
    let symbol =
        args.symbol.as_ref().map(|s| crate::cli::shelf::parse_symbol(std::slice::from_ref(s)));
    Ok(Hints {
        file_name: None,
        symbol: symbol.transpose()?,
        date: args.date,
        language: world.options.lang.clone(),
    })
}

/// The files to read; in folders only those that could hold records.
fn gather_files(
    paths: &[PathBuf],
    failures: &mut Vec<Failure>,
    out: &mut dyn Write,
) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let below = files_below(path);
        let problems = !below.problems.is_empty();
        failures.extend(below.problems);
        for (passed, why) in &below.passed {
            writeln!(out, "{}: skipped: {why}", display_name(passed))?;
        }
        let (taken, left): (Vec<_>, Vec<_>) =
            below.files.into_iter().partition(|file| FileKind::of(file) != FileKind::Other);
        for file in &left {
            writeln!(
                out,
                "{}: skipped: not a .txt, .pdf, .docx, .html, .md, .json or .tar file",
                display_name(file)
            )?;
        }
        if taken.is_empty() && !problems {
            failures.push(Failure::wrong(format!(
                "{}: no .txt, .pdf, .docx, .html, .md, .json or .tar file in this folder",
                path.display()
            )));
        }
        files.extend(taken);
    }
    Ok(files)
}

/// Imports one file of any kind. A pack is recognized by its first bytes, or by its name if they are damaged.
fn import_file(
    file: &Path,
    hints: &Hints,
    shelf: &mut Destination,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if file == Path::new("-") {
        let mut first = Vec::new();
        let read = std::io::stdin().take(512).read_to_end(&mut first);
        read.map_err(|e| Failure::io(Path::new("standard input"), &e))?;
        if !is_tar(&first) {
            let read = read_record(file, read_standard_input(&first)?, hints)?;
            return shelf.store(file, read, out);
        }
        let mut bytes = first.as_slice().chain(std::io::stdin());
        return import_pack(file, &mut bytes, 0, hints, shelf, out);
    }
    let is_pack = is_tar_file(file) || FileKind::of(file) == FileKind::Tar && file.is_file();
    if !is_pack {
        return shelf.store(file, read_record(file, read_file(file)?, hints)?, out);
    }
    let opened = File::open(file).map_err(|e| Failure::io(file, &e))?;
    let size = opened.metadata().map_or(0, |meta| meta.len());
    let mut bytes = BufReader::with_capacity(1 << 16, opened);
    import_pack(file, &mut bytes, size, hints, shelf, out)
}

/// Imports a pack.
fn import_pack(
    file: &Path,
    bytes: &mut (dyn std::io::Read + Send),
    size: u64,
    hints: &Hints,
    shelf: &mut Destination,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if hints.symbol.is_some() || hints.date.is_some() {
        return Err(Failure::wrong(format!(
            "{}: --symbol and --date apply to one text, and this is a pack of records; leave them out",
            display_name(file)
        )));
    }
    // The records before it are written; the import of the pack takes the lock and shows progress itself.
    shelf.writer = None;
    shelf.progress.end();
    let source = pack::PackSource { bytes, name: display_name(file), size };
    pack::run(source, &shelf.root, shelf.replace == Replace::Always, out).map(drop)
}

/// Reads one file into a record.
fn read_record(file: &Path, bytes: Vec<u8>, hints: &Hints) -> Result<ReadRecord, Failure> {
    let stdin = file == Path::new("-");
    let begins = bytes.iter().find(|b| !b.is_ascii_whitespace());
    // Standard input has no name, so its first character decides.
    let sort = match FileKind::of(file) {
        FileKind::Other if begins == Some(&b'{') => FileKind::Json,
        sort => sort,
    };
    if sort == FileKind::Json {
        let mut record = json::read_record(&bytes)
            .map_err(|e| Failure::wrong(format!("{}: {e}", display_name(file))))?;
        let known = record.count_doubts();
        // A record file may be made by anybody.
        check::add_doubts(&mut record);
        let new = record.all_doubts().into_iter().filter(|_| record.count_doubts() > known);
        let report = new.map(|doubt| format!("warning: {}", doubt.spelled())).collect();
        return Ok(ReadRecord { record, report });
    }
    let name = file.file_name().filter(|_| !stdin).map(|n| n.to_string_lossy().into_owned());
    let hints = Hints { file_name: name, ..hints.clone() };
    let wrong = |e: &dyn std::fmt::Display| Failure::wrong(format!("{}: {e}", display_name(file)));
    // A PDF is recognized by its first bytes, whatever its name.
    let imported = if sort == FileKind::Pdf || bytes.starts_with(b"%PDF") {
        pdf::read(&bytes, &hints).map_err(|e| wrong(&e))?
    } else {
        forms::read(&bytes, &hints).map_err(|e| wrong(&e))?
    };
    Ok(ReadRecord { record: imported.record, report: imported.report })
}

/// The library that is written to; it is created and locked when there is a record to store.
struct Destination {
    root: PathBuf,
    writer: Option<Writer>,
    replace: Replace,
    sum: FileTotals,
    progress: Progress,
}

impl Destination {
    fn new(root: PathBuf, replace: Replace, files: &[PathBuf]) -> Self {
        let bytes = files.iter().map(|file| file_size(file)).sum();
        let progress = Progress::of_files(files.len(), bytes);
        Self { root, writer: None, replace, sum: FileTotals::default(), progress }
    }

    /// Stores a record and reports it.
    fn store(
        &mut self,
        file: &Path,
        mut read: ReadRecord,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let record = &mut read.record;
        if record.exercise {
            return Err(Failure::wrong(format!(
                "{}: {} is an exercise debate, and a library has real records only; read it with --exercise",
                display_name(file),
                record.symbol
            )));
        }
        if self.writer.is_none() {
            let writer = Writer::open(&self.root)?;
            warn_once(writer.warning());
            self.writer = Some(writer);
        }
        let Some(writer) = &self.writer else { return Ok(()) };
        compare_editions(writer, record, &mut read.report);
        let stored = writer.store(record, self.replace)?;
        self.sum.add(record, &stored);
        // On a terminal, progress and report are on the same lines.
        self.progress.end();
        writeln!(
            out,
            "{}: {}, {}",
            display_name(file),
            describe_record(record),
            describe_stored(&stored)
        )?;
        for sentence in &read.report {
            writeln!(out, "  {}", one_line(sentence))?;
        }
        Ok(())
    }
}

/// A downloaded PDF, and what was asked for.
#[derive(Debug)]
pub(super) struct Fetched<'a> {
    /// The file.
    pub file: &'a Path,
    /// The symbol that was asked for.
    pub symbol: &'a crate::record::Symbol,
    /// The language that was asked for.
    pub language: &'a crate::record::Language,
    /// The URL.
    pub address: String,
}

/// Why a downloaded PDF was not imported.
pub(super) enum Refused {
    /// It is another document than the one that was asked for.
    Other(Failure),
    /// It cannot be read, or the library cannot be written.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Stores the record in a downloaded PDF, if it is the one that was asked for. `warn` gets the warning of
/// the writer, if any.
///
/// # Errors
/// If the PDF cannot be read or has another record or language, or the library cannot be written.
pub(super) fn store_fetched(
    library: &Path,
    fetched: &Fetched<'_>,
    replace: Replace,
    warn: fn(Option<String>),
    out: &mut dyn Write,
) -> Result<Record, Refused> {
    let (symbol, language) = (fetched.symbol, fetched.language);
    let title = format!("{symbol} in {}", language.name());
    // The file name is ours and says what was asked for. The content has to say what it is, so that the
    // importer is not given the name.
    let imported = pdf::read(&read_file(fetched.file)?, &Hints::default())
        .map_err(|e| Failure::wrong(format!("{title}: {e}")))?;
    let (mut record, mut report) = (imported.record, imported.report);
    if (&record.symbol, &record.language) != (symbol, language) {
        return Err(Refused::Other(Failure::wrong(format!(
            "{}: asked for {title}, but the service sent {} in {}; it is not imported",
            fetched.address,
            record.symbol,
            one_line(record.language.name())
        ))));
    }
    record.source.file = fetched.file.file_name().map(|name| name.to_string_lossy().into_owned());
    record.source.url = Some(fetched.address.clone());
    let writer = Writer::open(library)?;
    warn(writer.warning());
    compare_editions(&writer, &mut record, &mut report);
    let stored = writer.store(&record, replace)?;
    writeln!(out, "{}, {}", describe_record(&record), describe_stored(&stored))?;
    for sentence in &report {
        writeln!(out, "  {}", one_line(sentence))?;
    }
    Ok(record)
}

/// Adds what differs from the other editions of the record in the library to its doubts and to the report.
fn compare_editions(writer: &Writer, record: &mut Record, report: &mut Vec<String>) {
    for doubt in check::compare_editions(record, &writer.other_editions(record)) {
        if !record.doubts.contains(&doubt) {
            report.push(format!("warning: {}", doubt.text));
            record.doubts.push(doubt);
        }
    }
}

/// A record in a few words: symbol, day, language, statements.
fn describe_record(record: &Record) -> String {
    let count = record.statements().count();
    let many = if count == 1 { "statement" } else { "statements" };
    let language = one_line(record.language.name());
    format!("{} of {}, {language}, {count} {many}", record.symbol, record.date)
}

/// What became of a record, in words.
fn describe_stored(stored: &Stored) -> String {
    match stored {
        Stored::New { file } => format!("stored in {}", display_name(file)),
        Stored::Same { file } => format!("the same text is already in {}", display_name(file)),
        Stored::Replaced { file, earlier } => {
            format!(
                "stored in {}; the previous text is in {}",
                display_name(file),
                display_name(earlier)
            )
        }
    }
}

/// The name of a file for messages.
fn display_name(file: &Path) -> String {
    match file == Path::new("-") {
        true => "standard input".to_owned(),
        false => one_line(&file.display().to_string()),
    }
}

/// Prints every failure, and returns the exit code for all of them.
fn report_failures(stored: usize, failures: &[Failure]) -> Answer {
    for failure in failures {
        say(&failure.message);
    }
    let Some(worst) = failures.iter().map(|f| f.code).min() else {
        return found_if(stored > 0, "there is nothing to import");
    };
    // Invalid input (2) can be corrected, and goes before what the system refused (3).
    Err(Failure { code: worst, message: String::new() })
}
