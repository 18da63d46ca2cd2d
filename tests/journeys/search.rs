//! Search in the real binary: typed, read, gone through, come back from, recalled.

use std::os::unix::fs::PermissionsExt as _;

use crate::pty::*;

/// A library with two records of its own, made from the exercise debates under symbols no record has.
fn library(home: &Home) {
    for (n, symbol) in [(3, "S/PV.99903"), (4, "S/PV.99904")] {
        let (_, text, _) = home.command(&["show", &format!("MSC/PV.{n}"), "--format", "json"]);
        let text = text.replace("\"exercise\": true", "\"exercise\": false");
        let text = text.replace("\"exercise\":true", "\"exercise\":false");
        let text = text.replace(&format!("MSC/PV.{n}"), symbol);
        home.put_record(&format!("2020/S_PV.9990{n}.en.json"), text);
    }
}

#[test]
fn words_are_found_read_and_come_back_from() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("s").shows("Search:");
    term.types("lake").wait("the totals", |s| s.has("5 statements in 2 records"));
    term.types("\rj").wait("the second", |s| s.status().starts_with("2 of 5"));
    let there = term.look(|s| s.text());
    term.types("\r").wait("the statement", |s| s.has("Mr. Hellwege (Germany)"));
    term.wait("the hit", |s| s.status().starts_with("hit 1 of 6 in this record"));
    term.types(ESC).wait("the same hit", |s| s.text() == there);
    // Backwards over the first hit of the record into the record before.
    term.types("\rN").wait("the record before", |s| s.has("MSC/PV.4") && s.has("hit 2 of 2"));
    term.types("nn").wait("the record again", |s| s.status().starts_with("hit 2 of 6"));
    term.types(ESC).wait("the list", |s| s.has("Search:"));
    term.types("s").wait("the query line", |s| s.row(1).starts_with("> lake"));
    term.types(" zzzzqq").shows("No statement has all of this");
    term.types(CTRL_C).types(CTRL_C);
    assert_eq!(term.ends_and_restores(), 0);
    assert_eq!(strangers(&term.since(0)), [] as [String; 0]);
}

#[test]
fn a_wrong_query_shows_where_and_still_answers() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("s").shows("Search:").types("lake year:20x4 ");
    term.wait("the place", |s| {
        let sign = s.row(2).find('^');
        sign == s.row(1).find("20x4") || sign == s.row(1).find("year:20x4")
    });
    term.shows("4 statements in 2 records").types(CTRL_C).types(CTRL_C);
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn queries_are_recalled_the_next_time_and_kept_from_others() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("slake\r").wait("the hits", |s| s.status().starts_with("1 of 5"));
    term.types("qswater\r").wait("more hits", |s| s.row(1).starts_with("> water"));
    term.types("Q");
    assert_eq!(term.ends(), 0);
    let file = home.at(".local/state/spv/history.json");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&file).unwrap();

    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("s").wait("both listed", |s| s.has("  water") && s.has("  lake"));
    term.types(UP).wait("the latest", |s| s.row(1).starts_with("> water"));
    term.types(UP).wait("the one before", |s| s.row(1).starts_with("> lake"));
    term.types("\r").wait("its hits", |s| s.status().starts_with("1 of 5"));
    term.types("Q");
    assert_eq!(term.ends(), 0);
    assert_ne!(std::fs::read(&file).unwrap(), before, "the order changed");

    let before = std::fs::read(&file).unwrap();
    let mut term = home.spv(&["--private"]).start();
    term.shows("MSC/PV.6").types("s").shows("Search:");
    term.types("nobody\r").wait("an answer", |s| s.has("statement"));
    term.types("qs").types(UP).wait("this session", |s| s.row(1).starts_with("> nobody"));
    term.types(CTRL_C).types(CTRL_C);
    assert_eq!(term.ends(), 0);
    assert_eq!(std::fs::read(&file).unwrap(), before, "--private adds nothing");
}

/// A library that has no index is searched as soon as one is made beside the reading.
#[test]
fn a_library_without_an_index_answers_as_soon_as_there_is_one() {
    let home = Home::new();
    library(&home);
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.99903").types("slake").wait("the answer", |s| s.has("5 statements"));
    assert!(home.library().join(".spv/index/meta.json").exists());
    term.types("\rc").wait("every occurrence", |s| s.has("8 occurrences"));
    term.types("\r").wait("one of them", |s| s.has("in this record")).types(ESC);
    term.wait("the concordance", |s| s.has("8 occurrences")).types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
