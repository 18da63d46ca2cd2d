//! Runs a query against an index: the best hits, and the counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::query::{EnableScoring, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{Score, SegmentReader, TantivyError};

/// The most records of a library whose index is made in memory if none can be kept on disk: that takes about two
/// seconds.
pub const SMALL_LIBRARY: usize = 300;

use super::closeness::Closeness;
use super::collect::{
    BestHits, Columns, Counts, Group, HitCandidate, Pass, Scoring, SearchRequest,
};
use crate::library::{parallel_map_with, processors};
use crate::record::Capacity;
use crate::search::catch_panic::catch_panic;
use crate::search::compile::compile;
use crate::search::index::{Index, IndexError};
use crate::search::phrase::phrase_terms;
use crate::search::query::{Node, Query};

/// How hits are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first; of equal ones, as for a query of fields alone, the latest first.
    #[default]
    Relevance,
    /// The latest first.
    Date,
}

/// How statements are grouped to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountBy {
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
    /// The index of its edition in the entries of the catalogue.
    pub entry: usize,
    /// The index of the statement in the edition.
    pub nth: usize,
    /// The relevance; comparable within one answer.
    pub score: f32,
    /// The capacity it was spoken in, if the query narrows by capacity.
    pub capacity: Option<Capacity>,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The first hits, up to the limit.
    pub hits: Vec<Hit>,
    /// The number of statements found, each counted once.
    pub statements: usize,
    /// The number of records they are in.
    pub records: usize,
    /// Statements by year, ascending, without years that have none.
    pub years: Vec<(i16, usize)>,
    /// Statements by State, most first. What the President said in the chair counts for no State.
    pub states: Vec<(String, usize)>,
    /// `false` if the search was cancelled: then there are no counts.
    pub complete: bool,
}

/// Searches an index.
///
/// # Errors
/// If the index cannot be read.
pub fn search(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    cancelled: &Arc<AtomicBool>,
) -> Result<Hits, IndexError> {
    search_in_parts(index, query, limit, order, cancelled, |_| {})
}

/// As [`search`], for a screen: `first` gets the best hits as soon as they are known, before everything is counted. It
/// is not called if both are known at the same time.
///
/// # Errors
/// As [`search`].
pub fn search_in_parts(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    cancelled: &Arc<AtomicBool>,
    first: impl FnMut(&[Hit]),
) -> Result<Hits, IndexError> {
    with_index_errors(index, || {
        run_query(index, query, limit, order, Group::State, cancelled, first)
    })
    .map(|(hits, _)| hits)
}

/// Counts statements in groups, most first, equal ones by name.
///
/// # Errors
/// As [`search`].
pub fn count_by(
    index: &Index,
    query: &Query,
    by: CountBy,
    cancelled: &Arc<AtomicBool>,
) -> Result<Vec<(String, usize)>, IndexError> {
    let group = match by {
        CountBy::State => Group::State,
        CountBy::Members => Group::Members,
        CountBy::Speaker => Group::Speaker,
    };
    with_index_errors(index, || run_query(index, query, 0, Order::Date, group, cancelled, |_| {}))
        .map(|(hits, _)| hits.states)
}

/// Counts statements by record: the index of the edition in the entries of the catalogue, and the count; most first,
/// equal ones in the order of the catalogue.
///
/// # Errors
/// As [`search`].
pub fn count_by_record(
    index: &Index,
    query: &Query,
    cancelled: &Arc<AtomicBool>,
) -> Result<Vec<(usize, usize)>, IndexError> {
    let asked = with_index_errors(index, || {
        run_query(index, query, 0, Order::Date, Group::Record, cancelled, |_| {})
    });
    let mut entries: Vec<(usize, usize)> =
        asked?.1.into_iter().map(|(entry, count)| (entry as usize, count)).collect();
    entries.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(entries)
}

/// The forms of words that a query looks for and the index has, in one line; `None` if it looks for none.
pub fn forms_line(index: &Index, query: &Query) -> Option<String> {
    let searcher = index.reader.searcher();
    let has = |word: &str| {
        let term = Term::from_field_text(index.fields.text, word);
        searcher.doc_freq(&term).is_ok_and(|documents| documents > 0)
    };
    let mut lists: Vec<String> = Vec::new();
    query.visit(&mut |node, _| {
        let Node::Phrase(said) = node else { return };
        if said.forms.is_none() {
            return;
        }
        for term in phrase_terms(said) {
            let star = if term.prefix { "*" } else { "" };
            let forms = term.forms.iter().filter(|form| has(form));
            let forms: Vec<&str> = forms.map(String::as_str).collect();
            let list = match forms.as_slice() {
                [] => format!("{}{star} has no other form", term.word),
                forms => format!("{}{star}, {}", term.word, forms.join(", ")),
            };
            if !lists.contains(&list) {
                lists.push(list);
            }
        }
    });
    (!lists.is_empty()).then(|| format!("forms: {}", lists.join("; ")))
}

/// Runs a search and says why it failed: tantivy may panic on an index that is changed while it is read.
pub(super) fn with_index_errors<T>(
    index: &Index,
    ask: impl FnOnce() -> tantivy::Result<T>,
) -> Result<T, IndexError> {
    match catch_panic(ask) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(error)) => Err(index.explain_failure(error.into())),
        None => Err(index.explain_failure(IndexError::fault())),
    }
}

