//! Every statement that a query finds, one after the other, for charts: where it is, when it was made, and for whom.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::index::SegmentReader;
use tantivy::query::EnableScoring;
use tantivy::{DocId, DocSet as _, TERMINATED};

use super::search::{segment_scorers, with_index_errors};
use crate::record::Capacity;
use crate::search::compile::{compile, compile_everything};
use crate::search::index::{Attributes, DocumentPart, Index, IndexError, Length};
use crate::search::query::Query;

/// A statement, or the part of one that was spoken in one capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The index of its edition in the entries of the catalogue.
    pub entry: usize,
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The State it counts for, an index in [`EachStatement::states`].
    pub state: Option<usize>,
    /// Its words; of a statement, those of all capacities.
    pub words: u32,
    /// It only conducts the meeting.
    pub procedural: bool,
}

/// What all statements together have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EachStatement {
    /// The names of the States, in the order in which they were met.
    pub states: Vec<String>,
    /// `false` if it was cancelled: then statements are missing.
    pub complete: bool,
}

/// Calls `each` with every statement that a query finds, once each, as [`search`](super::search) counts them.
///
/// # Errors
/// If the index cannot be read.
pub fn each_statement(
    index: &Index,
    query: &Query,
    cancelled: &Arc<AtomicBool>,
    mut each: impl FnMut(&Seen),
) -> Result<EachStatement, IndexError> {
    let pieces = query.narrows_capacity();
    walk(index, Some(query), cancelled, |segment, docs| {
        let mut open: Option<(DocId, Found)> = None;
        for (doc, found) in docs {
            let Found { attributes, seen, .. } = found;
            if let Some((counted, one)) = &mut open
                && (one.seen.entry, one.attributes.nth) == (seen.entry, attributes.nth)
            {
                // The first piece that has the words decides for whom it was, and in which capacity.
                if attributes.part == DocumentPart::Piece && !pieces && !one.decided {
                    (*counted, one.decided) = (doc, true);
                    one.seen.procedural = seen.procedural;
                }
                continue;
            }
            let counts = match attributes.part {
                DocumentPart::Only => true,
                DocumentPart::Whole => !pieces,
                DocumentPart::Piece => pieces,
            };
            if counts {
                if let Some((doc, one)) = open.take() {
                    each(&Seen { state: segment.state(doc), ..one.seen });
                }
                open = Some((doc, found));
            }
        }
        if let Some((doc, one)) = open {
            each(&Seen { state: segment.state(doc), ..one.seen });
        }
    })
}

/// Calls `each` with every text that the statements of a query consist of: a statement that was spoken in several
/// capacities is one text for each of them. Their words are those of the statements; without a query they are those of
/// every statement.
///
/// # Errors
/// If the index cannot be read.
pub fn each_text(
    index: &Index,
    query: Option<&Query>,
    cancelled: &Arc<AtomicBool>,
    mut each: impl FnMut(&Seen, Option<Capacity>),
) -> Result<EachStatement, IndexError> {
    walk(index, query, cancelled, |segment, docs| {
        for (doc, found) in docs {
            if found.attributes.part != DocumentPart::Whole {
                let seen = Seen { state: segment.state(doc), ..found.seen };
                each(&seen, found.attributes.capacity);
            }
        }
    })
}

/// A document that was found.
struct Found {
    seen: Seen,
    attributes: Attributes,
    /// A piece of it decided for whom it was.
    decided: bool,
}

/// A segment, while its documents are visited.
struct Segment<'a> {
    names: Option<(StrColumn, Column<u64>)>,
    /// The place in `states` of each name of the segment that was met.
    known: HashMap<u64, usize>,
    states: &'a mut Vec<String>,
    places: &'a mut HashMap<String, usize>,
}

impl Segment<'_> {
    /// The State that a document counts for.
    fn state(&mut self, doc: DocId) -> Option<usize> {
        let (names, ords) = self.names.as_ref()?;
        let ord = ords.first(doc)?;
        if let Some(place) = self.known.get(&ord) {
            return Some(*place);
        }
        let mut name = String::new();
        if !names.ord_to_str(ord, &mut name).ok()? {
            return None;
        }
        let next = self.states.len();
        let place = *self.places.entry(name.clone()).or_insert(next);
        if place == next {
            self.states.push(name);
        }
        self.known.insert(ord, place);
        Some(place)
    }
}

/// The columns that are read for every document.
struct Columns {
    record: Arc<dyn ColumnValues<u64>>,
    attributes: Arc<dyn ColumnValues<u64>>,
    length: Arc<dyn ColumnValues<u64>>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let column = |name: &str| -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
            Ok(reader.fast_fields().u64(name)?.first_or_default_col(0))
        };
        let (record, attributes) = (column("record")?, column("attributes")?);
        Ok(Self { record, attributes, length: column("length")? })
    }
}

/// Visits the documents of a query that are counted, segment by segment.
fn walk(
    index: &Index,
    query: Option<&Query>,
    cancelled: &Arc<AtomicBool>,
    mut visit: impl FnMut(&mut Segment<'_>, &mut dyn Iterator<Item = (DocId, Found)>),
) -> Result<EachStatement, IndexError> {
    let (mut states, mut places) = (Vec::new(), HashMap::new());
    let every = query.is_some_and(Query::names_language);
    let complete = with_index_errors(index, || {
        let ask = match query {
            Some(query) => compile(query, &index.fields, cancelled).ask,
            None => compile_everything(),
        };
        let searcher = index.reader.searcher();
        let weight = ask.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let readers = searcher.segment_readers();
        let scorers = segment_scorers(&*weight, readers, query.is_none(), cancelled);
        for (reader, scorer) in readers.iter().zip(scorers) {
            if cancelled.load(Ordering::Relaxed) {
                return Ok(false);
            }
            let (mut scorer, columns) = (scorer?, Columns::open(reader)?);
            let names = reader.fast_fields().str("state")?;
            let names = names.map(|column| (column.clone(), column.ords().clone()));
            let alive = reader.alive_bitset();
            let mut record: Option<(u64, Option<u32>)> = None;
            let mut next = || {
                loop {
                    let doc = scorer.doc();
                    if doc == TERMINATED || cancelled.load(Ordering::Relaxed) {
                        return None;
                    }
                    scorer.advance();
                    if alive.is_some_and(|alive| !alive.is_alive(doc)) {
                        continue;
                    }
                    let key = columns.record.get_val(doc);
                    let known = record.filter(|(known, _)| *known == key);
                    let (_, entry) =
                        known.unwrap_or_else(|| (key, index.editions.entry(key, every)));
                    record = Some((key, entry));
                    let Some(entry) = entry else { continue };
                    let attributes = Attributes::unpack(columns.attributes.get_val(doc));
                    let length = Length::unpack(columns.length.get_val(doc));
                    let seen = Seen {
                        entry: entry as usize,
                        year: attributes.year(),
                        month: attributes.month(),
                        state: None,
                        words: length.words,
                        procedural: length.procedural,
                    };
                    return Some((doc, Found { seen, attributes, decided: false }));
                }
            };
            let mut segment =
                Segment { names, known: HashMap::new(), states: &mut states, places: &mut places };
            visit(&mut segment, &mut std::iter::from_fn(&mut next));
        }
        Ok(!cancelled.load(Ordering::Relaxed))
    })?;
    Ok(EachStatement { states, complete })
}
