//! The last word of a phrase while it is typed: which candidates have a word that begins so at its place.
//!
//! First it is looked up which letter stands there, and where no more than a letter is typed that is
//! all. Else the words that begin so are taken one after another, the most frequent
//! first, and the documents of each are read in whole blocks and looked up in a table of the candidates;
//! places are read of those alone that are candidates still. Most are decided by the first few words,
//! and the many rare words have few documents.

use std::io;
use std::ops::Range;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::initials::{Initials, initial};
use super::placed::Segment;
use super::spots::Spots;

/// A word with so many times more documents than there are candidates is asked for each of these.
const FEW: usize = 16;

/// A beginning of a word, and where it has to stand.
pub(super) struct Beginning<'a> {
    /// The side of the question.
    pub side: usize,
    /// How many places behind the beginning of the side.
    pub offset: u32,
    /// Its letters.
    pub start: &'a str,
    /// The words that begin so, the most frequent first.
    pub infos: &'a [TermInfo],
}

impl Beginning<'_> {
    /// The candidates with such a word at its place, each once.
    pub fn any(
        &self,
        segment: &Segment<'_>,
        mut spots: Spots,
        range: &Range<DocId>,
    ) -> io::Result<Vec<(DocId, u32)>> {
        if self.by_letter(&segment.initials, &mut spots) {
            return Ok(spots.docs.iter().map(|doc| (*doc, 1)).collect());
        }
        let mut found = vec![false; spots.docs.len()];
        self.walk(segment.index, &spots, range, |n, _| {
            found[n] = true;
            true
        })?;
        Ok(spots.docs.iter().zip(found).filter(|(_, f)| *f).map(|(doc, _)| (*doc, 1)).collect())
    }

    /// Keeps the candidates with such a word at its place, with all of these places.
    pub fn narrow(
        &self,
        segment: &Segment<'_>,
        spots: &mut Spots,
        range: &Range<DocId>,
    ) -> io::Result<()> {
        if self.by_letter(&segment.initials, spots) {
            return Ok(());
        }
        let mut places: Vec<(u32, u32)> = Vec::new();
        self.walk(segment.index, spots, range, |n, start| {
            places.push((u32::try_from(n).unwrap_or(u32::MAX), start));
            false
        })?;
        spots.keep(self.side, places);
        Ok(())
    }

    /// Keeps the candidates and the places where the word behind has the right first letter. Whether all is
    /// decided with that: there is no more than a Latin letter to ask for.
    fn by_letter(&self, initials: &Initials, spots: &mut Spots) -> bool {
        let letter = initial(self.start);
        let Some(known) = &spots.sides[self.side] else { return false };
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (n, doc) in (0_u32..).zip(&spots.docs) {
            // A document whose letters are not known would have to be looked through: all of them are then.
            let Some(mut of) = initials.of(*doc) else { return false };
            let starts = known.get(n as usize);
            let fits = starts.filter(|start| of.at(start + self.offset) == Some(letter));
            places.extend(fits.map(|start| (n, start)));
        }
        spots.keep(self.side, places);
        letter > 0 && self.start.len() == 1
    }

    /// Goes through all words and their places. `found` gets each candidate with a place where the side
    /// begins, and says whether it is decided with that.
    fn walk(
        &self,
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
        for info in self.infos {
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
                if self.fits(spots, n as usize, &buffer, &mut found) {
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
        spots: &Spots,
        n: usize,
        places: &[u32],
        found: &mut impl FnMut(usize, u32) -> bool,
    ) -> bool {
        let mut starts = places.iter().filter_map(|place| place.checked_sub(self.offset));
        let Some(known) = &spots.sides[self.side] else {
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

/// The documents of a word, read by the reader of the one before.
fn reset<'a>(
    index: &InvertedIndexReader,
    info: &TermInfo,
    block: &'a mut Option<BlockSegmentPostings>,
) -> io::Result<&'a mut BlockSegmentPostings> {
    if let Some(block) = block.as_mut() {
        index.reset_block_postings_from_terminfo(info, block)?;
    } else {
        let new = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        *block = Some(new);
    }
    block.as_mut().ok_or_else(|| io::Error::other("no postings"))
}

/// Every document of a word in a range.
fn each_in(
    block: &mut BlockSegmentPostings,
    range: &Range<DocId>,
    mut look: impl FnMut(DocId) -> io::Result<()>,
) -> io::Result<()> {
    let mut from = if range.start > 0 { block.seek(range.start) } else { 0 };
    loop {
        let docs = block.docs();
        if docs.is_empty() {
            return Ok(());
        }
        for doc in docs.get(from..).unwrap_or(&[]) {
            if *doc >= range.end {
                return Ok(());
            }
            look(*doc)?;
        }
        from = 0;
        block.advance();
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
