//! The shape of a record, field for field that of the record file (`data/schema/record.schema.json`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Symbol;

/// One edition of one record: the document of one meeting or of one resumption of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// `spv/1`; another major number is refused by [`super::json::read_record`].
    pub format: String,
    /// The document symbol.
    pub symbol: Symbol,
    /// The kind of document.
    pub kind: Kind,
    /// Written for this project, not the words of any State.
    #[serde(default)]
    pub exercise: bool,
    /// The language of the edition.
    pub language: Language,
    /// Provisional, final or corrected.
    #[serde(default)]
    pub status: Status,
    /// Symbols of the corrections taken in, such as `S/PV.3105/Corr.1`.
    #[serde(default)]
    pub corrections: Vec<String>,
    /// The day of the meeting.
    pub date: Date,
    /// When the meeting was opened, as printed ("3.05 p.m.").
    #[serde(default)]
    pub opened: Option<String>,
    /// When the meeting rose, as printed.
    #[serde(default)]
    pub closed: Option<String>,
    /// Where it met, as printed.
    #[serde(default)]
    pub place: Option<String>,
    /// Who presided, in the order in which they took the chair.
    #[serde(default)]
    pub presidents: Vec<President>,
    /// The members and their representatives, as on the cover page.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The agenda item as printed, then its sub-items.
    #[serde(default)]
    pub agenda: Vec<String>,
    /// One line for lists.
    #[serde(default)]
    pub topic: String,
    /// Where the topic comes from: `agenda`, `facts`, `import` or `hand`.
    #[serde(default)]
    pub topic_from: Option<String>,
    /// The items, in order.
    pub items: Vec<Item>,
    /// Where the text comes from and what was done to it.
    #[serde(default)]
    pub source: Source,
}

/// The kind of document a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A verbatim record, S/PV.N.
    #[default]
    Verbatim,
    /// A letter that carries the statements of a videoconference, S/2020/254.
    Letter,
    /// The communiqué of a closed meeting.
    Communique,
}

/// How final the text of an edition is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As first issued; corrections may follow (rule 50).
    Provisional,
    /// As printed in the Official Records.
    Final,
    /// Reissued with corrections.
    Corrected,
    /// The source does not say.
    #[default]
    Unknown,
}

/// Somebody who presided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct President {
    /// Title and name, as printed ("Ms. Pierce").
    pub name: String,
    /// The State they represent, by its short name where known.
    #[serde(default)]
    pub state: Option<String>,
}

/// A member of the Council at the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The State.
    pub state: String,
    /// Its representative, as printed.
    #[serde(default)]
    pub representative: Option<String>,
}

/// An item of a record. `super::json` reads it and reports the position of an error in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Item {
    /// A line nobody spoke.
    Direction(Direction),
    /// One speaker's turn.
    Statement(Statement),
    /// A vote.
    Vote(Vote),
}

impl Item {
    /// The printed page the item begins on, where the source has pages.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        match self {
            Self::Direction(d) => d.page,
            Self::Statement(s) => s.page,
            Self::Vote(v) => v.page,
        }
    }
}

/// A line nobody spoke: "The agenda was adopted."
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// Printed page, from 1.
    #[serde(default)]
    pub page: Option<u32>,
    /// The words.
    pub text: String,
}

/// One speaker's turn, from form of address to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its place among the statements of this edition, from 1.
    pub number: u32,
    /// Printed page it begins on, from 1.
    #[serde(default)]
    pub page: Option<u32>,
    /// Who speaks.
    pub speaker: Speaker,
    /// The language spoken, where the record says it or it is the edition's own.
    #[serde(default)]
    pub spoken: Option<Language>,
    /// Groups the statement is made for, beside the speaker's own State.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<Behalf>,
    /// The words.
    pub paragraphs: Vec<Paragraph>,
}

impl Statement {
    /// The whole text with one newline between paragraphs.
    #[must_use]
    pub fn text(&self) -> String {
        let parts: Vec<&str> = self.paragraphs.iter().map(|p| p.text.as_str()).collect();
        parts.join("\n")
    }

