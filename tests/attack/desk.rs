//! What the person keeps (notes, marks, places) is neither lost nor used against them.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::process::Signal;
use serde_json::{Value, json};
use spv::desk::history::{self, Kind, Query};
use spv::desk::{drafts, marks, notes, session};

use crate::command::{Kit, Ran};
use crate::pty::*;

const EVIL: &str = "rm -rf ~\r\x1b[2J\x1b[201~\u{9b}31m\u{202e}evil";

fn note(number: u32, text: &str) -> Value {
    json!({"number": number, "symbol": "MSC/PV.1", "language": "en", "statement": 1, "speaker": "Mr. Made",
           "words": "x", "before": "", "after": "", "quotation": "q", "citation": "c", "text": text,
           "tags": ["water"], "at": 1_700_000_000})
}

fn put_notes(dir: &Path, format: &str, notes: &[Value]) {
    let text = json!({"format": format, "colour": "red", "notes": notes}).to_string();
    std::fs::write(dir.join("notes.json"), text).unwrap();
}

/// The notes file, as any reader of JSON sees it.
fn file(dir: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(dir.join("notes.json")).unwrap()).unwrap()
}

fn all(dir: &Path) -> Vec<(u32, String)> {
    notes::all(dir).unwrap().0.into_iter().map(|note| (note.number, note.text)).collect()
}

/// Adds a note that is like another.
fn add(dir: &Path, text: &str) -> Result<u32, String> {
    let mut new: notes::Note = serde_json::from_value(note(0, text)).unwrap();
    new.tags.clear();
    notes::add(dir, new, 7).map(|(number, _)| number).map_err(|e| e.to_string())
}

#[test]
fn fields_of_another_version_are_kept_through_every_change() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let mut strange = note(1, "one");
    strange["reply"] = json!({"to": [4, null, 1.5]});
    put_notes(dir, "spv-notes/1.1", &[strange, note(2, "two")]);
    add(dir, "three").unwrap();
    let one = notes::all(dir).unwrap().0.remove(0);
    notes::replace(dir, one.reworded("one again #grain")).unwrap();
    assert!(notes::remove(dir, 2).unwrap());
    assert!(notes::remove(dir, 1).unwrap());
    notes::restore(dir, one.reworded("one back")).unwrap();
    let now = file(dir);
    assert_eq!((&now["colour"], &now["format"]), (&json!("red"), &json!("spv-notes/1.1")));
    assert_eq!(now["notes"][0]["reply"], json!({"to": [4, null, 1.5]}));
    assert_eq!(all(dir), [(1, "one back".to_owned()), (3, "three".to_owned())]);
}

#[test]
fn one_bad_note_costs_one_note_and_keeps_its_bytes() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let bad = r#"{"number":9,"symbol":"nonsense","text":"mine \u202e","at":1.0}"#;
    let good = note(1, "one").to_string();
    let text = format!(r#"{{"format":"spv-notes/1","notes":[{bad},{good},7,{{"number":-1}}]}}"#);
    std::fs::write(dir.join("notes.json"), text).unwrap();
    let (read, warning) = notes::all(dir).unwrap();
    let warning = warning.unwrap();
    assert_eq!(read.len(), 1);
    assert!(warning.contains("3 notes cannot be read (first number 1 of the list: "), "{warning}");
    assert_eq!(add(dir, "ten"), Ok(10), "not the number of one that is only not understood");
    assert!(std::fs::read_to_string(dir.join("notes.json")).unwrap().contains(bad));
    assert_eq!(file(dir)["notes"].as_array().unwrap().len(), 5);
    assert!(!dir.join("notes.json.damaged-1").exists());
}

#[test]
fn a_later_major_version_is_refused_and_a_minor_one_read() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    for minor in ["spv-notes/1", "spv-notes/1.1", "spv-notes/1.27.3-beta", "spv-notes/1."] {
        put_notes(dir, minor, &[note(1, "one")]);
        add(dir, "two").unwrap();
        assert_eq!((all(dir).len(), &file(dir)["format"]), (2, &json!(minor)));
    }
    for later in ["spv-notes/2", "spv-notes/2.1", "spv-notes/99999999999999999999", "spv-notes/10"]
    {
        put_notes(dir, later, &[note(1, "one")]);
        let before = file(dir);
        assert!(notes::all(dir).unwrap_err().contains("later version"), "{later}");
        assert!(add(dir, "two").unwrap_err().contains("upgrade spv"));
        assert_eq!(file(dir), before);
    }
}

