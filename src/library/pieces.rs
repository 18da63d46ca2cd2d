//! Work in numbered pieces, shared by the processors.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// How many processors there are to share work, at most so many: no more than there is work.
pub(crate) fn processors(most: usize) -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(most).max(1)
}

/// Starts a thread in a scope.
///
/// # Errors
/// When no further thread may be started: then the work is to be done without.
pub(crate) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    Builder::new().spawn_scoped(scope, work)
}

/// Starts some threads in a scope, or fewer where no more may be started: the work takes longer then.
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

/// Does so many pieces of work, a thread for each state; each takes the next piece when it is done with one, so
/// that dear pieces hold up one thread alone. Pieces reach a state in rising order.
///
/// What comes of them, in their order; `None` for a piece given up.
pub(crate) fn pieces<S: Send, T: Send>(
    count: usize,
    states: Vec<S>,
    work: impl Fn(&mut S, usize) -> Option<T> + Sync,
) -> Vec<Option<T>> {
    let next = AtomicUsize::new(0);
    let take = |mut state: S| {
        let mut done = Vec::new();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= count {
                return done;
            }
            done.push((piece, work(&mut state, piece)));
        }
    };
    let take = &take;
    let mut all: Vec<Option<T>> = (0..count).map(|_| None).collect();
    let mut states = states.into_iter();
    let Some(mine) = states.next() else { return all };
    std::thread::scope(|scope| {
        // What a thread that cannot be started would have done is done by the others.
        let others: Vec<_> =
            states.filter_map(|state| spawn(scope, move || take(state)).ok()).collect();
        let mut done = take(mine);
        for other in others {
            // An answer without the work of a thread that failed would be a wrong one.
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        for (piece, result) in done {
            all[piece] = result;
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_and_in_its_place() {
        for threads in [1, 2, 5] {
            let done = pieces(100, vec![0_usize; threads], |before, piece| {
                assert!(*before <= piece);
                *before = piece;
                (piece % 10 != 3).then_some(piece * 2)
            });
            assert_eq!(done.len(), 100);
            for (piece, result) in done.into_iter().enumerate() {
                assert_eq!(result, (piece % 10 != 3).then_some(piece * 2), "{threads} threads");
            }
        }
        assert_eq!(pieces(0, vec![(); 2], |(), piece| Some(piece)), []);
    }
}
