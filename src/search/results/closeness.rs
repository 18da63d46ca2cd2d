//! How close the words of a query are to each other in a statement: it counts in the ranking.
//!
//! Two words that follow each other in the query and in the statement count like one more word of it; with words between
//! them they count less, in the other order a little less. The positions are read only in statements that may be among
//! the best with the highest bonus, so that the blocks which tantivy skips are still skipped.

use std::cmp::Reverse;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, Score, Searcher, SegmentReader};

use crate::search::index::Fields;
use crate::search::phrase::{PhraseTerm, TermRange, phrase_terms};
use crate::search::query::{Node, Query};

/// The most words whose closeness counts: the first ones.
const MOST_WORDS: usize = 6;
/// The most words with a prefix that are looked at, the most frequent ones.
const MOST_WITH_PREFIX: usize = 16;
/// The shortest prefix that is looked at, in letters: shorter ones have thousands of words.
const SHORTEST_PREFIX: usize = 3;
/// Words farther apart than this are not close.
const FARTHEST: u32 = 10;
/// What words in the other order count.
const REVERSED: Score = 0.8;
/// What a pair counts at most: the most that BM25 gives to a word, for each unit of its weight.
const MOST: Score = 2.2;

/// The words of a query whose closeness counts, and the weight of each pair of neighbours.
#[derive(Clone, Debug, Default)]
pub(super) struct Closeness {
    words: Vec<PhraseTerm>,
    weights: Vec<Score>,
}

impl Closeness {
    /// The words that a query requires, in their order.
    pub fn of(query: &Query, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let Some(Node::All(nodes)) = &query.root else { return Ok(Self::default()) };
        let words = nodes.iter().filter_map(|node| match node {
            Node::Phrase(said) => match phrase_terms(said).as_slice() {
                [word] if !word.prefix || word.word.chars().count() >= SHORTEST_PREFIX => {
                    Some(word.clone())
                }
                _ => None,
            },
            _ => None,
        });
        let words: Vec<PhraseTerm> = words.take(MOST_WORDS).collect();
        let documents = searcher.num_docs() as Score;
        let mut rarity = Vec::new();
        for word in &words {
            // A prefix counts as one word, so that the words it matches need not be counted.
            let mut found = 0;
            for form in std::iter::once(&word.word).chain(&word.forms) {
                found += searcher.doc_freq(&Term::from_field_text(fields.text, form))?;
            }
            let found = found as Score;
            rarity.push((1.0 + (documents - found).max(0.0) / (found + 0.5)).ln());
        }
        let weights = rarity.windows(2).map(|pair| pair[0].min(pair[1]) * MOST).collect();
        Ok(Self { words, weights })
    }

    /// The most that closeness adds to a score.
    pub fn most(&self) -> Score {
        self.weights.iter().sum()
    }

    /// The words in a segment; `None` if there are no two.
    pub fn in_segment(
        &self,
        reader: &SegmentReader,
        fields: &Fields,
    ) -> tantivy::Result<Option<CloseWords>> {
        if self.weights.is_empty() {
            return Ok(None);
        }
        let index = reader.inverted_index(fields.text)?;
        let with_places = IndexRecordOption::WithFreqsAndPositions;
        let mut words = Vec::new();
        for word in &self.words {
            let mut cursors = Vec::new();
            if word.prefix {
                let mut infos = TermRange::Prefix(word.word.clone()).infos(&index)?;
                infos.sort_by_key(|info| Reverse(info.doc_freq));
                for info in infos.iter().take(MOST_WITH_PREFIX) {
                    cursors.push(index.read_postings_from_terminfo(info, with_places)?);
                }
            }
            let own = std::iter::once(&word.word).filter(|_| !word.prefix);
            for form in own.chain(&word.forms) {
                let term = Term::from_field_text(fields.text, form);
                cursors.extend(index.read_postings(&term, with_places)?);
            }
            words.push(CloseWord { cursors, places: Vec::new() });
        }
        let (weights, most) = (self.weights.clone(), self.most());
        Ok(Some(CloseWords { words, weights, most, buffer: Vec::new() }))
    }
}

/// A word with the cursors of all words that it may be.
struct CloseWord {
    cursors: Vec<SegmentPostings>,
    /// Its positions in the document.
    places: Vec<u32>,
}

/// The words in a segment, read document by document.
pub(super) struct CloseWords {
    words: Vec<CloseWord>,
    weights: Vec<Score>,
    /// The most that they add to a score.
    pub most: Score,
    buffer: Vec<u32>,
}

impl CloseWords {
    /// What closeness adds to the score of a document. Documents must be asked for in ascending order.
    pub fn bonus(&mut self, doc: DocId) -> Score {
        for word in &mut self.words {
            word.places.clear();
            for cursor in &mut word.cursors {
                let at = if cursor.doc() < doc { cursor.seek(doc) } else { cursor.doc() };
                if at == doc {
                    cursor.positions(&mut self.buffer);
                    word.places.extend_from_slice(&self.buffer);
                }
            }
            if word.cursors.len() > 1 {
                word.places.sort_unstable();
            }
        }
        let pairs = self.words.iter().zip(self.words.iter().skip(1)).zip(&self.weights);
        pairs.map(|((left, right), weight)| weight * closeness(&left.places, &right.places)).sum()
    }
}

/// How close two words come to each other, from 0 to 1 for the one directly after the other. The positions ascend.
fn closeness(left: &[u32], right: &[u32]) -> Score {
    let (mut best, mut next): (Score, usize) = (0.0, 0);
    for at in left {
        while right.get(next).is_some_and(|other| other < at) {
            next += 1;
        }
        // The same position is that of the word itself.
        let after = next + usize::from(right.get(next) == Some(at));
        let after = right.get(after).map(|other| (other - at - 1, 1.0));
        let before = next.checked_sub(1).and_then(|n| right.get(n));
        let before = before.map(|other| (at - other - 1, REVERSED));
        for (between, order) in after.into_iter().chain(before) {
            if between <= FARTHEST {
                best = best.max(order / (1 + between) as Score);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nearer_words_are_closer() {
        assert!((closeness(&[3], &[4]) - 1.0).abs() < 1e-6);
        assert!((closeness(&[4], &[3]) - REVERSED).abs() < 1e-6);
        assert!((closeness(&[1, 50], &[20, 52]) - 0.5).abs() < 1e-6);
        assert!(closeness(&[1], &[13]) < 1e-6 && closeness(&[], &[1]) < 1e-6);
        // A word is not beside itself.
        assert!(closeness(&[5], &[5]) < 1e-6);
    }

    proptest! {
        #[test]
        fn closeness_is_that_of_the_best_pair(
            left in prop::collection::btree_set(0_u32..60, 0..9),
            right in prop::collection::btree_set(0_u32..60, 0..9),
        ) {
            let mut plain: Score = 0.0;
            for a in &left {
                for b in right.iter().filter(|b| *b != a && a.abs_diff(**b) - 1 <= FARTHEST) {
                    let order = if a < b { 1.0 } else { REVERSED };
                    plain = plain.max(order / a.abs_diff(*b) as Score);
                }
            }
            let list = |set: &std::collections::BTreeSet<u32>| -> Vec<u32> {
                set.iter().copied().collect()
            };
            prop_assert!((closeness(&list(&left), &list(&right)) - plain).abs() < 1e-6);
        }
    }
}
