//! What lists show of a record, a statement and a speaker.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::record::{As, Kind, Language, President, Status, Symbol};

/// One edition of one record, as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The document symbol.
    pub symbol: Symbol,
    /// The language of the edition.
    pub language: Language,
    /// The kind of document.
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
    /// Its sub-items, one a line.
    pub sub_items: Arc<str>,
    /// Its outcomes in short, each once: `RES 2254`, `PRST 2019/15`, `VETO`, `NOT ADOPTED`; with
    /// ` (doubtful)` after one of a doubtful vote.
    pub outcomes: Vec<Arc<str>>,
    /// Who presided.
    pub presidents: Arc<[President]>,
    /// The number of statements; see [`Catalogue::headings`](super::Catalogue::headings).
    pub statements: u32,
    /// The number of doubts about it, see [`Record::all_doubts`](crate::record::Record::all_doubts).
    pub doubts: u32,
    /// The file relative to the root, if it is not the usual one.
    pub(in crate::library) file: Option<Arc<str>>,
    /// The offset of its headings in the bytes of the catalogue.
    pub(super) place: u32,
}

impl Entry {
    /// Its file, relative to the root of the library.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        match &self.file {
            Some(file) => PathBuf::from(&**file),
            None => usual_file(&self.symbol, &self.language, self.date),
        }
    }
}

/// `records/YYYY/NAME.LANG.json.zst`, where a record with this symbol, language and day is kept.
#[must_use]
pub fn usual_file(symbol: &Symbol, language: &Language, date: Date) -> PathBuf {
    PathBuf::from(usual_name(&symbol.file_stem(), language.code(), date.year()))
}

/// [`usual_file`] from its parts. The language code comes from a record and is sanitized.
pub(in crate::library) fn usual_name(stem: &str, language: &str, year: i16) -> String {
    let code: String = language
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .take(32)
        .collect();
    format!("records/{year:04}/{stem}.{code}.json.zst")
}

/// A statement, as lists show it, borrowed from the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its number in the edition.
    pub number: u32,
    /// Printed page.
    pub page: Option<u32>,
    /// Title and name.
    pub name: &'a str,
    /// State spoken for.
    pub state: Option<&'a str>,
    /// Organization spoken for.
    pub organization: Option<&'a str>,
    /// Office held, where the record names it.
    pub role: Option<&'a str>,
    /// What they spoke as.
    pub as_: As,
    /// Words.
    pub words: u32,
    /// Whether it only conducts the meeting.
    pub procedural: bool,
}

/// A speaker, once for each State or organization spoken for, and for each office held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerName<'a> {
    /// Title and name.
    pub name: &'a str,
    /// State spoken for.
    pub state: Option<&'a str>,
    /// Organization spoken for.
    pub organization: Option<&'a str>,
    /// Office held, where the record names it.
    pub role: Option<&'a str>,
}
