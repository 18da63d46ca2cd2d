//! Which rows could be moved instead of written again.
//!
//! Only proposals: the renderer writes each out and keeps the shortest.

use super::grid::{Grid, Tile};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Rows from `top` to `bottom`, both in, that move up by `by`, or down where it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The first row of the region.
    pub top: u16,
    /// The last.
    pub bottom: u16,
    /// How far the rows move up.
    pub by: i32,
}

impl Shift {
    /// How many rows it opens at one end, at most those it has.
    pub fn rows(&self) -> u16 {
        let rows = u16::try_from(self.by.unsigned_abs()).unwrap_or(u16::MAX);
        rows.min(self.bottom.saturating_sub(self.top) + 1)
    }
}

/// A row reduced to what is asked of it here.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Print {
    hash: u64,
    /// About as many bytes as writing it takes.
    cost: i64,
}

/// A shift that saves fewer bytes than this does not pay for its margins and moves.
const LEAST_GAIN: i64 = 24;

/// What it takes to come to a row and erase it.
const ERASING: i64 = 6;

/// How many proposals are worth the time of writing them out.
const MOST: usize = 3;

/// The most promising shifts from one screen to another of the same size, best first.
pub fn candidates(base: &Grid, next: &Grid) -> Vec<Shift> {
    let height = i32::from(next.height);
    let (old, new) = (prints(base), prints(next));
    let mut found: Vec<(i64, Shift)> = (1 - height..height)
        .filter(|&by| by != 0)
        .filter_map(|by| best_region(&old, &new, by))
        .filter(|(gain, _)| *gain >= LEAST_GAIN)
        .collect();
    found.sort_by_key(|(gain, shift)| (-gain, shift.by.abs()));
    found.into_iter().take(MOST).map(|(_, shift)| shift).collect()
}

fn prints(grid: &Grid) -> Vec<Print> {
    (0..grid.height)
        .map(|y| {
            let row = grid.row(y);
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            let cost: i64 = row.iter().filter(|tile| !tile.is_blank()).map(bytes).sum();
            let cost = cost.max(ERASING);
            Print { hash: hasher.finish(), cost }
        })
        .collect()
}

fn bytes(tile: &Tile) -> i64 {
    i64::from(tile.width()).max(1)
}

/// The stretch of rows that gains most when moved by `by`, with what it gains.
///
/// A row that is right after the move and was not before gains its cost; one that was right and
/// is not any more loses it; the best stretch of the sums is found in one pass.
fn best_region(old: &[Print], new: &[Print], by: i32) -> Option<(i64, Shift)> {
    let (mut best, mut best_rows) = (0, None);
    let (mut sum, mut from) = (0, 0);
    for y in 0..new.len() {
        let Some(came) = source(old, y, by) else {
            (sum, from) = (0, y + 1);
            continue;
        };
        let (right_after, right_before) = (*came == new[y], old[y] == new[y]);
        sum += match (right_after, right_before) {
            (true, false) => new[y].cost,
            (false, true) => -new[y].cost,
            _ => 0,
        };
        if sum <= 0 {
            (sum, from) = (0, y + 1);
        } else if sum > best {
            (best, best_rows) = (sum, Some((from, y)));
        }
    }
    let (first, last) = best_rows?;
    let by_rows = by.unsigned_abs() as usize;
    let (top, bottom, opened) = if by > 0 {
        (first, last + by_rows, last + 1..last + 1 + by_rows)
    } else {
        (first.checked_sub(by_rows)?, last, first - by_rows..first)
    };
    let lost: i64 = opened.map(|y| if old[y] == new[y] { new[y].cost } else { 0 }).sum();
    let shift = Shift { top: u16::try_from(top).ok()?, bottom: u16::try_from(bottom).ok()?, by };
    Some((best - lost, shift))
}

/// The row that comes to `y` when all move up by `by`.
fn source(old: &[Print], y: usize, by: i32) -> Option<&Print> {
    let from = i64::try_from(y).ok()? + i64::from(by);
    old.get(usize::try_from(from).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::caps::SAFEST;
    use ratatui::buffer::Buffer;

    fn grid(rows: &[&str]) -> Grid {
        Grid::new(&Buffer::with_lines(rows.iter().copied()), &SAFEST, None)
    }

    #[test]
    fn the_moved_stretch_is_found_between_rows_that_stay() {
        let long: Vec<String> =
            (0..8).map(|n| format!("invented line {n} of some length to be worth it")).collect();
        let line = |n: usize| long[n].as_str();
        let base = grid(&["title", line(0), line(1), line(2), line(3), "status 1                "]);
        let up = grid(&["title", line(1), line(2), line(3), line(4), "status 2                "]);
        let shift = |by| Shift { top: 1, bottom: 4, by };
        assert_eq!(candidates(&base, &up).first(), Some(&shift(1)));
        assert_eq!(candidates(&up, &base).first(), Some(&shift(-1)));
        assert_eq!(candidates(&base, &base), []);
        let far = grid(&["title", line(3), line(4), line(5), line(6), "status"]);
        assert_eq!(candidates(&base, &far).first(), Some(&shift(3)));
    }
}
