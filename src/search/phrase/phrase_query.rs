//! The query for a phrase, whole or half typed, and for two phrases near each other.
//!
//! The postings of the whole words are intersected first. The positions at which the phrase may start are then
//! checked against the half-typed word: see [`phrase`](super) for how.

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

use super::candidates::{Candidates, PackedLists};
use super::frequent_prefixes::FrequentWords;
use super::phrase_terms::{PhraseTerm, phrase_length};
use super::prefix::{Prefix, Segment};
use super::prefix_column::PrefixColumn;
use super::term_range::documents_with;
use crate::library::parallel_map_with;
use crate::search::catch_panic::catch_panic;
use crate::search::words::{JOINT, MOST_PARTS};

/// From this document frequency of the rarest word on, two threads share the documents.
const DENSE: u32 = 4_096;
/// The number of ranges that the threads take one after another: some years cost more than others.
const PIECES: usize = 4;

/// Positions this many times fewer than those of another word are looked up there one by one.
const FEWER: usize = 16;

/// A phrase, or two phrases near each other.
#[derive(Clone, Debug)]
pub(in crate::search) struct PhraseQuery {
    pub field: Field,
    pub first: Vec<PhraseTerm>,
    /// The other phrase, and the most words between the two.
    pub near: Option<(Vec<PhraseTerm>, u32)>,
    /// Ends a scan early when it is set. The result of that scan must not be used.
    pub cancelled: Arc<AtomicBool>,
}

impl Query for PhraseQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for PhraseQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let prefix_column = PrefixColumn::open(reader)?;
        let segment = Segment { index: &index, prefix_column, cancelled: &self.cancelled };
        let found = self.find(&segment, reader.max_doc())?;
        if found.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let docs = u64::from(reader.max_doc());
        let mean = index.total_num_tokens() as Score / docs.max(1) as Score;
        let weight = Bm25Weight::for_one_term(found.len() as u64, docs, mean.max(1.0));
        let norms = reader.get_fieldnorms_reader(self.field)?;
        Ok(Box::new(PhraseScorer { found, at: 0, norms, weight: weight.boost_by(boost) }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words at their positions", 1.0))
    }
}

/// One phrase of the query in a segment, with cursors into its postings.
#[derive(Clone)]
struct Side {
    /// The whole words with their offsets in the phrase, the rarest first.
    words: Vec<(u32, SegmentPostings)>,
    /// The last word, if it is half typed.
    prefix: Option<Prefix>,
}

impl Side {
    /// The document frequency of its rarest whole word.
    fn rarest(&self) -> Option<u32> {
        self.words.first().map(|(_, postings)| postings.doc_freq())
    }
}

impl PhraseQuery {
    /// The matching documents in ascending order, and the number of matches in each. Two threads share them if even
    /// the rarest word is frequent.
    fn find(&self, segment: &Segment<'_>, most: DocId) -> io::Result<Vec<(DocId, u32)>> {
        let Some(mut sides) = self.sides(segment)? else { return Ok(Vec::new()) };
        let rarest = sides.iter().filter_map(Side::rarest).min().unwrap_or(most);
        if rarest < DENSE {
            return self.find_in(segment, &mut sides, 0..most);
        }
        let bound = |n: usize| (u64::from(most) * n as u64 / PIECES as u64) as DocId;
        let states = vec![sides.clone(), sides];
        let found = parallel_map_with(PIECES, states, |sides, n| {
            catch_panic(|| self.find_in(segment, sides, bound(n)..bound(n + 1)))
        });
        let panicked = || io::Error::other("the search was interrupted");
        let found = found.into_iter().map(|found| found.ok_or_else(panicked)?);
        Ok(found.collect::<io::Result<Vec<_>>>()?.concat())
    }

