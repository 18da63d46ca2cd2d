//! Reads the sources and holds the walls of the house, so that the map in `ARCHITECTURE.md` stays
//! true: which room may use which, what never is in a room, and how long files and functions are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod kit;
mod papers;
mod parts;
mod source;

use std::collections::BTreeSet;

use source::{Source, below, blanked, circles, functions, word};

/// The most lines a file of the crate may have.
const LINES_OF_A_FILE: usize = 600;
/// The most lines a function may have.
const LINES_OF_A_FUNCTION: usize = 80;

/// Functions that may be longer, each with the reason. Kept empty for as long as can be.
const LONGER: &[(&str, &str)] = &[];

/// The rooms whose work is pure: data in, data out.
const PURE: &[&str] = &["record", "import", "search", "app", "ui", "screens"];

/// What a pure room never touches: files, threads, the clock, the world outside, the terminal.
const NEVER_IN_PURE: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::net",
    "std::process",
    "std::env",
    "Instant",
    "SystemTime",
    "now",
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
    "crossterm",
    "Frame",
];

/// What a folder of a pure room may touch all the same, each with the reason.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("src/search/", "std::thread", "a long ranking may use both cores; it ends before it answers"),
    ("src/search/index/", "std::fs", "the index is a folder of files, made and mended here alone"),
    ("src/search/index/", "std::process", "its lock says by number which program is at it"),
];

fn rooms() -> Vec<String> {
    let lib = below("src").into_iter().find(|s| s.path == "src/lib.rs").unwrap();
    let names = lib.code.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(ToOwned::to_owned).collect()
}

fn report(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

/// Reports files that break a wall.
fn report_files(what: &str, faulty: &BTreeSet<&str>) {
    let faults: Vec<String> = faulty.iter().map(ToString::to_string).collect();
    report(what, &faults);
}

/// The first names of every path that begins with `crate::`, groups in braces opened.
fn used_rooms(code: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for at in word(code, "crate") {
        let Some(rest) = code[at + 5..].strip_prefix("::") else { continue };
        let name = |text: &str| -> String {
            text.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '*'))
                .collect()
        };
        let Some(group) = rest.strip_prefix('{') else {
            used.push((at, name(rest)));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (offset, c) in group.char_indices() {
            if depth == 0 && begins && !c.is_whitespace() && c != '}' {
                used.push((at, name(&group[offset..])));
                begins = false;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ => {}
            }
        }
    }
    used
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    assert!(rooms.len() > 8, "the rooms are listed in src/lib.rs: {rooms:?}");
    let place = |room: &str| rooms.iter().position(|r| r == room);
    let mut faults = Vec::new();
    for source in below("src") {
        let Some(room) = source.room() else { continue };
        let own = place(room).unwrap_or_else(|| panic!("{room} is no room of src/lib.rs"));
        // Tests of a room may use what stands below it no more than its work does.
        for (at, used) in used_rooms(&source.code) {
            match place(&used) {
                Some(other) if other <= own => {}
                Some(_) => faults.push(format!("{} uses {used}, below {room}", source.at(at))),
                None => faults.push(format!("{} uses crate::{used}, no room", source.at(at))),
            }
        }
        for (at, supers) in chains_of_super(&source.code) {
            let inside_tests = usize::from(source.in_tests(at));
            if supers >= source.depth() + inside_tests {
                faults.push(format!("{} leaves its room by super", source.at(at)));
            }
        }
    }
    report("walls broken", &faults);
}

/// Every `super::super::…` with its length.
fn chains_of_super(code: &str) -> Vec<(usize, usize)> {
    let begins = word(code, "super").filter(|at| !code[..*at].ends_with("super::"));
    begins
        .map(|at| {
            let rest = &code[at..];
            let length = rest.split("::").take_while(|part| *part == "super").count();
            (at, length)
        })
        .collect()
}

