//! Counts what is on a chart, in two passes over the index for each query: its statements, and the words among which
//! it looks. Both see the same editions of the same records.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};

use super::model::{Asked, By, Cell, Chart, MOST_QUERIES, Period, Series};
use super::words_of::WordsOf;
use crate::app::coverage::Coverage;
use crate::app::item::heading;
use crate::facts::{known, meetings};
use crate::library::{Catalogue, Entry};
use crate::record::{Capacity, Kind, fold};
use crate::search::index::{Index, IndexError};
use crate::search::query::{Field, Node, Query, parse};
use crate::search::results::{Seen, each_statement, each_text};

/// More queries than one chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyQueries;

impl std::fmt::Display for TooManyQueries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a chart compares at most {MOST_QUERIES} queries")
    }
}

/// The queries of a line, in which `;` separates them.
///
/// # Errors
/// If there are too many of them.
pub fn queries_of(line: &str) -> Result<Vec<String>, TooManyQueries> {
    let queries = line.split(';').map(|query| query.trim().to_owned());
    let queries: Vec<String> = queries.filter(|query| !query.is_empty()).collect();
    if queries.len() > MOST_QUERIES { Err(TooManyQueries) } else { Ok(queries) }
}

/// Counts a chart. `catalogue` is that of the library of the index.
///
/// # Errors
/// If the index cannot be read.
pub fn count(
    index: &Index,
    catalogue: &Catalogue,
    asked: &Asked,
    cancelled: &Arc<AtomicBool>,
) -> Result<Chart, IndexError> {
    let mut groups = Groups::new(asked.by, catalogue);
    let mut passes = Vec::new();
    let mut counted: Vec<(Series, Counts)> = Vec::new();
    let mut cut = false;
    for line in &asked.queries {
        let query = parse(line);
        let (series, counts, complete) =
            of_query(index, &query, asked, &mut groups, &mut passes, cancelled)?;
        counted.push((series, counts));
        cut |= !complete;
    }
    let times = counted.iter().flat_map(|(_, counts)| counts.keys().map(|(_, time)| *time));
    let (first, last) = times.fold((i32::MAX, i32::MIN), |(a, b), time| (a.min(time), b.max(time)));
    let times = first..last.saturating_add(1).max(first);
    let (periods, coverage) = periods(times, asked, catalogue);
    let order = groups.order(&counted);
    let mut series = Vec::new();
    for (mut one, counts) in counted {
        for ((group, time), cell) in counts {
            if let (Some(group), Ok(period)) = (order.get(&group), usize::try_from(time - first)) {
                one.cells.entry((*group, period)).or_default().add(cell);
            }
        }
        series.push(one);
    }
    let mut names = vec![String::new(); order.len()];
    for (group, place) in &order {
        if let (Some(slot), Some(name)) = (names.get_mut(*place), groups.names.get(*group)) {
            slot.clone_from(name);
        }
    }
    let exercise = coverage.exercise;
    let asked = asked.clone();
    Ok(Chart { asked, periods, groups: names, series, coverage, exercise, cut, why: None })
}

/// Figures by group and time: the year, or the months since the year 0.
type Counts = BTreeMap<(usize, i32), Cell>;

/// The words that were counted for a query.
struct Words {
    of: WordsOf,
    procedural: bool,
    by_place: BTreeMap<(Place, i32), Cell>,
    states: Vec<String>,
    words: u64,
}

