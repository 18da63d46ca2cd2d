//! What each command answers.

use super::kit::{Kit, Ran, files, names, record, run};

#[test]
fn list_has_each_record_once_newest_first_and_a_meeting_before_its_resumption() {
    let kit = Kit::new();
    let rows = kit.json(&["list", "--json"]);
    let symbols: Vec<&str> = rows.iter().map(|r| r["symbol"].as_str().unwrap()).collect();
    assert_eq!(symbols, ["S/PV.8668", "S/PV.8668 (Resumption 1)", "S/PV.7180"]);
    for row in &rows {
        let fields = [
            "date",
            "doubts",
            "exercise",
            "item",
            "kind",
            "language",
            "outcome",
            "statements",
            "symbol",
            "text",
            "topic",
        ];
        assert_eq!(names(row), fields);
    }
    assert_eq!(rows[2]["outcome"], "VETO");
    assert_eq!((&rows[0]["statements"], &rows[0]["text"]), (&2.into(), &true.into()));
    let french = kit.json(&["list", "--json", "--lang", "fr"]);
    assert_eq!(french[0]["language"], "fr");
    assert_eq!(french[1]["language"], "en", "another edition where there is none in French");
    let text = kit.spv(&["list"]).out;
    assert_eq!(text.lines().count(), 3);
    assert!(text.lines().all(|line| line.contains("An invented topic on water")), "{text}");
}

