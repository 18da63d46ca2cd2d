//! Reads a few statements of a record, and builds nothing of the rest.
//!
//! A page of hits needs one statement of each of many records. Building a whole record for each takes most of the time
//! of such a page, and memory that the allocator keeps.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::LARGEST;
use crate::record::{Language, Statement, Symbol};

/// The statements with these indexes, ascending, of a record. `None` if they are not found in this way, because the text
/// is of another record, is no record, or has its fields in an unusual order: then the record is to be read as a whole,
/// which says why.
pub fn read_statements(
    bytes: &[u8],
    (symbol, language): (&Symbol, &Language),
    wanted: &[usize],
) -> Option<Vec<Statement>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LARGEST)?;
    let mut reading = Reading { symbol, language, wanted, nth: 0, found: Vec::new() };
    // The reading ends with an error when it has what is wanted.
    let _ = RecordSeed(&mut reading).deserialize(&mut serde_json::Deserializer::from_str(text));
    (reading.found.len() == wanted.len()).then_some(reading.found)
}

struct Reading<'a> {
    symbol: &'a Symbol,
    language: &'a Language,
    wanted: &'a [usize],
    /// The index of the next statement.
    nth: usize,
    found: Vec<Statement>,
}

struct RecordSeed<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for RecordSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut symbol, mut language) = (false, false);
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match &*key {
                "symbol" => symbol = map.next_value::<Symbol>()? == *self.0.symbol,
                "language" => language = map.next_value::<Language>()? == *self.0.language,
                "items" if symbol && language => map.next_value_seed(ItemsSeed(&mut *self.0))?,
                "items" => return Err(A::Error::custom("another record")),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct ItemsSeed<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for ItemsSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ItemsSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(ItemSeed(&mut *self.0))?.is_some() {
            if self.0.found.len() == self.0.wanted.len() {
                return Err(A::Error::custom("all that is wanted"));
            }
        }
        Ok(())
    }
}

struct ItemSeed<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for ItemSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ItemSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // The program writes the type first.
        if map.next_key::<Cow<'de, str>>()?.as_deref() != Some("type") {
            return Err(A::Error::custom("the type is not first"));
        }
        if map.next_value::<Cow<'de, str>>()? == "statement" {
            let nth = self.0.nth;
            self.0.nth += 1;
            if self.0.wanted.binary_search(&nth).is_ok() {
                let statement = Statement::deserialize(MapAccessDeserializer::new(map))?;
                self.0.found.push(statement);
                return Ok(());
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::json::{read_record, write_record};

    const TEXT: &str = r#"{"format": "spv/1", "symbol": "S/PV.9000", "kind": "verbatim",
        "language": "en", "date": "2020-05-05", "topic": "x", "agenda": [], "items": [
        {"type": "direction", "text": "An invented direction."},
        {"type": "statement", "number": 1, "speaker": {"printed": "x", "name": "Mr. A", "as": "member"},
         "paragraphs": [{"text": "One \"quoted\" caf\u00e9."}, {"text": "Two.", "page": 2}]},
        {"type": "vote", "in_favour": ["France"]},
        {"type": "statement", "number": 2, "speaker": {"printed": "y", "name": "Ms. B", "as": "member"},
         "paragraphs": [{"text": "Three."}]}]}"#;

    #[test]
    fn statements_are_those_of_the_whole_record() {
        let record = read_record(TEXT.as_bytes()).unwrap();
        let written = write_record(&record);
        let all: Vec<&Statement> = record.statements().collect();
        for text in [TEXT, written.as_str()] {
            for wanted in [vec![], vec![0], vec![1], vec![0, 1]] {
                let of = (&record.symbol, &record.language);
                let found = read_statements(text.as_bytes(), of, &wanted).unwrap();
                let expected: Vec<Statement> = wanted.iter().map(|n| all[*n].clone()).collect();
                assert_eq!(found, expected, "{wanted:?}");
            }
        }
    }

    #[test]
    fn anything_else_is_left_to_the_whole_record() {
        let record = read_record(TEXT.as_bytes()).unwrap();
        let of = (&record.symbol, &record.language);
        let other = "S/PV.1".parse().unwrap();
        assert_eq!(read_statements(TEXT.as_bytes(), (&other, of.1), &[0]), None);
        assert_eq!(read_statements(TEXT.as_bytes(), of, &[2]), None);
        assert_eq!(read_statements(&TEXT.as_bytes()[..400], of, &[1]), None);
        let unordered = TEXT
            .replace(r#""type": "statement", "number": 2"#, r#""number": 2, "type": "statement""#);
        assert_eq!(read_statements(unordered.as_bytes(), of, &[1]), None);
        assert!(read_record(unordered.as_bytes()).is_ok());
        assert_eq!(read_statements(b"\xff", of, &[0]), None);
    }
}
