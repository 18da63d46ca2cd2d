//! `spv import FILE.tar`: imports the missing records of a pack, each after it was verified.

use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard};

use serde::Serialize;

use super::outcome::{ImportTotals, LOG_LIMIT, OTHER_TEXT, build_catalogue, interrupted};
use crate::cli::out::{Answer, Answered, Failure, one_line};
use crate::cli::process::Stop;
use crate::cli::progress::Progress;
use crate::cli::world::warn_once;
use crate::facts::fetched::FactsFile;
use crate::import::check;
use crate::import::dataset::{ImportNote, NoteKind};
use crate::library::bulk::{Bulk, ExistingRecords, Origin, Packed, Put, Verdict};
use crate::library::facts;
use crate::library::packs::{Fault, Member, Pack, PackError, facts_of, intact, is_small, verified};
use crate::library::{LibraryError, Replace, processors, reason, spawn_some};
use crate::record::{FromPack, json};

/// The number of packed records that may wait to be written.
const QUEUE: usize = 4;

/// A pack to import.
pub struct PackSource<'a> {
    /// Its bytes, from the start.
    pub bytes: &'a mut (dyn Read + Send),
    /// Its name for messages.
    pub name: String,
    /// Its size in bytes; 0 if not known.
    pub size: u64,
}

/// What became of one member.
enum Done {
    /// A record that is already in the library, or is left out because another text of it is.
    Known { symbol: String, put: Put, statements: u64 },
    /// A record that is not in the library.
    Made { packed: Packed, symbol: String, statements: u64, words: u64 },
    /// Fetched facts of a year.
    Facts(Box<FactsFile>),
    /// A damaged member.
    Bad(Fault),
    /// The import cannot continue.
    Failed(Failure),
}

/// Imports a pack into a library.
///
/// # Errors
/// If it is not a pack or anything in it is damaged (exit code 2; sound records are kept), the library cannot
/// be written (3), or it was stopped (130).
pub fn run(source: PackSource<'_>, library: &Path, replace: bool, out: &mut dyn Write) -> Answer {
    let PackSource { bytes, name, size } = source;
    let pack = Pack::open(bytes).map_err(|error| match error {
        PackError::Io(e) => Failure::io(Path::new(&name), &e),
        PackError::Bad(message) => Failure::wrong(format!("{name}: {message}")),
    })?;
    let replace = if replace { Replace::Always } else { Replace::Never };
    // A missing library is created for the first sound record, not before.
    let there = library.join("records").is_dir();
    let bulk = there.then(|| Bulk::open(library, replace)).transpose()?;
    warn_once(bulk.as_ref().and_then(Bulk::warning));
    let stop = Stop::listen()?;
    let progress = Progress::of_records(pack.listed(), size);
    let maker = Maker {
        file: name.rsplit('/').next().unwrap_or_default().to_owned(),
        origins: bulk.as_ref().map(Bulk::origins).unwrap_or_default(),
        here: bulk.as_ref().map(|b| b.existing_records().clone()).unwrap_or_default(),
        pack: Mutex::new(pack),
        large: Mutex::new(()),
        stop: &stop.flag,
        replace,
        name: &name,
    };
    let mut work = PackImport {
        library,
        replace,
        bulk,
        progress,
        name: &name,
        notes: Vec::new(),
        damaged: 0,
        sums: ImportTotals::default(),
    };
    let ended = work.import_all(&maker);
    let stopped = stop.flag.load(Ordering::Relaxed);
    work.end(ended, stopped, out)
}

/// The side that writes.
struct PackImport<'a> {
    library: &'a Path,
    replace: Replace,
    bulk: Option<Bulk>,
    progress: Progress,
    name: &'a str,
    notes: Vec<ImportNote>,
    damaged: u64,
    sums: ImportTotals,
}

#[derive(Serialize)]
struct Line<'a> {
    pack: &'a str,
    #[serde(flatten)]
    note: &'a ImportNote,
}

