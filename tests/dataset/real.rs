//! The real texts of 2020, where they are at hand: every word, in order, against a slow plain reading.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::editions;
use super::kit::*;

/// The folder of real texts; says so when it is not there.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SPV_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let there = folder.join("tools/make_corpus.py").is_file();
    if !there {
        println!("skipped: {} with the real texts is not there", folder.display());
    }
    there.then_some(folder)
}

/// The members of a plain archive, read block by block.
fn members(tar: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while tar[at] != 0 {
        let field = |from: usize, to: usize| {
            let text = String::from_utf8_lossy(&tar[at + from..at + to]).into_owned();
            text.trim_end_matches('\0').trim().to_owned()
        };
        let size = usize::from_str_radix(&field(124, 135), 8).unwrap();
        let name = field(0, 100).rsplit('/').next().unwrap().to_owned();
        found.insert(name, tar[at + 512..at + 512 + size].to_vec());
        at += 512 + size.div_ceil(512) * 512;
    }
    found
}

/// The characters of a text; one that is no UTF-8 is Windows-1252, of which these texts use few signs.
fn decoded(bytes: &[u8]) -> String {
    let sign = |b: &u8| match b {
        0x80 => '€',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x85 => '…',
        0xA5 => '¥',
        other => char::from(*other),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(sign).collect(),
    }
}

/// Letters without any space.
fn bare(bytes: &[u8]) -> String {
    decoded(bytes).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether `source` is `kept` with all of `taken` put back somewhere.
fn is_whole(source: &str, kept: &str, taken: &[String]) -> bool {
    if taken.is_empty() {
        return source == kept;
    }
    let shared = source.bytes().zip(kept.bytes()).take_while(|(a, b)| a == b).count();
    // What was taken begins where the two part, or before, where it begins as what follows does.
    taken.iter().enumerate().any(|(which, words)| {
        let others: Vec<String> = taken
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != which)
            .map(|(_, t)| t.clone())
            .collect();
        source.match_indices(words.as_str()).filter(|(at, _)| *at <= shared).any(|(at, _)| {
            kept.is_char_boundary(at) && is_whole(&source[at + words.len()..], &kept[at..], &others)
        })
    })
}

/// How often a space went behind a hyphen, came between two letters, and came behind a full stop where
/// a paragraph begins now; nothing else may change.
fn spaces(source: &str, kept: &str) -> Result<[u64; 3], String> {
    let source: Vec<&str> = source.split_whitespace().collect();
    let kept: Vec<&str> = kept.split_whitespace().collect();
    let (one, other) = (source.join(" "), kept.join(" "));
    let (mut left, mut right) = (one.chars().peekable(), other.chars().peekable());
    let (mut closed, mut split, mut turned) = (0, 0, 0);
    let mut before = ' ';
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return Ok([closed, split, turned]),
            (Some(a), Some(b)) if a == b => {
                before = a;
                left.next();
                right.next();
            }
            (Some(' '), Some(b)) if before == '-' && b.is_alphabetic() => {
                closed += 1;
                left.next();
            }
            (Some(a), Some(' ')) if before.is_ascii_alphabetic() && a.is_ascii_alphabetic() => {
                split += 1;
                right.next();
            }
            (Some(a), Some(' ')) if before == '.' && (a == '(' || a.is_uppercase()) => {
                turned += 1;
                right.next();
            }
            (a, b) => return Err(format!("{a:?} became {b:?} behind {before:?}")),
        }
    }
}

