//! The best lines for a query, in the order of fuzzy-matcher over every line.
//!
//! Every line is looked at, by its set of letters and then by the bound on its score; only those that
//! can be among the best are given to the matcher. A line's bound is never less than its score,
//! so once as many lines as are wanted score more than the next bound, no other line can come
//! before them.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::haystack::{Haystack, NOT_ASCII};
use super::score::{self, Desk};
use super::typed::Typed;
use crate::library::spawn;

/// How many lines are looked at between two looks at the flag.
const STRIDE: usize = 256;

/// From how many names on a second thread is worth its start.
const MANY: usize = 4_096;

/// One of the best.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Which name.
    pub(super) at: usize,
    /// Its score.
    pub(super) score: i64,
    /// Places of the matched letters, in characters, rising.
    pub(super) matched: Vec<usize>,
}

/// The best, and how many matched.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    /// Best first.
    pub(super) best: Vec<Found>,
    /// How many names matched in all.
    pub(super) total: usize,
}

/// A line that matches, and the most it can score.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    bound: i32,
    /// How many words stand whole in the line; counted only where it matters.
    whole: u32,
    at: u32,
}

/// What answers are ordered by: score, whole words, and the order of the names.
type Key = (Reverse<i64>, Reverse<u32>, u32);

impl Candidate {
    fn key(self) -> Key {
        (Reverse(i64::from(self.bound)), Reverse(self.whole), self.at)
    }
}

/// The best `limit` names for the query; with what was seen so far once `cancelled` is set.
pub(super) fn best(hay: &Haystack, typed: &Typed, limit: usize, cancelled: &AtomicBool) -> Ranked {
    let mut candidates = candidates(hay, typed, cancelled);
    let total = candidates.len();
    let limit = limit.min(total);
    let mut wanted = limit;
    loop {
        let (level, next) = foremost(hay, typed, &mut candidates, wanted);
        let mut scored = scored(hay, typed, &level, cancelled);
        scored.truncate(limit);
        let sure = match (scored.last(), next) {
            (Some((worst, _)), Some(next)) => scored.len() == limit && *worst < next,
            (None, Some(_)) => limit == 0,
            (_, None) => true,
        };
        if sure || cancelled.load(Ordering::Relaxed) {
            return Ranked { best: scored.into_iter().map(|(_, found)| found).collect(), total };
        }
        wanted = (wanted * 2).min(total);
    }
}

/// These candidates with the score fuzzy-matcher gives, best first.
fn scored(
    hay: &Haystack,
    typed: &Typed,
    level: &[Candidate],
    cancelled: &AtomicBool,
) -> Vec<(Key, Found)> {
    let mut scored = Vec::with_capacity(level.len());
    for (n, candidate) in level.iter().enumerate() {
        if n % STRIDE == STRIDE - 1 && cancelled.load(Ordering::Relaxed) {
            break;
        }
        let at = candidate.at as usize;
        if let Some((score, matched)) = answer(hay, typed, at) {
            let key = (Reverse(score), Reverse(candidate.whole), candidate.at);
            scored.push((key, Found { at, score, matched }));
        }
    }
    scored.sort_unstable_by_key(|(key, _)| *key);
    scored
}

/// The score and matched places of one name, by fuzzy-matcher; `None` where it does not answer.
pub(super) fn answer(hay: &Haystack, typed: &Typed, at: usize) -> Option<(i64, Vec<usize>)> {
    let fold = hay.fold(at);
    let mut matched = Vec::new();
    for date in &typed.dates {
        let start = fold[..fold.find(date)?].chars().count();
        // The hyphen behind a month is there to be sure, not to be shown.
        matched.extend(start..start + date.trim_end_matches('-').len());
    }
    let mut sum = 0;
    for word in &typed.words {
        let (score, places) = score::exact(fold, &word.text)?;
        sum += score;
        matched.extend(places);
    }
    matched.sort_unstable();
    matched.dedup();
    Some((sum, matched))
}

/// Every line that matches, in no order, with the most it can score.
fn candidates(hay: &Haystack, typed: &Typed, cancelled: &AtomicBool) -> Vec<Candidate> {
    let len = hay.len();
    if len < MANY {
        return look(hay, typed, 0..len, cancelled);
    }
    std::thread::scope(|scope| {
        let half = || look(hay, typed, len / 2..len, cancelled);
        let second = spawn(scope, half);
        let mut all = look(hay, typed, 0..len / 2, cancelled);
        all.extend(match second {
            Ok(second) => second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // No further thread may be started.
            Err(_) => half(),
        });
        all
    })
}

fn look(
    hay: &Haystack,
    typed: &Typed,
    range: Range<usize>,
    cancelled: &AtomicBool,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut desk = Desk::default();
    for (seen, at) in range.enumerate() {
        if seen % STRIDE == 0 && cancelled.load(Ordering::Relaxed) {
            break;
        }
        let letters = hay.letters(at);
        if typed.letters & !letters != 0 {
            continue;
        }
        if let Some(bound) = bound(hay.fold(at), letters & NOT_ASCII == 0, typed, &mut desk) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            candidates.push(Candidate { bound, whole: 0, at });
        }
    }
    candidates
}

fn bound(fold: &str, ascii: bool, typed: &Typed, desk: &mut Desk) -> Option<i32> {
    if !typed.dates.iter().all(|date| fold.contains(date.as_str())) {
        return None;
    }
    typed.words.iter().try_fold(0, |sum, word| Some(sum + word.pattern.score(fold, ascii, desk)?))
}

/// The `wanted` first candidates in order, and the key the one behind them has or could have.
fn foremost(
    hay: &Haystack,
    typed: &Typed,
    candidates: &mut [Candidate],
    wanted: usize,
) -> (Vec<Candidate>, Option<Key>) {
    if wanted == 0 || candidates.len() < wanted {
        return (Vec::new(), None);
    }
    let (_, last, _) = candidates.select_nth_unstable_by_key(wanted - 1, |c| Reverse(c.bound));
    let last = last.bound;
    let below = candidates.iter().filter(|c| c.bound < last).map(|c| c.bound).max();
    // Whole words part only lines of equal score: they are counted where they can decide.
    let mut level: Vec<_> = candidates.iter().copied().filter(|c| c.bound >= last).collect();
    for candidate in &mut level {
        candidate.whole = whole(hay.fold(candidate.at as usize), typed);
    }
    level.sort_unstable_by_key(|c| c.key());
    let behind = level.get(wanted).map(|c| c.key());
    level.truncate(wanted);
    (level, behind.or(below.map(|b| (Reverse(i64::from(b)), Reverse(u32::MAX), 0))))
}

/// How many of the words stand whole in a folded line, with no letter or digit on either side.
pub(super) fn whole(fold: &str, typed: &Typed) -> u32 {
    let alone = |text: &str, at: usize, len: usize| {
        let beside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        beside(text[..at].chars().next_back()) && beside(text[at + len..].chars().next())
    };
    let stands = |word: &str| fold.match_indices(word).any(|(at, _)| alone(fold, at, word.len()));
    u32::try_from(typed.words.iter().filter(|w| stands(&w.text)).count()).unwrap_or(u32::MAX)
}
