//! Work in numbered pieces, shared by the processors.
//!
//! Not rayon, although tantivy brings it along:
//! - Its global pool panics where no thread can be started (`ulimit -u`). Here the calling thread works
//!   too, and does everything alone if it has to.
//! - A thread of a pool keeps the priority of whoever started the pool. A scoped thread inherits
//!   that of its caller, so that a low priority for indexing also holds for its helpers, and only there.
//! - It saves no time: a pool of two per call, which would avoid both, took 107 µs (mean of 3,000 with a
//!   hundred small pieces) and a scope 99 µs.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// The number of processors to share work, at most `most`: more threads than pieces of work help nobody.
pub(crate) fn processors(most: usize) -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(most).max(1)
}

/// Starts a thread in a scope.
///
/// # Errors
/// When no further thread can be started; the caller then does the work itself.
pub(crate) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    Builder::new().spawn_scoped(scope, work)
}

/// Starts up to `most` threads in a scope, fewer where the system refuses more.
///
/// # Errors
/// When not even one could be started.
pub(crate) fn spawn_some<'scope, W: FnOnce() + Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    most: usize,
    mut work: impl FnMut() -> W,
) -> io::Result<()> {
    for started in 0..most {
        if let Err(error) = spawn(scope, work()) {
            return if started > 0 { Ok(()) } else { Err(error) };
        }
    }
    Ok(())
}

/// Does pieces `0..count` of some work, with one thread for each state. A thread takes the next piece when
/// it has finished one, so that an expensive piece delays one thread only; each state sees its pieces in
/// rising order. Returns the results by piece, `None` for a piece that was given up.
pub(crate) fn parallel_map_with<S: Send, T: Send>(
    count: usize,
    states: Vec<S>,
    work: impl Fn(&mut S, usize) -> Option<T> + Sync,
) -> Vec<Option<T>> {
    let next = AtomicUsize::new(0);
    let work_off = |mut state: S| {
        let mut done = Vec::new();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= count {
                return done;
            }
            done.push((piece, work(&mut state, piece)));
        }
    };
    let work_off = &work_off;
    let mut all: Vec<Option<T>> = (0..count).map(|_| None).collect();
    let mut states = states.into_iter();
    let Some(mine) = states.next() else { return all };
    std::thread::scope(|scope| {
        // The pieces of a thread that cannot be started are done by the others.
        let others: Vec<_> =
            states.filter_map(|state| spawn(scope, move || work_off(state)).ok()).collect();
        let mut done = work_off(mine);
        for other in others {
            // Without the work of a thread that panicked the answer would be wrong.
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        for (piece, result) in done {
            all[piece] = result;
        }
    });
    all
}

/// [`parallel_map_with`] for work without a state, on all processors.
pub(crate) fn parallel_map<T: Send>(
    count: usize,
    work: impl Fn(usize) -> Option<T> + Sync,
) -> Vec<Option<T>> {
    parallel_map_with(count, vec![(); processors(count)], |(), piece| work(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_and_in_its_place() {
        for threads in [1, 2, 5] {
            let done = parallel_map_with(100, vec![0_usize; threads], |before, piece| {
                assert!(*before <= piece);
                *before = piece;
                (piece % 10 != 3).then_some(piece * 2)
            });
            assert_eq!(done.len(), 100);
            for (piece, result) in done.into_iter().enumerate() {
                assert_eq!(result, (piece % 10 != 3).then_some(piece * 2), "{threads} threads");
            }
        }
        assert_eq!(parallel_map_with(0, vec![(); 2], |(), piece| Some(piece)), []);
    }
}
