//! The budgets, and which of them were exceeded.
//!
//! They hold for the ordinary look and for a slow line. Three differ: a selected row has a bar in the ordinary look
//! and a mark on a slow line, where the position is written only when keys pause, and a letter draws its whole answer
//! at once on any line that is not slow.

use std::time::Duration;

use super::script::{Kind, Measured};

/// What was found.
#[derive(Debug, Default)]
pub struct Verdict {
    passed: Vec<String>,
}

/// A budget for the ordinary look and for slow lines.
type Both<T> = (T, T);

/// The maximum of the median, in bytes.
const MEDIAN: [(Kind, Both<usize>); 7] = [
    (Kind::Down, (92, 70)),
    (Kind::Up, (92, 70)),
    (Kind::Next, (300, 300)),
    (Kind::List, (190, 20)),
    (Kind::ListScrolled, (190, 190)),
    (Kind::Letter, LETTER),
    (Kind::Query, LETTER),
];
/// The maximum for a line down or up.
const LINE: usize = 105;
/// The maximum for a letter, before the next one: a whole screen, or what a slow line sends in that time.
const LETTER: Both<usize> = (2_600, 700);
/// The maximum for the start, besides the text.
const START: usize = 120;
/// The maximum for a page, as a multiple of what `less` takes for a row.
const PAGE: f64 = 1.05;
/// The maximum for a line in another script, above that of `less`.
const SCRIPT: usize = 15;
/// The time after which a held key must have settled.
const SETTLED: Duration = Duration::from_secs(3);

impl Verdict {
    /// The budgets that were exceeded, each in one line.
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
        let letter = letter(slow);
        for (kind, budget) in
            [(Kind::Down, LINE), (Kind::Up, LINE), (Kind::Letter, letter), (Kind::Query, letter)]
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

/// The maximum for a letter, before the next one.
pub fn letter(slow: bool) -> usize {
    of(slow, LETTER)
}

/// The budget for this look.
fn of<T: Copy>(slow: bool, (ordinary, where_slow): Both<T>) -> T {
    if slow { where_slow } else { ordinary }
}
