//! The small records of rarer sorts under `tests/fixtures/records`: each is of the sort it is kept for.
//!
//! What each room makes of them is tested with the room.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::collections::{BTreeMap, BTreeSet};

use spv::record::symbol::Series;
use spv::record::{Kind, Language, Outcome, Record, Statement, json};

/// The fixtures, by file name.
fn fixtures() -> BTreeMap<String, Record> {
    super::records_in("tests/fixtures/records")
}

#[test]
fn the_fixtures_are_exercises_and_are_read_back_as_they_are_written() {
    let fixtures = fixtures();
    for (name, record) in &fixtures {
        assert!(record.exercise, "{name}");
        let again = json::read_record(json::write_record(record).as_bytes());
        assert_eq!(again.as_ref().ok(), Some(record), "{name}");
        // A symbol of a real series must lie where no real document can be taken for it.
        match record.symbol.series() {
            Series::Exercise => {}
            Series::Letter => assert_eq!(record.symbol.to_string(), "S/2099/1", "{name}"),
            Series::Verbatim => panic!("{name} has a symbol of the real series"),
        }
    }
    let kinds: Vec<Kind> = fixtures.values().map(|r| r.kind).collect();
    assert!(kinds.contains(&Kind::Letter) && kinds.contains(&Kind::Communique));
    let count = |name: &str| fixtures[name].statements().count();
    assert_eq!(count("no-statements.en.json"), 0);
    assert_eq!(count("communique.en.json"), 0);
    let bare = &fixtures["bare.en.json"];
    assert_eq!((bare.symbol.number(), bare.items.len()), (907, 3));
    assert!(bare.items.iter().all(|i| i.page().is_none()));
    let votes = ["procedural-vote.en.json", "votes.en.json"];
    let outcomes: BTreeSet<&str> = votes
        .iter()
        .flat_map(|name| fixtures[*name].votes())
        .filter_map(|v| v.outcome.map(Outcome::words))
        .collect();
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
}

#[test]
fn one_tiny_record_is_there_in_four_more_languages() {
    let fixtures = fixtures();
    for language in [Language::Arabic, Language::Chinese, Language::Russian, Language::Spanish] {
        let record = &fixtures[&format!("tiny.{}.json", language.code())];
        assert_eq!(record.language, language);
        let states: Vec<_> =
            record.statements().map(|s| s.speaker.state.as_deref().unwrap()).collect();
        assert_eq!(states, ["Viet Nam", "Dominican Republic", "Kazakhstan"], "{language:?}");
        let turned: Vec<_> =
            record.statements().flat_map(|s| &s.paragraphs).flat_map(|p| &p.breaks).collect();
        assert_eq!(turned.len(), 1, "{language:?}");
    }
}

#[test]
fn the_hostile_fixture_is_hostile() {
    let record = &fixtures()["hostile.en.json"];
    let text: String = record.statements().map(Statement::text).collect();
    for c in ['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{feff}'] {
        assert!(text.contains(c), "{c:?}");
    }
    let marks = text.chars().filter(|c| ('\u{300}'..'\u{370}').contains(c)).count();
    assert!(marks >= 1_000, "{marks} combining marks");
    assert!(text.split_whitespace().any(|w| w.chars().count() > 4_000), "a very long word");
    assert!(record.statements().any(|s| s.paragraphs.is_empty()));
    assert!(record.statements().any(|s| s.paragraphs.iter().any(|p| p.text.is_empty())));
}
