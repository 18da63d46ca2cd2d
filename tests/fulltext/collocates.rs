//! Collocates: every count compared with the plain way, over the exercise debates.

use std::collections::BTreeMap;
use std::sync::Arc;

use spv::library::Library;
use spv::search::collocates::{LEAST, collocates, log_likelihood};
use spv::search::index::Index;
use spv::search::query::parse;
use spv::search::words::each_word;

/// The words at each position of a paragraph: a part, and a compound at its first part.
fn positions(text: &str) -> Vec<Vec<String>> {
    let mut positions: Vec<Vec<String>> = Vec::new();
    each_word(text, |word, place, _| {
        positions.resize(positions.len().max(place as usize + 1), Vec::new());
        positions[place as usize].push(word.to_owned());
    });
    positions
}

#[test]
fn every_count_is_that_of_the_plain_way() {
    let library = Library::exercise();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let mut paragraphs: Vec<(i16, usize, Vec<Vec<String>>)> = Vec::new();
    let mut statements = 0;
    for entry in library.catalogue().records(None) {
        let record = library.load(entry).unwrap();
        for statement in record.statements() {
            statements += 1;
            for paragraph in &statement.paragraphs {
                paragraphs.push((record.date.year(), statements, positions(&paragraph.text)));
            }
        }
    }
    // The query, the words of its phrase, and its year.
    for (query, phrase, year) in [
        ("peace", vec!["peace"], None),
        ("the", vec!["the"], None),
        ("\"small arms\"", vec!["small", "arms"], None),
        ("lake year:2019", vec!["lake"], Some(2019)),
        ("council year:2020", vec!["council"], Some(2020)),
        ("zzzz", vec!["zzzz"], None),
    ] {
        for span in [1, 5, 12] {
            let parsed = parse(query);
            let got = collocates(&index, &library, &parsed, span, &Arc::default()).unwrap();
            let of_year = paragraphs.iter().filter(|(of, ..)| year.is_none_or(|year| year == *of));
            let (mut matches, mut window, mut corpus) = (0_u64, 0_u64, 0_u64);
            let mut observed: BTreeMap<&str, u64> = BTreeMap::new();
            let mut frequency: BTreeMap<&str, u64> = BTreeMap::new();
            for (_, _, words) in of_year {
                corpus += words.len() as u64;
                words.iter().flatten().for_each(|word| *frequency.entry(word).or_default() += 1);
                let is_match = |at: usize| {
                    phrase.iter().enumerate().all(|(n, wanted)| {
                        words.get(at + n).is_some_and(|here| here.iter().any(|w| w == wanted))
                    })
                };
                let starts: Vec<usize> = (0..words.len()).filter(|at| is_match(*at)).collect();
                matches += starts.len() as u64;
                let span = span as usize;
                for (place, here) in words.iter().enumerate() {
                    let long = phrase.len();
                    let inside = starts.iter().any(|start| (*start..start + long).contains(&place));
                    let near =
                        |start: &usize| place + span >= *start && place < start + long + span;
                    if !inside && starts.iter().any(near) {
                        window += 1;
                        here.iter().for_each(|word| *observed.entry(word).or_default() += 1);
                    }
                }
            }
            let place = format!("{query}, span {span}");
            assert_eq!((got.matches, got.window, got.corpus), (matches, window, corpus), "{place}");
            let mut plain: Vec<(u64, u64, String)> = observed
                .iter()
                .map(|(word, observed)| (*observed, frequency[word], *word))
                .filter(|(o, f, _)| *o >= LEAST && *o as f64 > (window * f) as f64 / corpus as f64)
                .map(|(o, f, _)| (o, f, format!("{:.6}", log_likelihood(o, window, f, corpus))))
                .collect();
            let mut rows: Vec<(u64, u64, String)> = got
                .rows
                .iter()
                .map(|row| (row.observed, row.frequency, format!("{:.6}", row.likelihood)))
                .collect();
            assert!(got.rows.is_sorted_by(|a, b| a.likelihood >= b.likelihood), "{place}");
            plain.sort();
            rows.sort();
            assert_eq!(rows, plain, "{place}");
        }
    }
}
