//! From matching documents to hits and counts.
//!
//! The documents of a record are neighbours in the index, and so are those of a statement, the whole before its pieces.
//! So one pass in order counts each statement and record once, without a set of those already seen.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::index::SegmentReader;
use tantivy::query::Scorer;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, TERMINATED, TantivyError};

use super::closeness::CloseWords;
use crate::search::index::{Attributes, DocumentPart, Editions};

/// What a search asks for besides the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SearchRequest {
    /// The number of hits.
    pub limit: usize,
    /// Order the hits by score, not by date.
    pub by_score: bool,
    /// The query narrows by capacity.
    pub pieces: bool,
    /// Count every edition, because the query names a language.
    pub every: bool,
    /// What statements are grouped by, besides their years.
    pub by: Group,
}

/// What statements are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    State,
    Members,
    Speaker,
    Record,
    Nothing,
}

/// A document that may become a hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HitCandidate {
    pub score: Score,
    pub date: u32,
    pub entry: u32,
    pub nth: u32,
    pub attributes: Attributes,
}

impl HitCandidate {
    /// The order of hits: by score, then the later first, then in the order of the catalogue.
    fn order(&self, other: &Self, by_score: bool) -> Ordering {
        let score = if by_score { other.score.total_cmp(&self.score) } else { Ordering::Equal };
        score
            .then_with(|| Reverse(self.date).cmp(&Reverse(other.date)))
            .then_with(|| (self.entry, self.nth).cmp(&(other.entry, other.nth)))
    }
}

/// Keeps the best few of many candidates.
#[derive(Debug)]
pub(super) struct BestHits {
    limit: usize,
    by_score: bool,
    kept: Vec<HitCandidate>,
    /// The worst that is kept, once there are enough.
    worst: Option<HitCandidate>,
}

impl BestHits {
    pub fn new(limit: usize, by_score: bool) -> Self {
        Self { limit, by_score, kept: Vec::new(), worst: None }
    }

    /// The score that a candidate must exceed; the lowest score while there is room.
    pub fn threshold(&self) -> Score {
        self.worst.map_or(Score::MIN, |worst| worst.score)
    }

    pub fn push(&mut self, candidate: HitCandidate) {
        if self.limit == 0 {
            return;
        }
        let worse =
            |worst: &HitCandidate| candidate.order(worst, self.by_score) == Ordering::Greater;
        if self.worst.as_ref().is_some_and(worse) {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() >= self.limit.saturating_mul(2) || self.worst.is_none() {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() < self.limit {
            return;
        }
        let by_score = self.by_score;
        let last = self.limit - 1;
        let (_, worst, _) = self.kept.select_nth_unstable_by(last, |a, b| a.order(b, by_score));
        self.worst = Some(*worst);
        self.kept.truncate(self.limit);
    }

    pub fn finish(mut self) -> Vec<HitCandidate> {
        let by_score = self.by_score;
        self.kept.sort_by(|a, b| a.order(b, by_score));
        self.kept.truncate(self.limit);
        self.kept
    }
}

/// Counts of statements.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub statements: usize,
    pub records: usize,
    pub years: BTreeMap<i16, usize>,
    pub groups: BTreeMap<String, usize>,
    /// Indexes of editions in the catalogue and the number of their statements, in no order.
    pub entries: Vec<(u32, usize)>,
}

/// The columns of a segment.
pub(super) struct Columns {
    record: Arc<dyn ColumnValues<u64>>,
    attributes: Arc<dyn ColumnValues<u64>>,
    names: Option<(StrColumn, Column<u64>)>,
}

impl Columns {
    pub fn open(reader: &SegmentReader, by: Group) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let name = match by {
            Group::State => Some("state"),
            Group::Members => Some("members"),
            Group::Speaker => Some("speaker"),
            Group::Record | Group::Nothing => None,
        };
        let names = match name {
            Some(name) => fast.str(name)?.map(|column| (column.clone(), column.ords().clone())),
            None => None,
        };
        Ok(Self {
            record: fast.u64("record")?.first_or_default_col(0),
            attributes: fast.u64("attributes")?.first_or_default_col(0),
            names,
        })
    }
}

/// Whether the documents of a pass have scores.
pub(super) enum Scoring {
    /// They are only counted.
    Counted,
    /// They are scored, with the words whose closeness counts.
    Scored(Option<CloseWords>),
}

/// The statement that is being counted: more of its pieces may follow.
struct OpenStatement {
    entry: u32,
    nth: u32,
    whole: DocId,
    /// The piece by which it is grouped, if one was found.
    piece: Option<DocId>,
}

/// One pass over the documents of a segment.
pub(super) struct Pass<'a> {
    want: SearchRequest,
    editions: &'a Editions,
    columns: Columns,
    counts: &'a mut Counts,
    best: &'a mut BestHits,
    record: Option<(u64, Option<u32>)>,
    counted_record: bool,
    open: Option<OpenStatement>,
    by_name: Vec<u32>,
}

impl<'a> Pass<'a> {
    pub fn new(
        want: SearchRequest,
        editions: &'a Editions,
        columns: Columns,
        counts: &'a mut Counts,
        best: &'a mut BestHits,
    ) -> Self {
        let names = columns.names.as_ref().map_or(0, |(names, _)| names.num_terms());
        Self {
            want,
            editions,
            columns,
            counts,
            best,
            record: None,
            counted_record: false,
            open: None,
            by_name: vec![0; names],
        }
    }