impl PackImport<'_> {
    fn import_all<R: Read + Send>(&mut self, maker: &Maker<'_, R>) -> Result<(), Failure> {
        let threads = processors(4);
        let (send, receive) = sync_channel(QUEUE);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let started = spawn_some(scope, threads, || {
                let (send, stop) = (send.clone(), &stop);
                move || maker.work(&send, stop)
            });
            drop(send);
            started.map_err(|error| Failure::could_not(reason(&error)))?;
            let ended = self.receive_all(&receive, maker);
            // However it ended, no thread starts another record or waits for the queue.
            stop.store(true, Ordering::Relaxed);
            drop(receive);
            ended
        })
    }

    fn receive_all<R: Read + Send>(
        &mut self,
        receive: &Receiver<Done>,
        maker: &Maker<'_, R>,
    ) -> Result<(), Failure> {
        let mut done = 0;
        while let Ok(one) = receive.recv() {
            done += 1;
            self.receive_one(one)?;
            self.progress.at(done, lock(&maker.pack).read_so_far());
            if maker.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok(())
    }

    fn receive_one(&mut self, done: Done) -> Result<(), Failure> {
        let (symbol, put, statements) = match done {
            Done::Failed(failure) => return Err(failure),
            Done::Bad(fault) => {
                self.damaged += 1;
                let member = fault.member.unwrap_or_else(|| self.name.to_owned());
                self.notes.push(ImportNote::of_file(NoteKind::Left, &member, &fault.message));
                return Ok(());
            }
            Done::Facts(file) => return self.take_facts(&file),
            Done::Known { symbol, put, statements } => (symbol, put, statements),
            Done::Made { packed, symbol, statements, words } => {
                let bulk = match self.bulk.take() {
                    Some(bulk) => bulk,
                    None => Bulk::open(self.library, self.replace)?,
                };
                warn_once(bulk.warning());
                let put = self.bulk.insert(bulk).put(packed);
                let put = put.map_err(LibraryError::after_batches)?;
                self.sums.words += words;
                (symbol, put, statements)
            }
        };
        self.sums.count(put);
        self.sums.statements += statements;
        if put == Put::Kept {
            self.notes.push(ImportNote::of_file(NoteKind::Left, &symbol, OTHER_TEXT));
        }
        Ok(())
    }

    /// Writes facts that are newer than those the library has of that year.
    fn take_facts(&mut self, file: &FactsFile) -> Result<(), Failure> {
        let path = facts::path_of(file);
        let name = path.rsplit('/').next().unwrap_or_default();
        let here = facts::bytes(self.library, name).ok();
        let here = here.and_then(|bytes| facts::parse(&path, &bytes).ok());
        if here.is_none_or(|here| here.fetched < file.fetched) {
            facts::write(self.library, file)?;
        }
        Ok(())
    }

    /// Writes the last batch and the log, makes the catalogue and prints the totals.
    fn end(mut self, ended: Result<(), Failure>, was_stopped: bool, out: &mut dyn Write) -> Answer {
        let flushed = self.bulk.as_mut().map_or(Ok(()), Bulk::flush);
        self.progress.end();
        // Threads end in any order; the notes are printed in one.
        self.notes.sort_by(|a, b| (&a.file, &a.what).cmp(&(&b.file, &b.what)));
        for note in &self.notes {
            self.sums.note(note);
        }
        let log = self.bulk.as_ref().map(Bulk::log_path);
        let logged = self.bulk.as_ref().map_or(Ok(()), |bulk| self.write_log(bulk));
        let catalogued = self.bulk.take().map_or(Ok(()), |bulk| {
            let root = bulk.root().to_owned();
            drop(bulk);
            // After Ctrl-C nobody waits for the catalogue: the next command makes it.
            if was_stopped { Ok(()) } else { build_catalogue(&root) }
        });
        let shown = log
            .as_ref()
            .map_or("none; nothing was written".to_owned(), |path| path.display().to_string());
        self.sums.write(out, &shown)?;
        ended?;
        if was_stopped {
            return Err(interrupted());
        }
        flushed.map_err(LibraryError::after_batches)?;
        logged?;
        catalogued?;
        match self.damaged {
            0 => Ok(Answered::Something),
            damaged => Err(Failure::wrong(format!(
                "{}: {damaged} {} damaged or missing and left out, as listed above; download the pack again",
                self.name,
                if damaged == 1 { "part of it is" } else { "parts of it are" },
            ))),
        }
    }

    /// Writes the notes after those of other imports, and replaces those of the same pack.
    fn write_log(&self, bulk: &Bulk) -> Result<(), Failure> {
        let failed = |e: io::Error| Failure::io(&bulk.log_path(), &e);
        let before = bulk.read_log(LOG_LIMIT);
        let mut log = BufWriter::new(bulk.start_log().map_err(failed)?);
        let of_this = |text: &str| {
            serde_json::from_str::<serde_json::Value>(text)
                .is_ok_and(|value| value["pack"].as_str() == Some(self.name))
        };
        for text in before.lines().filter(|text| !of_this(text)) {
            writeln!(log, "{text}").map_err(failed)?;
        }
        for note in &self.notes {
            let text = json::to_line(&Line { pack: self.name, note });
            writeln!(log, "{text}").map_err(failed)?;
        }
        log.flush().map_err(failed)
    }
}

