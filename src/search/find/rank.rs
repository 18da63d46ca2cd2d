//! Finds the best lines for a query: those that have its words best, and among equals in the order that fuzzy-matcher gives.
//!
//! Each line is filtered by its set of letters, gets a [`Rank`], and, if its rank can be among the best, an upper bound of its
//! score; the matcher scores only the lines that can be among the best. A bound is never less than the score, so once enough
//! lines of a rank score more than the next bound, no other line can come before them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::haystack::{Haystack, NOT_ASCII};
use super::near::{BY_LETTERS, Closeness, Rank, match_term, rank_line, word_bounds};
use super::score::{self, Pattern, Workspace};
use super::typed::TypedQuery;
use crate::library::spawn;

/// The number of lines between two checks of the flag.
const STRIDE: usize = 256;

/// The number of names from which on a second thread pays for its start-up.
const MANY: usize = 4_096;

/// How many names are shared among the kinds that come first, and the fewest of each.
const FIRST: usize = 6;
const FEWEST_OF_KIND: usize = 2;

/// One of the best names.
#[derive(Clone, Debug)]
pub(super) struct RankedName {
    /// The index of the name.
    pub(super) at: usize,
    rank: Rank,
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
    /// How well the best of them has the words; `None` if there is none.
    pub(super) closeness: Option<Closeness>,
}

/// What a line must have of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Every term.
    All,
    /// Every term but one.
    AllButOne,
    /// The letters of every word in their order.
    Letters,
}

/// A line that matches, and the upper bound of its score.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    rank: Rank,
    bound: i32,
    /// The number of words that are whole words of the line; counted only for ties.
    whole: u32,
    at: u32,
}

/// The sort key: rank, score, whole words, and the order of the names.
type Key = (Rank, Reverse<i64>, Reverse<u32>, u32);

impl Candidate {
    fn key(self) -> Key {
        (self.rank, Reverse(i64::from(self.bound)), Reverse(self.whole), self.at)
    }
}

/// A query, the names, and how they are to match.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) hay: &'a Haystack,
    pub(super) typed: &'a TypedQuery,
    pub(super) wanted: Wanted,
    pub(super) cancelled: &'a AtomicBool,
}

