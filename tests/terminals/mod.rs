//! Terminals as they are found: of no size, of no known name, with bytes that are no keys, or gone.
//! On the real binary.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::command::{self as kit, Kit};
use crate::pty::counted::Pty;

/// So long anything may take before a test gives it up.
const PATIENCE: Duration = Duration::from_secs(30);
const SPV: &str = env!("CARGO_BIN_EXE_spv");

/// The reader in a terminal of some name and size.
fn open(kit: &Kit, term: Option<&str>, size: (u16, u16), args: &[&str]) -> Pty {
    let home = kit.at("home").display().to_string();
    let library = kit.library().display().to_string();
    let mut environment = vec![("HOME", home.as_str()), ("SPV_LIBRARY", &library)];
    environment.extend(term.map(|term| ("TERM", term)));
    Pty::start(Path::new(SPV), args, &environment, size).unwrap()
}

/// The list of meetings is on the screen.
fn opened(screen: &str) -> bool {
    screen.contains("Security Council meetings") && screen.contains("S/PV.8668")
}

/// Leaves the reader, and looks at what is left.
#[track_caller]
fn leaves(mut terminal: Pty) {
    terminal.send(b"Q").unwrap();
    terminal.end(PATIENCE);
    assert_eq!(terminal.code(PATIENCE).unwrap(), 0);
    assert!(!terminal.screen().hide_cursor());
    assert!(!terminal.screen().alternate_screen());
    assert!(!terminal.screen().bracketed_paste());
}

#[test]
fn a_terminal_without_an_entry_anywhere_shows_the_reader() {
    let kit = Kit::new();
    for term in [None, Some(""), Some("no-such-terminal"), Some("vt100"), Some("linux")] {
        let mut terminal = open(&kit, term, (80, 24), &[]);
        assert!(terminal.until(PATIENCE, opened), "{term:?}\n{}", terminal.rows().join("\n"));
        leaves(terminal);
    }
}

#[test]
fn a_terminal_of_no_size_is_taken_for_a_usual_one_and_a_tiny_one_is_told() {
    let kit = Kit::new();
    let mut terminal = open(&kit, Some("xterm"), (0, 0), &[]);
    // The emulator here has one cell: what counts is that the bytes are of a whole screen.
    let bytes = terminal.settle(PATIENCE);
    assert!(String::from_utf8_lossy(&bytes).contains("Security Council meetings"));
    leaves(terminal);
    for size in [(1, 1), (2, 1), (1, 50), (200, 1), (23, 5)] {
        let mut terminal = open(&kit, Some("xterm"), size, &[]);
        assert!(terminal.until(PATIENCE, |screen| screen.contains('t') || screen.contains('…')));
        terminal.send(b"jjJ/a\x1b").unwrap();
        terminal.resize(80, 24).unwrap();
        terminal.send(b"\x0c").unwrap();
        leaves(terminal);
    }
}

#[test]
fn bytes_that_are_no_keys_do_nothing() {
    let kit = Kit::new();
    let mut terminal = open(&kit, Some("xterm"), (80, 24), &[]);
    assert!(terminal.until(PATIENCE, opened));
    terminal.send(b"\xff\xfe\xc3\x28\x80\x80\xf5\xed\xa0\x80\x00").unwrap();
    terminal.send(b"\x1b[999;999;999~\x1b]52;c;!!\x07\x1bP+q\x1b\\\x1b[<0;1;1M").unwrap();
    terminal.send(b"/8668").unwrap();
    let filtered = terminal.until(PATIENCE, |screen| screen.contains("filter: 8668"));
    assert!(filtered, "{}", terminal.rows().join("\n"));
    terminal.send(b"\x1b").unwrap();
    assert!(terminal.until(PATIENCE, |screen| !screen.contains("filter:")));
    leaves(terminal);
}

#[test]
fn a_megabyte_pasted_is_text_and_not_keys() {
    let kit = Kit::new();
    let mut terminal = open(&kit, Some("xterm"), (80, 24), &[]);
    assert!(terminal.until(PATIENCE, opened));
    // Outside an input line it is nothing: no Q in it ends the program.
    let page = "Q words of an invented page \x1b[31m ".repeat(32_000);
    for before in [&b""[..], b"f"] {
        terminal.send(before).unwrap();
        terminal.send(b"\x1b[200~").unwrap();
        for piece in page.as_bytes().chunks(4096) {
            terminal.send(piece).unwrap();
        }
        terminal.send(b"\x1b[201~").unwrap();
    }
    assert!(terminal.until(PATIENCE, |screen| screen.contains("invented page")));
    terminal.send(b"\x1b").unwrap();
    assert!(terminal.until(PATIENCE, opened));
    leaves(terminal);
}

#[test]
fn a_megabyte_pasted_where_pastes_are_not_marked_is_typed_and_over_soon() {
    let kit = Kit::new();
    // A VT100 sends what is pasted as keys; the line is full after the first of them.
    let page = "words of an invented page ".repeat(40_000);
    for (before, label) in [("/", "filter:"), ("f", "> "), ("s", "> ")] {
        let mut terminal = open(&kit, Some("vt100"), (80, 24), &[]);
        assert!(terminal.until(PATIENCE, opened));
        terminal.send(before.as_bytes()).unwrap();
        assert!(terminal.until(PATIENCE, |screen| screen.contains(label)));
        for piece in page.as_bytes().chunks(4096) {
            terminal.send(piece).unwrap();
        }
        assert!(terminal.until(PATIENCE, |screen| screen.contains("an invented")), "{before}");
        // The first leaves the line.
        terminal.send(b"\x03\x03").unwrap();
        terminal.end(PATIENCE);
        assert_eq!(terminal.code(PATIENCE).unwrap(), 0, "{before}");
    }
}

#[test]
fn an_output_that_is_a_file_or_a_closed_pipe_gets_lines_and_no_escapes() {
    let kit = Kit::new();
    let run = |out: Stdio| {
        Command::new(SPV)
            .env_clear()
            .env("HOME", kit.at("home"))
            .env("SPV_LIBRARY", kit.library())
            .env("TERM", "xterm")
            .arg("8668r1")
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let path = kit.at("out.txt");
    let ended = run(File::create(&path).unwrap().into()).wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("Page one ends here.") && !text.contains('\x1b'), "{text}");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = run(writer.into()).wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was_and_keeps_the_place() {
    for (name, code) in [("HUP", 129), ("INT", 130), ("QUIT", 131), ("TERM", 143)] {
        let kit = Kit::new();
        let mut terminal = open(&kit, Some("xterm"), (80, 24), &["8668r1"]);
        assert!(terminal.until(PATIENCE, |screen| screen.contains("Mr. Umarov")));
        terminal.send(b"\r").unwrap();
        assert!(terminal.until(PATIENCE, |screen| screen.contains("Page one ends here.")));
        let pid = terminal.pid().unwrap().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().unwrap();
        assert!(sent.success());
        terminal.end(PATIENCE);
        assert_eq!(terminal.code(PATIENCE).unwrap(), code, "{name}");
        let screen = terminal.screen();
        assert!(!screen.hide_cursor() && !screen.alternate_screen() && !screen.bracketed_paste());
        let places = kit::files(&kit.at("home"));
        assert!(places.iter().any(|file| file.ends_with("places.json")), "{places:?}");
    }
}

#[test]
fn a_wrong_line_rate_is_told() {
    let kit = Kit::new();
    let ran = kit::run(kit.bare().env("SPV_LINE_RATE", "fast").arg("8668"));
    ran.fails(2, "SPV_LINE_RATE=fast: not a rate in bits per second");
}
