//! The half-typed last word of a phrase: which candidates have a word with this prefix at its position.
//!
//! The words with the prefix are visited one after another, the most frequent first. The documents of each are read
//! in whole blocks and looked up in a table of the candidates, and positions are read only in documents that are
//! still undecided. The first few words decide most of them, and the many rare words have few documents.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::candidates::{Candidates, PackedLists};
use super::frequent_prefixes::FrequentWords;
use super::phrase_terms::PhraseTerm;
use super::prefix_column::{Kinds, PrefixColumn};
use super::term_range::{TermRange, each_document_in, reset_postings};

/// A word with this many times more documents than there are undecided candidates is looked up in each of these.
const FEW: usize = 16;

/// The segment that is searched.
pub(super) struct Segment<'a> {
    /// Its words.
    pub index: &'a InvertedIndexReader,
    /// Set when the answer is not wanted any more.
    pub cancelled: &'a AtomicBool,
    /// The first letters of its words.
    pub prefix_column: PrefixColumn,
}

/// The prefix of a word, and its position in a phrase.
#[derive(Clone)]
pub(super) struct Prefix {
    /// The position, counted from the start of the phrase.
    offset: u32,
    /// Its letters.
    start: String,
    /// The kinds that words with the prefix may be of.
    kinds: Kinds,
    /// The words with the prefix, the most frequent first; empty if they are not needed, because
    /// [`keep_kinds`](Self::keep_kinds) decides.
    pub infos: Arc<[TermInfo]>,
}

impl Prefix {
    /// The prefix of a term; `alone` if its phrase has no whole word.
    pub fn new(term: &PhraseTerm, alone: bool, index: &InvertedIndexReader) -> io::Result<Self> {
        let (start, kinds) = (term.word.clone(), Kinds::of(&term.word));
        let mut new = Self { offset: term.offset, start, kinds, infos: Arc::new([]) };
        if alone || !kinds.exact {
            new.infos = new.words(index)?;
        }
        Ok(new)
    }

    fn words(&self, index: &InvertedIndexReader) -> io::Result<Arc<[TermInfo]>> {
        let mut infos = TermRange::Prefix(self.start.clone()).infos(index)?;
        infos.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
        Ok(infos.into())
    }

    /// Whether its words together have at most this document frequency.
    pub fn is_rarer_than(&self, documents: u32) -> bool {
        let all: u64 = self.infos.iter().map(|info| u64::from(info.doc_freq)).sum();
        !self.kinds.exact && all <= u64::from(documents)
    }

    /// Keeps the starts of a phrase in a document that are followed by a word of the right kind. `false` if the kinds
    /// are not known: then all starts are kept.
    pub fn keep_kinds(
        &self,
        prefix_column: &PrefixColumn,
        doc: DocId,
        starts: &mut Vec<u32>,
        rows: &mut Vec<u64>,
    ) -> bool {
        prefix_column.keep(doc, self.kinds, self.offset, starts, rows)
    }

    /// Every document with the prefix and the position at which its phrase would start, in ascending order.
    pub fn all_starts(
        &self,
        index: &InvertedIndexReader,
        range: &Range<DocId>,
    ) -> io::Result<Vec<(DocId, u32)>> {
        // One allocation: a growing vector would leave its earlier copies in the allocator.
        let all = self.infos.iter().map(|info| info.doc_freq as usize).sum::<usize>();
        let (mut places, mut buffer) = (Vec::with_capacity(all), Vec::new());
        for info in self.infos.iter() {
            let with_places = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = index.read_postings_from_terminfo(info, with_places)?;
            if postings.doc() < range.start {
                postings.seek(range.start);
            }
            while postings.doc() < range.end {
                postings.positions(&mut buffer);
                let starts = buffer.iter().filter_map(|place| place.checked_sub(self.offset));
                places.extend(starts.map(|start| (postings.doc(), start)));
                postings.advance();
            }
        }
        places.sort_unstable();
        Ok(places)
    }

    /// The words that decide most documents; `documents` is the document frequency of the rarest whole word.
    pub fn frequent_words(
        &self,
        index: &InvertedIndexReader,
        documents: u32,
        range: &Range<DocId>,
    ) -> io::Result<FrequentWords> {
        if self.kinds.exact {
            return Ok(FrequentWords::of_kinds(self.offset, self.kinds));
        }
        FrequentWords::of(self.offset, &self.infos, index, documents, range)
    }

