//! Phrases, also half-typed ones, and words near each other.
//!
//! # The problem
//!
//! Search answers while a phrase is typed: `"the con*"` asks for every statement with *the* followed by a word that
//! starts with *con*. *The* is in nearly every statement, thousands of words start with *con*, and the answer must come
//! before the next key. It must also be exact, because it is counted.
//!
//! tantivy has `PhrasePrefixQuery` for this. By default it expands the prefix to the first 50 words of the dictionary and
//! misses nearly everything. With room for all words it is exact, but too slow: for each document of the whole words it
//! looks at the postings of every word with the prefix. Over 106,302 statements it took (processor time; the bound is
//! 80 ms for a key):
//!
//! | half-typed phrase | words with the prefix | `PhrasePrefixQuery` | this module |
//! | --- | ---: | ---: | ---: |
//! | drawn from the records, p50 | | 13 ms | 2.0 to 2.8 ms |
//! | drawn from the records, p99 | | 650 ms | 16 to 25 ms |
//! | `"the pro*"` | 524 | 360 ms | 24 to 37 ms |
//! | `"the con*"` | 856 | 390 ms | |
//! | `"of the s*"` | 5,596 | 2,800 ms | |
//!
//! It was built with `opt-level = 2` and debug assertions, this module as released; a factor of three would not change
//! the result. It also has no score after a single whole word, so the order of hits would be lost, and a scan cannot be
//! cancelled between two matches. `cargo bench --bench search -- half` compares the two.
//!
//! # The parts
//!
//! - [`phrase_terms`](phrase_terms()) turns a word or phrase of a query into terms with positions.
//! - [`PhraseQuery`] intersects the whole words and decides each document in the order below.
//! - `prefix_column` is a column of the index with the first letters of every word, five bits each. It answers without
//!   any postings what kind of word is at a position.
//! - `frequent_prefixes` looks up the few most frequent words with the prefix, which decide most documents.
//! - `prefix` visits all words with the prefix, for the documents that are left: the `candidates`.
//! - `term_range` reads the words with a prefix from the dictionary.
//!
//! # The order of decisions
//!
//! For each document that has the whole words, [`PhraseQuery`] finds the *starts*: the positions at which the whole words
//! match. Then, the cheapest first:
//!
//! 1. Do the words with the prefix together occur in fewer documents than the rarest whole word? Then their positions are
//!    read first, and the whole words are only looked up there.
//! 2. Is the prefix one of the kinds of the column, as *s* or *re*? Then the column decides every start, and no word with
//!    the prefix is read at all.
//! 3. Is one of the frequent words at its position? Then the document matches. If not, and the document has no rarer word
//!    with the prefix, it does not match.
//! 4. Is a word of the right kind at its position, by the column? Other starts are dropped. What is left is a candidate.
//! 5. The remaining words are visited, the most frequent first, each only in candidates that are undecided.
//!
//! Two phrases with `near` between them need every start and not one: only the column (2, 4) and the last step apply.
//!
//! # An example
//!
//! `"the con*"`: the words with *con* are in more documents than *the* (1), and *con* is no kind of the column, but its
//! words are of the kind *co* (2). *Conflict* is one of the frequent words: a statement with *the conflict* matches (3).
//! Another statement has *the consul* and *the country*, and none of the frequent words after *the*. *Consul* is a rarer
//! word with the prefix, so the statement is undecided. By the column these two starts have a word of the kind *co*, and
//! all other starts are dropped (4). The rarer words are visited one after another; *consul* is at the first start, and
//! the statement matches (5).

mod candidates;
mod frequent_prefixes;
mod phrase_query;
mod phrase_terms;
mod prefix;
mod prefix_column;
mod term_range;

pub(super) use phrase_query::PhraseQuery;
pub(super) use phrase_terms::{PhraseTerm, phrase_length, phrase_terms};
pub(super) use prefix_column::{PREFIX_COLUMN, PrefixColumnWriter, WordCounts};
pub(super) use term_range::{TermRange, TermRangeQuery};