#[test]
fn list_keeps_what_the_filters_ask_for() {
    let kit = Kit::new();
    let symbols = |args: &[&str]| -> Vec<String> {
        let args: Vec<&str> = ["list", "--json"].iter().chain(args).copied().collect();
        kit.spv(&args).json().iter().map(|r| r["symbol"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(symbols(&["--year", "2014"]), ["S/PV.7180"]);
    assert_eq!(symbols(&["--year", "..2013"]), [""; 0]);
    assert_eq!(symbols(&["--state", "Республика Казахстан"]), ["S/PV.8668 (Resumption 1)"]);
    assert_eq!(symbols(&["--topic", "WATER invented"]).len(), 3);
    assert_eq!(symbols(&["--topic", "water elsewhere"]), [""; 0]);
    let all = symbols(&["--all", "--year", "2014"]);
    assert!(all.len() > 200, "the known meetings of a year: {}", all.len());
    assert_eq!(all.iter().filter(|s| *s == "S/PV.7180").count(), 1);
}

/// A record about which there are doubts, under a symbol that no record has.
fn doubtful() -> serde_json::Value {
    let text = include_str!("../fixtures/doubtful/MSC_PV.906.en.json");
    let mut record: serde_json::Value = serde_json::from_str(text).unwrap();
    record["symbol"] = "S/PV.99906".into();
    record["exercise"] = false.into();
    record
}

#[test]
fn what_is_doubtful_is_said_by_every_command_that_shows_it() {
    let kit = Kit::empty();
    kit.put("S_PV.99906.en.json", &doubtful());
    kit.put("S_PV.8668.en.json", &{
        let mut sound = record("S/PV.8668", "en", "2019-11-19");
        sound["source"] = serde_json::json!({"from": "hand"});
        sound
    });
    let lists = "16 members are in its lists";
    for (args, wanted) in [
        (&["info", "99906"][..], &[lists, "Peru was no member", "page 3 is missing", "Orlune"][..]),
        (&["votes", "S/PV.99906"], &["doubtful", lists]),
        (&["show", "99906"], &["provisional, 5 doubts", "(doubtful:", "Peru was no member"]),
        (&["show", "99906", "--format", "md"], &["5 doubts", "(doubtful: 16 members"]),
        (&["export", "99906", "--format", "csv"], &["page 3 is missing", ",doubts,"]),
        (&["export", "99906", "--format", "json"], &["\"doubts\":[\"page 3 is missing"]),
        (&["list"], &["VETO (doubtful)", "(5 doubts)"]),
        (&["list", "--doubtful"], &["S/PV.99906"]),
        (
            &["check"],
            &[
                "5 doubts",
                "statement 3, page 4: page 3 is missing",
                "5 doubts in 1 record file 2 record files sound, 0 not",
            ],
        ),
    ] {
        let ran = kit.spv(args);
        let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in wanted {
            assert!(words.contains(part), "{args:?}: {part:?} is not in {}", ran.out);
        }
    }
    assert!(!kit.spv(&["list", "--doubtful"]).out.contains("8668"));
    // No list of votes calls it a veto for certain, and no member is marked with one.
    let shown = kit.spv(&["show", "99906"]).out;
    assert!(!shown.contains("VETO") && !shown.to_lowercase().contains("(veto)"), "{shown}");
    let rows = kit.json(&["votes", "S/PV.99906", "--json"]);
    assert_eq!(rows[0]["doubts"].as_array().unwrap().len(), 2);
    assert_eq!(kit.json(&["list", "--json", "--doubtful"])[0]["doubts"], 5);
}

#[test]
fn a_record_file_is_checked_like_any_other_source() {
    let kit = Kit::empty();
    let mut record = doubtful();
    record["items"][2].as_object_mut().unwrap().remove("doubts");
    record.as_object_mut().unwrap().remove("doubts");
    let file = kit.write("by-hand.json", record.to_string());
    let ran = kit.spv(&["import", file.to_str().unwrap(), "--no-index"]);
    assert!(ran.out.contains("16 members are in its lists"), "{}{}", ran.out, ran.err);
    let rows = kit.json(&["votes", "S/PV.99906", "--json"]);
    assert_eq!(rows[0]["against"], serde_json::json!(["China", "Peru"]), "kept as printed");
    assert!(rows[0]["doubts"].as_array().unwrap().len() >= 2, "{}", rows[0]);
    assert!(kit.spv(&["list", "--doubtful"]).out.contains("S/PV.99906"));
}

#[test]
fn an_edition_with_another_date_is_doubtful() {
    let kit = Kit::empty();
    let import = |language: &str, date: &str| {
        let mut record = record("S/PV.99907", language, date);
        record["source"] = serde_json::json!({"from": "hand"});
        let file = kit.write(&format!("{language}.json"), record.to_string());
        kit.spv(&["import", file.to_str().unwrap(), "--no-index"]).out
    };
    assert!(!import("en", "2019-11-19").contains("warning"));
    assert!(!import("fr", "2019-11-19").contains("warning"));
    let told = import("es", "2019-11-20");
    assert!(
        told.contains("the date is 2019-11-20, and 2019-11-19 in the editions in English, French"),
        "{told}"
    );
    assert!(kit.spv(&["info", "99907", "--lang", "es"]).out.contains("2019-11-19"), "said");
    assert!(!kit.spv(&["info", "99907", "--lang", "fr"]).out.contains("Doubt"), "not changed");
}

#[test]
fn show_sets_text_in_72_columns_with_pages_and_headings() {
    let kit = Kit::new();
    let text = kit.spv(&["show", "8668r1"]).out;
    assert!(text.starts_with("S/PV.8668 (Resumption 1)\n"), "{text}");
    for part in
        ["[page 1]", "1. Mr. Umarov (Kazakhstan)\n    invited under rule 37", "[page 2] Page two"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    for args in [&["show", "MSC/PV.1", "--exercise"][..], &["show", "7180"], &["show", "S/PV.1"]] {
        let text = kit.spv(args).out;
        assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
    }
}

#[test]
fn show_gives_one_statement_or_one_page() {
    let kit = Kit::new();
    let page = kit.spv(&["show", "8668r1", "--page", "2"]).out;
    assert!(page.contains("Page two begins here.") && !page.contains("Page one"), "{page}");
    let statement = kit.spv(&["show", "8668", "--statement", "2"]).out;
    assert!(
        statement.contains("Mr. Made (Belgium)") && !statement.contains("I open"),
        "{statement}"
    );
    let value = kit.json(&["show", "8668", "--statement", "2", "--format", "json"]).remove(0);
    assert_eq!((&value["type"], &value["number"]), (&"statement".into(), &2.into()));
    let page = kit.spv(&["show", "8668", "--page", "3", "--format", "json"]).out;
    assert_eq!(page.lines().count(), 1, "{page}");
    assert!(page.contains(r#""number":2"#), "{page}");
}

#[test]
fn show_as_json_is_the_record_file() {
    let kit = Kit::new();
    let shown = kit.spv(&["show", "7180", "--format", "json"]).out;
    let made = super::kit::vote().to_string();
    let read = |text: &str| spv::record::json::read_record(text.as_bytes()).unwrap();
    assert_eq!(read(&shown), read(&made));
    let french = kit.spv(&["show", "8668", "--lang", "fr", "--format", "json"]).out;
    assert_eq!(read(&french).language, spv::record::Language::French);
}

#[test]
fn show_as_markdown_has_headings_and_votes() {
    let kit = Kit::new();
    let text = kit.spv(&["show", "7180", "--format", "md"]).out;
    for part in [
        "# S/PV.7180\n",
        "## 1. The President",
        "- Against: China **(veto)**, Russian Federation **(veto)**",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn a_known_meeting_without_text_is_its_facts_and_exit_code_1() {
    let kit = Kit::empty();
    let ran = kit.spv(&["show", "S/PV.4213"]);
    ran.fails(1, "`spv get S/PV.4213`");
    assert!(
        ran.out.contains("31 October 2000") && ran.out.contains("S/RES/1325 (2000)"),
        "{}",
        ran.out
    );
    let ran = kit.spv(&["show", "S/PV.4213", "--format", "json"]);
    assert_eq!((ran.code, &ran.json()[0]["text"]), (1, &false.into()));
}

#[test]
fn find_names_everything_with_its_kind() {
    let kit = Kit::new();
    let rows = kit.json(&["find", "--json", "umarov", "kazakhstan"]);
    assert_eq!(names(&rows[0]), ["kind", "name", "score", "symbol"]);
    assert_eq!(rows[0]["kind"], "speaker");
    let rows = kit.json(&["find", "8668r1 p2", "--json", "--limit", "1"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["kind"], &rows[0]["symbol"]),
        (&"page".into(), &"S/PV.8668 (Resumption 1)".into())
    );
    assert!(kit.spv(&["find", "kazakhstan"]).out.contains("state"), "kinds stand in the text too");
}

#[test]
fn votes_are_joined_with_what_the_record_prints() {
    let kit = Kit::new();
    let rows = kit.json(&["votes", "S/2014/348", "--json"]);
    let fields = [
        "abstaining",
        "adopted_as",
        "against",
        "announced",
        "date",
        "in_favour",
        "not_voting",
        "on",
        "outcome",
        "page",
        "procedural",
        "reference",
        "symbol",
        "title",
    ];
    assert_eq!(names(&rows[0]), fields);
    assert_eq!((rows.len(), &rows[0]["page"]), (1, &4.into()));
    assert_eq!(rows[0]["title"], "Middle East - Syria");
    let card = kit.spv(&["votes", "7180"]).out;
    for part in ["China   VETO", "2 listed, 13 counted", "Result: vetoed, 13 in favour, 2 against"]
    {
        assert!(card.contains(part), "{part} is not in {card}");
    }
}

#[test]
fn votes_of_the_table_have_their_kind_draft_sponsors_and_how_they_were_cast() {
    let kit = Kit::new();
    let named = |query: &str| kit.json(&["votes", query, "--json"]).remove(0);
    let procedural = named("S/PV.8764");
    assert_eq!(
        (&procedural["kind"], &procedural["procedural"]),
        (&"procedural".into(), &true.into())
    );
    assert_eq!(procedural["outcome"], "not adopted");
    let draft = named("S/2020/24");
    assert_eq!(draft["reference"], "S/RES/2504 (2020)");
    assert_eq!(draft["on"][0], "S/2020/24");
    assert_eq!(draft["sponsors"].as_array().unwrap().len(), 2);
    let written = named("2521");
    assert_eq!((&written["in_writing"], &written["letter"]), (&true.into(), &"S/2020/462".into()));
    let veto = named("S/2026/740");
    assert_eq!((&veto["outcome"], &veto["symbol"]), (&"vetoed".into(), &"S/PV.10224".into()));
    assert_eq!(veto["not_known"].as_array().unwrap().len(), 13);
    let card = kit.spv(&["votes", "S/PV.8960"]).out;
    assert!(card.starts_with("Procedural vote on S/PV.8960"), "{card}");
}

#[test]
fn votes_of_the_table_answer_the_query() {
    let kit = Kit::empty();
    let rows = kit.json(&["votes", "--json", "state:China", "vote:against", "year:2010..2014"]);
    let references: Vec<&str> = rows.iter().map(|r| r["reference"].as_str().unwrap()).collect();
    assert_eq!(references, ["S/2014/348", "S/2012/538", "S/2012/77", "S/2011/612"]);
    let named = |query: &str| kit.json(&["votes", query, "--json"]).remove(0);
    let unanimous = named("resolution 1325");
    assert_eq!(unanimous["in_favour"].as_array().unwrap().len(), 15);
    assert_eq!(
        (&unanimous["adopted_as"], &unanimous["symbol"]),
        (&"S/RES/1325 (2000)".into(), &"S/PV.4213".into())
    );
    let card = kit.spv(&["votes", "S/PV.3756"]).out;
    assert!(
        card.contains("vetoed, 13 in favour, 1 against, 1 abstaining")
            && card.contains("United States   VETO"),
        "{card}"
    );
    let list = kit.spv(&["votes", "outcome:vetoed", "state:France"]).out;
    assert!(list.lines().count() > 10 && list.contains("S/PV."), "{list}");
}

#[test]
fn council_is_read_from_a_record_or_computed_and_marked() {
    let kit = Kit::new();
    let rows = kit.json(&["council", "2019-11-19", "--json"]);
    let fields = [
        "called",
        "computed",
        "date",
        "group",
        "groups",
        "next",
        "permanent",
        "president",
        "presides",
        "state",
        "until",
    ];
    assert_eq!(names(&rows[0]), fields);
    assert_eq!((rows.len(), &rows[0]["computed"]), (3, &false.into()));
    assert!(kit.spv(&["council", "2019-11-19"]).out.contains("Ms. Pierce"));
    let rows = kit.json(&["council", "November", "2018", "--json"]);
    assert_eq!((rows.len(), &rows[0]["computed"]), (15, &false.into()));
    let presides: Vec<_> = rows.iter().filter(|r| r["president"] == true).collect();
    assert_eq!((presides.len(), &presides[0]["state"]), (1, &"China".into()));
    assert!(kit.spv(&["council", "2018-11-01"]).out.contains("China"));
    let rows = kit.json(&["council", "2025-03-01", "--json"]);
    assert_eq!((rows.len(), &rows[0]["computed"]), (15, &true.into()));
    assert!(kit.spv(&["council", "2025-03-01"]).out.contains("computed by rule 18"));
    let of = |rows: &[serde_json::Value], state: &str| -> serde_json::Value {
        rows.iter().find(|row| row["state"] == state).unwrap().clone()
    };
    let rows = kit.json(&["council", "--date", "30 nov 2026", "--json"]);
    assert_eq!((rows.len(), &rows[0]["date"]), (15, &"2026-11-30".into()));
    let somalia = of(&rows, "Somalia");
    assert_eq!(somalia["groups"], serde_json::json!(["E10", "A3"]));
    assert_eq!(somalia["until"], "2026-12-31");
    assert_eq!(of(&rows, "China")["until"], serde_json::Value::Null);
    let next = serde_json::json!([{"from": "2026-12-01", "source": "computed"}]);
    assert_eq!(of(&rows, "Liberia")["presides"], next);
    let card = kit.spv(&["council", "--date", "30", "nov", "2026"]).out;
    assert!(card.lines().any(|l| l.starts_with("Next") && l.contains("Liberia")), "{card}");
    assert!(card.contains("Coming on 1 January 2027: Austria"), "{card}");
    let end = "the members for 2090 are not yet elected: they are known to 31 December 2027";
    for (day, why) in
        [("1946-01-16", "the Council first met on 17 January 1946"), ("1 jan 2090", end)]
    {
        let ran = kit.spv(&["council", day]);
        assert_eq!((ran.code, ran.err.trim()), (1, format!("spv: {why}").as_str()), "{day}");
    }
    for query in ["2026-12-31", "president december 2026", "December 2026"] {
        let rows = kit.json(&["find", query, "--json"]);
        assert_eq!(rows[0]["kind"], "council", "{query}");
        assert!(rows[0]["name"].as_str().unwrap().contains("President Liberia (computed)"));
    }
    let card = kit.without(&["council", "2020-09-10"]).out;
    for words in
        ["Permanent members (P5)", "Elected members (E10)", "A3: Niger, South Africa, Tunisia"]
    {
        assert!(card.contains(words), "{words} is not in\n{card}");
    }
    // There were six elected members then, and no three of Africa.
    let card = kit.without(&["council", "1950-06-27"]).out;
    assert!(
        card.contains("Permanent members (P5)") && card.contains("Elected members\n"),
        "{card}"
    );
    assert!(!card.contains("A3"), "{card}");
}

#[test]
fn refs_go_both_ways() {
    let kit = Kit::new();
    let rows = kit.json(&["refs", "8668r1", "--json"]);
    let fields = [
        "cites",
        "cites_page",
        "date",
        "language",
        "page",
        "paragraph",
        "printed",
        "statement",
        "symbol",
    ];
    assert_eq!(names(&rows[0]), fields);
    assert_eq!((&rows[0]["cites"], &rows[0]["cites_page"]), (&"S/PV.8628".into(), &2.into()));
    let back = kit.json(&["refs", "--back", "8628", "--json"]);
    assert_eq!(back, rows);
    let back = kit.json(&["refs", "--back", "resolution 2254 (2015)", "--json"]);
    assert_eq!((back.len(), &back[0]["symbol"]), (1, &"S/PV.8668".into()));
    assert!(kit.spv(&["refs", "8668r1"]).out.contains("S/PV.8628, p. 2"));
}

#[test]
fn import_keeps_records_of_both_sorts_and_check_finds_them_sound() {
    let kit = Kit::empty();
    let library = kit.at("new/library");
    let json = kit.write("one.json", record("S/PV.9001", "en", "2022-03-25").to_string());
    kit.write(
        "S_PV.9002.en.txt",
        "The invented meeting was called to order at 10 a.m.\n\
         Mr. Made (Belgium): This sentence was invented for a test of the import.\n",
    );
    let text = kit.at("S_PV.9002.en.txt");
    let ran = run(kit
        .bare()
        .arg("--library")
        .arg(&library)
        .args(["import", "--date", "2022-03-26"])
        .arg(&text));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(
        ran.out.starts_with(&format!("{}: S/PV.9002 of 2022-03-26", text.display())),
        "{}",
        ran.out
    );
    let ran = run(kit.bare().arg("--library").arg(&library).arg("import").arg(&json));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let again = run(kit.bare().arg("--library").arg(&library).arg("import").arg(&json));
    assert!(again.code == 0 && again.out.contains("already"), "{}", again.out);
    let check = run(kit.bare().arg("check").arg("--library").arg(&library));
    // The days are invented, which the table of meetings tells.
    let sound = "3 doubts in 2 record files\n2 record files sound, 0 not\n";
    assert!(check.code == 0 && check.out.ends_with(sound), "{}", check.out);
    let list = run(kit.bare().args(["list", "--json", "--library"]).arg(&library)).json();
    assert_eq!(
        list.iter().map(|r| r["symbol"].as_str().unwrap()).collect::<Vec<_>>(),
        ["S/PV.9002", "S/PV.9001"]
    );
}

#[test]
fn import_reads_folders_and_standard_input() {
    let kit = Kit::empty();
    std::fs::create_dir_all(kit.at("in/deep")).unwrap();
    kit.write("in/deep/a.json", record("S/PV.9001", "en", "2022-03-25").to_string());
    kit.write("in/picture.png", "no record");
    let ran = kit.spv(&["import", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("in/picture.png: skipped") && ran.out.contains("S/PV.9001"),
        "{}",
        ran.out
    );
    let ran = run(kit
        .bare()
        .env("SPV_LIBRARY", kit.library())
        .args(["import", "-", "--symbol", "9003", "--date", "2022-03-27"])
        .write_stdin("Mr. Made (Belgium): An invented sentence that came through a pipe.\n"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("standard input: S/PV.9003"), "{}", ran.out);
}

#[test]
fn an_import_of_several_files_ends_with_a_table_and_one_of_one_file_does_not() {
    let kit = Kit::empty();
    std::fs::create_dir_all(kit.at("in")).unwrap();
    kit.write("in/a.json", record("S/PV.9001", "en", "2022-03-25").to_string());
    kit.write("in/b.json", record("S/PV.9002", "en", "2022-03-26").to_string());
    let one = kit.spv(&["import", "in/a.json"]);
    assert!(one.code == 0 && !one.out.contains("records  "), "{}", one.out);
    kit.write("in/c.json", "{");
    let all = kit.spv(&["import", "in"]);
    assert_eq!(all.code, 2, "{}", all.err);
    let rows: Vec<Vec<&str>> = all.out.lines().map(|l| l.split_whitespace().collect()).collect();
    for row in [&["records", "2", "1", "new,", "1", "already", "here"][..], &["left", "out", "1"]] {
        assert!(rows.iter().any(|r| r == row), "{row:?} is not in {}", all.out);
    }
    let listed = kit.spv(&["list", "--json"]).json();
    let spoken: u64 = listed.iter().map(|r| r["statements"].as_u64().unwrap()).sum();
    let count = |part: &str| rows.iter().find(|r| r[0] == part).unwrap()[1].to_owned();
    assert_eq!(count("statements"), spoken.to_string());
    assert_ne!(count("words"), "0");
}

#[test]
fn info_says_what_is_here_and_where_it_came_from() {
    let kit = Kit::new();
    let all = kit.spv(&["info"]).out;
    for part in
        ["Records        3", "en 3, fr 1", "2014-05-22 to 2019-11-19", "CC BY 4.0", "Benoît Martin"]
    {
        assert!(all.contains(part), "{part} is not in {all}");
    }
    let one = kit.spv(&["info", "8668"]).out;
    for part in ["English, ", "French, ", "an invented warning", "hand"] {
        assert!(one.contains(part), "{part} is not in {one}");
    }
}

#[test]
fn the_manual_is_made_from_the_programs_own_tables() {
    let kit = Kit::empty();
    let keys = kit.spv(&["keys"]).out;
    for key in spv::app::keymap::KEYS {
        assert!(keys.contains(key.help), "{} is not in {keys}", key.help);
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = kit.spv(&["completions", shell]).out;
        assert!(script.contains("council") && script.contains("statement"), "{shell}");
    }
    let page = kit.spv(&["man"]).out;
    assert!(page.starts_with(".ie") && page.contains("spv") && page.contains("council"), "{page}");
    assert!(kit.spv(&["man", "votes"]).out.contains("outcome:"));
}

#[test]
fn without_a_terminal_the_bare_forms_print() {
    let kit = Kit::new();
    let same = |bare: &[&str], command: &[&str]| {
        let (bare, command) = (kit.spv(bare), kit.spv(command));
        assert_eq!((bare.code, bare.out), (command.code, command.out));
    };
    same(&[], &["list"]);
    same(&["8668"], &["show", "8668"]);
    same(&["8668r1 p2"], &["show", "8668r1", "--page", "2"]);
    same(&["8668r1", "p2"], &["show", "8668r1", "--page", "2"]);
    same(&["umarov", "kazakhstan"], &["find", "umarov", "kazakhstan"]);
    same(&["8668", "--lang", "fr"], &["show", "8668", "--lang", "fr"]);
    same(&["--lang", "fr", "8668"], &["show", "8668", "--lang", "fr"]);
}

#[test]
fn without_a_library_the_exercise_debates_stand_in_and_are_marked() {
    let kit = Kit::empty();
    let ran = kit.without(&["list"]);
    ran.fails(0, "spv import");
    assert!(
        ran.out.lines().all(|l| l.starts_with("MSC/PV.") && l.contains("EXERCISE")),
        "{}",
        ran.out
    );
    let rows = kit.without(&["list", "--exercise", "--json"]).json();
    assert!(rows.len() >= 5 && rows.iter().all(|r| r["exercise"] == true));
    let known = kit.without(&["list", "--all", "--json"]).json();
    assert!(known.len() > 9000 && known.iter().all(|r| r["exercise"] == false), "{}", known.len());
    let votes = kit.without(&["votes", "--exercise", "--json"]).json();
    assert!(votes.iter().all(|v| v["symbol"].as_str().unwrap().starts_with("MSC/")), "{votes:?}");
    assert!(kit.without(&["show", "MSC/PV.1"]).out.contains("EXERCISE"));
    let found = kit.without(&["find", "--exercise", "--json", "reconciliation"]).json();
    assert!(found.iter().all(|f| f["kind"] != "vote"), "{found:?}");
}

#[test]
fn exercise_debates_never_stand_beside_real_records() {
    let kit = Kit::new();
    let mut exercise = record("MSC/PV.9", "en", "2021-01-01");
    exercise["exercise"] = true.into();
    kit.put("MSC_PV.9.en.json", &exercise);
    assert!(!kit.spv(&["list"]).out.contains("MSC/PV.9"));
    let path = kit.write("exercise.json", exercise.to_string());
    kit.spv(&["import", path.to_str().unwrap()]).fails(2, "exercise");
    assert!(files(&kit.library()).iter().all(|f| !f.ends_with("MSC_PV.9.en.json.zst")));
}

#[test]
fn settings_say_what_is_in_force_and_where_it_comes_from() {
    let kit = Kit::empty();
    let row = |ran: &Ran, key: &str| {
        let line = ran.out.lines().find(|line| line.starts_with(&format!("{key} "))).unwrap();
        line.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
    };
    let none = kit.spv(&["settings"]);
    assert_eq!((none.code, none.err.as_str()), (0, ""));
    assert!(none.out.contains("settings (not found)"), "{}", none.out);
    assert_eq!(row(&none, "slow"), "slow no default");
    std::fs::create_dir_all(kit.at("home/.config/spv")).unwrap();
    kit.write(
        "home/.config/spv/settings",
        "slow = yes\nline_rate = 9600\nascii=perhaps\ncolour=16\n",
    );
    let file = kit.spv(&["settings"]);
    assert_eq!(file.code, 0);
    assert!(file.err.contains(".config/spv/settings:3: ascii: \"perhaps\""), "{}", file.err);
    assert_eq!(file.err.lines().count(), 1);
    assert_eq!(row(&file, "slow"), "slow yes the");
    assert_eq!(row(&file, "line_rate"), "line_rate 9600 the");
    assert_eq!(row(&file, "position"), "position pause slow");
    assert_eq!(row(&file, "colour"), "colour 16 the");
    let option = kit.spv(&["settings", "--line-rate", "64000"]);
    assert_eq!(row(&option, "line_rate"), "line_rate 64000 --line-rate");
    let set = |name: &str, value: &str| {
        run(kit.bare().env(name, value).env("TERM", "xterm").arg("settings"))
    };
    assert_eq!(row(&set("SPV_LINE_RATE", "0"), "line_rate"), "line_rate 0 SPV_LINE_RATE");
    assert_eq!(row(&set("SPV_LINEAR", "1"), "linear"), "linear yes SPV_LINEAR");
    assert_eq!(row(&set("NO_COLOR", "1"), "osc52"), "osc52 plain TERM=xterm");
    // Commands answer the same for everybody.
    assert_eq!(kit.spv(&["keys"]).err, "");
}

#[test]
fn like_has_the_words_shared_and_says_with_what_it_was_compared() {
    let kit = Kit::new();
    let text = "The grain corridor near Odesa harbour feeds hungry families beyond seas.";
    let mut one = record("S/PV.8700", "en", "2020-02-03");
    one["items"][2]["paragraphs"][0]["text"] = text.into();
    let mut other = record("S/PV.8701", "en", "2020-02-04");
    other["items"][2]["speaker"]["state"] = "China".into();
    other["items"][2]["spoken"] = "zh".into();
    other["items"][2]["paragraphs"][0]["text"] = format!("Again: {text}").into();
    let mut same = record("S/PV.8702", "en", "2020-02-05");
    same["items"][2]["paragraphs"][0]["text"] = "Families near the grain harbour.".into();
    kit.put("S_PV.8700.en.json", &one);
    kit.put("S_PV.8701.en.json", &other);
    kit.put("S_PV.8702.en.json", &same);
    let rows = kit.json(&["like", "8700", "2", "--json"]);
    let groups: Vec<_> = rows.iter().map(|row| (&row["group"], &row["symbol"])).collect();
    assert_eq!(groups[0], (&"other".into(), &"S/PV.8701".into()));
    assert_eq!(groups.last().unwrap(), &(&"same".into(), &"S/PV.8702".into()));
    assert_eq!((&rows[0]["spoken"], &rows[0]["paragraph"]), (&"zh".into(), &1.into()));
    let words = rows[0]["words"].as_array().unwrap();
    assert_eq!(rows[0]["shared"], words.len());
    assert!(words.contains(&"odesa".into()), "{words:?}");
    let text = kit.spv(&["like", "8700", "2", "--paragraph", "1"]);
    assert!(text.out.contains("By others\n  similar passage on 2020-02-04, S/PV.8701, statement 2, p. 3, Mr. Made (China), translated from Chinese\n"), "{}", text.out);
    assert!(
        text.err
            .contains("compared with 10 statements held, 2014-05-22\u{2013}2020-02-05, English"),
        "{}",
        text.err
    );
    let csv = kit.spv(&["like", "8700", "2", "--csv"]);
    assert_eq!(csv.out.lines().count(), rows.len() + 1);
    kit.spv(&["like", "8700", "9"]).fails(1, "statement");
    kit.spv(&["like", "8700", "2", "--paragraph", "2"]).fails(1, "no paragraph 2");
    kit.spv(&["like", "9999", "2"]).fails(1, "is not in the library");
}

/// By hand: 8 words and 5 others; beside *grain* are ships, here, ships. 2 of 3 and 2 of 13: expected are 6/13, and the
/// log-likelihood is 2 (2 ln 2/(6/13) + ln 1/(33/13) + 10 ln 10/(110/13)).
#[test]
fn collocates_are_those_counted_by_hand() {
    let kit = Kit::empty();
    let mut one = record("S/PV.8700", "en", "2020-02-03");
    one["items"][2]["paragraphs"][0]["text"] = "Grain ships wait here. Grain ships go now.".into();
    kit.put("S_PV.8700.en.json", &one);
    let args = ["search", "grain", "--kwic", "--collocates", "--span", "1"];
    let ask = |more: &[&str]| kit.spv(&args.iter().chain(more).copied().collect::<Vec<_>>());
    let json = ask(&["--json"]);
    let rows = json.json();
    assert_eq!(rows.len(), 1, "{}", json.out);
    let by_hand = serde_json::json!({
        "word": "ships", "observed": 2, "expected": 0.4615, "frequency": 2, "likelihood": 7.3433,
        "span": 1, "window": 3, "corpus": 13,
    });
    assert_eq!(rows[0], by_hand);
    assert!(json.err.contains("2 matches in 1 statement; 3 words at most 1 before or after them, of 13 words in 2 statements"), "{}", json.err);
    let csv = ask(&["--csv"]);
    assert_eq!(csv.out.lines().nth(1), Some("ships,2,0.4615,2,7.3433,1,3,13"));
    assert!(
        ask(&[]).out.contains("ships         2      0.46          2        7.34"),
        "{}",
        ask(&[]).out
    );
    kit.spv(&["search", "year:2020", "--kwic", "--collocates"]).fails(2, "give a word");
    let none = kit.spv(&["search", "wait", "--kwic", "--collocates", "--span", "1"]);
    assert!(none.code == 1 && none.err.contains("no word is beside"), "{}", none.err);
}

/// What a President says in the chair is said for no State: a search says that it is there.
#[test]
fn a_search_whose_hits_are_all_from_the_chair_says_so() {
    let kit = Kit::empty();
    let mut chaired = record("S/PV.8700", "en", "2020-01-08");
    chaired["items"] = serde_json::json!([
        {"type": "statement", "number": 1,
         "speaker": {"printed": "The President", "name": "Mr. Umarov", "state": "Kazakhstan", "as": "president"},
         "paragraphs": [{"text": "An invented gavel falls."}]},
        {"type": "statement", "number": 2,
         "speaker": {"printed": "Mr. X (France)", "name": "Mr. X", "state": "France", "as": "member"},
         "paragraphs": [{"text": "An invented reply."}]}]);
    kit.put("S_PV.8700.en.json", &chaired);
    let said = |args: &[&str]| kit.spv(args);
    assert_eq!(said(&["search", "gavel"]).code, 0);
    for (args, message) in [
        (
            &["search", "state:Kazakhstan gavel"][..],
            "1 statement of its representative was made in the chair",
        ),
        (
            &["search", "gavel", "country:kaz", "--kwic"],
            "1 statement of its representative was made in the chair",
        ),
        (
            &["search", "gavel", "--by", "state"],
            "the statement found was made in the chair, for no State",
        ),
        (&["search", "state:France gavel"], "no statement matches"),
        (&["search", "nosuchword", "--by", "state"], "no statement matches"),
    ] {
        let ran = said(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.err.contains(message), "{args:?}: {}", ran.err);
    }
}

/// A search in a shell looks at the times of the folders and at the records that it shows. A record edited in place is
/// noticed when it is shown, and by `spv index`.
#[test]
fn a_record_edited_in_place_is_noticed_when_it_is_shown() {
    let said = |words: &str| {
        let mut record = record("S/PV.8700", "en", "2020-01-08");
        record["items"] = serde_json::json!([{"type": "statement", "number": 1,
            "speaker": {"printed": "Mr. X (France)", "name": "Mr. X", "state": "France", "as": "member"},
            "paragraphs": [{"text": words}]}]);
        record
    };
    for by_index in [false, true] {
        let kit = Kit::empty();
        std::fs::create_dir_all(kit.library().join("records/2020")).unwrap();
        let file = "records/2020/S_PV.8700.en.json";
        kit.put(file, &said("An invented reservoir."));
        // Folders that changed a moment ago are not trusted.
        for folder in ["records/2020", "records"] {
            let folder = std::fs::File::open(kit.library().join(folder)).unwrap();
            folder
                .set_modified(
                    std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1 << 30),
                )
                .unwrap();
        }
        assert_eq!(kit.spv(&["search", "reservoir"]).code, 0);
        kit.put(file, &said("An invented reservoir and a sluice gate."));
        assert_eq!(kit.spv(&["search", "sluice"]).code, 1, "nothing of it is shown");
        if by_index {
            assert_eq!(kit.spv(&["index"]).code, 0);
        } else {
            let shown = kit.spv(&["search", "reservoir"]);
            assert!(shown.out.contains("sluice gate"), "{} {}", shown.out, shown.err);
        }
        assert_eq!(kit.spv(&["search", "sluice"]).code, 0);
        // A new file changes the time of its folder.
        let mut other = said("An invented weir.");
        other["symbol"] = "S/PV.8701".into();
        kit.put("records/2020/S_PV.8701.en.json", &other);
        assert_eq!(kit.spv(&["search", "weir"]).code, 0);
    }
}
