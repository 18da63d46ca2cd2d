//! The newest queries. The reader keeps those of Search; the format also allows those of Find and
//! of the search in a text.
//!
//! `DIR/history.json` has the shape `{"format": "spv-history/1", "queries": […]}`, the newest
//! first. A reader opened with `--private` adds nothing.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::contents::{Contents, Entry, Kept, Shape};
use super::kept::{self, DeskError};

/// The number of queries kept; the oldest are dropped first.
pub const QUERIES: usize = 500;

/// Where a query was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// In Find.
    Find,
    /// In the text of a record.
    Text,
    /// In Search, over every record.
    Search,
}

/// One query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Where it was entered.
    pub kind: Kind,
    /// What was typed.
    pub query: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

#[derive(Debug)]
struct History;

impl Kept for History {
    type Item = Query;
    const SHAPE: Shape = Shape {
        file: "history.json",
        format: "spv-history",
        field: "queries",
        named: false,
        one: "query",
        many: "queries",
        limit: 4 << 20,
    };
}

/// Every query, the newest first, and a warning if a damaged file was renamed.
///
/// # Errors
/// One line if the file cannot be read or is of a later version; it is left unchanged.
pub fn all(dir: &Path) -> Result<(Vec<Query>, Option<String>), String> {
    let (kept, warning) = kept::read::<History>(dir)?;
    Ok((kept.entries.into_iter().map(|entry| entry.item).collect(), warning))
}

/// Keeps a query, replacing an earlier one with the same words.
///
/// # Errors
/// If it cannot be written; the existing queries are unchanged.
pub fn add(dir: &Path, query: Query) -> Result<Option<String>, DeskError> {
    let added = |kept: &mut Contents<History>| {
        let words = |known: &Entry<Query>| {
            (known.item.kind, &known.item.query) == (query.kind, &query.query)
        };
        let before = kept.entries.iter().position(words).map(|at| kept.entries.remove(at));
        let unknown = before.map(|before| before.unknown).unwrap_or_default();
        kept.entries.retain(|known| !words(known));
        kept.entries.insert(0, Entry { unknown, ..query.into() });
        kept.entries.truncate(QUERIES);
    };
    kept::change(dir, added).map(|((), _, warning)| warning)
}
