//! Queries for all terms in a range: prefixes of words, years, days.

use std::io;
use std::ops::Range;

use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, Score};

/// A range of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) enum TermRange {
    /// Those with this prefix.
    Prefix(String),
    /// From the first to the last, both included.
    Between(String, String),
}

impl TermRange {
    /// The dictionary entries of the terms in this range.
    pub fn infos(&self, index: &InvertedIndexReader) -> io::Result<Vec<TermInfo>> {
        let range = index.terms().range();
        let range = match self {
            Self::Prefix(start) => {
                let from = range.ge(start.as_bytes());
                match prefix_end(start.as_bytes()) {
                    Some(end) => from.lt(end),
                    None => from,
                }
            }
            Self::Between(first, last) => range.ge(first.as_bytes()).le(last.as_bytes()),
        };
        let mut stream = range.into_stream()?;
        let mut infos = Vec::new();
        while stream.advance() {
            infos.push(stream.value().clone());
        }
        Ok(infos)
    }
}

/// The least bytes that are greater than everything with this prefix; `None` if there are none.
fn prefix_end(start: &[u8]) -> Option<Vec<u8>> {
    let mut end = start.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// The documents in a range that have one of these terms.
pub(super) fn documents_with(
    index: &InvertedIndexReader,
    infos: &[TermInfo],
    range: &Range<DocId>,
) -> io::Result<BitSet> {
    let (mut set, mut block) = (BitSet::with_max_value(range.end), None);
    for info in infos {
        each_document_in(reset_postings(index, info, &mut block)?, range, |doc| {
            set.insert(doc);
            Ok(())
        })?;
    }
    Ok(set)
}

/// Points a block reader at the documents of a term. It is reused, since a prefix of one letter has tens of
/// thousands of terms.
pub(super) fn reset_postings<'a>(
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

/// Calls `look` for every document of a term in a range.
pub(super) fn each_document_in(
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

/// The query for tantivy.
#[derive(Clone, Debug)]
pub(in crate::search) struct TermRangeQuery {
    pub field: Field,
    pub terms: TermRange,
}

impl Query for TermRangeQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for TermRangeQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let infos = self.terms.infos(&index)?;
        let set = documents_with(&index, &infos, &(0..reader.max_doc()))?;
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(set), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("terms in a range", 1.0))
    }
}
