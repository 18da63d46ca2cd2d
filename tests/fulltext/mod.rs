//! Full text compared with the plain way: the same statements, first paragraphs and counts for queries of every kind, over
//! the exercise debates and the records of 2020. And an index that survives damage, kills and other versions.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod charts;
mod commands;
mod corpus;
mod dense;
mod life;
mod plain;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::made::{self, Dice};
use plain::{Answer, Ask, Firsts, Said};
use spv::library::Library;
use spv::record::{As, Capacity, Record};
use spv::search::index::{Index, update_index};
use spv::search::query::{parse, parse_typed};
use spv::search::results::{Marker, Order, RecordLoader, find_context, search};

/// The number of hits of a query whose first paragraphs are compared; everything else is compared for all hits.
const OPENED: usize = 60;

/// The answer of the program in the form of the plain answer; `firsts` are the first paragraphs to compare.
fn program(index: &Index, library: &Library, query: &str, firsts: &Firsts) -> Answer {
    let parsed = parse(query);
    assert!(parsed.troubles.is_empty(), "{query}: {:?}", parsed.troubles);
    let never = Arc::default();
    let hits = search(index, &parsed, usize::MAX, Order::Relevance, &never).unwrap();
    let marker = Marker::new(&parsed);
    let mut loader = RecordLoader::new(library);
    let mut found = BTreeSet::new();
    let every = hits.hits.len().div_ceil(OPENED).max(1);
    for (n, hit) in hits.hits.iter().enumerate() {
        let entry = loader.entry(hit).unwrap();
        let place = (entry.symbol.to_string(), entry.language.code().to_owned(), hit.nth);
        if n % every == 0 {
            let record = loader.record(hit).unwrap().unwrap();
            let here = find_context(&record, &marker, hit).unwrap();
            assert!(!here.stale && here.nth == hit.nth, "{query}: {place:?}");
            assert_eq!(Some(&here.paragraph), firsts.get(&place), "{query}: {place:?}");
        }
        found.insert(place);
    }
    assert_eq!(found.len(), hits.hits.len(), "{query}: a statement is there twice");
    assert_eq!(hits.statements, hits.hits.len(), "{query}");
    let by_date = search(index, &parsed, 20, Order::Date, &never).unwrap();
    assert_eq!(by_date.statements, hits.statements, "{query}");
    let days: Vec<_> =
        by_date.hits.iter().map(|h| library.catalogue().entries[h.entry].date).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{query}: {days:?}");
    Answer {
        found,
        years: hits.years.into_iter().collect(),
        states: hits.states.into_iter().collect::<BTreeMap<_, _>>(),
        records: hits.records,
    }
}

/// Queries drawn from the statements with a seed.
struct Drawn<'a> {
    dice: Dice,
    statements: &'a [Said<'a>],
}

impl Drawn<'_> {
    fn said(&mut self) -> usize {
        self.dice.roll(self.statements.len())
    }

    /// Some consecutive words of a statement.
    fn run(&mut self, said: usize, long: usize) -> Vec<String> {
        let paragraphs = &self.statements[said].statement.paragraphs;
        let places = plain::words(&paragraphs[self.dice.roll(paragraphs.len())].text);
        if places.is_empty() {
            return vec!["nothing".to_owned()];
        }
        let from = self.dice.roll(places.len());
        places[from..].iter().take(long).map(|place| place[0].clone()).collect()
    }

    fn word(&mut self, said: usize) -> String {
        self.run(said, 1).remove(0)
    }

    fn beginning(&mut self, said: usize) -> Ask {
        let word = self.word(said);
        let long = 1 + self.dice.roll(word.chars().count());
        Ask::Beginning(word.chars().take(long).collect())
    }

    fn phrase(&mut self, said: usize) -> Ask {
        let long = 2 + self.dice.roll(3);
        let mut words = self.run(said, long);
        let open = self.dice.roll(2) == 0;
        if open {
            let last = words.pop().unwrap();
            let long = 1 + self.dice.roll(last.chars().count());
            words.push(last.chars().take(long).collect());
        }
        Ask::Phrase(words, open)
    }

    fn near(&mut self, said: usize) -> Ask {
        let run = self.run(said, 7);
        let (first, last) = (run[0].clone(), run[run.len() - 1].clone());
        let within = self.dice.roll(7) as u32;
        if self.dice.roll(2) == 0 {
            Ask::Near(first, last, within)
        } else {
            Ask::Near(last, first, within)
        }
    }

    fn field(&mut self, said: usize) -> Ask {
        let said = &self.statements[said];
        let speaker = &said.statement.speaker;
        let year = said.record.date.year();
        match self.dice.roll(9) {
            0..=2 => match &speaker.state {
                Some(state) => Ask::State(state.clone()),
                None => Ask::Capacity(Capacity::Organization),
            },
            3 => Ask::Speaker(speaker.name.split('(').next().unwrap_or("x").to_owned()),
            4 => Ask::Years(year, year + self.dice.roll(2) as i16),
            5 => Ask::As(speaker.as_),
            6 => Ask::Capacity([Capacity::National, Capacity::President][self.dice.roll(2)]),
            7 => speaker.rule.map_or(Ask::As(As::Member), Ask::Rule),
            _ => {
                let topic = plain::words(&said.record.topic);
                let word = topic.get(self.dice.roll(topic.len().max(1)));
                word.map_or(Ask::Years(1990, 2030), |word| Ask::Topic(word[0].clone()))
            }
        }
    }

    fn simple(&mut self, said: usize) -> Ask {
        match self.dice.roll(6) {
            0 | 1 => Ask::Word(self.word(said)),
            2 => self.beginning(said),
            3 => self.phrase(said),
            4 => self.near(said),
            _ => self.field(said),
        }
    }

    /// A query whose parts are in one statement, two times out of three; else in several.
    fn query(&mut self, kind: usize) -> Ask {
        let one = self.said();
        let other = if self.dice.roll(3) > 0 { one } else { self.said() };
        let strange = self.said();
        match kind % 10 {
            0 => Ask::Word(self.word(one)),
            1 => self.beginning(one),
            2 => self.phrase(one),
            3 => self.near(one),
            4 => self.field(one),
            5 => Ask::All(vec![Ask::Word(self.word(one)), Ask::Word(self.word(other))]),
            6 => Ask::All(vec![self.simple(one), self.field(other)]),
            7 => Ask::All(vec![self.simple(one), Ask::Not(Box::new(self.simple(strange)))]),
            8 => Ask::All(vec![
                self.simple(one),
                Ask::One(vec![self.simple(other), self.simple(strange)]),
            ]),
            _ => Ask::All(vec![self.simple(one), self.simple(other), self.simple(one)]),
        }
    }
}

