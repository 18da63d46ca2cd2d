//! Answers from the index: statements found, their words, the record of a hit, the concordance.
//!
//! The functions are those of `spv search`; here they meet the screens, which want the best first and the
//! words of what is in sight only. A library of a few records needs no index on the disk.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::app::action::{Answer, Question, To, Wanted};
use crate::app::concordance::{MOST, Occurrence};
use crate::app::scan::Scan;
use crate::app::search::{Asked, At, Counts, Found, Narrow, Results, Words, rows};
use crate::library::Library;
use crate::record::{Language, Record};
use crate::search::concordance;
use crate::search::query::{Field, Node, Query, Values, complete};
use crate::search::text::{Context, Hit, Index, Marker, Order, ask, context, search};
use crate::search::values::values;

use super::answers::cleaned;

/// Records kept, since those of one answer are mostly those of the next.
const KEPT: usize = 16;
/// So long the best statements wait for their words before they are shown without.
const PATIENCE: Duration = Duration::from_millis(12);
/// A library of at most so many records is indexed in memory where it has no index.
const SMALL: usize = 300;
/// Occurrences that are handed on together, the first of them sooner.
const LINES: [usize; 2] = [100, 500];
/// Choices of a completion.
const CHOICES: usize = 12;

/// What is said where there is no index.
const NO_INDEX: &str = "there is no index for search yet; spv index makes it";

/// An index, open, and the records read last.
#[derive(Debug, Default)]
pub struct Searcher {
    cache: Option<PathBuf>,
    language: Option<Language>,
    index: Option<Index>,
    records: VecDeque<(At, Arc<Record>)>,
    values: Option<Values>,
}

impl Searcher {
    /// With the folder of caches, where an index may be, and the preferred language. Nothing is opened yet.
    #[must_use]
    pub fn new(cache: Option<PathBuf>, language: Option<Language>) -> Self {
        Self { cache, language, ..Self::default() }
    }

