//! Notes, marks and history are never lost: not by a killed writer, not by two at once, not by a
//! file that is damaged or of a later version.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use spv::desk::history::{self, Kind, Query};
use spv::desk::notes::{self, Note};
use spv::desk::{marks, session};
use spv::record::{Language, Place, Symbol};

/// The folder a child of this test writes notes into, and the name it signs them with.
const WRITE: &str = "SPV_TEST_WRITE_NOTES";

fn place(statement: u32) -> Place {
    Place {
        symbol: Symbol::exercise(1),
        language: Language::English,
        statement,
        speaker: "Mr. Made".to_owned(),
        words: "invented words".to_owned(),
        before: String::new(),
        after: " that go on".to_owned(),
    }
}

fn note(text: &str) -> Note {
    Note::new(place(3), "invented words that go on", "MSC/PV.1, p. 2 (English)", text)
}

fn texts(dir: &Path) -> Vec<String> {
    let (kept, warning) = notes::all(dir).unwrap();
    assert_eq!(warning, None);
    kept.into_iter().map(|n| n.text).collect()
}

/// Not a test: what the children of the tests below do, until they are killed.
#[test]
fn writer() {
    let Ok(wish) = std::env::var(WRITE) else { return };
    let (dir, rest) = wish.split_once('|').unwrap();
    let (name, count) = rest.split_once('|').unwrap();
    for n in 0..count.parse::<u32>().unwrap() {
        let text = format!("{name} {n}");
        notes::add(Path::new(dir), note(&text), 1).unwrap();
        // Said only when the call has returned: from here on the note may not be lost.
        println!("\nKEPT {text}");
    }
}

fn child(dir: &Path, name: &str, count: u32) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["desk::writer", "--exact", "--nocapture", "--test-threads=1"])
        .env(WRITE, format!("{}|{name}|{count}", dir.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a child said it kept.
fn said(line: &str) -> Option<String> {
    line.strip_prefix("KEPT ").map(str::to_owned)
}

#[test]
fn a_writer_killed_at_any_moment_loses_no_note() {
    let rounds: u64 =
        std::env::var("SPV_KILL_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("desk");
    let mut kept: Vec<String> = Vec::new();
    let mut seed = u64::from(std::process::id()) | 1;
    for round in 0..rounds {
        let mut writer = child(&dir, &format!("round {round}"), u32::MAX);
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let mut wanted = 1 + seed % 12;
        while wanted > 0 {
            let line = lines.next().unwrap().unwrap();
            if let Some(text) = said(&line) {
                kept.push(text);
                wanted -= 1;
            }
        }
        // Somewhere in the next write: the time is that of some thousand steps, never asserted.
        (0..seed % 200_000).for_each(|n| {
            std::hint::black_box(n);
        });
        writer.kill().unwrap();
        writer.wait().unwrap();
        kept.extend(lines.map_while(Result::ok).filter_map(|line| said(&line)));
        let here = texts(&dir);
        let lost: Vec<&String> = kept.iter().filter(|text| !here.contains(text)).collect();
        assert!(lost.is_empty(), "lost in round {round}: {lost:?}");
        assert!(here.len() <= kept.len() + round as usize + 1, "a note stands twice");
    }
    notes::add(&dir, note("after all"), 2).unwrap();
    let files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(files.len(), 2, "what killed writers left is removed: {files:?}");
}

#[test]
fn of_two_processes_at_once_every_note_stands_and_no_number_twice() {
    let temp = tempfile::tempdir().unwrap();
    let names = ["one", "two", "three"];
    let children: Vec<Child> = names.iter().map(|name| child(temp.path(), name, 15)).collect();
    for mut child in children {
        // Read to the end first: a full pipe would hold the child up.
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.map_while(Result::ok).filter_map(|l| said(&l)).count(), 15);
        assert!(child.wait().unwrap().success());
    }
    let here = texts(temp.path());
    assert_eq!(here.len(), 45);
    for name in names {
        // The notes of one process stand in the order it made them.
        let own: Vec<&String> =
            here.iter().filter(|t| t.starts_with(&format!("{name} "))).collect();
        let wanted: Vec<String> = (0..15).map(|n| format!("{name} {n}")).collect();
        assert!(own.into_iter().eq(&wanted));
    }
    let mut numbers: Vec<u32> =
        notes::all(temp.path()).unwrap().0.iter().map(|n| n.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=45).collect::<Vec<u32>>());
}

#[test]
fn a_note_keeps_what_it_stands_on_and_is_private() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("a/desk");
    let (number, _) = notes::add(&dir, note(" ask #Water, and #water #Borders. "), 7).unwrap();
    let (kept, _) = notes::all(&dir).unwrap();
    assert_eq!((number, kept.len(), kept[0].at), (1, 1, 7));
    assert_eq!(kept[0].tags, ["Water", "water", "Borders"]);
    assert_eq!(kept[0].text, "ask #Water, and #water #Borders.");
    assert_eq!(kept[0].place, place(3));
    assert!(kept[0].is_tagged("#borders") && kept[0].is_tagged("WATER"));
    assert!(!kept[0].is_tagged("bord"));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&dir), mode(&dir.join("notes.json"))), (0o700, 0o600));
    assert!(notes::remove(&dir, 1).unwrap());
    assert!(!notes::remove(&dir, 1).unwrap());
    assert_eq!(texts(&dir), [""; 0]);
}