#[test]
fn a_number_is_of_one_note() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    put_notes(dir, "spv-notes/1", &[note(1, "a"), note(1, "b"), note(0, "c"), note(2, "d")]);
    let (_, warning) = notes::all(dir).unwrap();
    assert!(warning.unwrap().contains("two notes had the number 1, one is now 3: b"));
    let words = |all: Vec<(u32, String)>| -> String {
        all.iter().map(|(number, text)| format!("{number}{text} ")).collect()
    };
    assert_eq!(words(all(dir)), "1a 3b 4c 2d ");
    assert!(notes::remove(dir, 1).unwrap());
    assert_eq!(words(all(dir)), "3b 4c 2d ", "one, and not both");
    assert!(!notes::remove(dir, 1).unwrap());
    put_notes(dir, "spv-notes/1", &[note(u32::MAX, "last"), note(u32::MAX, "too")]);
    assert_eq!(add(dir, "new"), Ok(2));
    assert_eq!(words(all(dir)), format!("{}last 1too 2new ", u32::MAX));
}

#[test]
fn marks_queries_and_the_session_keep_what_they_do_not_know() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let put = |name: &str, field: &str, what: Value| {
        let text = json!({"format": format!("spv-{name}/1.2"), "of": [1], field: what}).to_string();
        std::fs::write(dir.join(format!("{name}.json")), text).unwrap();
    };
    let kept = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(dir.join(format!("{name}.json"))).unwrap()).unwrap()
    };
    let mut place = note(1, "");
    place["hue"] = json!(3);
    put("marks", "marks", json!({"a": place, "ab": place, "z": {"symbol": 5}}));
    let (read, warning) = marks::all(dir).unwrap();
    assert_eq!((read.len(), warning.unwrap().contains("2 marks cannot be read")), (1, true));
    marks::set(dir, 'b', read[&'a'].clone()).unwrap();
    let now = kept("marks");
    assert_eq!((&now["of"], &now["marks"]["a"]["hue"]), (&json!([1]), &json!(3)));
    assert_eq!(
        (&now["marks"]["ab"]["hue"], &now["marks"]["z"]),
        (&json!(3), &json!({"symbol": 5}))
    );

    put(
        "history",
        "queries",
        json!([{"kind": "search", "query": "a", "at": 5, "x": 1}, {"kind": "new"}]),
    );
    history::add(dir, Query { kind: Kind::Find, query: "b".to_owned(), at: 1 }).unwrap();
    history::add(dir, Query { kind: Kind::Search, query: "a".to_owned(), at: 2 }).unwrap();
    let now = kept("history");
    assert_eq!((&now["of"], &now["queries"][0]["x"]), (&json!([1]), &json!(1)));
    assert_eq!(now["queries"][2], json!({"kind": "new"}));

    put(
        "session",
        "open",
        json!([{"symbol": "MSC/PV.1", "language": "en", "statement": 1, "at": 5, "x": 1}, 4]),
    );
    let (open, _) = session::last(dir).unwrap();
    session::keep(dir, open).unwrap();
    assert_eq!(
        (&kept("session")["open"][0]["x"], &kept("session")["open"][1]),
        (&json!(1), &json!(4))
    );
}

/// The folder of the desk in a home, there already.
fn desk(home: &Home) -> PathBuf {
    let dir = home.places().parent().unwrap().to_owned();
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn a_link_of_the_person_stays_and_its_target_is_written() {
    let temp = tempfile::tempdir().unwrap();
    let (dir, other) = (temp.path().join("desk"), temp.path().join("synced"));
    for folder in [&dir, &other] {
        std::fs::create_dir(folder).unwrap();
    }
    // Through two links, one of them relative, to a file that is not there yet.
    symlink("hop.json", dir.join("notes.json")).unwrap();
    symlink("../synced/notes.json", dir.join("hop.json")).unwrap();
    add(&dir, "one").unwrap();
    add(&dir, "two").unwrap();
    assert!(dir.join("notes.json").is_symlink() && dir.join("hop.json").is_symlink());
    assert!(!other.join("notes.json").is_symlink());
    assert_eq!(file(&other)["notes"].as_array().unwrap().len(), 2);
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 1, "nothing unfinished is left");

    // Two desks with links to one file lose nothing to one another.
    let second = temp.path().join("second");
    std::fs::create_dir(&second).unwrap();
    symlink(other.join("notes.json"), second.join("notes.json")).unwrap();
    std::thread::scope(|scope| {
        for dir in [&dir, &second] {
            scope.spawn(move || {
                for n in 0..20 {
                    add(dir, &format!("{n}")).unwrap();
                }
            });
        }
    });
    assert_eq!(file(&other)["notes"].as_array().unwrap().len(), 42);

    // A folder that is a link, also to one that is still to be made.
    symlink("elsewhere", temp.path().join("linked")).unwrap();
    add(&temp.path().join("linked"), "three").unwrap();
    assert_eq!(all(&temp.path().join("elsewhere")), [(1, "three".to_owned())]);

    // What cannot be followed is said, and nothing takes the place of the link.
    for (link, to, said) in [
        ("marks.json", "marks.json", "symbolic links"),
        ("session.json", "../gone/session.json", "create the folder that the link leads to"),
    ] {
        symlink(to, dir.join(link)).unwrap();
        let place = serde_json::from_value(note(1, "")).unwrap();
        let error = match link {
            "marks.json" => marks::set(&dir, 'a', place).map(drop),
            _ => session::keep(&dir, Vec::new()),
        };
        let error = error.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
        assert!(dir.join(link).is_symlink());
    }
    // A damaged file of somebody else is never moved: only the link to it is.
    let passwd = temp.path().join("passwd");
    std::fs::write(&passwd, "root:x:0").unwrap();
    std::fs::remove_file(dir.join("marks.json")).unwrap();
    symlink(&passwd, dir.join("marks.json")).unwrap();
    marks::set(&dir, 'a', serde_json::from_value(note(1, "")).unwrap()).unwrap();
    assert_eq!(std::fs::read_to_string(&passwd).unwrap(), "root:x:0");
    assert!(dir.join("marks.json.damaged-1").is_symlink() && !dir.join("marks.json").is_symlink());
}

