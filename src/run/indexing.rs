//! The thread of long jobs: it brings the index of the open library up to date, so that full text knows
//! every record, while one reads.
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

use crate::library::{Library, reason};
use crate::search::index::{self, IndexError, IndexState, Progress};

use super::worker::Said;

/// So often it is looked whether another program has ended its work at the index.
const WAIT: Duration = Duration::from_secs(2);
/// So often it is said how far it is.
const TELL: Duration = Duration::from_millis(500);

/// The thread, seen from the loop.
pub struct Indexing {
    jobs: Sender<Job>,
}

/// What is to be done.
#[derive(Clone)]
struct Job {
    library: Arc<Library>,
    /// The index was found damaged: its bytes are looked at even where it seems to be up to date.
    mend: bool,
}

impl Indexing {
    /// Starts the thread, which waits for a library. `cache` is the folder where indexes of libraries are
    /// kept that may not be written. Where there can be no further thread that is said, and one reads on.
    pub fn start(cache: Option<PathBuf>, say: impl Fn(Said) + Clone + Send + 'static) -> Self {
        let (jobs, inbox) = channel();
        let tell = say.clone();
        let work = move || IndexingThread { cache, say }.run(&inbox);
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

    fn send(&self, job: Job) {
        // Where the thread is gone there is nobody left to do it, and reading goes on.
        let _ = self.jobs.send(job);
    }
}

struct IndexingThread<S> {
    cache: Option<PathBuf>,
    say: S,
}

impl<S: Fn(Said)> IndexingThread<S> {
    fn run(&self, inbox: &Receiver<Job>) {
        at_low_priority();
        let mut next = inbox.recv().ok();
        while let Some(mut job) = next.take() {
            // Of several libraries only the latest matters.
            for newer in inbox.try_iter() {
                job = Job { mend: newer.mend || job.mend, ..newer };
            }
            next = match self.bring(&job) {
                Err(IndexError::Locked { .. }) => match inbox.recv_timeout(WAIT) {
                    Err(RecvTimeoutError::Timeout) => Some(job),
                    newer => newer.ok(),
                },
                done => {
                    (self.say)(match done {
                        Ok(()) => Said::Indexed,
                        Err(error) => Said::Unindexed(error.to_string()),
                    });
                    inbox.recv().ok()
                }
            };
        }
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
