//! Kept queries, as the screens and the worker hand them to one another.

use std::collections::HashSet;
use std::sync::Arc;

use super::found::At;
use crate::desk::queries::{KeptQuery, Look, Seen};

/// A kept query in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// The query, and what was seen.
    pub kept: Arc<KeptQuery>,
    /// What it finds.
    pub found: KeptFound,
    /// The library it was looked at in, if that is not the one that is open.
    pub elsewhere: Option<String>,
}

/// What a kept query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptFound {
    /// It is being asked.
    Awaited,
    /// It was asked.
    Counted {
        /// The statements it finds.
        statements: usize,
        /// How many of them were not seen.
        new: usize,
    },
    /// Why it cannot be asked, in one line.
    Trouble(String),
}

/// A kept query that is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
    /// When it was looked at before, in seconds since 1970.
    pub before: Option<i64>,
    /// The statements that are listed first because they are new, the latest first.
    pub first: Arc<[At]>,
    /// Every new statement: the name of its record, and its place there.
    new: HashSet<(String, usize)>,
    /// What is to be remembered as seen.
    pub look: Look,
}

impl Looked {
    /// A look at a query with these new statements, of which some are listed first.
    pub fn new(kept: &KeptQuery, new: &[At], first: usize, look: Look) -> Self {
        Self {
            name: kept.name.clone(),
            query: kept.query.clone(),
            before: kept.looked,
            first: new.iter().take(first).cloned().collect(),
            new: new.iter().map(key).collect(),
            look,
        }
    }

    /// Whether a statement is new.
    pub fn is_new(&self, at: &At) -> bool {
        !self.new.is_empty() && self.new.contains(&key(at))
    }

    /// How many are new and since when: `3 new since 2026-11-30`.
    pub fn words(&self) -> String {
        let new = match self.new.len() {
            0 => "nothing new".to_owned(),
            n => format!("{} new", super::number::thousands(n)),
        };
        match self.before {
            Some(before) => format!("{new} since {}", day(before)),
            None => format!("{new}, not looked at before"),
        }
    }
}

fn key(at: &At) -> (String, usize) {
    (Seen::name(&at.symbol, &at.language), at.nth)
}

/// The day of a time in seconds since 1970, in UTC.
pub fn day(at: i64) -> jiff::civil::Date {
    let time = jiff::Timestamp::from_second(at).unwrap_or_default();
    jiff::tz::TimeZone::UTC.to_datetime(time).date()
}
