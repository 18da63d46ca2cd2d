//! The last word of a phrase while it is typed: which candidates have a word that begins so at its place.
//!
//! It is looked up of which kind the word there is, and where all words of that kind begin so that is all.
//! Where the words that begin so are rarer than the whole words, their places are gathered and lead.
//! Else the words that begin so are taken one after another, the most frequent
//! first, and the documents of each are read in whole blocks and looked up in a table of the candidates;
//! places are read of those alone that are candidates still. Most are decided by the first few words,
//! and the many rare words have few documents.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::candidates::{Lists, Spots};
use super::frequent_prefixes::Likely;
use super::phrase_terms::Slot;
use super::prefix_column::{Initials, Kinds};
use super::term_range::{Terms, each_in, reset};

/// A word with so many times more documents than there are candidates is asked for each of these.
const FEW: usize = 16;

/// What is asked of a segment.
pub(super) struct Segment<'a> {
    /// Its words.
    pub index: &'a InvertedIndexReader,
    /// Once it is set, the answer is not wanted any more.
    pub cancelled: &'a AtomicBool,
    /// How they begin.
    pub initials: Initials,
}

/// A beginning of a word, and where it has to stand.
#[derive(Clone)]
pub(super) struct Beginning {
    /// How many places behind the beginning of its side.
    offset: u32,
    /// Its letters.
    start: String,
    /// The kinds of the words that begin so.
    kinds: Kinds,
    /// The words that begin so, the most frequent first; none where they are not needed, because
    /// [`keep_kinds`](Self::keep_kinds) decides.
    pub infos: Arc<[TermInfo]>,
}

impl Beginning {
    /// That of a slot; `alone` where no whole word stands beside it.
    pub fn of(slot: &Slot, alone: bool, index: &InvertedIndexReader) -> io::Result<Self> {
        let (start, kinds) = (slot.word.clone(), Kinds::of(&slot.word));
        let mut new = Self { offset: slot.offset, start, kinds, infos: Arc::new([]) };
        if alone || !kinds.exact {
            new.infos = new.words(index)?;
        }
        Ok(new)
    }

    fn words(&self, index: &InvertedIndexReader) -> io::Result<Arc<[TermInfo]>> {
        let mut infos = Terms::Beginning(self.start.clone()).infos(index)?;
        infos.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
        Ok(infos.into())
    }

    /// Whether its words stand in fewer documents than a word does that stands in so many.
    pub fn is_rarer_than(&self, documents: u32) -> bool {
        let all: u64 = self.infos.iter().map(|info| u64::from(info.doc_freq)).sum();
        !self.kinds.exact && all <= u64::from(documents)
    }

    /// Keeps the places where a side begins in a document that have a word of the right kind behind them.
    /// `false` where the kinds are not known; all places stay then.
    pub fn keep_kinds(
        &self,
        initials: &Initials,
        doc: DocId,
        starts: &mut Vec<u32>,
        rows: &mut Vec<u64>,
    ) -> bool {
        initials.keep(doc, self.kinds, self.offset, starts, rows)
    }

    /// Every document and place in it where its side would begin, rising.
    pub fn places(
        &self,
        index: &InvertedIndexReader,
        range: &Range<DocId>,
    ) -> io::Result<Vec<(DocId, u32)>> {
        // In one piece from the start: what grows leaves holes behind, and a reader is to stay small.
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

    /// What most documents are decided by, where whole words beside this stand in so many.
    pub fn likely(
        &self,
        index: &InvertedIndexReader,
        documents: u32,
        range: &Range<DocId>,
    ) -> io::Result<Likely> {
        if self.kinds.exact {
            return Ok(Likely::of_kinds(self.offset, self.kinds));
        }
        Likely::of(self.offset, &self.infos, index, documents, range)
    }

    /// The candidates with such a word at its place, each once, and what was sure before.
    pub fn any(
        &self,
        segment: &Segment<'_>,
        spots: &Spots,
        range: &Range<DocId>,
        likely: &Likely,
    ) -> io::Result<Vec<(DocId, u32)>> {
        let decided = self.kinds.exact && spots.sides[0].is_some() && !spots.unknown;
        let mut found = vec![decided; spots.docs.len()];
        if !decided {
            let passed = likely.words();
            self.walk(0, passed, segment.index, spots, range, |n, _| {
                found[n] = true;
                true
            })?;
        }
        let found = spots.docs.iter().zip(found).filter(|(_, f)| *f).map(|(doc, _)| *doc);
        let mut all: Vec<(DocId, u32)> =
            spots.sure.iter().copied().chain(found).map(|doc| (doc, 1)).collect();
        // Two runs, each rising: the stable sort takes them for what they are.
        all.sort();
        Ok(all)
    }

    /// Keeps the candidates with such a word at its place beside this side, with all of these places.
    pub fn narrow(
        &self,
        side: usize,
        segment: &Segment<'_>,
        spots: &mut Spots,
        range: &Range<DocId>,
    ) -> io::Result<()> {
        if self.kinds.exact && spots.sides[side].is_some() && !spots.unknown {
            return Ok(());
        }
        let mut places: Vec<(u32, u32)> = Vec::new();
        self.walk(side, 0, segment.index, spots, range, |n, start| {
            places.push((u32::try_from(n).unwrap_or(u32::MAX), start));
            false
        })?;
        spots.keep(side, places);
        Ok(())
    }

    /// Goes through all words but the first so many, and their places. `found` gets each candidate with a place
    /// where the side begins, and says whether it is decided with that.
    fn walk(
        &self,
        side: usize,
        passed: usize,
        index: &InvertedIndexReader,
        spots: &Spots,
        range: &Range<DocId>,
        mut found: impl FnMut(usize, u32) -> bool,
    ) -> io::Result<()> {
        // For each document in the range one more than its place among the candidates; 0 for no candidate, and
        // for one that is decided.
        let mut table = vec![0_u32; range.len()];
        for (doc, n) in spots.docs.iter().zip(1..) {
            table[(doc - range.start) as usize] = n;
        }
        let mut open = spots.docs.clone();
        let mut left = open.len();
        let (mut block, mut buffer) = (None, Vec::new());
        let all = if self.infos.is_empty() { &self.words(index)? } else { &self.infos };
        for info in all.iter().skip(passed) {
            if left == 0 {
                break;
            }
            // The table says which are decided; the list is cut when most of it is.
            if left * 2 < open.len() {
                open.retain(|doc| table[(doc - range.start) as usize] != 0);
            }
            let block = reset(index, info, &mut block)?;
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
                if self.fits(spots.sides[side].as_ref(), n as usize, &buffer, &mut found) {
                    *entry = 0;
                    left -= 1;
                }
                Ok(())
            };
            if open.len() * FEW < info.doc_freq as usize {
                each_of(block, &open, look)?;
            } else {
                each_in(block, range, look)?;
            }
        }
        Ok(())
    }

    /// Whether candidate `n` is decided by a word that stands at these places.
    fn fits(
        &self,
        known: Option<&Lists>,
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

/// Those of some documents, rising, that are documents of a word.
fn each_of(
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