/// What one query is counted as; `passes` are the words counted for the queries before it.
fn of_query(
    index: &Index,
    query: &Query,
    asked: &Asked,
    groups: &mut Groups<'_>,
    passes: &mut Vec<Words>,
    cancelled: &Arc<AtomicBool>,
) -> Result<(Series, Counts, bool), IndexError> {
    // Who asks for what was said in the chair gets what was said there.
    let procedural = asked.procedural || asks_for_the_chair(query);
    let words_of = WordsOf::of(query);
    let mut series =
        Series { query: query.to_string(), words_of: words_of.words(), ..Series::default() };
    let mut counts = Counts::new();
    let time = |seen: &Seen| match asked.by {
        By::Month => i32::from(seen.year) * 12 + i32::from(seen.month.max(1)) - 1,
        _ => i32::from(seen.year),
    };
    // Each pass numbers the States itself, and their names are known after it.
    let mut by_place: BTreeMap<(Place, i32), Cell> = BTreeMap::new();
    let found = each_statement(index, query, cancelled, |seen| {
        if groups.kind(seen.entry) != Some(asked.kind) {
            series.apart += 1;
        } else if seen.procedural && !procedural {
            series.procedural += 1;
        } else if let Some(place) = groups.place(seen) {
            by_place.entry((place, time(seen))).or_default().statements += 1;
            series.total.statements += 1;
        }
    })?;
    groups.take(by_place, &found.states, &mut counts);
    // Queries that are compared are mostly for the same words.
    let kept = passes.iter().find(|pass| pass.of == words_of && pass.procedural == procedural);
    if let Some(pass) = kept {
        groups.take(pass.by_place.clone(), &pass.states, &mut counts);
        series.total.words = pass.words;
        return Ok((series, counts, found.complete));
    }
    let mut by_place: BTreeMap<(Place, i32), Cell> = BTreeMap::new();
    // What counts for a State was spoken in national capacity.
    let national = (asked.by == By::State).then_some(Capacity::National);
    let capacity = national.or(words_of.capacity);
    let texts = each_text(index, words_of.query.as_ref(), cancelled, |seen, spoken| {
        let wanted = capacity.is_none_or(|capacity| Some(capacity) == spoken);
        let counts = wanted
            && (procedural || !seen.procedural)
            && groups.kind(seen.entry) == Some(asked.kind);
        if let Some(place) = groups.place(seen).filter(|_| counts) {
            by_place.entry((place, time(seen))).or_default().words += u64::from(seen.words);
            series.total.words += u64::from(seen.words);
        }
    })?;
    groups.take(by_place.clone(), &texts.states, &mut counts);
    let (states, words) = (texts.states, series.total.words);
    passes.push(Words { of: words_of, procedural, by_place, states, words });
    Ok((series, counts, found.complete && texts.complete))
}

/// Whether a query asks for what was said in the chair.
fn asks_for_the_chair(query: &Query) -> bool {
    let mut asks = false;
    query.visit(&mut |node, not| {
        asks |= !not && matches!(node, Node::Field(Field::Capacity(Capacity::President)));
    });
    asks
}

/// The group of a statement, while it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// The number of a group.
    Group(usize),
    /// The number of a State in this pass.
    State(usize),
}

/// The States or topics that are met.
struct Groups<'a> {
    by: By,
    entries: &'a [Entry],
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// The topic of each record, once it was looked up.
    topics: HashMap<usize, usize>,
}

impl<'a> Groups<'a> {
    fn new(by: By, catalogue: &'a Catalogue) -> Self {
        let names = if by.is_grouped() { Vec::new() } else { vec![String::new()] };
        let (places, topics) = (HashMap::new(), HashMap::new());
        Self { by, entries: &catalogue.entries, names, places, topics }
    }

    fn kind(&self, entry: usize) -> Option<Kind> {
        self.entries.get(entry).map(|entry| entry.kind)
    }

    /// The group of a statement; `None` for one that was made for no State, or on no topic.
    fn place(&mut self, seen: &Seen) -> Option<Place> {
        match self.by {
            By::Year | By::Month => Some(Place::Group(0)),
            By::State => seen.state.map(Place::State),
            By::Topic => {
                if let Some(known) = self.topics.get(&seen.entry) {
                    return Some(Place::Group(*known));
                }
                let topic = heading(self.entries.get(seen.entry)?);
                let group = self.number(&fold::text(&topic), &topic);
                self.topics.insert(seen.entry, group);
                Some(Place::Group(group))
            }
        }
    }

    fn number(&mut self, key: &str, name: &str) -> usize {
        let next = self.names.len();
        let place = *self.places.entry(key.to_owned()).or_insert(next);
        if place == next {
            self.names.push(name.to_owned());
        }
        place
    }

