//! Where a panic is caught: below a search it is an error like another, and the reader stays open.
//!
//! Whoever reports panics asks [`is_caught`] first, so that nobody is told twice, and no terminal is given back
//! because of one that is dealt with. The place of the fault is kept for the one line that is said of it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Where the last panic that was caught came from, and what it said.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Whether a panic in this thread is caught and dealt with here, or in a thread of tantivy's own, which
/// hands it on as an error.
fn is_guarded() -> bool {
    let of_tantivy = |name: &str| {
        ["thrd-tantivy", "segment_updater", "merge_thread"].iter().any(|own| name.starts_with(own))
    };
    GUARDED.get() || std::thread::current().name().is_some_and(of_tantivy)
}

/// For the hook of panics: whether this one is caught. Its place is kept then.
#[must_use]
pub fn is_caught(panic: &PanicHookInfo<'_>) -> bool {
    let caught = is_guarded();
    if caught {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault(panic));
    }
    caught
}

/// A panic in one line: where, and what it said.
#[must_use]
pub fn fault(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("no words");
    match panic.location() {
        Some(at) => format!("{}:{}: {said}", at.file(), at.line()),
        None => said.to_owned(),
    }
}

/// The place of the last panic that was caught; it is told once.
pub(super) fn last_fault() -> Option<String> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Does some work; `None` where it panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done.ok()
}

/// Does some work of the reader, which stays open whatever happens in it.
///
/// # Errors
/// The fault, in one line, where it panicked.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    guarded(work).ok_or_else(|| super::IndexError::fault().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_guard_ends_with_it() {
        assert!(!is_guarded());
        assert_eq!(guarded(is_guarded), Some(true));
        let inner = guarded(|| {
            let none = guarded(|| std::panic::resume_unwind(Box::new("an invented fault")));
            (none, is_guarded())
        });
        assert_eq!(inner, Some((None::<()>, true)));
        assert!(!is_guarded());
    }
}