/// In the text of the statement of Mr. Sarsenov.
fn reading(home: &Home) -> Term {
    let run = home.spv(&["MSC/PV.1 (Resumption 1)"]);
    let term = run.env("XDG_RUNTIME_DIR", home.at("run")).start();
    term.shows("Mr. Sarsenov").types("jj\r").wait("the text", |s| s.status().contains("/17"));
    term
}

#[test]
fn a_note_that_cannot_be_written_stays_in_the_line_and_outlives_a_kill() {
    let home = Home::new();
    let dir = desk(&home);
    symlink("../gone/notes.json", dir.join("notes.json")).unwrap();
    let mut term = reading(&home);
    term.types("vj").shows("selecting").types("aall of it #ports\r");
    term.shows("create the folder that the link leads to").shows("note: all of it #ports");
    term.types(" and more\r").shows("note: all of it #ports and more").shows("drafts.json");
    term.is_killed();
    let waiting = drafts::waiting(&dir).unwrap();
    assert_eq!(waiting, dir.join("drafts.json"));
    let (_, _, err) = home.command(&["notes"]);
    assert!(err.contains("drafts.json"), "{err}");

    // When it can be written again, the next start does.
    std::fs::create_dir(dir.parent().unwrap().join("gone")).unwrap();
    let mut term = home.spv(&[]).start();
    term.shows("is saved now").types("R").shows("all of it #ports and more").types("Q");
    term.ends_and_restores();
    assert_eq!(all(&dir), [(1, "all of it #ports and more".to_owned())]);
    assert_eq!(notes::all(&dir).unwrap().0[0].tags, ["ports"]);
    assert_eq!(drafts::waiting(&dir), None);
}

#[test]
fn a_line_given_back_is_sent_again_changed_or_left() {
    let home = Home::new();
    let dir = desk(&home);
    std::fs::create_dir(home.at("run")).unwrap();
    add(&dir, "old words").unwrap();
    // Whoever may do everything is refused too where the lock is a link.
    let lock = dir.join("desk.lock");
    let refuse = |refused: bool| {
        std::fs::remove_file(&lock).unwrap();
        if refused {
            symlink("nowhere", &lock).unwrap();
        }
    };
    let mut term = reading(&home);
    refuse(true);
    term.types("afirst\r").shows("it is a link").shows("note: first");
    // Left without Enter, it is no less kept; the next one does not take its place.
    term.types(ESC).hides("note: first").types("asecond\r").shows("it is a link");
    refuse(false);
    term.types("!\r").shows("is saved now").hides("note: second");
    term.types("R").shows("old words").shows("second!").shows("first");
    // The words and the tags of one that is there.
    refuse(true);
    term.types("ga, new\r").shows("it is a link").shows("note: old words, new");
    refuse(false);
    term.types("\r").shows("note 1 is changed");
    refuse(true);
    term.types("t\x15grain\r")
        .shows("it is a link")
        .shows("tags: grain")
        .types(ESC)
        .hides("it is a link");
    term.types("u").shows("it is a link").shows("old words, new");
    refuse(false);
    term.types("u").shows("is saved now").types("gx").shows("note 1 is removed");
    refuse(true);
    term.types("u").shows("it is a link");
    refuse(false);
    term.types("u").shows("note 1 is back").types("Q");
    term.ends_and_restores();
    let mut texts: Vec<String> = all(&dir).into_iter().map(|(_, text)| text).collect();
    texts.sort();
    // The tags that were left in the line are a note of their own, since the note they were for has changed.
    assert_eq!(texts, ["first", "old words", "old words, new #grain", "second!"]);
}