    /// For a library that changed.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self::new(self.cache.clone(), self.language.clone())
    }

    /// The index on the disk changed: it is opened anew for the next question.
    pub fn reopen(&mut self) {
        self.index = None;
        self.records.clear();
    }

    /// The answer to a question of the search screens; `part` gets all of its parts but the last.
    pub fn answer(
        &mut self,
        library: &Library,
        question: &Question,
        cancelled: &AtomicBool,
        part: &mut dyn FnMut(Answer),
    ) -> Answer {
        let answer = match question {
            Question::Search { asked, show } => {
                let searched = self.search(library, asked, *show, cancelled, part);
                let why = |why| Results { of: asked.clone(), why: Some(why), ..Results::default() };
                return Answer::Searched(Box::new(searched.unwrap_or_else(why)));
            }
            Question::Words { of, found } => {
                let marker = Marker::new(&of.query());
                let mut words = Vec::new();
                for (place, at) in found {
                    if cancelled.load(Ordering::Relaxed) {
                        break;
                    }
                    words.push((*place, self.words(library, &marker, at)));
                }
                Ok(Answer::Words(of.clone(), words))
            }
            Question::Hit(wanted) => self.hit(library, wanted, cancelled),
            Question::Concordance(query, narrow) => {
                self.concordance(library, &narrow.query(query), cancelled, part)
            }
            Question::Complete(before) => Ok(Answer::Completed(self.complete(library, before))),
            _ => Err("no question for the index".to_owned()),
        };
        answer.unwrap_or_else(Answer::Failed)
    }

    /// Opens the index, where it is not open.
    fn open(&mut self, library: &Library) -> Result<(), String> {
        if self.index.is_some() {
            return Ok(());
        }
        let language = self.language.as_ref();
        let opened = Index::open(library, self.cache.as_deref(), language);
        self.index = match opened.map_err(|e| e.to_string())? {
            None if library.catalogue().entries.len() <= SMALL => {
                Some(Index::in_memory(library, language).map_err(|e| e.to_string())?)
            }
            opened => opened,
        };
        self.index.as_ref().map(|_| ()).ok_or_else(|| NO_INDEX.to_owned())
    }

    fn search(
        &mut self,
        library: &Library,
        asked: &Asked,
        show: usize,
        cancelled: &AtomicBool,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Results, String> {
        self.open(library)?;
        // Taken out so that its hits and the records can be worked with at once; it goes back below.
        let Some(index) = self.index.take() else { return Err(NO_INDEX.to_owned()) };
        let results = self.search_in(&index, library, asked, show, cancelled, part);
        match results {
            Ok(results) => {
                self.index = Some(index);
                Ok(results)
            }
            // A damaged index is not asked again: the next question opens what is there then.
            Err(message) => Err(message),
        }
    }

    fn search_in(
        &mut self,
        index: &Index,
        library: &Library,
        asked: &Asked,
        show: usize,
        cancelled: &AtomicBool,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Results, String> {
        let query = asked.query();
        let marker = Marker::new(&query);
        let mut results = Results { of: asked.clone(), ..Results::default() };
        if query.is_empty() {
            results.counts = Some(Counts::default());
            return Ok(results);
        }
        let mut best: Option<Vec<Found>> = None;
        let first = |hits: &[Hit]| {
            if !cancelled.load(Ordering::Relaxed) {
                let found = self.found(library, &marker, hits, show, cancelled);
                best = Some(found.clone());
                let results = Results { found, ..results.clone() };
                part(Answer::Searched(Box::new(results)));
            }
        };
        let failed = |error: crate::search::text::IndexError| error.to_string();
        let hits =
            ask(index, &query, asked.limit, asked.order, cancelled, first).map_err(failed)?;
        results.found = match best {
            Some(found) => found,
            None => self.found(library, &marker, &hits.hits, show, cancelled),
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
            search(index, &query, 0, Order::Date, cancelled).map_err(failed)
        };
        if year.is_some() {
            counts.years = wider(Narrow { year: None, state: state.clone() })?.years;
        }
        if state.is_some() {
            counts.states = wider(Narrow { year, state: None })?.states;
        }
        results.counts = Some(counts);
        Ok(results)
    }

    /// The statements of hits as the screen lists them, the words of the first so many with them, as long as
    /// that takes no longer than a person notices.
    fn found(
        &mut self,
        library: &Library,
        marker: &Marker,
        hits: &[Hit],
        show: usize,
        cancelled: &AtomicBool,
    ) -> Vec<Found> {
        let listed = hits.iter().filter_map(|hit| listed(library, hit)).collect();
        let mut found = rows::grouped(listed);
        let until = Instant::now() + PATIENCE;
        for one in found.iter_mut().take(show) {
            if cancelled.load(Ordering::Relaxed) || Instant::now() > until {
                break;
            }
            one.words = self.words(library, marker, &one.at);
        }
        found
    }

    /// The words of a statement.
    fn words(&mut self, library: &Library, marker: &Marker, at: &At) -> Words {
        let record = match self.record(library, at) {
            Ok(record) => record,
            Err(message) => return Words::Lost(message),
        };
        match context(&record, marker, &hit(at)) {
            Some(Context { stale: true, .. }) | None => {
                Words::Lost("the record has changed since it was indexed".to_owned())
            }
            Some(Context { snippet, marks, paragraph, page, state, organization, .. }) => {
                let of = state.or(organization);
                Words::Here { text: snippet, marks, paragraph, page, of }
            }
        }
    }

    /// A record, made harmless, so that bytes of it are bytes of what is shown.
    fn record(&mut self, library: &Library, at: &At) -> Result<Arc<Record>, String> {
        if let Some((_, record)) = self.records.iter().find(|(kept, _)| kept.same_record(at)) {
            return Ok(Arc::clone(record));
        }
        let gone = || format!("{} is no longer in the library", at.symbol);
        let entry = library.entry(&at.symbol, Some(&at.language)).ok_or_else(gone)?;
        let record = Arc::new(cleaned(library.load(entry).map_err(|e| e.to_string())?));
        self.records.push_front((at.clone(), Arc::clone(&record)));
        self.records.truncate(KEPT);
        Ok(record)
    }

    /// The record of a hit with every hit in it: all statements of it that the query finds.
    fn hit(
        &mut self,
        library: &Library,
        wanted: &Wanted,
        cancelled: &AtomicBool,
    ) -> Result<Answer, String> {
        let Wanted { query: line, narrow, at, to } = wanted;
        let record = self.record(library, at)?;
        self.open(library)?;
        let query = narrow.query(line);
        let marker = Marker::new(&query);
        let nodes = query.root.clone().into_iter();
        let within = nodes.chain([Node::Field(Field::Symbol(at.symbol.clone()))]).collect();
        let within = Query { root: Some(Node::All(within)), troubles: Vec::new() };
        let mut found = Vec::new();
        if let Some(index) = &self.index {
            let hits = search(index, &within, usize::MAX, Order::Date, cancelled)
                .map_err(|e| e.to_string())?;
            let entries = &library.catalogue().entries;
            let here = |hit: &&Hit| {
                let entry = entries.get(hit.entry);
                entry.is_some_and(|e| e.symbol == at.symbol && e.language == at.language)
            };
            found.extend(hits.hits.iter().filter(here).map(|hit| (hit.nth, hit.capacity)));
        }
        // Where the record has moved on, the statement is where its words are now.
        let now = context(&record, &marker, &hit(at));
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
        Ok(Answer::Hit { record, scan: Box::new(scan) })
    }

    fn concordance(
        &mut self,
        library: &Library,
        query: &Query,
        cancelled: &AtomicBool,
        part: &mut dyn FnMut(Answer),
    ) -> Result<Answer, String> {
        self.open(library)?;
        let Some(index) = &self.index else { return Err(NO_INDEX.to_owned()) };
        let hits = search(index, query, usize::MAX, Order::Date, cancelled);
        let hits = hits.map_err(|e| e.to_string())?;
        let marker = Marker::new(query);
        let (mut occurrences, mut all) = (Vec::new(), 0);
        let mut sizes = LINES.into_iter();
        let mut size = sizes.next().unwrap_or(1);
        for hit in &hits.hits {
            if cancelled.load(Ordering::Relaxed) || all > MOST {
                break;
            }
            let Some(Found { at, .. }) = listed(library, hit) else { continue };
            // One that cannot be read is named by the list of unreadable files.
            let Ok(record) = self.record(library, &at) else { continue };
            let lines = concordance::lines(&record, &marker, hit);
            all += lines.len();
            occurrences.extend(lines.into_iter().map(|line| Occurrence { at: at.clone(), line }));
            if occurrences.len() >= size {
                part(Answer::Occurrences(std::mem::take(&mut occurrences), false));
                size = sizes.next().unwrap_or(size);
            }
        }
        Ok(Answer::Occurrences(occurrences, true))
    }

    fn complete(
        &mut self,
        library: &Library,
        before: &str,
    ) -> Option<crate::search::query::Completion> {
        let values = self.values.get_or_insert_with(|| values(library.catalogue(), Vec::new()));
        complete(before, before.len(), values, CHOICES)
    }
}

/// A statement as the screen lists it, without its words.
fn listed(library: &Library, hit: &Hit) -> Option<Found> {
    let catalogue = library.catalogue();
    let entry = catalogue.entries.get(hit.entry)?;
    let heading = catalogue.headings(entry).nth(hit.nth)?;
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

/// As the index gave it, for what looks into a record.
fn hit(at: &At) -> Hit {
    Hit { entry: 0, nth: at.nth, score: 0.0, capacity: at.capacity }
}
