//! Collocates: the words that are beside the matches of a query more often than elsewhere.
//!
//! The **window** is the words at most `span` before or after a match, in the same paragraph; a word beside two matches is
//! in it once, and the words of the matches are not in it. The **corpus** is every statement that the fields of the query
//! allow, in the same editions as the hits; without fields, all. A compound counts as in the index: each part is a word,
//! and the compound is there besides, at its first part. All numbers are counts of words, so that each can be counted
//! again; they are compared by log-likelihood ([`log_likelihood`]).

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::postings::Postings as _;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet as _, TERMINATED};

use super::index::{Index, IndexError, capacities};
use super::query::{Node, Query};
use super::results::{Hit, Marker, Order, RecordLoader, corpus_of, search};
use super::words::each_word;
use crate::library::{Library, Problem};

/// The words on each side of a match, if nothing else is asked for.
pub const SPAN: u32 = 5;
/// The widest span.
pub const WIDEST: u32 = 50;
/// A word that is beside a match less often is not listed: one time may be chance.
pub const LEAST: u64 = 2;
/// Hits whose records are read together.
const AHEAD: usize = 24;

/// The collocates of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collocates {
    /// The words on each side.
    pub span: u32,
    /// The matches.
    pub matches: u64,
    /// The statements they are in.
    pub statements: usize,
    /// The words in the window.
    pub window: u64,
    /// The words in the corpus.
    pub corpus: u64,
    /// The statements of the corpus.
    pub corpus_statements: u64,
    /// The words, the highest log-likelihood first.
    pub rows: Vec<Collocate>,
    /// The records that could not be read; their matches are missing.
    pub unread: Vec<Problem>,
}

/// A word beside the matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// The word, in small letters, as it is printed where it is found first.
    pub word: String,
    /// How often it is in the window.
    pub observed: u64,
    /// How often it would be there if it were spread evenly over the corpus.
    pub expected: f64,
    /// How often it is in the corpus.
    pub frequency: u64,
    /// The log-likelihood of that.
    pub likelihood: f64,
}

impl Collocates {
    /// What was counted: `12 matches in 9 statements; 118 words at most 5 before or after them, of 54321 words in 210
    /// statements`.
    pub fn words(&self) -> String {
        let many = |n: u64, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        let statements = |n| many(n, "statement", "statements");
        let words = |n| many(n, "word", "words");
        format!(
            "{} in {}; {} at most {} before or after them, of {} in {}",
            many(self.matches, "match", "matches"),
            statements(self.statements as u64),
            words(self.window),
            self.span,
            words(self.corpus),
            statements(self.corpus_statements)
        )
    }
}

impl Collocate {
    /// In words: `ships: 2 beside it, 0.46 expected, 2 in all, log-likelihood 7.34`.
    pub fn words(&self) -> String {
        let Self { word, observed, expected, frequency, likelihood } = self;
        format!(
            "{word}: {observed} beside it, {expected:.2} expected, {frequency} in all, log-likelihood {likelihood:.2}"
        )
    }
}

/// The log-likelihood of a word that is `observed` times among the `window` words beside the matches and `frequency` times
/// among all the `corpus` words (Dunning 1993): twice the sum, over the four cells of the table of in or outside the
/// window and this word or another, of the count times the logarithm of the count by what was expected.
pub fn log_likelihood(observed: u64, window: u64, frequency: u64, corpus: u64) -> f64 {
    let others = window.saturating_sub(observed);
    let elsewhere = frequency.saturating_sub(observed);
    let rest = corpus.saturating_sub(window).saturating_sub(elsewhere);
    let rows = [(observed, others), (elsewhere, rest)];
    let all = (observed + others + elsewhere + rest) as f64;
    let columns = [(observed + elsewhere) as f64, (others + rest) as f64];
    let mut sum = 0.0;
    for (this, other) in rows {
        let row = (this + other) as f64;
        for (count, column) in [(this as f64, columns[0]), (other as f64, columns[1])] {
            if count > 0.0 {
                sum += count * (count / (row * column / all)).ln();
            }
        }
    }
    2.0 * sum
}

/// Counts the collocates of a query. If `cancelled` is set, the answer is not complete and not to be used.
///
/// # Errors
/// If the index cannot be read.
pub fn collocates(
    index: &Index,
    library: &Library,
    query: &Query,
    span: u32,
    cancelled: &Arc<AtomicBool>,
) -> Result<Collocates, IndexError> {
    let span = span.clamp(1, WIDEST);
    let hits = search(index, query, usize::MAX, Order::Date, cancelled)?.hits;
    let mut counts = WindowCounts::new(query, span);
    let mut loader = RecordLoader::new(library);
    let mut unread = Vec::new();
    for some in hits.chunks(AHEAD) {
        if cancelled.load(Ordering::Relaxed) {
            return Ok(Collocates::default());
        }
        loader.ahead(some);
        for hit in some {
            match (loader.record(hit), loader.entry(hit)) {
                (Ok(Some(record)), _) => counts.statement(&record, hit),
                (Err(error), Some(entry)) => unread.push(library.unread(entry, &error)),
                _ => {}
            }
        }
    }
    unread.dedup_by(|a: &mut Problem, b| a.file == b.file);
    let WindowCounts { words, matches, statements, window, .. } = counts;
    let corpus = corpus_of(index, &fields_of(query), query, cancelled)?;
    let mut rows = Vec::new();
    for (term, Beside { word, observed }) in words {
        if observed < LEAST || cancelled.load(Ordering::Relaxed) {
            continue;
        }
        let frequency = frequency(index, &term, &corpus.documents)?;
        let expected = window as f64 * frequency as f64 / corpus.words.max(1) as f64;
        if observed as f64 > expected {
            let likelihood = log_likelihood(observed, window, frequency, corpus.words);
            rows.push(Collocate { word, observed, expected, frequency, likelihood });
        }
    }
    rows.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood).then_with(|| a.word.cmp(&b.word)));
    let (words, corpus_statements) = (corpus.words, corpus.statements);
    Ok(Collocates {
        span,
        matches,
        statements,
        window,
        corpus: words,
        corpus_statements,
        rows,
        unread,
    })
}

