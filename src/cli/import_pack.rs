//! `spv import FILE.tar`: the records of a pack that are not here yet, each verified before it counts.

use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard};

use serde::Serialize;

use super::import_progress::{Progress, Sums};
use super::import_set::{LOG_LIMIT, catalogue, told};
use super::out::{Answer, Failure, Found, line};
use super::place::warn;
use super::stop::{INTERRUPTED, Stop};
use crate::import::dataset::{ImportNote, NoteKind};
use crate::library::bulk::{Bulk, Here, Origin, Packed, Put, Verdict};
use crate::library::packs::{Fault, Member, Pack, PackError, intact, is_small, verified};
use crate::library::{Replace, processors, reason, spawn_some};
use crate::record::{FromPack, json};

/// How many packed records may wait for the one who writes them.
const QUEUE: usize = 4;

/// A pack that is taken in.
pub struct Source<'a> {
    /// Its bytes, from the first on.
    pub bytes: &'a mut (dyn Read + Send),
    /// Its name, as it may be shown.
    pub name: String,
    /// Its size in bytes; 0 where it is not known.
    pub size: u64,
}

/// What became of one member.
enum Done {
    /// A record that is in the library already, or stays out because another is.
    Stands { symbol: String, put: Put, statements: u64 },
    /// A record that the library lacks.
    Made { packed: Packed, symbol: String, statements: u64, words: u64 },
    /// Nothing that counts.
    Bad(Fault),
    /// Nothing can go on.
    Failed(Failure),
}

/// Takes a pack into a library.
///
/// # Errors
/// When it is no pack or anything in it is damaged (exit code 2; what is sound is kept), the library
/// cannot be written (3), or it was stopped (130).
pub fn run(source: Source<'_>, library: &Path, replace: bool, out: &mut dyn Write) -> Answer {
    let Source { bytes, name, size } = source;
    let pack = Pack::open(bytes).map_err(|error| match error {
        PackError::Io(e) => Failure::io(Path::new(&name), &e),
        PackError::Bad(message) => Failure::wrong(format!("{name}: {message}")),
    })?;
    let replace = if replace { Replace::Always } else { Replace::Never };
    // A library that is not there yet is made for the first sound record, not before.
    let there = library.join("records").is_dir();
    let bulk = there.then(|| Bulk::open(library, replace)).transpose()?;
    warn(bulk.as_ref().and_then(Bulk::warning));
    let stop = Stop::listen()?;
    let progress = Progress::begin(pack.listed(), size);
    let maker = Maker {
        file: name.rsplit('/').next().unwrap_or_default().to_owned(),
        origins: bulk.as_ref().map(Bulk::origins).unwrap_or_default(),
        here: bulk.as_ref().map(|b| b.here().clone()).unwrap_or_default(),
        pack: Mutex::new(pack),
        large: Mutex::new(()),
        stop: &stop.flag,
        replace,
        name: &name,
    };
    let mut work = Work {
        library,
        replace,
        bulk,
        progress,
        name: &name,
        notes: Vec::new(),
        damaged: 0,
        sums: Sums::default(),
    };
    let ended = work.all(&maker);
    let stopped = stop.flag.load(Ordering::Relaxed);
    work.end(ended, stopped, out)
}

/// The one who writes.
struct Work<'a> {
    library: &'a Path,
    replace: Replace,
    bulk: Option<Bulk>,
    progress: Progress,
    name: &'a str,
    notes: Vec<ImportNote>,
    damaged: u64,
    sums: Sums,
}

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    pack: &'a str,
    #[serde(flatten)]
    note: &'a ImportNote,
}

