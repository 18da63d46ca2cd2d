//! The readers on mutated inputs, the same in every run: those that `fuzz/` calls by chance.
//!
//! Short unless `SPV_LONG` says how many times as long. A failure names the reader, the seed and the
//! round; the input it fell over is written beside the test's program.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod readers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use boon::{Compiler, Schemas};

use crate::archive;
use crate::packs::make;
use crate::pdf::make as pdf;

/// Makes of good inputs bad ones.
struct Mutator {
    state: u64,
    tokens: &'static [&'static str],
}

impl Mutator {
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64, public domain; by S. Vigna.
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 1) as usize % limit.max(1)
    }

    fn range(&mut self, length: usize, longest: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let end = start + self.below((length - start).min(longest) + 1);
        start..end
    }

    /// One change: flip, set, cut, take out, repeat, splice, insert a token.
    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let (length, at) = (bytes.len(), self.below(bytes.len()));
        match self.below(9) {
            0 | 1 if length > 0 => bytes[at] ^= 1 << self.below(8),
            2 if length > 0 => bytes[at] = [0, 0x20, 0x30, 0x39, 0x7f, 0x80, 0xff][self.below(7)],
            3 if self.below(4) == 0 => bytes.truncate(at),
            4 => drop(bytes.drain(self.range(length, 4096))),
            5 => {
                let piece = bytes[self.range(length, 512)].to_vec();
                let most = if self.below(20) == 0 { 400 } else { 4 };
                let times = 1 + self.below(most);
                bytes.splice(at..at, piece.repeat(times));
            }
            6 => {
                let piece = other[self.range(other.len(), 4096)].to_vec();
                let out = self.range(length, 4096);
                bytes.splice(out, piece);
            }
            _ => {
                let token = self.tokens[self.below(self.tokens.len())];
                let out =
                    if self.below(2) == 0 { at..at } else { at..(at + token.len()).min(length) };
                bytes.splice(out, token.bytes());
            }
        }
        bytes.truncate(1 << 20);
    }

    fn mutant(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        let other = &inputs[self.below(inputs.len())];
        for _ in 0..=self.below(8) {
            self.change(&mut bytes, other);
        }
        bytes
    }
}

/// How many times as long as usual.
fn long() -> usize {
    std::env::var("SPV_LONG").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

/// Calls a reader on so many mutants of these inputs, and holds what it made against the schema.
fn run(
    name: &str,
    reader: fn(&[u8]) -> Vec<String>,
    inputs: &[Vec<u8>],
    tokens: &'static [&'static str],
    rounds: usize,
) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/data/schema/record.schema.json");
    let schema = compiler.compile(schema, &mut schemas).unwrap();
    let mut sound = 0;
    for (at, input) in inputs.iter().enumerate() {
        sound += usize::from(!reader(input).is_empty());
        assert!(name == "query" || sound == at + 1, "{name}: input {at} is not sound");
    }
    let (mut made, seed) = (0, 1_u64);
    for round in 0..rounds * long() {
        // Each round stands for itself, so that one alone can be run again.
        let mut mutator = Mutator { state: seed << 32 | round as u64, tokens };
        let mutant = mutator.mutant(inputs);
        let read = catch_unwind(AssertUnwindSafe(|| reader(&mutant)));
        let records = read.unwrap_or_else(|_| panic!("{}", kept(name, round, &mutant)));
        for record in records {
            made += 1;
            // The schema is slow on what is large, and says nothing new of it.
            if record.len() < 200_000 {
                let value = serde_json::from_str(&record).unwrap();
                let valid = schemas.validate(&value, schema);
                if let Err(error) = valid {
                    panic!("{error:#}\n{}", kept(name, round, &mutant));
                }
            }
        }
    }
    println!("{name}: {} rounds over {} inputs, {made} records", rounds * long(), inputs.len());
    assert!(name == "query" || made > 0, "no mutant gave a record: the mutator is too harsh");
}

/// Keeps an input that a reader fell over, and says where.
fn kept(name: &str, round: usize, bytes: &[u8]) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}-{round}"));
    std::fs::write(&file, bytes).unwrap();
    format!("{name}, round {round}: the input is in {}", file.display())
}

