//! Similar statements: every statement of the exercise debates compared with all others in the plain way.

use std::collections::BTreeSet;
use std::sync::Arc;

use spv::library::Library;
use spv::record::{Capacity, Record, Statement};
use spv::search::index::{Index, capacity_of};
use spv::search::similar::{Compared, FEWEST, MOST, SHARE, WORDS, similar};
use spv::search::words::each_word;

use super::corpus;

/// The words of a text that are compared: a compound whole and not in parts.
fn words(statement: &Statement) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for paragraph in &statement.paragraphs {
        let mut within = 0..0;
        each_word(&paragraph.text, |word, _, at| {
            if within.contains(&at.start) && at.end <= within.end && at != within {
                return;
            }
            within = at;
            found.insert(word.to_owned());
        });
    }
    found
}

fn spoken_for(statement: &Statement) -> Option<&str> {
    let chair = capacity_of(statement, 0) == Some(Capacity::President);
    let speaker = &statement.speaker;
    let of = speaker.state.as_deref().or(speaker.organization.as_deref());
    of.or(Some(&speaker.name)).filter(|_| !chair)
}

#[test]
fn what_is_similar_is_what_the_plain_way_says() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let records: Vec<Record> = corpus::exercise();
    let all: Vec<(&Record, usize, &Statement, BTreeSet<String>)> = records
        .iter()
        .flat_map(|record| {
            let statements = record.statements().enumerate();
            statements.map(move |(nth, statement)| (record, nth, statement, words(statement)))
        })
        .collect();
    let never = Arc::default();
    let mut similar_to_some = 0;
    for (record, nth, statement, own) in &all {
        let (symbol, language) = (record.symbol.clone(), record.language.clone());
        let passage = Compared { symbol, language, nth: *nth, paragraph: None };
        let prepare = std::convert::identity;
        let found = similar(&index, &library, record, &passage, prepare, &never).unwrap();
        assert!(found.words.len() <= WORDS && found.words.iter().all(|word| own.contains(word)));
        assert_eq!(found.held, all.iter().filter(|one| one.0.language == record.language).count());
        let who = spoken_for(statement);
        assert_eq!(found.who.as_deref(), who);
        for (group, same) in [(&found.others, false), (&found.same, true)] {
            let got: BTreeSet<(String, u32, usize)> = group
                .iter()
                .map(|one| (one.symbol.to_string(), one.statement, one.shared.len()))
                .collect();
            let most = found.words.len().div_ceil(SHARE).max(FEWEST);
            let plain: BTreeSet<(String, u32, usize)> = all
                .iter()
                .filter(|(other, n, ..)| {
                    other.language == record.language && (other.symbol != record.symbol || n != nth)
                })
                .filter(|(_, _, other, _)| who.is_some() && spoken_for(other) == who || !same)
                .filter(|(_, _, other, _)| same || who.is_none() || spoken_for(other) != who)
                .map(|(other, _, s, words)| {
                    let shared = found.words.iter().filter(|word| words.contains(*word)).count();
                    (other.symbol.to_string(), s.number, shared)
                })
                .filter(|(.., shared)| found.words.len() >= FEWEST && *shared >= most)
                .collect();
            similar_to_some += plain.len();
            let place = format!("{} {}", record.symbol, statement.number);
            if plain.len() <= MOST {
                assert_eq!(got, plain, "{place}, same: {same}");
            } else {
                assert!(got.len() == MOST && got.is_subset(&plain), "{place}, same: {same}");
            }
            assert!(group.is_sorted_by(|a, b| a.shared.len() >= b.shared.len()), "{place}");
            for one in group {
                assert!(one.marks.iter().all(|at| one.snippet.get(at.clone()).is_some()));
                assert!(!one.marks.is_empty(), "{place}");
            }
        }
    }
    assert!(similar_to_some > 20, "{similar_to_some}");
}
