//! Kept queries on the command line: what is new is printed once, and nothing is lost where something refuses.

use std::fs::File;
use std::process::Stdio;

use serde_json::Value;

use super::kit::{Kit, record, run};

fn queries(kit: &Kit) -> Vec<Value> {
    kit.json(&["queries", "--json"])
}

/// A record with one statement that has the word.
fn later(number: u32, text: &str) -> Value {
    let mut later = record(&format!("S/PV.{number}"), "en", "2020-02-03");
    later["items"][2]["paragraphs"][0]["text"] = text.into();
    later
}

#[test]
fn what_is_new_is_printed_once() {
    let kit = Kit::new();
    let kept = kit.spv(&["search", "invented", "sentence", "--save", " My  sentences "]);
    assert_eq!(kept.code, 0, "{}", kept.err);
    assert!(
        kept.err.contains("My sentences is kept; 2 statements are marked as seen"),
        "{}",
        kept.err
    );
    let new = ["search", "--saved", "my SENTENCES", "--new", "--json"];
    kit.spv(&new).fails(1, "nothing new for My sentences; it finds 2 statements in");

    kit.put("S_PV.8700.en.json", &later(8700, "A second invented sentence."));
    let listed = &queries(&kit)[0];
    assert_eq!((&listed["name"], &listed["statements"]), (&"My sentences".into(), &3.into()));
    assert_eq!((&listed["new"], &listed["query"]), (&1.into(), &"invented sentence".into()));
    for peek in [true, true, false] {
        let args: Vec<&str> = new.iter().copied().chain(peek.then_some("--peek")).collect();
        let rows = kit.json(&args);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["symbol"], "S/PV.8700");
    }
    kit.spv(&new).fails(1, "nothing new");
    // A correction is new only in what it changed; signs and numbers do not count.
    kit.put(
        "S_PV.8700.en.json",
        &later(8700, "\u{201C}A second\u{201D} invented  sentence\u{2026}"),
    );
    kit.spv(&new).fails(1, "nothing new");
    kit.put("S_PV.8700.en.json", &later(8700, "A corrected invented sentence."));
    assert_eq!(kit.json(&new).len(), 1);
    // Gone and imported again, and another index.
    std::fs::remove_file(kit.library().join("S_PV.8700.en.json")).unwrap();
    kit.spv(&new).fails(1, "it finds 2 statements");
    kit.put("S_PV.8700.en.json", &later(8700, "A corrected invented sentence."));
    std::fs::remove_dir_all(kit.at("home/.cache")).unwrap();
    assert_eq!(kit.spv(&new).code, 1);
    // Text and CSV.
    kit.put("S_PV.8701.en.json", &later(8701, "One more invented sentence."));
    let csv = kit.spv(&["search", "--saved", "my sentences", "--new", "--peek", "--csv"]);
    assert_eq!(csv.out.lines().count(), 2, "{}", csv.out);
    let text = kit.spv(&["search", "--saved", "my sentences", "--new"]);
    assert!(
        text.out.ends_with("1 new of 4 statements; kept query: My sentences\n"),
        "{}",
        text.out
    );
}

#[test]
fn what_did_not_reach_its_reader_is_not_seen() {
    let kit = Kit::new();
    kit.spv(&["search", "nothing", "yet", "--save", "x"]).code.eq(&1).then_some(()).unwrap();
    kit.put("S_PV.8700.en.json", &later(8700, "Nothing yet is here."));
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("spv"));
    command.env_clear().env("HOME", kit.at("home")).env("SPV_LIBRARY", kit.library());
    command.args(["search", "--saved", "x", "--new"]);
    assert_eq!(command.stdout(full()).status().unwrap().code(), Some(3));
    assert_eq!(kit.json(&["search", "--saved", "x", "--new", "--json"]).len(), 1);
}

#[test]
fn names_are_given_once_changed_and_removed() {
    let kit = Kit::new();
    kit.spv(&["queries"]).fails(1, "no kept queries");
    assert_eq!(kit.spv(&["search", "invented", "--save", "a"]).code, 0);
    let again = kit.spv(&["search", "invented", "--save", "A", "--json"]);
    assert!(again.err.contains("A is kept already"), "{}", again.err);
    kit.spv(&["search", "meeting", "--save", "a"])
        .fails(2, "is the name of the kept query invented");
    kit.spv(&["search", "meeting", "--save", " "]).fails(2, "needs a name");
    assert_eq!(kit.spv(&["search", "meeting", "--save", "b"]).code, 0);
    kit.spv(&["queries", "--rename", "b", "a"]).fails(2, "choose another name");
    assert_eq!(kit.spv(&["queries", "--rename", "b", "\u{1b}[2J c"]).code, 0);
    let text = kit.spv(&["queries"]).out;
    assert!(!text.contains('\u{1b}'), "{text}");
    assert_eq!(queries(&kit).len(), 2);
    assert_eq!(kit.spv(&["queries", "--remove", "A"]).code, 0);
    kit.spv(&["queries", "--remove", "a"]).fails(1, "there is no kept query a");
    kit.spv(&["search", "--saved", "a"])
        .fails(1, "there is no kept query a; spv queries lists them");
}

