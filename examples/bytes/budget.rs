//! The budgets, and which of them were passed.
//!
//! They hold in the ordinary looks and on a slow line. Two differ: a selected row has a bar in the
//! ordinary looks and a mark where slow, and where slow the position is written when keys pause.

use std::time::Duration;

use super::script::{Kind, Measured};

/// What was found.
#[derive(Debug, Default)]
pub struct Verdict {
    passed: Vec<String>,
}

/// What is held to a figure, in the ordinary looks and where slow.
type Both<T> = (T, T);

/// Bytes at the most, median.
const MEDIAN: [(Kind, Both<usize>); 7] = [
    (Kind::Down, (92, 70)),
    (Kind::Up, (92, 70)),
    (Kind::Next, (300, 300)),
    (Kind::List, (190, 20)),
    (Kind::ListScrolled, (190, 190)),
    (Kind::Letter, (700, 700)),
    (Kind::Query, (700, 700)),
];
/// No line down or up may take more.
const LINE: usize = 105;
/// No letter may take more before the next one.
pub const LETTER: usize = 700;
/// The start may take so many beside the text.
const START: usize = 120;
/// A page may take so many times what `less` takes for a row.
const PAGE: f64 = 1.05;
/// A line in another script may take so many more than `less`.
const SCRIPT: usize = 15;
/// A held key must have settled by then.
const SETTLED: Duration = Duration::from_secs(3);

impl Verdict {
    /// The budgets that were passed, each in one line.
    pub fn passed(&self) -> &[String] {
        &self.passed
    }

    fn at_most(&mut self, what: &str, took: usize, most: usize) {
        if took > most {
            self.passed.push(format!("{what}: {took} bytes, {most} are the budget"));
        }
    }

    /// The English text, lists, find and search.
    pub fn reading(&mut self, name: &str, slow: bool, spv: &Measured, less: Option<&Measured>) {
        for (kind, most) in MEDIAN {
            let Some((median, _)) = spv.bytes(kind) else { continue };
            self.at_most(&format!("{name}, {}", kind.name()), median, of(slow, most));
        }
        for (kind, budget) in
            [(Kind::Down, LINE), (Kind::Up, LINE), (Kind::Letter, LETTER), (Kind::Query, LETTER)]
        {
            let most = spv.bytes(kind).map_or(0, |(_, most)| most);
            self.at_most(&format!("{name}, {} at most", kind.name()), most, budget);
        }
        self.at_most(&format!("{name}, start beside its text"), spv.over(Kind::Start), START);
        self.pages(name, spv, less);
    }

    fn pages(&mut self, name: &str, spv: &Measured, less: Option<&Measured>) {
        let Some(less) = less else { return };
        for kind in [Kind::PageDown, Kind::PageUp] {
            let (took, peer) = (spv.per_row(kind), less.per_row(kind));
            let budget = peer * PAGE;
            if took > budget {
                self.passed.push(format!(
                    "{name}, {}: {took:.1} bytes a row, {budget:.1} are the budget",
                    kind.name(),
                ));
            }
        }
    }

    /// A text in another script.
    pub fn script(&mut self, language: &str, spv: &Measured, less: Option<&Measured>) {
        let Some(less) = less else { return };
        for kind in [Kind::Down, Kind::Up] {
            let (Some((took, _)), Some((peer, _))) = (spv.bytes(kind), less.bytes(kind)) else {
                continue;
            };
            self.at_most(&format!("{language}, {}", kind.name()), took, peer + SCRIPT);
        }
        self.pages(language, spv, Some(less));
    }

    /// Nothing may be written while nothing happens.
    pub fn idle(&mut self, bytes: usize) {
        self.at_most("idle", bytes, 0);
    }

    /// Fifty resizes are one redraw.
    pub fn resizes(&mut self, redraws: usize) {
        if redraws > 1 {
            self.passed.push(format!("50 resizes: {redraws} redraws, 1 is the budget"));
        }
    }

    /// The held key.
    pub fn settled(&mut self, after: Duration) {
        if after > SETTLED {
            self.passed.push(format!("held key: settled after {after:?}, budget {SETTLED:?}"));
        }
    }
}

/// The figure for these looks.
fn of<T: Copy>(slow: bool, (ordinary, where_slow): Both<T>) -> T {
    if slow { where_slow } else { ordinary }
}
