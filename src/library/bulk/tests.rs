//! Batches, what is noted of them, and what a killed writer leaves.

use super::*;
use crate::library::{Library, Stored};
use crate::record::{Item, Paragraph, Statement, Symbol};

fn record(number: u32, words: &str) -> Record {
    let paragraph = Paragraph { text: words.to_owned(), ..Paragraph::default() };
    let statement = Statement { number: 1, paragraphs: vec![paragraph], ..Statement::default() };
    let text = format!(
        r#"{{"format":"spv/1","symbol":"S/PV.{number}","kind":"verbatim","language":"en","status":"unknown","date":"2019-11-19","items":[]}}"#
    );
    let mut record = crate::record::json::read_record(text.as_bytes()).unwrap();
    record.items.push(Item::Statement(statement));
    record
}

fn packed(number: u32, words: &str) -> Packed {
    Packed::of(&record(number, words), format!("{number}:{words}")).unwrap()
}

fn names(root: &Path) -> Vec<String> {
    let folder = std::fs::read_dir(root.join("records/2019")).unwrap();
    let mut names: Vec<String> =
        folder.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn records_are_there_when_their_batch_ends() {
    let root = tempfile::tempdir().unwrap();
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    for number in 1..=70 {
        assert_eq!(bulk.put(packed(number, "invented words")).unwrap(), Put::New);
    }
    let there = names(root.path());
    assert_eq!(there.iter().filter(|n| !n.starts_with('.')).count(), RECORDS);
    assert_eq!(there.len(), 70);
    bulk.complete("inputs".to_owned()).unwrap();
    assert!(bulk.is_complete("inputs"));
    assert!(!bulk.is_complete("others"));
    drop(bulk);
    let library = Library::open_with(root.path(), None).unwrap();
    assert_eq!(library.catalogue().entries.len(), 70);
    assert!(library.problems().is_empty());
    let one = &library.catalogue().entries[0];
    assert_eq!(library.load(one).unwrap().statements().count(), 1);
}

#[test]
fn what_is_dropped_without_an_end_leaves_whole_records_only() {
    let root = tempfile::tempdir().unwrap();
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    for number in 1..=65 {
        bulk.put(packed(number, "invented words")).unwrap();
    }
    // A killed process removes nothing: its files are left where they are.
    let left: Vec<PathBuf> = bulk.waiting.drain(..).map(|w| w.unfinished.leave()).collect();
    assert_eq!(left.len(), 1);
    drop(bulk);
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    assert!(left.iter().all(|path| !path.exists()));
    assert_eq!(bulk.origins().len(), RECORDS);
    assert_eq!(bulk.put(packed(65, "invented words")).unwrap(), Put::New);
    assert_eq!(bulk.put(packed(1, "invented words")).unwrap(), Put::Same);
    bulk.complete("inputs".to_owned()).unwrap();
    assert_eq!(names(root.path()).len(), 65);
}

#[test]
fn other_words_stay_unless_replaced_and_the_earlier_is_kept() {
    let root = tempfile::tempdir().unwrap();
    Library::store(root.path(), &record(1, "the first words")).unwrap();
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    assert_eq!(bulk.put(packed(1, "other words")).unwrap(), Put::Kept);
    bulk.complete("inputs".to_owned()).unwrap();
    drop(bulk);
    assert_eq!(
        Library::store(root.path(), &record(1, "the first words")).unwrap(),
        Stored::Same {
            file: root.path().canonicalize().unwrap().join("records/2019/S_PV.1.en.json.zst")
        }
    );
    let mut bulk = Bulk::open(root.path(), Replace::Always).unwrap();
    assert_eq!(bulk.put(packed(1, "other words")).unwrap(), Put::Replaced);
    bulk.flush().unwrap();
    drop(bulk);
    let library = Library::open_with(root.path(), None).unwrap();
    let entry = library.entry(&Symbol::verbatim(1), None).unwrap();
    assert_eq!(library.load(entry).unwrap(), record(1, "other words"));
    assert_eq!(std::fs::read_dir(root.path().join("editions/2019")).unwrap().count(), 1);
}

#[test]
fn a_record_that_changed_or_is_gone_is_not_complete() {
    let root = tempfile::tempdir().unwrap();
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    bulk.put(packed(1, "words")).unwrap();
    bulk.complete("inputs".to_owned()).unwrap();
    assert_eq!(bulk.origins().values().next().unwrap().words, "1:words");
    std::fs::remove_file(root.path().join("records/2019/S_PV.1.en.json.zst")).unwrap();
    assert!(!bulk.is_complete("inputs"));
    assert!(bulk.origins().is_empty());
}

#[test]
fn a_damaged_journal_costs_time_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
    bulk.put(packed(1, "words")).unwrap();
    bulk.flush().unwrap();
    drop(bulk);
    let path = root.path().join(".spv/imported");
    let whole = std::fs::read(&path).unwrap();
    for journal in [&whole[..whole.len() / 2], b"\xFF\xFE{]\n\0", b"[[[[[["] {
        std::fs::write(&path, journal).unwrap();
        let mut bulk = Bulk::open(root.path(), Replace::Better).unwrap();
        assert!(bulk.origins().is_empty());
        assert_eq!(bulk.put(packed(1, "words")).unwrap(), Put::Same);
        bulk.flush().unwrap();
        drop(bulk);
        // What follows a cut line is read again.
        assert_eq!(Bulk::open(root.path(), Replace::Better).unwrap().origins().len(), 1);
    }
    assert_eq!(names(root.path()).len(), 1);
}
