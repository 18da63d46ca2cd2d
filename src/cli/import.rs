//! `spv import`: texts, PDFs, record files and packs into the library.

use std::fs::File;
use std::io::{BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use super::args::ImportArgs;
use super::files::{Sort, below, read, standard_input};
use super::import_pack;
use super::import_progress::Progress;
use super::import_set::{self, Asked};
use super::import_source::is_dataset;
use super::import_sum::Sum;
use super::index::Shown;
use super::options::Options;
use super::out::{Answer, Failure, found, line, say};
use super::place::{World, warn};
use super::stop::{INTERRUPTED, Stop};
use crate::import::text::{self, Hints};
use crate::import::{dataset, pdf};
use crate::library::packs::{is_tar, is_tar_file};
use crate::library::{Library, Replace, Stored, Writer};
use crate::record::{Record, json};
use crate::search::text::bring;

/// A record ready to be stored, and what was done on the way to it.
struct Read {
    record: Record,
    report: Vec<String>,
}

/// Answers `spv import`.
///
/// # Errors
/// The first failure when nothing could be done at all; otherwise failures are said one by one, and the last
/// says how many there were.
pub fn run(world: &World, args: &ImportArgs, out: &mut dyn Write) -> Answer {
    let library = world.taking_in()?;
    let hints = hints(world, args)?;
    let replace = if args.replace { Replace::Always } else { Replace::Better };
    let mut failures = Vec::new();
    let (sets, paths): (Vec<_>, Vec<_>) =
        args.paths.iter().cloned().partition(|path| is_dataset(path));
    let options = dataset::BuildOptions { repair: !args.no_repair };
    let mut stored = 0;
    for set in &sets {
        match import_set::run(set, &library, Asked { replace, options }, out) {
            Ok(_) => stored += 1,
            // Whoever stopped it, or no longer reads, wants nothing more.
            Err(failure) if [0, 130].contains(&failure.code) => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    let files = gather(&paths, &mut failures, out)?;
    if files.len() > 1 && (hints.symbol.is_some() || hints.date.is_some()) {
        return Err(Failure::wrong(format!(
            "--symbol and --date are for one file, and there are {}; import them one by one",
            files.len()
        )));
    }
    let mut shelf = Writing::new(library.clone(), replace, &files);
    stored += each(&files, &hints, &mut shelf, &mut failures, out)?;
    shelf.sum.end(failures.len(), out)?;
    // The lock is given back first: the index has one of its own.
    drop(shelf);
    if stored > 0 && !args.no_index {
        make_searchable(&world.options, &library)?;
    }
    end(stored, &failures)
}

/// Takes in one file after the other, and says on the way how far it is; gives how many were taken in.
fn each(
    files: &[PathBuf],
    hints: &Hints,
    shelf: &mut Writing,
    failures: &mut Vec<Failure>,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    // One file is there or not; of many, what is done is kept and the table told.
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
            return Err(Failure {
                code: INTERRUPTED,
                message: "stopped; what is done is kept, and importing again goes on from there"
                    .to_owned(),
            });
        }
        if files.len() > 1 {
            shelf.progress.at(at, bytes);
        }
        bytes += size_of(file);
        match one(file, hints, shelf, out) {
            Ok(()) => stored += 1,
            // Whoever reads the report has left: there is nobody to go on for.
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

/// The size of a file; 0 for standard input and for what is not there.
fn size_of(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len())
}

/// Brings the index for search up to date. The records are kept whatever comes of it, so that it never makes
/// an import fail.
///
/// # Errors
/// When the person stopped it.
pub(super) fn make_searchable(options: &Options, root: &Path) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let library = Library::open_keeping(root, &options.keeping()).map_err(Failure::from);
    let brought = library.and_then(|library| {
        let mut shown = Shown::new();
        let tell = &mut |progress| shown.show(progress);
        let brought = bring(&library, library.cache(), &stop.flag, tell);
        shown.end();
        Ok(brought?)
    });
    match brought {
        Err(failure) if failure.code == INTERRUPTED => Err(failure),
        Err(failure) => {
            say(&format!("the index for search is not up to date: {}", failure.message));
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}

/// What the options say beside a text.
fn hints(world: &World, args: &ImportArgs) -> Result<Hints, Failure> {
    let symbol = args.symbol.as_ref().map(|s| super::place::symbol(std::slice::from_ref(s)));
    Ok(Hints {
        file_name: None,
        symbol: symbol.transpose()?,
        date: args.date,
        language: world.options.lang.clone(),
    })
}

/// The files to read; in folders only those that could be records.
fn gather(
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
        match below(path) {
            Err(failure) => failures.push(failure),
            Ok(found) => {
                let (taken, left): (Vec<_>, Vec<_>) =
                    found.into_iter().partition(|file| Sort::of(file) != Sort::Other);
                for file in &left {
                    writeln!(
                        out,
                        "{}: left, it is no .txt, .pdf, .json or .tar file",
                        shown(file)
                    )?;
                }
                if taken.is_empty() {
                    failures.push(Failure::wrong(format!(
                        "{}: there is no .txt, .pdf, .json or .tar file in this folder",
                        path.display()
                    )));
                }
                files.extend(taken);
            }
        }
    }
    Ok(files)
}

/// Takes in one file, whatever it is. Its first bytes tell a pack, and its name where they are damaged.
fn one(
    file: &Path,
    hints: &Hints,
    shelf: &mut Writing,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if file == Path::new("-") {
        let mut first = Vec::new();
        let read = std::io::stdin().take(512).read_to_end(&mut first);
        read.map_err(|e| Failure::io(Path::new("standard input"), &e))?;
        if !is_tar(&first) {
            let read = take_in(file, standard_input(&first)?, hints)?;
            return shelf.store(file, &read, out);
        }
        let mut bytes = first.as_slice().chain(std::io::stdin());
        return pack(file, &mut bytes, 0, hints, shelf, out);
    }
    let is_pack = is_tar_file(file) || Sort::of(file) == Sort::Tar && file.is_file();
    if !is_pack {
        return shelf.store(file, &take_in(file, read(file)?, hints)?, out);
    }
    let opened = File::open(file).map_err(|e| Failure::io(file, &e))?;
    let size = opened.metadata().map_or(0, |meta| meta.len());
    let mut bytes = BufReader::with_capacity(1 << 16, opened);
    pack(file, &mut bytes, size, hints, shelf, out)
}

/// Takes in a pack.
fn pack(
    file: &Path,
    bytes: &mut (dyn std::io::Read + Send),
    size: u64,
    hints: &Hints,
    shelf: &mut Writing,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if hints.symbol.is_some() || hints.date.is_some() {
        return Err(Failure::wrong(format!(
            "{}: --symbol and --date are for one text, and this is a pack of records; leave them out",
            shown(file)
        )));
    }
    // The records before it are written; the pack takes the lock itself, and tells how far it is.
    shelf.writer = None;
    shelf.progress.end();
    let source = import_pack::Source { bytes, name: shown(file), size };
    import_pack::run(source, &shelf.root, shelf.replace == Replace::Always, out).map(drop)
}

/// Reads one file into a record.
fn take_in(file: &Path, bytes: Vec<u8>, hints: &Hints) -> Result<Read, Failure> {
    let stdin = file == Path::new("-");
    let begins = bytes.iter().find(|b| !b.is_ascii_whitespace());
    // Standard input has no name, so its first character decides.
    let sort = match Sort::of(file) {
        Sort::Other if begins == Some(&b'{') => Sort::Json,
        sort => sort,
    };
    if sort == Sort::Json {
        let record =
            json::read(&bytes).map_err(|e| Failure::wrong(format!("{}: {e}", shown(file))))?;
        return Ok(Read { record, report: Vec::new() });
    }
    let name = file.file_name().filter(|_| !stdin).map(|n| n.to_string_lossy().into_owned());
    let hints = Hints { file_name: name, ..hints.clone() };
    let wrong = |e: &dyn std::fmt::Display| Failure::wrong(format!("{}: {e}", shown(file)));
    // Whatever its name, a PDF is one by its first bytes.
    let imported = if sort == Sort::Pdf || bytes.starts_with(b"%PDF") {
        pdf::read(&bytes, &hints).map_err(|e| wrong(&e))?
    } else {
        text::read(&bytes, &hints).map_err(|e| wrong(&e))?
    };
    Ok(Read { record: imported.record, report: imported.report })
}

/// The library that is written into; it is made and locked for the first record, not before.
struct Writing {
    root: PathBuf,
    writer: Option<Writer>,
    replace: Replace,
    sum: Sum,
    progress: Progress,
}

impl Writing {
    fn new(root: PathBuf, replace: Replace, files: &[PathBuf]) -> Self {
        let bytes = files.iter().map(|file| size_of(file)).sum();
        let progress = Progress::of_files(files.len(), bytes);
        Self { root, writer: None, replace, sum: Sum::default(), progress }
    }

    /// Stores a record and says what was done.
    fn store(&mut self, file: &Path, read: &Read, out: &mut dyn Write) -> Result<(), Failure> {
        let record = &read.record;
        if record.exercise {
            return Err(Failure::wrong(format!(
                "{}: {} is an exercise debate, and a library holds real records; read it with --exercise",
                shown(file),
                record.symbol
            )));
        }
        if self.writer.is_none() {
            let writer = Writer::open(&self.root)?;
            warn(writer.warning());
            self.writer = Some(writer);
        }
        let Some(writer) = &self.writer else { return Ok(()) };
        let stored = writer.store(record, self.replace)?;
        self.sum.add(record, &stored);
        // On a terminal both are written to the same lines.
        self.progress.end();
        writeln!(out, "{}: {}, {}", shown(file), what(record), how(&stored))?;
        for sentence in &read.report {
            writeln!(out, "  {}", line(sentence))?;
        }
        Ok(())
    }
}

/// A PDF that was fetched, and what it was fetched as.
#[derive(Debug)]
pub(super) struct Fetched<'a> {
    /// The file.
    pub file: &'a Path,
    /// The symbol that was asked for.
    pub symbol: &'a crate::record::Symbol,
    /// The language that was asked for.
    pub language: &'a crate::record::Language,
    /// Where it was asked for.
    pub address: String,
}

/// Stores the record in a PDF that was fetched, if it is the one that was asked for.
///
/// # Errors
/// When the PDF cannot be read or holds another record or language; when the library refuses.
pub(super) fn fetched(
    library: &Path,
    fetched: &Fetched<'_>,
    replace: Replace,
    out: &mut dyn Write,
) -> Result<Record, Failure> {
    let (symbol, language) = (fetched.symbol, fetched.language);
    let title = format!("{symbol} in {}", language.name());
    // Its name is ours and says what was asked for. What came has to say itself what it is, so the
    // importer is not told the name.
    let imported = pdf::read(&read(fetched.file)?, &Hints::default())
        .map_err(|e| Failure::wrong(format!("{title}: {e}")))?;
    let (mut record, report) = (imported.record, imported.report);
    if (&record.symbol, &record.language) != (symbol, language) {
        return Err(Failure::wrong(format!(
            "{}: {title} was asked for, and the service sent {} in {}; it is not taken",
            fetched.address,
            record.symbol,
            line(record.language.name())
        )));
    }
    record.source.file = fetched.file.file_name().map(|name| name.to_string_lossy().into_owned());
    record.source.url = Some(fetched.address.clone());
    let writer = Writer::open(library)?;
    warn(writer.warning());
    let stored = writer.store(&record, replace)?;
    writeln!(out, "{}, {}", what(&record), how(&stored))?;
    for sentence in &report {
        writeln!(out, "  {}", line(sentence))?;
    }
    Ok(record)
}

/// A record in a few words: symbol, day, language, statements.
fn what(record: &Record) -> String {
    let count = record.statements().count();
    let many = if count == 1 { "statement" } else { "statements" };
    let language = line(record.language.name());
    format!("{} of {}, {language}, {count} {many}", record.symbol, record.date)
}

/// What a store did, in words.
fn how(stored: &Stored) -> String {
    match stored {
        Stored::New { file } => format!("kept in {}", shown(file)),
        Stored::Same { file } => format!("the same text is in {} already", shown(file)),
        Stored::Replaced { file, earlier } => {
            format!("kept in {}; the one before it is in {}", shown(file), shown(earlier))
        }
    }
}

/// The name of a file as it may be shown.
fn shown(file: &Path) -> String {
    match file == Path::new("-") {
        true => "standard input".to_owned(),
        false => line(&file.display().to_string()),
    }
}

/// Says every failure, and gives the exit code of all of them.
fn end(stored: usize, failures: &[Failure]) -> Answer {
    for failure in failures {
        say(&failure.message);
    }
    let Some(worst) = failures.iter().map(|f| f.code).min() else {
        return found(stored > 0, "there was nothing to import");
    };
    // Bad input is what the person can mend, and goes before what the system refused.
    Err(Failure { code: worst, message: String::new() })
}
