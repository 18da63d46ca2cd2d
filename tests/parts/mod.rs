//! The parts the program is made of: where they come from, under which licences, and whether each is needed.
//!
//! `docs/THIRD-PARTY.md` is made from the licence files of the crates: `SPV_REWRITE=1 cargo test --test walls parts`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The licences that parts may have, as their manifests spell them; each lets the program be passed on in
/// binary form with the texts in `docs/THIRD-PARTY.md`.
const ALLOWED: &[&str] = &[
    "(Apache-2.0 OR MIT) AND BSD-3-Clause",
    "(MIT OR Apache-2.0) AND Unicode-3.0",
    "0BSD OR MIT OR Apache-2.0",
    "Apache-2.0",
    "Apache-2.0 / MIT",
    "Apache-2.0 / MIT / MPL-2.0",
    "Apache-2.0 AND ISC",
    "Apache-2.0 OR BSL-1.0",
    "Apache-2.0 OR ISC OR MIT",
    "Apache-2.0 OR MIT",
    "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
    "Apache-2.0/MIT",
    "BSD-2-Clause OR Apache-2.0",
    "BSD-2-Clause OR Apache-2.0 OR MIT",
    "BSD-3-Clause",
    "BSD-3-Clause AND BSD-2-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT OR Apache-2.0",
    "MIT OR Apache-2.0 OR Zlib",
    "MIT OR Zlib OR Apache-2.0",
    "MIT-0",
    "MIT/Apache-2.0",
    "Unicode-3.0",
    "Unlicense OR MIT",
    "Unlicense/MIT",
    "Zlib",
    "Zlib OR Apache-2.0 OR MIT",
    "zlib-acknowledgement OR MIT",
];

/// Direct dependencies that no source names, each with the reason.
const UNNAMED: &[(&str, &str)] =
    &[("log", "only its feature is wanted: the sentences that libraries log are left out")];

/// The platform that is shipped.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo knows about all parts; says plainly where they are not all here.
fn metadata() -> Option<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked =
        ["metadata", "--offline", "--locked", "--format-version=1", "--filter-platform", PLATFORM];
    let ran = Command::new(cargo).args(asked).current_dir(root()).output().unwrap();
    let error = String::from_utf8_lossy(&ran.stderr);
    if error.contains("--offline was specified") {
        println!("SKIPPED: not every crate for {PLATFORM} is here: {}", error.trim());
        return None;
    }
    assert!(ran.status.success(), "{error}");
    Some(serde_json::from_slice(&ran.stdout).unwrap())
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or("")
}

#[test]
fn every_part_comes_from_the_registry() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for package in
        lock.split("[[package]]").skip(1).filter(|p| !p.contains("name = \"spv-reader\""))
    {
        let registry =
            concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");
        assert!(package.contains(registry) && package.contains("checksum = "), "{package}");
    }
}

#[test]
fn the_compiler_is_told_to_leave_folders_out() {
    let told = |primary: &str| -> String {
        let wrapper = root().join(".cargo/rustc-without-paths");
        let mut command = Command::new(wrapper);
        command.args(["printf", "%s|", "-O", "a b"]).env("CARGO_PRIMARY_PACKAGE", primary);
        let crates = [
            ("CARGO_MANIFEST_DIR", "/a b/x-1.0"),
            ("CARGO_PKG_NAME", "x"),
            ("CARGO_PKG_VERSION", "1.0"),
        ];
        let ran = command.envs(crates).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    assert_eq!(told(""), "-O|a b|--remap-path-prefix=/a b/x-1.0=x-1.0|");
    assert_eq!(told("1"), "-O|a b|", "those that are worked on keep theirs, for debuggers");
    let config = std::fs::read_to_string(root().join(".cargo/config.toml")).unwrap();
    assert!(config.contains("rustc-wrapper = \".cargo/rustc-without-paths\""), "{config}");
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let Some(all) = metadata() else { return };
    let packages = list(&all, "packages");
    let mut strange: Vec<String> = Vec::new();
    for package in packages.iter().filter(|package| !ALLOWED.contains(&text(package, "license"))) {
        strange.push(format!("{} {}", text(package, "name"), text(package, "license")));
    }
    assert!(packages.len() > 100 && strange.is_empty(), "look at these licences: {strange:?}");
}

#[test]
fn every_direct_dependency_is_used() {
    let Some(all) = metadata() else { return };
    let me = list(&all, "packages").iter().find(|p| text(p, "name") == "spv-reader").unwrap();
    let nodes = list(&all["resolve"], "nodes");
    let node = nodes.iter().find(|node| node["id"] == me["id"]).unwrap();
    let sources = |places: &[&str]| -> String {
        places.iter().flat_map(|place| below(&root().join(place))).collect::<Vec<_>>().join("\n")
    };
    // Unit tests are built with the dependencies of tests, so they do not count for the program.
    let (mut program, mut tests) = (String::new(), sources(&["tests", "examples", "benches"]));
    for source in crate::source::below("src") {
        program.push_str(&source.work);
        source.tests.iter().for_each(|range| tests.push_str(&source.code[range.clone()]));
    }
    let kinds = [
        (Value::Null, program),
        ("build".into(), sources(&["build.rs", "build", "src/record/fold.rs"])),
        ("dev".into(), tests),
    ];
    let mut unused = Vec::new();
    for dependency in list(node, "deps") {
        let name = text(dependency, "name");
        for kind in list(dependency, "dep_kinds") {
            let (_, text) = kinds.iter().find(|(known, _)| *known == kind["kind"]).unwrap();
            let named = UNNAMED.iter().any(|(known, _)| *known == name);
            if !named
                && !text.contains(&format!("{name}::"))
                && !text.contains(&format!("use {name}"))
            {
                unused.push(format!("{name} ({})", kind["kind"]));
            }
        }
    }
    assert!(unused.is_empty(), "no source uses {unused:?}");
}

/// The texts of the Rust sources at a path or below it.
fn below(path: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![std::fs::read_to_string(path).unwrap()];
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let wanted = paths.filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "rs"));
    wanted.flat_map(|path| below(&path)).collect()
}

