//! Prepares the exercise debates for the binary: their texts as they are and one catalogue of them,
//! so that a start reads no record before it is asked for.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[allow(dead_code)]
#[path = "../src/library/catalogue/encode.rs"]
mod encode;
#[allow(dead_code)]
#[path = "../src/library/catalogue/outline.rs"]
mod outline;

use outline::{CAPACITIES, KINDS, Outline, STATUSES, Turn, place, short_outcome};

/// The folder of the debates, from the root of the crate on.
const FOLDER: &str = "data/exercise";

/// Writes `exercise.bin`, the catalogue of every `*.json` in the folder, and `exercise.rs`, a
/// table of their names and texts.
///
/// # Errors
/// A sentence naming the file that is no record, or cannot be read or written.
pub fn write(out_dir: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=src/library/catalogue/encode.rs");
    println!("cargo::rerun-if-changed=src/library/catalogue/outline.rs");
    let mut table = String::from("&[\n");
    let mut outlines = Vec::new();
    for path in files()? {
        println!("cargo::rerun-if-changed={}", path.display());
        let fault = |what: String| format!("{}: {what}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?;
        let record: Value = serde_json::from_str(&text).map_err(|e| fault(e.to_string()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut outline = outline_of(&record).map_err(fault)?;
        let whole = std::path::absolute(&path).map_err(|e| fault(e.to_string()))?;
        let _ = writeln!(table, "    ({name:?}, include_bytes!({:?})),", whole.to_string_lossy());
        outline.file = Some(name);
        outlines.push(outline);
    }
    table.push_str("]\n");
    let bytes = encode::encode(&encode::Disk::default(), &outlines)
        .ok_or_else(|| format!("{FOLDER}: too much for one catalogue"))?;
    let save = |name: &str, bytes: &[u8]| {
        let path = out_dir.join(name);
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    };
    save("exercise.bin", &bytes)?;
    save("exercise.rs", table.as_bytes())
}

/// The record files, by name; none when the folder is absent.
fn files() -> Result<Vec<PathBuf>, String> {
    let Ok(folder) = std::fs::read_dir(FOLDER) else {
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for file in folder {
        let path = file.map_err(|e| format!("{FOLDER}: {e}"))?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The twin of `outline_of` in `src/library/catalogue/mod.rs`, on bare JSON: a build script cannot use the
/// crate it builds. A test holds the two together.
fn outline_of(record: &Value) -> Result<Outline, String> {
    let need = |name: &str| {
        record[name].as_str().map(str::to_owned).ok_or_else(|| format!("{name} is missing"))
    };
    let empty = Vec::new();
    let items = record["items"].as_array().ok_or("items is missing")?;
    let list = |name: &str| record[name].as_array().unwrap_or(&empty);
    let mut outcomes: Vec<String> = Vec::new();
    for vote in items.iter().filter(|item| item["type"] == "vote") {
        let short = short_outcome(vote["outcome"].as_str(), vote["adopted_as"].as_str());
        outcomes.extend(short.filter(|short| !outcomes.contains(short)));
    }
    let date = need("date")?;
    let mut parts = date.split('-').map(|part| part.parse::<i16>().unwrap_or_default());
    let mut part = || parts.next().unwrap_or_default();
    let number = |n: i16| i8::try_from(n).unwrap_or_default();
    Ok(Outline {
        symbol: need("symbol")?,
        language: need("language")?,
        kind: place(&KINDS, record["kind"].as_str(), 0),
        exercise: record["exercise"].as_bool().unwrap_or(false),
        status: place(&STATUSES, record["status"].as_str(), 3),
        date: (part(), number(part()), number(part())),
        topic: text(&record["topic"]),
        item: list("agenda").first().map(text).unwrap_or_default(),
        sub_items: list("agenda").iter().skip(1).map(text).collect::<Vec<_>>().join("\n"),
        outcomes,
        presidents: list("presidents")
            .iter()
            .map(|p| (text(&p["name"]), some(&p["state"])))
            .collect(),
        turns: items.iter().filter(|item| item["type"] == "statement").map(turn_of).collect(),
        ..Outline::default()
    })
}

fn turn_of(statement: &Value) -> Turn {
    let speaker = &statement["speaker"];
    let empty = Vec::new();
    let paragraphs = statement["paragraphs"].as_array().unwrap_or(&empty);
    let words: usize = paragraphs
        .iter()
        .map(|p| p["text"].as_str().unwrap_or_default().split_whitespace().count())
        .sum();
    let other = |p: &Value| p["capacity"] == "national" || p["capacity"] == "organization";
    Turn {
        number: small(&statement["number"]).unwrap_or_default(),
        page: small(&statement["page"]),
        name: text(&speaker["name"]),
        state: some(&speaker["state"]),
        organization: some(&speaker["organization"]),
        role: some(&speaker["role"]),
        as_: place(&CAPACITIES, speaker["as"].as_str(), 3),
        words: u32::try_from(words).unwrap_or(u32::MAX),
        procedural: speaker["as"] == "president" && !paragraphs.iter().any(other),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn some(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn small(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|n| u32::try_from(n).ok())
}