fn run_query(
    index: &Index,
    query: &Query,
    limit: usize,
    order: Order,
    by: Group,
    cancelled: &Arc<AtomicBool>,
    mut first: impl FnMut(&[Hit]),
) -> tantivy::Result<(Hits, Vec<(u32, usize)>)> {
    let compiled = compile(query, &index.fields, cancelled);
    let by_score = order == Order::Relevance && query.has_words();
    let want = SearchRequest {
        limit,
        by_score,
        pieces: query.narrows_capacity(),
        every: query.names_language(),
        by,
    };
    let hit = |found: &HitCandidate| Hit {
        entry: found.entry as usize,
        nth: found.nth as usize,
        score: found.score,
        capacity: found.attributes.capacity.filter(|_| want.pieces),
    };
    let searcher = index.reader.searcher();
    let scored = by_score && limit > 0;
    let quick = scored && compiled.quick && !want.pieces;
    let close = match scored {
        true => Closeness::of(query, &searcher, &index.fields)?,
        false => Closeness::default(),
    };
    let mut best = Vec::new();
    if quick {
        best = best_of_words(index, &*compiled.ask, want, &close, cancelled)?;
        first(&best.iter().map(hit).collect::<Vec<_>>());
    }
    let scoring = if scored && !quick {
        EnableScoring::enabled_from_searcher(&searcher)
    } else {
        EnableScoring::disabled_from_searcher(&searcher)
    };
    let weight = compiled.ask.weight(scoring)?;
    let mut counts = Counts::default();
    let mut all = BestHits::new(if quick { 0 } else { limit }, by_score);
    let mut complete = true;
    let readers = searcher.segment_readers();
    for (reader, scorer) in readers.iter().zip(segment_scorers(&*weight, readers, quick, cancelled))
    {
        let columns = Columns::open(reader, by)?;
        let pass = Pass::new(want, &index.editions, columns, &mut counts, &mut all);
        let scoring = if scored && !quick {
            Scoring::Scored(close.in_segment(reader, &index.fields)?)
        } else {
            Scoring::Counted
        };
        let done = scorer.and_then(|s| pass.run(s, reader, scoring, cancelled));
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

/// The best statements for a question that was made elsewhere, in any edition. A cancelled search finds nothing.
pub(crate) fn best_hits(
    index: &Index,
    ask: &dyn tantivy::query::Query,
    limit: usize,
    cancelled: &Arc<AtomicBool>,
) -> Result<Vec<Hit>, IndexError> {
    let by = Group::Nothing;
    let want = SearchRequest { limit, by_score: true, pieces: false, every: true, by };
    let run = || -> tantivy::Result<Vec<Hit>> {
        let searcher = index.reader.searcher();
        let weight = ask.weight(EnableScoring::enabled_from_searcher(&searcher))?;
        let (mut counts, mut best) = (Counts::default(), BestHits::new(limit, true));
        for reader in searcher.segment_readers() {
            let columns = Columns::open(reader, by)?;
            let pass = Pass::new(want, &index.editions, columns, &mut counts, &mut best);
            let scored = Scoring::Scored(None);
            let done = pass.run(weight.scorer(reader, 1.0)?, reader, scored, cancelled);
            if cancelled.load(Ordering::Relaxed) {
                return Ok(Vec::new());
            }
            done?;
        }
        let hit = |found: HitCandidate| Hit {
            entry: found.entry as usize,
            nth: found.nth as usize,
            score: found.score,
            capacity: None,
        };
        Ok(best.finish().into_iter().map(hit).collect())
    };
    with_index_errors(index, run)
}

/// The scorer of each segment. For a phrase or a prefix most of the work is done when it is made, so the processors
/// share the segments. A scorer of whole words is `cheap`.
pub(super) fn segment_scorers(
    weight: &dyn Weight,
    readers: &[SegmentReader],
    cheap: bool,
    cancelled: &AtomicBool,
) -> Vec<tantivy::Result<Box<dyn Scorer>>> {
    let threads = if cheap { 1 } else { processors(readers.len()) };
    let made = parallel_map_with(readers.len(), vec![(); threads], |(), n| {
        let given_up = cancelled.load(Ordering::Relaxed);
        let reader = readers.get(n).filter(|_| !given_up)?;
        catch_panic(|| weight.scorer(reader, 1.0))
    });
    let none = || Err(TantivyError::InternalError("the search was interrupted".to_owned()));
    made.into_iter().map(|scorer| scorer.unwrap_or_else(none)).collect()
}

/// The best hits of a query of whole words: tantivy skips blocks that cannot have one of them.
fn best_of_words(
    index: &Index,
    ask: &dyn tantivy::query::Query,
    want: SearchRequest,
    close: &Closeness,
    cancelled: &AtomicBool,
) -> tantivy::Result<Vec<HitCandidate>> {
    let searcher = index.reader.searcher();
    let weight = ask.weight(EnableScoring::enabled_from_searcher(&searcher))?;
    let mut best = BestHits::new(want.limit, true);
    for reader in searcher.segment_readers() {
        let columns = Columns::open(reader, Group::Nothing)?;
        let (mut counts, mut none) = (Counts::default(), BestHits::new(0, true));
        let pass = Pass::new(want, &index.editions, columns, &mut counts, &mut none);
        let alive = reader.alive_bitset();
        let mut words = close.in_segment(reader, &index.fields)?;
        // A score without the bonus that may be below the threshold by as much as that.
        let most = close.most();
        weight.for_each_pruning(best.threshold() - most, reader, &mut |doc, score| {
            if cancelled.load(Ordering::Relaxed) {
                return Score::MAX;
            }
            if alive.is_none_or(|alive| alive.is_alive(doc))
                && let Some(mut candidate) = pass.candidate(doc, score)
            {
                candidate.score += words.as_mut().map_or(0.0, |words| words.bonus(doc));
                best.push(candidate);
            }
            best.threshold() - most
        })?;
    }
    Ok(best.finish())
}
