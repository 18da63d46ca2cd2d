//! Full text over every statement: an index by tantivy, made from the records and never the truth.
//!
//! [`Index`] is an index that is open for a library; [`search`] and [`ask`] put a query to it; [`context`]
//! finds the words of a hit in the record file, because the index keeps no text. How the index is
//! made and kept is in `store.rs`. What is not here: screens, threads of our own, and what a query means
//! ([`query`](super::query)).

mod beginning;
mod collect;
mod compile;
mod context;
mod directory;
mod document;
mod folded;
mod guard;
mod initials;
mod likely;
mod manifest;
mod marks;
mod open;
mod placed;
mod schema;
mod seal;
mod segments;
mod slots;
mod sound;
mod spots;
mod store;
mod stretch;
mod terms;
mod work;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::query::{EnableScoring, Scorer, Weight};
use tantivy::{Score, SegmentReader, TantivyError};

/// The index of a library of at most so many records may be made in memory where none can be kept: that
/// takes about two seconds.
pub const SMALL: usize = 300;

use super::query::Query;
use crate::library::{parallel_map_with, processors};
use crate::record::Capacity;
use collect::{Best, Candidate, Columns, Counts, Group, Pass, Want};

pub(crate) use context::snippet;
pub use context::{Context, Loader, Opened, context};
pub use document::{capacities, capacity_of};
pub use guard::{contained, fault, is_caught};
pub use marks::Marker;
pub use open::Index;
pub use store::{IndexError, Progress, State, Updated, bring, missing, state, update};

/// How hits are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first; where none is better, as with fields alone, the latest.
    #[default]
    Relevance,
    /// The latest first.
    Date,
}

/// What statements are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The State spoken for.
    State,
    /// The State spoken for, and each member that a joint statement names.
    Members,
    /// The speaker.
    Speaker,
}

/// A statement that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The place of its edition in the entries of the catalogue the index was opened with.
    pub entry: usize,
    /// Its place among the statements of the edition, from 0.
    pub nth: usize,
    /// How good it is; comparable within one answer.
    pub score: f32,
    /// The capacity it was found in, where the query asks for what was said in one.
    pub capacity: Option<Capacity>,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The first hits, at most as many as asked for.
    pub hits: Vec<Hit>,
    /// How many statements were found, each counted once.
    pub statements: usize,
    /// In how many records.
    pub records: usize,
    /// Statements by year, rising; years with none are left out.
    pub years: Vec<(i16, usize)>,
    /// Statements by State, most first. What the President said in the chair counts for none.
    pub states: Vec<(String, usize)>,
    /// False where the search was cancelled: the counts are then not there.
    pub complete: bool,
}

/// Puts a query to an index.
///
/// # Errors
/// When the index cannot be read; it is then to be made again.
pub fn search(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    cancelled: &Arc<AtomicBool>,
) -> Result<Hits, IndexError> {
    ask(index, query, limit, order, cancelled, |_| {})
}

/// As [`search`], for a screen: `first` gets the best hits as soon as they are known, before everything is
/// counted. It is not called where both are known at once.
///
/// # Errors
/// As [`search`].
pub fn ask(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    cancelled: &Arc<AtomicBool>,
    first: impl FnMut(&[Hit]),
) -> Result<Hits, IndexError> {
    of_index(index, || put(index, query, limit, order, Group::State, cancelled, first))
        .map(|(hits, _)| hits)
}

/// Statements counted by something, most first, equal ones by name.
///
/// # Errors
/// As [`search`].
pub fn count_by(
    index: &Index,
    query: &Query,
    by: By,
    cancelled: &Arc<AtomicBool>,
) -> Result<Vec<(String, usize)>, IndexError> {
    let group = match by {
        By::State => Group::State,
        By::Members => Group::Members,
        By::Speaker => Group::Speaker,
    };
    of_index(index, || put(index, query, 0, Order::Date, group, cancelled, |_| {}))
        .map(|(hits, _)| hits.states)
}

/// Statements counted by record: the place of the edition in the entries of the catalogue, and how many;
/// most first, equal ones as the catalogue has them.
///
/// # Errors
/// As [`search`].
pub fn count_by_record(
    index: &Index,
    query: &Query,
    cancelled: &Arc<AtomicBool>,
) -> Result<Vec<(usize, usize)>, IndexError> {
    let asked =
        of_index(index, || put(index, query, 0, Order::Date, Group::Record, cancelled, |_| {}));
    let mut entries: Vec<(usize, usize)> =
        asked?.1.into_iter().map(|(entry, count)| (entry as usize, count)).collect();
    entries.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(entries)
}

