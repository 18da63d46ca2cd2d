//! What the papers of the project say is so: README, INSTALL and ARCHITECTURE against the program.
//!
//! The tables between `<!-- keys -->` and `<!-- /keys -->`, and between `<!-- commands -->` and its end, are made
//! from the program; `SPV_REWRITE=1 cargo test --test walls papers` puts them into README.md.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::kit::Play;
use clap::CommandFactory as _;
use spv::app::keymap::{Context, KEYS};
use spv::cli::args::Cli;

const PAPERS: [&str; 4] = ["README.md", "INSTALL.md", "ARCHITECTURE.md", "data/SOURCES.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What stands between two markers.
fn between<'a>(text: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text.find(&open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    let end = text[start..].find(&close).unwrap_or_else(|| panic!("no {close}"));
    &text[start..start + end]
}

/// Holds a made part of README.md to what it should be, or puts it there where that is asked for.
fn hold(name: &str, made: &str) {
    let readme = paper("README.md");
    let there = between(&readme, name);
    if there == made {
        return;
    }
    assert!(
        std::env::var_os("SPV_REWRITE").is_some(),
        "README.md: the part {name:?} is stale; run SPV_REWRITE=1 cargo test --test walls papers\n{made}"
    );
    let start = there.as_ptr() as usize - readme.as_ptr() as usize;
    let mut new = readme.clone();
    new.replace_range(start..start + there.len(), made);
    std::fs::write(root().join("README.md"), new).unwrap();
}

/// Both parts in one test, so that two threads do not rewrite one file.
#[test]
fn the_tables_of_the_readme_are_those_of_the_program() {
    hold("keys", &keys());
    hold("commands", &commands());
}

fn keys() -> String {
    let mut made = String::new();
    for context in Context::ALL {
        let rows: Vec<_> = KEYS.iter().filter(|b| b.context == context).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = write!(made, "\n| {} | |\n| --- | --- |\n", context.title());
        for row in rows {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(made, "| {} | {} |", keys.join(" "), row.help);
        }
    }
    made + "\n"
}

/// Name, what it does, and the first example of its own help.
fn commands() -> String {
    let mut made =
        String::from("\n| command | what it does | for example |\n| --- | --- | --- |\n");
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let example = help.lines().skip_while(|line| *line != "Examples:").nth(1);
        let example = example.map_or_else(|| format!("spv {name}"), |e| e.trim().to_owned());
        let example = example.replace('|', "\\|");
        let _ = writeln!(made, "| `spv {name}` | {about} | `{example}` |");
    }
    made + "\n"
}

/// The texts in backticks of a line, in their order.
fn code(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// The words set bold in a line.
fn bold(line: &str) -> Vec<&str> {
    line.split("**").skip(1).step_by(2).collect()
}

/// The tour of README.md is played: what a row says in bold stands on the screen after its keys.
#[test]
fn the_tour_of_the_readme_is_true_key_by_key() {
    let readme = paper("README.md");
    let mut play = Play::exercise(80, 24);
    // A word of the table is that key; all else is typed letter by letter.
    let named = |word: &str| {
        // Space is a character with a name: typed out, its letters would be five other keys.
        let mut keys = KEYS.iter().flat_map(|row| row.keys);
        word.chars().count() > 1 && keys.any(|key| key.to_string() == word)
    };
    let mut steps = 0;
    for row in between(&readme, "tour").lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [keys, words] = cells[..] else { panic!("two cells: {row}") };
        for typed in code(keys) {
            let script = if named(typed) { format!("<{typed}>") } else { typed.to_owned() };
            play.keys(&script);
        }
        let expected = bold(words);
        assert!(!expected.is_empty(), "nothing to see: {row}");
        let copied = play.copied.last().cloned().unwrap_or_default();
        for words in expected {
            let seen = play.text().contains(words) || copied.contains(words);
            assert!(
                seen || (play.quit && words == "quit"),
                "{row}\nno {words:?} on\n{}",
                play.text()
            );
        }
        steps += 1;
    }
    assert!(steps >= 8, "{steps} steps");
    assert!(play.quit, "the tour ends by leaving the program");
}

/// The second cells of the rows that begin with a room in backticks.
fn rooms_of_the_map() -> Vec<String> {
    let map = paper("ARCHITECTURE.md");
    let rows = map.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("/` |"));
    rows.map(|(room, _)| room.to_owned()).collect()
}

#[test]
fn the_rooms_of_the_map_are_those_of_the_crate_in_their_order() {
    let source = paper("src/lib.rs");
    let rooms: Vec<String> = source
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned()))
        .collect();
    assert!(rooms.len() >= 11, "{rooms:?}");
    assert_eq!(rooms_of_the_map(), rooms);
}

/// Whether a text in backticks is meant as a path of this project.
fn is_path(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    let folders = ["src", "tests", "data", "benches", "build", "examples", "screenshots", ".ci"];
    plain
        && match text.split_once('/') {
            Some((folder, _)) => folders.contains(&folder),
            None => [".rs", ".md", ".toml"].iter().any(|end| text.ends_with(end)),
        }
}

#[test]
fn every_path_the_map_and_the_papers_name_is_there() {
    for name in ["README.md", "INSTALL.md", "ARCHITECTURE.md"] {
        let text = paper(name);
        let paths: Vec<&str> = text.lines().flat_map(code).filter(|t| is_path(t)).collect();
        for path in &paths {
            assert!(root().join(path).exists(), "{name} names {path}, which is not there");
        }
        assert!(name != "ARCHITECTURE.md" || paths.len() > 20, "{paths:?}");
    }
}

