//! The thread of the signals: it tells the loop of those that end the program, and ends the program itself
//! where the loop does not answer or cannot be waited for.
//!
//! However the program ends, the terminal is restored first. SIGKILL, SIGSTOP and the signals of a fault in
//! the machine's own terms (SIGSEGV, SIGILL, SIGFPE) cannot be handled.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGBUS, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
};
use signal_hook::iterator::Signals;

use crate::cli::out::Failure;
use crate::library::reason;
use crate::terminal::{faults, guard};

/// Signals by which somebody asks the program to end: the loop keeps the places first.
const ASKED: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
/// Signals that come from a fault in a thread.
const FAULTS: [i32; 2] = [SIGBUS, SIGABRT];
/// Signals that would end the program at once.
const AT_ONCE: [i32; 8] = [SIGALRM, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];
/// Those that only Linux has: for input, for the power supply, and the ones without a name.
#[cfg(target_os = "linux")]
fn of_the_system() -> Vec<i32> {
    use rustix::process::Signal;
    let named = [Signal::IO, Signal::POWER].map(Signal::as_raw);
    #[cfg(not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64")))]
    let named = [named.as_slice(), &[Signal::STKFLT.as_raw()]].concat();
    named.iter().copied().chain(34..=64).collect()
}
#[cfg(not(target_os = "linux"))]
fn of_the_system() -> Vec<i32> {
    vec![signal_hook::consts::SIGIO]
}

/// Starts the thread, which sends what a signal means to a loop.
///
/// # Errors
/// When the system has no more descriptors or threads.
pub(super) fn send<T: Send + 'static>(
    patience: Duration,
    to: Sender<T>,
    meaning: fn(i32) -> Option<T>,
) -> Result<(), Failure> {
    let tell = move |signal| {
        if let Some(event) = meaning(signal) {
            // A loop that has ended is ended for good by the thread itself.
            let _ = to.send(event);
        }
    };
    watch(patience, tell)
        .map_err(|e| Failure::could_not(format!("cannot use signals: {}", reason(&e))))
}

/// Starts the thread. `tell` is called for the signals that ask for the end, and for SIGCONT; if the program has
/// not ended `patience` after the first of them, the thread ends it.
///
/// # Errors
/// When the system has no more descriptors or threads.
fn watch(patience: Duration, tell: impl Fn(i32) + Send + 'static) -> io::Result<()> {
    faults::take_from_std(SIGBUS);
    let mut signals = Signals::new(ASKED.iter().chain(&FAULTS).chain(&AT_ONCE).chain(&[SIGCONT]))?;
    for signal in of_the_system() {
        // A system that keeps one of them for itself is no reason to do without the others.
        let _ = signals.handle().add_signal(signal);
    }
    let work = move || {
        for signal in signals.forever() {
            if ASKED.contains(&signal) {
                tell(signal);
                std::thread::sleep(patience);
            } else if signal == SIGCONT {
                tell(signal);
                continue;
            }
            end(signal);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(work)?;
    // Only now: without the thread nobody would end a process whose threads wait.
    faults::hold_threads(&FAULTS, |signal| end(signal))
}

/// Ends the program after `patience`, where the loop has not done so: its terminal is gone, and nobody may be left who
/// would send a signal.
pub(super) fn end_after(patience: Duration) {
    let work = move || {
        std::thread::sleep(patience);
        guard::restore_at_once();
        std::process::exit(3);
    };
    // Without a thread the loop is trusted to end.
    let _ = std::thread::Builder::new().name("end".to_owned()).spawn(work);
}

/// Ends the program, with the terminal as it was found. Nothing is asked of the memory, which may be used up.
fn end(signal: i32) -> ! {
    guard::restore_at_once();
    let code = match signal {
        SIGBUS => {
            guard::say(faults::CUT_OFF);
            3
        }
        SIGABRT => {
            guard::say(faults::ABORTED);
            3
        }
        _ => 128 + signal,
    };
    std::process::exit(code)
}
