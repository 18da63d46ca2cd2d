//! The thread that answers questions: at most one waits, and a newer one cancels the older.
//!
//! It also keeps places, so that a slow disk never holds up a key; every place handed over is
//! written before the thread ends.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::app::action::{Answer, Question};
use crate::app::export::Exportable;
use crate::app::number::thousands;
use crate::cli::clock;
use crate::desk::history::{self, Kind};
use crate::desk::queries::{self, Look};
use crate::desk::{Desk, Place, drafts, session};
use crate::library::{Library, Problem};
use crate::record::{Language, Record, Symbol};
use crate::search::catch_panic::catch_fault;

use super::answers::Sources;
use super::desk::left_at;
use super::start;
use super::{export, searching};

/// How often it is told how far an export is.
const TOLD: Duration = Duration::from_millis(250);

/// What the worker is handed.
pub enum Job {
    /// Answer a question.
    Ask { number: u64, question: Question, cancelled: Arc<AtomicBool> },
    /// Keep a place.
    Keep(Box<Place>),
    /// Keep the places of the open records at the end, for the next time.
    Session(Vec<Place>),
    /// Write an export.
    Export(Box<Exportable>),
    /// Keep a query of the search screen.
    Query(String),
    /// Remember a look at a kept query.
    See(Box<Look>),
    /// Ask a kept query, by its name and its words, and remember everything that it finds as seen.
    SeeAll(String, String),
    /// A record was fetched: look for it in the library, or in the one that was made for it.
    Fetched(Symbol, Option<Box<Library>>),
    /// Gather the names to find.
    Prepare(Arc<AtomicBool>),
    /// No index can be kept: a small library is indexed in memory when it is first searched.
    Unindexed,
    /// Nothing more.
    End,
}

/// The worker, seen from the loop.
pub struct Worker {
    jobs: Sender<Job>,
    cancel: Mutex<Arc<AtomicBool>>,
    thread: Option<JoinHandle<()>>,
}

/// What the worker says.
pub enum Said {
    /// The answer to a question.
    Answer(u64, Answer),
    /// The library as it is now, where it changed since it was opened.
    Library(Arc<Library>),
    /// Records that failed when they were to be read.
    Unread(Vec<Problem>),
    /// The latest queries of the search screen, the newest first.
    Queries(Vec<String>),
    /// How many queries are kept.
    CountedKept(usize),
    /// How many bytes of the record that is being fetched came, and how many there are.
    Fetching(u64, Option<u64>),
    /// A record was fetched, and the library that was made for it, if there was none; or it was not: why,
    /// in one line.
    Fetched(Symbol, Result<Option<Box<Library>>, String>),
    /// The record that was fetched is in the library, which was said before.
    Here(Symbol),
    /// The index for full text is being made: how many records of how many are read.
    Indexing {
        /// Records read.
        done: usize,
        /// The number of records.
        total: usize,
    },
    /// The index for full text is up to date.
    Indexed,
    /// The index was found damaged when a question was put to it.
    Damaged,
    /// The index could not be made or brought up to date: why, and whom to ask, in one line.
    Unindexed(String),
    /// Something the person should know, in one line; the answer to no question.
    Message(String),
}

impl Worker {
    /// Starts the thread.
    pub fn start(
        library: Arc<Library>,
        own: Own,
        say: impl Fn(Said) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (jobs, inbox) = channel();
        let work = move || WorkerThread::new(library, own, say).run(&inbox);
        let thread = std::thread::Builder::new().name("answers".to_owned()).spawn(work)?;
        let cancel = Mutex::new(Arc::new(AtomicBool::new(false)));
        Ok(Self { jobs, cancel, thread: Some(thread) })
    }

    /// Puts a question and gives up the one before it.
    pub fn ask(&self, number: u64, question: Question) {
        let cancelled = Arc::new(AtomicBool::new(false));
        if let Ok(mut current) = self.cancel.lock() {
            current.store(true, Ordering::Relaxed);
            *current = Arc::clone(&cancelled);
        }
        self.send(Job::Ask { number, question, cancelled });
    }

