//! Signals and memory: long work is stopped cleanly, and a command takes no more memory than it should.
//!
//! Long work is stopped cleanly: what is done is kept, and nothing half-done is left.
//!
//! Ctrl-C (SIGINT) and the request to end (SIGTERM) end a command at once, as they do any program, except while a
//! [`Stop`] listens: then the first of them sets its flag, and whoever works looks at that and tidies up. Work
//! that has not come to its end [`PATIENCE`] later is ended by a thread of its own, and a second signal ends it
//! at once. Both are safe at any moment: finished files are whole, and the next run removes unfinished ones.

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

/// How long work may take to come to its end after the first signal: in a program that was built to be tested,
/// which is much slower, longer.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3000 } else { 500 });
/// The exit code of a program that Ctrl-C stopped, as shells have it; see [`code_of`].
pub const INTERRUPTED: u8 = 130;

/// What the process knows of the signals.
#[derive(Clone)]
struct Signalled {
    /// Nobody tidies up: a signal ends the process at once.
    idle: Arc<AtomicBool>,
    /// The last signal; 0 before the first.
    last: Arc<AtomicUsize>,
}

/// Made when it is first needed; what the system refused is tried again the next time.
static SIGNALLED: Mutex<Option<Signalled>> = Mutex::new(None);
/// How many listen.
static LISTENING: AtomicUsize = AtomicUsize::new(0);

/// The signals that stop work, as a flag.
#[derive(Debug)]
pub struct Stop {
    /// Set by the first of them.
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
        Self::try_listen().map_err(|e| Failure::could_not(format!("signals: {e}")))
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
        // One that came between two jobs stops the second.
        if last.load(Ordering::SeqCst) > 0 {
            stop.flag.store(true, Ordering::SeqCst);
        }
        Ok(stop)
    }

    /// Whether the person has stopped it.
    #[must_use]
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

/// From now on an index that is cut off while a command reads it ends the command with one line.
pub fn watch_index() {
    // Without signals or threads such a command ends as the system has it.
    let _ = install_handlers();
}

/// Registers for the signals of the process, once.
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
    // Where there can be no further thread, the second signal is what ends it.
    let _ = start_watcher();
    let signalled = Signalled { idle, last };
    *made = Some(signalled.clone());
    Ok(signalled)
}

/// Starts the thread that ends the process where nobody else does.
fn start_watcher() -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGBUS])?;
    let handle = signals.handle();
    let work = move || {
        for signal in signals.forever() {
            if signal == SIGBUS {
                guard::say(faults::CUT_OFF);
                std::process::exit(3);
            }
            std::thread::sleep(PATIENCE);
            // Work that has come to its end may still be telling so.
            if LISTENING.load(Ordering::SeqCst) > 0 {
                let terminal = io::stderr().is_terminal();
                // Below the line that says how far it is.
                guard::say(if terminal { "\n" } else { "" });
                guard::say("spv: stopped; what is done is kept\n");
                std::process::exit(128 + signal);
            }
        }
    };
    let thread = std::thread::Builder::new().name("signals".to_owned()).spawn(work);
    if let Err(error) = thread {
        handle.close();
        return Err(error);
    }
    faults::hold_threads(&[SIGBUS])
}

/// The answer of a command, with the exit code that the signal has which stopped it.
pub(super) fn with_signal_code(answer: Answer) -> Answer {
    answer.map_err(|failure| {
        let made = SIGNALLED.lock().unwrap_or_else(PoisonError::into_inner);
        let last = made.as_ref().map_or(0, |s| s.last.load(Ordering::SeqCst));
        let code = u8::try_from(128 + last).unwrap_or(INTERRUPTED);
        if failure.code == INTERRUPTED && last > 0 { Failure { code, ..failure } } else { failure }
    })
}

/// The memory of a command, in bytes, that is not a file: its heap and the stacks of its threads.
const BUDGET: u64 = 512 << 20;

/// Whether a command has the budget from its start. What makes an index takes more, and has bounds of its own;
/// a search has the budget from when there is an index.
pub(super) fn has_memory_limit(command: &Command) -> bool {
    !matches!(
        command,
        Command::Import(_)
            | Command::Get(_)
            | Command::Index(_)
            | Command::Pack(_)
            | Command::Search(_)
    )
}

/// The budget is in force until this is dropped.
pub(super) struct MemoryLimit {
    before: Rlimit,
}

impl MemoryLimit {
    /// Takes no more than the budget from now on, nor more than the process was allowed before.
    pub(super) fn begin() -> Self {
        let before = getrlimit(Resource::Data);
        let most = before.current.map_or(BUDGET, |most| most.min(BUDGET));
        // A system without this limit goes on without it.
        let _ = setrlimit(Resource::Data, Rlimit { current: Some(most), ..before });
        Self { before }
    }
}

impl Drop for MemoryLimit {
    fn drop(&mut self) {
        let _ = setrlimit(Resource::Data, self.before);
    }
}