#[test]
fn a_later_version_is_left_and_a_damaged_file_kept_aside() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let later = r#"{"format":"spv-notes/2","notes":"another shape"}"#;
    std::fs::write(dir.join("notes.json"), later).unwrap();
    assert!(notes::all(dir).unwrap_err().contains("later version"));
    let refused = notes::add(dir, note("new"), 1).unwrap_err().to_string();
    assert!(refused.contains("later version") && refused.contains("no note is kept"), "{refused}");
    assert_eq!(std::fs::read_to_string(dir.join("notes.json")).unwrap(), later);

    for (n, damaged) in
        ["", "{\"format\":\"spv-notes/1\",\"notes\":[{\"nu", "[]"].iter().enumerate()
    {
        std::fs::write(dir.join("notes.json"), damaged).unwrap();
        let (_, warning) = notes::add(dir, note("new"), 1).unwrap();
        let aside = dir.join(format!("notes.json.damaged-{}", n + 1));
        assert!(warning.unwrap().contains(&aside.display().to_string()));
        assert_eq!(std::fs::read_to_string(aside).unwrap(), *damaged);
        assert_eq!(texts(dir), ["new"]);
    }
}

#[test]
fn other_words_and_tags_keep_what_was_not_named() {
    // Words, then a change, then the words and tags it leaves.
    let reworded = |text: &str, tags: &[&str], to: &str| {
        let mut note = note(text);
        note.tags.extend(tags.iter().map(|tag| (*tag).to_owned()));
        let now = note.reworded(to);
        format!("{} | {}", now.text, now.tags.join(" "))
    };
    assert_eq!(reworded("say #ports", &[], "say #grain"), "say #grain | grain");
    assert_eq!(reworded("say #ports", &["later"], " ask "), "ask | later");
    assert_eq!(reworded("say", &["later"], "ask #later"), "ask #later | later");
    let retagged = |text: &str, line: &str| {
        let now = note(text).retagged(line);
        assert_eq!(now.retagged(line), now, "{text:?} {line:?} twice is as once");
        format!("{} | {}", now.text, now.tags.join(" "))
    };
    assert_eq!(retagged("say #ports, loud", "grain"), "say ports, loud #grain | grain");
    assert_eq!(retagged("say #ports", "#ports  #grain"), "say #ports #grain | ports grain");
    assert_eq!(retagged("#ports", ""), "ports | ");
    assert_eq!(retagged("say", "## # #"), "say | ");
    assert_eq!(retagged("à #été #мир", "мир"), "à été #мир | мир");
}

#[test]
fn what_is_removed_is_put_back_where_it_stood_and_under_a_number_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    for (at, text) in ["one", "two", "three"].iter().enumerate() {
        notes::add(dir, note(text), at as i64).unwrap();
    }
    let all = |dir: &Path| -> Vec<String> {
        let kept = notes::all(dir).unwrap().0;
        kept.iter().map(|n| format!("{} {}", n.number, n.text)).collect()
    };
    let (second, third) = {
        let kept = notes::all(dir).unwrap().0;
        (kept[1].clone(), kept[2].clone())
    };
    assert!(notes::remove(dir, 2).unwrap());
    assert!(!notes::remove(dir, 2).unwrap(), "it does not exist any more");
    notes::restore(dir, second.clone()).unwrap();
    notes::restore(dir, second.clone()).unwrap();
    assert_eq!(all(dir), ["1 one", "2 two", "3 three"]);

    // Another note has taken the number meanwhile: neither may be lost.
    assert!(notes::remove(dir, 3).unwrap());
    notes::add(dir, note("other"), 9).unwrap();
    notes::restore(dir, third).unwrap();
    let mut texts: Vec<String> = texts(dir);
    texts.sort();
    assert_eq!(texts, ["one", "other", "three", "two"]);
    let mut numbers: Vec<u32> = notes::all(dir).unwrap().0.iter().map(|n| n.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 4);

    notes::replace(dir, Note { text: "two again".to_owned(), ..second.clone() }).unwrap();
    assert!(all(dir).contains(&"2 two again".to_owned()));
    assert!(marks::set(dir, 'k', place(3)).unwrap().is_none());
    assert!(marks::remove(dir, 'k').unwrap());
    assert!(!marks::remove(dir, 'k').unwrap());
    assert!(marks::all(dir).unwrap().0.is_empty());
}

#[test]
fn marks_history_and_session_are_kept() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    marks::set(dir, 'a', place(1)).unwrap();
    marks::set(dir, 'я', place(2)).unwrap();
    marks::set(dir, 'a', place(3)).unwrap();
    let (kept, _) = marks::all(dir).unwrap();
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [('a', place(3)), ('я', place(2))]);

    let query = |kind, words: &str, at| Query { kind, query: words.to_owned(), at };
    let many: Vec<Query> =
        (0..500).rev().map(|at| query(Kind::Find, &format!("invented {at}"), at)).collect();
    let file = serde_json::json!({"format": "spv-history/1", "queries": many});
    std::fs::write(dir.join("history.json"), file.to_string()).unwrap();
    history::add(dir, query(Kind::Text, "invented 499", 510)).unwrap();
    history::add(dir, query(Kind::Find, "invented 300", 511)).unwrap();
    let (kept, _) = history::all(dir).unwrap();
    assert_eq!(kept.len(), history::QUERIES);
    assert_eq!(kept[0], query(Kind::Find, "invented 300", 511));
    assert_eq!(kept[1], query(Kind::Text, "invented 499", 510));
    assert_eq!(kept.iter().filter(|q| q.query == "invented 300").count(), 1);

    assert_eq!(session::last(dir).unwrap(), (Vec::new(), None));
    let open = spv::desk::Place {
        symbol: Symbol::exercise(1),
        language: Language::English,
        statement: 2,
        paragraph: 0,
        byte: 4,
        words: "invented".to_owned(),
        at: 5,
    };
    session::keep(dir, vec![open.clone()]).unwrap();
    assert_eq!(session::last(dir).unwrap().0, [open]);
}
