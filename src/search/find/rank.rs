//! Finds the best lines for a query, in the order that fuzzy-matcher gives over all lines.
//!
//! Each line is filtered by its set of letters and gets an upper bound of its score; the matcher scores only the lines
//! that can be among the best. A bound is never less than the score, so once enough lines score more than the next bound,
//! no other line can come before them.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::haystack::{Haystack, NOT_ASCII};
use super::score::{self, Workspace};
use super::typed::TypedQuery;
use crate::library::spawn;

/// The number of lines between two checks of the flag.
const STRIDE: usize = 256;

/// The number of names from which on a second thread pays for its start-up.
const MANY: usize = 4_096;

/// One of the best names.
#[derive(Clone, Debug)]
pub(super) struct RankedName {
    /// The index of the name.
    pub(super) at: usize,
    /// Its score.
    pub(super) score: i64,
    /// The indexes of the matched characters, ascending.
    pub(super) matched: Vec<usize>,
}

/// The best names, and the number of all that matched.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    /// Best first.
    pub(super) best: Vec<RankedName>,
    /// The number of names that matched.
    pub(super) total: usize,
}

/// A line that matches, and the upper bound of its score.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    bound: i32,
    /// The number of words that are whole words of the line; counted only for ties.
    whole: u32,
    at: u32,
}

/// The sort key: score, whole words, and the order of the names.
type Key = (Reverse<i64>, Reverse<u32>, u32);

impl Candidate {
    fn key(self) -> Key {
        (Reverse(i64::from(self.bound)), Reverse(self.whole), self.at)
    }
}

/// The best `limit` names for the query; once `cancelled` is set, the best of those seen until then.
pub(super) fn best_names(
    hay: &Haystack,
    typed: &TypedQuery,
    limit: usize,
    cancelled: &AtomicBool,
) -> Ranked {
    let mut candidates = find_candidates(hay, typed, cancelled);
    let total = candidates.len();
    let limit = limit.min(total);
    let mut wanted = limit;
    loop {
        let (level, next) = best_candidates(hay, typed, &mut candidates, wanted);
        let mut scored = score_candidates(hay, typed, &level, cancelled);
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

/// The candidates with the score of fuzzy-matcher, best first.
fn score_candidates(
    hay: &Haystack,
    typed: &TypedQuery,
    level: &[Candidate],
    cancelled: &AtomicBool,
) -> Vec<(Key, RankedName)> {
    let mut scored = Vec::with_capacity(level.len());
    for (n, candidate) in level.iter().enumerate() {
        if n % STRIDE == STRIDE - 1 && cancelled.load(Ordering::Relaxed) {
            break;
        }
        let at = candidate.at as usize;
        if let Some((score, matched)) = score_name(hay, typed, at) {
            let key = (Reverse(score), Reverse(candidate.whole), candidate.at);
            scored.push((key, RankedName { at, score, matched }));
        }
    }
    scored.sort_unstable_by_key(|(key, _)| *key);
    scored
}

/// The score and matched characters of one name, by fuzzy-matcher; `None` if it does not match.
pub(super) fn score_name(
    hay: &Haystack,
    typed: &TypedQuery,
    at: usize,
) -> Option<(i64, Vec<usize>)> {
    let fold = hay.fold(at);
    let mut matched = Vec::new();
    for date in &typed.dates {
        let start = fold[..fold.find(date)?].chars().count();
        // The hyphen after a month makes the match exact and is not shown.
        matched.extend(start..start + date.trim_end_matches('-').len());
    }
    let mut sum = 0;
    for word in &typed.words {
        let (score, places) = score::matcher_score(fold, &word.text)?;
        sum += score;
        matched.extend(places);
    }
    matched.sort_unstable();
    matched.dedup();
    Some((sum, matched))
}

/// Every line that matches, in no order, with the most it can score.
fn find_candidates(hay: &Haystack, typed: &TypedQuery, cancelled: &AtomicBool) -> Vec<Candidate> {
    let len = hay.len();
    if len < MANY {
        return scan_range(hay, typed, 0..len, cancelled);
    }
    std::thread::scope(|scope| {
        let half = || scan_range(hay, typed, len / 2..len, cancelled);
        let second = spawn(scope, half);
        let mut all = scan_range(hay, typed, 0..len / 2, cancelled);
        all.extend(match second {
            Ok(second) => second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // No further thread may be started.
            Err(_) => half(),
        });
        all
    })
}

fn scan_range(
    hay: &Haystack,
    typed: &TypedQuery,
    range: Range<usize>,
    cancelled: &AtomicBool,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut workspace = Workspace::default();
    for (seen, at) in range.enumerate() {
        if seen % STRIDE == 0 && cancelled.load(Ordering::Relaxed) {
            break;
        }
        let letters = hay.letters(at);
        if typed.letters & !letters != 0 {
            continue;
        }
        if let Some(bound) =
            score_bound(hay.fold(at), letters & NOT_ASCII == 0, typed, &mut workspace)
        {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            candidates.push(Candidate { bound, whole: 0, at });
        }
    }
    candidates
}

fn score_bound(
    fold: &str,
    ascii: bool,
    typed: &TypedQuery,
    workspace: &mut Workspace,
) -> Option<i32> {
    if !typed.dates.iter().all(|date| fold.contains(date.as_str())) {
        return None;
    }
    typed
        .words
        .iter()
        .try_fold(0, |sum, word| Some(sum + word.pattern.score(fold, ascii, workspace)?))
}

/// The first `wanted` candidates in order, and the best key that the next one could have.
fn best_candidates(
    hay: &Haystack,
    typed: &TypedQuery,
    candidates: &mut [Candidate],
    wanted: usize,
) -> (Vec<Candidate>, Option<Key>) {
    if wanted == 0 || candidates.len() < wanted {
        return (Vec::new(), None);
    }
    let (_, last, _) = candidates.select_nth_unstable_by_key(wanted - 1, |c| Reverse(c.bound));
    let last = last.bound;
    let below = candidates.iter().filter(|c| c.bound < last).map(|c| c.bound).max();
    // Whole words decide only between equal scores: they are counted only for the lines that remain.
    let mut level: Vec<_> = candidates.iter().copied().filter(|c| c.bound >= last).collect();
    for candidate in &mut level {
        candidate.whole = whole_words(hay.fold(candidate.at as usize), typed);
    }
    level.sort_unstable_by_key(|c| c.key());
    let next = level.get(wanted).map(|c| c.key());
    level.truncate(wanted);
    (level, next.or(below.map(|b| (Reverse(i64::from(b)), Reverse(u32::MAX), 0))))
}

/// The number of words that are in a folded line with no letter or digit on either side.
pub(super) fn whole_words(fold: &str, typed: &TypedQuery) -> u32 {
    let alone = |text: &str, at: usize, len: usize| {
        let beside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        beside(text[..at].chars().next_back()) && beside(text[at + len..].chars().next())
    };
    let is_whole = |word: &str| fold.match_indices(word).any(|(at, _)| alone(fold, at, word.len()));
    u32::try_from(typed.words.iter().filter(|w| is_whole(&w.text)).count()).unwrap_or(u32::MAX)
}
