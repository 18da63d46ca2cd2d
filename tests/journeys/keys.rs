//! Keys as terminals send them: torn apart, pasted, and the ways to quit.

use crate::pty::*;

#[test]
fn a_torn_sequence_is_one_key() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("jj").wait("the third", |s| s.status().starts_with("3 of"));
    for piece in ["\x1b", "[", "A"] {
        term.types(piece);
    }
    term.wait("the second", |s| s.status().starts_with("2 of"));
    term.types("\x1bO").types("B").wait("the third", |s| s.status().starts_with("3 of"));
    term.types("\x1b[").types("6~").wait("a page down", |s| !s.status().starts_with("3 of"));
    term.types("Q");
    assert_eq!(term.ends(), 0);
}

#[test]
fn letters_of_other_alphabets_torn_apart_arrive_whole() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("f").shows("Find:");
    for byte in "сарсенов Ελλάδα 中国".bytes() {
        term.sends(&[byte]);
    }
    term.wait("what was typed", |s| s.row(1).contains("сарсенов Ελλάδα 中国"));
    term.types(CTRL_C).types(CTRL_C);
    assert_eq!(term.ends_and_restores(), 0);
}

/// How to come to a screen from the start, and what shows that one is there.
const SCREENS: &[(&str, &str)] = &[
    ("", "MSC/PV.6"),
    ("\r", "Ms. Rannaveer"),
    ("\r\r", "1/12"),
    ("?", "Keys: Meetings"),
    ("C", "Council"),
    ("jjjV", "Against"),
    ("8668G\r", "8668"),
    ("slake\r", "1 of 5"),
    ("slake\rc", "occurrences"),
];

#[test]
fn q_leads_from_every_screen_back_to_the_shell() {
    for (keys, shows) in SCREENS {
        let home = Home::new();
        let mut term = home.spv(&[]).start();
        term.shows("MSC/PV.6").types(keys).shows(shows);
        term.types("qqqq");
        assert_eq!(term.ends_and_restores(), 0, "{keys:?}");
    }
}

#[test]
fn capital_q_and_ctrl_c_quit_from_every_screen() {
    for quit in ["Q", CTRL_C] {
        for (keys, shows) in SCREENS {
            let home = Home::new();
            let mut term = home.spv(&[]).start();
            term.shows("MSC/PV.6").types(keys).shows(shows).types(quit);
            assert_eq!(term.ends_and_restores(), 0, "{keys:?} {quit:?}");
        }
    }
}

#[test]
fn esc_never_quits_and_ctrl_c_leaves_an_input_line_first() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("/q").wait("a filter", |s| s.status().starts_with("filter: q"));
    term.types(ESC).wait("no filter", |s| s.status().starts_with("1 of"));
    term.types(ESC).types("j").wait("still there", |s| s.status().starts_with("2 of"));
    term.types("fQq").wait("in Find", |s| s.row(1).contains("Qq")).types(CTRL_C);
    term.wait("the list", |s| s.status().starts_with("2 of"));
    term.types("/q").wait("a filter", |s| s.status().starts_with("filter: q")).types(CTRL_C);
    term.wait("no filter", |s| s.status().starts_with("2 of")).types(CTRL_C);
    assert_eq!(term.ends_and_restores(), 0);
}

/// A megabyte of invented lines; every one would quit, copy, suspend or open if it were typed.
fn much() -> String {
    let line = "Qq \u{3}invented \u{1a}line y\n\r";
    line.repeat((1 << 20) / line.len())
}

#[test]
fn a_megabyte_pasted_in_a_list_runs_no_key() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.wait("bracketed paste", |s| s.inner.bracketed_paste() && s.has("MSC/PV.6"));
    term.types(&format!("\x1b[200~{}\x1b[201~", much()));
    term.types("j").wait("only the key after it", |s| s.status().starts_with("2 of"));
    term.types("q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn a_megabyte_pasted_in_find_is_text_on_one_line() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("f").shows("Find:");
    term.types(&format!("\x1b[200~{}\x1b[201~", much()));
    term.wait("the text in the line", |s| s.row(1).contains("invented"));
    assert!(term.look(|s| s.has("Find:")), "{}", term.text());
    term.types(ESC).shows("MSC/PV.6").types("q");
    assert_eq!(term.ends_and_restores(), 0);
    assert_eq!(strangers(&term.since(0)), [] as [String; 0]);
}

#[test]
fn pasted_lines_in_find_open_nothing() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").types("f").shows("Find:");
    term.types("\x1b[200~sarsenov\nkazakhstan\n\x1b[201~");
    term.wait("the hit", |s| s.has("Mr. Sarsenov, Kazakhstan") && s.has("Find:"));
    term.types("Q").wait("a letter", |s| s.row(1).contains("Q")).types(CTRL_C).types(CTRL_C);
    assert_eq!(term.ends(), 0);
}
