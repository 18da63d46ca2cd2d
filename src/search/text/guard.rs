//! Where a panic is caught: tantivy trusts its files, and a damaged one may make it panic.
//!
//! Such a panic is an error like another. Whoever reports panics asks [`is_guarded`] first, so that
//! nobody is told of one that is dealt with, and no terminal is given back because of it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic in this thread is caught and dealt with here, or in a thread of tantivy's own, which
/// hands it on as an error.
#[must_use]
pub fn is_guarded() -> bool {
    let of_tantivy = |name: &str| {
        ["thrd-tantivy", "segment_updater", "merge_thread"].iter().any(|own| name.starts_with(own))
    };
    GUARDED.get() || std::thread::current().name().is_some_and(of_tantivy)
}

/// Does some work; `None` where it panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done.ok()
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
