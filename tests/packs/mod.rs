//! Packs: written by `spv pack`, read by `spv import` and `spv check`, whole, in part and stopped.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod carried;
pub mod make;
mod stopped;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::archive;
use crate::command::{self as kit, on};

/// The records of a library as they stand in its files, without what says which pack they came in.
fn bare(library: &Path) -> BTreeMap<String, Value> {
    let mut records = archive::records(library);
    for record in records.values_mut() {
        record["source"].as_object_mut().unwrap().remove("pack");
    }
    records
}
