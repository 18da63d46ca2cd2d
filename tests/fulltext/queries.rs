//! What is new to a kept query: compared with a plain way while records come, are corrected, renumbered, taken away and
//! imported again, and the index is made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use spv::desk::queries::Seen;
use spv::library::Library;
use spv::record::{Record, json};
use spv::search::index::{Index, update_index};
use spv::search::new_hits::new_hits;
use spv::search::query::parse;
use spv::search::results::Order;

use super::corpus;
use super::made::Dice;

/// An invented record with these statements.
fn record(number: u32, texts: &[String]) -> Record {
    let said = texts.iter().enumerate().map(|(n, text)| {
        serde_json::json!({
            "type": "statement", "number": n + 1, "paragraphs": [{"text": text}],
            "speaker": {"printed": "x", "name": "Mr. Invented", "state": "Peru", "as": "member"},
        })
    });
    let record = serde_json::json!({
        "format": "spv/1", "symbol": format!("S/PV.{number}"), "kind": "verbatim", "language": "en",
        "date": "2019-11-19", "topic": "An invented topic", "agenda": ["An invented topic"],
        "items": said.collect::<Vec<_>>(),
    });
    json::read_record(record.to_string().as_bytes()).unwrap()
}

/// The statements that have the word, as the plain way knows them: record, letters, and which of those with the same
/// letters.
fn plain(records: &BTreeMap<u32, Vec<String>>) -> BTreeSet<(u32, String, usize)> {
    let mut found = BTreeSet::new();
    for (number, texts) in records {
        let mut met: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts.iter().filter(|text| text.to_lowercase().contains("grain")) {
            let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            let before = met.entry(letters.to_lowercase()).or_default();
            found.insert((*number, letters.to_lowercase(), *before));
            *before += 1;
        }
    }
    found
}

/// Makes the library hold these records, and brings its index up to date, or makes it again.
fn write(root: &Path, records: &BTreeMap<u32, Vec<String>>, again: bool) -> (Library, Index) {
    let _ = std::fs::remove_dir_all(root.join("records"));
    if again {
        let _ = std::fs::remove_dir_all(root.join(".spv"));
    }
    std::fs::create_dir_all(root.join("records")).unwrap();
    let all: Vec<Record> = records.iter().map(|(number, texts)| record(*number, texts)).collect();
    corpus::put(root, &all);
    let library = Library::open_with(root, None).unwrap();
    update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {}).unwrap();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    (library, index)
}

#[test]
fn what_is_new_is_what_the_plain_way_says() {
    let folder = tempfile::tempdir().unwrap();
    let query = parse("grain");
    let mut dice = Dice::new(11);
    let words =
        ["The grain is here.", "Thank you.", "No harbour.", "Grain, and the ports", "grain"];
    let text = |dice: &mut Dice| {
        let tail = if dice.roll(3) == 0 { "" } else { " again" };
        format!("{}{tail}", words[dice.roll(words.len())])
    };
    let mut records: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut away: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let (mut seen, mut seen_plainly) = (Seen::default(), BTreeSet::new());
    for round in 0..40 {
        let numbers: Vec<u32> = records.keys().copied().collect();
        let one = (!numbers.is_empty()).then(|| numbers[dice.roll(numbers.len())]);
        match (dice.roll(6), one) {
            // A record is taken away, or one that was comes back.
            (0, Some(number)) if numbers.len() > 1 => {
                away.insert(number, records.remove(&number).unwrap());
            }
            (1, _) if !away.is_empty() => records.extend(away.pop_first()),
            // A statement is corrected, in its words or only in its signs.
            (2, Some(number)) => {
                let texts = records.get_mut(&number).unwrap();
                let at = dice.roll(texts.len());
                texts[at] = match dice.roll(2) {
                    0 => text(&mut dice),
                    _ => texts[at].to_uppercase().replace(' ', " - "),
                };
            }
            // A statement more, before the others, which get other numbers.
            (3, Some(number)) => records.get_mut(&number).unwrap().insert(0, text(&mut dice)),
            _ => {
                let texts = (0..1 + dice.roll(4)).map(|_| text(&mut dice)).collect();
                records.insert(100 + u32::try_from(round).unwrap(), texts);
            }
        }
        let (library, index) = write(folder.path(), &records, dice.roll(8) == 0);
        let never = Arc::default();
        let now = new_hits(&index, &library, &query, &seen, Order::Date, &never).unwrap();
        let now_plainly = plain(&records);
        assert_eq!(now.hits.statements, now_plainly.len(), "round {round}");
        let new = now_plainly.difference(&seen_plainly).count();
        assert_eq!(now.new.len(), new, "round {round}: {records:?}");
        assert!(now.unread.is_empty() && now.changing == 0);
        if dice.roll(2) == 0 {
            seen.add(&now.seen);
            seen_plainly.extend(now_plainly);
            let after = new_hits(&index, &library, &query, &seen, Order::Date, &never).unwrap();
            assert!(
                after.new.is_empty() && after.seen.is_empty(),
                "round {round}: nothing is read"
            );
        }
    }
}

#[test]
fn a_record_that_changed_since_it_was_indexed_is_neither_new_nor_seen() {
    let folder = tempfile::tempdir().unwrap();
    let records = BTreeMap::from([(1, vec!["grain".to_owned()]), (2, vec!["grain".to_owned()])]);
    let (library, index) = write(folder.path(), &records, false);
    corpus::put(folder.path(), &[record(2, &["Thank you.".to_owned(), "grain".to_owned()])]);
    let query = parse("grain");
    let seen = Seen::default();
    let now = new_hits(&index, &library, &query, &seen, Order::Date, &Arc::default()).unwrap();
    assert_eq!((now.new.len(), now.changing), (1, 1));
    assert!(now.seen.record("S/PV.1 en").is_some() && now.seen.record("S/PV.2 en").is_none());
    std::fs::remove_file(folder.path().join("records/2019/S_PV.1.en.json")).unwrap();
    let now = new_hits(&index, &library, &query, &seen, Order::Date, &Arc::default()).unwrap();
    assert_eq!((now.new.len(), now.unread.len()), (0, 1));
}