/// Compares the answers of both to `many` queries; returns how many had hits.
fn compare(records: &[Record], library: &Library, index: &Index, many: usize, seed: u64) -> usize {
    let statements = plain::statements(records);
    let mut drawn = Drawn { dice: Dice::new(seed), statements: &statements };
    let mut with_hits = 0;
    for n in 0..many {
        let ask = drawn.query(n);
        let (expected, firsts) = plain::answer(&ask, &statements);
        let given = program(index, library, &ask.to_string(), &firsts);
        assert_eq!(given.found, expected.found, "{ask}");
        assert_eq!(given, expected, "{ask}");
        with_hits += usize::from(!expected.found.is_empty());
    }
    with_hits
}

#[test]
fn the_exercise_debates_answer_as_the_plain_way_does() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    // One edition of each record is counted, unless the query has a language.
    let all = corpus::exercise();
    let english: Vec<Record> = all.iter().filter(|r| r.language.code() == "en").cloned().collect();
    let with_hits = compare(&english, &library, &index, 400, 1);
    assert!(with_hits * 3 >= 400 * 2, "{with_hits} of 400 have hits");
    let statements = plain::statements(&all);
    for code in ["fr", "en"] {
        let ask = Ask::All(vec![Ask::Beginning("c".to_owned()), Ask::Language(code.to_owned())]);
        let (expected, firsts) = plain::answer(&ask, &statements);
        assert!(!expected.found.is_empty(), "{code}");
        assert_eq!(program(&index, &library, &ask.to_string(), &firsts), expected);
    }
}

#[test]
fn the_records_of_2020_answer_as_the_plain_way_does() {
    let Some(records) = corpus::of_2020() else { return };
    let folder = tempfile::tempdir().unwrap();
    corpus::put(folder.path(), &records);
    let library = Library::open_with(folder.path(), None).unwrap();
    let never = Arc::default();
    let updated = update_index(&library, None, false, &never, &mut |_| {}).unwrap();
    assert_eq!(updated.indexed, records.len());
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let with_hits = compare(&records, &library, &index, 300, 2);
    assert!(with_hits * 3 >= 300 * 2, "{with_hits} of 300 have hits");
}

#[test]
fn what_is_typed_finds_what_its_printed_form_finds() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let never = Arc::default();
    for text in [
        "the coun",
        "\"of the c",
        "\"security coun",
        "peace OR wa",
        "state:kaz",
        "halden near/2 sluic",
    ] {
        let typed = parse_typed(text);
        let printed = parse(&typed.to_string());
        let ask = |query| search(&index, query, 50, Order::Relevance, &never).unwrap();
        assert_eq!(ask(&typed), ask(&printed), "{text}");
        assert!(ask(&typed).statements > 0, "{text}");
    }
}

#[test]
fn a_cancelled_search_says_that_it_is_not_complete() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    for text in ["the", "t*", "\"of the\""] {
        let hits =
            search(&index, &parse(text), 50, Order::Relevance, &Arc::new(AtomicBool::new(true)))
                .unwrap();
        assert!(!hits.complete, "{text}");
    }
}
