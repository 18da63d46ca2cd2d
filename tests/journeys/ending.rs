//! Every way the program ends: the terminal as it was found, and an exit code that tells.

use crate::pty::*;
use rustix::process::Signal;

#[test]
fn signals_restore_the_terminal_and_keep_the_place() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let home = Home::new();
        let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
        term.shows("Mr. Sarsenov").types("jj\r").wait("the text", |s| s.status().contains("/17"));
        term.types("/ethnic\r").shows("hit 1 of");
        let top = term.look(|s| s.row(1));
        term.signals(signal);
        let code = u32::try_from(128 + signal.as_raw()).unwrap();
        assert_eq!(term.ends_and_restores(), code, "{signal:?}");
        assert!(home.places().is_file(), "{signal:?} kept no place");

        let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
        term.shows("Mr. Sarsenov").types(ENTER);
        term.wait(&format!("{top} at the top ({signal:?})"), |s| s.row(1) == top);
        term.types("Q");
        assert_eq!(term.ends(), 0);
    }
}

/// A stand-in for the program with a fault in it: this test's own binary opens the reader, and another
/// thread panics when it is told to. The program itself has no way to be made to panic.
#[test]
#[ignore = "runs only inside the terminal of the test below"]
fn a_reader_with_a_fault() {
    let mut told = signal_hook::iterator::Signals::new([signal_hook::consts::SIGURG]).unwrap();
    let fault = move || {
        told.forever().next();
        panic!("an invented fault");
    };
    std::thread::Builder::new().name("fault".to_owned()).spawn(fault).unwrap();
    let _ = spv::run::reader(spv::app::action::Opening::Meetings, spv::run::Options::default());
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_read_on_it() {
    let home = Home::new();
    let me = std::env::current_exe().unwrap();
    let args = ["--exact", "journeys::ending::a_reader_with_a_fault", "--ignored", "--nocapture"];
    let mut term = home.program(me, &args).start();
    term.shows("MSC/PV.6").wait("its screen", |s| s.inner.alternate_screen());
    term.signals(Signal::URG);
    assert_eq!(term.ends_and_restores(), 101);
    assert!(term.look(|s| s.has("an invented fault")), "{}", term.text());
}

#[test]
fn a_terminal_that_vanishes_ends_the_program() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.6"]).start();
    term.shows("Ms. Rannaveer").types("\r").shows("1/12");
    term.vanishes("?");
    let code = term.ends();
    // The signal and the end of the input race; each is an end that tells.
    assert!(code == 129 || code == 3, "{code}");
    assert!(home.places().is_file(), "the place is lost");
}

#[test]
fn a_terminal_that_vanishes_ends_the_program_even_when_hangups_are_ignored() {
    let home = Home::new();
    let script = format!("trap '' HUP; exec {SPV} MSC/PV.6");
    let mut term = home.program("/bin/sh", &["-c", &script]).start();
    term.shows("Ms. Rannaveer");
    term.vanishes("?");
    let code = term.ends();
    assert!(code == 129 || code == 3, "{code}");
}

#[test]
fn without_a_terminal_it_answers_as_a_command() {
    let home = Home::new();
    let (code, out, err) = home.command(&[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("MSC/PV.6") && !out.contains('\x1b'), "{out}");
    assert_eq!(err.lines().count(), 1, "one line says what these are: {err}");
    // Standard output is the terminal, standard input is not.
    let script = format!("exec {SPV} < /dev/null");
    let mut term = home.program("/bin/sh", &["-c", &script]).start();
    assert_eq!(term.ends_and_restores(), 0);
    assert!(!term.since(0).contains(&0x1b));
    term.shows("MSC/PV.1");
    // And the other way round.
    let script = format!("{SPV} | cat");
    let mut term = home.program("/bin/sh", &["-c", &script]).start();
    assert_eq!(term.ends_and_restores(), 0);
    assert!(!term.since(0).contains(&0x1b));
}

#[test]
fn whoever_reads_the_output_may_leave() {
    let home = Home::new();
    let script = format!("{SPV} list --all | head -1; echo codes ${{PIPESTATUS[*]}}");
    let mut term = home.program("/bin/bash", &["-c", &script]).start();
    assert_eq!(term.ends(), 0);
    assert!(term.look(|s| s.has("codes 0 0")), "{}", term.text());
}
