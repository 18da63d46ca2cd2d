//! Answers from the index: statements found, their words, the record of a hit, the concordance.
//!
//! The functions are those of `spv search`; here they meet the screens, which want the best first and the
//! words of what is visible only.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::app::action::{Answer, Question, To, Wanted};
use crate::app::chart::{self, Chart};
use crate::app::found::{
    Asked, At, Counts, Found, MOST_OCCURRENCES, Narrow, Occurrence, Results, Words, grouped,
};
use crate::app::scan::Scan;
use crate::library::{Catalogue, Entry, Heading, Library, Problem};
use crate::search::concordance;
use crate::search::index::{Index, IndexError};
use crate::search::query::{
    Completion, Field, Node, Query, Trouble, Values, asks_for_a_group, complete, unknown_names,
};
use crate::search::results::{
    Hit, HitContext, Marker, OpenedRecord, Order, find_context, find_contexts, forms_line,
    said_in_the_chair, search, search_in_parts,
};

use super::cleaned::{cleaned, cleaned_statement};

/// Bytes of the texts of the records kept, since those of one answer are mostly those of the next.
const KEPT: usize = 1 << 20;
/// Statements read together for what is visible. One by one they take no longer than is noticed, and other threads would
/// leave memory in the allocator.
const AHEAD: usize = 1;
/// So long the best statements wait for their words before they are shown without.
const PATIENCE: Duration = Duration::from_millis(12);
/// Occurrences that are handed on together, the first of them sooner.
const LINES: [usize; 2] = [100, 500];
/// Choices of a completion.
const CHOICES: usize = 12;

/// What is said where there is no index.
pub(super) const NO_INDEX: &str = "there is no index for search yet; spv index makes it";

/// What search remembers from question to question: the records read last, and what completes a field.
#[derive(Debug, Default)]
pub struct Searcher {
    records: VecDeque<(At, Arc<OpenedRecord>)>,
    values: Option<Values>,
    /// The records that failed when they were to be read, since they were taken last.
    pub unread: Vec<Problem>,
}

/// The answer, or why there is none.
pub(super) fn or_why(answer: Result<Option<Answer>, String>, question: &Question) -> Answer {
    match answer {
        Ok(Some(answer)) => answer,
        Ok(None) => failed(question, NO_INDEX.to_owned()),
        Err(why) => failed(question, why),
    }
}

/// The answer to a question that could not be answered. What the screen asks by itself it would ask again and
/// again, so that it is told there what is missing.
pub(super) fn failed(question: &Question, why: String) -> Answer {
    match question {
        Question::Search { asked, .. } => {
            let of = asked.clone();
            Answer::Searched(Box::new(Results { of, why: Some(why), ..Results::default() }))
        }
        Question::Chart(asked) => {
            let asked = asked.clone();
            Answer::Charted(Box::new(Chart { asked, why: Some(why), ..Chart::default() }))
        }
        Question::Words { of, found } => {
            let lost = |(place, _): &(usize, At)| (*place, Words::Lost(why.clone()));
            Answer::Words(of.clone(), found.iter().map(lost).collect())
        }
        _ => Answer::Failed(why),
    }
}

impl Searcher {
    /// The answer to a question for the index; `part` gets all of its parts but the last.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(
        &mut self,
        index: &Index,
        library: &Library,
        question: &Question,
        cancelled: &Arc<AtomicBool>,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Answer, IndexError> {
        match question {
            Question::Search { asked, show } => {
                let results = self.search(index, library, asked, *show, cancelled, part)?;
                Ok(Answer::Searched(Box::new(results)))
            }
            Question::Hit(wanted) => self.hit(index, library, wanted, cancelled),
            Question::Concordance(query, narrow) => {
                self.concordance(index, library, &narrow.query(query), cancelled, part)
            }
            Question::Chart(asked) => {
                let chart = chart::count(index, library.catalogue(), asked, cancelled)?;
                Ok(Answer::Charted(Box::new(chart)))
            }
            _ => Ok(Answer::Failed("no question for the index".to_owned())),
        }
    }

