//! NO_COLOR, TERM and what may be sent to the terminal at all.

use crate::pty::*;

/// Every parameter of every SGR sequence in some output.
fn looks(bytes: &[u8]) -> Vec<u16> {
    let mut all = Vec::new();
    for (_, sequence) in sequences(bytes) {
        let body = sequence.strip_prefix("\x1b[").and_then(|s| s.strip_suffix('m'));
        let numbers = body.map(|b| b.split(';').map(|n| n.parse().unwrap_or(0)));
        all.extend(numbers.into_iter().flatten());
    }
    all
}

fn is_colour(n: u16) -> bool {
    matches!(n, 30..=49 | 90..=107)
}

/// Goes through most screens and quits.
fn tour(term: &mut Term) {
    term.shows("MSC/PV.6").types("j").wait("the second", |s| s.status().starts_with("2 of"));
    term.types("\r").shows("MSC/PV.5").types("\r").shows("1/");
    term.types("?").shows("Keys:").types("q").hides("Keys:");
    term.types("fsyria 2014").shows("S/2014/348").types("\x1b").hides("S/2014/348");
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn no_color_sends_no_colour_and_still_shows_what_is_selected() {
    let home = Home::new();
    let mut term = home.spv(&[]).env("NO_COLOR", "1").start();
    term.shows("MSC/PV.6");
    term.wait("the selection", |s| s.reversed().iter().any(|row| row.contains("MSC/PV.6")));
    term.types("j").wait("the next", |s| s.reversed().iter().any(|row| row.contains("MSC/PV.5")));
    term.types("k").wait("the first", |s| s.status().starts_with("1 of"));
    tour(&mut term);
    let coloured: Vec<u16> = looks(&term.since(0)).into_iter().filter(|n| is_colour(*n)).collect();
    assert_eq!(coloured, [] as [u16; 0]);
}

#[test]
fn with_colour_there_is_some() {
    let home = Home::new();
    let mut term = home.spv(&[]).start();
    tour(&mut term);
    assert!(looks(&term.since(0)).into_iter().any(is_colour));
}

#[test]
fn nothing_but_the_renderers_own_is_ever_sent() {
    for name in ["xterm-256color", "xterm-kitty", "screen", "linux", "vt100", "unheard-of"] {
        let home = Home::new();
        let mut term = home.spv(&[]).env("TERM", name).start();
        tour(&mut term);
        assert_eq!(strangers(&term.since(0)), [] as [String; 0], "{name}");
    }
}

/// A terminal that cannot move its cursor is answered in lines, until the end of what is typed.
#[test]
fn a_dumb_terminal_is_answered_in_lines_and_gets_no_escape() {
    for (args, shows) in [
        (&[][..], "MSC/PV.6"),
        (&["MSC/PV.6"], "Ms. Rannaveer"),
        (&["sarsenov"], "Sarsenov"),
        (&["7180"], "S/2014/348"),
    ] {
        let home = Home::new();
        let mut term = home.spv(args).env("TERM", "dumb").start();
        term.types("\x04");
        let code = term.ends_and_restores();
        let text = String::from_utf8(term.since(0)).unwrap();
        assert!(!text.contains('\x1b'), "{text:?}");
        assert!(text.contains(shows) && code <= 1, "{args:?}: {code} {text}");
    }
}

/// Without TERM there is no knowing what the terminal can do.
#[test]
fn without_term_only_what_every_terminal_knows_is_sent() {
    let home = Home::new();
    let mut term = home.spv(&[]).without("TERM").start();
    term.shows("MSC/PV.6").types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    let sent = term.since(0);
    assert!(looks(&sent).into_iter().all(|n| !is_colour(n)));
    assert!(sequences(&sent).iter().all(|(_, s)| !s.contains("?1049")));
}

/// What a terminal's clipboard does not take is shown at once.
#[test]
fn a_terminal_without_a_clipboard_shows_what_was_copied() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.6"]).env("TERM", "linux").start();
    term.shows("Ms. Rannaveer").types("\r").wait("the text", |s| s.status().contains("1/12"));
    term.types("y").wait("it, at the edge", |s| s.row(1).starts_with("MSC/PV.6, p. 2"));
    assert!(term.look(|s| s.status().contains("not known to have a clipboard")), "{}", term.text());
    term.types("\x1b").wait("the text again", |s| s.status().contains("1/12"));
    assert!(copied(&term.since(0)).is_empty());
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