impl Work<'_> {
    fn all<R: Read + Send>(&mut self, maker: &Maker<'_, R>) -> Result<(), Failure> {
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
            let ended = self.take(&receive, maker);
            // Whatever ended it, no thread begins another record, and none waits for a place.
            stop.store(true, Ordering::Relaxed);
            drop(receive);
            ended
        })
    }

    fn take<R: Read + Send>(
        &mut self,
        receive: &Receiver<Done>,
        maker: &Maker<'_, R>,
    ) -> Result<(), Failure> {
        let mut done = 0;
        while let Ok(one) = receive.recv() {
            done += 1;
            self.one(one)?;
            self.progress.at(done, lock(&maker.pack).read_so_far());
            if maker.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok(())
    }

    fn one(&mut self, done: Done) -> Result<(), Failure> {
        let (symbol, put, statements) = match done {
            Done::Failed(failure) => return Err(failure),
            Done::Bad(fault) => {
                self.damaged += 1;
                let member = fault.member.unwrap_or_else(|| self.name.to_owned());
                self.note(ImportNote::of_file(NoteKind::Left, &member, &fault.message));
                return Ok(());
            }
            Done::Stands { symbol, put, statements } => (symbol, put, statements),
            Done::Made { packed, symbol, statements, words } => {
                let bulk = match self.bulk.take() {
                    Some(bulk) => bulk,
                    None => Bulk::open(self.library, self.replace)?,
                };
                warn(bulk.warning());
                let put = self.bulk.insert(bulk).put(packed)?;
                self.sums.words += words;
                (symbol, put, statements)
            }
        };
        self.sums.count(put);
        self.sums.statements += statements;
        if put == Put::Kept {
            self.note(ImportNote::of_file(
                NoteKind::Left,
                &symbol,
                "another record with other words stands here; --replace puts this one in its place",
            ));
        }
        Ok(())
    }

    fn note(&mut self, note: ImportNote) {
        self.notes.push(note);
    }

    /// Ends the last batch, writes the log, makes the catalogue and says what was done.
    fn end(mut self, ended: Result<(), Failure>, stopped: bool, out: &mut dyn Write) -> Answer {
        let flushed = self.bulk.as_mut().map_or(Ok(()), Bulk::flush);
        self.progress.end();
        // Threads end in any order; a person reads in one.
        self.notes.sort_by(|a, b| (&a.file, &a.what).cmp(&(&b.file, &b.what)));
        for note in &self.notes {
            self.sums.note(note);
        }
        let log = self.bulk.as_ref().map(Bulk::log_path);
        let logged = self.bulk.as_ref().map_or(Ok(()), |bulk| self.log(bulk));
        let catalogued = self.bulk.take().map_or(Ok(()), |bulk| {
            let root = bulk.root().to_owned();
            drop(bulk);
            // Whoever stopped it does not wait for the catalogue: the next command makes it.
            if stopped { Ok(()) } else { catalogue(&root) }
        });
        let shown = log
            .as_ref()
            .map_or("none; nothing was written".to_owned(), |path| path.display().to_string());
        self.sums.write(out, &shown)?;
        ended.map_err(told)?;
        if stopped {
            return Err(Failure {
                code: INTERRUPTED,
                message: "stopped; what is done is kept, and importing again goes on from there"
                    .to_owned(),
            });
        }
        flushed.map_err(|e| told(e.into()))?;
        logged?;
        catalogued?;
        match self.damaged {
            0 => Ok(Found::Something),
            damaged => Err(Failure::wrong(format!(
                "{}: {damaged} {} damaged or missing and left out, as the table says; get the pack again",
                self.name,
                if damaged == 1 { "part of it is" } else { "parts of it are" },
            ))),
        }
    }

    /// Writes the notes behind those of other imports; those of the same pack are written anew.
    fn log(&self, bulk: &Bulk) -> Result<(), Failure> {
        let failed = |e: io::Error| Failure::io(&bulk.log_path(), &e);
        let before = bulk.read_log(LOG_LIMIT);
        let mut log = BufWriter::new(bulk.begin_log().map_err(failed)?);
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

/// Those who verify records, each member once.
struct Maker<'a, R> {
    pack: Mutex<Pack<R>>,
    /// Held by the one who works on a record of unusual size, so that several cannot fill the memory.
    large: Mutex<()>,
    origins: HashMap<String, Origin>,
    here: Here,
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
            // Where nobody takes it any longer, the work has ended.
            if send.send(done).is_err() {
                return;
            }
        }
    }

    fn make(&self, member: &Member) -> Done {
        let bad = |message: String| {
            Done::Bad(Fault { member: Some(line(&member.name)), message: line(&message) })
        };
        if let Err(message) = intact(member) {
            return bad(message);
        }
        let _turn = (!is_small(member)).then(|| lock(&self.large));
        let mut record = match verified(member) {
            Ok(record) => record,
            Err(message) => return bad(message),
        };
        record.source.pack = Some(FromPack { file: self.file.clone(), verified: false });
        let symbol = record.symbol.to_string();
        let statements = record.statements().count() as u64;
        let origin = format!("pack {}", crate::import::words::to_hex(&member.sum));
        let known = self.origins.get(&member.name).is_some_and(|known| known.words == origin);
        if known {
            return Done::Stands { symbol, put: Put::Same, statements };
        }
        let file = PathBuf::from(&member.name);
        match self.here.verdict(&file, &record, self.replace) {
            Ok(Verdict::Same(_)) => Done::Stands { symbol, put: Put::Same, statements },
            Ok(Verdict::Kept(_)) => Done::Stands { symbol, put: Put::Kept, statements },
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

/// A lock whose holder panicked holds nothing half-done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
