//! `F` in the reader, in a terminal of its own and in linear mode: a record from the rehearsed server
//! on the loopback.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use super::command::{Kit, meeting, pdf};
use super::dataset::{ran, records};
use super::server::{End, Reply, Server};
use crate::pty::{ENTER, ESC, Home, Run, Term};

/// The reader at the card of a meeting whose text is not here, with this server for the service.
fn reader(home: &Home, server: &Server, args: &[&str]) -> Run {
    home.spv(&[&["8668"], args].concat()).env("SPV_GET_FROM", &server.address)
}

fn at_the_card(home: &Home, server: &Server, args: &[&str]) -> Term {
    let term = reader(home, server, args).start();
    term.shows("The text of this record is not in the library.");
    term
}

const QUESTION: &str = "fetch S/PV.8668 from documents.un.org, about 1 MB?";

#[test]
fn a_record_is_fetched_while_one_goes_on_and_is_opened() {
    let (release, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let server = Server::new(move |asked, _| {
        gate.lock().unwrap().recv().unwrap();
        let number = meeting(asked).unwrap();
        Reply::file(&pdf(number), "\"a\"", asked)
    });
    let home = Home::new();
    let mut term = at_the_card(&home, &server, &[]);
    term.shows("F fetch").types("F").shows(QUESTION).types(ESC).hides(QUESTION);
    term.types("F").shows(QUESTION);
    assert_eq!(server.times(), 0, "nothing is asked before the person agrees");
    term.types("F").shows("fetching S/PV.8668 \u{2026}");
    // Keys are answered meanwhile.
    term.types("?").shows("Keys: ").types("q").shows("fetching S/PV.8668 \u{2026}");
    release.send(()).unwrap();
    term.wait("the statements", |s| s.status().starts_with("1 of") && s.has("S/PV.8668"));
    assert_eq!(server.asked().len(), 1);
    assert_eq!(records(&home.library()).len(), 1);
    // The first library was made, and the card that said that nothing is here is gone.
    term.types("q").shows("~/.local/share/spv/library").types("q");
    assert_eq!(term.ends_and_restores(), 0);
    // From now on it is here.
    let term = reader(&home, &server, &[]).start();
    term.wait("the statements", |s| s.status().starts_with("1 of"));
    assert_eq!(server.times(), 1);
}

#[test]
fn how_far_it_is_is_shown_and_what_came_before_the_end_is_resumed() {
    let server = Server::new(|asked, before| {
        let end = if before == 0 { End::Silent(150_000) } else { End::Whole };
        Reply::file(&pdf(8668), "\"a\"", asked).end(end)
    });
    let home = Home::new();
    let mut term = at_the_card(&home, &server, &[]);
    let part = home.library().join(".spv/get/S_PV.8668.en.pdf.part");
    term.types("F").shows(QUESTION).types(ENTER).shows("fetching S/PV.8668: ").shows(" kB");
    term.wait("the bytes that came", |_| {
        std::fs::metadata(&part).is_ok_and(|meta| meta.len() == 150_000)
    });
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    assert!(records(&home.library()).is_empty());
    let term = at_the_card(&home, &server, &[]);
    term.types("FF").wait("the statements", |s| s.status().starts_with("1 of"));
    assert_eq!(server.asked()[1].from(), 150_000);
}

/// The words of a screen, a message over several rows as one line.
fn in_one_line(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_does_not_come_is_one_line_and_the_reader_stays() {
    for (answer, with) in [
        ((|number| (number != 9400).then(Reply::nothing)) as fn(u32) -> Option<Reply>, "is empty"),
        (|_| Some(Reply::page(200)), "the service blocks this machine for a while"),
        (|_| Some(Reply::challenge(202)), "it wants a browser"),
        (|_| Some(Reply::page(403)), "refuses this program (status 403)"),
        (|_| Some(Reply::to("https://records.invalid/x.pdf")), "not an allowed host"),
    ] {
        let server = Server::new(move |asked, _| {
            let number = meeting(asked).unwrap_or_default();
            answer(number).unwrap_or_else(|| Reply::file(&pdf(number), "\"a\"", asked))
        });
        let home = Home::new();
        let mut term = at_the_card(&home, &server, &[]);
        term.types("FF").wait(with, |s| in_one_line(&s.text()).contains(with));
        term.shows("S/PV.8668").types("j").shows("Get it:").types("Q");
        assert_eq!(term.ends_and_restores(), 0);
        assert!(records(&home.library()).is_empty(), "{with}");
    }
    // A neighbouring document is refused, and both are named.
    let server = Server::new(|asked, _| Reply::file(&pdf(8669), "\"a\"", asked));
    let home = Home::new();
    let term = at_the_card(&home, &server, &[]);
    let both = "asked for S/PV.8668 in English, but the service sent S/PV.8669";
    term.types("FF").wait("both symbols", |s| in_one_line(&s.text()).contains(both));
    assert!(records(&home.library()).is_empty());
}

#[test]
fn never_offline_and_not_where_the_settings_forbid_it() {
    let server = Server::new(|asked, _| Reply::file(&pdf(8668), "\"a\"", asked));
    let forbidden = Home::new();
    forbidden.put(".config/spv/settings", "network = no\n");
    for (home, args, with) in [
        (Home::new(), &["--offline"][..], "--offline or SPV_OFFLINE disables the network"),
        (forbidden, &[], "the setting network = no disables the network"),
    ] {
        let mut term = at_the_card(&home, &server, args);
        term.hides("F fetch").types("F").shows(with).types("F").types(ENTER).types("Q");
        assert_eq!(term.ends_and_restores(), 0);
        let script = Kit::talk(&home, &server, args, "fetch\n\n");
        assert!(script.contains(with) && !script.contains("The word fetch"), "{script}");
    }
    assert_eq!(server.times(), 0);
}

#[test]
fn linear_mode_asks_fetches_and_opens() {
    let server = Server::new(|asked, _| Reply::file(&pdf(8668), "\"a\"", asked));
    let home = Home::new();
    let out = Kit::talk(&home, &server, &[], "fetch\nwhere\n\nmeetings\n");
    assert!(out.contains(&format!("{QUESTION} fetch again, or Enter, fetches it.")), "{out}");
    assert_eq!(server.times(), 0, "another word is no agreement: {out}");
    for agreeing in ["fetch", ""] {
        let home = Home::new();
        let before = server.times();
        let out = Kit::talk(&home, &server, &[], &format!("fetch\n{agreeing}\n"));
        assert!(out.contains("The word fetch gets it from documents.un.org."), "{out}");
        assert_eq!((records(&home.library()).len(), server.times()), (1, before + 1), "{out}");
        let said = out.find("Fetching S/PV.8668 from documents.un.org.").unwrap();
        assert!(out[said..].contains("Mr. Orlan"), "its statements are said: {out}");
    }
    let nothing = Server::script(vec![Reply::challenge(202)]);
    let out = Kit::talk(&Home::new(), &nothing, &[], "fetch\nfetch\nwhere\n");
    assert!(out.contains("it wants a browser") && out.trim_end().ends_with("S/PV.8668."), "{out}");
}

impl Kit {
    /// What linear mode says to these lines, at the card.
    fn talk(home: &Home, server: &Server, args: &[&str], lines: &str) -> String {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_spv"));
        command.env_clear().env("HOME", home.at("")).env("SPV_GET_FROM", &server.address);
        command.args(["--linear", "8668"]).args(args);
        let script = home.put("script", lines);
        command.stdin(std::fs::File::open(script).unwrap());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let ran = ran(command);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.out
    }
}
