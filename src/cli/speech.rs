//! The columns that every table of statements has, after its own: on what, by whom, as what, and from where.

use serde::Serialize;

use crate::record::{As, Capacity, Record, Statement};
use crate::search::index::capacity_of;

/// What is told of a statement in every table; the fields are those of its JSON and its CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SpeechColumns {
    /// The agenda item as printed, its first line.
    pub item: String,
    /// The form of address as printed.
    pub printed: String,
    /// The office held, where the record names it.
    pub role: Option<String>,
    /// What the speaker speaks as.
    #[serde(rename = "as")]
    pub as_: As,
    /// `president`, `national` or `organization`; of a statement in several, that of the paragraph.
    pub capacity: Option<Capacity>,
    /// The language that was spoken, where the record names it.
    pub spoken: Option<String>,
}

impl SpeechColumns {
    /// Those of a paragraph of a statement.
    pub fn of(record: &Record, statement: &Statement, paragraph: usize) -> Self {
        let speaker = &statement.speaker;
        Self {
            item: record.agenda.first().cloned().unwrap_or_default(),
            printed: speaker.printed.clone(),
            role: speaker.role.clone(),
            as_: speaker.as_,
            capacity: capacity_of(statement, paragraph),
            spoken: statement.spoken.as_ref().map(|language| language.code().to_owned()),
        }
    }
}

/// Where a text came from: `pdf, S_PV.8668_E.pdf`.
pub fn describe_source(record: &Record) -> String {
    let source = &record.source;
    let parts = [Some(&source.from), source.file.as_ref(), source.url.as_ref()];
    let parts: Vec<&str> =
        parts.into_iter().flatten().map(String::as_str).filter(|p| !p.is_empty()).collect();
    let claimed = source.pack.as_ref().is_some_and(|pack| !pack.verified);
    parts.join(", ") + if claimed { " (from a pack, origin not verified)" } else { "" }
}
