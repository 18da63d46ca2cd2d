//! Full text compared with the plain way: the same statements, first paragraphs and counts for queries of every kind, over
//! the exercise debates and the records of 2020. And an index that survives damage, kills and other versions.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod charts;
mod collocates;
mod commands;
mod corpus;
mod dense;
mod life;
mod plain;
mod queries;
mod similar;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::made::{self, Dice};
use plain::{Answer, Ask, Firsts, Said};
use spv::library::Library;
use spv::record::{As, Capacity, Item, Record, json};
use spv::search::index::{Index, update_index};
use spv::search::query::{parse, parse_typed};
use spv::search::results::{Marker, Order, RecordLoader, find_context, forms_line, search};

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

/// `forms:` finds what any of the forms finds, and says which of them there are.
#[test]
fn forms_find_what_their_words_find() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let never = Arc::default();
    let found = |text: &str| -> BTreeSet<(usize, usize)> {
        let hits = search(&index, &parse(text), usize::MAX, Order::Date, &never).unwrap().hits;
        hits.iter().map(|hit| (hit.entry, hit.nth)).collect()
    };
    for (forms, words) in [
        ("forms:record", "record OR records OR recorded OR recording"),
        ("forms:speak", "speak OR speaks OR spoke OR spoken OR speaking"),
        ("forms:on decide peace*", "(decide OR decides OR decided OR deciding) peace*"),
        ("forms:on -vote the", "-(vote OR votes OR voted OR voting) the"),
        ("forms:on \"members of\"", "\"members of\""),
        ("lang:fr forms:membre", "lang:fr (membre OR membres)"),
    ] {
        assert_eq!(found(forms), found(words), "{forms}");
        assert!(!found(forms).is_empty(), "{forms}");
    }
    let line = forms_line(&index, &parse("forms:on records \"of the\"")).unwrap();
    assert!(line.starts_with("forms: records, record"), "{line}");
    assert!(!line.contains("recordes"), "{line}");
    assert_eq!(forms_line(&index, &parse("records")), None);
    let marker = Marker::new(&parse("forms:record"));
    let text = "It records what was recorded.";
    let marks: Vec<&str> = marker.marks(text, 9).into_iter().map(|at| &text[at]).collect();
    assert_eq!(marks, ["records", "recorded"]);
}

#[test]
fn not_is_a_minus() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let never = Arc::default();
    let ask = |text: &str| search(&index, &parse(text), 50, Order::Relevance, &never).unwrap();
    let (with, without) = (ask("peace NOT security"), ask("peace -security"));
    assert!(with.statements > 0 && with.statements < ask("peace").statements);
    assert_eq!(with, without);
    assert_eq!(ask("peace !security"), without);
}

/// A compound between the two sides of `near` is one word, whatever its parts.
#[test]
fn near_counts_a_compound_once_in_300_queries() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let mut records = corpus::exercise();
    records.retain(|record| record.language.code() == "en");
    compare_near(&records, &library, &index, 300, 7);
    // The debates have few compounds: here every other word is one.
    let mut dice = Dice::new(9);
    for (n, record) in records.iter_mut().enumerate() {
        record.exercise = false;
        record.symbol = format!("S/PV.{}", 9_000 + n).parse().unwrap();
        for item in &mut record.items {
            let Item::Statement(statement) = item else { continue };
            for paragraph in &mut statement.paragraphs {
                let signs = ["-", "'", "/", " ", " ", ", "];
                let words =
                    paragraph.text.split(' ').map(|word| format!("{word}{}", dice.one(&signs)));
                paragraph.text = words.collect();
                paragraph.breaks.clear();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    corpus::put(folder.path(), &records);
    let library = Library::open_with(folder.path(), None).unwrap();
    update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {}).unwrap();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    compare_near(&records, &library, &index, 300, 8);
}

fn compare_near(records: &[Record], library: &Library, index: &Index, many: usize, seed: u64) {
    let statements = plain::statements(records);
    let mut drawn = Drawn { dice: Dice::new(seed), statements: &statements };
    let mut with_hits = 0;
    for _ in 0..many {
        let said = drawn.said();
        let ask = drawn.near(said);
        let (expected, firsts) = plain::answer(&ask, &statements);
        let given = program(index, library, &ask.to_string(), &firsts);
        assert_eq!(given, expected, "{ask}");
        with_hits += usize::from(!expected.found.is_empty());
    }
    assert!(with_hits * 2 > many, "{with_hits} of {many} have hits");
}

/// Words that follow each other count more than words that are only both there.
#[test]
fn words_next_to_each_other_are_ranked_first() {
    let far = "The front-line and desert areas are named here, and much later, after many other words and places, swarms of locusts, locusts again.";
    let near = "This invented statement has many more words than the other one, and speaks of much else; only at its end it names the desert locusts that came over the fields in that year.";
    let text = |number: usize, text: &str| {
        serde_json::json!({"type": "statement", "number": number,
        "speaker": {"printed": "x", "name": "Mr. Invented", "state": "France", "as": "member"},
        "paragraphs": [{"text": text}]})
    };
    let others = (0..30).map(|n| text(n + 3, "Nothing of that is in here, but other words."));
    let items: Vec<_> = [text(1, far), text(2, near)].into_iter().chain(others).collect();
    let record = json::read_record(
        serde_json::json!({"format": "spv/1", "symbol": "S/PV.9000",
        "kind": "verbatim", "language": "en", "date": "2020-05-05", "topic": "x", "agenda": [],
        "items": items})
        .to_string()
        .as_bytes(),
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    corpus::put(folder.path(), &[record]);
    let library = Library::open_with(folder.path(), None).unwrap();
    let index = Index::in_memory(&library, None).unwrap();
    for query in
        ["desert locusts", "desert locusts*", "forms:on desert locust", "year:2020 desert locust*"]
    {
        for limit in [1, 2, 50] {
            let hits =
                search(&index, &parse(query), limit, Order::Relevance, &Arc::default()).unwrap();
            assert_eq!((hits.statements, hits.hits[0].nth), (2, 1), "{query} {limit}");
        }
    }
}
