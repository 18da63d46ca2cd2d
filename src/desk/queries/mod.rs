//! Kept queries: a query under a name, and what it had found when it was last looked at.
//!
//! `DIR/queries.json` has the shape `{"format": "spv-desk/1", "queries": […]}` (see [`KeptQuery`]), in the order in which
//! they were kept. No two have the same name; case and accents make no difference.

mod seen;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::contents::{Contents, Entry, Kept, Shape, Unknown};
use super::kept::{self, DeskError};
use crate::record::{fold, harmless};
pub use seen::{Seen, SeenRecord, hashes, print_of};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;

/// A kept query.
///
/// In the file: `{"name": "grain", "query": "grain near/5 port* ", "at": 1700000000, "looked": 1700000000, "library":
/// "/home/me/spv", "seen": {…}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptQuery {
    /// Its name.
    pub name: String,
    /// The query, as `spv search` reads it.
    pub query: String,
    /// When it was kept, in seconds since 1970.
    #[serde(default)]
    pub at: i64,
    /// When it was looked at last; `None` if never.
    #[serde(default)]
    pub looked: Option<i64>,
    /// The folder of the library it was looked at in.
    #[serde(default)]
    pub library: Option<String>,
    /// What it has found that was looked at.
    #[serde(default)]
    pub seen: Seen,
    /// Fields that another version of spv wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}

impl KeptQuery {
    /// One that was never looked at.
    pub fn new(name: &str, query: &str, at: i64) -> Self {
        Self {
            name: name.to_owned(),
            query: query.to_owned(),
            at,
            looked: None,
            library: None,
            seen: Seen::default(),
            unknown: Unknown::default(),
        }
    }

    /// Whether it has this name.
    pub fn is_named(&self, name: &str) -> bool {
        key(&self.name) == key(name)
    }
}

/// A look at what a query has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// The name of the query.
    pub name: String,
    /// The query, so that another one that has its name by now is not taken for it.
    pub query: String,
    /// The folder of the library.
    pub library: Option<String>,
    /// What it found.
    pub seen: Seen,
}

/// Why a query is not kept, or not found.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// The name cannot be used.
    #[error("{0}")]
    Name(String),
    /// Another query has the name.
    #[error("{name} is the name of the kept query {query}; choose another name")]
    Taken {
        /// The name.
        name: String,
        /// The query that has it.
        query: String,
    },
    /// There is no kept query with this name.
    #[error("there is no kept query {0}; spv queries lists them")]
    Missing(String),
    /// It could not be written.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What becomes of a query that is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept now.
    Added,
    /// It was kept under this name before.
    Known,
}

#[derive(Debug)]
pub(super) struct Queries;

impl Kept for Queries {
    type Item = KeptQuery;
    const SHAPE: Shape = Shape {
        file: "queries.json",
        format: "spv-desk",
        field: "queries",
        named: false,
        one: "query",
        many: "queries",
        limit: 64 << 20,
    };
}

/// A name as it is kept: one line, harmless, without white space around it.
///
/// # Errors
/// If nothing is left of it, or it is too long.
pub fn clean_name(name: &str) -> Result<String, NotKept> {
    let name = harmless::line(name).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(NotKept::Name("a kept query needs a name".to_owned()));
    }
    if name.chars().count() > LONGEST_NAME {
        let too_long = format!("the name is too long; at most {LONGEST_NAME} characters");
        return Err(NotKept::Name(too_long));
    }
    Ok(name)
}

/// What makes two names the same.
fn key(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    fold::text(&name)
}

