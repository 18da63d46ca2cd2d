//! Records as files: the schema, and those that come with the program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

mod exercise;
mod exercise_fixtures;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use spv::record::{Record, json};

/// The records in a folder of the project, by file name.
fn records_in(folder: &str) -> BTreeMap<String, Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let record = json::read_record(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, record)
    };
    std::fs::read_dir(&folder).unwrap().map(|e| read(e.unwrap().path())).collect()
}
