//! The time of each key in Find, over 25,000 names: those of the facts, and speakers made up with a seed. In the same run
//! the plain way, which scores every line with fuzzy-matcher.
//!
//! `cargo bench --bench find` prints a table in milliseconds. One to three words of names, drawn with a seed, are typed key
//! by key; nothing is answered from the answer to an earlier key. "Calm" is the p99 of the least of three times for each
//! key: the time on an idle processor.

#[path = "../tests/made/mod.rs"]
mod made;

use std::cmp::Reverse;
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use spv::record::fold;
use spv::search::find::Names;

/// Names to search, and the limit of hits.
const NAMES: usize = 25_000;
const LIMIT: usize = 200;
/// Queries that are typed, and keys that the plain way answers.
const TYPED: usize = 300;
const PLAIN: usize = 25;
/// The ranges of query lengths, in characters.
const LENGTHS: [(usize, usize); 6] = [(1, 1), (2, 2), (3, 3), (4, 6), (7, 12), (13, 99)];

fn main() {
    let empty = made::library(1, 0, 0);
    let before = anonymous();
    let start = Instant::now();
    let of_facts = Names::new(&empty);
    let build_facts = start.elapsed();
    let grown_facts = anonymous().saturating_sub(before);
    let facts = of_facts.len();
    drop(of_facts);
    // A made-up record for every 50 speakers; topics repeat, so that records add about two names each.
    let speakers = (NAMES.saturating_sub(facts)) * 50 / 52;
    let library = made::library(1, (speakers / 50) as u32, speakers);
    let before = anonymous();
    let start = Instant::now();
    let names = Names::new(&library);
    let build = start.elapsed();
    let grown = anonymous().saturating_sub(before);
    let never = AtomicBool::new(false);
    let lines: Vec<String> =
        names.find("", usize::MAX, &never).hits.iter().map(|h| fold::shapes(&h.line)).collect();
    let bytes: usize = lines.iter().map(String::len).sum();
    println!("{} names ({facts} without the made-up library), {bytes} bytes", names.len());
    println!("made ready in {:.1} ms, of it the facts in {:.1} ms", ms(build), ms(build_facts));
    let mb = |kb: u64| kb as f64 / 1_024.0;
    println!("own memory grown by {:.1} MB, for the facts by {:.1} MB", mb(grown), mb(grown_facts));
    println!();
    println!("| letters | keys | p50 | p99 | worst | calm p99 | plain way, keys | p50 | p99 |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let keys = keys(&lines);
    for (fewest, most) in LENGTHS {
        let of_length = |q: &&String| (fewest..=most).contains(&q.chars().count());
        let these: Vec<&String> = keys.iter().filter(of_length).collect();
        let mut quick = time(&these, |q| names.find(q, LIMIT, &never).total);
        let again = || time(&these, |q| names.find(q, LIMIT, &never).total);
        let (second, third) = (again(), again());
        let least = |(n, time): (usize, &Duration)| (*time).min(second[n]).min(third[n]);
        let mut calm: Vec<Duration> = quick.iter().enumerate().map(least).collect();
        let mut plain = time(&these[..these.len().min(PLAIN)], |q| plain(&lines, q));
        println!(
            "| {fewest} to {most} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {} | {:.0} | {:.0} |",
            quick.len(),
            ms(at(&mut quick, 50)),
            ms(at(&mut quick, 99)),
            ms(at(&mut quick, 100)),
            ms(at(&mut calm, 99)),
            plain.len(),
            ms(at(&mut plain, 50)),
            ms(at(&mut plain, 99)),
        );
    }
}

/// Memory that is this process's own, in kilobytes; 0 where the system does not say.
fn anonymous() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// What was typed, key by key: each query once, in a scattered order.
fn keys(lines: &[String]) -> Vec<String> {
    let mut dice = made::Dice::new(7);
    let mut keys: Vec<String> = ('a'..='z').chain('0'..='9').map(String::from).collect();
    for _ in 0..TYPED {
        let mut words: Vec<&str> = Vec::new();
        for _ in 0..1 + dice.roll(3) {
            let line = &lines[dice.roll(lines.len())];
            let of_line: Vec<&str> = line.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            words.push(of_line[dice.roll(of_line.len())]);
        }
        let text = words.join(" ");
        keys.extend(text.char_indices().skip(1).map(|(at, _)| text[..at].to_owned()));
        keys.push(text);
    }
    keys.sort_unstable();
    keys.dedup();
    for at in (1..keys.len()).rev() {
        keys.swap(at, dice.roll(at + 1));
    }
    keys
}

fn time<T>(queries: &[&String], mut ask: impl FnMut(&str) -> T) -> Vec<Duration> {
    queries
        .iter()
        .map(|query| {
            let start = Instant::now();
            black_box(ask(query));
            start.elapsed()
        })
        .collect()
}

/// Every line to the matcher, everything sorted.
fn plain(lines: &[String], query: &str) -> usize {
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let score = |word: &&str| {
            SkimMatcherV2::default().ignore_case().fuzzy_indices(line, word).map(|(score, _)| score)
        };
        if let Some(score) = words.iter().map(score).sum::<Option<i64>>() {
            found.push((Reverse(score), at));
        }
    }
    found.sort_unstable();
    found.len()
}

fn at(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).max(1) - 1;
    times.get(place).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
