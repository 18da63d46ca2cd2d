//! Last word, citation, notes and export, on the real binary.

use serde_json::json;
use spv::desk::notes::{self, Note};
use spv::record::{Language, Place, Symbol};

use super::kit::{Kit, names, record};

/// A library in which Belgium speaks three times on two topics, and a group twice.
fn kit() -> Kit {
    let kit = Kit::empty();
    for (number, date, topic, group) in [
        (9001, "2020-01-10", "Invented water", "A3"),
        (9002, "2020-02-10", "Invented roads", "A33"),
        (9003, "2021-03-10", "Invented water", "A3 plus one"),
    ] {
        let mut record = record(&format!("S/PV.{number}"), "en", date);
        record["topic"] = json!(topic);
        record["items"][2]["on_behalf_of"] = json!([{"group": group, "members": []}]);
        kit.put(&format!("S_PV.{number}.en.json"), &record);
    }
    kit
}

fn symbols(kit: &Kit, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = args.iter().chain(&["--json"]).copied().collect();
    kit.spv(&args).json().iter().map(|r| r["symbol"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn last_lists_a_state_newest_first_and_says_by_what() {
    let kit = kit();
    let all = ["S/PV.9003", "S/PV.9002", "S/PV.9001"];
    assert_eq!(symbols(&kit, &["last", "belgium"]), all);
    assert_eq!(symbols(&kit, &["last", "Belgique", "--limit", "1"]), ["S/PV.9003"]);
    assert_eq!(symbols(&kit, &["last", "Belgium", "--before", "2021-03-10"]), all[1..]);
    assert_eq!(symbols(&kit, &["last", "Belgium", "--topic", "WATER"]), [all[0], all[2]]);
    let rows = kit.spv(&["last", "Belgium", "--topic", "water", "--json"]).json();
    let fields = [
        "as",
        "capacity",
        "date",
        "exercise",
        "first",
        "item",
        "language",
        "on",
        "organization",
        "page",
        "printed",
        "role",
        "source",
        "speaker",
        "spoken",
        "state",
        "statement",
        "symbol",
        "topic",
        "words",
    ];
    assert_eq!(names(&rows[0]), fields);
    assert_eq!((&rows[0]["on"], &rows[0]["statement"]), (&json!("topic"), &json!(2)));
    let by_item = kit.spv(&["last", "Belgium", "--topic", "invented item"]);
    assert_eq!(by_item.out.lines().count(), 3);
    assert!(by_item.err.contains("by the agenda item"), "{}", by_item.err);
    kit.spv(&["last", "Belgium", "--topic", "zebra"]).fails(1, "in the library matches");
    kit.spv(&["last", "Nowhere"]).fails(1, "Nowhere");
    // The chair's own turns are nobody's last word.
    kit.spv(&["last", "United Kingdom"]).fails(1, "in the library matches");
}

#[test]
fn last_of_a_group_lists_its_joint_statements_by_whole_words() {
    let kit = kit();
    assert_eq!(symbols(&kit, &["last", "A3"]), ["S/PV.9003", "S/PV.9001"]);
    assert_eq!(symbols(&kit, &["last", "a3", "--year", "2020", "--topic", "water"]), ["S/PV.9001"]);
    // From the kept table as from the records.
    assert!(
        kit.library().join(".spv/references").exists() || !kit.library().join("records").is_dir()
    );
    assert_eq!(symbols(&kit, &["last", "A3"]), ["S/PV.9003", "S/PV.9001"]);
}

#[test]
fn the_kept_table_of_references_follows_the_records() {
    let kit = Kit::empty();
    let put = |text: &str| {
        let mut made = record("S/PV.9001", "en", "2020-01-10");
        made["items"][2]["paragraphs"][0]["text"] = json!(text);
        std::fs::create_dir_all(kit.library().join("records/2020")).unwrap();
        kit.put("records/2020/S_PV.9001.en.json", &made);
    };
    let back = |symbol: &str| kit.spv(&["refs", "--back", symbol, "--json"]).json().len();
    put("An invented word on resolution 2254 (2015).");
    assert_eq!((back("S/RES/2254 (2015)"), back("S/PV.8628")), (1, 0));
    assert!(kit.library().join(".spv/references").exists());
    assert_eq!((back("S/RES/2254 (2015)"), back("S/PV.8628")), (1, 0));
    put("Another invented word, of another length, on S/PV.8628, p. 2.");
    assert_eq!((back("S/RES/2254 (2015)"), back("S/PV.8628")), (0, 1));
    kit.write("library/.spv/references", "damaged");
    assert_eq!((back("S/RES/2254 (2015)"), back("S/PV.8628")), (0, 1));
}

#[test]
fn cite_gives_each_style_and_one_line_for_what_is_not_there() {
    let kit = Kit::new();
    let cite = |args: &[&str]| {
        let args: Vec<&str> = ["cite"].iter().chain(args).copied().collect();
        kit.spv(&args)
    };
    assert_eq!(cite(&["8668", "--statement", "2"]).out, "S/PV.8668, p. 3 (English)\n");
    let un = cite(&["8668", "--statement", "2", "--style", "un"]).out;
    assert_eq!(un, "S/PV.8668, p. 3 (English, provisional)\n");
    let page = cite(&["8668r1", "--statement", "1", "--page", "2"]).out;
    assert_eq!(page, "S/PV.8668 (Resumption 1), p. 2 (English)\n");
    assert!(
        cite(&["8668", "--statement", "2", "--style", "bibtex"])
            .out
            .starts_with("@misc{SPV8668-2,")
    );
    assert!(cite(&["8668", "--statement", "2", "--style", "ris"]).out.ends_with("ER  - \n"));
    cite(&["8668", "--statement", "9"]).fails(1, "S/PV.8668 has no statement 9; it has 2");
    cite(&["8668", "--statement", "2", "--page", "9"]).fails(1, "is not on page 9");
    cite(&["8667", "--statement", "2"]).fails(1, "S/PV.8667 is not in the library");
}

#[test]
fn a_record_that_is_here_and_cannot_be_read_is_one_line_and_not_called_absent() {
    let kit = kit();
    kit.write("library/S_PV.9001.en.json", "{ cut sho");
    for args in [
        &["show", "9001"][..],
        &["refs", "9001"],
        &["cite", "9001", "--statement", "1"],
        &["export", "9001"],
        &["info", "9001"],
    ] {
        kit.spv(args).fails(2, "S_PV.9001.en.json: ");
    }
    // Of two the first line gives only the number, so that the one asked for is named behind it.
    let kit = Kit::empty();
    kit.write("library/S_PV.9001.en.json", "{ cut sho");
    kit.write("library/S_PV.9002.en.json", "{");
    let ran = kit.spv(&["show", "9001"]);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    assert!(ran.err.lines().nth(1).is_some_and(|l| l.contains("S_PV.9001.en.json: ")));
}

#[test]
fn export_says_where_it_comes_from_in_every_form() {
    let kit = Kit::new();
    let export = |args: &[&str]| {
        let args: Vec<&str> = ["export"].iter().chain(args).copied().collect();
        let ran = kit.spv(&args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let library = kit.library().canonicalize().unwrap().display().to_string();
    for form in ["text", "md", "csv", "json"] {
        let out = export(&["8668", "--statement", "2", "--format", form]);
        let library =
            if form == "md" { kit.library().display().to_string() } else { library.clone() };
        for wanted in [library.as_str(), "S/PV.8668, statement 2", "An invented sentence about"] {
            assert!(out.contains(wanted), "{form} lacks {wanted}: {out}");
        }
        assert!(!out.contains("I open this invented meeting"), "{form}: another statement");
        assert!(out.contains("S/PV.8668, p. 3 (English)"), "{form}: no citation");
    }
    let rows = export(&["--state", "Belgium", "--format", "json"]);
    assert_eq!(rows.lines().count(), 1);
    let file = kit.at("new.md");
    let name = file.to_str().unwrap();
    assert_eq!(export(&["8668", "--output", name, "--format", "md"]), "");
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("I open this invented meeting"));
    kit.spv(&["export", "7180", "--output", name]).fails(3, "is not overwritten");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    kit.spv(&["export", "7180", "--output", "none/at/all"]).fails(3, "no such folder");
    kit.spv(&["export", "7180", "--statement", "9"]).fails(1, "no statement 9");
}

#[test]
fn notes_are_listed_filtered_exported_and_removed() {
    let kit = Kit::new();
    let dir = kit.at("home/.local/state/spv");
    let place = Place {
        symbol: Symbol::verbatim(8668),
        language: Language::English,
        statement: 2,
        speaker: "Mr. Made".to_owned(),
        words: "An invented sentence".to_owned(),
        before: String::new(),
        after: String::new(),
    };
    for text in ["ask again #water", "=1+1 \u{1b}[2J #roads"] {
        let note = Note::new(
            place.clone(),
            "An invented sentence, \"quoted\"",
            "S/PV.8668, p. 3 (English)",
            text,
        );
        notes::add(&dir, note, 1_600_000_000).unwrap();
    }
    let notes = |args: &[&str]| kit.without(&[&["notes"], args].concat());
    let text = notes(&[]).out;
    for wanted in ["1  2020-09-13  ask again #water", "Mr. Made, S/PV.8668, p. 3 (English)"] {
        assert!(text.contains(wanted), "{text}");
    }
    assert!(!text.contains('\u{1b}'));
    let rows = notes(&["--json"]).json();
    assert_eq!((rows.len(), &rows[0]["tags"][0]), (2, &json!("water")));
    assert_eq!(notes(&["--json", "--tag", "#Water"]).json().len(), 1);
    let csv = notes(&["--csv"]).out;
    assert!(csv.starts_with("number,date,symbol") && csv.contains(",'=1+1 "), "{csv}");
    assert!(csv.contains("\"An invented sentence, \"\"quoted\"\"\""), "{csv}");
    assert!(notes(&["--md"]).out.starts_with("> An invented sentence, \"quoted\"\n"));
    assert_eq!(notes(&["--remove", "1"]).code, 0);
    notes(&["--remove", "1"]).fails(1, "no note 1");
    assert_eq!(notes(&["--json"]).json().len(), 1);
    notes(&["--tag", "none"]).fails(1, "no notes found");
    std::fs::write(dir.join("notes.json"), r#"{"format":"spv-notes/9"}"#).unwrap();
    notes(&[]).fails(3, "later version");
}
