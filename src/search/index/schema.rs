//! What the index keeps of a document: two fields of terms, seven columns, and no text.
//!
//! Everything that narrows a search is in one field, each term with a prefix (`st:kazakhstan`): one dictionary serves
//! all of it, and the prefix of a name is a range in that dictionary.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use super::folded_text::FoldedTokenizer;
use crate::record::{Capacity, Language, Symbol};
use crate::search::phrase::PREFIX_COLUMN;

/// An index of another version is rebuilt.
pub(super) const VERSION: u32 = 6;
/// The name under which tantivy knows [`FoldedTokenizer`].
const WORDS: &str = "folded";

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Fields {
    /// The words, with positions.
    pub text: Field,
    /// The terms of the fields of a query.
    pub meta: Field,
    /// [`record_key`] of the record.
    pub record: Field,
    /// [`Attributes`].
    pub attributes: Field,
    /// [`Length`].
    pub length: Field,
    /// The State spoken for, where it is one.
    pub state: Field,
    /// Title and name of the speaker.
    pub speaker: Field,
    /// The State spoken for and the members named in a joint statement, each once.
    pub members: Field,
    /// The first letters of the words, see [`PREFIX_COLUMN`].
    pub prefix_column: Field,
}

/// The schema and its fields.
pub(in crate::search) fn index_schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let terms = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let number = NumericOptions::default() | FAST;
    let column = || TextOptions::default().set_fast("raw");
    let fields = Fields {
        text: schema.add_text_field("text", TextOptions::default().set_indexing_options(words)),
        meta: schema.add_text_field("meta", TextOptions::default().set_indexing_options(terms)),
        record: schema.add_u64_field("record", number.clone()),
        attributes: schema.add_u64_field("attributes", number.clone()),
        length: schema.add_u64_field("length", number.clone()),
        state: schema.add_text_field("state", column()),
        speaker: schema.add_text_field("speaker", column()),
        members: schema.add_text_field("members", column()),
        prefix_column: schema.add_u64_field(PREFIX_COLUMN, number),
    };
    (schema.build(), fields)
}

/// No text is stored, so there is nothing to compress in a thread of its own.
pub(super) fn index_settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings { docstore_compress_dedicated_thread: false, ..Default::default() }
}

/// The tokenizers of the fields.
pub(in crate::search) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(FoldedTokenizer));
    manager
}

/// The number of an edition: FNV-1a of its symbol and language.
pub(in crate::search) fn record_key(symbol: &Symbol, language: &Language) -> u64 {
    let name = format!("{symbol}\n{}", language.code());
    fnv1a_hash(name.as_bytes())
}

/// FNV-1a of 64 bits.
fn fnv1a_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The part of a statement that a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum DocumentPart {
    /// All of it, spoken in one capacity.
    Only,
    /// All of it, where it was spoken in several; the pieces follow as documents of their own.
    Whole,
    /// What was spoken in one of several capacities.
    Piece,
}

/// The attributes of a document in one column, packed so that a greater number is a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Attributes {
    /// Year, month and day, as `year << 9 | month << 5 | day`.
    pub date: u32,
    /// The index of the statement among those of its edition.
    pub nth: u32,
    /// The capacity, where the document has one.
    pub capacity: Option<Capacity>,
    /// Which part of the statement.
    pub part: DocumentPart,
}

impl Attributes {
    /// As one number.
    pub fn pack(self) -> u64 {
        let capacity = match self.capacity {
            None => 0,
            Some(Capacity::President) => 1,
            Some(Capacity::National) => 2,
            Some(Capacity::Organization) => 3,
        };
        let part = match self.part {
            DocumentPart::Only => 0,
            DocumentPart::Whole => 1,
            DocumentPart::Piece => 2,
        };
        u64::from(self.date) << 28 | u64::from(self.nth & 0xFF_FFFF) << 4 | capacity << 2 | part
    }

    /// From the number.
    pub fn unpack(packed: u64) -> Self {
        Self {
            date: u32::try_from(packed >> 28).unwrap_or(u32::MAX),
            nth: ((packed >> 4) & 0xFF_FFFF) as u32,
            capacity: match packed >> 2 & 3 {
                0 => None,
                1 => Some(Capacity::President),
                2 => Some(Capacity::National),
                _ => Some(Capacity::Organization),
            },
            part: match packed & 3 {
                0 => DocumentPart::Only,
                1 => DocumentPart::Whole,
                _ => DocumentPart::Piece,
            },
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        i16::try_from(self.date >> 9).unwrap_or(i16::MAX)
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        (self.date >> 5 & 0xF) as i8
    }
}

/// How long a document is, in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Length {
    /// Its words, counted by white space.
    pub words: u32,
    /// It only conducts the meeting: a procedural statement, or what was spoken from the chair in a statement that is
    /// also spoken in another capacity.
    pub procedural: bool,
}

impl Length {
    /// As one number.
    pub fn pack(self) -> u64 {
        u64::from(self.words) << 1 | u64::from(self.procedural)
    }

    /// From the number.
    pub fn unpack(packed: u64) -> Self {
        Self { words: u32::try_from(packed >> 1).unwrap_or(u32::MAX), procedural: packed & 1 == 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_packed_and_unpacked() {
        for part in [DocumentPart::Only, DocumentPart::Whole, DocumentPart::Piece] {
            for capacity in [None, Some(Capacity::President), Some(Capacity::Organization)] {
                let date = 2019 << 9 | 11 << 5 | 19;
                let given = Attributes { date, nth: 4711, capacity, part };
                assert_eq!(Attributes::unpack(given.pack()), given);
                assert_eq!((given.year(), given.month()), (2019, 11));
                let next =
                    Attributes { date: date + 1, nth: 0, capacity: None, part: DocumentPart::Only };
                assert!(next.pack() > given.pack());
            }
        }
        for words in [0, 1, 4711, u32::MAX] {
            for procedural in [false, true] {
                let given = Length { words, procedural };
                assert_eq!(Length::unpack(given.pack()), given);
            }
        }
    }
}
