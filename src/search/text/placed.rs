//! Phrases, also those whose last word is a beginning, and words near each other.
//!
//! tantivy's own query for a phrase that is half typed expands the beginning alphabetically to a few dozen words and so
//! misses nearly everything. Here the whole words are intersected first, with their places; then the words that
//! begin so are taken one after another, the most frequent first, and only among documents that are
//! not decided yet. So each answer is right, and dense phrases are decided by their first few words.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::slots::{Slot, length};
use super::terms::{Terms, documents};

/// A phrase, or two that stand near each other.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub field: Field,
    pub first: Vec<Slot>,
    /// The other, and how many words may be between.
    pub near: Option<(Vec<Slot>, u32)>,
}

impl Query for Placed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Placed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let found = self.find(&index, reader.max_doc())?;
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

/// A document that may be found: where its sides begin, as far as that is known.
#[derive(Debug)]
struct Candidate {
    doc: DocId,
    /// `None` while nothing of the side has been looked at.
    starts: [Option<Vec<u32>>; 2],
}

/// One side of the question, in a segment.
struct Side {
    exact: Vec<(u32, SegmentPostings)>,
    open: Vec<(u32, Vec<TermInfo>)>,
}

impl Placed {
    /// The documents, rising, and how often it stands in each.
    fn find(&self, index: &InvertedIndexReader, most: DocId) -> std::io::Result<Vec<(DocId, u32)>> {
        let mut sides = Vec::new();
        for slots in std::iter::once(&self.first).chain(self.near.iter().map(|(other, _)| other)) {
            match self.side(index, slots)? {
                Some(side) => sides.push(side),
                None => return Ok(Vec::new()),
            }
        }
        let mut candidates = candidates(index, &mut sides, most)?;
        let open: usize = sides.iter().map(|side| side.open.len()).sum();
        let mut left = open;
        for (n, side) in sides.iter_mut().enumerate() {
            for (offset, infos) in &mut side.open {
                left -= 1;
                infos.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
                // Of the last beginning in a phrase one place is enough.
                let one = self.near.is_none() && left == 0;
                narrow(index, &mut candidates, n, *offset, infos, one)?;
            }
        }
        Ok(candidates.iter().filter_map(|c| Some((c.doc, self.count(c)?))).collect())
    }

    fn side(&self, index: &InvertedIndexReader, slots: &[Slot]) -> std::io::Result<Option<Side>> {
        let mut side = Side { exact: Vec::new(), open: Vec::new() };
        for slot in slots {
            if slot.prefix {
                let infos = Terms::Beginning(slot.word.clone()).infos(index)?;
                side.open.push((slot.offset, infos));
                continue;
            }
            let term = Term::from_field_text(self.field, &slot.word);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => side.exact.push((slot.offset, postings)),
                None => return Ok(None),
            }
        }
        // The rarest word leads: it passes over most documents, and has the fewest places.
        side.exact.sort_by_key(|(_, postings)| postings.doc_freq());
        Ok(Some(side))
    }

    /// How often it stands in a candidate, `None` where it does not.
    fn count(&self, candidate: &Candidate) -> Option<u32> {
        let first = candidate.starts[0].as_ref().filter(|starts| !starts.is_empty())?;
        let Some((other, within)) = &self.near else {
            return u32::try_from(first.len()).ok();
        };
        let second = candidate.starts[1].as_ref().filter(|starts| !starts.is_empty())?;
        let (long, short) = (length(&self.first), length(other));
        let near = |start: u32| {
            let behind = start + long;
            let from = second.partition_point(|other| *other < behind);
            let after = second.get(from).is_some_and(|other| other - behind <= *within);
            let to = second.partition_point(|other| other + short <= start);
            let before = to.checked_sub(1).and_then(|n| second.get(n));
            after || before.is_some_and(|other| start - (other + short) <= *within)
        };
        let count = first.iter().filter(|start| near(**start)).count();
        u32::try_from(count).ok().filter(|count| *count > 0)
    }
}