    /// How many words it has, counted by white space.
    #[must_use]
    pub fn words(&self) -> usize {
        self.paragraphs.iter().map(|p| p.text.split_whitespace().count()).sum()
    }

    /// The capacity in force in paragraph `index`: the latest one set at or before it.
    #[must_use]
    pub fn capacity_at(&self, index: usize) -> Option<Capacity> {
        self.paragraphs.iter().take(index + 1).rev().find_map(|p| p.capacity)
    }

    /// A turn of the chair that only conducts the meeting: spoken by the President,
    /// with no part of it in a national or an organization's capacity.
    #[must_use]
    pub fn is_procedural(&self) -> bool {
        self.speaker.as_ == As::President
            && !self
                .paragraphs
                .iter()
                .any(|p| matches!(p.capacity, Some(Capacity::National | Capacity::Organization)))
    }
}

/// Who speaks, as printed and as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The form of address as printed, without the colon.
    pub printed: String,
    /// Title and name ("Mr. Umarov"), or the printed form where there is no name.
    pub name: String,
    /// The State spoken for, by its UN short name where known.
    #[serde(default)]
    pub state: Option<String>,
    /// The organization spoken for.
    #[serde(default)]
    pub organization: Option<String>,
    /// The office held, where the record names it.
    #[serde(default)]
    pub role: Option<String>,
    /// What they speak as.
    #[serde(default, rename = "as")]
    pub as_: As,
    /// 37 or 39, where the record says under which rule they were invited.
    #[serde(default)]
    pub rule: Option<u8>,
}

impl Speaker {
    /// The State or organization spoken for, where either is known.
    #[must_use]
    pub fn spoken_for(&self) -> Option<&str> {
        self.state.as_deref().or(self.organization.as_deref())
    }
}

/// What a speaker speaks as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum As {
    /// In the chair.
    President,
    /// A member of the Council.
    Member,
    /// Invited under rule 37 or 39, or by the Council's decision.
    Invited,
    /// The source does not say.
    #[default]
    Unknown,
}

/// A group a statement is made for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behalf {
    /// The group's name or the words used for it.
    pub group: String,
    /// Its members, where they are named.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A paragraph of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Printed page it begins on.
    #[serde(default)]
    pub page: Option<u32>,
    /// The words.
    pub text: String,
    /// The capacity from here on, where it changes or does not follow from the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Where the printed page turns inside the paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Break>,
}

impl Paragraph {
    /// The printed page of byte `at` of the text.
    #[must_use]
    pub fn page_at(&self, at: usize) -> Option<u32> {
        let before = self.breaks.partition_point(|b| b.at <= at);
        before.checked_sub(1).and_then(|n| self.breaks.get(n)).map(|b| b.page).or(self.page)
    }
}

/// The capacity someone speaks in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    /// As President of the Council.
    President,
    /// For the State.
    National,
    /// For an organization.
    Organization,
}

/// A turn of the printed page inside a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// Byte offset into the text, on a character boundary.
    pub at: usize,
    /// The page that begins there.
    pub page: u32,
}

/// A vote of the Council.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Printed page.
    #[serde(default)]
    pub page: Option<u32>,
    /// Symbols of what was voted on.
    #[serde(default)]
    pub on: Vec<String>,
    /// A procedural vote, in which no veto counts (Charter, Article 27).
    #[serde(default)]
    pub procedural: bool,
    /// Members as printed under "In favour".
    #[serde(default)]
    pub in_favour: Vec<String>,
    /// Members as printed under "Against".
    #[serde(default)]
    pub against: Vec<String>,
    /// Members as printed under "Abstaining".
    #[serde(default)]
    pub abstaining: Vec<String>,
    /// Members who did not take part, where the record names them.
    #[serde(default)]
    pub not_voting: Vec<String>,
    /// The count the President announced.
    #[serde(default)]
    pub announced: Option<Announced>,
    /// What came of it.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// The symbol it was adopted as, such as `S/RES/2732 (2024)`.
    #[serde(default)]
    pub adopted_as: Option<String>,
}