    /// The candidate of a document, if it is counted; for a query of whole words.
    pub fn candidate(&self, doc: DocId, score: Score) -> Option<HitCandidate> {
        let attributes = Attributes::unpack(self.columns.attributes.get_val(doc));
        if !self.is_statement(attributes.part) {
            return None;
        }
        let key = self.columns.record.get_val(doc);
        let entry = self.editions.entry(key, self.want.every)?;
        Some(HitCandidate { score, date: attributes.date, entry, nth: attributes.nth, attributes })
    }

    fn is_statement(&self, part: DocumentPart) -> bool {
        match part {
            DocumentPart::Only => true,
            DocumentPart::Whole => !self.want.pieces,
            DocumentPart::Piece => self.want.pieces,
        }
    }

    /// Counts documents, ascending; `scores` are theirs if the hits are ordered by score.
    fn take(&mut self, docs: &[DocId], scores: Option<&[Score]>) {
        let mut records = [0_u64; COLLECT_BLOCK_BUFFER_LEN];
        let mut packed = [0_u64; COLLECT_BLOCK_BUFFER_LEN];
        let length = docs.len().min(COLLECT_BLOCK_BUFFER_LEN);
        self.columns.record.get_vals(&docs[..length], &mut records[..length]);
        self.columns.attributes.get_vals(&docs[..length], &mut packed[..length]);
        for (n, doc) in docs.iter().copied().enumerate().take(length) {
            let attributes = Attributes::unpack(packed[n]);
            if self.record.is_none_or(|(key, _)| key != records[n]) {
                self.close();
                self.record = Some((records[n], self.editions.entry(records[n], self.want.every)));
                self.counted_record = false;
            }
            let Some((_, Some(entry))) = self.record else { continue };
            let score = scores.and_then(|scores| scores.get(n)).copied();
            self.document(doc, entry, attributes, score);
        }
    }

    fn document(&mut self, doc: DocId, entry: u32, attributes: Attributes, score: Option<Score>) {
        let same = |open: &OpenStatement| open.entry == entry && open.nth == attributes.nth;
        if let Some(open) = self.open.as_mut().filter(|open| same(open)) {
            // A piece of a statement that is already counted: the first piece decides its group.
            if attributes.part == DocumentPart::Piece && !self.want.pieces {
                open.piece.get_or_insert(doc);
            }
            return;
        }
        if !self.is_statement(attributes.part) {
            return;
        }
        self.close();
        self.counts.statements += 1;
        if !self.counted_record {
            self.counts.records += 1;
            self.counted_record = true;
            if self.want.by == Group::Record {
                self.counts.entries.push((entry, 0));
            }
        }
        if let Some((_, count)) = self.counts.entries.last_mut() {
            *count += 1;
        }
        *self.counts.years.entry(attributes.year()).or_default() += 1;
        self.open = Some(OpenStatement { entry, nth: attributes.nth, whole: doc, piece: None });
        if let Some(score) = score {
            let (date, nth) = (attributes.date, attributes.nth);
            self.best.push(HitCandidate { score, date, entry, nth, attributes });
        }
    }

    /// Adds the open statement to its group.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some((_, ords)) = &self.columns.names else { return };
        let doc = open.piece.unwrap_or(open.whole);
        for ord in ords.values_for_doc(doc) {
            if let Some(count) = usize::try_from(ord).ok().and_then(|n| self.by_name.get_mut(n)) {
                *count += 1;
            }
        }
    }

    fn finish(mut self) -> tantivy::Result<()> {
        self.close();
        let Some((names, _)) = &self.columns.names else { return Ok(()) };
        let mut name = String::new();
        for (ord, count) in self.by_name.iter().enumerate().filter(|(_, count)| **count > 0) {
            if names.ord_to_str(ord as u64, &mut name)? {
                *self.counts.groups.entry(name.clone()).or_default() += *count as usize;
            }
        }
        Ok(())
    }

    /// Counts all documents of a scorer; stops when `cancelled` is set.
    pub fn run(
        mut self,
        mut scorer: Box<dyn Scorer>,
        reader: &SegmentReader,
        mut scoring: Scoring,
        cancelled: &AtomicBool,
    ) -> tantivy::Result<()> {
        let alive = reader.alive_bitset();
        let mut docs = [0_u32; COLLECT_BLOCK_BUFFER_LEN];
        let mut scores = [0.0; COLLECT_BLOCK_BUFFER_LEN];
        loop {
            if cancelled.load(Memory::Relaxed) {
                return Err(TantivyError::InternalError("cancelled".to_owned()));
            }
            let mut length = 0;
            if let Scoring::Scored(close) = &mut scoring {
                let threshold = self.best.threshold();
                let mut doc = scorer.doc();
                while doc != TERMINATED && length < COLLECT_BLOCK_BUFFER_LEN {
                    docs[length] = doc;
                    scores[length] = scorer.score();
                    // Where even the highest bonus is too little, none is looked for.
                    if let Some(close) = close
                        && scores[length] + close.most >= threshold
                    {
                        scores[length] += close.bonus(doc);
                    }
                    length += 1;
                    doc = scorer.advance();
                }
            } else {
                length = scorer.fill_buffer(&mut docs);
            }
            let full = length == COLLECT_BLOCK_BUFFER_LEN;
            if let Some(alive) = alive {
                let mut kept = 0;
                for n in 0..length {
                    if alive.is_alive(docs[n]) {
                        docs[kept] = docs[n];
                        scores[kept] = scores[n];
                        kept += 1;
                    }
                }
                length = kept;
            }
            self.take(&docs[..length], Some(&scores[..length]));
            if !full {
                return self.finish();
            }
        }
    }
}
