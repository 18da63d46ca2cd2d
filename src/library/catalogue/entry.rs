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
    /// Its sub-items, each behind a line break of its own.
    pub sub_items: Arc<str>,
    /// What came of it, short and each once: `RES 2254`, `PRST 2019/15`, `VETO`, `NOT ADOPTED`.
    pub outcomes: Vec<Arc<str>>,
    /// Who presided.
    pub presidents: Arc<[President]>,
    /// How many statements it has; [`Catalogue::headings`] tells them.
    pub statements: u32,
    /// The file from the root on, where it is not the usual one.
    pub(in crate::library) file: Option<Arc<str>>,
    /// Where its headings begin in the bytes of the catalogue it came from.
    pub(super) place: u32,
}

impl Entry {
    /// Its file, from the library's root on.
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

/// The same from its words. The code of a language comes from a record and is never trusted with a path.
pub(in crate::library) fn usual_name(stem: &str, language: &str, year: i16) -> String {
    let code: String = language
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .take(32)
        .collect();
    format!("records/{year:04}/{stem}.{code}.json.zst")
}

/// One statement, as lists show it; its words are those of the catalogue.
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
    /// What they spoke as.
    pub as_: As,
    /// Words.
    pub words: u32,
    /// Only conducts the meeting.
    pub procedural: bool,
}

/// Somebody who speaks in the library, once for each State or organization spoken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerName<'a> {
    /// Title and name.
    pub name: &'a str,
    /// State spoken for.
    pub state: Option<&'a str>,
    /// Organization spoken for.
    pub organization: Option<&'a str>,
}
