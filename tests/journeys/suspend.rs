//! Ctrl-Z under a shell with job control, and coming back.

use crate::pty::*;
use rustix::process::Signal;

/// An interactive shell in a terminal, with a prompt that nothing else writes.
fn shell(home: &Home) -> Term {
    // Without line editing, which has modes of its own.
    let args = ["--norc", "--noprofile", "--noediting", "-i"];
    let term = home.program("/bin/bash", &args).env("PS1", "ready> ").start();
    term.shows("ready>");
    term
}

/// Whether the last line written is the prompt.
fn prompts(screen: Screen) -> bool {
    !screen.inner.alternate_screen()
        && screen.rows().iter().rev().find(|row| !row.is_empty()).is_some_and(|r| r == "ready>")
}

#[test]
fn suspended_the_terminal_is_the_shells_and_fg_draws_anew() {
    let home = Home::new();
    let mut term = shell(&home);
    let (of_shell, _) = term.modes();
    term.types(&format!("{SPV} MSC/PV.6\r")).shows("Ms. Rannaveer");
    let (raw, _) = term.modes();
    assert_ne!(raw, of_shell);
    term.types("jj").wait("the third", |s| s.status().starts_with("3 of"));
    let before = term.text();
    for _ in 0..2 {
        term.types(CTRL_Z).wait("the prompt", prompts).shows("Stopped");
        assert_restored(&term);
        assert_eq!(term.modes().0, of_shell, "the modes while suspended");
        // What the shell writes in between is gone from the screen afterwards.
        term.types("echo some$((40+2))thing\r").shows("some42thing").wait("the prompt", prompts);
        term.types("fg\r").wait("the same screen", |s| s.text() == before);
        assert!(term.look(|s| s.inner.alternate_screen() && s.inner.bracketed_paste()));
    }
    term.types("j").wait("the fourth", |s| s.status().starts_with("4 of"));
    term.types("Q").wait("the prompt", prompts);
    assert_eq!(term.modes().0, of_shell, "the modes after the end");
    term.types("echo code $?\r").shows("code 0").types("exit\r");
    assert_eq!(term.ends(), 0);
}

#[test]
fn a_size_changed_while_suspended_is_found_on_coming_back() {
    let home = Home::new();
    let mut term = shell(&home);
    term.types(&format!("{SPV} MSC/PV.6\r")).shows("Ms. Rannaveer");
    term.types(CTRL_Z).wait("the prompt", prompts);
    term.resizes(40, 12);
    term.types("fg\r")
        .wait("forty columns", |s| s.has("Ms. Rannaveer") && s.status().contains("? keys"));
    let widest = term.look(|s| s.rows().iter().map(|r| r.chars().count()).max());
    assert!(widest <= Some(40));
    term.types("Q").wait("the prompt", prompts).types("exit\r");
    assert_eq!(term.ends(), 0);
}

/// Stopped from outside the program gets no word beforehand, and the shell sets the terminal to its own
/// modes: whoever continues it finds the screen and the keys as they were.
#[test]
fn stopped_from_outside_and_continued_it_goes_on() {
    let home = Home::new();
    let mut term = shell(&home);
    term.types(&format!("{SPV} MSC/PV.6\r")).shows("Ms. Rannaveer");
    let before = term.text();
    let pid = child_of(&term);
    rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), Signal::TSTP)
        .unwrap();
    term.shows("Stopped");
    term.types("fg\r").wait("the same screen", |s| s.text() == before);
    term.types("j").wait("the second", |s| s.status().starts_with("2 of"));
    term.types("Q").wait("the prompt", prompts).types("exit\r");
    assert_eq!(term.ends(), 0);
}

/// Where no shell could continue it, Ctrl-Z must not stop the program for ever.
#[test]
fn suspended_without_a_shell_it_goes_on() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.6"]).start();
    term.shows("Ms. Rannaveer").types(CTRL_Z).types("j");
    term.wait("the second", |s| s.inner.alternate_screen() && s.status().starts_with("2 of"));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
