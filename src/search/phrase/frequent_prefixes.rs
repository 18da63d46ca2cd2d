//! The words a beginning most often stands for, which are asked for document by document.
//!
//! Each is read from front to back beside the whole words of the phrase, so that its places are unpacked in
//! whole blocks. A bit for each document says whether any word that begins so stands in it at all, and whether one
//! does that is not likely: most documents are passed over or decided by these alone.

use std::io;
use std::ops::Range;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet as _};

use super::prefix_column::{Initials, Kinds};
use super::term_range::documents;

/// So many words are asked for before all others, where each stands in a fair part of the documents.
const LIKELY: usize = 48;
/// A fair part: one of so many.
const PART: u32 = 400;

/// The words a beginning most often stands for. Most documents are decided by one of them, and those that have no
/// other word that begins so are decided then in any case. Where the kinds say all that is asked for, the first place
/// of such a kind decides.
#[derive(Default)]
pub(super) struct Likely {
    offset: u32,
    words: Vec<LikelyWord>,
    kinds: Option<Kinds>,
    /// The documents with a likely word, and those with another that begins so.
    among: Option<(BitSet, BitSet)>,
}

struct LikelyWord {
    postings: SegmentPostings,
    /// How many documents it decided.
    answered: u32,
}

impl Likely {
    /// Where the kinds say all.
    pub fn of_kinds(offset: u32, kinds: Kinds) -> Self {
        Self { offset, kinds: Some(kinds), ..Self::default() }
    }

    /// The likely ones of the words that begin so, which are given with the most frequent first, where whole words
    /// beside them stand in so many documents.
    pub fn of(
        offset: u32,
        infos: &[TermInfo],
        index: &InvertedIndexReader,
        standing: u32,
        range: &Range<DocId>,
    ) -> io::Result<Self> {
        let fair = infos.iter().take(LIKELY).take_while(|info| info.doc_freq >= standing / PART);
        let words = fair.map(|info| {
            let with_places = IndexRecordOption::WithFreqsAndPositions;
            let postings = index.read_postings_from_terminfo(info, with_places)?;
            Ok(LikelyWord { postings, answered: 0 })
        });
        let words: Vec<LikelyWord> = words.collect::<io::Result<_>>()?;
        let (likely, others) = infos.split_at(words.len());
        let among = (documents(index, likely, range)?, documents(index, others, range)?);
        Ok(Self { offset, words, kinds: None, among: Some(among) })
    }

    /// How many words, the first of those that were given, are likely.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// Whether a document has any word that begins so, as far as that is known.
    pub fn may(&self, doc: DocId) -> bool {
        let among = self.among.as_ref();
        among.is_none_or(|(likely, others)| likely.contains(doc) || others.contains(doc))
    }

    /// Whether such a word stands in its place behind one of these, where the side begins in a document, `None` where
    /// that is not decided. Documents are asked for rising.
    pub fn decides(
        &mut self,
        initials: &Initials,
        doc: DocId,
        starts: &[u32],
        buffer: &mut Vec<u32>,
        rows: &mut Vec<u64>,
    ) -> Option<bool> {
        if starts.is_empty() {
            return Some(false);
        }
        if let Some(kinds) = self.kinds {
            return initials.any(doc, kinds, self.offset, starts, rows);
        }
        let (_, others) = self.among.as_ref()?;
        let open = others.contains(doc);
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
                // What answers most often is asked first.
                if n > 0 && self.words[n].answered > self.words[n - 1].answered {
                    self.words.swap(n, n - 1);
                }
                return Some(true);
            }
        }
        Some(false).filter(|_| !open)
    }
}
