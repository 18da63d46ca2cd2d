//! The references the program finds in real statements, against those marked by hand in `references_marked.tsv`.
//! Without the folder of real records it says SKIPPED.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use spv::library::references::target_name;
use spv::record::reference;

/// What is cited, and its page where one is named.
type Cited = (String, Option<u32>);

/// The marks by record and statement, in the order of the text.
fn marked() -> BTreeMap<(String, u64), Vec<Cited>> {
    let mut marks: BTreeMap<_, Vec<Cited>> = BTreeMap::new();
    for line in include_str!("references_marked.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap();
        let (record, statement) = (field().to_owned(), field().parse().unwrap());
        let (cites, page) = (field(), field().parse().ok());
        let of = marks.entry((record, statement)).or_default();
        if cites != "-" {
            of.push((cites.to_owned(), page));
        }
    }
    marks
}

/// The folder of real records, if it is there; says plainly when it is not.
fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let root = PathBuf::from(std::env::var("SPV_SHARED").unwrap_or_else(|_| default.to_owned()));
    if root.join("records").is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no real records at {} (set SPV_SHARED)", root.display());
    None
}

/// Every statement of 2020 by record and number.
fn statements() -> Option<BTreeMap<(String, u64), String>> {
    let file = shared()?.join("records/speeches-2020.jsonl.xz");
    let Ok(unpacked) = Command::new("xz").arg("-dc").arg(&file).output() else {
        println!("SKIPPED: there is no xz to unpack the statements with");
        return None;
    };
    let mut statements = BTreeMap::new();
    for line in String::from_utf8(unpacked.stdout).unwrap().lines() {
        let speech: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = speech["spv"].as_str().unwrap();
        let record = match (name.split_once('_'), name.strip_suffix("Resumption1")) {
            (Some((year, number)), _) => format!("S/{year}/{number}"),
            (None, Some(number)) => format!("S/PV.{number} (Resumption 1)"),
            (None, None) => format!("S/PV.{name}"),
        };
        let (_, number) = speech["filename"].as_str().unwrap().split_once("_spch").unwrap();
        let of = (record, number.trim_end_matches(".txt").parse().unwrap());
        statements.insert(of, speech["content"].as_str().unwrap().to_owned());
    }
    Some(statements)
}

/// How many of `found` stand in `marked` in the same order.
fn in_common(marked: &[Cited], found: &[Cited]) -> usize {
    let mut longest = vec![vec![0; found.len() + 1]; marked.len() + 1];
    for (i, mark) in marked.iter().enumerate() {
        for (j, one) in found.iter().enumerate() {
            longest[i + 1][j + 1] = if mark == one {
                longest[i][j] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    longest[marked.len()][found.len()]
}

#[test]
fn at_least_300_references_were_marked() {
    let marks = marked();
    assert!(marks.values().map(Vec::len).sum::<usize>() >= 300);
    assert!(marks.values().filter(|of| of.is_empty()).count() > 5, "also where there are none");
}

#[test]
fn precision_and_recall_are_at_least_99_of_100() {
    let Some(statements) = statements() else { return };
    let (mut right, mut all_marked, mut all_found) = (0, 0, 0);
    for (of, marks) in marked() {
        let text = statements.get(&of).unwrap_or_else(|| panic!("{of:?} is not in the texts"));
        let found: Vec<Cited> = reference::find_references(text)
            .iter()
            .map(|found| target_name(&found.target))
            .collect();
        let common = in_common(&marks, &found);
        if common < marks.len() || common < found.len() {
            println!("{of:?}: marked {marks:?}, found {found:?}");
        }
        (right, all_marked, all_found) =
            (right + common, all_marked + marks.len(), all_found + found.len());
    }
    let of_hundred = |all: usize| 100.0 * right as f64 / all as f64;
    let (precision, recall) = (of_hundred(all_found), of_hundred(all_marked));
    println!("{right} of {all_marked} marked and {all_found} found: {precision:.1}, {recall:.1}");
    assert!(precision >= 99.0, "precision {precision:.1} of 100");
    assert!(recall >= 99.0, "recall {recall:.1} of 100");
}
