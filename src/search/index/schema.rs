//! What the index keeps of a stretch: two fields of terms, six columns, and no text.
//!
//! Everything that narrows stands in one field of terms with a word before each (`st:kazakhstan`), so
//! that there is one dictionary for all of it, and a beginning is a range in it.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use super::folded_text::Words;
use crate::record::{Capacity, Language, Symbol};
use crate::search::phrase::COLUMN as INITIALS;

/// Another number means that the index is made again.
pub(super) const VERSION: u32 = 5;
/// The name under which tantivy knows what cuts folded words.
const WORDS: &str = "folded";

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Fields {
    /// The words, with places.
    pub text: Field,
    /// Everything that narrows.
    pub meta: Field,
    /// [`key`] of the record.
    pub record: Field,
    /// [`Attributes`].
    pub attributes: Field,
    /// The State spoken for, where it is one.
    pub state: Field,
    /// Title and name of the speaker.
    pub speaker: Field,
    /// The State spoken for and the members named in a joint statement, each once.
    pub members: Field,
    /// How the words begin, see `initials.rs`.
    pub initials: Field,
}

/// The schema and its fields.
pub(in crate::search) fn schema() -> (Schema, Fields) {
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
        state: schema.add_text_field("state", column()),
        speaker: schema.add_text_field("speaker", column()),
        members: schema.add_text_field("members", column()),
        initials: schema.add_u64_field(INITIALS, number),
    };
    (schema.build(), fields)
}

/// No text is kept, so that no thread has anything to compress.
pub(super) fn settings() -> tantivy::IndexSettings {
    tantivy::IndexSettings { docstore_compress_dedicated_thread: false, ..Default::default() }
}

/// The ways of cutting texts into terms.
pub(in crate::search) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(Words));
    manager
}

/// The number of an edition: FNV-1a of its symbol and language.
pub(super) fn key(symbol: &Symbol, language: &Language) -> u64 {
    let name = format!("{symbol}\n{}", language.code());
    fnv(name.as_bytes())
}

/// FNV-1a of 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// Which part of a statement a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Part {
    /// All of it, spoken in one capacity.
    Only,
    /// All of it, where it was spoken in several; the pieces follow as documents of their own.
    Whole,
    /// What was spoken in one of several capacities.
    Piece,
}

/// What a column of numbers says of a document, packed so that a greater number is a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Attributes {
    /// Year, month and day, as `year << 9 | month << 5 | day`.
    pub date: u32,
    /// The place of the statement among those of its edition, from 0.
    pub nth: u32,
    /// The capacity, where the document has one.
    pub capacity: Option<Capacity>,
    /// Which part of the statement.
    pub part: Part,
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
            Part::Only => 0,
            Part::Whole => 1,
            Part::Piece => 2,
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
                0 => Part::Only,
                1 => Part::Whole,
                _ => Part::Piece,
            },
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        i16::try_from(self.date >> 9).unwrap_or(i16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_packed_and_unpacked() {
        for part in [Part::Only, Part::Whole, Part::Piece] {
            for capacity in [None, Some(Capacity::President), Some(Capacity::Organization)] {
                let date = 2019 << 9 | 11 << 5 | 19;
                let given = Attributes { date, nth: 4711, capacity, part };
                assert_eq!(Attributes::unpack(given.pack()), given);
                assert_eq!(given.year(), 2019);
                let next = Attributes { date: date + 1, nth: 0, capacity: None, part: Part::Only };
                assert!(next.pack() > given.pack());
            }
        }
    }
}
