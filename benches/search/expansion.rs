//! Half-typed phrases compared with tantivy's own `PhrasePrefixQuery`, with room for every word that the prefix expands
//! to, so that it is exact.

use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};

use spv::search::words;
use tantivy::query::{EnableScoring, PhrasePrefixQuery, Query as _, Weight};
use tantivy::schema::{Field, Term};
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

/// Words before the prefix: the most frequent ones, alone and together.
const BEFORE: [&str; 6] = ["the", "of the", "to", "and", "in the", "of"];
/// Prefixes that thousands of words have, or that occur in very many documents.
const PREFIXES: [&str; 8] = ["co", "con", "re", "pr", "in", "un", "st", "s"];

/// The most expensive half-typed phrases: every letter, and some longer prefixes, after frequent words.
pub fn expensive() -> Vec<String> {
    let letters = ('a'..='z').map(String::from);
    let prefixes: Vec<String> =
        letters.chain(PREFIXES[..7].iter().map(ToString::to_string)).collect();
    phrases(&BEFORE, &prefixes)
}

/// Fewer of them, for what takes seconds.
pub fn some_expensive() -> Vec<String> {
    phrases(&BEFORE[..2], &PREFIXES.map(str::to_owned))
}

fn phrases(before: &[&str], prefixes: &[String]) -> Vec<String> {
    let phrases = |before| prefixes.iter().map(move |prefix| format!("\"{before} {prefix}*\""));
    before.iter().flat_map(phrases).collect()
}

/// tantivy's own query, on the files of an index.
pub struct TantivyQuery {
    index: tantivy::Index,
    field: Field,
}

/// What a query found, and how long it took.
pub struct Counted {
    /// Documents found.
    pub found: usize,
    /// Words with the prefix.
    pub words: u32,
    /// The time on one thread and on two.
    pub times: [Duration; 2],
}

impl TantivyQuery {
    /// Opens the index in a folder. Its lists end with a checksum that tantivy does not expect, so it is opened in another
    /// folder, with links to the other files.
    pub fn open(folder: &Path, links: &Path) -> Self {
        let _ = std::fs::remove_dir_all(links);
        std::fs::create_dir_all(links).expect("a folder");
        for file in std::fs::read_dir(folder).expect("an index").flatten() {
            let (from, to) = (file.path(), links.join(file.file_name()));
            if from.extension().is_some_and(|extension| extension == "json") {
                let text = std::fs::read_to_string(from).expect("a list");
                let end = text.rfind("\nsum ").expect("a checksum");
                std::fs::write(to, &text[..end]).expect("a list");
            } else {
                std::fs::hard_link(from, to).expect("a link");
            }
        }
        let index = tantivy::Index::open_in_dir(links).expect("an index");
        let field = index.schema().get_field("text").expect("a field");
        Self { index, field }
    }

    /// Counts the documents with a half-typed phrase.
    pub fn count(&self, text: &str) -> Counted {
        let mut all: Vec<String> = Vec::new();
        words::each_word(text, |word, _, _| all.push(word.to_owned()));
        let terms: Vec<Term> =
            all.iter().map(|word| Term::from_field_text(self.field, word)).collect();
        let prefix = all.last().expect("a word");
        let searcher = self.index.reader().expect("a reader").searcher();
        let mut counted = Counted { found: 0, words: 0, times: [Duration::ZERO; 2] };
        for threads in [1_u32, 2] {
            let start = Instant::now();
            counted.found = 0;
            for reader in searcher.segment_readers() {
                let index = reader.inverted_index(self.field).expect("an inverted index");
                let range = index.terms().range().ge(prefix.as_bytes());
                let end = format!("{prefix}\u{10FFFF}");
                let mut stream = range.lt(end.as_bytes()).into_stream().expect("terms");
                counted.words = 0;
                while stream.advance() {
                    counted.words += 1;
                }
                let mut query = PhrasePrefixQuery::new(terms.clone());
                query.set_max_expansions(counted.words);
                let scoring = EnableScoring::disabled_from_searcher(&searcher);
                let weight = query.weight(scoring).expect("a weight");
                let max = u64::from(reader.max_doc());
                let bound = |n: u64| (max * n / u64::from(threads)) as u32;
                let part = |n: u64| count_part(&*weight, reader, bound(n)..bound(n + 1));
                counted.found += std::thread::scope(|scope| {
                    let other = (threads > 1).then(|| scope.spawn(|| part(1)));
                    part(0) + other.map_or(0, |other| other.join().expect("a count"))
                });
            }
            counted.times[threads as usize - 1] = start.elapsed();
        }
        counted
    }
}

fn count_part(weight: &dyn Weight, reader: &SegmentReader, range: Range<u32>) -> usize {
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
