//! The index for full text, made and mended by itself while one reads.

use std::time::{Duration, Instant};

use spv::library::Library;
use spv::search::index::{Index, IndexState, index_state};
use spv::search::query::parse;
use spv::search::results::{Order, search};

use crate::pty::*;

const PLAIN: &str = include_str!("../fixtures/records/votes.en.json");

/// A home with some records, invented but for their symbols.
fn home() -> Home {
    let home = Home::new();
    for number in 1..=5 {
        let record = PLAIN.replace("\"exercise\": true", "\"exercise\": false");
        let at = record.find("\"symbol\": \"").unwrap() + 11;
        let end = at + record[at..].find('"').unwrap();
        let symbol = format!("S/PV.2000{number}");
        let record = format!("{}{symbol}{}", &record[..at], &record[end..]);
        home.put_record(&format!("2020/S_PV.2000{number}.en.json"), record);
    }
    home
}

/// Whether the index is there, true, and answers.
fn is_made(home: &Home) -> bool {
    let Ok(library) = Library::open_with(&home.library(), None) else { return false };
    let Ok(Some(index)) = Index::open(&library, None, None) else { return false };
    let never = std::sync::Arc::default();
    let hits = search(&index, &parse("as:president OR -as:president"), 9, Order::Date, &never);
    index_state(&library, None) == IndexState::UpToDate && hits.is_ok_and(|hits| hits.records == 5)
}

/// Waits until the index is made, which nothing on the screen tells.
fn wait_for_the_index(home: &Home) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_made(home) {
        assert!(Instant::now() < deadline, "the index was never made");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_index_is_made_while_one_reads() {
    let home = home();
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.20005").types("j");
    wait_for_the_index(&home);
    // Nobody was disturbed: the list stands where it stood, and opens.
    term.types("\r").wait("the statements", |s| s.status().starts_with("1 of")).types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    drop(term);

    // A record that comes later is there after the next start.
    std::fs::remove_file(home.library().join("records/2020/S_PV.20003.en.json")).unwrap();
    assert!(!is_made(&home));
    let record = std::fs::read_to_string(home.library().join("records/2020/S_PV.20002.en.json"));
    let record = record.unwrap().replace("S/PV.20002", "S/PV.20009");
    home.put_record("2020/S_PV.20009.en.json", record);
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.20009");
    wait_for_the_index(&home);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn a_damaged_index_is_made_again_while_one_reads() {
    let home = home();
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.20005");
    wait_for_the_index(&home);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    drop(term);
    let folder = home.library().join(".spv/index");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    for file in files.iter().filter(|file| file.extension().is_some()) {
        std::fs::write(file, b"an invented fault").unwrap();
    }
    assert!(!is_made(&home));
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.20005").types("\r").wait("reading", |s| s.status().starts_with("1 of"));
    wait_for_the_index(&home);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
