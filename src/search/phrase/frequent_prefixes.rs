//! The most frequent words with a prefix: they decide most documents.
//!
//! Their postings are read in step with those of the whole words, so that positions are unpacked in whole blocks. Two
//! sets of bits say which documents have one of the frequent words, and which have a rarer word with the prefix. A
//! document in neither set is skipped; one that is only in the first is settled by the frequent words alone.

use std::io;
use std::ops::Range;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet as _};

use super::prefix_column::{Kinds, PrefixColumn};
use super::term_range::documents_with;

/// The number of frequent words that are looked up directly, provided each occurs in at least one of
/// [`LEAST_SHARE`] documents of the phrase.
const MOST_WORDS: usize = 48;
/// The least share of the documents, as its denominator.
const LEAST_SHARE: u32 = 400;

/// The most frequent words with a prefix, or, if a kind of the prefix column is exactly this prefix, the column.
#[derive(Default)]
pub(super) struct FrequentWords {
    offset: u32,
    words: Vec<FrequentWord>,
    kinds: Option<Kinds>,
    /// The documents with a frequent word, and those with a rarer word of the prefix.
    documents: Option<(BitSet, BitSet)>,
}

struct FrequentWord {
    postings: SegmentPostings,
    /// The number of documents it decided.
    answered: u32,
}

impl FrequentWords {
    /// For a prefix that is a kind: the column decides.
    pub fn of_kinds(offset: u32, kinds: Kinds) -> Self {
        Self { offset, kinds: Some(kinds), ..Self::default() }
    }

    /// The frequent ones of `infos`, the words with the prefix, the most frequent first. `phrase_documents` is the
    /// document frequency of the rarest whole word of the phrase.
    pub fn of(
        offset: u32,
        infos: &[TermInfo],
        index: &InvertedIndexReader,
        phrase_documents: u32,
        range: &Range<DocId>,
    ) -> io::Result<Self> {
        let fair = infos
            .iter()
            .take(MOST_WORDS)
            .take_while(|info| info.doc_freq >= phrase_documents / LEAST_SHARE);
        let words = fair.map(|info| {
            let with_places = IndexRecordOption::WithFreqsAndPositions;
            let postings = index.read_postings_from_terminfo(info, with_places)?;
            Ok(FrequentWord { postings, answered: 0 })
        });
        let words: Vec<FrequentWord> = words.collect::<io::Result<_>>()?;
        let (frequent, others) = infos.split_at(words.len());
        let documents =
            (documents_with(index, frequent, range)?, documents_with(index, others, range)?);
        Ok(Self { offset, words, kinds: None, documents: Some(documents) })
    }

    /// The number of words that it looks up: the first of those that were given.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether a document may have a word with the prefix.
    pub fn may_match(&self, doc: DocId) -> bool {
        let documents = self.documents.as_ref();
        documents.is_none_or(|(frequent, others)| frequent.contains(doc) || others.contains(doc))
    }

    /// Whether a word with the prefix is at its position after one of these starts of a phrase in a document; `None`
    /// if that is not decided. Documents must be asked for in ascending order.
    pub fn decides(
        &mut self,
        prefix_column: &PrefixColumn,
        doc: DocId,
        starts: &[u32],
        buffer: &mut Vec<u32>,
        rows: &mut Vec<u64>,
    ) -> Option<bool> {
        if starts.is_empty() {
            return Some(false);
        }
        if let Some(kinds) = self.kinds {
            return prefix_column.any(doc, kinds, self.offset, starts, rows);
        }
        let (_, others) = self.documents.as_ref()?;
        let has_rarer = others.contains(doc);
        for (n, word) in self.words.iter_mut().enumerate() {
            let postings = &mut word.postings;
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if at != doc {
                continue;
            }
            postings.positions(buffer);
            let mut places = buffer.iter().filter_map(|place| place.checked_sub(self.offset));
            if places.any(|start| starts.binary_search(&start).is_ok()) {
                word.answered += 1;
                // The words that decide most often are tried first.
                if n > 0 && self.words[n].answered > self.words[n - 1].answered {
                    self.words.swap(n, n - 1);
                }
                return Some(true);
            }
        }
        Some(false).filter(|_| !has_rarer)
    }
}
