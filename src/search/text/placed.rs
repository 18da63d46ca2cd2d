//! Phrases, also those whose last word is a beginning, and words near each other.
//!
//! tantivy's own query for a phrase that is half typed expands the beginning alphabetically to a few dozen words and so
//! misses nearly everything. Here the whole words are intersected first, with their places; how the beginning
//! is then looked for among the documents that are left is in `beginning.rs`. So each answer is right.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::beginning::Beginning;
use super::guard::guarded;
use super::initials::Initials;
use super::likely::Likely;
use super::slots::{Slot, length};
use super::spots::{Lists, Spots};
use super::terms::documents;
use crate::library::parallel_map_with;

/// A question whose rarest word stands in so many documents is worth a second thread.
const DENSE: u32 = 4_096;
/// The documents are shared by two threads in so many pieces, since some years are dearer than others.
const PIECES: usize = 4;

/// A word with so many times fewer places than another is looked for in those, place by place.
const FEWER: usize = 16;

/// A phrase, or two that stand near each other.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub field: Field,
    pub first: Vec<Slot>,
    /// The other, and how many words may be between.
    pub near: Option<(Vec<Slot>, u32)>,
    /// Once it is set, scans end early and their result is not used.
    pub cancelled: Arc<AtomicBool>,
}

impl Query for Placed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Placed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let initials = Initials::open(reader)?;
        let segment = Segment { index: &index, initials, cancelled: &self.cancelled };
        let found = self.find(&segment, reader.max_doc())?;
        if found.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let docs = u64::from(reader.max_doc());
        let mean = index.total_num_tokens() as Score / docs.max(1) as Score;
        let weight = Bm25Weight::for_one_term(found.len() as u64, docs, mean.max(1.0));
        let norms = reader.get_fieldnorms_reader(self.field)?;
        Ok(Box::new(Found { found, at: 0, norms, weight: weight.boost_by(boost) }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words at their places", 1.0))
    }
}

/// What is asked of a segment.
pub(super) struct Segment<'a> {
    /// Its words.
    pub index: &'a InvertedIndexReader,
    /// Once it is set, the answer is not wanted any more.
    pub cancelled: &'a AtomicBool,
    /// How they begin.
    pub initials: Initials,
}

/// One side of the question, in a segment.
#[derive(Clone)]
struct Side {
    exact: Vec<(u32, SegmentPostings)>,
    /// The last word, where it is the beginning of one.
    open: Option<Beginning>,
}

impl Side {
    /// In how many documents the rarest of its whole words stands.
    fn rarest(&self) -> Option<u32> {
        self.exact.first().map(|(_, postings)| postings.doc_freq())
    }
}

impl Placed {
    /// The documents, rising, and how often it stands in each. What is dense is looked for by two threads.
    fn find(&self, segment: &Segment<'_>, most: DocId) -> io::Result<Vec<(DocId, u32)>> {
        let Some(mut sides) = self.sides(segment)? else { return Ok(Vec::new()) };
        let rarest = sides.iter().filter_map(Side::rarest).min().unwrap_or(most);
        if rarest < DENSE {
            return self.find_in(segment, &mut sides, 0..most);
        }
        let bound = |n: usize| (u64::from(most) * n as u64 / PIECES as u64) as DocId;
        let states = vec![sides.clone(), sides];
        let found = parallel_map_with(PIECES, states, |sides, n| {
            guarded(|| self.find_in(segment, sides, bound(n)..bound(n + 1)))
        });
        let panicked = || io::Error::other("it ends where it should not");
        let found = found.into_iter().map(|found| found.ok_or_else(panicked)?);
        Ok(found.collect::<io::Result<Vec<_>>>()?.concat())
    }

    fn find_in(
        &self,
        segment: &Segment<'_>,
        sides: &mut [Side],
        range: Range<DocId>,
    ) -> io::Result<Vec<(DocId, u32)>> {
        if let [Side { exact, open: Some(open) }] = sides
            && exact.first().is_some_and(|(_, postings)| open.is_rarer_than(postings.doc_freq()))
        {
            return led(segment, exact, open, &range);
        }
        if sides.iter().all(|side| side.open.is_none()) {
            let mut found = Vec::new();
            let (mut none, mut likely) = (Spots::default(), Likely::default());
            each_candidate(segment, sides, &mut likely, &range, &mut none, |doc, places| {
                found.extend(self.count(places).map(|count| (doc, count)));
            });
            return Ok(found);
        }
        // Of a beginning at the end of a phrase one place is enough.
        let mut likely = match &*sides {
            [Side { exact, open: Some(open) }] if !exact.is_empty() => {
                open.likely(segment.index, exact[0].1.doc_freq(), &range)?
            }
            _ => Likely::default(),
        };
        let mut spots = candidates(segment, sides, &mut likely, &range)?;
        for (n, open) in sides.iter().enumerate().filter_map(|(n, s)| Some((n, s.open.as_ref()?))) {
            if self.near.is_none() {
                return open.any(segment, &spots, &range, &likely);
            }
            open.narrow(n, segment, &mut spots, &range)?;
        }
        let of = |side: usize, n: usize| -> Vec<u32> {
            spots.sides[side].iter().flat_map(|lists| lists.get(n)).collect()
        };
        let count = |n: usize| Some((spots.docs[n], self.count([&of(0, n), &of(1, n)])?));
        Ok((0..spots.docs.len()).filter_map(count).collect())
    }

