//! What is in a library: a line for each record and a heading for each statement.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::record::{As, Item, Kind, Language, Outcome, President, Record, Status, Symbol};

/// One edition of one record, as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The document symbol.
    pub symbol: Symbol,
    /// The language of the edition.
    pub language: Language,
    /// What sort of document it is.
    pub kind: Kind,
    /// Written for this project.
    pub exercise: bool,
    /// How final it is.
    pub status: Status,
    /// The day.
    pub date: Date,
    /// One line.
    pub topic: Arc<str>,
    /// The agenda item as printed (the first line of the agenda), for Find.
    pub item: Arc<str>,
    /// What came of it, short: `RES 2254`, `PRST 2019/15`, `VETO`.
    pub outcomes: Vec<Arc<str>>,
    /// Who presided.
    pub presidents: Vec<President>,
    /// How many statements it has.
    pub statements: u32,
    /// The statements, in order.
    pub headings: Vec<Heading>,
    /// The file it is in; empty for a record inside the binary.
    pub file: PathBuf,
}

/// One statement, as lists show it. Strings are shared within a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its number in the edition.
    pub number: u32,
    /// Printed page.
    pub page: Option<u32>,
    /// Title and name.
    pub name: Arc<str>,
    /// State spoken for.
    pub state: Option<Arc<str>>,
    /// Organization spoken for.
    pub organization: Option<Arc<str>>,
    /// What they spoke as.
    pub as_: As,
    /// Words.
    pub words: u32,
    /// Only conducts the meeting.
    pub procedural: bool,
}

/// Everything in a library, newest first; a meeting stands before its resumptions.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The records, newest first.
    pub entries: Vec<Entry>,
}

impl Catalogue {
    /// One edition of each record: English, or else the first.
    pub fn records(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The headings of an entry, in order.
    #[must_use]
    pub fn headings(&self, entry: &Entry) -> Vec<Heading> {
        entry.headings.clone()
    }
}

impl Entry {
    /// The entry of a record.
    #[must_use]
    pub fn of(record: &Record, file: PathBuf) -> Self {
        let headings: Vec<Heading> = record
            .statements()
            .map(|s| Heading {
                number: s.number,
                page: s.page,
                name: s.speaker.name.as_str().into(),
                state: s.speaker.state.as_deref().map(Into::into),
                organization: s.speaker.organization.as_deref().map(Into::into),
                as_: s.speaker.as_,
                words: u32::try_from(s.words()).unwrap_or(u32::MAX),
                procedural: s.is_procedural(),
            })
            .collect();
        let mut outcomes: Vec<Arc<str>> = Vec::new();
        for item in &record.items {
            if let Item::Vote(v) = item {
                if v.outcome == Some(Outcome::Vetoed) {
                    outcomes.push("VETO".into());
                } else if let Some(symbol) = &v.adopted_as {
                    outcomes
                        .push(symbol.trim_start_matches("S/").replace('/', " ").as_str().into());
                }
            }
        }
        Self {
            symbol: record.symbol.clone(),
            language: record.language.clone(),
            kind: record.kind,
            exercise: record.exercise,
            status: record.status,
            date: record.date,
            topic: record.topic.as_str().into(),
            item: record.agenda.first().map_or("", String::as_str).into(),
            outcomes,
            presidents: record.presidents.clone(),
            statements: u32::try_from(headings.len()).unwrap_or(u32::MAX),
            headings,
            file,
        }
    }
}
