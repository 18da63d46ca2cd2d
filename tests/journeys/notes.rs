//! Notes and marks as a person meets them: kept at once, listed, changed, taken back; and the records
//! that stood open when the reader was left.

use rustix::process::Signal;

use crate::pty::*;

/// In the text of the statement of Mr. Sarsenov.
fn reading(home: &Home) -> Term {
    let term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
    term.shows("Mr. Sarsenov").types("jj\r").wait("the text", |s| s.status().contains("/17"));
    term
}

/// The words of the notes as they are on the disk.
fn kept(home: &Home) -> Vec<String> {
    let (_, out, err) = home.command(&["notes", "--json"]);
    let words = |line: &str| {
        let note: serde_json::Value = serde_json::from_str(line).unwrap();
        note["text"].as_str().unwrap().to_owned()
    };
    assert!(!err.contains("damaged"), "{err}");
    out.lines().map(words).collect()
}

#[test]
fn a_note_outlives_a_kill_and_is_filtered_changed_removed_and_taken_back() {
    let home = Home::new();
    let mut term = reading(&home);
    term.types("aask for the list #ports\r").shows("noted on MSC/PV.1 (Resumption 1), p. ");
    // Keys are answered in their order: when the mark is set, the second note is on the disk.
    term.types("4jaa second thought\r").types("mk").shows("mark k is set");
    term.is_killed();
    assert_eq!(kept(&home), ["ask for the list #ports", "a second thought"]);

    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("R").shows("Notes and marks: 2 notes, 1 mark");
    term.shows("ask for the list #ports").shows("a second thought").shows("'k");
    term.types("/PORTS").hides("a second thought").types("\r");
    term.types("a again\r").shows("note 1 is changed; u takes it back");
    term.types("t\x15grain\r").wait("the new tag", |s| s.has("Tags: grain"));
    term.types("u").shows("note 1 is as it was").shows("Tags: ports");
    term.types(ESC).shows("a second thought");
    term.types("x").shows("note 1 is removed; u puts it back").shows("1 note, 1 mark");
    assert_eq!(kept(&home), ["a second thought"], "on the disk before the next key");
    term.types("u").shows("note 1 is back").shows("2 notes, 1 mark");
    term.types("g\r").wait("its passage", |s| s.row(0).contains("MSC/PV.1 (Resumption 1)"));
    term.shows("ask for the list #ports again");
    term.types(BACKSPACE).shows("Notes and marks").types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    assert_eq!(kept(&home), ["ask for the list #ports again", "a second thought"]);
}

#[test]
fn two_readers_of_one_person_each_keep_their_notes() {
    let home = Home::new();
    let (one, other) = (reading(&home), reading(&home));
    for n in 0..4 {
        one.types(&format!("aone {n}\r"));
        other.types(&format!("aother {n}\r"));
    }
    for mut term in [one, other] {
        // The last note is on the disk when the next key is answered.
        term.types("R").shows("Notes and marks").types("Q");
        assert_eq!(term.ends_and_restores(), 0);
    }
    let mut here = kept(&home);
    here.sort();
    let wanted = ["one", "other"].iter().flat_map(|who| (0..4).map(move |n| format!("{who} {n}")));
    assert_eq!(here, wanted.collect::<Vec<_>>());
}

#[test]
fn resume_opens_what_stood_open_when_the_line_broke() {
    for signal in [Signal::HUP, Signal::TERM] {
        let home = Home::new();
        let mut term = reading(&home);
        term.types("/orchard\r").shows("hit 1 of").types("3j");
        term.wait("three lines on", |s| s.status().contains("/17"));
        let top = term.look(|s| s.row(1));
        term.signals(signal);
        term.ends_and_restores();
        let mut term = home.spv(&["--resume"]).start();
        term.wait(&format!("{top} at the top"), |s| s.row(1) == top);
        // One step back is the list of its statements, as when the text was opened from it.
        term.types("q").shows("Ms. Solheimsdal").types("Q");
        assert_eq!(term.ends_and_restores(), 0);
    }
}

#[test]
fn resume_after_a_kill_opens_what_was_kept_before_it() {
    let home = Home::new();
    let mut term = home.spv(&["--resume"]).start();
    term.shows("no record was open").types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    let mut term = reading(&home);
    let top = term.look(|s| s.row(1));
    term.types("Q");
    assert_eq!(term.ends(), 0);
    // Killed in another record, which was never left: the session before it is opened.
    let mut term = home.spv(&["MSC/PV.6"]).start();
    term.shows("Ms. Rannaveer").types("\r").wait("the text", |s| s.status().contains("1/12"));
    term.is_killed();
    let mut term = home.spv(&["--resume"]).start();
    term.wait(&format!("{top} at the top"), |s| s.row(1) == top);
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