    /// The candidates with the prefix at its position, and the documents that were known to match.
    pub fn matching_documents(
        &self,
        segment: &Segment<'_>,
        candidates: &Candidates,
        range: &Range<DocId>,
        frequent: &FrequentWords,
    ) -> io::Result<Vec<(DocId, u32)>> {
        let decided = self.kinds.exact && candidates.sides[0].is_some() && !candidates.unknown;
        let mut found = vec![decided; candidates.docs.len()];
        if !decided {
            let skipped = frequent.len();
            self.visit_words(0, skipped, segment.index, candidates, range, |n, _| {
                found[n] = true;
                true
            })?;
        }
        let found = candidates.docs.iter().zip(found).filter(|(_, f)| *f).map(|(doc, _)| *doc);
        let mut all: Vec<(DocId, u32)> =
            candidates.matched.iter().copied().chain(found).map(|doc| (doc, 1)).collect();
        // Two sorted runs, which the stable sort merges.
        all.sort();
        Ok(all)
    }

    /// Keeps the candidates with the prefix at its position in `side`, with all starts that match.
    pub fn narrow(
        &self,
        side: usize,
        segment: &Segment<'_>,
        candidates: &mut Candidates,
        range: &Range<DocId>,
    ) -> io::Result<()> {
        if self.kinds.exact && candidates.sides[side].is_some() && !candidates.unknown {
            return Ok(());
        }
        let mut places: Vec<(u32, u32)> = Vec::new();
        self.visit_words(side, 0, segment.index, candidates, range, |n, start| {
            places.push((u32::try_from(n).unwrap_or(u32::MAX), start));
            false
        })?;
        candidates.keep(side, places);
        Ok(())
    }

    /// Visits the words with the prefix, without the first `skipped`. `found` gets a candidate and a start of the side,
    /// and returns whether the candidate is decided by that.
    fn visit_words(
        &self,
        side: usize,
        skipped: usize,
        index: &InvertedIndexReader,
        candidates: &Candidates,
        range: &Range<DocId>,
        mut found: impl FnMut(usize, u32) -> bool,
    ) -> io::Result<()> {
        // For each document of the range its index among the candidates plus one; 0 if it is none, or decided.
        let mut table = vec![0_u32; range.len()];
        for (doc, n) in candidates.docs.iter().zip(1..) {
            table[(doc - range.start) as usize] = n;
        }
        let mut undecided = candidates.docs.clone();
        let mut left = undecided.len();
        let (mut block, mut buffer) = (None, Vec::new());
        let all = if self.infos.is_empty() { &self.words(index)? } else { &self.infos };
        for info in all.iter().skip(skipped) {
            if left == 0 {
                break;
            }
            // The table says which are decided; the list is shortened when half of them are.
            if left * 2 < undecided.len() {
                undecided.retain(|doc| table[(doc - range.start) as usize] != 0);
            }
            let block = reset_postings(index, info, &mut block)?;
            let mut places: Option<SegmentPostings> = None;
            let look = |doc: DocId| -> io::Result<()> {
                let entry = &mut table[(doc - range.start) as usize];
                let Some(n) = entry.checked_sub(1) else { return Ok(()) };
                let places = match &mut places {
                    Some(places) => places,
                    none => none.insert(index.read_postings_from_terminfo(
                        info,
                        IndexRecordOption::WithFreqsAndPositions,
                    )?),
                };
                if places.doc() < doc {
                    places.seek(doc);
                }
                places.positions(&mut buffer);
                if self.fits(candidates.sides[side].as_ref(), n as usize, &buffer, &mut found) {
                    *entry = 0;
                    left -= 1;
                }
                Ok(())
            };
            if undecided.len() * FEW < info.doc_freq as usize {
                each_document_among(block, &undecided, look)?;
            } else {
                each_document_in(block, range, look)?;
            }
        }
        Ok(())
    }

    /// Whether candidate `n` is decided by a word at these positions.
    fn fits(
        &self,
        known: Option<&PackedLists>,
        n: usize,
        places: &[u32],
        found: &mut impl FnMut(usize, u32) -> bool,
    ) -> bool {
        let mut starts = places.iter().filter_map(|place| place.checked_sub(self.offset));
        let Some(known) = known else {
            return starts.any(|start| found(n, start));
        };
        let mut known = known.get(n);
        let mut next = known.next();
        starts.any(|start| {
            while next.is_some_and(|known| known < start) {
                next = known.next();
            }
            next == Some(start) && found(n, start)
        })
    }
}

/// Calls `look` for those of `some` documents, in ascending order, that have a word.
fn each_document_among(
    block: &mut BlockSegmentPostings,
    some: &[DocId],
    mut look: impl FnMut(DocId) -> io::Result<()>,
) -> io::Result<()> {
    for doc in some {
        let at = block.seek(*doc);
        match block.docs().get(at) {
            None | Some(&TERMINATED) => return Ok(()),
            Some(found) if found == doc => look(*doc)?,
            Some(_) => {}
        }
    }
    Ok(())
}
