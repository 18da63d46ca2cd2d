//! `spv import DIR` for the debates data set: threads make records of the texts, which are written in
//! batches, and the totals are printed at the end.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::dataset_files::DatasetFiles;
use super::outcome::{ImportTotals, LOG_LIMIT, OTHER_TEXT, build_catalogue, interrupted};
use crate::cli::out::{Answer, Answered, Failure};
use crate::cli::process::Stop;
use crate::cli::progress::{Progress, thousands};
use crate::cli::world::warn_once;
use crate::import::dataset::{
    self, BuildOptions, Document, ImportNote, ImportPlan, NoteKind, RECORD_TEXTS, RepairCounts,
    Spellings, TEXT_LIMIT,
};
use crate::library::bulk::{Bulk, Origin, Packed, Put};
use crate::library::{Library, LibraryError, Replace, processors, reason, spawn_some, usual_file};
use crate::record::{Language, json};

/// The version of the rules by which texts become records; when it changes, all records are made again.
const RULES: u32 = 3;
/// The number of packed records that may wait to be written.
const QUEUE: usize = 16;

/// How a data set is imported.
#[derive(Clone, Copy, Debug)]
pub struct DatasetOptions {
    /// When a record replaces another.
    pub replace: Replace,
    /// How texts are read.
    pub options: BuildOptions,
}

/// What one thread made of one document.
enum Done {
    /// The record is already in the library, from the same source.
    Known { symbol: String, put: Put, statements: u64, bytes: u64 },
    /// The record, packed.
    Made(Box<Made>),
    /// It was left out.
    Left { note: ImportNote, bytes: u64 },
    /// The import cannot continue.
    Failed(Failure),
}

struct Made {
    packed: Packed,
    tally: RepairCounts,
    notes: Vec<ImportNote>,
    symbol: String,
    statements: u64,
    words: u64,
    bytes: u64,
}

/// Imports the data set in a folder.
///
/// # Errors
/// If its files are damaged (exit code 2; nothing was written), the library cannot be written (3), or it was
/// stopped (130); records written before are kept.
pub fn run(folder: &Path, library: &Path, asked: DatasetOptions, out: &mut dyn Write) -> Answer {
    let source = DatasetFiles::open(folder)?;
    let inputs = format!("{} {}", source.stamp()?, rules_stamp(asked.options));
    // An existing library may know from its journal that all of this was imported.
    let mut bulk = None;
    if library.join("records").is_dir() {
        let open = Bulk::open(library, asked.replace)?;
        if open.is_complete(&inputs) {
            writeln!(
                out,
                "{}: nothing has changed since it was imported; see {} for what was left out",
                crate::cli::out::one_line(&folder.display().to_string()),
                crate::cli::out::one_line(&open.log_path().display().to_string())
            )?;
            return Ok(Answered::Something);
        }
        bulk = Some(open);
    }
    // Both tables and all headers are read before the library is created or changed.
    let plan = dataset::plan_records(source.tables()?, source.list()?);
    if plan.documents.is_empty() {
        return Err(Failure::wrong(match plan.rowless {
            0 => format!(
                "{}: no text in it belongs to a known meeting; names should be like UNSC_2019_SPV.8668_spch0019.txt",
                source.file().display()
            ),
            documents => format!(
                "{}: has no row for the texts of any of the {documents} documents in {}, so the speakers are not known; use the speaker.tsv published with them",
                source.speakers().display(),
                source.file().display()
            ),
        }));
    }
    let bulk = match bulk {
        Some(open) => open,
        None => Bulk::open(library, asked.replace)?,
    };
    warn_once(bulk.warning());
    let mut work = DatasetImport::begin(bulk, &source, &plan)?;
    let ended = work.import_all(&source, &plan.documents, asked.options);
    work.end(ended, inputs, out)
}

/// Identifies how records are made.
fn rules_stamp(options: BuildOptions) -> String {
    format!("{RULES}{}", if options.repair { "" } else { " as it is" })
}

/// How the import ended.
enum Ended {
    Whole,
    Stopped,
    Failed(Failure),
}

/// The side that writes: the library, the log and the totals.
struct DatasetImport {
    bulk: Bulk,
    /// The lines of the previous log about each record, for those that are not made again.
    earlier: HashMap<String, Vec<String>>,
    log: BufWriter<std::fs::File>,
    sums: ImportTotals,
    progress: Progress,
    whole: usize,
}