#[test]
fn every_word_of_every_statement_is_in_the_library_in_order() {
    let Some(shared) = shared() else { return };
    let kit = Kit::new();
    let made = Command::new("python3")
        .arg(shared.join("tools/make_corpus.py"))
        .arg("real")
        .arg(kit.set())
        .output();
    if !made.is_ok_and(|m| m.status.success()) {
        println!("skipped: the real texts cannot be written here");
        return;
    }
    let ran = kit.import(&[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let texts = members(&std::fs::read(kit.set().join("speeches.tar")).unwrap());
    assert_eq!(texts.len(), 2649);
    let notes = log(&kit.library());
    let records = records(&kit.library());
    assert_eq!(records.len(), 150);
    let by_basename: BTreeMap<&str, &Value> =
        records.values().map(|r| (r["source"]["file"].as_str().unwrap(), r)).collect();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut votes, mut closings, mut headings) = (0, 0, 0);
    let mut spaces_of: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for (name, bytes) in &texts {
        let basename = name.split_once("_spch").unwrap().0;
        let record = by_basename[basename];
        let number = place.entry(basename).or_default();
        let statement = items(record, "statement")[*number];
        *number += 1;
        assert_eq!(statement["number"], *number, "{name}");
        let mine: Vec<&Value> = notes.iter().filter(|n| n["file"] == name.as_str()).collect();
        let of = |sort: &'static str| mine.clone().into_iter().filter(move |n| n["sort"] == sort);
        let taken: Vec<String> = of("removed")
            .chain(of("moved"))
            .map(|n| bare(n["text"].as_str().unwrap().as_bytes()))
            .collect();
        let guessed = of("guessed").any(|n| n["what"].as_str().unwrap().starts_with("the speaker"));
        let mut kept = bare(text(statement).as_bytes());
        if !guessed {
            kept = bare(statement["speaker"]["printed"].as_str().unwrap().as_bytes()) + ":" + &kept;
        }
        assert!(
            is_whole(&bare(bytes), &kept, &taken),
            "{name}: {taken:?}\n{}\n{kept}",
            bare(bytes)
        );
        if taken.is_empty() {
            let printed = statement["speaker"]["printed"].as_str().unwrap();
            let head = if guessed { String::new() } else { format!("{printed}: ") };
            let changed = spaces(&decoded(bytes), &(head + &text(statement)));
            let changed = changed.unwrap_or_else(|e| panic!("{name}: {e}"));
            let sums = spaces_of.entry(basename).or_default();
            sums.iter_mut().zip(changed).for_each(|(sum, more)| *sum += more);
        }
        votes += of("moved").filter(|n| n["what"].as_str().unwrap().contains("vote")).count();
        headings += of("moved").filter(|n| n["what"].as_str().unwrap().contains("heading")).count();
        closings += of("moved").filter(|n| n["what"].as_str().unwrap().contains("closing")).count();
    }
    for (basename, changed) in spaces_of {
        let repairs = &by_basename[basename]["source"]["repairs"];
        let counted = ["closed_hyphens", "split_words", "paragraphs_at_turns"]
            .map(|name| repairs[name].as_u64().unwrap_or(0));
        assert!(changed.iter().zip(counted).all(|(n, most)| *n <= most), "{basename}: {changed:?}");
    }
    // Read off the texts: 52 statements of Presidents turn to another capacity, 51 resume the chair.
    assert_eq!(capacities(&records), (52, 51));
    let all = |kind| records.values().map(|r| items(r, kind).len()).sum::<usize>();
    assert_eq!((all("statement"), all("vote")), (2649, votes));
    // Each heading has two to six lines, but for one that is a single line.
    let lines = all("direction") - votes - closings;
    assert_eq!(headings, 9);
    assert!((2 * headings - 1..=6 * headings).contains(&lines), "{lines}");
    counts_equal_meta(&kit, &by_basename);
    editions::places_are_found_in_the_pdfs(&records, &shared);
}

/// Statements with a paragraph for a State or an organization, and with one back in the chair.
fn capacities(records: &BTreeMap<String, Value>) -> (usize, usize) {
    let with = |wanted: &[&str]| {
        let statements = records.values().flat_map(|record| items(record, "statement"));
        let has = |statement: &&Value| {
            let paragraphs = statement["paragraphs"].as_array().unwrap();
            paragraphs.iter().any(|p| wanted.iter().any(|w| p["capacity"] == *w))
        };
        statements.filter(has).count()
    };
    (with(&["national", "organization"]), with(&["president"]))
}

/// The number of statements of each record against `meta.tsv`.
fn counts_equal_meta(kit: &Kit, records: &BTreeMap<&str, &Value>) {
    let meta = std::fs::read_to_string(kit.set().join("meta.tsv")).unwrap();
    let mut lines = meta.lines().skip(1).peekable();
    assert!(lines.peek().is_some());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let here = items(records[cells[1]], "statement").len();
        assert_eq!(here.to_string(), *cells.last().unwrap(), "{line}");
    }
}
