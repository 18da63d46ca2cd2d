//! Fuzzy find against the plain way, and what a person finds with what they type.

mod made;

use std::cmp::Reverse;
use std::sync::atomic::AtomicBool;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use spv::library::Catalogue;
use spv::search::find::{Hit, Hits, Names};
use spv::search::letters::folded;

fn find(names: &Names, query: &str, limit: usize) -> Hits {
    names.find(query, limit, &AtomicBool::new(false))
}

/// Every name, in their own order.
fn every(names: &Names) -> Vec<Hit> {
    let all = find(names, "", usize::MAX);
    assert_eq!(all.hits.len(), names.len());
    all.hits
}

/// Whether a word stands in the line with no letter or digit beside it.
fn stands_whole(line: &[char], word: &[char]) -> bool {
    (0..line.len()).any(|at| {
        line[at..].starts_with(word)
            && !(at > 0 && line[at - 1].is_alphanumeric())
            && !line.get(at + word.len()).is_some_and(|c| c.is_alphanumeric())
    })
}

/// The plain way: every line given to a new matcher, word by word, and everything sorted.
fn plain(all: &[Hit], words: &[&str], date: Option<&str>) -> Vec<(i64, String, Vec<usize>)> {
    let mut found = Vec::new();
    for (at, hit) in all.iter().enumerate() {
        let line = folded(&hit.line);
        let letters: Vec<char> = line.chars().collect();
        let (mut score, mut places, mut whole) = (0, Vec::new(), 0);
        let mut matches = true;
        for word in words {
            let word = folded(word);
            match SkimMatcherV2::default().ignore_case().fuzzy_indices(&line, &word) {
                Some((s, p)) => {
                    score += s;
                    places.extend(p);
                }
                None => matches = false,
            }
            whole += usize::from(stands_whole(&letters, &word.chars().collect::<Vec<_>>()));
        }
        if let Some(date) = date {
            match line.find(date) {
                Some(start) => {
                    let start = line[..start].chars().count();
                    places.extend(start..start + date.trim_end_matches('-').len());
                }
                None => matches = false,
            }
        }
        if matches {
            places.sort_unstable();
            places.dedup();
            found.push((Reverse(score), Reverse(whole), at, places));
        }
    }
    found.sort();
    found.into_iter().map(|(s, _, at, p)| (s.0, all[at].line.to_string(), p)).collect()
}

fn assert_plain(names: &Names, all: &[Hit], query: &str, words: &[&str], date: Option<&str>) {
    let want = plain(all, words, date);
    for limit in [1, 7, 200] {
        let got = find(names, query, limit);
        assert_eq!(got.total, want.len(), "{query:?}");
        let got: Vec<_> =
            got.hits.into_iter().map(|h| (h.score, h.line.to_string(), h.matched)).collect();
        assert_eq!(got[..], want[..want.len().min(limit)], "{query:?}, the best {limit}");
    }
}

/// A query such as people type: letters and pieces of lines, cut, misspelt, one to three.
fn query(dice: &mut made::Dice, all: &[Hit]) -> Vec<String> {
    let alphabet: Vec<char> = "abcdefghijklmnopqrstuvwxyz0123456789./(-é".chars().collect();
    (0..1 + dice.roll(3))
        .map(|_| {
            let line = &all[dice.roll(all.len())].line;
            let words: Vec<&str> = line.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            let mut word: Vec<char> = words[dice.roll(words.len())].chars().collect();
            match dice.roll(4) {
                0 => word = vec![alphabet[dice.roll(alphabet.len())]],
                1 => word.truncate(1 + dice.roll(4)),
                2 if word.len() > 2 => drop(word.remove(dice.roll(word.len()))),
                _ => {}
            }
            word.into_iter().collect::<String>()
        })
        .collect()
}

/// Words that are read as words, and are not the name of a record or vote.
fn is_words(query: &[String]) -> bool {
    let text = query.join(" ");
    let marks =
        |w: &String| w.starts_with([',', ';', ':', '"']) || w.ends_with([',', ';', ':', '"']);
    spv::record::Symbol::parse_with_page(&text).is_none()
        && spv::facts::votes::by_reference(&text).is_none()
        && !query.iter().any(marks)
        && !query.iter().any(|w| w.contains(char::is_numeric) && w.contains(['-', '/', '.']))
}

/// How many seeded queries: few enough for every run; more by hand, `SPV_LONG=20`.
fn long() -> usize {
    std::env::var("SPV_LONG").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

#[test]
fn the_order_is_that_of_fuzzy_matcher_over_every_line() {
    let names = Names::new(&made::library(1, 300, 1_500));
    let all = every(&names);
    let mut dice = made::Dice::new(2);
    for letter in "abcdefghijklmnopqrstuvwxyz.(".chars() {
        let word = letter.to_string();
        assert_plain(&names, &all, &word, &[&word], None);
    }
    let mut tried = 0;
    while tried < 300 * long() {
        let query = query(&mut dice, &all);
        if !is_words(&query) {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        for word in &query {
            if !words.iter().any(|w| folded(w) == folded(word)) {
                words.push(word);
            }
        }
        assert_plain(&names, &all, &query.join(" "), &words, None);
        tried += 1;
    }
}

#[test]
fn dates_stand_in_the_line_and_do_not_score() {
    let names = Names::new(&made::library(3, 2_000, 100));
    let all = every(&names);
    for at in [5, 500, 1_500] {
        let date =
            all.iter().filter_map(|h| h.line.split("  ").nth(1)).filter(|d| d.len() == 10).nth(at);
        let date = date.expect("a record's date");
        let (y, m, d) = (&date[..4], &date[5..7], &date[8..]);
        assert_plain(&names, &all, &format!("{d}/{m}/{y}"), &[], Some(date));
        assert_plain(&names, &all, &format!("peace {d}.{m}.{y} a"), &["peace", "a"], Some(date));
        assert_plain(&names, &all, &format!("{m}/{y} peace"), &["peace"], Some(&date[..8]));
    }
}

#[test]
fn a_large_set_is_looked_at_by_two_threads_with_the_same_answer() {
    let names = Names::new(&made::library(4, 500, 6_000));
    let all = every(&names);
    for query in ["k", "ss", "mr", "kaz", "peace sec", "é"] {
        let words: Vec<&str> = query.split(' ').collect();
        assert_plain(&names, &all, query, &words, None);
    }
}

#[test]
fn a_cancelled_question_ends_without_an_answer() {
    let names = Names::new(&made::library(5, 500, 6_000));
    let hits = names.find("a", 200, &AtomicBool::new(true));
    assert_eq!(hits, Hits::default());
}

#[test]
fn nothing_to_find_in_or_for() {
    let names = Names::new(&Catalogue::default());
    assert!(find(&names, "zzzzqqqq", 10).hits.is_empty());
    let names = Names::new(&made::library(6, 10, 10));
    assert!(find(&names, "peace", 0).hits.is_empty());
    assert!(find(&names, "peace", 0).total > 0);
    assert_eq!(find(&names, &"\u{7}ÿ\u{202e} ".repeat(500_000), 10).hits, []);
}