/// The crates whose code is in the program: not those that only build or test it, or make code at build time.
fn shipped(all: &Value) -> Vec<&Value> {
    let packages: BTreeMap<&str, &Value> =
        list(all, "packages").iter().map(|package| (text(package, "id"), package)).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&all["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let mut wanted = vec![text(&all["resolve"], "root")];
    let mut met = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        let makes_code = |target: &Value| list(target, "kind").contains(&"proc-macro".into());
        if list(packages[id], "targets").iter().any(makes_code) || !met.insert(id) {
            continue;
        }
        let normal = |d: &&Value| list(d, "dep_kinds").iter().any(|kind| kind["kind"].is_null());
        wanted.extend(list(nodes[id], "deps").iter().filter(normal).map(|d| text(d, "pkg")));
    }
    let mut shipped: Vec<&Value> = met.into_iter().map(|id| packages[id]).collect();
    shipped.retain(|package| text(package, "name") != "spv-reader");
    shipped.sort_by_key(|package| (text(package, "name"), text(package, "version")));
    shipped
}

/// The licence files of a crate that hold for the program: where MIT is offered among others, that.
fn licences(package: &Value) -> Vec<String> {
    let folder = Path::new(text(package, "manifest_path")).parent().unwrap();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.push(folder.join("third_party/fiat/LICENSE"));
    let named = |path: &Path| path.file_name().unwrap().to_string_lossy().to_uppercase();
    files.retain(|path| {
        let begins = ["LICEN", "COPYING", "NOTICE", "UNLICENSE"];
        path.is_file() && begins.iter().any(|begin| named(path).starts_with(begin))
    });
    let licence = text(package, "license");
    let other = ["APACHE", "ZLIB", "COPYING", "UNLICENSE", "BOOST", "BSD", "ISC"];
    if !licence.contains("AND") && files.iter().any(|path| named(path).contains("MIT")) {
        files.retain(|path| !other.iter().any(|other| named(path).contains(other)));
    }
    files.sort();
    files
        .iter()
        .map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned())
        .collect()
}

const HEAD: &str = "\
# Parts of others

The program `spv` contains these crates, each under the licence beside it. Where a crate offers MIT among
others, it is used under that. The texts are below, each once, with the crates that it holds for. The Rust
standard library is in the program, too (MIT OR Apache-2.0, The Rust Project Developers).

This page is made from the crates themselves: `SPV_REWRITE=1 cargo test --test walls parts`.
";

fn page(all: &Value) -> String {
    let mut page = format!("{HEAD}\n| crate | version | licence |\n| --- | --- | --- |\n");
    let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let mut without = String::new();
    for package in shipped(all) {
        let [name, version, licence] =
            ["name", "version", "license"].map(|field| text(package, field));
        writeln!(page, "| {name} | {version} | {licence} |").unwrap();
        let found = licences(package);
        if found.is_empty() {
            let authors: Vec<&str> =
                list(package, "authors").iter().filter_map(Value::as_str).collect();
            let authors =
                if authors.is_empty() { "its contributors".to_owned() } else { authors.join(", ") };
            writeln!(without, "- {name} {version}: {licence}, by {authors}").unwrap();
        }
        for licence in found {
            // The same text may be broken into lines in another way.
            let words = licence.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let (_, crates) = texts.entry(words).or_insert((licence, Vec::new()));
            crates.push(format!("{name} {version}"));
        }
    }
    page.push_str("\n## Crates without a licence file\n\nTheir manifests name the licence; its text is that of the MIT licence below.\n\n");
    page.push_str(&without);
    page.push_str("\n## Texts\n");
    let mut texts: Vec<(String, Vec<String>)> = texts.into_values().collect();
    texts.sort_by(|one, other| one.1.cmp(&other.1));
    for (licence, mut crates) in texts {
        crates.dedup();
        let lines: Vec<&str> = licence.trim_matches('\n').lines().map(str::trim_end).collect();
        write!(page, "\n{}:\n\n~~~text\n{}\n~~~\n", crates.join(", "), lines.join("\n")).unwrap();
    }
    page
}

#[test]
fn the_page_of_licences_is_that_of_the_parts() {
    let Some(all) = metadata() else { return };
    let (file, wanted) = (root().join("docs/THIRD-PARTY.md"), page(&all));
    assert!(wanted.len() < 600_000, "{} bytes", wanted.len());
    if std::env::var_os("SPV_REWRITE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        return std::fs::write(file, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    let differ = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(
        found == wanted,
        "SPV_REWRITE=1 cargo test --test walls parts; first difference: {differ:?}"
    );
}