    fn find_in(
        &self,
        segment: &Segment<'_>,
        sides: &mut [Side],
        range: Range<DocId>,
    ) -> io::Result<Vec<(DocId, u32)>> {
        if let [Side { words, prefix: Some(prefix) }] = sides
            && words.first().is_some_and(|(_, postings)| prefix.is_rarer_than(postings.doc_freq()))
        {
            return find_from_prefix(segment, words, prefix, &range);
        }
        if sides.iter().all(|side| side.prefix.is_none()) {
            let mut found = Vec::new();
            let mut joints = self.joints(segment.index)?;
            let (mut none, mut frequent) = (Candidates::default(), FrequentWords::default());
            each_candidate(segment, sides, &mut frequent, &range, &mut none, |doc, places| {
                found.extend(self.count(doc, places, &mut joints).map(|count| (doc, count)));
            });
            return Ok(found);
        }
        // One match is enough of a phrase that is half typed.
        let mut frequent = match &*sides {
            [Side { words, prefix: Some(prefix) }] if !words.is_empty() => {
                prefix.frequent_words(segment.index, words[0].1.doc_freq(), &range)?
            }
            _ => FrequentWords::default(),
        };
        let mut candidates = find_candidates(segment, sides, &mut frequent, &range)?;
        for (n, prefix) in
            sides.iter().enumerate().filter_map(|(n, s)| Some((n, s.prefix.as_ref()?)))
        {
            if self.near.is_none() {
                return prefix.matching_documents(segment, &candidates, &range, &frequent);
            }
            prefix.narrow(n, segment, &mut candidates, &range)?;
        }
        let of = |side: usize, n: usize| -> Vec<u32> {
            candidates.sides[side].iter().flat_map(|lists| lists.get(n)).collect()
        };
        let mut joints = self.joints(segment.index)?;
        let count = |n: usize| {
            let doc = candidates.docs[n];
            Some((doc, self.count(doc, [&of(0, n), &of(1, n)], &mut joints)?))
        };
        Ok((0..candidates.docs.len()).filter_map(count).collect())
    }

    /// The joints of compounds, by which words are counted between two phrases.
    fn joints(&self, index: &InvertedIndexReader) -> io::Result<Joints> {
        if self.near.is_none() {
            return Ok(Joints::default());
        }
        let term = Term::from_field_text(self.field, JOINT);
        let postings = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Joints { postings, ..Joints::default() })
    }

    /// The sides of the query; `None` if one of its words does not occur in the segment.
    fn sides(&self, segment: &Segment<'_>) -> io::Result<Option<Vec<Side>>> {
        let terms = std::iter::once(&self.first).chain(self.near.iter().map(|(other, _)| other));
        terms.map(|terms| self.side(segment.index, terms)).collect()
    }

    fn side(&self, index: &InvertedIndexReader, terms: &[PhraseTerm]) -> io::Result<Option<Side>> {
        let mut side = Side { words: Vec::new(), prefix: None };
        for term in terms.iter().filter(|term| !term.prefix) {
            let word = Term::from_field_text(self.field, &term.word);
            match index.read_postings(&word, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => side.words.push((term.offset, postings)),
                None => return Ok(None),
            }
        }
        // The rarest word leads: it skips the most documents and has the fewest positions.
        side.words.sort_by_key(|(_, postings)| postings.doc_freq());
        if let Some(term) = terms.iter().find(|term| term.prefix) {
            side.prefix = Some(Prefix::new(term, side.words.is_empty(), index)?);
        }
        Ok(Some(side))
    }

    /// The number of matches in a document where the sides start at these positions; `None` for none. Documents must
    /// be asked for in ascending order.
    fn count(&self, doc: DocId, [first, second]: [&[u32]; 2], joints: &mut Joints) -> Option<u32> {
        let Some((other, within)) = &self.near else {
            return u32::try_from(first.len()).ok().filter(|count| *count > 0);
        };
        let lengths = (phrase_length(&self.first), phrase_length(other));
        // Most documents match without their compounds, whose joints cost as much as those of a frequent word. A match
        // that needs them then does not count in the score.
        let plain = count_near(first, second, lengths, |range| range.len() as u32 <= *within + 1);
        let count = if plain > 0 {
            plain
        } else {
            count_near(first, second, lengths, |range| {
                let between = range.len() as u32 - 1;
                between <= (within + 2) * MOST_PARTS as u32
                    && between - joints.count(doc, range).min(between) <= *within
            })
        };
        Some(count).filter(|count| *count > 0)
    }
}

