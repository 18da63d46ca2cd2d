//! Kept queries in the reader: what is new comes first and is marked, and is seen once it was looked at.

use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::{Record, json};
use spv::screens::Screen;

use crate::kit::Play;

/// An invented record of two statements.
fn record(number: u32, date: &str, words: &str) -> Record {
    let said = |n: u32, text: &str| {
        serde_json::json!({
            "type": "statement", "number": n, "paragraphs": [{"text": text}],
            "speaker": {"printed": "x", "name": format!("Mr. Made {number}"), "state": "Peru", "as": "member"},
        })
    };
    let record = serde_json::json!({
        "format": "spv/1", "symbol": format!("S/PV.{number}"), "kind": "verbatim", "language": "en",
        "date": date, "topic": "Grain", "agenda": ["Grain"],
        "items": [said(1, "Thank you."), said(2, words)],
    });
    json::read_record(record.to_string().as_bytes()).unwrap()
}

/// A play over these records, with the desk of an earlier one.
fn play(records: &[Record], before: Option<Play>) -> (Play, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for record in records {
        Library::store(folder.path(), record).unwrap();
    }
    let library = Library::open_with(folder.path(), None).unwrap();
    let mut play = Play::over(library, Shelf::Folder("~/library".to_owned()), 100, 24);
    if let Some(before) = before {
        play.desk = before.desk;
    }
    (play, folder)
}

fn symbols(play: &Play) -> Vec<String> {
    let Screen::Search(search) = play.state.screen() else { panic!("{}", play.sight()) };
    search.results.found.iter().map(|found| found.at.symbol.to_string()).collect()
}

#[test]
fn what_is_new_comes_first_and_is_seen_once_it_was_opened() {
    let mut records =
        vec![record(8001, "2019-01-02", "The grain."), record(8002, "2020-01-02", "Grain.")];
    let (mut first, _folder) = play(&records, None);
    first.keys("sgrain <Enter>Wmine<Enter>");
    assert_eq!(
        first.state.shared.message.as_deref(),
        Some("kept: grainmine; W on another screen lists what is kept")
    );
    // An older meeting is imported later, and a record corrected.
    records.push(record(7000, "2015-01-02", "No grain."));
    records[0] = record(8001, "2019-01-02", "The grain, corrected.");
    let (mut second, _folder) = play(&records, Some(first));
    second.keys("W");
    assert_eq!(second.sight(), "kept 1/1: grainmine 2/3");
    let text = second.text();
    assert!(
        text.contains("2 new") && text.contains("3 statements, 2 new since 2020-09-13."),
        "{text}"
    );
    assert!(text.contains("It was looked at in another library"), "{text}");
    second.keys("<Enter>");
    assert_eq!(symbols(&second), ["S/PV.8001", "S/PV.7000", "S/PV.8002"]);
    let text = second.text();
    assert!(text.contains("Kept query grainmine: 2 new since 2020-09-13"), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("Mr. Made")).collect();
    let new: Vec<bool> = rows.iter().map(|row| row.contains("new Peru")).collect();
    assert_eq!(new, [true, true, false], "{text}");
    // Another query is no longer the kept one.
    second.keys("sx");
    assert!(!second.text().contains("Kept query"), "{}", second.text());
    second.keys("<Esc>");
    assert_eq!(second.sight(), "kept 1/1: grainmine 0/3");
    second.keys("<Esc>s");
    assert!(second.text().contains("Down, then W: your kept query"), "{}", second.text());
    second.keys("<Enter>W");
    assert_eq!(second.sight(), "kept 1/1: grainmine 0/3");
}

#[test]
fn a_query_that_can_no_longer_be_read_is_said_and_names_are_harmless() {
    let (mut play, _folder) = play(&[record(8001, "2019-01-02", "The grain.")], None);
    let text = r#"{"format": "spv-desk/1", "queries": [
        {"name": "bad \u001b[2J\u202e", "query": "grain year:20x4 \u001b[2J"}, {"name": "long", "query": "LONG"}]}"#;
    let text = text.replace("LONG", &"grain OR ".repeat(100));
    std::fs::write(play.desk.path().join("queries.json"), text).unwrap();
    play.keys("W");
    let text = play.text();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
    assert!(text.contains("not asked") && text.contains("can no longer be read"), "{text}");
    play.keys("<Enter>");
    let message = play.state.shared.message.clone().unwrap();
    assert!(message.contains("can no longer be read"), "{message}");
}

#[test]
fn a_query_that_cannot_be_kept_leaves_its_name_in_the_line() {
    let mut play = Play::exercise(80, 24);
    std::fs::create_dir(play.desk.path().join("queries.json")).unwrap();
    std::fs::create_dir(play.desk.path().join("desk.lock")).unwrap();
    play.keys("speace <Enter>W<Enter>");
    assert!(play.sight().contains("keep as [peace^]"), "{}", play.sight());
}