    /// Gathers the names to find while nothing else is to be done.
    pub fn prepare(&self) {
        let cancelled = self.cancel.lock().map_or_else(|_| Arc::default(), |now| Arc::clone(&now));
        self.send(Job::Prepare(cancelled));
    }

    /// Ends the thread when everything handed over is kept.
    pub fn end(mut self) {
        if let Ok(current) = self.cancel.lock() {
            current.store(true, Ordering::Relaxed);
        }
        self.send(Job::End);
        if let Some(thread) = self.thread.take() {
            // A panic in the thread has already been reported by its hook.
            let _ = thread.join();
        }
    }

    /// Hands over a job.
    pub fn send(&self, job: Job) {
        // The thread lives as long as the worker; if it died there is nobody left to tell.
        let _ = self.jobs.send(job);
    }
}

/// What the thread works with.
struct WorkerThread<S> {
    sources: Sources,
    desk: Desk,
    /// Where the open records are kept for the next time; `None` to keep nothing.
    folder: Option<PathBuf>,
    /// What is told once was told.
    prepared: bool,
    say: S,
}

impl<S: Fn(Said)> WorkerThread<S> {
    fn new(library: Arc<Library>, own: Own, say: S) -> Self {
        let folder = own.desk.clone().filter(|_| !own.private);
        let desk = match folder.as_deref().map(Desk::open) {
            Some((desk, warning)) => {
                if let Some(warning) = warning {
                    say(Said::Message(warning));
                }
                desk
            }
            None => Desk::private(),
        };
        if let Some(adopted) = own.desk.as_deref().and_then(drafts::adopt) {
            say(Said::Message(adopted));
        }
        let mut sources = Sources::new(library);
        sources.set_desk(own.desk);
        sources.prefer(own.language);
        Self { sources, desk, folder, prepared: false, say }
    }

    fn run(&mut self, inbox: &Receiver<Job>) {
        while let Ok(first) = inbox.recv() {
            let mut newest = None;
            let mut prepare = None;
            for job in std::iter::once(first).chain(inbox.try_iter()) {
                match job {
                    Job::Ask { number, question, cancelled } => {
                        newest = Some((number, question, cancelled));
                    }
                    Job::Keep(place) => self.keep(*place),
                    Job::Session(open) => self.keep_session(open),
                    Job::Export(export) => self.contain(|work| work.export(&export)),
                    Job::Query(query) => self.keep_query(query),
                    Job::See(look) => self.contain(|work| work.see(&look)),
                    Job::SeeAll(name, query) => self.contain(|work| work.see_all(&name, &query)),
                    Job::Fetched(symbol, made) => {
                        self.contain(|work| work.look_for_fetched(made));
                        (self.say)(Said::Here(symbol));
                    }
                    Job::Prepare(cancelled) => prepare = Some(cancelled),
                    Job::Unindexed => self.sources.index_in_memory(),
                    Job::End => return,
                }
            }
            match newest {
                Some((number, question, cancelled)) => {
                    let desk = &self.desk;
                    let place = |record: &Record| left_at(desk, record);
                    let part = &mut |part| {
                        if !cancelled.load(Ordering::Relaxed) {
                            (self.say)(Said::Answer(number, part));
                        }
                    };
                    let answer =
                        catch_fault(|| self.sources.answer(&question, place, &cancelled, part));
                    let answer = answer.unwrap_or_else(|fault| {
                        // What the question was answered from may be left half-changed.
                        self.sources = self.sources.renewed(Arc::clone(&self.sources.library));
                        searching::failed(&question, fault)
                    });
                    if !cancelled.load(Ordering::Relaxed) {
                        (self.say)(Said::Answer(number, answer));
                    }
                    let unread = self.sources.take_unread();
                    if !unread.is_empty() {
                        (self.say)(Said::Unread(unread));
                    }
                    if self.sources.found_damage() {
                        (self.say)(Said::Damaged);
                    }
                }
                None => {
                    let prepare = prepare.iter();
                    prepare.for_each(|cancelled| self.contain(|work| work.prepare(cancelled)));
                }
            }
        }
    }

    /// Does a job that answers no question; a fault in it is said, and the reader stays open.
    fn contain(&mut self, job: impl FnOnce(&mut Self)) {
        if let Err(fault) = catch_fault(|| job(self)) {
            (self.say)(Said::Message(fault));
        }
    }