impl Search<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The best `limit` names; once `cancelled` is set, the best of those seen until then.
    ///
    /// If no kind is asked for, the best of each kind come first, unless they have a word only within another: of a word
    /// that is in fifty topics the votes are seen too.
    pub(super) fn best_names(&self, limit: usize) -> Ranked {
        let candidates = self.find_candidates();
        let total = candidates.len();
        let closeness = candidates.iter().map(|c| c.rank.closeness).min();
        let mut best = Vec::new();
        if self.wanted == Wanted::All && self.typed.meaning.asks_for_any_kind() {
            let close = candidates.iter().filter(|c| c.rank.closeness <= Closeness::Corrected);
            let mut kinds: BTreeMap<u8, Vec<Candidate>> = BTreeMap::new();
            for candidate in close {
                kinds.entry(candidate.rank.group()).or_default().push(*candidate);
            }
            let each = (FIRST / kinds.len().max(1)).max(FEWEST_OF_KIND).min(limit);
            for of_kind in kinds.into_values() {
                best.extend(self.best_of(of_kind, each));
            }
            best.sort_by_key(|name| name.rank);
        }
        let first: HashSet<usize> = best.iter().map(|name| name.at).collect();
        let all = self.best_of(candidates, limit);
        best.extend(all.into_iter().filter(|name| !first.contains(&name.at)));
        best.truncate(limit);
        Ranked { best, total, closeness }
    }

    /// The best `limit` of these candidates.
    fn best_of(&self, mut candidates: Vec<Candidate>, limit: usize) -> Vec<RankedName> {
        let limit = limit.min(candidates.len());
        self.keep_best_ranks(&mut candidates, limit);
        let mut wanted = limit;
        loop {
            let (level, next) = self.best_candidates(&mut candidates, wanted);
            let mut scored = self.score_candidates(&level);
            scored.truncate(limit);
            let sure = match (scored.last(), next) {
                (Some((worst, _)), Some(next)) => scored.len() == limit && *worst < next,
                (None, Some(_)) => limit == 0,
                (_, None) => true,
            };
            if sure || self.is_cancelled() {
                return scored.into_iter().map(|(_, found)| found).collect();
            }
            wanted = (wanted * 2).min(candidates.len());
        }
    }

    /// Every line that matches, in no order; by their letters, with the most it can score.
    fn find_candidates(&self) -> Vec<Candidate> {
        let len = self.hay.len();
        if len < MANY {
            return self.scan_range(0..len);
        }
        std::thread::scope(|scope| {
            let half = || self.scan_range(len / 2..len);
            let second = spawn(scope, half);
            let mut all = self.scan_range(0..len / 2);
            all.extend(match second {
                Ok(second) => {
                    second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                }
                // No further thread may be started.
                Err(_) => half(),
            });
            all
        })
    }

    fn scan_range(&self, range: Range<usize>) -> Vec<Candidate> {
        let (hay, typed) = (self.hay, self.typed);
        let needed =
            if self.wanted == Wanted::Letters { typed.letters } else { typed.date_letters };
        let mut candidates = Vec::new();
        let mut workspace = Workspace::default();
        for (seen, at) in range.enumerate() {
            if seen % STRIDE == 0 && self.is_cancelled() {
                break;
            }
            if needed & !hay.letters(at) != 0 {
                continue;
            }
            let rank = match self.wanted {
                Wanted::Letters => Some(BY_LETTERS),
                wanted => rank_line(hay, &typed.meaning, at, wanted == Wanted::AllButOne),
            };
            let Some(rank) = rank else { continue };
            let fold = hay.fold(at);
            if !typed.dates.iter().all(|date| fold.contains(date.as_str())) {
                continue;
            }
            let bound = match self.wanted {
                Wanted::Letters => self.bound(at, &mut workspace),
                _ => Some(0),
            };
            if let Some(bound) = bound {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                candidates.push(Candidate { rank, bound, whole: 0, at });
            }
        }
        candidates
    }

    /// Drops the candidates whose rank is not among the best, and gives the rest the most they can score.
    fn keep_best_ranks(&self, candidates: &mut Vec<Candidate>, limit: usize) {
        if self.wanted == Wanted::Letters || limit == 0 {
            return;
        }
        let (_, last, _) = candidates.select_nth_unstable_by_key(limit - 1, |c| c.rank);
        let last = last.rank;
        candidates.retain(|candidate| candidate.rank <= last);
        let mut workspace = Workspace::default();
        for candidate in candidates {
            candidate.bound = self.bound(candidate.at as usize, &mut workspace).unwrap_or_default();
        }
    }

    /// An upper bound of the score of a line; `None` if a word is not in it.
    fn bound(&self, at: usize, workspace: &mut Workspace) -> Option<i32> {
        let fold = self.hay.fold(at);
        let ascii = self.hay.letters(at) & NOT_ASCII == 0;
        let mut sum = 0;
        self.each_pattern(at, |pattern, _| {
            sum += pattern.score(fold, ascii, workspace)?;
            Some(())
        })?;
        Some(sum)
    }

    /// Calls `found` for each text that is scored in a line; `None` once it returns `None`.
    fn each_pattern(
        &self,
        at: usize,
        mut found: impl FnMut(&Pattern, &str) -> Option<()>,
    ) -> Option<()> {
        if self.wanted == Wanted::Letters {
            return self.typed.words.iter().try_for_each(|word| found(&word.pattern, &word.text));
        }
        for term in &self.typed.meaning.terms {
            if let Some(form) = match_term(self.hay, term, at).and_then(|m| term.forms.get(m.form))
            {
                found(&form.pattern, &form.text)?;
            }
        }
        Some(())
    }

    /// The candidates with the score of fuzzy-matcher, best first.
    fn score_candidates(&self, level: &[Candidate]) -> Vec<(Key, RankedName)> {
        let mut scored = Vec::with_capacity(level.len());
        for (n, candidate) in level.iter().enumerate() {
            if n % STRIDE == STRIDE - 1 && self.is_cancelled() {
                break;
            }
            let at = candidate.at as usize;
            if let Some((score, matched)) = self.score_name(at) {
                let key = (candidate.rank, Reverse(score), Reverse(candidate.whole), candidate.at);
                scored.push((key, RankedName { at, rank: candidate.rank, score, matched }));
            }
        }
        scored.sort_unstable_by_key(|(key, _)| *key);
        scored
    }

    /// Whether a name is one of those that match.
    pub(super) fn is_match(&self, at: usize) -> bool {
        match self.wanted {
            Wanted::Letters => self.score_name(at).is_some(),
            wanted => {
                let missing = wanted == Wanted::AllButOne;
                rank_line(self.hay, &self.typed.meaning, at, missing).is_some()
                    && self.score_name(at).is_some()
            }
        }
    }

    /// The score and matched characters of one name, by fuzzy-matcher; `None` if a date or the letters of a word are not
    /// in it.
    pub(super) fn score_name(&self, at: usize) -> Option<(i64, Vec<usize>)> {
        let fold = self.hay.fold(at);
        let mut matched = Vec::new();
        for date in &self.typed.dates {
            let start = fold[..fold.find(date)?].chars().count();
            // The hyphen after a month makes the match exact and is not shown.
            matched.extend(start..start + date.trim_end_matches('-').len());
        }
        let mut sum = 0;
        self.each_pattern(at, |_, text| {
            let (score, places) = score::matcher_score(fold, text)?;
            sum += score;
            matched.extend(places);
            Some(())
        })?;
        matched.sort_unstable();
        matched.dedup();
        Some((sum, matched))
    }

    /// The first `wanted` candidates in order, and the best key that the next one could have.
    fn best_candidates(
        &self,
        candidates: &mut [Candidate],
        wanted: usize,
    ) -> (Vec<Candidate>, Option<Key>) {
        if wanted == 0 || candidates.len() < wanted {
            return (Vec::new(), None);
        }
        let level_of = |c: &Candidate| (c.rank, Reverse(c.bound));
        let (_, last, _) = candidates.select_nth_unstable_by_key(wanted - 1, |c| level_of(c));
        let last = level_of(last);
        let below = candidates.iter().map(level_of).filter(|level| *level > last).min();
        // Whole words decide only between equal scores: they are counted only for the lines that remain.
        let mut level: Vec<_> =
            candidates.iter().copied().filter(|c| level_of(c) <= last).collect();
        for candidate in &mut level {
            candidate.whole = whole_words(self.hay.fold(candidate.at as usize), self.typed);
        }
        level.sort_unstable_by_key(|c| c.key());
        let next = level.get(wanted).map(|c| c.key());
        level.truncate(wanted);
        let first_below =
            |(rank, Reverse(bound))| (rank, Reverse(i64::from(bound)), Reverse(u32::MAX), 0);
        (level, next.or(below.map(first_below)))
    }
}

/// The number of words that are in a folded line with no letter or digit on either side.
fn whole_words(fold: &str, typed: &TypedQuery) -> u32 {
    let is_whole = |word: &str| {
        let mut places = fold.match_indices(word);
        places.any(|(at, _)| word_bounds(fold, at, word.len()) == (true, true))
    };
    u32::try_from(typed.words.iter().filter(|w| is_whole(&w.text)).count()).unwrap_or(u32::MAX)
}