/// Every kept query, in the order in which they were kept, and a warning if a damaged file was renamed, one cannot be
/// read, or one got another name because two had the same.
///
/// # Errors
/// One line if the file cannot be read or is of a later version; it is left unchanged.
pub fn all(dir: &Path) -> Result<(Vec<KeptQuery>, Option<String>), String> {
    let (mut kept, mut warning) = kept::read::<Queries>(dir)?;
    let (queries, renamed) = take_named(&mut kept);
    if let Some(renamed) = renamed {
        let said = format!("{}: {renamed}", dir.join(Queries::SHAPE.file).display());
        warning = Some(warning.map_or(said.clone(), |before| format!("{before}; {said}")));
    }
    Ok((queries, warning))
}

/// The kept query with this name, and a warning as in [`all`].
///
/// # Errors
/// If there is none, or the file cannot be read.
pub fn named(dir: &Path, name: &str) -> Result<(KeptQuery, Option<String>), String> {
    let (queries, warning) = all(dir)?;
    let found = queries.into_iter().find(|kept| kept.is_named(name));
    let found = found.ok_or_else(|| NotKept::Missing(harmless::line(name).into_owned()));
    Ok((found.map_err(|missing| missing.to_string())?, warning))
}

/// Takes the queries out of the contents. Of two with one name the later gets another, always the same for the same
/// file, which is reported.
fn take_named(kept: &mut Contents<Queries>) -> (Vec<KeptQuery>, Option<String>) {
    let mut said = None;
    let mut queries: Vec<KeptQuery> = Vec::new();
    let mut taken = HashSet::new();
    for Entry { mut item, unknown, .. } in std::mem::take(&mut kept.entries) {
        let name = free_name(&taken, &item.name);
        taken.insert(key(&name));
        if name != item.name {
            said.get_or_insert_with(|| {
                format!("two queries had the name {}, one is now {name}", item.name)
            });
            item.name = name;
        }
        queries.push(KeptQuery { unknown, ..item });
    }
    (queries, said)
}

/// The name, with a number if it is taken.
fn free_name(taken: &HashSet<String>, name: &str) -> String {
    let name = if name.trim().is_empty() { "query" } else { name };
    let mut free = name.to_owned();
    for number in 2_u32.. {
        if !taken.contains(&key(&free)) {
            break;
        }
        free = format!("{name} ({number})");
    }
    free
}

/// What the names of some queries are compared by.
fn keys(queries: &[KeptQuery]) -> HashSet<String> {
    queries.iter().map(|kept| key(&kept.name)).collect()
}

/// Changes the queries of the file; a warning if a damaged file was renamed.
fn change<R>(
    dir: &Path,
    change: impl FnOnce(&mut Vec<KeptQuery>) -> R,
) -> Result<(R, Option<String>), DeskError> {
    let changed = |kept: &mut Contents<Queries>| {
        let (mut queries, _) = take_named(kept);
        let given = change(&mut queries);
        kept.entries = queries
            .into_iter()
            .map(|mut query| Entry { unknown: std::mem::take(&mut query.unknown), ..query.into() })
            .collect();
        given
    };
    kept::change(dir, changed).map(|(given, _, warning)| (given, warning))
}

/// Keeps a query under a name at `at` (seconds since 1970). It is on disk when this returns. A query that has the name
/// already is not touched.
///
/// # Errors
/// If the name cannot be used or is that of another query, or it cannot be written; nothing is changed then.
pub fn keep(
    dir: &Path,
    name: &str,
    query: &str,
    at: i64,
) -> Result<(Keeping, Option<String>), NotKept> {
    let name = clean_name(name)?;
    let kept = |queries: &mut Vec<KeptQuery>| match queries.iter().find(|k| k.is_named(&name)) {
        Some(known) if known.query == query => Ok(Keeping::Known),
        Some(known) => Err(NotKept::Taken { name: known.name.clone(), query: known.query.clone() }),
        None => {
            queries.push(KeptQuery::new(&name, query, at));
            Ok(Keeping::Added)
        }
    };
    let (kept, warning) = change(dir, kept)?;
    Ok((kept?, warning))
}

