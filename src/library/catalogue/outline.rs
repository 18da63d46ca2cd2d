//! The outline of a record: what the catalogue keeps of it, as strings and numbers.
//!
//! This file uses the standard library only, because the build script compiles it as well
//! to prepare the catalogue of what is inside the binary.

/// One edition of one record, before it is encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The symbol as printed.
    pub symbol: String,
    /// The code of the edition's language.
    pub language: String,
    /// Index into [`KINDS`].
    pub kind: u8,
    /// Written for this project.
    pub exercise: bool,
    /// Index into [`STATUSES`].
    pub status: u8,
    /// Year, month and day.
    pub date: (i16, i8, i8),
    /// One line.
    pub topic: String,
    /// The first line of the agenda.
    pub item: String,
    /// The sub-items: the further lines of the agenda, one a line.
    pub sub_items: String,
    /// Short forms, each once.
    pub outcomes: Vec<String>,
    /// Name and State of those who presided.
    pub presidents: Vec<(String, Option<String>)>,
    /// The statements, in order.
    pub turns: Vec<Turn>,
    /// The number of doubts about it.
    pub doubts: u32,
    /// The file relative to the root of the library, if it is not the usual one.
    pub file: Option<String>,
    /// The stamp of the file when it was read.
    pub stamp: Stamp,
}

/// One statement of an outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Its number in the edition.
    pub number: u32,
    /// Printed page.
    pub page: Option<u32>,
    /// Title and name.
    pub name: String,
    /// State spoken for.
    pub state: Option<String>,
    /// Organization spoken for.
    pub organization: Option<String>,
    /// Office held.
    pub role: Option<String>,
    /// Index into [`CAPACITIES`].
    pub as_: u8,
    /// Words.
    pub words: u32,
    /// Only conducts the meeting.
    pub procedural: bool,
}

/// Size and time of a file or folder: a different stamp means that it may have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes; 0 for a folder.
    pub size: u64,
    /// Seconds since 1970 of the last change of its content.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanos: u32,
}

/// The kinds of record in the order of their numbers in a catalogue.
pub const KINDS: [&str; 3] = ["verbatim", "letter", "communique"];
/// The words for how final an edition is, in the order of their numbers.
pub const STATUSES: [&str; 4] = ["provisional", "final", "corrected", "unknown"];
/// What a speaker may speak as, in the order of their numbers.
pub const CAPACITIES: [&str; 4] = ["president", "member", "invited", "unknown"];

/// The short form of what came of a vote: `RES 2254`, `PRST 2019/15`, `VETO`, `NOT ADOPTED`.
///
/// `outcome` is the word of the record file. A vote adopted without a symbol, mostly on the agenda,
/// has none.
#[must_use]
pub fn short_outcome(outcome: Option<&str>, adopted_as: Option<&str>) -> Option<String> {
    match outcome {
        Some("vetoed") => Some("VETO".to_owned()),
        Some("not adopted") => Some("NOT ADOPTED".to_owned()),
        _ => adopted_as.filter(|symbol| !symbol.trim().is_empty()).map(short_symbol),
    }
}

/// A symbol without its organ, and a resolution without its year, since the date is shown beside
/// it.
fn short_symbol(symbol: &str) -> String {
    let symbol = symbol.trim();
    let bare = symbol.strip_prefix("S/").or_else(|| symbol.strip_prefix("MSC/")).unwrap_or(symbol);
    let bare = match bare.strip_prefix("RES/") {
        Some(number) => &bare[..4 + number.find([' ', '(']).unwrap_or(number.len())],
        None => bare,
    };
    bare.replacen('/', " ", 1)
}

/// The index of a word in one of the lists above, or `missing`.
#[must_use]
pub fn place(words: &[&str], word: Option<&str>, missing: u8) -> u8 {
    let place = words.iter().position(|w| Some(*w) == word);
    place.and_then(|n| u8::try_from(n).ok()).unwrap_or(missing)
}

/// The longest topic or name the catalogue keeps, in bytes. Real ones are shorter; a malicious
/// record cannot fill the catalogue.
pub const LONGEST: usize = 1024;

/// The prefix of a text that the catalogue keeps.
#[must_use]
pub fn clip(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}