/// What the threads that verify records share; each member is verified once.
struct Maker<'a, R> {
    pack: Mutex<Pack<R>>,
    /// Held while a thread works on a large record, so that several cannot fill the memory.
    large: Mutex<()>,
    origins: HashMap<String, Origin>,
    here: ExistingRecords,
    stop: &'a AtomicBool,
    replace: Replace,
    /// The name of the pack without its folder.
    file: String,
    name: &'a str,
}

impl<R: Read + Send> Maker<'_, R> {
    fn work(&self, send: &SyncSender<Done>, ended: &AtomicBool) {
        while !self.stop.load(Ordering::Relaxed) && !ended.load(Ordering::Relaxed) {
            let next = lock(&self.pack).next();
            let done = match next {
                Ok(None) => return,
                Ok(Some(Ok(member))) => self.make(&member),
                Ok(Some(Err(fault))) => Done::Bad(fault),
                Err(e) => Done::Failed(Failure::io(Path::new(self.name), &e)),
            };
            // If nobody receives it, the import has ended.
            if send.send(done).is_err() {
                return;
            }
        }
    }

    fn make(&self, member: &Member) -> Done {
        let bad = |message: String| {
            Done::Bad(Fault { member: Some(one_line(&member.name)), message: one_line(&message) })
        };
        if let Err(message) = intact(member) {
            return bad(message);
        }
        match facts_of(member) {
            Some(Ok(file)) => return Done::Facts(Box::new(file)),
            Some(Err(message)) => return bad(message),
            None => {}
        }
        let _turn = (!is_small(member)).then(|| lock(&self.large));
        let mut record = match verified(member) {
            Ok(record) => record,
            Err(message) => return bad(message),
        };
        // What a pack claims is checked like any other source.
        check::add_doubts(&mut record);
        record.source.pack = Some(FromPack { file: self.file.clone(), verified: false });
        let symbol = record.symbol.to_string();
        let statements = record.statements().count() as u64;
        let origin = format!("pack {}", crate::import::words::to_hex(&member.sum));
        let known = self.origins.get(&member.name).is_some_and(|known| known.words == origin);
        if known {
            return Done::Known { symbol, put: Put::Same, statements };
        }
        let file = PathBuf::from(&member.name);
        match self.here.verdict(&file, &record, self.replace) {
            Ok(Verdict::Same(_)) => Done::Known { symbol, put: Put::Same, statements },
            Ok(Verdict::Kept(_)) => Done::Known { symbol, put: Put::Kept, statements },
            Ok(Verdict::Written(_)) => match Packed::of(&record, origin) {
                Ok(packed) => {
                    let words = record.statements().map(|s| s.words() as u64).sum();
                    Done::Made { packed, symbol, statements, words }
                }
                Err(error) => bad(error.to_string()),
            },
            Err(error) => Done::Failed(error.into()),
        }
    }
}

/// Locks a mutex even if its holder panicked: what it guards is never half-changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
