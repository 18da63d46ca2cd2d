//! Long work is stopped cleanly: what is done is kept, and nothing half-done is left.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The exit code of a program that Ctrl-C stopped, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Ctrl-C and the request to end, as a flag; a second one ends the program at once.
#[derive(Debug)]
pub struct Stop {
    /// Set by the first of them.
    pub flag: Arc<AtomicBool>,
    listeners: Vec<signal_hook::SigId>,
}

impl Stop {
    /// Listens from now until this is dropped.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> io::Result<Self> {
        let mut stop = Self { flag: Arc::new(AtomicBool::new(false)), listeners: Vec::new() };
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            let flag = &stop.flag;
            let ids = [
                signal_hook::flag::register_conditional_default(signal, Arc::clone(flag))?,
                signal_hook::flag::register(signal, Arc::clone(flag))?,
            ];
            stop.listeners.extend(ids);
        }
        Ok(stop)
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        for id in std::mem::take(&mut self.listeners) {
            signal_hook::low_level::unregister(id);
        }
    }
}