/// The documents that hold every whole word of the sides in its place; where there is no whole word, those
/// with a word that begins as the first beginning does.
fn candidates(
    index: &InvertedIndexReader,
    sides: &mut [Side],
    most: DocId,
) -> std::io::Result<Vec<Candidate>> {
    let mut found = Vec::new();
    if sides.iter().all(|side| side.exact.is_empty()) {
        let infos = sides.iter().flat_map(|side| side.open.first()).next();
        let Some((_, infos)) = infos else { return Ok(found) };
        let set = documents(index, infos, most)?;
        let empty = |doc| Candidate { doc, starts: [None, None] };
        found.extend((0..most).filter(|doc| set.contains(*doc)).map(empty));
        return Ok(found);
    }
    let mut doc = 0;
    'next: loop {
        // Each postings list is moved to the document; one that passes it names the next.
        let mut again = true;
        while again {
            again = false;
            for (_, postings) in sides.iter_mut().flat_map(|side| &mut side.exact) {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == TERMINATED {
                    break 'next;
                }
                if at > doc {
                    doc = at;
                    again = true;
                }
            }
        }
        let mut starts = [None, None];
        let mut fits = true;
        for (side, starts) in sides.iter_mut().zip(&mut starts) {
            if fits && !side.exact.is_empty() {
                let places = places(&mut side.exact);
                fits = !places.is_empty();
                *starts = Some(places);
            }
        }
        if fits {
            found.push(Candidate { doc, starts });
        }
        doc += 1;
    }
    Ok(found)
}

/// Where the whole words of a side stand beside each other in the present document.
fn places(exact: &mut [(u32, SegmentPostings)]) -> Vec<u32> {
    let (mut starts, mut others) = (Vec::new(), Vec::new());
    for (n, (offset, postings)) in exact.iter_mut().enumerate() {
        let into = if n == 0 { &mut starts } else { &mut others };
        postings.positions(into);
        into.retain_mut(|place| match place.checked_sub(*offset) {
            Some(start) => {
                *place = start;
                true
            }
            None => false,
        });
        if n > 0 {
            common(&mut starts, &others);
        }
        if starts.is_empty() {
            break;
        }
    }
    starts
}

/// Keeps of `these` what is in `those`; both rise.
fn common(these: &mut Vec<u32>, those: &[u32]) {
    let mut at = 0;
    these.retain(|place| {
        while those.get(at).is_some_and(|other| other < place) {
            at += 1;
        }
        those.get(at) == Some(place)
    });
}

/// Keeps the candidates in which a word of `infos` stands at `offset` from where side `n` begins.
fn narrow(
    index: &InvertedIndexReader,
    candidates: &mut Vec<Candidate>,
    n: usize,
    offset: u32,
    infos: &[TermInfo],
    one: bool,
) -> std::io::Result<()> {
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); candidates.len()];
    let mut open: Vec<(DocId, usize)> = candidates.iter().map(|c| c.doc).zip(0..).collect();
    let (mut decided, mut buffer) = (0, Vec::new());
    for info in infos {
        let mut postings: Option<SegmentPostings> = None;
        let mut at = 0;
        let mut docs = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while let Some((doc, place)) = open.get(at).copied() {
            let reached = if docs.doc() < doc { docs.seek(doc) } else { docs.doc() };
            if reached == TERMINATED {
                break;
            }
            if reached > doc {
                at += open[at..].partition_point(|(doc, _)| *doc < reached);
                continue;
            }
            at += 1;
            if one && !places[place].is_empty() {
                continue;
            }
            // The places are read only of words that stand in a candidate at all.
            let with_places =
                match &mut postings {
                    Some(postings) => postings,
                    none => none.insert(index.read_postings_from_terminfo(
                        info,
                        IndexRecordOption::WithFreqsAndPositions,
                    )?),
                };
            if with_places.doc() < doc {
                with_places.seek(doc);
            }
            with_places.positions(&mut buffer);
            let starts = buffer.iter().filter_map(|place| place.checked_sub(offset));
            let known = candidates[place].starts[n].as_ref();
            let before = places[place].len();
            places[place].extend(
                starts.filter(|start| known.is_none_or(|k| k.binary_search(start).is_ok())),
            );
            decided += usize::from(one && before == 0 && !places[place].is_empty());
        }
        if one && decided * 4 > open.len() {
            open.retain(|(_, place)| places[*place].is_empty());
            decided = 0;
            if open.is_empty() {
                break;
            }
        }
    }
    for (candidate, mut places) in candidates.iter_mut().zip(places) {
        places.sort_unstable();
        places.dedup();
        candidate.starts[n] = Some(places);
    }
    candidates.retain(|candidate| candidate.starts[n].as_ref().is_some_and(|s| !s.is_empty()));
    Ok(())
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
