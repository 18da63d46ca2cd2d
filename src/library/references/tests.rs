//! The table holds what was put into it, and damage is found.

use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::record::json;

fn record(number: u32, words: &str) -> Record {
    let text = serde_json::json!({"format": "spv/1", "symbol": format!("S/PV.{number}"),
        "kind": "verbatim", "language": "en", "date": "2020-01-10", "items": [
        {"type": "statement", "number": 1, "speaker": {"printed": "Ms. Made", "name": "Ms. Made"},
         "on_behalf_of": [{"group": "the invented three"}], "paragraphs": [{"text": words}]},
        {"type": "vote", "on": ["S/2020/1"], "in_favour": ["Chad"], "outcome": "adopted"}]});
    json::read_record(text.to_string().as_bytes()).unwrap()
}

fn library(records: &[Record]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for record in records {
        Library::store(folder.path(), record).unwrap();
    }
    let library = Library::open_with(folder.path(), None).unwrap();
    (folder, library)
}

fn made(library: &Library) -> References {
    library.references(&AtomicBool::new(false))
}

/// How many records changed since the table was kept, all where there is none.
fn unread(library: &Library) -> usize {
    library.compared(&library.kept_references().unwrap_or_default().table).1.len()
}

#[test]
fn what_was_read_is_answered_from_the_kept_bytes() {
    let records = [
        record(9001, "As in S/PV.8628, p. 2, and resolution 2254 (2015)."),
        record(9002, "Again resolution 2254 (2015), S/PV.8628 and resolution 2254 (2015)."),
    ];
    let (_folder, library) = library(&records);
    assert_eq!((library.kept_references().is_none(), unread(&library)), (true, 2));
    for table in [made(&library), library.kept_references().unwrap(), made(&library)] {
        let expected: Vec<At<Citing>> = records
            .iter()
            .flat_map(|r| {
                let mut found = Vec::new();
                each_citing_in(r, |c| {
                    found.push(at((r.symbol.clone(), r.language.clone(), r.date), c));
                    true
                });
                found
            })
            .filter(|c| c.what.cites == "S/RES/2254 (2015)")
            .collect();
        assert_eq!(expected.len(), 3);
        assert_eq!(table.citing("S/RES/2254 (2015)", usize::MAX), expected);
        assert_eq!(table.citing("S/PV.8628", usize::MAX)[0].what.cites_page, Some(2));
        assert_eq!(table.citing("S/PV.8629", usize::MAX), []);
        assert_eq!(table.for_group(|group| group.contains("three")).len(), 2);
        assert_eq!(table.for_group(|group| group.contains("resolution")), []);
        let votes = table.votes();
        assert_eq!(votes[1].what, records[1].votes().cloned().collect::<Vec<_>>());
        assert_eq!((votes.len(), table.records(), table.given_up), (2, 2, false));
    }
    assert_eq!(unread(&library), 0);
}

#[test]
fn what_was_given_up_is_missing_and_said() {
    let (_folder, library) = library(&[record(9001, "See S/PV.8628.")]);
    let table = library.references(&AtomicBool::new(true));
    assert!(table.given_up && table.citing("S/PV.8628", usize::MAX).is_empty());
    let table = made(&library);
    assert!(!table.given_up && table.citing("S/PV.8628", usize::MAX).len() == 1);
}

proptest! {
    /// A damaged table is none; where damage is not seen because there is none, the answers are the same.
    #[test]
    fn damage_is_found(at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let record = record(9001, "See S/PV.8628, p. 3.");
        let mut making = TableWriter::default();
        let entry = crate::library::Catalogue::of([&record]).entries[0].clone();
        let of = UnreadRecord { entry: &entry, file: "x".to_owned(), stamp: (1, -2, 3) };
        making.push(&of, &extract(&record));
        let good = making.table().bytes().to_vec();
        prop_assert!(Table::read(good.clone()).is_some());
        let mut bad = good.clone();
        let at = at.index(bad.len());
        bad[at] = to;
        prop_assert_eq!(Table::read(bad.clone()).is_some(), bad == good);
        prop_assert!(Table::read(good[..cut.index(good.len())].to_vec()).is_none());
    }
}