#[test]
fn pure_rooms_touch_nothing_outside() {
    let mut faults = Vec::new();
    for source in below("src") {
        let Some(room) = source.room().filter(|r| PURE.contains(r)) else { continue };
        let work = &source.work;
        for never in NEVER_IN_PURE {
            let may = |(folder, what, _): &(&str, &str, &str)| {
                source.path.starts_with(folder) && what == never
            };
            if ALLOWED.iter().any(may) {
                continue;
            }
            for at in word(work, never) {
                let call = &work[at + never.len()..];
                // `now` and the printing macros are ordinary words unless they are called.
                let macros = ["println", "eprintln", "print", "eprint", "dbg"];
                if (macros.contains(never) && !call.starts_with('!'))
                    || (*never == "now" && !(call.starts_with('(') && work[..at].ends_with("::")))
                {
                    continue;
                }
                faults.push(format!("{}: {never} in {room}", source.at(at)));
            }
        }
        // A group such as `use std::{fs, thread}` would hide what is asked for above.
        faults.extend(
            work.match_indices("std::{").map(|(at, _)| format!("{}: std::{{", source.at(at))),
        );
    }
    report("a pure room is not", &faults);
}

#[test]
fn ratatui_and_crossterm_stay_in_the_rooms_of_the_screen() {
    let may: &[(&str, &[&str])] =
        &[("ratatui", &["ui", "screens", "terminal", "run"]), ("crossterm", &["terminal", "run"])];
    let mut faults = Vec::new();
    for source in below("src") {
        for (what, rooms) in may {
            if source.room().is_some_and(|room| rooms.contains(&room)) {
                continue;
            }
            faults.extend(word(&source.work, what).map(|at| format!("{}: {what}", source.at(at))));
        }
    }
    report("the screen reaches too far", &faults);
}

/// Nothing leaves the machine but from one folder: there alone a connection can be made.
#[test]
fn one_folder_knows_the_network() {
    let names =
        ["ureq", "rustls", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "std::net"];
    let (mut faults, mut there) = (Vec::new(), 0);
    for source in below("src") {
        let found = names.iter().flat_map(|name| word(&source.work, name));
        if source.path.starts_with("src/library/get/") {
            there += found.count();
            continue;
        }
        faults.extend(found.map(|at| source.at(at)));
        // A group such as `use std::{net, thread}` would hide it.
        let code = &source.work;
        let groups = code.match_indices("std::{").filter(|(at, _)| {
            let group = code[*at..].split('}').next().unwrap_or_default();
            word(group, "net").next().is_some()
        });
        faults.extend(groups.map(|(at, _)| source.at(at)));
    }
    assert!(there > 0, "the folder of the network is where it was");
    report("the network is used elsewhere", &faults);
}

/// A screen has no way to the network: only the command has, and the two places of `run` that carry out
/// that the person agreed to fetch a record.
#[test]
fn only_the_command_fetches() {
    let sources = below("src");
    let mut faults = Vec::new();
    let fetches =
        |s: &&Source| s.path.starts_with("src/library/get/") || s.path.starts_with("src/cli/get");
    for source in sources.iter().filter(|source| !fetches(source)) {
        for uses in ["library::get", "get::Client", "get::fetch"] {
            faults.extend(source.work.match_indices(uses).map(|(at, _)| source.at(at)));
        }
    }
    report("something else fetches", &faults);
    let with = |words: &str| {
        let mut paths: Vec<String> = Vec::new();
        for source in sources.iter().filter(|source| !fetches(source)) {
            if source.work.contains(words) {
                paths.push(source.path.clone());
            }
        }
        paths.sort();
        paths
    };
    assert_eq!(with("fetcher.fetch("), ["src/run/indexing.rs", "src/run/linear/outside.rs"]);
    // They are told to by one place, the answer to the question.
    assert_eq!(with("Effect::Fetch("), ["src/app/shared.rs", "src/run/effects.rs"]);
    assert_eq!(with("shared.fetch("), ["src/screens/update.rs"]);
}

/// What the drawing of a screen never has: a state that it could change.
const VIEW_NEVER: &[&str] = &[
    "&mut State",
    "&mut Shared",
    "&mut Meetings",
    "&mut Statements",
    "&mut Reader",
    "&mut Finder",
    "&mut Search",
    "&mut Concordance",
    "&mut ChartScreen",
    "&mut Answers",
    "&mut Notes",
    "&mut Card",
    "&mut Compare",
    "&mut Help",
    "RefCell",
    "Mutex",
];

