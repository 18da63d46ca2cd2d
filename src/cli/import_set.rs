//! `spv import DIR` for the debates data set: texts read and packed on all processors, records
//! written in batches, everything that was done told at the end.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use super::import_progress::{Progress, Sums, thousands};
use super::import_source::Source;
use super::out::{Answer, Failure, Found};
use super::place::warn;
use super::stop::{INTERRUPTED, Stop};
use crate::import::dataset::{
    self, BuildOptions, Document, ImportNote, ImportPlan, NoteKind, RECORD_TEXTS, RepairCounts,
    Spellings, TEXT_LIMIT,
};
use crate::library::bulk::{Bulk, Origin, Packed, Put};
use crate::library::{Library, LibraryError, Replace, processors, reason, spawn_some, usual_file};
use crate::record::{Language, json};

/// The number of the rules by which texts become records; another number, and all are made anew.
const RULES: u32 = 2;
/// A log larger than this is not ours.
pub(super) const LOG_LIMIT: u64 = 64 << 20;
/// How many packed records may wait for the one who writes them.
const QUEUE: usize = 16;
/// The catalogue of a library takes folders that changed less than this ago for unsettled.
const SETTLED: Duration = Duration::from_millis(150);

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// When a record may take the place of another.
    pub replace: Replace,
    /// How texts are read.
    pub options: BuildOptions,
}

/// What one thread made of one document.
enum Done {
    /// The record is in the library already, by this very source.
    Known { symbol: String, put: Put, statements: u64, bytes: u64 },
    /// The record, packed.
    Made(Box<Made>),
    /// It was left out.
    Left { note: ImportNote, bytes: u64 },
    /// Nothing can go on.
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
/// When its files are damaged (exit code 2; nothing was written), when the library cannot be written
/// (3), or when it was stopped (130); what was done stays.
pub fn run(folder: &Path, library: &Path, asked: Asked, out: &mut dyn Write) -> Answer {
    let source = Source::open(folder)?;
    let inputs = format!("{} {}", source.stamp()?, rules(asked.options));
    // A library that was written by bulk before is asked first, and may know all of this already.
    let mut bulk = None;
    if library.join("records").is_dir() {
        let open = Bulk::open(library, asked.replace)?;
        if open.is_complete(&inputs) {
            writeln!(
                out,
                "{}: nothing has changed since it was imported; what was left out then is in {}",
                super::out::line(&folder.display().to_string()),
                super::out::line(&open.log_path().display().to_string())
            )?;
            return Ok(Found::Something);
        }
        bulk = Some(open);
    }
    // Both tables and all headings are read before the library is made or touched.
    let plan = dataset::plan_records(source.tables()?, source.list()?);
    if plan.documents.is_empty() {
        return Err(Failure::wrong(format!(
            "{}: no text in it belongs to a record that can be made; its names should be as UNSC_2019_SPV.8668_spch0019.txt",
            source.file().display()
        )));
    }
    let bulk = match bulk {
        Some(open) => open,
        None => Bulk::open(library, asked.replace)?,
    };
    warn(bulk.warning());
    let mut work = Work::begin(bulk, &source, &plan)?;
    let ended = work.all(&source, &plan.documents, asked.options);
    work.end(ended, inputs, out)
}

/// The words for how records are made.
fn rules(options: BuildOptions) -> String {
    format!("{RULES}{}", if options.repair { "" } else { " as it is" })
}

/// How the work ended.
enum Ended {
    Whole,
    Stopped,
    Failed(Failure),
}

/// The one who writes: the library, the log and the sums.
struct Work {
    bulk: Bulk,
    /// What the log before this one says of each record, for those that are not made anew.
    earlier: HashMap<String, Vec<String>>,
    log: BufWriter<std::fs::File>,
    sums: Sums,
    progress: Progress,
    whole: usize,
}

impl Work {
    fn begin(bulk: Bulk, source: &Source, plan: &ImportPlan) -> Result<Self, Failure> {
        let bytes = plan.documents.iter().map(Document::size).sum();
        let progress = Progress::begin(plan.documents.len(), bytes);
        let earlier = earlier_notes(&bulk.read_log(LOG_LIMIT));
        let log = bulk.begin_log().map_err(|e| Failure::io(&bulk.log_path(), &e))?;
        let whole = plan.documents.len();
        let log = BufWriter::new(log);
        let mut work = Self { bulk, earlier, log, sums: Sums::default(), progress, whole };
        if !source.has_meta() {
            let what = "meta.tsv is not in the folder, so its counts were not compared";
            work.note(&ImportNote::new(NoteKind::Differs, what.to_owned()))?;
        }
        if plan.strangers > 0 {
            let what = format!("{} files have no name of the data set", thousands(plan.strangers));
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

    /// Writes what the log before said of a record that is as it was.
    fn keep_notes(&mut self, symbol: &str) -> Result<(), Failure> {
        let path = self.bulk.log_path();
        let lines = self.earlier.remove(symbol).unwrap_or_default();
        lines
            .iter()
            .try_for_each(|line| writeln!(self.log, "{line}"))
            .map_err(|e| Failure::io(&path, &e))
    }

    /// Makes and writes all records.
    fn all(&mut self, source: &Source, documents: &[Document], options: BuildOptions) -> Ended {
        let stop = match Stop::listen() {
            Ok(stop) => stop,
            Err(failure) => return Ended::Failed(failure),
        };
        let threads = processors(8);
        let origins = self.bulk.origins();
        let names = spellings(self.bulk.root(), &origins);
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
                Ok(()) => self.take(&receive, &stop),
                Err(error) => Ended::Failed(Failure::could_not(reason(&error))),
            };
            // Whatever ended it, no thread begins another record, and none waits for a place.
            stop.flag.store(true, Ordering::Relaxed);
            drop(receive);
            ended
        })
    }