/// The part of a query that says which statements are in the corpus: what has no word in it.
fn fields_of(query: &Query) -> Query {
    let nodes = match &query.root {
        Some(Node::All(nodes)) => nodes.clone(),
        Some(node) => vec![node.clone()],
        None => Vec::new(),
    };
    let has_no_word = |node: &Node| {
        let mut words = false;
        Query { root: Some(node.clone()), ..Query::default() }
            .visit(&mut |node, _| words |= matches!(node, Node::Phrase(_) | Node::Near(..)));
        !words
    };
    let fields: Vec<Node> = nodes.into_iter().filter(has_no_word).collect();
    Query { root: (!fields.is_empty()).then_some(Node::All(fields)), ..Query::default() }
}

/// A word in the window.
struct Beside {
    word: String,
    observed: u64,
}

/// The words beside the matches, as statements are read.
struct WindowCounts {
    marker: Marker,
    span: usize,
    words: HashMap<String, Beside>,
    matches: u64,
    statements: usize,
    window: u64,
}

impl WindowCounts {
    fn new(query: &Query, span: u32) -> Self {
        let (marker, span) = (Marker::new(query), span as usize);
        Self { marker, span, words: HashMap::new(), matches: 0, statements: 0, window: 0 }
    }

    fn statement(&mut self, record: &super::results::OpenedRecord, hit: &Hit) {
        let Some(statement) = record.statement(hit.nth) else { return };
        let before = self.matches;
        for (paragraph, capacity) in statement.paragraphs.iter().zip(capacities(statement)) {
            if hit.capacity.is_none() || hit.capacity == capacity {
                self.paragraph(&paragraph.text);
            }
        }
        self.statements += usize::from(self.matches > before);
    }

    fn paragraph(&mut self, text: &str) {
        let mut matches = Vec::new();
        self.marker.each(text, |at| {
            matches.push(at);
            true
        });
        if matches.is_empty() {
            return;
        }
        self.matches += matches.len() as u64;
        // The byte at which the word at each position starts: that of its part, not of its compound.
        let mut starts: Vec<usize> = Vec::new();
        each_word(text, |_, place, at| {
            let place = place as usize;
            if place >= starts.len() {
                starts.resize(place + 1, at.start);
            }
        });
        let mut beside = vec![false; starts.len()];
        let mut matched = Vec::new();
        for at in matches {
            let first = starts.partition_point(|start| *start < at.start);
            let end = starts.partition_point(|start| *start < at.end).max(first + 1);
            let (from, to) = (first.saturating_sub(self.span), (end + self.span).min(beside.len()));
            beside.get_mut(from..to).into_iter().flatten().for_each(|place| *place = true);
            matched.push(first..end);
        }
        for place in matched.into_iter().flatten() {
            if let Some(place) = beside.get_mut(place) {
                *place = false;
            }
        }
        self.window += beside.iter().filter(|beside| **beside).count() as u64;
        each_word(text, |term, place, at| {
            if beside.get(place as usize) != Some(&true) {
                return;
            }
            if let Some(known) = self.words.get_mut(term) {
                known.observed += 1;
            } else {
                let word = text.get(at).unwrap_or(term).to_lowercase();
                self.words.insert(term.to_owned(), Beside { word, observed: 1 });
            }
        });
    }
}

/// How often a term is in some documents, by segment.
fn frequency(index: &Index, term: &str, documents: &[Vec<bool>]) -> Result<u64, IndexError> {
    let term = Term::from_field_text(index.fields.text, term);
    let searcher = index.reader.searcher();
    let mut sum = 0;
    for (reader, documents) in searcher.segment_readers().iter().zip(documents) {
        let inverted = reader.inverted_index(index.fields.text)?;
        let postings = inverted
            .read_postings(&term, IndexRecordOption::WithFreqs)
            .map_err(|e| IndexError::from(tantivy::TantivyError::from(e)))?;
        let Some(mut postings) = postings else { continue };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if documents.get(doc as usize) == Some(&true) {
                sum += u64::from(postings.term_freq());
            }
            doc = postings.advance();
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 20 of 100 words of the window and 50 of 10,000 of the corpus. The table is 20, 80, 30, 9,870, and 0.5, 99.5,
    /// 49.5, 9,850.5 are expected; 2 (20 ln 40 + 80 ln 80/99.5 + 30 ln 30/49.5 + 9870 ln 9870/9850.5).
    #[test]
    fn the_formula_is_that_of_dunning() {
        let by_hand = 2.0
            * (20.0 * 40.0_f64.ln()
                + 80.0 * (80.0_f64 / 99.5).ln()
                + 30.0 * (30.0_f64 / 49.5).ln()
                + 9870.0 * (9870.0_f64 / 9850.5).ln());
        assert!((log_likelihood(20, 100, 50, 10_000) - by_hand).abs() < 1e-9);
        assert!((by_hand - 121.646).abs() < 1e-3, "{by_hand}");
        // What is as frequent as expected says nothing, and an empty cell counts nothing.
        assert!(log_likelihood(5, 100, 50, 1_000).abs() < 1e-9);
        assert!(log_likelihood(3, 8, 3, 40).is_finite());
        assert!(log_likelihood(0, 0, 0, 0).abs() < 1e-9);
    }
}