#[test]
fn view_changes_no_state_and_update_makes_no_buffer() {
    let mut faults = Vec::new();
    for source in below("src") {
        let never: &[&str] = match source.room() {
            Some("ui") => &["&mut State", "&mut Shared", "RefCell", "Mutex"],
            Some("app") => &["Buffer", "RefCell", "Mutex"],
            // A screen's drawing obeys the wall of `ui`, and the rest of it that of `app`.
            Some("screens") if source.path.ends_with("view.rs") => VIEW_NEVER,
            Some("screens") if source.path.ends_with("update.rs") => {
                &["Buffer", "Pen", "RefCell", "Mutex"]
            }
            _ => continue,
        };
        for what in never {
            let found = source.work.match_indices(what);
            faults.extend(found.map(|(at, _)| format!("{}: {what}", source.at(at))));
        }
    }
    report("state is changed where it is shown", &faults);
}

/// Only `terminal/` may write to a terminal what is more than text.
#[test]
fn escape_sequences_are_written_in_one_room() {
    let escapes = ["\\x1b", "\\u{1b}", "\\u{001b}", "\\u{9b}", "\\x9b", "0x1b", "\\e["];
    let mut faults = Vec::new();
    for source in below("src") {
        if source.room() == Some("terminal") {
            continue;
        }
        let mut begins = 0;
        for (number, line) in source.text.lines().enumerate() {
            let here = begins;
            begins += line.len() + 1;
            if source.in_tests(here) {
                continue;
            }
            let line = line.to_lowercase();
            let said = line.split("//").next().unwrap_or(&line);
            if escapes.iter().any(|e| said.contains(e)) {
                faults.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    report("escape sequences outside terminal/", &faults);
}

#[test]
fn nothing_is_unsafe() {
    let mut faults = Vec::new();
    let sources = ["src", "tests", "benches", "build"].into_iter().flat_map(below);
    for source in sources {
        faults.extend(word(&source.code, "unsafe").map(|at| source.at(at)));
    }
    report("unsafe", &faults);
    let manifest =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}

#[test]
fn one_crossterm_in_the_tree() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"crossterm\"\n").count(), 1);
}

#[test]
fn files_and_functions_are_short() {
    let mut faults = Vec::new();
    for source in below("src") {
        let lines = source.text.lines().count();
        if lines > LINES_OF_A_FILE {
            faults.push(format!("{}: {lines} lines", source.path));
        }
        for (name, at, lines) in functions(&source.work) {
            if lines > LINES_OF_A_FUNCTION && !LONGER.iter().any(|(n, _)| *n == name) {
                faults.push(format!("{}: fn {name} has {lines} lines", source.at(at)));
            }
        }
    }
    report("too long", &faults);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = below("src");
    let uses = circles::uses(&sources);
    assert!(uses.values().map(|to| to.len()).sum::<usize>() > 500, "the arrows are seen");
    let circles = circles::circles(&uses);
    let told: Vec<String> = circles.iter().map(|circle| circles::told(&uses, circle)).collect();
    report("files in a circle", &told);
}

#[test]
fn a_module_with_a_folder_is_its_mod_rs() {
    let sources = below("src");
    let folders: BTreeSet<&str> =
        sources.iter().filter_map(|s| Some(s.path.rsplit_once('/')?.0)).collect();
    let beside = sources.iter().filter(|s| folders.contains(s.path.trim_end_matches(".rs")));
    report_files("x.rs beside x/", &beside.map(|s| s.path.as_str()).collect());
}

#[test]
fn no_module_is_placed_by_an_attribute() {
    let sources: Vec<Source> = ["src", "tests"].into_iter().flat_map(below).collect();
    let by_path = sources.iter().filter(|s| s.code.contains("#[path"));
    report_files("#[path]", &by_path.map(|s| s.path.as_str()).collect());
}

/// Each program links the whole crate; a further test is a module of one of these.
#[test]
fn the_tests_are_five_programs() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let programs: BTreeSet<String> = names.filter(|name| name.ends_with(".rs")).collect();
    let known = ["import.rs", "library.rs", "program.rs", "screens.rs", "walls.rs"];
    assert!(programs.iter().eq(known), "{programs:?}");
}

