//! Commands whose output is a terminal.

use std::io::Read as _;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::kit::Kit;

/// What a command writes on a terminal with so many columns.
fn on_terminal(kit: &Kit, columns: u16, args: &[&str]) -> String {
    let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_spv"));
    command.env_clear();
    command.env("HOME", kit.at("home"));
    command.env("TERM", "xterm-256color");
    command.env("SPV_LIBRARY", kit.library());
    command.args(args);
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut out = Vec::new();
    let mut reader = pair.master.try_clone_reader().unwrap();
    // The end of a terminal is an error on some systems; what came before it is the output.
    let _ = reader.read_to_end(&mut out);
    assert!(child.wait().unwrap().success());
    String::from_utf8(out).unwrap().replace("\r\n", "\n")
}

#[test]
fn on_a_terminal_lists_are_cut_to_its_width_and_have_no_colour() {
    let kit = Kit::new();
    for columns in [50, 60, 80] {
        let text = on_terminal(&kit, columns, &["list", "--all", "--year", "2019"]);
        assert!(text.lines().count() > 100, "{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= usize::from(columns), "{columns}: {line}");
            assert!(!line.contains('\u{1b}'), "{line:?}");
        }
        assert!(text.contains('…'));
    }
    assert!(!kit.spv(&["list", "--all", "--year", "2019"]).out.contains('…'), "never in a pipe");
}
