//! Phrases whose last word is half typed, beside tantivy's own `PhrasePrefixQuery` with room for every word that the
//! prefix expands to, so that it is exact.

use std::time::{Duration, Instant};

use spv::search::words;
use tantivy::query::{EnableScoring, PhrasePrefixQuery, Query as _};
use tantivy::schema::{Field, Term};
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

/// Words before the prefix: the most frequent ones alone and together.
const BEFORE: [&str; 6] = ["the", "of the", "to", "and", "in the", "of"];
/// Prefixes of two letters or more that thousands of words have, or that are in very many documents.
const LONGER: [&str; 8] = ["co", "con", "re", "pr", "in", "un", "st", "s"];

/// The most expensive half-typed phrases: every letter, and some longer prefixes, after frequent words.
pub fn expensive() -> Vec<String> {
    let letters = ('a'..='z').map(String::from);
    let prefixes: Vec<String> =
        letters.chain(LONGER[..7].iter().map(ToString::to_string)).collect();
    let all =
        BEFORE.iter().flat_map(|before| prefixes.iter().map(move |p| format!("\"{before} {p}*\"")));
    all.collect()
}

/// Fewer of them, for what takes seconds.
pub fn some_expensive() -> Vec<String> {
    let all = BEFORE[..2]
        .iter()
        .flat_map(|before| LONGER.iter().map(move |p| format!("\"{before} {p}*\"")));
    all.collect()
}

/// tantivy's query for the text of a half-typed phrase.
pub struct Own {
    index: tantivy::Index,
    field: Field,
}

impl Own {
    pub fn open(folder: &std::path::Path) -> Self {
        let index = tantivy::Index::open_in_dir(folder).expect("an index");
        let field = index.schema().get_field("text").expect("a field");
        Self { index, field }
    }

    /// How many documents are found, and how long it took on one thread and on two.
    pub fn count(&self, text: &str) -> (usize, usize, [Duration; 2]) {
        let mut all: Vec<String> = Vec::new();
        words::each(text, |word, _, _| all.push(word.to_owned()));
        let searcher = self.index.reader().expect("a reader").searcher();
        let terms: Vec<Term> =
            all.iter().map(|word| Term::from_field_text(self.field, word)).collect();
        let prefix = all.last().expect("a word");
        let mut expansions = 0;
        let mut times = [Duration::ZERO; 2];
        let mut counts = [0; 2];
        for threads in [1_u32, 2] {
            let start = Instant::now();
            let mut found = 0;
            for reader in searcher.segment_readers() {
                let index = reader.inverted_index(self.field).expect("an inverted index");
                let mut stream = index
                    .terms()
                    .range()
                    .ge(prefix.as_bytes())
                    .lt(format!("{prefix}\u{10FFFF}").as_bytes())
                    .into_stream()
                    .expect("terms");
                let mut most = 0;
                while stream.advance() {
                    most += 1;
                }
                expansions = most;
                let mut query = PhrasePrefixQuery::new(terms.clone());
                query.set_max_expansions(most);
                let scoring = EnableScoring::disabled_from_searcher(&searcher);
                let weight = query.weight(scoring).expect("a weight");
                let bound = |n: u32| {
                    u32::try_from(u64::from(reader.max_doc()) * u64::from(n) / u64::from(threads))
                        .unwrap()
                };
                let part = |n: u32| part(&*weight, reader, bound(n)..bound(n + 1));
                found += std::thread::scope(|scope| {
                    let other = (threads > 1).then(|| scope.spawn(|| part(1)));
                    part(0) + other.map_or(0, |other| other.join().expect("a count"))
                });
            }
            times[threads as usize - 1] = start.elapsed();
            counts[threads as usize - 1] = found;
        }
        assert_eq!(counts[0], counts[1]);
        (counts[0], expansions as usize, times)
    }
}

fn part(
    weight: &dyn tantivy::query::Weight,
    reader: &SegmentReader,
    range: std::ops::Range<u32>,
) -> usize {
    let mut scorer = weight.scorer(reader, 1.0).expect("a scorer");
    let alive = reader.alive_bitset();
    let mut doc = scorer.doc();
    if doc < range.start {
        doc = scorer.seek(range.start);
    }
    let mut found = 0;
    while doc < range.end && doc != TERMINATED {
        found += usize::from(alive.is_none_or(|alive| alive.is_alive(doc)));
        doc = scorer.advance();
    }
    found
}
