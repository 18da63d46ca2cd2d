//! The thread of long jobs: it brings the index of the open library up to date, so that full text knows
//! every record, while one reads, and fetches records that the person asked for.
//!
//! It starts after the first screen, works at a low priority, and says how far it is. Where another
//! program is making the index it waits for that; where the library may not be written it says whom
//! to ask, once. It is not waited for at the end: what it had committed is kept, and the next one goes
//! on from there.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::cli::get::Fetcher;
use crate::library::{Library, reason};
use crate::record::Symbol;
use crate::search::catch_panic::catch_fault;
use crate::search::index::{self, IndexError, IndexState, Progress};

use super::worker::Said;

/// So often it is looked whether another program has ended its work at the index.
const WAIT: Duration = Duration::from_secs(2);
/// So often it is said how far it is.
const TELL: Duration = Duration::from_millis(500);

/// The thread, seen from the loop.
pub struct Indexing {
    jobs: Sender<Task>,
}

/// What is to be done.
enum Task {
    /// Bring an index up to date.
    Index(Job),
    /// Fetch a record.
    Fetch(Symbol),
}

/// An index to bring up to date.
#[derive(Clone)]
struct Job {
    library: Arc<Library>,
    /// The index was found damaged: its bytes are looked at even where it seems to be up to date.
    mend: bool,
}

impl Indexing {
    /// Starts the thread, which waits for a library. `cache` is the folder where indexes of libraries are
    /// kept that may not be written. Where there can be no further thread that is said, and one reads on.
    pub fn start(
        cache: Option<PathBuf>,
        fetcher: Fetcher,
        say: impl Fn(Said) + Clone + Send + 'static,
    ) -> Self {
        let (jobs, inbox) = channel();
        let tell = say.clone();
        let work = move || IndexingThread { cache, fetcher, say }.run(&inbox);
        let thread = std::thread::Builder::new().name("indexing".to_owned()).spawn(work);
        if let Err(error) = thread {
            tell(Said::Unindexed(format!("No index could be made: {}.", reason(&error))));
        }
        Self { jobs }
    }

    /// Brings the index of a library up to date, after what is being done.
    pub fn bring(&self, library: Arc<Library>) {
        self.send(Job { library, mend: false });
    }

    /// Makes the index of a library again, which was found damaged.
    pub fn mend(&self, library: Arc<Library>) {
        self.send(Job { library, mend: true });
    }

    /// Fetches a record, after what is being done; false where the thread is gone.
    pub fn fetch(&self, symbol: Symbol) -> bool {
        self.jobs.send(Task::Fetch(symbol)).is_ok()
    }

    fn send(&self, job: Job) {
        // Where the thread is gone there is nobody left to do it, and reading goes on.
        let _ = self.jobs.send(Task::Index(job));
    }
}

struct IndexingThread<S> {
    cache: Option<PathBuf>,
    fetcher: Fetcher,
    say: S,
}

impl<S: Fn(Said)> IndexingThread<S> {
    fn run(&self, inbox: &Receiver<Task>) {
        at_low_priority();
        let mut waiting: Option<Job> = None;
        // While another program makes the index, it is looked again after a while.
        let mut locked = false;
        loop {
            let first = match (&waiting, locked) {
                (None, _) => match inbox.recv() {
                    Ok(task) => Some(task),
                    Err(_) => return,
                },
                (Some(_), false) => None,
                (Some(_), true) => match inbox.recv_timeout(WAIT) {
                    Ok(task) => Some(task),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
            };
            for task in first.into_iter().chain(inbox.try_iter()) {
                match task {
                    // A person waits for it.
                    Task::Fetch(symbol) => self.fetch(symbol),
                    // Of several libraries only the latest matters.
                    Task::Index(newer) => {
                        let mend = newer.mend || waiting.is_some_and(|job| job.mend);
                        waiting = Some(Job { mend, ..newer });
                    }
                }
            }
            let Some(job) = &waiting else { continue };
            locked = match self.bring(job) {
                Err(IndexError::Locked { .. }) => true,
                done => {
                    (self.say)(match done {
                        Ok(()) => Said::Indexed,
                        Err(error) => Said::Unindexed(error.to_string()),
                    });
                    waiting = None;
                    false
                }
            };
        }
    }

    /// Fetches a record; a fault in it is said, and the thread goes on.
    fn fetch(&self, symbol: Symbol) {
        let mut told: Option<Instant> = None;
        let mut tell = |have, whole| {
            if have > 0 && told.is_none_or(|told| told.elapsed() >= TELL) {
                told = Some(Instant::now());
                (self.say)(Said::Fetching(have, whole));
            }
        };
        let fetched = catch_fault(|| self.fetcher.fetch(&symbol, &mut tell)).unwrap_or_else(Err);
        (self.say)(Said::Fetched(symbol, fetched.map(|made| made.map(Box::new))));
    }

    fn bring(&self, Job { library, mend }: &Job) -> Result<(), IndexError> {
        let cache = self.cache.as_deref();
        if !mend && index::index_state(library, cache) == IndexState::UpToDate {
            return Ok(());
        }
        let mut told: Option<Instant> = None;
        let mut tell = |progress: Progress| {
            if progress.merging || told.is_none_or(|told| told.elapsed() >= TELL) {
                told = Some(Instant::now());
                (self.say)(Said::Indexing { done: progress.done, total: progress.total });
            }
        };
        let never = AtomicBool::new(false);
        let mut done = index::update_where_allowed(library, cache, &never, &mut tell);
        if *mend && done.is_ok() {
            // With nothing left to take in, every byte is looked at, and a damaged index is made again.
            done = index::update_where_allowed(library, cache, &never, &mut tell);
        }
        done.map(drop)
    }
}

/// Whoever reads comes first. On other systems than Linux the priority would be that of the whole
/// program, and is left alone.
fn at_low_priority() {
    #[cfg(target_os = "linux")]
    {
        // That it cannot be lowered is no reason not to work.
        let _ = rustix::process::nice(10);
    }
}