    /// The words of some statements that were found.
    pub fn words_of(
        &mut self,
        library: &Library,
        of: &Asked,
        found: &[(usize, At)],
        cancelled: &Arc<AtomicBool>,
    ) -> Answer {
        let marker = Marker::new(&of.query());
        let mut words = Vec::new();
        for some in found.chunks(AHEAD) {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            let ats: Vec<&At> = some.iter().map(|(_, at)| at).collect();
            let read = self.words_of_some(library, &marker, &ats);
            words.extend(some.iter().map(|(place, _)| *place).zip(read));
        }
        Answer::Words(of.clone(), words)
    }

    /// What may complete the piece of a query that a text ends in. The groups that joint statements were
    /// made for are asked for when they are first wanted.
    pub fn complete(
        &mut self,
        library: &Library,
        before: &str,
        groups: impl FnOnce() -> Vec<String>,
    ) -> Option<Completion> {
        let values = self.values.get_or_insert_with(|| Values::of_catalogue(library.catalogue()));
        if values.groups.is_empty() && asks_for_a_group(before) {
            values.groups = groups();
        }
        complete(before, before.len(), values, CHOICES)
    }

    fn search(
        &mut self,
        index: &Index,
        library: &Library,
        asked: &Asked,
        show: usize,
        cancelled: &Arc<AtomicBool>,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Results, IndexError> {
        let query = asked.query();
        let marker = Marker::new(&query);
        let notes = notes_of(&asked.line, &query, index, library.catalogue());
        let mut results = Results { of: asked.clone(), notes, ..Results::default() };
        if query.is_empty() {
            results.counts = Some(Counts::default());
            return Ok(results);
        }
        let mut best: Option<Vec<Found>> = None;
        let first = |hits: &[Hit]| {
            if !cancelled.load(Ordering::Relaxed) {
                let found = listed_all(library, hits);
                let found = put_first(library, asked, found);
                let found = self.with_words(library, &marker, found, show, cancelled);
                best = Some(found.clone());
                let results = Results { found, ..results.clone() };
                part(Answer::Searched(Box::new(results)));
            }
        };
        let hits = search_in_parts(index, &query, asked.limit, asked.order, cancelled, first)?;
        results.found = match best {
            Some(found) => found,
            None => {
                let found = put_first(library, asked, listed_all(library, &hits.hits));
                self.with_words(library, &marker, found, show, cancelled)
            }
        };
        let mut counts = Counts {
            statements: hits.statements,
            records: hits.records,
            years: hits.years,
            states: hits.states,
        };
        // What one may narrow to next is counted as if one had not narrowed in this way yet.
        let Narrow { year, state } = asked.narrow.clone();
        let wider = |narrow: Narrow| {
            let query = narrow.query(&asked.line);
            search(index, &query, 0, Order::Date, cancelled)
        };
        if year.is_some() {
            counts.years = wider(Narrow { year: None, state: state.clone() })?.years;
        }
        if state.is_some() {
            counts.states = wider(Narrow { year, state: None })?.states;
        }
        if counts.statements == 0 {
            results.nothing = said_in_the_chair(index, library.catalogue(), &query, cancelled)?;
        }
        results.counts = Some(counts);
        Ok(results)
    }

    /// The statements as the screen lists them, the words of the first ones with them, as long as that takes
    /// no longer than a person notices.
    fn with_words(
        &mut self,
        library: &Library,
        marker: &Marker,
        mut found: Vec<Found>,
        show: usize,
        cancelled: &Arc<AtomicBool>,
    ) -> Vec<Found> {
        let until = Instant::now() + PATIENCE;
        let sight = show.min(found.len());
        for some in found[..sight].chunks_mut(AHEAD) {
            if cancelled.load(Ordering::Relaxed) || Instant::now() > until {
                break;
            }
            let ats: Vec<&At> = some.iter().map(|one| &one.at).collect();
            let read = self.words_of_some(library, marker, &ats);
            some.iter_mut().zip(read).for_each(|(one, words)| one.words = words);
        }
        found
    }

    /// The words of some statements. The statements are read alone, shared by the processors; a record is read as a
    /// whole where its statement does not have the words.
    fn words_of_some(&mut self, library: &Library, marker: &Marker, ats: &[&At]) -> Vec<Words> {
        let entry = |at: &At| library.entry(&at.symbol, Some(&at.language));
        let wanted: Option<Vec<(&Entry, Hit)>> =
            ats.iter().map(|at| Some((entry(at)?, hit(at)))).collect();
        let found = wanted.map(|wanted| find_contexts(library, marker, &wanted, cleaned_statement));
        let found = found.unwrap_or_else(|| vec![None; ats.len()]);
        let words = ats.iter().zip(found).map(|(at, context)| match context {
            Some(context) => words_here(context),
            None => self.words(library, marker, at),
        });
        words.collect()
    }

    fn keep(&mut self, at: &At, record: Arc<OpenedRecord>) {
        self.records.push_front((at.clone(), record));
        let mut bytes = 0;
        let fits = |(_, record): &&(At, Arc<OpenedRecord>)| {
            bytes += record.size();
            bytes <= KEPT
        };
        let kept = self.records.iter().take_while(fits).count();
        self.records.truncate(kept.max(1));
    }

    /// The words of a statement.
    fn words(&mut self, library: &Library, marker: &Marker, at: &At) -> Words {
        let record = match self.record(library, at) {
            Ok(record) => record,
            Err(message) => return Words::Lost(message),
        };
        match find_context(&record, marker, &hit(at)) {
            Some(HitContext { stale: true, .. }) | None => {
                Words::Lost("the record has changed since it was indexed".to_owned())
            }
            Some(context) => words_here(context),
        }
    }

    /// A record, made harmless, so that bytes of it are bytes of what is shown.
    fn record(&mut self, library: &Library, at: &At) -> Result<Arc<OpenedRecord>, String> {
        if let Some((_, record)) = self.records.iter().find(|(kept, _)| kept.same_record(at)) {
            return Ok(Arc::clone(record));
        }
        let gone = || format!("{} is no longer in the library", at.symbol);
        let entry = library.entry(&at.symbol, Some(&at.language)).ok_or_else(gone)?;
        self.records.retain(|(_, kept)| !kept.is_large());
        let record = library.load(entry).map_err(|error| {
            self.unread.push(library.unread(entry, &error));
            error.to_string()
        })?;
        let record = Arc::new(OpenedRecord::new(cleaned(record)));
        self.keep(at, Arc::clone(&record));
        Ok(record)
    }

    /// The record of a hit with every hit in it: all statements of it that the query finds.
    fn hit(
        &mut self,
        index: &Index,
        library: &Library,
        wanted: &Wanted,
        cancelled: &Arc<AtomicBool>,
    ) -> Result<Answer, IndexError> {
        let Wanted { query: line, narrow, at, to } = wanted;
        let record = match self.record(library, at) {
            Ok(record) => record,
            Err(message) => return Ok(Answer::Failed(message)),
        };
        let query = narrow.query(line);
        let marker = Marker::new(&query);
        let nodes = query.root.clone().into_iter();
        let within = nodes.chain([Node::Field(Field::Symbol(at.symbol.clone()))]).collect();
        let within = Query { root: Some(Node::All(within)), ..Query::default() };
        let hits = search(index, &within, usize::MAX, Order::Date, cancelled)?;
        let entries = &library.catalogue().entries;
        let here = |hit: &&Hit| {
            let entry = entries.get(hit.entry);
            entry.is_some_and(|e| e.symbol == at.symbol && e.language == at.language)
        };
        let of_hit = hits.hits.iter().filter(here).map(|hit| (hit.nth, hit.capacity));
        let mut found: Vec<_> = of_hit.collect();
        // Where the record has moved on, the statement is where its words are now.
        let now = find_context(&record, &marker, &hit(at));
        let nth = now.as_ref().map_or(at.nth, |now| now.nth);
        if !found.iter().any(|(n, _)| *n == nth) {
            found.push((nth, at.capacity));
        }
        let mut scan = Scan::of_query(&record, line, &marker, &found);
        scan.current = match to {
            To::First => (!scan.hits.is_empty()).then_some(0),
            To::Last => scan.hits.len().checked_sub(1),
            To::Statement => scan.first_of(&record, nth, 0, 0),
            To::Byte(paragraph, byte) => scan.first_of(&record, nth, *paragraph, *byte),
        };
        Ok(Answer::Hit { record: Arc::clone(&record.record), scan: Box::new(scan) })
    }

    fn concordance(
        &mut self,
        index: &Index,
        library: &Library,
        query: &Query,
        cancelled: &Arc<AtomicBool>,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Answer, IndexError> {
        let hits = search(index, query, usize::MAX, Order::Date, cancelled)?;
        let marker = Marker::new(query);
        let (mut occurrences, mut all) = (Vec::new(), 0);
        let mut sizes = LINES.into_iter();
        let mut headings = Headings::new(library);
        let mut size = sizes.next().unwrap_or(1);
        for hit in &hits.hits {
            if cancelled.load(Ordering::Relaxed) || all > MOST_OCCURRENCES {
                break;
            }
            let Some(Found { at, .. }) = headings.listed(hit) else { continue };
            // One that cannot be read is counted in the head line, and named by the list of unreadable files.
            let Ok(record) = self.record(library, &at) else { continue };
            concordance::each_line(&record, &marker, hit, |line| {
                occurrences.push(Occurrence { at: at.clone(), line });
                all += 1;
                all <= MOST_OCCURRENCES && !cancelled.load(Ordering::Relaxed)
            });
            if occurrences.len() >= size {
                part(Answer::Occurrences(std::mem::take(&mut occurrences), false));
                size = sizes.next().unwrap_or(size);
            }
        }
        Ok(Answer::Occurrences(occurrences, true))
    }
}

/// The words of a statement that were found.
fn words_here(context: HitContext) -> Words {
    let HitContext { snippet, marks, paragraph, page, state, organization, .. } = context;
    Words::Here { text: snippet, marks, paragraph, page, of: state.or(organization) }
}

/// What the library and the index say of a query.
fn notes_of(line: &str, query: &Query, index: &Index, catalogue: &Catalogue) -> Vec<Trouble> {
    let mut notes = unknown_names(line, catalogue);
    let end = line.len();
    notes.extend(forms_line(index, query).map(|message| Trouble { at: end..end, message }));
    notes
}

/// The statements of hits as the screen lists them, without their words.
pub(super) fn listed_all(library: &Library, hits: &[Hit]) -> Vec<Found> {
    let mut headings = Headings::new(library);
    grouped(hits.iter().filter_map(|hit| headings.listed(hit)).collect())
}

/// Puts the statements that are asked to be first before the others. A narrowed answer may not have them.
fn put_first(library: &Library, asked: &Asked, mut found: Vec<Found>) -> Vec<Found> {
    if asked.first.is_empty() || !asked.narrow.is_empty() {
        return found;
    }
    let mut headings = Headings::new(library);
    let entries = &library.catalogue().entries;
    let hits = asked.first.iter().filter_map(|at| {
        let here = library.entry(&at.symbol, Some(&at.language))?;
        let entry = entries.iter().position(|entry| std::ptr::eq(entry, here))?;
        Some(Hit { entry, ..hit(at) })
    });
    let first = grouped(hits.filter_map(|hit| headings.listed(&hit)).collect());
    found.retain(|found| !asked.first.contains(&found.at));
    first.into_iter().chain(found).collect()
}

/// The headings of the records of an answer: they are read one after another, so those of a record are
/// read once for all of its hits.
struct Headings<'a> {
    catalogue: &'a Catalogue,
    read: HashMap<usize, Vec<Heading<'a>>>,
}

impl<'a> Headings<'a> {
    fn new(library: &'a Library) -> Self {
        Self { catalogue: library.catalogue(), read: HashMap::new() }
    }

    /// A statement as the screen lists it, without its words.
    fn listed(&mut self, hit: &Hit) -> Option<Found> {
        let entry = self.catalogue.entries.get(hit.entry)?;
        let read = || self.catalogue.headings(entry).collect();
        let heading = self.read.entry(hit.entry).or_insert_with(read).get(hit.nth)?;
        let of = heading.state.or(heading.organization).filter(|_| !heading.procedural);
        Some(Found {
            at: At {
                symbol: entry.symbol.clone(),
                language: entry.language.clone(),
                nth: hit.nth,
                capacity: hit.capacity,
            },
            date: entry.date,
            topic: Arc::clone(&entry.topic),
            exercise: entry.exercise,
            number: heading.number,
            speaker: heading.name.to_owned(),
            of: of.map(ToOwned::to_owned),
            words: Words::Awaited,
        })
    }
}

/// As the index gave it, for what looks into a record.
fn hit(at: &At) -> Hit {
    Hit { entry: 0, nth: at.nth, score: 0.0, capacity: at.capacity }
}
