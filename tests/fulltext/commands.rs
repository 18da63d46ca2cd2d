//! `spv search` and `spv index` as commands: shapes, exit codes, and libraries one may not write.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use spv::record::json;

use super::corpus;
use super::life::invented;

fn spv(library: Option<&Path>, home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
    command.args(args).env_clear().env("HOME", home).current_dir("/");
    match library {
        Some(library) => command.arg("--library").arg(library),
        None => command.arg("--exercise"),
    };
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rows(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn json_has_the_fields_that_are_promised() {
    let home = tempfile::tempdir().unwrap();
    let output = spv(None, home.path(), &["search", "peace*", "--json", "--limit", "3"]);
    assert_eq!(output.status.code(), Some(0));
    let rows = rows(&output);
    assert_eq!(rows.len(), 3);
    let names: Vec<&str> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
    let mut promised = vec![
        "symbol",
        "language",
        "statement",
        "paragraph",
        "page",
        "speaker",
        "state",
        "organization",
        "date",
        "snippet",
        "score",
        "topic",
        "item",
        "printed",
        "role",
        "as",
        "capacity",
        "spoken",
        "words",
        "source",
    ];
    promised.sort_unstable();
    let mut given = names.clone();
    given.sort_unstable();
    assert_eq!(given, promised);
    for row in &rows {
        assert!(row["snippet"].as_str().unwrap().to_lowercase().contains("peace"), "{row}");
        assert!(row["paragraph"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn the_ways_of_counting_agree() {
    let home = tempfile::tempdir().unwrap();
    let ask = |more: &[&str]| {
        let mut args = vec!["search", "council", "--json", "--limit", "0"];
        args.extend(more);
        rows(&spv(None, home.path(), &args))
    };
    let hits = ask(&[]).len() as u64;
    assert!(hits > 10);
    let sum =
        |rows: &[Value]| rows.iter().map(|row| row["statements"].as_u64().unwrap()).sum::<u64>();
    let years = ask(&["--by", "year"]);
    assert_eq!(sum(&years), hits);
    for year in &years {
        let (found, all) =
            (year["statements"].as_f64().unwrap(), year["library_statements"].as_f64().unwrap());
        assert!((year["per_thousand"].as_f64().unwrap() - found * 1000.0 / all).abs() < 0.001);
        assert!(year["library_words"].as_u64() > year["library_statements"].as_u64());
    }
    assert_eq!(sum(&ask(&["--by", "record"])), hits);
    assert_eq!(sum(&ask(&["--by", "speaker"])), hits);
    let of_states = ask(&[]).iter().filter(|row| !row["state"].is_null()).count() as u64;
    assert!(sum(&ask(&["--by", "state"])) >= of_states / 2 && of_states > 0);
    // A joint statement counts for each member that it names.
    let members = rows(&spv(
        None,
        home.path(),
        &["search", "behalf:a3", "--by", "state", "--members", "--json"],
    ));
    assert!(members.iter().any(|row| row["state"] == "Tunisia"), "{members:?}");
    // Beside its speaker; and a statement that is not joint counts as ever.
    let of = |rows: &[Value], state: &str| {
        let row = rows.iter().find(|row| row["state"] == state);
        row.map_or(0, |row| row["statements"].as_u64().unwrap())
    };
    let (alone, with) = (ask(&["--by", "state"]), ask(&["--by", "state", "--members"]));
    for row in &alone {
        let state = row["state"].as_str().unwrap();
        assert!(of(&with, state) >= of(&alone, state), "{state}");
    }
    assert!(sum(&with) > sum(&alone));
}

#[test]
fn a_concordance_is_a_column_and_csv_is_defused() {
    let home = tempfile::tempdir().unwrap();
    let output = spv(None, home.path(), &["search", "council", "--kwic", "--limit", "9"]);
    let lines = text(&output.stdout);
    assert_eq!(lines.lines().count(), 9);
    let columns: Vec<usize> = lines
        .lines()
        .map(|line| line.chars().skip(27).collect::<String>())
        .map(|line| {
            line.to_lowercase()
                .char_indices()
                .filter(|(at, _)| *at < 60)
                .filter(|(at, _)| line.to_lowercase()[*at..].starts_with("council"))
                .map(|(at, _)| line[..at].chars().count())
                .find(|at| *at == 30)
                .unwrap_or(0)
        })
        .collect();
    assert!(columns.iter().all(|at| *at == 30), "{lines}");

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    corpus::put(&root, &[invented(1, "=HYPERLINK(invented) \u{1b}[2J, and \"more\"")]);
    let output = spv(Some(&root), home.path(), &["search", "invented", "--csv"]);
    let lines = text(&output.stdout);
    assert!(lines.starts_with(
        "symbol,language,statement,paragraph,page,speaker,state,organization,date,snippet,score,topic,\
         item,printed,role,as,capacity,spoken,words,source\r\n"
    ));
    assert!(lines.contains("\"'=HYPERLINK") && !lines.contains('\u{1b}'), "{lines}");
    let output = spv(Some(&root), home.path(), &["search", "invented", "--json"]);
    assert!(text(&output.stdout).contains("\\u001b"));
}

#[test]
fn exit_codes_say_what_came_of_it() {
    let home = tempfile::tempdir().unwrap();
    for (args, code, said) in [
        (vec!["search", "peace"], 0, ""),
        (vec!["search", "peaceandnothingelse"], 1, "no statement"),
        (vec!["search", "year:20x"], 2, "no year"),
        (vec!["search", "year:20x peace"], 0, "no year"),
        (vec!["search", "***"], 2, "no letter"),
        (vec!["search"], 2, "required"),
        (vec!["search", "state:france", "--kwic"], 2, "give a word"),
        (vec!["index"], 1, "no library"),
    ] {
        let output = spv(None, home.path(), &args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert!(text(&output.stderr).contains(said), "{args:?}: {}", text(&output.stderr));
    }
}

/// Whether the test is run by root, who may do everything and can become another user.
fn root_only() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        println!("skipped: only root can become another user");
    }
    root
}

const NOBODY: u32 = 65_534;

#[test]
fn a_library_of_another_user_is_searched_while_that_user_writes() {
    if !root_only() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    open(folder.path(), 0o755);
    let (library, home, program) =
        (folder.path().join("library"), folder.path().join("home"), folder.path().join("spv"));
    std::fs::create_dir(&home).unwrap();
    open(&home, 0o777);
    // A copy, since the folder of the build may be closed to others. Made by a program of its own: one that
    // another test starts meanwhile would inherit the open file, and what is open for writing cannot be run.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_spv")).arg(&program).status().unwrap();
    assert!(copied.success());
    open(&program, 0o755);
    let as_nobody = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.args(args).arg("--library").arg(&library);
        command.env_clear().env("HOME", &home).current_dir("/").uid(NOBODY).gid(NOBODY);
        command.output().unwrap()
    };
    let records: Vec<_> = (1..=40).map(|n| invented(n, "an invented apple")).collect();
    corpus::put(&library, &records);

    // No index, and none may be made there: a small library is searched all the same.
    let output = as_nobody(&["search", "apple", "--json", "--limit", "0"]);
    assert_eq!(rows(&output).len(), 40, "{}", text(&output.stderr));
    let refused = as_nobody(&["index"]);
    assert_eq!(refused.status.code(), Some(3));
    let said = text(&refused.stderr);
    assert!(said.contains("uid 0 may") && said.contains("--private"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");

    assert!(spv(Some(&library), &home, &["index"]).status.success());
    let writer = std::thread::spawn({
        let (library, home) = (library.clone(), home.clone());
        move || {
            for n in 0..8 {
                corpus::put(&library, &[invented(100 + n, "an invented apple")]);
                assert!(spv(Some(&library), &home, &["index"]).status.success());
            }
        }
    });
    while !writer.is_finished() {
        let output = as_nobody(&["search", "apple", "--json", "--limit", "0"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(rows(&output).len() >= 40);
    }
    writer.join().unwrap();
    assert_eq!(rows(&as_nobody(&["search", "apple", "--json", "--limit", "0"])).len(), 48);

    // What is not in the index yet is said; a private one knows it.
    corpus::put(&library, &[invented(200, "an invented apple")]);
    let behind = as_nobody(&["search", "apple", "--json", "--limit", "0"]);
    assert_eq!(rows(&behind).len(), 48);
    assert!(text(&behind.stderr).contains("not in the index yet"), "{}", text(&behind.stderr));
    assert!(as_nobody(&["index", "--private"]).status.success());
    assert_eq!(rows(&as_nobody(&["search", "apple", "--json", "--limit", "0"])).len(), 49);
}

#[test]
fn a_closed_pipe_ends_a_search_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    let record = invented(1, "an invented apple");
    std::fs::create_dir_all(root.join("records/2019")).unwrap();
    std::fs::write(root.join("records/2019/S_PV.1.en.json"), json::write_record(&record)).unwrap();
    let script = "\"$0\" search apple --limit 0 --library \"$1\" | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_spv")])
        .arg(&root)
        .env("HOME", folder.path())
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout).trim(), "0", "{}", text(&output.stderr));
}