    /// The full check of the library, which the first screen did not wait for, the names and the
    /// table of references.
    fn prepare(&mut self, cancelled: &AtomicBool) {
        if !std::mem::replace(&mut self.prepared, true) {
            self.tell_queries();
            self.count_kept();
        }
        self.refresh();
        self.sources.prepare();
        if !cancelled.load(Ordering::Relaxed) {
            self.sources.prepare_references(cancelled);
        }
    }

    /// Reads what changed in the library.
    fn refresh(&mut self) {
        match self.sources.library.refresh() {
            Ok(Some(changed)) => self.renew(changed),
            Ok(None) => {}
            Err(error) => (self.say)(Said::Message(error.to_string())),
        }
    }

    /// From now on this is the library.
    fn renew(&mut self, library: Library) {
        let library = Arc::new(library);
        self.sources = self.sources.renewed(Arc::clone(&library));
        (self.say)(Said::Library(library));
    }

    /// Takes the library that was made for a fetched record, or looks for it in the one that is open.
    fn look_for_fetched(&mut self, made: Option<Box<Library>>) {
        match made {
            Some(made) => self.renew(*made),
            None => self.refresh(),
        }
    }

    /// The queries that can be recalled; with `--private` those of this session alone.
    fn tell_queries(&self) {
        // A folder that cannot be read was said with the places; a query that cannot be kept is said then.
        if let Some(Ok((queries, warning))) = self.folder.as_deref().map(history::all) {
            let of_search = queries.into_iter().filter(|query| query.kind == Kind::Search);
            (self.say)(Said::Queries(of_search.map(|query| query.query).collect()));
            if let Some(warning) = warning {
                (self.say)(Said::Message(warning));
            }
        }
    }

    /// A look at a kept query, which its owner asked for: `--private` does not forbid it.
    fn see(&mut self, look: &Look) {
        if let Some(why) = self.sources.see(look, start::now()) {
            (self.say)(Said::Message(why));
        }
    }

    fn see_all(&mut self, name: &str, query: &str) {
        if let Some(why) = self.sources.see_all(name, query, start::now()) {
            (self.say)(Said::Message(why));
        }
    }

    /// How many queries are kept; what is wrong with the file is said when it is opened.
    fn count_kept(&self) {
        if let Some(Ok((kept, _))) = self.sources.desk_folder().map(queries::all) {
            (self.say)(Said::CountedKept(kept.len()));
        }
    }

    fn keep_query(&mut self, query: String) {
        let query = history::Query { kind: Kind::Search, query, at: start::now() };
        match self.folder.as_deref().map(|dir| history::add(dir, query)) {
            Some(Err(error)) => (self.say)(Said::Message(error.to_string())),
            Some(Ok(Some(warning))) => (self.say)(Said::Message(warning)),
            Some(Ok(None)) | None => {}
        }
    }

    fn keep_session(&mut self, open: Vec<Place>) {
        if let Some(Err(error)) = self.folder.as_deref().map(|dir| session::keep(dir, open)) {
            (self.say)(Said::Message(error.to_string()));
        }
    }

    fn export(&mut self, export: &Exportable) {
        let today = clock::today().0;
        let say = &self.say;
        let mut told = Instant::now();
        let mut progress = |done: usize, all: usize, what: &str| {
            if told.elapsed() >= TOLD && done < all {
                told = Instant::now();
                let (done, all) = (thousands(done), thousands(all));
                say(Said::Message(format!("writing {}: {done} of {all} {what}", export.name)));
            }
        };
        let said = export::carry_out(&mut self.sources, export, today, &mut progress);
        (self.say)(Said::Message(said.unwrap_or_else(|message| message)));
    }

    fn keep(&mut self, place: Place) {
        if let Err(error) = self.desk.keep_place(place) {
            (self.say)(Said::Message(error.to_string()));
        }
    }
}

/// The person's own folder.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The folder; `None` where there is none.
    pub desk: Option<PathBuf>,
    /// Places and queries are not kept; notes and marks are, because the person asks for each.
    pub private: bool,
    /// The preferred language.
    pub language: Option<Language>,
}
