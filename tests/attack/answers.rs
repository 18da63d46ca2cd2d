//! No answer is short or wrong without saying so.

use serde_json::{Value, json};

use super::kit::{Kit, Ran};
use super::pty::Home;

/// A record of one statement for each speaker: a State, on whose behalf, and what is said.
fn record(symbol: &str, date: &str, topic: &str, said: &[(&str, &[&str], &str)]) -> Value {
    let items: Vec<Value> = said
        .iter()
        .zip(1..)
        .map(|((state, groups, text), number)| {
            let behalf: Vec<Value> =
                groups.iter().map(|group| json!({"group": group, "members": []})).collect();
            json!({"type": "statement", "number": number, "page": 2,
                   "speaker": {"printed": format!("Ms. Invented ({state})"),
                               "name": "Ms. Invented", "state": state, "as": "member"},
                   "on_behalf_of": behalf,
                   "paragraphs": [{"page": 2, "text": text}]})
        })
        .collect();
    json!({"format": "spv/1", "symbol": symbol, "kind": "verbatim", "language": "en",
           "status": "final", "date": date, "topic": topic, "agenda": [topic],
           "source": {"from": "test"}, "items": items})
}

/// A library of some meetings.
fn kit(records: &[(&str, Value)]) -> Kit {
    let kit = Kit::empty();
    for (name, record) in records {
        kit.put(name, record);
    }
    kit
}

fn lines(ran: &Ran) -> usize {
    ran.out.lines().count()
}

#[test]
fn operators_of_other_languages_do_what_they_say() {
    let kit = kit(&[(
        "S_PV.9001.en.json",
        record(
            "S/PV.9001",
            "2022-01-10",
            "Invented",
            &[
                ("France", &[], "An invented sentence about peace and security."),
                ("China", &[], "An invented sentence about peace."),
                ("Ireland", &[], "An invented sentence about security."),
            ],
        ),
    )]);
    let states = |query: &str| {
        let ran = kit.spv(&["search", "--json", query]);
        let mut states: Vec<String> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["state"].to_string())
            .collect();
        states.sort();
        (ran.code, states.join(" "), ran.err)
    };
    for (query, same) in [
        ("peace NOT security", "peace -security"),
        ("peace AND security", "peace security"),
        ("peace && security", "peace security"),
        ("peace || security", "peace OR security"),
        ("peace | security", "peace OR security"),
        ("invented AND NOT (peace|security)", "invented -(peace OR security)"),
    ] {
        let (code, found, err) = states(query);
        assert_eq!((code, found), (states(same).0, states(same).1), "{query}: {err}");
    }
    assert_eq!(states("peace NOT security").1, "\"China\"");
    let (_, found, err) = states("peace NOT");
    assert!(err.contains("NOT (at 7)"), "{err}");
    assert_eq!(found, states("peace").1);
}

