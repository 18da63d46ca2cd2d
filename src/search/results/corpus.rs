//! The documents that are counted for the fields of a query, whatever words are in them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::query::{AllQuery, EnableScoring};
use tantivy::{DocSet as _, TERMINATED};

use super::collect::{BestHits, Columns, Counts, Group, Pass, SearchRequest};
use super::search::with_index_errors;
use crate::search::compile::compile;
use crate::search::index::{Index, IndexError};
use crate::search::phrase::WordCounts;
use crate::search::query::Query;

/// What words are compared with.
#[derive(Debug, Default)]
pub(in crate::search) struct Corpus {
    /// For each segment, which documents are in it.
    pub documents: Vec<Vec<bool>>,
    /// The words in them.
    pub words: u64,
    /// The number of documents: statements, or the parts of them that were spoken in a capacity the query asks for.
    pub statements: u64,
}

/// The documents that `fields` allow, in the editions and of the capacities in which the whole query looks.
///
/// # Errors
/// If the index cannot be read.
pub(in crate::search) fn corpus_of(
    index: &Index,
    fields: &Query,
    whole: &Query,
    cancelled: &Arc<AtomicBool>,
) -> Result<Corpus, IndexError> {
    let by = Group::Nothing;
    let (pieces, every) = (whole.narrows_capacity(), whole.names_language());
    let want = SearchRequest { limit: 0, by_score: false, pieces, every, by };
    let run = || -> tantivy::Result<Corpus> {
        let searcher = index.reader.searcher();
        let ask = match fields.is_empty() {
            true => Box::new(AllQuery) as Box<dyn tantivy::query::Query>,
            false => compile(fields, &index.fields, cancelled).ask,
        };
        let weight = ask.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut corpus = Corpus::default();
        for reader in searcher.segment_readers() {
            let (mut counts, mut none) = (Counts::default(), BestHits::new(0, false));
            let columns = Columns::open(reader, by)?;
            let pass = Pass::new(want, &index.editions, columns, &mut counts, &mut none);
            let (lengths, alive) = (WordCounts::open(reader)?, reader.alive_bitset());
            let mut documents = vec![false; reader.max_doc() as usize];
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED && !cancelled.load(Ordering::Relaxed) {
                let counted = alive.is_none_or(|alive| alive.is_alive(doc));
                if counted && pass.candidate(doc, 0.0).is_some() {
                    documents[doc as usize] = true;
                    corpus.words += lengths.of(doc);
                    corpus.statements += 1;
                }
                doc = scorer.advance();
            }
            corpus.documents.push(documents);
        }
        Ok(corpus)
    };
    with_index_errors(index, run)
}