#[test]
fn every_test_the_map_names_is_there() {
    let sources: String = files()
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let map = paper("ARCHITECTURE.md");
    let names: BTreeSet<&str> = map
        .lines()
        .flat_map(code)
        .filter(|t| t.matches('_').count() >= 2)
        .filter(|t| t.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
        .collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        assert!(sources.contains(&format!("fn {name}(")), "no test {name}");
    }
}

/// Links to files of the project lead somewhere, and pictures have words for who cannot see them.
#[test]
fn links_and_pictures_are_there() {
    for name in PAPERS {
        let text = paper(name);
        let folder = root().join(name).parent().unwrap().to_owned();
        for (before, rest) in text.match_indices("](").map(|(at, _)| text.split_at(at)) {
            let target = rest[2..].split(')').next().unwrap();
            if target.contains("://") || target.starts_with('#') {
                continue;
            }
            let file = target.split('#').next().unwrap();
            assert!(folder.join(file).exists(), "{name} links to {target}, which is not there");
            if file.ends_with(".svg") {
                let words = before.rsplit("![").next().unwrap();
                assert!(words.len() > 10, "{name}: {target} needs words");
            }
        }
    }
    let pictures = std::fs::read_dir(root().join("screenshots")).unwrap();
    let sizes: Vec<u64> = pictures.map(|file| file.unwrap().metadata().unwrap().len()).collect();
    assert!(sizes.len() >= 6 && sizes.iter().all(|size| *size < 60_000), "{sizes:?}");
}

#[test]
fn the_licences_are_there_and_the_package_says_what_it_is() {
    assert!(paper("LICENSE-MIT").contains("MIT License"));
    assert!(paper("LICENSE-APACHE").contains("Apache License"));
    assert_eq!(env!("CARGO_PKG_LICENSE"), "MIT OR Apache-2.0");
    assert_eq!(env!("CARGO_PKG_README"), "README.md");
    assert!(!env!("CARGO_PKG_DESCRIPTION").is_empty());
    for name in ["README.md", "INSTALL.md"] {
        let version = concat!("Rust ", env!("CARGO_PKG_RUST_VERSION"));
        assert!(paper(name).contains(version), "{name} does not name {version}");
    }
}

/// The variables of this program are explained to whoever installs it, and no other is.
#[test]
fn every_variable_of_the_program_is_explained() {
    let variables = |text: &str| -> BTreeSet<String> {
        let name = |rest: &str| {
            let end = rest.find(|c: char| !c.is_ascii_uppercase() && c != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        };
        text.match_indices("SPV_")
            .map(|(at, _)| name(&text[at..]))
            .filter(|n| n.len() > 4)
            .collect()
    };
    let (mut read, mut all) = (BTreeSet::new(), BTreeSet::new());
    for file in files().iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let found = variables(&std::fs::read_to_string(file).unwrap());
        let tests = file.components().any(|c| c.as_os_str() == "tests")
            || file.file_stem().is_some_and(|s| s.to_string_lossy().ends_with("tests"));
        if file.starts_with(root().join("src")) && !tests {
            read.extend(found.iter().cloned());
        }
        all.extend(found);
    }
    let explained = variables(&paper("INSTALL.md"));
    assert!(read.contains("SPV_LIBRARY"));
    let missing: Vec<_> = read.difference(&explained).collect();
    let unknown: Vec<_> = explained.difference(&all).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
}

/// Whoever installs the program gets a manual page for every command, and hears of every file that is
/// kept.
#[test]
fn what_is_installed_and_kept_is_told() {
    let install = paper("INSTALL.md");
    let row = install.lines().find(|line| line.starts_with("for c in ")).unwrap();
    let named = row.trim_start_matches("for c in ").split(';').next().unwrap();
    let named: BTreeSet<&str> = named.split(' ').collect();
    let command = Cli::command();
    let commands: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    assert_eq!(named, commands);
    let kept: BTreeSet<String> = files()
        .iter()
        .filter(|file| file.starts_with(root().join("src/desk")))
        .flat_map(|file| {
            let source = std::fs::read_to_string(file).unwrap();
            let names =
                source.split("file: \"").skip(1).map(|rest| rest.split('"').next().unwrap());
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(kept.len() >= 5, "{kept:?}");
    let made = ["records/", "editions/", "catalogue", "references", "index/", "imported"];
    for name in kept.iter().map(String::as_str).chain(made).chain(["import.log", "settings"]) {
        assert!(install.contains(&format!("`{name}`")), "INSTALL.md does not tell of {name}");
    }
}

/// Nothing in the project names a machine it was made on, or a host a package came from.
#[test]
fn no_file_names_a_machine_or_a_registry() {
    let forbidden = [
        concat!("/", "work/"),
        concat!("/", "root/"),
        concat!("/tmp/", "team"),
        concat!("crates", ".io"),
        concat!("static.", "crates"),
        concat!("index.", "crates"),
    ];
    let mut looked_at = 0;
    for file in files() {
        // The lock file names the registry by its nature.
        if file.file_name().is_some_and(|name| name == "Cargo.lock") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        looked_at += 1;
        for word in forbidden {
            assert!(!text.contains(word), "{} names {word}", file.display());
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}

/// Every file of the project, without what is built and what git keeps.
fn files() -> Vec<PathBuf> {
    fn below(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != ".git" && name != "target" {
                below(&path, files);
            } else if path.is_file() && name != ".git" {
                files.push(path);
            }
        }
    }
    let mut files_found = Vec::new();
    below(root(), &mut files_found);
    files_found
}