impl DatasetImport {
    fn begin(bulk: Bulk, source: &DatasetFiles, plan: &ImportPlan) -> Result<Self, Failure> {
        let bytes = plan.documents.iter().map(Document::size).sum();
        let progress = Progress::of_records(plan.documents.len(), bytes);
        let earlier = earlier_notes(&bulk.read_log(LOG_LIMIT));
        let log = bulk.start_log().map_err(|e| Failure::io(&bulk.log_path(), &e))?;
        let whole = plan.documents.len();
        let log = BufWriter::new(log);
        let mut work = Self { bulk, earlier, log, sums: ImportTotals::default(), progress, whole };
        if !source.has_meta() {
            let what = "meta.tsv is not in the folder, so its counts were not compared";
            work.note(&ImportNote::new(NoteKind::Differs, what.to_owned()))?;
        }
        if plan.strangers > 0 {
            let what =
                format!("{} files are not named as in the data set", thousands(plan.strangers));
            work.note(&ImportNote::new(NoteKind::Left, what))?;
        }
        plan.notes.iter().try_for_each(|note| work.note(note))?;
        Ok(work)
    }

    fn note(&mut self, note: &ImportNote) -> Result<(), Failure> {
        self.sums.note(note);
        let path = self.bulk.log_path();
        writeln!(self.log, "{}", json::to_line(note)).map_err(|e| Failure::io(&path, &e))
    }

    /// Copies the lines of the previous log about an unchanged record.
    fn keep_notes(&mut self, symbol: &str) -> Result<(), Failure> {
        let path = self.bulk.log_path();
        let lines = self.earlier.remove(symbol).unwrap_or_default();
        lines
            .iter()
            .try_for_each(|line| writeln!(self.log, "{line}"))
            .map_err(|e| Failure::io(&path, &e))
    }

    fn import_all(
        &mut self,
        source: &DatasetFiles,
        documents: &[Document],
        options: BuildOptions,
    ) -> Ended {
        let stop = match Stop::listen() {
            Ok(stop) => stop,
            Err(failure) => return Ended::Failed(failure),
        };
        let threads = processors(8);
        let origins = self.bulk.origins();
        let names = known_spellings(self.bulk.root(), &origins);
        let maker = Maker {
            source,
            documents,
            options,
            origins,
            names,
            next: AtomicUsize::new(0),
            stop: &stop.flag,
        };
        let (send, receive) = sync_channel(QUEUE);
        std::thread::scope(|scope| {
            let started = spawn_some(scope, threads, || {
                let (maker, send) = (&maker, send.clone());
                move || maker.work(&send)
            });
            drop(send);
            let ended = match started {
                Ok(()) => self.receive_all(&receive, &stop),
                Err(error) => Ended::Failed(Failure::could_not(reason(&error))),
            };
            // However it ended, no thread starts another record or waits for the queue.
            stop.flag.store(true, Ordering::Relaxed);
            drop(receive);
            ended
        })
    }

    fn receive_all(&mut self, receive: &Receiver<Done>, stop: &Stop) -> Ended {
        let (mut done, mut bytes) = (0, 0);
        while let Ok(one) = receive.recv() {
            let (size, taken) = self.receive_one(one);
            if let Err(failure) = taken {
                return Ended::Failed(failure);
            }
            done += 1;
            bytes += size;
            self.progress.at(done, bytes);
            if stop.flag.load(Ordering::Relaxed) {
                break;
            }
        }
        if done == self.whole {
            return Ended::Whole;
        }
        if stop.flag.load(Ordering::Relaxed) {
            return Ended::Stopped;
        }
        Ended::Failed(Failure::could_not("a thread of the import failed; import again to resume"))
    }

    fn receive_one(&mut self, done: Done) -> (u64, Result<(), Failure>) {
        match done {
            Done::Known { symbol, put, statements, bytes } => {
                self.sums.count(put);
                self.sums.statements += statements;
                (bytes, self.keep_notes(&symbol))
            }
            Done::Made(made) => {
                let bytes = made.bytes;
                (bytes, self.store(*made))
            }
            Done::Left { note, bytes } => (bytes, self.note(&note)),
            Done::Failed(failure) => (0, Err(failure)),
        }
    }

    fn store(&mut self, made: Made) -> Result<(), Failure> {
        made.notes.iter().try_for_each(|note| self.note(note))?;
        let put = self.bulk.put(made.packed).map_err(LibraryError::after_batches)?;
        self.sums.count(put);
        self.sums.statements += made.statements;
        self.sums.words += made.words;
        self.sums.tally.add(&made.tally);
        if put == Put::Kept {
            self.note(&ImportNote {
                symbol: Some(made.symbol),
                ..ImportNote::new(NoteKind::Left, OTHER_TEXT.to_owned())
            })?;
        }
        Ok(())
    }

