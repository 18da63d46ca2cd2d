//! Work in numbered pieces, shared by the processors.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many processors there are to share work, at most so many: no more than there is work.
pub(crate) fn processors(most: usize) -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(most).max(1)
}

/// Does so many pieces of work, a thread for each state; each takes the next piece when it is done with one, so
/// that dear pieces hold up one thread alone. Pieces reach a state in rising order.
///
/// What comes of them, in their order; `None` for a piece given up, and for those of a thread that failed.
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
        let others: Vec<_> = states.map(|state| scope.spawn(move || take(state))).collect();
        let mut done = take(mine);
        for other in others {
            done.extend(other.join().unwrap_or_default());
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