/// Whether a module declares its tests in a file of their own; they may be seen by its neighbours.
fn declares_tests(code: &str) -> bool {
    ["mod tests;", "pub(super) mod tests;"]
        .iter()
        .any(|declared| code.contains(&format!("#[cfg(test)]\n{declared}")))
}

/// Unit tests are `#[cfg(test)] mod tests` at the end of a file, or `tests.rs` beside the `mod.rs`
/// that declares it.
#[test]
fn unit_tests_have_one_place() {
    let sources = below("src");
    let mut faulty = BTreeSet::new();
    for source in &sources {
        let path = source.path.as_str();
        let declares = declares_tests(&source.code);
        if let Some(folder) = path.strip_suffix("tests.rs") {
            let declared = sources
                .iter()
                .any(|s| s.path == format!("{folder}mod.rs") && declares_tests(&s.code));
            if !declared {
                faulty.insert(path);
            }
            continue;
        }
        for range in &source.tests {
            let item = &source.code[range.clone()];
            // What tests of several files share may be anywhere.
            if !item.contains("mod ") {
                continue;
            }
            let at_end = source.code[range.end..].trim().is_empty();
            let own = item.starts_with("#[cfg(test)]\nmod tests {") && at_end;
            let beside = declares && item.ends_with("mod tests;") && path.ends_with("/mod.rs");
            if !own && !beside {
                faulty.insert(path);
            }
        }
    }
    report_files("unit tests in another place", &faulty);
}

/// Every module says what is in it.
#[test]
fn every_file_begins_with_a_sentence_about_itself() {
    let faults: Vec<String> = below("src")
        .into_iter()
        .filter(|s: &Source| !s.text.starts_with("//! "))
        .map(|s| s.path)
        .collect();
    report("no module doc", &faults);
}

#[test]
fn the_walls_see_through_comments_and_literals() {
    let text = r###"
// crate::run here
/* unsafe /* nested */ still */ let a = "crate::run \" unsafe"; let c = '"'; let l: &'a str = r#"x" unsafe"#;
use crate::{app::State, ui::{view, Theme}, run};
fn short() { let _ = '}'; }
"###;
    let code = blanked(text);
    assert_eq!(code.len(), text.len());
    assert_eq!(word(&code, "unsafe").count(), 0);
    let used: Vec<String> = used_rooms(&code).into_iter().map(|(_, name)| name).collect();
    assert_eq!(used, ["app", "ui", "run"]);
    let found = functions(&code);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].2), ("short", 1));
    assert_eq!(chains_of_super("super::super::x super::y").len(), 2);
    assert_eq!(chains_of_super("super::super::x")[0].1, 2);
}

#[test]
fn circles_are_seen_through_re_exports_and_groups() {
    let tree = [
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a/mod.rs", "//! `crate::c`\nmod one; mod two; pub use one::{One, first as start};"),
        ("src/a/one.rs", "use super::two; pub struct One; pub fn first() { two::run() }"),
        (
            "src/a/two.rs",
            "pub fn run() { crate::b::go() } #[cfg(test)] mod tests { use crate::c::C; }",
        ),
        (
            "src/b.rs",
            "use crate::a::{self, One}; pub fn go() { a::start() } pub(crate) use crate::c::C;",
        ),
        ("src/c.rs", "use crate::b::{go as _, C as D}; pub struct C;"),
    ];
    let sources: Vec<Source> = tree.iter().map(|(path, text)| Source::new(path, text)).collect();
    let uses = circles::uses(&sources);
    let circles = circles::circles(&uses);
    assert_eq!(circles, [BTreeSet::from(["src/a/one.rs", "src/a/two.rs", "src/b.rs"])]);
    assert_eq!(
        circles::told(&uses, &circles[0]),
        "a circle of 3 files\n    src/a/one.rs takes from src/a/two.rs: run\n    \
         src/a/two.rs takes from src/b.rs: go\n    src/b.rs takes from src/a/one.rs: One, first"
    );
    let named: Vec<&String> = uses["src/c.rs"]["src/b.rs"].iter().collect();
    assert_eq!(named, ["go"]);
}
