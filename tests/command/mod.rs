//! A library made for a test, and the binary run on it in an environment of its own.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};

/// A folder with a home and a library in it.
pub struct Kit {
    pub folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Kit {
    /// Two meetings, one of them with a resumption and in two languages.
    pub fn new() -> Self {
        let kit = Self::empty();
        kit.put("S_PV.8668.en.json", &record("S/PV.8668", "en", "2019-11-19"));
        kit.put("S_PV.8668.fr.json", &record("S/PV.8668", "fr", "2019-11-19"));
        let mut resumed = record("S/PV.8668 (Resumption 1)", "en", "2019-11-19");
        resumed["items"] = json!([
            {"type": "direction", "page": 1, "text": "The invented meeting was resumed."},
            {"type": "statement", "number": 1, "page": 1,
             "speaker": {"printed": "Mr. Umarov (Kazakhstan)", "name": "Mr. Umarov",
                         "state": "Kazakhstan", "as": "invited", "rule": 37},
             "paragraphs": [
                {"page": 1, "text": "An invented sentence that cites S/PV.8628, p. 2, as an example."},
                {"page": 1, "text": "Page one ends here. Page two begins here.", "breaks": [{"at": 20, "page": 2}]}]}
        ]);
        kit.put("S_PV.8668_Resumption_1.en.json", &resumed);
        kit.put("S_PV.7180.en.json", &vote());
        kit
    }

    /// A library with nothing in it.
    pub fn empty() -> Self {
        let kit = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(kit.library()).unwrap();
        std::fs::create_dir(kit.at("home")).unwrap();
        kit
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn library(&self) -> PathBuf {
        self.at("library")
    }

    /// Puts a record file into the library.
    pub fn put(&self, name: &str, record: &Value) {
        self.write(&format!("library/{name}"), record.to_string());
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program with a home of its own and no library named.
    pub fn bare(&self) -> Command {
        let mut command = Command::cargo_bin("spv").unwrap();
        command.env_clear().env("HOME", self.at("home")).current_dir(self.folder.path());
        command
    }

    /// Runs the program on the library.
    pub fn spv(&self, args: &[&str]) -> Ran {
        run(self.bare().env("SPV_LIBRARY", self.library()).args(args))
    }

    /// Runs the program with no library.
    pub fn without(&self, args: &[&str]) -> Ran {
        run(self.bare().args(args))
    }

    /// The JSON objects a command prints, one a line.
    pub fn json(&self, args: &[&str]) -> Vec<Value> {
        let ran = self.spv(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.json()
    }
}

impl Ran {
    pub fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// One line on standard error, and this exit code.
    #[track_caller]
    pub fn fails(&self, code: i32, with: &str) {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        assert_eq!(self.err.lines().count(), 1, "not one line: {}", self.err);
        assert!(self.err.contains(with), "{:?} is not in {}", with, self.err);
    }
}

pub fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program on another library of the kit.
#[allow(dead_code)] // not every program that has this kit has two libraries
pub fn on(kit: &Kit, library: &str, args: &[&str]) -> Ran {
    run(kit.bare().arg("--library").arg(kit.at(library)).args(args))
}

/// The names of the fields of an object, in order of the alphabet.
pub fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// A small record.
pub fn record(symbol: &str, language: &str, date: &str) -> Value {
    json!({
        "format": "spv/1", "symbol": symbol, "kind": "verbatim", "language": language,
        "status": "provisional", "date": date, "opened": "3.05 p.m.",
        "presidents": [{"name": "Ms. Pierce", "state": "United Kingdom"}],
        "members": [{"state": "Belgium"}, {"state": "China"}, {"state": "United Kingdom"}],
        "agenda": ["An invented item"], "topic": "An invented topic on water",
        "items": [
            {"type": "direction", "page": 2, "text": "The invented agenda was adopted."},
            {"type": "statement", "number": 1, "page": 2,
             "speaker": {"printed": "The President", "name": "The President",
                         "state": "United Kingdom", "as": "president"},
             "paragraphs": [{"page": 2, "text": "I open this invented meeting."}]},
            {"type": "statement", "number": 2, "page": 3,
             "speaker": {"printed": "Mr. Made (Belgium)", "name": "Mr. Made", "state": "Belgium", "as": "member"},
             "paragraphs": [{"page": 3, "text": "An invented sentence about resolution 2254 (2015)."}]}
        ],
        "source": {"from": "hand", "warnings": ["an invented warning"]}
    })
}

/// A record with a vote that the table of facts has too; the count announced is not that of the list.
pub fn vote() -> Value {
    let mut vote = record("S/PV.7180", "en", "2014-05-22");
    vote["items"] = json!([
        {"type": "statement", "number": 1, "page": 3,
         "speaker": {"printed": "The President", "name": "The President", "as": "president"},
         "paragraphs": [{"page": 3, "text": "I put the invented draft to the vote."}]},
        {"type": "vote", "page": 4, "on": ["S/2014/348"],
         "in_favour": ["France", "Chad"], "against": ["Russian Federation", "China"],
         "announced": {"in_favour": 13, "against": 2, "abstaining": 0}, "outcome": "vetoed"}
    ]);
    vote
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