#[test]
fn topics_and_titles_are_matched_by_whole_words() {
    let said: &[(&str, &[&str], &str)] = &[("China", &[], "An invented sentence.")];
    let kit = kit(&[
        ("S_PV.9001.en.json", record("S/PV.9001", "2022-01-10", "The situation in Mali", said)),
        ("S_PV.9002.en.json", record("S/PV.9002", "2022-01-11", "The situation in Somalia", said)),
        ("S_PV.9003.en.json", record("S/PV.9003", "2022-01-12", "Peace-building", said)),
    ]);
    let symbols = |args: &[&str]| {
        let ran = kit.spv(args);
        let found = ["9001", "9002", "9003"].into_iter().filter(|n| ran.out.contains(n));
        found.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(symbols(&["last", "China", "--topic", "MALI"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "mali"]), "9001");
    assert_eq!(symbols(&["export", "--state", "China", "--topic", "mali"]), "9001");
    assert_eq!(symbols(&["search", "topic:mali"]), "9001");
    assert_eq!(symbols(&["search", "topic:mal"]), "");
    assert_eq!(symbols(&["search", "topic:mal*"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "situation mali"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "peacebuilding"]), "9003");
    assert_eq!(symbols(&["list", "--topic", "mal*"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "situ"]), "");
    let votes = kit.spv(&["votes", "mali", "--json"]);
    assert!(lines(&votes) > 10);
    for vote in votes.out.lines() {
        let vote: Value = serde_json::from_str(vote).unwrap();
        let title = vote["title"].as_str().unwrap().to_lowercase();
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        assert!(words.any(|word| word == "mali"), "{title}");
    }
}

#[test]
fn groups_are_looked_up_as_names() {
    let text = "An invented sentence.";
    let kit = kit(&[
        (
            "S_PV.9001.en.json",
            record(
                "S/PV.9001",
                "2022-01-10",
                "Invented",
                &[
                    ("Azerbaijan", &["Movement of Non-Aligned Countries"], text),
                    ("Indonesia", &["Indonesia and Viet Nam"], text),
                    ("France", &[], text),
                    ("Slovakia", &["European Union"], text),
                    ("United Kingdom", &[], text),
                    ("Kenya", &["A3+"], text),
                ],
            ),
        ),
        (
            "S_PV.4001.en.json",
            record(
                "S/PV.4001",
                "1999-01-10",
                "Invented",
                &[("United Kingdom", &[], text), ("Slovakia", &[], text)],
            ),
        ),
    ]);
    let states = |args: &[&str]| {
        let ran = kit.spv(args);
        let of = |line: &str| {
            let row: Value = serde_json::from_str(line).unwrap();
            let year = &row["date"].as_str().unwrap()[..4];
            format!("{} {year}", row["state"].as_str().unwrap())
        };
        let mut states: Vec<String> = ran.out.lines().map(of).collect();
        states.sort();
        states.join(", ")
    };
    let search = |query: &str| states(&["search", "--json", query]);
    assert_eq!(search("behalf:NAM"), "Azerbaijan 2022");
    assert_eq!(search("behalf:\"Non-Aligned Movement\""), "Azerbaijan 2022");
    assert_eq!(search("behalf:EU"), "Slovakia 2022");
    assert_eq!(search("behalf:A3"), "Kenya 2022");
    assert_eq!(search("behalf:\"Viet Nam\""), "Indonesia 2022");
    assert_eq!(search("group:EU"), "France 2022, Slovakia 2022, United Kingdom 1999");
    assert_eq!(states(&["last", "NAM", "--json"]), "Azerbaijan 2022");
    assert_eq!(states(&["last", "EU", "--json"]), "Slovakia 2022");
    assert_eq!(states(&["last", "A3", "--json"]), "Kenya 2022");
    // Members that are not known are no empty answer.
    let unknown = kit.spv(&["search", "group:NAM"]);
    assert!(unknown.err.contains("Non-Aligned Countries not known"), "{}", unknown.err);
    assert_eq!(unknown.code, 2);
    for name in ["Viet", "Union", "Atlantis"] {
        let ran = kit.spv(&["last", name]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        let said = format!("no State, organization or group is called \"{name}\"");
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
    for query in ["state:Atlantis", "text -state:Atlantis", "behalf:Atlantis"] {
        let ran = kit.spv(&["search", query]);
        assert!(ran.err.contains("is called \"Atlantis\""), "{query} {}", ran.err);
    }
    for query in ["state:slov", "behalf:NAM", "behalf:\"Viet Nam\"", "group:EU", "state:uk"] {
        assert_eq!(kit.spv(&["search", "--json", query]).err, "", "{query}");
    }
    let near = kit.spv(&["last", "Slovaka"]);
    assert!(near.err.contains("did you mean Slovakia"), "{}", near.err);
}

/// A library in folders, with its catalogue and index kept, and its record files.
fn kept() -> (Kit, Vec<std::path::PathBuf>) {
    let kit = Kit::empty();
    let said: &[(&str, &[&str], &str)] = &[
        ("China", &["A3"], "An invented sentence about war, see S/PV.8628."),
        ("France", &[], "Another invented sentence about war."),
    ];
    std::fs::create_dir_all(kit.library().join("records/2020")).unwrap();
    let mut files = Vec::new();
    for number in 1..=4 {
        let mut made = record(&format!("S/PV.900{number}"), "2020-01-10", "Invented", said);
        made["items"].as_array_mut().unwrap().push(json!({
            "type": "vote", "page": 2, "on": ["S/2020/1"], "in_favour": ["China"],
            "outcome": "not adopted"}));
        let name = format!("records/2020/S_PV.900{number}.en.json");
        kit.put(&name, &made);
        files.push(kit.library().join(name));
    }
    // Folders that changed a moment ago are never believed to be the same.
    let old = std::fs::FileTimes::new().set_modified(
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000),
    );
    for folder in ["records", "records/2020"] {
        let folder = std::fs::File::open(kit.library().join(folder)).unwrap();
        folder.set_times(old).unwrap();
    }
    for file in &files {
        std::fs::File::options().write(true).open(file).unwrap().set_times(old).unwrap();
    }
    (kit, files)
}

/// Commands whose answer is drawn from all records.
const FROM_ALL: &[&[&str]] = &[
    &["list"],
    &["list", "--json"],
    &["find", "invented"],
    &["search", "war"],
    &["search", "war", "--json"],
    &["search", "war", "--csv"],
    &["search", "war", "--kwic"],
    &["search", "war", "--kwic", "--sort", "left"],
    &["search", "war", "--by", "year"],
    &["search", "war", "--by", "state"],
    &["search", "war", "--by", "speaker"],
    &["search", "war", "--by", "record"],
    &["search", "nothingatall"],
    &["chart", "war", "peace"],
    &["chart", "war", "--by", "state", "--csv"],
    &["chart", "war", "--svg", "-"],
    &["votes", "invented"],
    &["refs", "--back", "S/PV.8628"],
    &["last", "China"],
    &["last", "A3"],
    &["export", "--state", "China"],
    &["info"],
    &["council", "2020-01-10"],
    &["pack", "-o", "new.tar"],
];

#[test]
fn a_record_that_cannot_be_read_is_said_by_every_command() {
    type Damage = fn(&std::path::Path);
    let damages: [(&str, Damage); 4] = [
        ("cut off", |file| {
            let bytes = std::fs::read(file).unwrap();
            std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("another version", |file| {
            let text = std::fs::read_to_string(file).unwrap();
            std::fs::write(file, text.replace("spv/1", "spv/9")).unwrap();
        }),
        ("no text", |file| std::fs::write(file, b"\xff\xfe\x00").unwrap()),
        // The size and the time are as they were, so that nothing but a reading can tell.
        ("in place", |file| {
            let then = std::fs::metadata(file).unwrap().modified().unwrap();
            let text = std::fs::read_to_string(file).unwrap();
            std::fs::write(file, text.replace('{', "[")).unwrap();
            let file = std::fs::File::options().write(true).open(file).unwrap();
            file.set_times(std::fs::FileTimes::new().set_modified(then)).unwrap();
        }),
    ];
    for indexed in [true, false] {
        // Without an index one kind of damage is like another.
        let damages = if indexed { &damages[..] } else { &damages[..1] };
        for (how, damage) in damages {
            let in_place = *how == "in place";
            let (kit, files) = kept();
            assert_eq!(kit.spv(&["list"]).code, 0);
            if indexed {
                assert_eq!(kit.spv(&["index"]).code, 0);
            }
            files[..2].iter().for_each(|file| damage(file));
            for args in FROM_ALL {
                // What the catalogue and the index answer is whole where a reading alone can tell.
                let read = ["--json", "--csv", "--kwic", "last", "export"];
                let reads = args.iter().any(|a| read.contains(a))
                    && !["list", "chart"].contains(&args[0])
                    || args[1..] == ["war"];
                if in_place && !(reads && indexed) {
                    continue;
                }
                let ran = kit.spv(args);
                let why = format!("{args:?}, {how}, indexed {indexed}: {} {}", ran.out, ran.err);
                assert_eq!(ran.code, 3, "{why}");
                assert!(ran.err.contains("2 records could not be read"), "{why}");
                assert!(ran.err.contains("S_PV.9001.en.json"), "{why}");
                assert!(ran.err.contains("spv check"), "{why}");
            }
            // The answer from one record that can be read is whole.
            for args in [&["show", "9003"][..], &["cite", "9003", "--statement", "1"]] {
                assert_eq!(kit.spv(args).code, 0, "{args:?}");
            }
            for args in [&["show", "9001"][..], &["refs", "9001"], &["export", "9001"]] {
                let ran = kit.spv(args);
                assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?} {}", ran.err);
            }
        }
    }
}

#[test]
fn what_was_read_is_still_answered_and_removed_files_are_no_longer_here() {
    let (kit, files) = kept();
    assert_eq!(kit.spv(&["index"]).code, 0);
    assert!(kit.spv(&["search", "war"]).out.ends_with("8 statements in 4 records\n"));
    std::fs::write(&files[0], "").unwrap();
    let ran = kit.spv(&["search", "war"]);
    assert!(ran.out.ends_with("6 statements in 3 records\n"), "{}", ran.out);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    std::fs::remove_file(&files[0]).unwrap();
    let ran = kit.spv(&["search", "war"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.ends_with("6 statements in 3 records\n"), "{}", ran.out);
}

#[test]
fn an_edition_that_cannot_be_read_is_not_passed_over() {
    let (kit, _) = kept();
    kit.put("records/2020/S_PV.9001.fr.json", &json!({"format": "spv/1"}));
    assert_eq!(kit.spv(&["show", "9001"]).code, 0);
    let ran = kit.spv(&["show", "9001", "--lang", "fr"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.out.contains("invented sentence") && ran.err.contains("9001.fr.json"));
}

#[test]
fn tables_for_programs_have_all_rows_and_texts_say_what_is_missing() {
    let text = "An invented sentence about war.";
    let states = ["China", "France", "Ireland", "Norway", "Kenya"];
    let said: Vec<(&str, &[&str], &str)> =
        (0..60).map(|n| (states[n % 5], &[][..], text)).collect();
    let kit =
        kit(&[("S_PV.9001.en.json", record("S/PV.9001", "2020-01-10", "Invented war", &said))]);
    for (args, all) in [
        (&["search", "war"][..], "20 of 60"),
        (&["search", "war", "--kwic"], "the first 20 lines, of 20 of 60 statements"),
        (&["search", "war", "--kwic", "--sort", "left"], "20 of 60"),
        (&["search", "war", "--by", "state", "--limit", "3"], "3 of 5"),
        (&["last", "China"], "10 of 12"),
        (&["find", "--limit", "1", "war"], "1 of "),
    ] {
        let ran = kit.spv(args);
        assert_eq!(ran.code, 0);
        assert!(ran.err.contains(all) && ran.err.contains("--limit 0"), "{args:?} {}", ran.err);
        let ran = kit.spv(&[args, &["--limit", "0"]].concat());
        if !args.contains(&"--limit") {
            assert_eq!(ran.err, "", "{args:?}");
        }
    }
    for (args, rows) in [
        (&["search", "war", "--json"][..], 60),
        (&["search", "war", "--csv"], 61),
        (&["search", "war", "--kwic", "--json"], 60),
        (&["search", "war", "--kwic", "--csv"], 61),
        (&["search", "war", "--kwic", "--csv", "--sort", "right"], 61),
        (&["search", "war", "--by", "state", "--csv"], 6),
        (&["last", "China", "--json"], 12),
        (&["last", "China", "--csv"], 13),
        (&["last", "China", "--csv", "--limit", "2"], 3),
        (&["search", "war", "--json", "--limit", "7"], 7),
        (&["search", "war", "--csv", "--limit", "0"], 61),
        (&["last", "China", "--json", "--limit", "2"], 2),
    ] {
        let ran = kit.spv(args);
        assert_eq!((lines(&ran), ran.err.as_str()), (rows, ""), "{args:?}");
    }
    let found = kit.spv(&["find", "a", "--json"]);
    assert!(lines(&found) > 20);
}

#[test]
fn an_export_to_a_dash_is_standard_output() {
    let kit = Kit::new();
    let ran = kit.spv(&["export", "8668r1", "--output", "-"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("invented"), "{}", ran.out);
    assert!(!kit.at("-").exists());
}

#[test]
fn a_pdf_that_is_cut_off_takes_the_place_of_nothing() {
    let pdfs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/records/pdf");
    let whole = std::env::var_os("SPV_SHARED")
        .map_or(pdfs, |shared| std::path::Path::new(&shared).join("records/pdf"))
        .join("S_PV.8701_E.pdf");
    let Ok(bytes) = std::fs::read(&whole) else {
        eprintln!("SKIPPED: no {}", whole.display());
        return;
    };
    let kit = kit(&[(
        "S_PV.8701.en.json",
        record("S/PV.8701", "2020-01-21", "Invented", &[("China", &[], "Before.")]),
    )]);
    let before = kit.spv(&["show", "8701"]).out;
    kit.write("S_PV.8701_E.pdf", &bytes[..bytes.len() * 30 / 100]);
    let ran = kit.spv(&["import", "--no-index", "S_PV.8701_E.pdf"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("cut off") && ran.err.contains("download it again"), "{}", ran.err);
    assert_eq!(kit.spv(&["show", "8701"]).out, before);
}

#[test]
fn a_whole_record_takes_the_place_of_one_from_a_cut_pdf() {
    let said: Vec<(&str, &[&str], &str)> =
        vec![("China", &[], "The first."), ("France", &[], "The second, and more.")];
    let made = |statements: usize, pages: u32, text: Option<&str>| {
        let mut made = record("S/PV.9001", "2020-01-10", "Invented", &said[..statements]);
        made["source"] = json!({"from": "pdf", "file": "S_PV.9001_E.pdf"});
        let last = made["items"].as_array_mut().unwrap().last_mut().unwrap();
        last["paragraphs"].as_array_mut().unwrap().push(json!({"page": pages, "text": "End."}));
        if let Some(text) = text {
            last["paragraphs"][0]["text"] = json!(text);
        }
        made.to_string()
    };
    let kit = Kit::empty();
    kit.write("cut.json", made(1, 2, None));
    kit.write("whole.json", made(2, 3, None));
    kit.write("other.json", made(2, 3, Some("Other words on the same pages.")));
    assert_eq!(kit.spv(&["import", "--no-index", "cut.json"]).code, 0);
    assert_eq!(kit.spv(&["import", "--no-index", "whole.json"]).code, 0);
    assert!(kit.spv(&["show", "9001"]).out.contains("The second, and more."));
    for refused in ["cut.json", "other.json"] {
        assert_ne!(kit.spv(&["import", "--no-index", refused]).code, 0, "{refused}");
    }
    assert!(kit.spv(&["show", "9001"]).out.contains("The second, and more."));
}

#[test]
fn the_reader_writes_all_that_was_found_and_says_what_could_not_be_read() {
    let text = "An invented sentence about war.";
    let said: Vec<(&str, &[&str], &str)> = vec![("China", &[][..], text); 120];
    let made = record("S/PV.9001", "2020-01-10", "Invented", &said);
    let home = Home::new();
    home.put_record("2020/S_PV.9001.en.json", made.to_string());
    home.put_record("2020/S_PV.9002.en.json", "{ cut off");
    let mut term = home.spv(&[]).start();
    term.wait("the count", |s| s.row(0).ends_with("1 record unreadable (!)"));
    term.types("swar").wait("the totals", |s| s.has("120 statements in 1 record"));
    term.wait("the count", |s| s.row(0).ends_with("1 record unreadable (!)"));
    term.types("\re").shows("to file: statements.csv").types("\r");
    term.shows("120 rows written to statements.csv");
    let written = std::fs::read_to_string(home.at("statements.csv")).unwrap();
    assert_eq!(written.lines().count(), 121);
    term.types("!").shows("S_PV.9002.en.json").types("qQ");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn the_language_asked_for_is_that_of_every_screen() {
    let edition = |symbol: &str, language: &str, topic: &str, text: &str| {
        let mut made = record(symbol, "2020-01-10", topic, &[("China", &[], text)]);
        made["language"] = json!(language);
        made.to_string()
    };
    let home = Home::new();
    for symbol in ["9001", "9002"] {
        let (english, russian) =
            (format!("2020/S_PV.{symbol}.en.json"), format!("2020/S_PV.{symbol}.ru.json"));
        let symbol = format!("S/PV.{symbol}");
        home.put_record(&english, edition(&symbol, "en", "Invented topic", "An invented word."));
        home.put_record(&russian, edition(&symbol, "ru", "Тема", "Придуманное слово."));
    }
    let mut term = home.spv(&["--lang", "ru"]).start();
    term.wait("the list", |s| s.has("Тема") && !s.has("Invented topic"));
    term.types("\r").wait("statements", |s| s.row(0).contains("· ru ·"));
    term.types("\r").shows("Придуманное слово.");
    term.types("L").wait("the one before", |s| s.has("S/PV.9001") && s.row(0).contains("· ru ·"));
    term.types("fchina\r").wait("the card of China", |s| s.has("All: 2 statements"));
    term.types("jj\r").wait("what China said", |s| s.has("Statements of China") && s.has("Тема"));
    term.hides("Invented topic").types("\r").shows("Придуманное слово.");
    term.types("sслово")
        .wait("the totals", |s| s.has("2 statements in 2 records"))
        .types("\x03\x03");
    term.ends();
    // What the library takes in while the reader runs is shown in this language, too.
    let (code, out, _) = home.command(&["show", "9001", "--lang", "ru"]);
    assert!(code == 0 && out.contains("Придуманное слово."));
    let talk = |script: &str| {
        let output = assert_cmd::Command::cargo_bin("spv")
            .unwrap()
            .env_clear()
            .env("HOME", home.at(""))
            .args(["--linear", "--lang", "ru", "9001"])
            .write_stdin(script)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let out = talk("1\nmeetings\n");
    assert!(out.contains("Придуманное слово.") && !out.contains("An invented word."), "{out}");
    assert!(out.contains("Тема") && !out.contains("Invented topic"), "{out}");
}
