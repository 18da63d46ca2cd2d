//! Makes what the binary carries: the tables of facts, from `data/facts/*.json`, and the exercise debates.
//!
//! Each thing made is a module under `build/` with one entry that writes into the output folder.

#[path = "build/blob.rs"]
mod blob;
#[path = "build/exercise.rs"]
mod exercise;
#[path = "build/facts.rs"]
mod facts;
#[path = "src/facts/key.rs"]
#[allow(dead_code)]
mod key;
#[path = "src/facts/layout.rs"]
#[allow(dead_code)]
mod layout;
#[path = "build/names.rs"]
mod names;
#[path = "build/record.rs"]
mod record;
#[path = "build/seats.rs"]
mod seats;
#[path = "build/tables.rs"]
mod tables;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for watched in [
        "build.rs",
        "build",
        "src/facts/key.rs",
        "src/facts/layout.rs",
        "src/record/fold.rs",
        "src/record/varint.rs",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    facts::make(&root.join("data/facts"), &out)?;
    exercise::write(&out)?;
    Ok(())
}