#[test]
fn where_the_whole_folder_refuses_the_draft_is_elsewhere() {
    let home = Home::new();
    let run = home.at("run");
    std::fs::create_dir(&run).unwrap();
    home.put(".local", "an invented file");
    let mut term = reading(&home);
    term.types("anowhere to go\r").shows("note: nowhere to go").types(" at all");
    term.shows("nowhere to go at all").signals(Signal::TERM);
    term.ends_and_restores();
    term.shows("the next start tries again");
    std::fs::remove_file(home.at(".local")).unwrap();
    let again = home.spv(&[]).env("XDG_RUNTIME_DIR", &run);
    let mut term = again.start();
    term.shows("is saved now").types("Q");
    term.ends_and_restores();
    assert_eq!(all(&desk(&home)), [(1, "nowhere to go at all".to_owned())]);
}

#[test]
fn line_by_line_it_is_said_too() {
    let kit = Kit::new();
    let dir = kit.at("home/.local/state/spv");
    std::fs::create_dir_all(&dir).unwrap();
    symlink("../gone/notes.json", dir.join("notes.json")).unwrap();
    let linear = |lines: &'static str| -> Ran {
        crate::command::run(kit.bare().args(["--linear", "--exercise"]).write_stdin(lines))
    };
    let ran = linear("MSC/PV.1\n1\nnote keep this #x\nquit\n");
    assert!(ran.out.contains("until then it is in"), "{}", ran.out);
    std::fs::create_dir(kit.at("home/.local/state/gone")).unwrap();
    let ran = linear("notes\nquit\n");
    assert!(
        ran.err.contains("is saved now") && ran.out.contains("keep this #x"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn nothing_of_a_notes_file_is_a_control_outside_it() {
    let home = Home::new();
    let dir = desk(&home);
    let mut evil = note(1, EVIL);
    for field in ["quotation", "citation", "speaker", "words", "language"] {
        evil[field] = json!(EVIL);
    }
    evil["tags"] = json!([EVIL]);
    put_notes(&dir, "spv-notes/1", &[evil]);
    let place = json!({"a": note(1, EVIL)});
    std::fs::write(
        dir.join("marks.json"),
        json!({"format": "spv-marks/1", "marks": place}).to_string(),
    )
    .unwrap();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("R").shows("1 note, 1 mark");
    term.types("Y").wait_bytes(0, "a citation", |bytes| !copied(bytes).is_empty());
    term.types("y").wait_bytes(0, "a quotation", |bytes| copied(bytes).len() > 1);
    term.types("Q");
    term.ends_and_restores();
    for text in copied(&term.since(0)) {
        assert!(text.contains("evil"), "{text}");
        assert!(
            !text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
            "{text:?}"
        );
    }
    for form in [&["notes"][..], &["notes", "--json"], &["notes", "--csv"], &["notes", "--md"]] {
        let (code, out, err) = home.command(form);
        assert_eq!((code, err.as_str()), (0, ""), "{form:?}");
        assert!(
            !out.chars().any(|c| (c.is_control() && !"\n\r".contains(c)) || c == '\u{202e}'),
            "{out:?}"
        );
        assert!(!out.replace("\r\n", "").contains('\r'), "{form:?}: {out:?}");
    }
}

#[test]
fn a_tilde_is_the_home_folder_and_never_a_folder_of_that_name() {
    let kit = Kit::new();
    let ran = |library: &str, args: &[&str]| -> Ran {
        crate::command::run(kit.bare().env("SPV_LIBRARY", library).args(args))
    };
    std::fs::rename(kit.library(), kit.at("home/lib")).unwrap();
    for library in ["~/lib", "~//lib", "~/./lib/"] {
        assert!(ran(library, &["list"]).out.contains("S/PV.8668"), "{library}");
        let option = format!("--library={library}");
        assert!(ran("", &[&option, "list"]).out.contains("S/PV.8668"), "{library}");
    }
    ran("~root/lib", &["list"]).fails(2, "SPV_LIBRARY=~root/lib: only ~ and ~/ are known");
    ran("~root/lib", &["--library=~other", "list"]).fails(2, "write the full path, or ./~other");
    let homeless =
        crate::command::run(kit.bare().env("SPV_LIBRARY", "~/lib").env("HOME", "").arg("list"));
    homeless.fails(2, "HOME is not set");
    let record = kit.write("S_PV.8669.en.json", "{}");
    let import = ["import", record.to_str().unwrap(), "--no-index"];
    for library in ["~", "~/new", "~x"] {
        ran(library, &import);
    }
    let names = std::fs::read_dir(kit.folder.path()).unwrap();
    assert!(names.flatten().all(|entry| !entry.file_name().to_string_lossy().starts_with('~')));
}