/// Removes the query with this name, and returns it.
///
/// # Errors
/// If there is none, or it cannot be written; nothing is changed then.
pub fn remove(dir: &Path, name: &str) -> Result<KeptQuery, NotKept> {
    let removed = |queries: &mut Vec<KeptQuery>| {
        let at = queries.iter().position(|kept| kept.is_named(name));
        at.map(|at| queries.remove(at))
    };
    let (removed, _) = change(dir, removed)?;
    removed.ok_or_else(|| NotKept::Missing(harmless::line(name).into_owned()))
}

/// Puts a query that was removed back, at its place by the time it was kept. If its name was given away meanwhile it gets
/// another.
///
/// # Errors
/// If it cannot be written; nothing is changed then.
pub fn restore(dir: &Path, query: KeptQuery) -> Result<Option<String>, DeskError> {
    let restored = |queries: &mut Vec<KeptQuery>| {
        if queries.contains(&query) {
            return;
        }
        let name = free_name(&keys(queries), &query.name);
        let later = queries.iter().position(|kept| kept.at > query.at);
        queries.insert(later.unwrap_or(queries.len()), KeptQuery { name, ..query });
    };
    change(dir, restored).map(|((), warning)| warning)
}

/// Gives a query another name.
///
/// # Errors
/// If there is none, the name cannot be used or is that of another query, or it cannot be written; nothing is changed
/// then.
pub fn rename(dir: &Path, name: &str, to: &str) -> Result<Option<String>, NotKept> {
    let to = clean_name(to)?;
    let renamed = |queries: &mut Vec<KeptQuery>| {
        let Some(at) = queries.iter().position(|kept| kept.is_named(name)) else {
            return Err(NotKept::Missing(harmless::line(name).into_owned()));
        };
        let mut others = queries.iter().enumerate().filter(|(n, _)| *n != at);
        if let Some((_, other)) = others.find(|(_, other)| other.is_named(&to)) {
            return Err(NotKept::Taken { name: other.name.clone(), query: other.query.clone() });
        }
        queries[at].name = to;
        Ok(())
    };
    let (renamed, warning) = change(dir, renamed)?;
    renamed.map(|()| warning)
}

/// Remembers a look at `at` (seconds since 1970): what it found is no longer new. Returns whether the query is still
/// kept; nothing else changes if it is not.
///
/// # Errors
/// If it cannot be written; what was seen is as before.
pub fn see(dir: &Path, look: &Look, at: i64) -> Result<(bool, Option<String>), DeskError> {
    let seen = |queries: &mut Vec<KeptQuery>| {
        let is_this = |kept: &&mut KeptQuery| kept.is_named(&look.name) && kept.query == look.query;
        let Some(kept) = queries.iter_mut().find(is_this) else { return false };
        kept.seen.add(&look.seen);
        kept.looked = Some(at);
        kept.library.clone_from(&look.library);
        true
    };
    change(dir, seen)
}

/// Adds queries that were exported. One with the same name and words is joined with the one that is here: what was seen
/// there was seen. A name that is taken gets a number. Returns how many were added.
///
/// # Errors
/// If it cannot be written; nothing is changed then.
pub(super) fn import(dir: &Path, more: Vec<KeptQuery>) -> Result<usize, DeskError> {
    if more.is_empty() {
        return Ok(0);
    }
    let added = |queries: &mut Vec<KeptQuery>| {
        let before = queries.len();
        for new in more {
            let same = |kept: &&mut KeptQuery| kept.is_named(&new.name) && kept.query == new.query;
            match queries.iter_mut().find(same) {
                Some(here) => {
                    // The prints here are those of the library that is used here.
                    let mut seen = new.seen;
                    seen.add(&here.seen);
                    here.seen = seen;
                    here.looked = here.looked.max(new.looked);
                }
                None => {
                    let name = free_name(&keys(queries), &new.name);
                    queries.push(KeptQuery { name, ..new });
                }
            }
        }
        queries.len() - before
    };
    change(dir, added).map(|(added, _)| added)
}
