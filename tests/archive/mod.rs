//! A data set made for a test, and the binary run on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The columns of the published tables that the tests fill.
pub const SPEAKER: &str = "\tfilename\tdate\tspeaker\tcountry_org\trole\tparticipanttype\ttopic\tagenda_item1\tagenda_item2\tagenda_item3\tdocument_symbol";
pub const META: &str = "\tbasename\tdate\ttopic\tnum_speeches";

/// A folder with a home, a set and a library that is not there yet.
pub struct Kit {
    pub folder: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Kit {
    pub fn new() -> Self {
        let kit = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(kit.set()).unwrap();
        kit
    }

    pub fn set(&self) -> PathBuf {
        self.folder.path().join("set")
    }

    pub fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.set().join(name), bytes).unwrap();
    }

    /// One meeting with these texts, in the newest layout.
    pub fn meeting(&self, texts: &[(&str, &str)]) {
        let mut speaker = format!("{SPEAKER}\n");
        let mut members = Vec::new();
        for (number, (row, text)) in texts.iter().enumerate() {
            let name = format!("UNSC_2020_SPV.8704_spch{:04}.txt", number + 1);
            speaker += &format!(
                "{}\t{name}\t2020-01-16\t{row}\tUtopia\tLevel one\tThe situation in Utopia\tNA\tS/PV.8704\n",
                number + 1
            );
            members.push((format!("speeches/{name}"), text.as_bytes().to_vec()));
        }
        self.write("speaker.tsv", speaker);
        let meta = format!("{META}\n1\tUNSC_2020_SPV.8704\t2020-01-16\tUtopia\t{}\n", texts.len());
        self.write("meta.tsv", meta);
        self.write("speeches.tar", tar(&members));
    }

    /// The program on the set, into a library.
    pub fn command(&self, library: &Path, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .arg("--library")
            .arg(library)
            .arg("import")
            .arg(self.set())
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn import(&self, options: &[&str]) -> Ran {
        ran(self.command(&self.library(), options))
    }

    /// The import, which must succeed, and its only record.
    pub fn one(&self, options: &[&str]) -> (Ran, Value) {
        let ran = self.import(options);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let mut records = records(&self.library());
        assert_eq!(records.len(), 1, "{ran:?}");
        (ran, records.pop_first().unwrap().1)
    }
}

pub fn ran(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Every record of a library as JSON, by its file from `records/` on.
pub fn records(library: &Path) -> BTreeMap<String, Value> {
    let unpack = |bytes: &Vec<u8>| zstd::stream::decode_all(bytes.as_slice()).unwrap();
    files(library)
        .iter()
        .map(|(name, bytes)| (name.clone(), serde_json::from_slice(&unpack(bytes)).unwrap()))
        .collect()
}

/// The bytes of every file below `records/`, hidden ones too.
pub fn files(library: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let years = std::fs::read_dir(library.join("records")).into_iter().flatten();
    for year in years.map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        for file in std::fs::read_dir(&year).unwrap().map(|e| e.unwrap().path()) {
            let name = file.strip_prefix(library).unwrap().display().to_string();
            if let Ok(bytes) = std::fs::read(&file) {
                files.insert(name, bytes);
            }
        }
    }
    files
}

/// The lines of the log.
pub fn log(library: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(library.join(".spv/import.log")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A ustar archive of ordinary files.
pub fn tar(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in members {
        bytes.extend(member(name, b'0', content));
    }
    bytes.extend([0; 1024]);
    bytes
}

/// One member: its heading and its content in whole blocks.
pub fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = heading(name, kind, content.len() as u64);
    block.extend_from_slice(content);
    block.resize(block.len().div_ceil(512) * 512, 0);
    block
}

pub fn heading(name: &str, kind: u8, size: u64) -> Vec<u8> {
    let mut block = vec![0_u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    block[156] = kind;
    block[257..263].copy_from_slice(b"ustar\0");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// The items of a record of one type.
pub fn items<'a>(record: &'a Value, kind: &str) -> Vec<&'a Value> {
    record["items"].as_array().unwrap().iter().filter(|i| i["type"] == kind).collect()
}

/// The paragraphs of a statement as one text.
pub fn text(statement: &Value) -> String {
    let paragraphs = statement["paragraphs"].as_array().unwrap();
    let texts: Vec<&str> = paragraphs.iter().map(|p| p["text"].as_str().unwrap()).collect();
    texts.join("\n")
}
