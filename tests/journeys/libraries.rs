//! Libraries: named but missing, with damaged files, with a hostile record.

use crate::pty::*;

const HOSTILE: &str = include_str!("../fixtures/records/hostile.en.json");
const PLAIN: &str = include_str!("../fixtures/records/votes.en.json");

/// An invented record as if it were real: exercises stay out of a library of real records.
fn as_real(record: &str) -> String {
    let record = record.replace("\"exercise\": true", "\"exercise\": false");
    record.replace("\"symbol\": \"MSC/PV.", "\"symbol\": \"S/PV.20")
}

#[test]
fn a_named_library_that_is_missing_is_one_line_and_no_screen() {
    let home = Home::new();
    let a_file = home.put("a-file", "an invented line");
    for path in ["/nonexistent", a_file.to_str().unwrap()] {
        let mut term = home.spv(&["--library", path]).start();
        let code = term.ends_and_restores();
        assert!(code == 2 || code == 3, "{path}: {code}");
        let said = String::from_utf8(term.since(0)).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with("spv: ") && said.contains(path), "{said}");
        assert!(!said.contains('\x1b'), "{said:?}");
    }
}

#[test]
fn damaged_files_are_counted_and_listed_and_the_rest_is_read() {
    let home = Home::new();
    home.put_record("2020/plain.en.json", as_real(PLAIN));
    home.put_record("2020/S_PV.1.en.json", "{ \"format\": \"spv/1\", ");
    home.put_record("2020/S_PV.2.en.json", b"\xff\xfe not text");
    home.put_record("2020/S_PV.3.en.json", "{\"format\": \"spv/9\"}");
    home.put_record("2020/S_PV.4.en.json.zst", "no such frame");
    let mut term = home.spv(&[]).start();
    term.wait("how many", |s| s.has("4 records unreadable (!)"));
    term.types("!").shows("S_PV.1.en.json").shows("S_PV.2.en.json");
    let before = term.text();
    term.types("G").wait("the end of the list", |s| s.text() != before || s.has("S_PV.4"));
    term.types("q").wait("the meetings", |s| s.status().starts_with("1 of"));
    term.types("\r").wait("a record", |s| s.has("· en ·") && s.has("4 records unreadable (!)"));
    term.types("!").shows("S_PV.1.en.json").types("q\r");
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn a_hostile_record_cannot_drive_the_terminal() {
    let home = Home::new();
    home.put_record("2020/S_PV.20905.en.json", as_real(HOSTILE));
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.20905");
    let mark = term.mark();
    term.types("\r").wait("the statements", |s| s.status().starts_with("1 of"));
    term.types("j").wait("the second", |s| s.status().starts_with("2 of")).types("k\r");
    term.wait("the text", |s| s.status().contains('%')).types("g");
    term.wait("its beginning", |s| s.has("Exercise record of"));
    let mut read = term.text();
    while !term.look(|s| s.status().contains("· end ·")) {
        let before = term.text();
        term.types(" ").wait("the next page", |s| s.text() != before);
        read.push_str(&term.text());
    }
    term.types("?").shows("Keys:").types("q").types("fescape").shows("Find:");
    term.wait("the name", |s| s.has("Mr. Es")).types(ESC);
    term.hides("Find:").resizes(40, 12).wait("the new size", |s| s.status().contains('%'));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    assert_eq!(strangers(&term.since(mark)), [] as [String; 0]);
    // The text shows what it is: its sequences without the character that makes them work.
    for shown in ["]0;owned", "aGVsbG8=", "[2J clears", "and then it ends.", "=HYPERLINK"] {
        assert!(read.contains(shown), "{shown} was not read in\n{read}");
    }
}

/// Copying is the one sequence beyond the renderer's, and what it holds is harmless as well.
#[test]
fn what_is_copied_from_a_hostile_record_is_harmless() {
    let home = Home::new();
    home.put_record("2020/S_PV.20905.en.json", as_real(HOSTILE));
    let mut term = home.spv(&["S/PV.20905"]).start();
    term.wait("the statements", |s| s.status().starts_with("1 of"));
    let mark = term.mark();
    term.types("g\r").wait("the text", |s| s.status().contains('%')).types("JKY");
    term.wait_bytes(mark, "a copy", |bytes| !copied(bytes).is_empty());
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    let bytes = term.since(mark);
    for text in copied(&bytes) {
        assert!(text.contains("aGVsbG8="), "{text:?}");
        let control = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(control), "{text:?}");
    }
    let strange = strangers(&bytes);
    assert!(strange.iter().all(|s| s.starts_with("\x1b]52;c;") || s == "'\\u{7}'"), "{strange:?}");
}