/// The number of starts of a phrase that are near a start of another; `lengths` are those of the two phrases. `is_near`
/// gets the positions from the end of the left phrase to the start of the right one, both included.
fn count_near(
    first: &[u32],
    second: &[u32],
    (long, short): (u32, u32),
    mut is_near: impl FnMut(Range<u32>) -> bool,
) -> u32 {
    // The first of the others that starts after this one ends, and the first that ends after this one starts. Both move
    // forward with `start`.
    let (mut after, mut before) = (0, 0);
    let near = |start: u32| {
        while second.get(after).is_some_and(|other| *other < start + long) {
            after += 1;
        }
        while second.get(before).is_some_and(|other| other + short <= start) {
            before += 1;
        }
        let last = before.checked_sub(1).and_then(|n| second.get(n));
        second.get(after).is_some_and(|other| is_near(start + long..*other + 1))
            || last.is_some_and(|other| is_near(other + short..start + 1))
    };
    let count = first.iter().copied().map(near).filter(|near| *near).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The positions of the joints of compounds, read document by document.
#[derive(Default)]
struct Joints {
    postings: Option<SegmentPostings>,
    /// The document that was read last, and its joints.
    doc: Option<DocId>,
    places: Vec<u32>,
}

impl Joints {
    /// The number of joints at some positions of a document. Documents must be asked for in ascending order.
    fn count(&mut self, doc: DocId, range: Range<u32>) -> u32 {
        if self.doc != Some(doc) {
            self.doc = Some(doc);
            self.places.clear();
            if let Some(postings) = &mut self.postings {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == doc {
                    postings.positions(&mut self.places);
                }
            }
        }
        let before = |place: u32| self.places.partition_point(|joint| *joint < place);
        u32::try_from(before(range.end) - before(range.start)).unwrap_or(u32::MAX)
    }
}

/// The documents of a phrase whose prefix occurs in fewer documents than its whole words: the positions of the
/// words with the prefix are read first and lead.
fn find_from_prefix(
    segment: &Segment<'_>,
    words: &mut [(u32, SegmentPostings)],
    prefix: &Prefix,
    range: &Range<DocId>,
) -> io::Result<Vec<(DocId, u32)>> {
    let places = prefix.all_starts(segment.index, range)?;
    let (mut found, mut starts, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for of_one in places.chunk_by(|a, b| a.0 == b.0) {
        if segment.cancelled.load(Ordering::Relaxed) {
            break;
        }
        let doc = of_one[0].0;
        let all_there = words.iter_mut().all(|(_, postings)| {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            at == doc
        });
        if all_there {
            phrase_starts(words, &mut starts, &mut others);
            others.clear();
            others.extend(of_one.iter().map(|(_, start)| *start));
            keep_common(&mut starts, &others);
            if !starts.is_empty() {
                found.push((doc, 1));
            }
        }
    }
    Ok(found)
}

/// The documents that have every whole word of the sides at its position, each with the starts that are followed by
/// a word of a kind that the prefix may be. If there is no whole word, the documents of the first prefix. Documents
/// that a frequent word decides are in [`Candidates::matched`] and are no candidates.
fn find_candidates(
    segment: &Segment<'_>,
    sides: &mut [Side],
    frequent: &mut FrequentWords,
    range: &Range<DocId>,
) -> io::Result<Candidates> {
    let mut candidates = Candidates::default();
    if sides.iter().all(|side| side.words.is_empty()) {
        let Some(prefix) = sides.iter().find_map(|side| side.prefix.as_ref()) else {
            return Ok(candidates);
        };
        let set = documents_with(segment.index, &prefix.infos, range)?;
        candidates.docs.extend(range.clone().filter(|doc| set.contains(*doc)));
        return Ok(candidates);
    }
    let mut lists = [PackedLists::default(), PackedLists::default()];
    let whole = [0, 1].map(|n| sides.get(n).is_some_and(|side| !side.words.is_empty()));
    let mut docs = Vec::new();
    each_candidate(segment, sides, frequent, range, &mut candidates, |doc, places| {
        docs.push(doc);
        for ((list, starts), _) in lists.iter_mut().zip(places).zip(whole).filter(|(_, w)| *w) {
            list.push(starts.iter().copied());
        }
    });
    candidates.docs = docs;
    for ((list, into), whole) in lists.into_iter().zip(&mut candidates.sides).zip(whole) {
        *into = Some(list).filter(|_| whole);
    }
    Ok(candidates)
}

/// Calls `take` for each document that has every whole word of the sides at its position, with the starts of each
/// side. Documents that are decided on the way go to [`Candidates::matched`].
fn each_candidate(
    segment: &Segment<'_>,
    sides: &mut [Side],
    frequent: &mut FrequentWords,
    range: &Range<DocId>,
    candidates: &mut Candidates,
    mut take: impl FnMut(DocId, [&[u32]; 2]),
) {
    let (mut buffers, mut rows): ([Vec<u32>; 3], Vec<u64>) = Default::default();
    let mut doc = range.start;
    'next: while !segment.cancelled.load(Ordering::Relaxed) {
        // Every cursor is moved to the document; one that ends beyond it names the next document.
        let mut again = true;
        while again {
            again = false;
            for (_, postings) in sides.iter_mut().flat_map(|side| &mut side.words) {
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
        let mut fits = frequent.may_match(doc);
        for (side, starts) in sides.iter_mut().zip([&mut *first, &mut *second]) {
            if fits && !side.words.is_empty() {
                phrase_starts(&mut side.words, starts, other);
                match frequent.decides(&segment.prefix_column, doc, starts, other, &mut rows) {
                    Some(matches) => {
                        candidates.matched.extend(matches.then_some(doc));
                        fits = false;
                    }
                    None => {
                        if let Some(prefix) = &side.prefix {
                            let known =
                                prefix.keep_kinds(&segment.prefix_column, doc, starts, &mut rows);
                            candidates.unknown |= !known;
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

/// The positions at which the whole words of a side match in the current document: the starts of the side.
fn phrase_starts(
    words: &mut [(u32, SegmentPostings)],
    starts: &mut Vec<u32>,
    others: &mut Vec<u32>,
) {
    // The positions of every word are read as those of the last word, so that equal numbers are matches.
    let last = words.iter().map(|(offset, _)| *offset).max().unwrap_or(0);
    for (n, (offset, postings)) in words.iter_mut().enumerate() {
        if n == 0 {
            postings.positions_with_offset(last - *offset, starts);
        } else {
            postings.positions_with_offset(last - *offset, others);
            keep_common(starts, others);
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

/// Keeps the numbers of `these` that are also in `those`. Both are sorted.
///
/// The merge has no branch on which list comes next: for two frequent words the processor cannot predict it.
fn keep_common(these: &mut Vec<u32>, those: &[u32]) {
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

/// The documents found, as tantivy iterates over them.
struct PhraseScorer {
    found: Vec<(DocId, u32)>,
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl DocSet for PhraseScorer {
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

impl Scorer for PhraseScorer {
    fn score(&mut self) -> Score {
        let Some((doc, count)) = self.found.get(self.at) else { return 0.0 };
        self.weight.score(self.norms.fieldnorm_id(*doc), *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::search::index::Index;
    use crate::search::phrase::phrase_terms;
    use crate::search::query::Phrase;

    /// A key typed during a scan does not wait for it.
    #[test]
    fn a_scan_that_is_cancelled_ends_at_once() {
        let index = Index::in_memory(&Library::exercise(), None).unwrap();
        let said = Phrase { text: "of the".to_owned(), quoted: true, prefix: false, forms: None };
        for cancelled in [false, true] {
            let phrase = PhraseQuery {
                field: index.fields.text,
                first: phrase_terms(&said),
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