    /// Adds what a pass has counted; `states` are the names of its States.
    fn take(&mut self, from: BTreeMap<(Place, i32), Cell>, states: &[String], into: &mut Counts) {
        for ((place, time), cell) in from {
            let group = match place {
                Place::Group(group) => group,
                Place::State(state) => match states.get(state) {
                    Some(name) => self.number(name, name),
                    None => continue,
                },
            };
            into.entry((group, time)).or_default().add(cell);
        }
    }

    /// The places of the groups that have any statement, the most first, equal ones by name.
    fn order(&self, counted: &[(Series, Counts)]) -> HashMap<usize, usize> {
        let mut sums: HashMap<usize, usize> = HashMap::new();
        for (_, counts) in counted {
            for ((group, _), cell) in counts {
                *sums.entry(*group).or_default() += cell.statements;
            }
        }
        let mut order: Vec<(usize, usize)> =
            sums.into_iter().filter(|(_, sum)| *sum > 0 || !self.by.is_grouped()).collect();
        let name = |group: usize| self.names.get(group).map_or("", String::as_str);
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0))));
        order.into_iter().enumerate().map(|(place, (group, _))| (group, place)).collect()
    }
}

/// The periods of some times with what is here of each, and of all together.
fn periods(
    times: std::ops::Range<i32>,
    asked: &Asked,
    catalogue: &Catalogue,
) -> (Vec<Period>, Coverage) {
    let months = asked.by == By::Month;
    let time = |day: Date| {
        let year = i32::from(day.year());
        if months { year * 12 + i32::from(day.month()) - 1 } else { year }
    };
    let of_kind: Vec<&Entry> = {
        let real = catalogue.entries.iter().any(|entry| !entry.exercise);
        let here = catalogue.records(asked.language.as_ref());
        here.filter(|e| e.kind == asked.kind && !(real && e.exercise)).collect()
    };
    let exercise = of_kind.iter().any(|entry| entry.exercise);
    let mut held: BTreeMap<i32, usize> = BTreeMap::new();
    let mut all: BTreeMap<i32, usize> = BTreeMap::new();
    let mut until = None;
    for entry in of_kind.iter().filter(|entry| times.contains(&time(entry.date))) {
        let at = time(entry.date);
        *held.entry(at).or_default() += 1;
        until = until.max(Some(entry.date));
        match meetings::by_symbol(&entry.symbol).filter(|_| !entry.exercise) {
            // It is counted with the table below.
            Some(meeting) if !meeting.private && time(meeting.date) == at => {}
            _ => *all.entry(at).or_default() += 1,
        }
    }
    if asked.kind == Kind::Verbatim && !exercise {
        for meeting in meetings::all().filter(|meeting| !meeting.private) {
            if times.contains(&time(meeting.date)) {
                *all.entry(time(meeting.date)).or_default() += 1;
            }
        }
    }
    let periods: Vec<Period> = times
        .map(|at| {
            let (year, month) = if months {
                (at.div_euclid(12), i8::try_from(at.rem_euclid(12) + 1).ok())
            } else {
                (at, None)
            };
            let year = i16::try_from(year).unwrap_or(i16::MAX);
            let held = held.get(&at).copied().unwrap_or(0);
            let is_known = exercise || (asked.kind == Kind::Verbatim && is_known(year, month));
            let known = is_known.then(|| all.get(&at).copied().unwrap_or(0));
            Period { year, month, held, known }
        })
        .collect();
    let sum = |count: &dyn Fn(&Period) -> usize| periods.iter().map(count).sum();
    let coverage = Coverage {
        held: sum(&|period| period.held),
        known: sum(&|period| period.known.unwrap_or(period.held)),
        until,
        exercise,
    };
    (periods, coverage)
}

/// Whether the meetings of a period are known: of a month, those of its last day; of a year, those of each month.
fn is_known(year: i16, month: Option<i8>) -> bool {
    let of_month = |month: i8| {
        (1..=9999).contains(&year) && known::covers(date(year, month, 1).last_of_month())
    };
    match month {
        Some(month) => of_month(month),
        None => (1..=12).all(of_month),
    }
}