    /// The sides of the question, `None` where a word of it does not stand anywhere.
    fn sides(&self, segment: &Segment<'_>) -> io::Result<Option<Vec<Side>>> {
        let slots = std::iter::once(&self.first).chain(self.near.iter().map(|(other, _)| other));
        slots.map(|slots| self.side(segment.index, slots)).collect()
    }

    fn side(&self, index: &InvertedIndexReader, slots: &[Slot]) -> io::Result<Option<Side>> {
        let mut side = Side { exact: Vec::new(), open: None };
        for slot in slots.iter().filter(|slot| !slot.prefix) {
            let term = Term::from_field_text(self.field, &slot.word);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => side.exact.push((slot.offset, postings)),
                None => return Ok(None),
            }
        }
        // The rarest word leads: it passes over most documents, and has the fewest places.
        side.exact.sort_by_key(|(_, postings)| postings.doc_freq());
        if let Some(slot) = slots.iter().find(|slot| slot.prefix) {
            side.open = Some(Beginning::of(slot, side.exact.is_empty(), index)?);
        }
        Ok(Some(side))
    }

    /// How often it stands in a document where its sides begin at these places, `None` where it does not.
    fn count(&self, [first, second]: [&[u32]; 2]) -> Option<u32> {
        let Some((other, within)) = &self.near else {
            return u32::try_from(first.len()).ok().filter(|count| *count > 0);
        };
        let (long, short) = (length(&self.first), length(other));
        // The first of the others that begins behind a place, and the first that ends behind it; both move
        // on with the place.
        let (mut behind, mut before) = (0, 0);
        let near = |start: u32| {
            while second.get(behind).is_some_and(|other| *other < start + long) {
                behind += 1;
            }
            while second.get(before).is_some_and(|other| other + short <= start) {
                before += 1;
            }
            let last = before.checked_sub(1).and_then(|n| second.get(n));
            second.get(behind).is_some_and(|other| other - (start + long) <= *within)
                || last.is_some_and(|other| start - (other + short) <= *within)
        };
        let count = first.iter().copied().map(near).filter(|near| *near).count();
        u32::try_from(count).ok().filter(|count| *count > 0)
    }
}

