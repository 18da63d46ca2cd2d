//! Catches panics in searches and in work on the index: they become an error, and the reader stays open.
//!
//! tantivy may panic on an index that changes while it is read. A panic hook asks [`is_caught_panic`] first, so
//! that a caught panic is reported once, by whoever gets the error, and does not restore the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// The last panic that was caught.
static LAST: Mutex<Option<Fault>> = Mutex::new(None);

/// A fault in the program: the place of the panic and its message.
#[derive(Debug, thiserror::Error)]
#[error("a fault in the program, not in what it reads: {0}; please report this line")]
pub struct Fault(String);

impl Fault {
    /// The fault that a panic reports.
    pub fn of(panic: &PanicHookInfo<'_>) -> Self {
        let message = panic.payload_as_str().unwrap_or("no words");
        Self(match panic.location() {
            Some(at) => format!("{}:{}: {message}", at.file(), at.line()),
            None => message.to_owned(),
        })
    }

    /// The fault of a panic that [`catch_panic`] just caught.
    pub(super) fn last() -> Self {
        take_last_fault().unwrap_or_else(|| Self("a panic".to_owned()))
    }
}

/// Whether a panic in this thread is caught here, or by a thread of tantivy, which returns it as an error.
fn is_catching() -> bool {
    let of_tantivy = |name: &str| {
        ["thrd-tantivy", "segment_updater", "merge_thread"].iter().any(|own| name.starts_with(own))
    };
    CATCHING.get() || std::thread::current().name().is_some_and(of_tantivy)
}

/// Whether a panic is caught, for a panic hook. The fault is kept for `Fault::last`.
pub fn is_caught_panic(panic: &PanicHookInfo<'_>) -> bool {
    let caught = is_catching();
    if caught {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Fault::of(panic));
    }
    caught
}

/// The last panic that was caught, returned once.
pub(super) fn take_last_fault() -> Option<Fault> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Runs `work`; `None` if it panicked.
pub(super) fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = CATCHING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(before);
    done.ok()
}

/// Runs `work` of the reader, which stays open if it panics.
///
/// # Errors
/// The fault in one line, if it panicked.
pub fn catch_fault<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_panic(work).ok_or_else(|| Fault::last().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_catching_ends_with_it() {
        assert!(!is_catching());
        assert_eq!(catch_panic(is_catching), Some(true));
        let inner = catch_panic(|| {
            let none = catch_panic(|| std::panic::resume_unwind(Box::new("an invented fault")));
            (none, is_catching())
        });
        assert_eq!(inner, Some((None::<()>, true)));
        assert!(!is_catching());
    }
}