/// The count the President announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Votes in favour.
    pub in_favour: u32,
    /// Votes against.
    #[serde(default)]
    pub against: u32,
    /// Abstentions.
    #[serde(default)]
    pub abstaining: u32,
}

/// What came of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Adopted by a vote.
    #[serde(rename = "adopted")]
    Adopted,
    /// Adopted with no vote taken.
    #[serde(rename = "adopted without a vote")]
    AdoptedWithoutVote,
    /// Nine or more in favour and a permanent member against, not procedural.
    #[serde(rename = "vetoed")]
    Vetoed,
    /// Fewer votes than needed.
    #[serde(rename = "not adopted")]
    NotAdopted,
}

impl Outcome {
    /// The words of the record file.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::AdoptedWithoutVote => "adopted without a vote",
            Self::Vetoed => "vetoed",
            Self::NotAdopted => "not adopted",
        }
    }
}

/// Where the text comes from and what was done to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// `text`, `pdf`, `dataverse`, `json`, `hand` or another word.
    #[serde(default)]
    pub from: String,
    /// The file it was read from, by name only.
    #[serde(default)]
    pub file: Option<String>,
    /// Where it was fetched from.
    #[serde(default)]
    pub url: Option<String>,
    /// SHA-256 of the source's bytes, in lower-case hexadecimal.
    #[serde(default)]
    pub sha256: Option<String>,
    /// How good the text is: `born-digital`, `ocr`, or another word.
    #[serde(default)]
    pub quality: Option<String>,
    /// How often each mechanical repair was made.
    #[serde(default)]
    pub repairs: std::collections::BTreeMap<String, u64>,
    /// What the import could not settle, in sentences.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The pack it came in, where it came in one: then everything above is what that pack claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<FromPack>,
}

/// The pack a record came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPack {
    /// The file of the pack, by name only.
    #[serde(default)]
    pub file: String,
    /// Whether what the pack claims of the origin was verified. Nothing verifies it so far.
    #[serde(default)]
    pub verified: bool,
}

impl Source {
    /// Whether the paragraphs are those of the printed record. The data set has none: each of its
    /// statements is one paragraph.
    #[must_use]
    pub fn has_printed_paragraphs(&self) -> bool {
        self.from != "dataverse"
    }
}

impl Record {
    /// The major format this program reads and writes.
    pub const FORMAT: &'static str = "spv/1";

    /// The statements, in order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.items.iter().filter_map(|item| match item {
            Item::Statement(s) => Some(s),
            _ => None,
        })
    }

    /// The votes, in order.
    pub fn votes(&self) -> impl Iterator<Item = &Vote> {
        self.items.iter().filter_map(|item| match item {
            Item::Vote(v) => Some(v),
            _ => None,
        })
    }
}

/// A language by its two-letter ISO 639-1 code: the six official languages by name,
/// any other (a speaker may use one, with interpretation) as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Language {
    /// `ar`
    Arabic,
    /// `zh`
    Chinese,
    /// `en`
    English,
    /// `fr`
    French,
    /// `ru`
    Russian,
    /// `es`
    Spanish,
    /// Any other code or name, as in the record.
    Other(String),
}

impl Language {
    /// The six official languages, in English alphabetical order.
    pub const OFFICIAL: [Self; 6] =
        [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// The code written in record files and file names.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
            Self::Other(code) => code,
        }
    }

    /// The English name, for screens and citations.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Arabic => "Arabic",
            Self::Chinese => "Chinese",
            Self::English => "English",
            Self::French => "French",
            Self::Russian => "Russian",
            Self::Spanish => "Spanish",
            Self::Other(code) => code,
        }
    }

    /// The language with this code or English name, in any case.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::OFFICIAL
            .into_iter()
            .find(|l| word.eq_ignore_ascii_case(l.code()) || word.eq_ignore_ascii_case(l.name()))
            .unwrap_or_else(|| Self::Other(word.to_owned()))
    }
}

impl From<String> for Language {
    fn from(word: String) -> Self {
        Self::from_word(&word)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}