/// The real records of one folder, where they are.
fn shared(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let root = std::env::var_os("SPV_SHARED").map_or("../shared".into(), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(root.join("records").join(folder)) else {
        println!("SKIPPED: no real records in {}", root.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn exercises() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exercise");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn pdf_files() {
    let tokens = &[
        "endstream",
        "endobj",
        "stream\n",
        "<<",
        ">>",
        "/Type /Page",
        "/Kids [1 0 R]",
        "/Parent 2 0 R",
        "/Length 99999999999",
        "/FlateDecode",
        "/ObjStm",
        "/XRef",
        "Tj",
        "TJ",
        "Tm",
        "BT",
        "ET",
        "Do",
        "BDC",
        "EMC",
        "/MCID 4294967295",
        "q ",
        "Q ",
        "-1",
        "65535",
        "1e308",
        "<feff>",
        "(",
        ")",
        "[",
        "]",
    ];
    let mut inputs = vec![pdf::record(true).bytes(), pdf::record(false).bytes()];
    run("pdf", readers::pdf, &inputs, tokens, 250);
    inputs = shared("pdf", ".pdf");
    inputs.retain(|bytes| bytes.len() < 300_000 && !readers::pdf(bytes).is_empty());
    if !inputs.is_empty() {
        run("pdf-real", readers::pdf, &inputs, tokens, 15);
    }
}

const WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "\u{c}",
    "The President:",
    "Mr. Orlan (Peru):",
    "(spoke in French):",
    "In favour:",
    "Against:",
    "Abstaining:",
    "None",
    "A vote was taken by show of hands.",
    "China, France",
    "S/PV.9998",
    "4/4 99-15339",
    "I resume my functions as President",
    "in my capacity as",
    "-\n",
    "\u{200f}",
    "\u{0}",
    "\u{1b}[2J",
    "(",
    ")",
    ":",
    "The meeting rose at 1 p.m.",
    "\u{feff}",
    "’",
    "Inow",
    "itis",
    "word- word",
];

#[test]
fn plain_texts() {
    let mut inputs = vec![
        include_bytes!("../fixtures/text/invented.en.txt").to_vec(),
        include_bytes!("../fixtures/text/invented.ar.txt").to_vec(),
    ];
    run("text", readers::text, &inputs, WORDS, 250);
    inputs = shared("text", ".txt");
    inputs.retain(|bytes| bytes.len() < 200_000 && !readers::text(bytes).is_empty());
    if !inputs.is_empty() {
        run("text-real", readers::text, &inputs, WORDS, 20);
    }
}

#[test]
fn tables_of_the_data_set() {
    let rows = |names: &str| {
        let mut table = format!("{}\n", archive::SPEAKER);
        for name in names.split(' ') {
            table += &format!(
                "1\t{name}\t2020-01-16\tMs. Orlan\tPeru\t\tMentioned\tUtopia\tLevel \"one\"\tThe invented\nquestion\tNA\tS/PV.8704\n"
            );
        }
        table.into_bytes()
    };
    let inputs = [
        rows("UNSC_2020_SPV.8704_spch0001.txt UNSC_2020_SPV.8704_spch0002.txt"),
        rows("UNSC_2020_SPV.8704Resumption1_spch0001.txt"),
    ];
    let tokens = &[
        "\t",
        "\n",
        "\r\n",
        "\"",
        "''",
        "NA",
        "\u{feff}",
        "filename",
        "date",
        "2020-02-31",
        "basename",
        "num_speeches",
        "UNSC_2020_SPV.8704_spch0001.txt",
        "spch",
        "Resumption",
        "18446744073709551616",
        "\u{0}",
    ];
    run("tsv", readers::tsv, &inputs, tokens, 300);
}

#[test]
fn texts_of_speeches() {
    let inputs = [
        b"Ms. Orlan (Peru) (spoke in Spanish): Invented words of nobody.\nThey go on over a line.".to_vec(),
        b"The President: I put the draft to the vote.\nA vote was taken by show of hands.\nIn favour:\nChina, France\n\
          Against:\nNone\nAbstaining:\nPeru\nThe result is 2 votes in favour, none against and 1 abstention."
            .to_vec(),
        b"I shall now make a statement in my capacity as representative of Peru. Inow say it- self again.\n\
          I now resume my functions as President of the Council.\nThe meeting rose at 1 p.m."
            .to_vec(),
    ];
    run("speech", readers::speech, &inputs, WORDS, 300);
}

#[test]
fn packs() {
    let record = |symbol: &str| {
        let text = include_str!("../../data/exercise/MSC_PV.2.en.json");
        let text = text
            .replacen("MSC/PV.2", symbol, 1)
            .replace("\"exercise\": true", "\"exercise\": false");
        make::zst(text.as_bytes())
    };
    let date: serde_json::Value =
        serde_json::from_str(include_str!("../../data/exercise/MSC_PV.2.en.json")).unwrap();
    let year = &date["date"].as_str().unwrap()[..4];
    let name = |number: u32| format!("records/{year}/S_PV.{number}.en.json.zst");
    let (one, two) = (record("S/PV.9001"), record("S/PV.9002"));
    let inputs = [
        make::pack(&[(&name(9001), &one), (&name(9002), &two)]),
        make::pack(&[(&name(9001), &one)]),
    ];
    let tokens = &[
        "ustar\0",
        "../",
        "./",
        "SHA256SUMS",
        "records/",
        ".json.zst",
        "77777777777",
        "00000000000",
        "\u{0}\u{0}\u{0}\u{0}",
        "1",
        "2",
        "3",
        "5",
        "x",
        "L",
        "K",
        "g",
        "  ",
        "\n",
    ];
    run("pack", readers::pack, &inputs, tokens, 300);
}

#[test]
fn record_files() {
    let tokens = &[
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e999",
        "4294967296",
        "\\ud800",
        "\\u0000",
        "\"type\"",
        "\"statement\"",
        "\"vote\"",
        "\"number\": 2",
        "\"breaks\": [{\"at\": 1, \"page\": 2}]",
        "\"spv/2\"",
        "S/PV.0",
        "2019-02-30",
        "\u{202e}",
    ];
    run("record", readers::record, &exercises(), tokens, 400);
}

#[test]
fn records_that_are_checked() {
    let tokens = &[
        "\"type\"",
        "\"vote\"",
        "\"in_favour\": [\"China\", \"China\"]",
        "\"page\": 4294967295",
        "\"page\": 1",
        "\"breaks\": [{\"at\": 0, \"page\": 9}]",
        "I now give the floor to Mr. Orlan",
        "I put the draft resolution in S/2099/1 to the vote.",
        "has been adopted as resolution 9999 (2099)",
        "received 15 votes in favour",
        "\"as\": \"president\"",
        "\"exercise\": false",
        "S/PV.8700",
        "1950-01-01",
        "\\u202e",
        "China",
        "\"fr\"",
    ];
    run("check", readers::check, &exercises(), tokens, 200);
}

#[test]
fn queries() {
    let inputs: Vec<Vec<u8>> = [
        "\"sexual violence in conflict\" state:Kazakhstan",
        "ceasefire near/5 humanitarian -truce year:2014..2019",
        "topic:haiti (police OR prison) reconcil*",
        "date:2019-01-01.. lang:fr spoken:ru as:president rule:39 capacity:national group:A3 behalf:\"A3\" vote:against cites:2254",
        "symbol:8668r1 -\"a phrase\" OR (b c)",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    let tokens = &[
        "\"",
        "(",
        ")",
        "((((((((",
        "OR",
        " OR ",
        "-",
        "near/",
        "near/99999999999",
        "*",
        ":",
        "year:",
        "..",
        "state:",
        "NOT",
        "\u{0}",
        "\u{301}",
        "é",
        "\u{202e}",
        "date:2019-13-45",
        "symbol:S/PV.",
        "' '",
        "--",
        "\u{a0}",
    ];
    run("query", readers::query, &inputs, tokens, 3_000);
}