    fn take(&mut self, receive: &Receiver<Done>, stop: &Stop) -> Ended {
        let (mut done, mut bytes) = (0, 0);
        while let Ok(one) = receive.recv() {
            let (size, taken) = self.one(one);
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
        Ended::Failed(Failure::could_not(
            "a thread of the import failed; import again to go on where it ended",
        ))
    }

    fn one(&mut self, done: Done) -> (u64, Result<(), Failure>) {
        match done {
            Done::Known { symbol, put, statements, bytes } => {
                self.sums.count(put);
                self.sums.statements += statements;
                (bytes, self.keep_notes(&symbol))
            }
            Done::Made(made) => {
                let bytes = made.bytes;
                (bytes, self.made(*made))
            }
            Done::Left { note, bytes } => (bytes, self.note(&note)),
            Done::Failed(failure) => (0, Err(failure)),
        }
    }

    fn made(&mut self, made: Made) -> Result<(), Failure> {
        made.notes.iter().try_for_each(|note| self.note(note))?;
        let put = self.bulk.put(made.packed)?;
        self.sums.count(put);
        self.sums.statements += made.statements;
        self.sums.words += made.words;
        self.sums.tally.add(&made.tally);
        if put == Put::Kept {
            let what =
                "another record with other words stands here; --replace puts this one in its place";
            self.note(&ImportNote {
                symbol: Some(made.symbol),
                ..ImportNote::new(NoteKind::Left, what.to_owned())
            })?;
        }
        Ok(())
    }

    /// Writes what is left, makes the catalogue and says what was done.
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
        // Whoever stopped it does not wait for the catalogue: the next command makes it.
        let catalogued = match ended {
            Ended::Whole => catalogue(&root),
            _ => Ok(()),
        };
        self.sums.write(out, &path.display().to_string())?;
        match ended {
            Ended::Failed(failure) => Err(told(failure)),
            Ended::Stopped => Err(Failure {
                code: INTERRUPTED,
                message: "stopped; what is done is kept, and importing again goes on from there"
                    .to_owned(),
            }),
            Ended::Whole => {
                written?;
                catalogued?;
                logged.map_err(|e| Failure::io(&path, &e))?;
                Ok(Found::Something)
            }
        }
    }
}

/// A failure in the middle: what was written before it stays, which its own words may deny.
pub(super) fn told(failure: Failure) -> Failure {
    let message = failure.message.replace(
        "nothing here was changed",
        "the records written before are whole and stay, and importing again goes on from there",
    );
    Failure { message, ..failure }
}

/// How the records that are here from other sources spell names. They are read when an import begins: a
/// record made before they came keeps its names until its texts change.
fn spellings(root: &Path, origins: &HashMap<String, Origin>) -> Spellings {
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

/// Makes the catalogue, so that the reader opens at once.
pub(super) fn catalogue(root: &Path) -> Result<(), LibraryError> {
    std::thread::sleep(SETTLED);
    Library::open(root).map(drop)
}

/// The lines of a log that tell of the making of records, by symbol. Those on how files and tables fit
/// are left, since each import says them anew.
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

/// Those who make records, each document once.
struct Maker<'a> {
    source: &'a Source,
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
            // Where nobody takes it any longer, the work has ended.
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
        let hash = dataset::source_hash(document, &texts);
        let origin = format!("{hash} {}", rules(self.options));
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