    /// Writes the last batch, makes the catalogue and prints the totals.
    fn end(mut self, ended: Ended, inputs: String, out: &mut dyn Write) -> Answer {
        let written = match &ended {
            Ended::Whole => self.bulk.complete(inputs),
            _ => self.bulk.flush(),
        };
        self.progress.end();
        let path = self.bulk.log_path();
        let logged = self.log.flush();
        let root = self.bulk.root().to_owned();
        drop(self.bulk);
        // After Ctrl-C nobody waits for the catalogue: the next command makes it.
        let catalogued = match ended {
            Ended::Whole => build_catalogue(&root),
            _ => Ok(()),
        };
        self.sums.write(out, &path.display().to_string())?;
        match ended {
            Ended::Failed(failure) => Err(failure),
            Ended::Stopped => Err(interrupted()),
            Ended::Whole => {
                written.map_err(LibraryError::after_batches)?;
                catalogued?;
                logged.map_err(|e| Failure::io(&path, &e))?;
                Ok(Answered::Something)
            }
        }
    }
}

/// The spellings of names in records from other sources, read when the import starts. A record that was made
/// before them keeps its names until its texts change.
fn known_spellings(root: &Path, origins: &HashMap<String, Origin>) -> Spellings {
    let mut names = Spellings::default();
    let Ok(library) = Library::open(root) else { return names };
    let others = library
        .catalogue()
        .entries
        .iter()
        .filter(|entry| !origins.contains_key(entry.file().to_string_lossy().as_ref()));
    others.filter_map(|entry| library.load(entry).ok()).for_each(|record| names.learn(&record));
    names
}

/// The lines of a log about the making of records, by symbol. Lines about mismatches between files and tables
/// are left out, since each import writes them again.
fn earlier_notes(text: &str) -> HashMap<String, Vec<String>> {
    let mut notes: HashMap<String, Vec<String>> = HashMap::new();
    for line in text.lines() {
        let Ok(note) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let made = note.get("statement").is_some() || note.get("file").is_none();
        if let (true, Some(symbol)) = (made, note["symbol"].as_str()) {
            notes.entry(symbol.to_owned()).or_default().push(line.to_owned());
        }
    }
    notes
}

/// What the threads that make records share; each document is made once.
struct Maker<'a> {
    source: &'a DatasetFiles,
    documents: &'a [Document],
    options: BuildOptions,
    origins: HashMap<String, Origin>,
    names: Spellings,
    next: AtomicUsize,
    stop: &'a AtomicBool,
}

impl Maker<'_> {
    fn work(&self, send: &SyncSender<Done>) {
        while !self.stop.load(Ordering::Relaxed) {
            let Some(document) = self.documents.get(self.next.fetch_add(1, Ordering::Relaxed))
            else {
                return;
            };
            // If nobody receives it, the import has ended.
            if send.send(self.make(document)).is_err() {
                return;
            }
        }
    }

    fn make(&self, document: &Document) -> Done {
        let bytes = document.size();
        let texts = || document.speeches.iter().flat_map(|s| &s.texts);
        let left = |what: String| {
            let note = ImportNote::new(NoteKind::Left, what)
                .on(&document.symbol)
                .about(&document.basename);
            Done::Left { note, bytes }
        };
        if let Some(large) = texts().find(|t| t.size > TEXT_LIMIT) {
            return left(format!("{} has {} bytes, more than any speech", large.name, large.size));
        }
        if bytes > RECORD_TEXTS {
            return left(format!("its texts have {bytes} bytes together, more than any record"));
        }
        let read: Result<Vec<Vec<u8>>, io::Error> = texts().map(|t| self.source.read(t)).collect();
        let texts = match read {
            Ok(texts) => texts,
            Err(e) => return Done::Failed(Failure::io(self.source.file(), &e)),
        };
        if let Some(why) = dataset::find_other_speakers(document, &texts) {
            return left(why);
        }
        let hash = dataset::source_hash(document, &texts);
        let origin = format!("{hash} {}", rules_stamp(self.options));
        let statements = document.speeches.len() as u64;
        let file = usual_file(&document.symbol, &Language::English, document.date);
        let known = self.origins.get(file.to_string_lossy().as_ref());
        if let Some(known) = known.filter(|known| known.words == origin) {
            let put = if known.other { Put::Kept } else { Put::Same };
            return Done::Known { symbol: document.symbol.to_string(), put, statements, bytes };
        }
        let built = dataset::build_record(document, &texts, hash, self.options, &self.names);
        drop(texts);
        let words = built.record.statements().map(|s| s.words() as u64).sum();
        match Packed::of(&built.record, origin) {
            Ok(packed) => Done::Made(Box::new(Made {
                packed,
                tally: built.tally,
                notes: built.notes,
                symbol: document.symbol.to_string(),
                statements,
                words,
                bytes,
            })),
            Err(e) => left(e.to_string()),
        }
    }
}
