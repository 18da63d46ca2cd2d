//! Signals that come from a fault in a thread: SIGBUS when a mapped file was cut off, SIGABRT when memory is
//! used up.
//!
//! Another thread has to give the terminal back before such a signal ends the process, so the thread with the
//! fault must not come back from the signal handler: it would repeat its fault, and the system ends the
//! process then. Two things are needed for that, both without `unsafe`.

use std::io::{self, Write as _};
use std::time::Duration;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{pipe, raise};

/// How long the thread that ends the process may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a SIGABRT means: the standard library aborts where there is no memory.
pub const ABORTED: &str = "spv: there is not enough memory, or there is a fault in the program\n";
/// What a SIGBUS means here: the index for search is the only file that is mapped.
pub const CUT_OFF: &str = "spv: the index for search was cut off, or its disk failed, while it was in use; the next search makes it again\n";

/// Takes away the handler that the standard library has for a signal (it looks for stack overflows, which on
/// Linux are SIGSEGV and never this one). Called after a fault it would restore the default, before anybody
/// else is told, and the process would be gone. It does the same for a signal that is merely sent, and lets
/// the program go on.
///
/// To be called once, before a handler is registered.
pub fn take_from_std(signal: i32) {
    if is_caught(signal) {
        // A signal that cannot be raised leaves things as they are.
        let _ = raise(signal);
    }
}

/// Whether the process has a handler for a signal; `false` where the system does not tell.
fn is_caught(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// From now on a thread that gets one of these signals waits in its handler for ever. The thread that ends the
/// process must have registered before.
///
/// A signal that somebody sends, and that is no fault of a thread, may be handled by any thread, that one
/// included. So a second thread waits for these signals, and calls `end` with the first of them if the process
/// is still there after a second. Without a further thread it is left out.
///
/// # Errors
/// When the system has no more descriptors.
pub fn hold_threads(signals: &[i32], end: fn(i32)) -> io::Result<()> {
    let mut told = Signals::new(signals)?;
    let wait = move || {
        for signal in told.forever().take(1) {
            std::thread::sleep(PATIENCE);
            end(signal);
        }
    };
    let _ = std::thread::Builder::new().name("faults".to_owned()).spawn(wait);
    let (reader, writer) = io::pipe()?;
    for signal in signals {
        pipe::register(*signal, writer.try_clone()?)?;
    }
    // Registering made it a pipe that does not wait: it is filled like that, and waits from then on.
    while (&writer).write(&[0; 4096]).is_ok() {}
    while (&writer).write(&[0]).is_ok() {}
    fcntl_setfl(&writer, fcntl_getfl(&writer)? - OFlags::NONBLOCK)?;
    // Without a reader a write would fail at once.
    std::mem::forget(reader);
    Ok(())
}