#[test]
fn what_is_wrong_with_a_kept_query_is_said() {
    let kit = Kit::new();
    let bad = kit.spv(&["search", "invented", "year:20x4", "--save", "x"]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("not kept"), "{}", bad.err);
    std::fs::create_dir_all(kit.at("home/.local/state/spv")).unwrap();
    let file = kit.at("home/.local/state/spv/queries.json");
    let text = r#"{"format": "spv-desk/1", "queries": [{"name": "x", "query": "a year:20x4"},
        {"name": "X", "query": "invented", "library": "/elsewhere"}]}"#;
    std::fs::write(&file, text).unwrap();
    let listed = kit.spv(&["queries", "--csv"]);
    assert!(listed.err.contains("two queries had the name X, one is now X (2)"), "{}", listed.err);
    assert!(listed.err.contains("in another library, /elsewhere"), "{}", listed.err);
    assert!(listed.out.contains("year:20x4: "), "{}", listed.out);
    let run = kit.spv(&["search", "--saved", "x", "--new"]);
    assert!(run.code == 2 && run.err.contains("can no longer be read"), "{}", run.err);
    std::fs::write(&file, r#"{"format": "spv-desk/3"}"#).unwrap();
    kit.spv(&["queries"]).fails(3, "later version");
    std::fs::write(&file, &text[..40]).unwrap();
    let cut = kit.spv(&["queries"]);
    assert!(cut.err.contains("queries.json.damaged-1"), "{}", cut.err);
}

#[test]
fn where_nothing_can_be_written_the_answer_is_still_printed() {
    let kit = Kit::new();
    std::fs::create_dir_all(kit.at("home/.local/state")).unwrap();
    std::fs::write(kit.at("home/.local/state/spv"), "in the way").unwrap();
    let ran = kit.spv(&["search", "invented", "--save", "x"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    std::fs::remove_file(kit.at("home/.local/state/spv")).unwrap();
    assert_eq!(kit.spv(&["search", "invented", "--save", "x"]).code, 0);
    kit.put("S_PV.8700.en.json", &later(8700, "An invented sentence."));
    let lock = kit.at("home/.local/state/spv/desk.lock");
    std::fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink("elsewhere", &lock).unwrap();
    for _ in 0..2 {
        let ran = kit.spv(&["search", "--saved", "x", "--new", "--json"]);
        assert_eq!((ran.code, ran.out.lines().count()), (3, 2), "{}", ran.err);
        assert!(ran.err.contains("not marked as seen"), "{}", ran.err);
    }
}

#[test]
fn a_desk_is_exported_and_imported() {
    let (kit, other) = (Kit::new(), Kit::new());
    assert_eq!(kit.spv(&["search", "invented", "--save", "x"]).code, 0);
    let ran = kit.spv(&["desk", "export", "desk.json"]);
    assert!(ran.code == 0 && ran.err.contains("1 kept query, 0 notes"), "{}", ran.err);
    kit.spv(&["desk", "export", "desk.json"]).fails(3, "is not overwritten");
    let meta = std::fs::metadata(kit.at("desk.json")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777, 0o600);
    let file = kit.at("desk.json");
    let ran = other.spv(&["desk", "import", file.to_str().unwrap()]);
    assert!(ran.code == 0 && ran.err.contains("added: 1 kept query"), "{}", ran.err);
    let text = std::fs::read(&file).unwrap();
    let ran = run(other.bare().args(["desk", "import", "-"]).write_stdin(text.clone()));
    assert!(ran.code == 0 && ran.err.contains("added: 0 kept queries"), "{}", ran.err);
    assert_eq!(other.spv(&["search", "--saved", "x", "--new"]).code, 1, "seen there is seen here");
    let cut = other.write("cut.json", &text[..text.len() / 2]);
    other.spv(&["desk", "import", cut.to_str().unwrap()]).fails(2, "cut off");
}
