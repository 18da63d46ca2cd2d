//! Signals and the memory limit of a command.
//!
//! Ctrl-C (SIGINT) and SIGTERM end a command at once, as any program, except while a [`Stop`] exists: then
//! the first signal sets its flag, and the work checks the flag and cleans up. Work that has not ended
//! [`PATIENCE`] later is ended by a separate thread, and a second signal ends it at once. Both are safe at
//! any moment: finished files are whole, and the next run removes unfinished ones.
//!
//! Records may come from anybody, and a small file can unpack into a large text. Memory is bounded wherever it is
//! known to grow; the limit here is for the rest. Beyond it an allocation fails, the standard library prints one
//! line, and the command ends with exit code 3, which is better than a host that swaps or kills another program.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use signal_hook::consts::{SIGBUS, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::args::Command;
use super::out::{Answer, Failure};
use crate::terminal::{faults, guard};

/// How long work may take to end after the first signal; longer in debug builds, which are much slower.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3000 } else { 500 });
/// The exit code after Ctrl-C, as in shells; see [`with_signal_code`].
pub const INTERRUPTED: u8 = 130;

/// The signals that the process has received.
#[derive(Clone)]
struct Signalled {
    /// There is no [`Stop`]: a signal ends the process at once.
    idle: Arc<AtomicBool>,
    /// The last signal; 0 before the first.
    last: Arc<AtomicUsize>,
}

/// Set when first needed; if the system refuses, the next call tries again.
static SIGNALLED: Mutex<Option<Signalled>> = Mutex::new(None);
/// The number of [`Stop`]s.
static LISTENING: AtomicUsize = AtomicUsize::new(0);

/// A flag that the signals to stop work set.
#[derive(Debug)]
pub struct Stop {
    /// Set by the first signal.
    pub flag: Arc<AtomicBool>,
    listeners: Vec<signal_hook::SigId>,
    idle: Arc<AtomicBool>,
}

impl Stop {
    /// Listens from now until this is dropped.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> Result<Self, Failure> {
        Self::try_listen().map_err(|e| Failure::could_not(format!("cannot handle signals: {e}")))
    }

    fn try_listen() -> io::Result<Self> {
        let Signalled { idle, last } = install_handlers()?;
        LISTENING.fetch_add(1, Ordering::SeqCst);
        idle.store(false, Ordering::SeqCst);
        let flag = Arc::new(AtomicBool::new(false));
        let mut stop = Self { flag, listeners: Vec::new(), idle };
        for signal in [SIGINT, SIGTERM] {
            let flag = &stop.flag;
            let ids = [
                flag::register_conditional_default(signal, Arc::clone(flag))?,
                flag::register(signal, Arc::clone(flag))?,
            ];
            stop.listeners.extend(ids);
        }
        // A signal that arrived between two jobs stops the second.
        if last.load(Ordering::SeqCst) > 0 {
            stop.flag.store(true, Ordering::SeqCst);
        }
        Ok(stop)
    }

    /// Whether the user has stopped it.
    pub fn is_stopped(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        for id in std::mem::take(&mut self.listeners) {
            signal_hook::low_level::unregister(id);
        }
        if LISTENING.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.idle.store(true, Ordering::SeqCst);
        }
    }
}

/// Makes a command end with one line if the index is truncated while it is read.
pub fn watch_index() {
    // Without signals or threads, the system ends such a command in its way.
    let _ = install_handlers();
}

/// Installs the signal handlers of the process, once.
fn install_handlers() -> io::Result<Signalled> {
    let mut made = SIGNALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(signalled) = &*made {
        return Ok(signalled.clone());
    }
    let idle = Arc::new(AtomicBool::new(true));
    let last = Arc::new(AtomicUsize::new(0));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&idle))?;
        flag::register_usize(signal, Arc::clone(&last), usize::try_from(signal).unwrap_or(0))?;
    }
    faults::take_from_std(SIGBUS);
    // If no thread can be started, the second signal still ends the process.
    let _ = start_watcher();
    let signalled = Signalled { idle, last };
    *made = Some(signalled.clone());
    Ok(signalled)
}

/// Starts the thread that ends the process if the work does not end by itself.
fn start_watcher() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGBUS])?;
    let handle = signals.handle();
    let work = move || {
        for signal in signals.forever() {
            if signal == SIGBUS {
                end_after_fault(signal);
            }
            std::thread::sleep(PATIENCE);
            // Work that has ended may still be printing its result.
            if LISTENING.load(Ordering::SeqCst) > 0 {
                let terminal = io::stderr().is_terminal();
                // Below the line of progress.
                guard::say(if terminal { "\n" } else { "" });
                guard::say("spv: interrupted; finished work is kept\n");
                std::process::exit(128 + signal);
            }
        }
    };
    let thread = std::thread::Builder::new().name("signals".to_owned()).spawn(work);
    if let Err(error) = thread {
        handle.close();
        return Err(error);
    }
    faults::hold_threads(&[SIGBUS], end_after_fault)
}

/// Ends the process after a fault in a thread.
fn end_after_fault(_signal: i32) {
    guard::say(faults::CUT_OFF);
    std::process::exit(3);
}

/// Gives an interrupted command the exit code of the signal that stopped it.
pub(super) fn with_signal_code(answer: Answer) -> Answer {
    answer.map_err(|failure| {
        let made = SIGNALLED.lock().unwrap_or_else(PoisonError::into_inner);
        let last = made.as_ref().map_or(0, |s| s.last.load(Ordering::SeqCst));
        let code = u8::try_from(128 + last).unwrap_or(INTERRUPTED);
        if failure.code == INTERRUPTED && last > 0 { Failure { code, ..failure } } else { failure }
    })
}

/// The memory limit in bytes, for the heap and the stacks of the threads.
const BUDGET: u64 = 512 << 20;

/// Whether a command is limited from its start. Creating an index takes more and has bounds of its own; a
/// search is limited once there is an index.
pub(super) fn has_memory_limit(command: &Command) -> bool {
    !matches!(
        command,
        Command::Import(_)
            | Command::Get(_)
            | Command::Index(_)
            | Command::Pack(_)
            | Command::Search(_)
            | Command::Queries(_)
            | Command::Like(_)
    )
}

/// The memory limit, in effect until this is dropped.
pub(super) struct MemoryLimit {
    before: Rlimit,
}

impl MemoryLimit {
    /// Sets the limit, unless the process already has a lower one.
    pub(super) fn begin() -> Self {
        let before = getrlimit(Resource::Data);
        let most = before.current.map_or(BUDGET, |most| most.min(BUDGET));
        // Systems without such a limit run without it.
        let _ = setrlimit(Resource::Data, Rlimit { current: Some(most), ..before });
        Self { before }
    }
}

impl Drop for MemoryLimit {
    fn drop(&mut self) {
        let _ = setrlimit(Resource::Data, self.before);
    }
}
