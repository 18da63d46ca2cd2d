//! Libraries on disk: what opens, what becomes a problem, what a store leaves behind.

use std::path::Path;

use spv::library::Library;
use spv::record::{Direction, Item, Language, Paragraph, Record, Speaker, Statement, json};

/// An invented record of meeting `number`.
fn record(number: u32, date: &str) -> Record {
    let text = format!(
        r#"{{"format":"spv/1","symbol":"S/PV.{number}","kind":"verbatim","language":"en","date":"{date}",
        "topic":"Invented topic {number}","agenda":["Invented item"],
        "presidents":[{{"name":"Ms. Invented","state":"Norway"}}],"items":[]}}"#
    );
    let mut record: Record = serde_json::from_str(&text).unwrap();
    record.items.push(Item::Direction(Direction {
        page: Some(1),
        text: "The invented meeting was called to order.".to_owned(),
    }));
    for n in 1..=3 {
        record.items.push(Item::Statement(Statement {
            number: n,
            page: Some(n),
            speaker: Speaker {
                printed: "Mr. Invented (Norway)".to_owned(),
                name: "Mr. Invented".to_owned(),
                state: Some("Norway".to_owned()),
                ..Speaker::default()
            },
            paragraphs: vec![Paragraph {
                page: Some(n),
                text: format!("These invented words are number {n} of meeting {number}."),
                ..Paragraph::default()
            }],
            ..Statement::default()
        }));
    }
    record
}

fn put(root: &Path, name: &str, text: impl AsRef<[u8]>) {
    let file = root.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

#[test]
fn a_flat_folder_and_a_library_open_newest_first() {
    let flat = tempfile::tempdir().unwrap();
    let whole = tempfile::tempdir().unwrap();
    for (number, date) in [(8000, "2017-07-01"), (9000, "2022-03-01"), (8500, "2019-04-01")] {
        let text = json::write(&record(number, date));
        put(flat.path(), &format!("{number}.json"), &text);
        Library::store(whole.path(), &record(number, date)).unwrap();
    }
    for root in [flat.path(), whole.path()] {
        let library = Library::open(root).unwrap();
        assert_eq!(library.problems(), []);
        let entries = &library.catalogue().entries;
        let numbers: Vec<u32> = entries.iter().map(|e| e.symbol.number()).collect();
        assert_eq!(numbers, [9000, 8500, 8000]);
        for entry in entries {
            let record = library.load(entry).unwrap();
            assert_eq!(record.symbol, entry.symbol);
            let headings: Vec<_> = library.catalogue().headings(entry).collect();
            assert_eq!(headings.len(), 3);
            assert_eq!((headings[2].number, headings[2].page), (3, Some(3)));
            assert_eq!(headings[2].name, "Mr. Invented");
            assert_eq!(headings[2].state, Some("Norway"));
            assert_eq!(headings[2].words as usize, record.statements().nth(2).unwrap().words());
        }
    }
    assert!(whole.path().join("records/2019/S_PV.8500.en.json.zst").is_file());
    assert_eq!(
        Library::open(flat.path())
            .unwrap()
            .entry(&"8500".parse().unwrap(), Some(&Language::French))
            .unwrap()
            .language,
        Language::English
    );
}