/// The documents of a phrase whose beginning stands in fewer than its whole words: its places come first.
fn led(
    segment: &Segment<'_>,
    exact: &mut [(u32, SegmentPostings)],
    open: &Beginning,
    range: &Range<DocId>,
) -> io::Result<Vec<(DocId, u32)>> {
    let places = open.places(segment.index, range)?;
    let (mut found, mut starts, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for of_one in places.chunk_by(|a, b| a.0 == b.0) {
        if segment.cancelled.load(Ordering::Relaxed) {
            break;
        }
        let doc = of_one[0].0;
        let stand = exact.iter_mut().all(|(_, postings)| {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            at == doc
        });
        if stand {
            self::places(exact, &mut starts, &mut others);
            others.clear();
            others.extend(of_one.iter().map(|(_, start)| *start));
            common(&mut starts, &others);
            if !starts.is_empty() {
                found.push((doc, 1));
            }
        }
    }
    Ok(found)
}

/// The documents that hold every whole word of the sides in its place, where a beginning has a word of its
/// kind behind them; where there is no whole word, those with a word that begins as the first beginning
/// does. What a likely word decides is sure, and not among them.
fn candidates(
    segment: &Segment<'_>,
    sides: &mut [Side],
    likely: &mut Likely,
    range: &Range<DocId>,
) -> io::Result<Spots> {
    let mut spots = Spots::default();
    if sides.iter().all(|side| side.exact.is_empty()) {
        let Some(open) = sides.iter().find_map(|side| side.open.as_ref()) else {
            return Ok(spots);
        };
        let set = documents(segment.index, &open.infos, range)?;
        spots.docs.extend(range.clone().filter(|doc| set.contains(*doc)));
        return Ok(spots);
    }
    let mut lists = [Lists::default(), Lists::default()];
    let whole = [0, 1].map(|n| sides.get(n).is_some_and(|side| !side.exact.is_empty()));
    let mut docs = Vec::new();
    each_candidate(segment, sides, likely, range, &mut spots, |doc, places| {
        docs.push(doc);
        for ((list, starts), _) in lists.iter_mut().zip(places).zip(whole).filter(|(_, w)| *w) {
            list.push(starts.iter().copied());
        }
    });
    spots.docs = docs;
    for ((list, into), whole) in lists.into_iter().zip(&mut spots.sides).zip(whole) {
        *into = Some(list).filter(|_| whole);
    }
    Ok(spots)
}

/// Goes through the documents that hold every whole word of the sides in its place: `take` gets each with
/// the places where each side begins. What else is known of documents goes into `spots`.
fn each_candidate(
    segment: &Segment<'_>,
    sides: &mut [Side],
    likely: &mut Likely,
    range: &Range<DocId>,
    spots: &mut Spots,
    mut take: impl FnMut(DocId, [&[u32]; 2]),
) {
    let (mut buffers, mut rows): ([Vec<u32>; 3], Vec<u64>) = Default::default();
    let mut doc = range.start;
    'next: while !segment.cancelled.load(Ordering::Relaxed) {
        // Each postings list is moved to the document; one that passes it names the next.
        let mut again = true;
        while again {
            again = false;
            for (_, postings) in sides.iter_mut().flat_map(|side| &mut side.exact) {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at >= range.end {
                    break 'next;
                }
                if at > doc {
                    doc = at;
                    again = true;
                }
            }
        }
        let [first, second, other] = &mut buffers;
        let mut fits = likely.may(doc);
        for (side, starts) in sides.iter_mut().zip([&mut *first, &mut *second]) {
            if fits && !side.exact.is_empty() {
                places(&mut side.exact, starts, other);
                match likely.decides(&segment.initials, doc, starts, other, &mut rows) {
                    Some(sure) => {
                        spots.sure.extend(sure.then_some(doc));
                        fits = false;
                    }
                    None => {
                        if let Some(open) = &side.open {
                            let known = open.keep_kinds(&segment.initials, doc, starts, &mut rows);
                            spots.unknown |= !known;
                        }
                    }
                }
                fits &= !starts.is_empty();
            }
        }
        if fits {
            take(doc, [&*first, &*second]);
        }
        doc += 1;
    }
}

/// Where the whole words of a side stand beside each other in the present document: its beginnings.
fn places(exact: &mut [(u32, SegmentPostings)], starts: &mut Vec<u32>, others: &mut Vec<u32>) {
    // All are read as places of the last word, so that each is where another would have to be.
    let last = exact.iter().map(|(offset, _)| *offset).max().unwrap_or(0);
    for (n, (offset, postings)) in exact.iter_mut().enumerate() {
        if n == 0 {
            postings.positions_with_offset(last - *offset, starts);
        } else {
            postings.positions_with_offset(last - *offset, others);
            common(starts, others);
        }
        if starts.is_empty() {
            return;
        }
    }
    if last == 0 {
        return;
    }
    starts.retain_mut(|place| match place.checked_sub(last) {
        Some(start) => {
            *place = start;
            true
        }
        None => false,
    });
}

/// Keeps of `these` what is in `those`; both rise.
///
/// Which of two frequent words comes next is anybody's guess, also a processor's, so the walk through
/// both has no branch that depends on it.
fn common(these: &mut Vec<u32>, those: &[u32]) {
    if these.len() * FEWER < those.len() {
        these.retain(|place| those.binary_search(place).is_ok());
        return;
    }
    let (mut at, mut other, mut kept) = (0, 0, 0);
    while let (Some(this), Some(that)) = (these.get(at).copied(), those.get(other)) {
        these[kept] = this;
        kept += usize::from(this == *that);
        at += usize::from(this <= *that);
        other += usize::from(*that <= this);
    }
    these.truncate(kept);
}

/// The documents that were found, for tantivy.
struct Found {
    found: Vec<(DocId, u32)>,
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.found[self.at..].partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        let Some((doc, count)) = self.found.get(self.at) else { return 0.0 };
        self.weight.score(self.norms.fieldnorm_id(*doc), *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::search::query::Said;
    use crate::search::text::Index;
    use crate::search::text::slots::slots;

    /// A key that is typed while a phrase is looked for does not wait for the scan.
    #[test]
    fn a_scan_that_is_cancelled_ends_at_once() {
        let index = Index::in_memory(&Library::exercise(), None).unwrap();
        let said = Said { text: "of the".to_owned(), phrase: true, prefix: false };
        for cancelled in [false, true] {
            let phrase = Placed {
                field: index.fields.text,
                first: slots(&said),
                near: None,
                cancelled: Arc::new(AtomicBool::new(cancelled)),
            };
            let found: u32 = index
                .reader
                .searcher()
                .segment_readers()
                .iter()
                .map(|reader| phrase.scorer(reader, 1.0).unwrap().count_including_deleted())
                .sum();
            assert_eq!(found == 0, cancelled, "{found}");
        }
    }
}