/// The answer of an index, or why there is none: an index that is changed while it is read may make tantivy panic.
fn of_index<T>(index: &Index, ask: impl FnOnce() -> tantivy::Result<T>) -> Result<T, IndexError> {
    match guard::guarded(ask) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(error)) => Err(index.why(error.into())),
        None => Err(index.why(IndexError::fault())),
    }
}

fn put(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    by: Group,
    cancelled: &Arc<AtomicBool>,
    mut first: impl FnMut(&[Hit]),
) -> tantivy::Result<(Hits, Vec<(u32, usize)>)> {
    let compiled = compile::compile(query, &index.fields, cancelled);
    let by_score = order == Order::Relevance && query.has_words();
    let want =
        Want { limit, by_score, pieces: query.of_a_stretch(), every: query.names_language(), by };
    let hit = |found: &Candidate| Hit {
        entry: found.entry as usize,
        nth: found.nth as usize,
        score: found.score,
        capacity: found.attributes.capacity.filter(|_| want.pieces),
    };
    let searcher = index.reader.searcher();
    let scored = by_score && limit > 0;
    let quick = scored && compiled.quick && !want.pieces;
    let mut best = Vec::new();
    if quick {
        best = quickly(index, &*compiled.ask, want, cancelled)?;
        first(&best.iter().map(hit).collect::<Vec<_>>());
    }
    let scoring = if scored && !quick {
        EnableScoring::enabled_from_searcher(&searcher)
    } else {
        EnableScoring::disabled_from_searcher(&searcher)
    };
    let weight = compiled.ask.weight(scoring)?;
    let mut counts = Counts::default();
    let mut all = Best::new(if quick { 0 } else { limit }, by_score);
    let mut complete = true;
    let readers = searcher.segment_readers();
    for (reader, scorer) in readers.iter().zip(scorers(&*weight, readers, quick, cancelled)) {
        let columns = Columns::open(reader, by)?;
        let pass = Pass::new(want, &index.book, columns, &mut counts, &mut all);
        let done = scorer.and_then(|s| pass.run(s, reader, scored && !quick, cancelled));
        if cancelled.load(Ordering::Relaxed) {
            complete = false;
            break;
        }
        done?;
    }
    if !quick {
        best = all.finish();
    }
    let mut states: Vec<(String, usize)> = counts.groups.into_iter().collect();
    states.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let hits = Hits {
        hits: best.iter().map(hit).collect(),
        statements: counts.statements,
        records: counts.records,
        years: counts.years.into_iter().collect(),
        states,
        complete,
    };
    Ok((hits, counts.entries))
}

/// What goes through each segment. For a phrase, or a beginning, most of the work is done by then: the
/// processors share the segments. That of whole words is `cheap`.
fn scorers(
    weight: &dyn Weight,
    readers: &[SegmentReader],
    cheap: bool,
    cancelled: &AtomicBool,
) -> Vec<tantivy::Result<Box<dyn Scorer>>> {
    let threads = if cheap { 1 } else { processors(readers.len()) };
    let made = parallel_map_with(readers.len(), vec![(); threads], |(), n| {
        let given_up = cancelled.load(Ordering::Relaxed);
        let reader = readers.get(n).filter(|_| !given_up)?;
        guard::guarded(|| weight.scorer(reader, 1.0))
    });
    let none = || Err(TantivyError::InternalError("it ends where it should not".to_owned()));
    made.into_iter().map(|scorer| scorer.unwrap_or_else(none)).collect()
}

/// The best of a question of whole words: tantivy passes over blocks in which none can be among them.
fn quickly(
    index: &Index,
    ask: &dyn tantivy::query::Query,
    want: Want,
    cancelled: &AtomicBool,
) -> tantivy::Result<Vec<Candidate>> {
    let searcher = index.reader.searcher();
    let weight = ask.weight(EnableScoring::enabled_from_searcher(&searcher))?;
    let mut best = Best::new(want.limit, true);
    for reader in searcher.segment_readers() {
        let columns = Columns::open(reader, Group::Nothing)?;
        let (mut counts, mut none) = (Counts::default(), Best::new(0, true));
        let pass = Pass::new(want, &index.book, columns, &mut counts, &mut none);
        let alive = reader.alive_bitset();
        weight.for_each_pruning(best.threshold(), reader, &mut |doc, score| {
            if cancelled.load(Ordering::Relaxed) {
                return Score::MAX;
            }
            if alive.is_none_or(|alive| alive.is_alive(doc))
                && let Some(candidate) = pass.candidate(doc, score)
            {
                best.push(candidate);
            }
            best.threshold()
        })?;
    }
    Ok(best.finish())
}
