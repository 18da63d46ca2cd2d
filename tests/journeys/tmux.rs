//! The same keys inside tmux and in a terminal of the test's own: what stands on the two screens, cell
//! by cell. tmux keeps a screen of its own by rules of its own, so this is a second opinion on what the
//! renderer sends.

use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::pty::*;

/// The program in a tmux server that nobody is attached to.
struct Tmux<'a> {
    home: &'a Home,
}

impl<'a> Tmux<'a> {
    /// Starts it, or says that there is no tmux here.
    fn start(home: &'a Home, args: &[&str]) -> Option<Self> {
        let found = Command::new("tmux").arg("-V").stdout(Stdio::null()).status();
        if !found.is_ok_and(|status| status.success()) {
            println!("SKIPPED: tmux is not installed");
            return None;
        }
        let settings =
            "set -g status off\nset -g default-terminal tmux-256color\nset -sg escape-time 0\n";
        home.put("tmux.conf", settings);
        let tmux = Self { home };
        let start = ["new-session", "-d", "-x", "80", "-y", "24", SPV];
        let started = tmux.says(&[&start[..], args].concat());
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        Some(tmux)
    }

    fn says(&self, args: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.env_clear().env("HOME", self.home.at("")).env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("LANG", "C.UTF-8");
        command.arg("-S").arg(self.home.at("tmux.socket")).arg("-f").arg(self.home.at("tmux.conf"));
        command.args(args).stdin(Stdio::null()).output().unwrap()
    }

    /// Types keys, as the bytes a terminal sends.
    fn types(&self, keys: &str) {
        let bytes: Vec<String> = keys.bytes().map(|byte| format!("{byte:02x}")).collect();
        let mut args = vec!["send-keys", "-H"];
        args.extend(bytes.iter().map(String::as_str));
        assert!(self.says(&args).status.success());
    }

    /// What is on its screen, with every look.
    fn screen(&self) -> vt100::Parser {
        let captured = self.says(&["capture-pane", "-e", "-p", "-N"]).stdout;
        let mut parser = vt100::Parser::default();
        let text = String::from_utf8(captured).unwrap();
        parser.process(text.trim_end_matches('\n').replace('\n', "\r\n").as_bytes());
        parser
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.says(&["kill-server"]);
    }
}

/// Every cell of a screen: its text and how it looks. tmux tells nothing of blank cells at the end of
/// a row beyond their background, so their other looks do not count.
fn cells(screen: &vt100::Screen) -> Vec<String> {
    let cell = |row, column| {
        let cell = screen.cell(row, column).unwrap();
        let text = if cell.contents().is_empty() { " " } else { cell.contents() };
        let looks = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
        let looks = if text == " " && !cell.inverse() { [false; 5] } else { looks };
        let colour = if text == " " { vt100::Color::Default } else { cell.fgcolor() };
        format!("{text}{:?}{colour:?}", looks.map(u8::from))
    };
    (0..24).map(|row| (0..80).map(|column| cell(row, column)).collect()).collect()
}

/// Keys, and what is to be seen after them.
const JOURNEY: &[(&str, &str)] = &[
    ("", "MSC/PV.6"),
    ("jjjjjjjjjjjjjjjjjjjjjjj", "24 of"),
    ("kkkkkkkk", "16 of"),
    ("g\r\r", "1/12"),
    ("jjjjjjjjjjjjjjj", "/12"),
    ("kkkk", "/12"),
    (" ", "/12"),
    ("jb", "/12"),
    ("/weight\r", "hit 1 of"),
    ("nnn", "hit 4 of"),
    ("\x1bv", "selecting"),
    ("\x1b\x0c?", "Keys:"),
    ("jj", "Keys:"),
    ("q", "/12"),
    ("f", "Find:"),
    ("peace", "> peace"),
    (" keep", "> peace keep"),
    ("\x7f\x7f", "> peace ke"),
    ("\x1b", "/12"),
    ("G", "end"),
    ("kkk", "/12"),
];

#[test]
fn inside_tmux_the_screen_is_the_same() {
    for args in [&[][..], &["--slow"]] {
        let (inside, outside) = (Home::new(), Home::new());
        let Some(tmux) = Tmux::start(&inside, args) else { return };
        let term = outside.spv(args).env("TERM", "tmux-256color").start();
        for (keys, seen) in JOURNEY {
            term.types(keys).shows(seen);
            if !keys.is_empty() {
                tmux.types(keys);
            }
            // Both come to rest in their own time.
            let deadline = Instant::now() + PATIENCE;
            loop {
                let (here, there) = (term.look(|s| cells(s.inner)), cells(tmux.screen().screen()));
                if here == there {
                    break;
                }
                let differs = here.iter().zip(&there).position(|(a, b)| a != b);
                assert!(
                    Instant::now() < deadline,
                    "after {keys:?}, {args:?}, row {differs:?}\n{}\n---- in tmux\n{}",
                    term.text(),
                    tmux.screen().screen().contents()
                );
                std::thread::yield_now();
            }
        }
    }
}
