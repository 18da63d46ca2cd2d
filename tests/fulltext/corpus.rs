//! Records to search in: the exercise debates, and those of 2020 from the shared folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use spv::library::Library;
use spv::record::{Capacity, Record, json};

/// The records of the exercise debates.
pub fn exercise() -> Vec<Record> {
    let library = Library::exercise();
    library.catalogue().entries.iter().map(|entry| library.load(entry).unwrap()).collect()
}

/// Puts records into a library folder, as plain files.
pub fn put(root: &Path, records: &[Record]) {
    for record in records {
        let folder = root.join(format!("records/{:04}", record.date.year()));
        std::fs::create_dir_all(&folder).unwrap();
        let name = format!("{}.{}.json", record.symbol.file_stem(), record.language.code());
        std::fs::write(folder.join(name), json::write_record(record)).unwrap();
    }
}

/// The shared folder.
fn shared() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("SPV_SHARED").map_or(default, PathBuf::from)
}

/// The records of 2020, `None` with a line that says so where they are not here.
pub fn of_2020() -> Option<Vec<Record>> {
    let file = shared().join("records/speeches-2020.jsonl.xz");
    let unpacked = Command::new("xz").arg("-dc").arg(&file).output();
    let text = unpacked.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    let Some(text) = text.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        println!("skipped: {} is not here or xz is not", file.display());
        return None;
    };
    let mut meetings: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for line in text.lines() {
        let speech: serde_json::Value = serde_json::from_str(line).unwrap();
        meetings.entry(speech["spv"].as_str().unwrap().to_owned()).or_default().push(speech);
    }
    Some(meetings.iter().map(|(spv, speeches)| record(spv, speeches)).collect())
}

fn record(spv: &str, speeches: &[serde_json::Value]) -> Record {
    let symbol = match spv.split_once('_') {
        Some((year, number)) => format!("S/{year}/{number}"),
        None => format!("S/PV.{spv}"),
    };
    let month = speeches[0]["month"].as_f64().unwrap() as i64;
    let day = speeches[0]["day"].as_f64().unwrap() as i64;
    let items: Vec<serde_json::Value> = speeches.iter().enumerate().map(statement).collect();
    let record = serde_json::json!({
        "format": "spv/1", "symbol": symbol, "kind": "verbatim", "language": "en",
        "date": format!("2020-{month:02}-{day:02}"), "topic": speeches[0]["topic"].as_str().unwrap_or(""),
        "agenda": [speeches[0]["topic"].as_str().unwrap_or("")], "items": items,
    });
    json::read_record(record.to_string().as_bytes()).unwrap()
}

fn statement((n, speech): (usize, &serde_json::Value)) -> serde_json::Value {
    let chair = speech["participanttype"] == "The President";
    let country = speech["country"].as_str().unwrap();
    let state = spv::facts::states::lookup(country).map(|state| state.name);
    let organization = if state.is_none() { Some(country) } else { None };
    let mut paragraphs = Vec::new();
    // The source has no paragraphs: every fourth sentence ends one.
    for sentences in
        speech["content"].as_str().unwrap().split_inclusive(". ").collect::<Vec<_>>().chunks(4)
    {
        let text = sentences.concat();
        let capacity = if chair && text.contains("national capacity") {
            Some(Capacity::National)
        } else if chair && text.contains("resume my functions") {
            Some(Capacity::President)
        } else {
            None
        };
        let mut paragraph = serde_json::json!({ "text": text });
        if let Some(capacity) = capacity {
            paragraph["capacity"] = serde_json::to_value(capacity).unwrap();
        }
        paragraphs.push(paragraph);
    }
    let as_ = if chair { "president" } else { "member" };
    serde_json::json!({
        "type": "statement", "number": n + 1,
        "speaker": {"printed": speech["speaker"].as_str().unwrap_or("Speaker"), "name": speech["speaker"].as_str().unwrap_or("Speaker"), "state": state,
                    "organization": organization, "as": as_},
        "paragraphs": paragraphs,
    })
}
