//! What a kept query had found when it was looked at: a set of statements that outlives re-imports and new indexes.
//!
//! A statement is known by its record (symbol and language) and a hash of its letters and digits. Numbers and days are
//! not used, because a corrected record may number its statements differently, and an old meeting may be imported late.
//! A statement whose words were corrected is another one; one that only moved is the same. What was seen once stays
//! seen, also while its record is away.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::record::{Language, Statement, Symbol};

/// The number of hexadecimal digits of a statement: 48 bits, for at most some hundred statements of one record.
const DIGITS: usize = 12;
/// The bits of a statement.
const BITS: u64 = (1 << (4 * DIGITS)) - 1;

/// The statements that were seen, by record. In the file: `{"S/PV.8668 en": "0123456789abcdef 0123456789ab …"}`, the
/// print of the record and then its statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(BTreeMap<String, SeenRecord>);

/// The statements of a record that were seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SeenRecord {
    /// A hash of the record file and of which of its statements were found. While it is the same, all of them were seen,
    /// and the record need not be read.
    print: u64,
    /// The statements, sorted.
    statements: Vec<u64>,
}

impl Seen {
    /// The name of a record in the set.
    pub fn name(symbol: &Symbol, language: &Language) -> String {
        format!("{symbol} {}", language.code())
    }

    /// The record with this name.
    pub fn record(&self, name: &str) -> Option<&SeenRecord> {
        self.0.get(name)
    }

    /// Sets a record.
    pub fn insert(&mut self, name: String, record: SeenRecord) {
        self.0.insert(name, record);
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what another set has; the prints are those of the other.
    pub fn add(&mut self, other: &Self) {
        for (name, seen) in &other.0 {
            self.0.entry(name.clone()).or_default().add(seen);
        }
    }
}

impl SeenRecord {
    /// Statements of a record with this print.
    pub fn new(print: u64, statements: impl IntoIterator<Item = u64>) -> Self {
        let mut record = Self { print, statements: statements.into_iter().collect() };
        record.sort();
        record
    }

    /// Whether the print is this one: every statement found now was seen.
    pub fn has_print(&self, print: u64) -> bool {
        self.print == print
    }

    /// Whether a statement was seen.
    pub fn has(&self, statement: u64) -> bool {
        self.statements.binary_search(&statement).is_ok()
    }

    fn add(&mut self, other: &Self) {
        self.print = other.print;
        self.statements.extend(&other.statements);
        self.sort();
    }

    fn sort(&mut self) {
        self.statements.sort_unstable();
        self.statements.dedup();
    }
}

impl From<SeenRecord> for String {
    fn from(record: SeenRecord) -> Self {
        let mut text = format!("{:016x}", record.print);
        for statement in record.statements {
            text.push_str(&format!(" {statement:0DIGITS$x}"));
        }
        text
    }
}

impl TryFrom<String> for SeenRecord {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut numbers = text.split(' ').map(|word| u64::from_str_radix(word, 16));
        let wrong = || format!("not a list of statements: {text:.40}");
        let print = numbers.next().and_then(Result::ok).ok_or_else(wrong)?;
        let statements: Result<Vec<u64>, _> = numbers.collect();
        Ok(Self::new(print, statements.map_err(|_| wrong())?))
    }
}

/// A hash of the file of a record and of the indexes of the statements that were found in it.
pub fn print_of(file: u64, found: &[usize]) -> u64 {
    let bytes = found.iter().flat_map(|nth| (*nth as u64).to_le_bytes());
    fnv(file.to_le_bytes().into_iter().chain(bytes))
}

/// The hashes of statements of one record, in their order. Of statements with the same words the second, the third and
/// so on have hashes of their own.
pub fn hashes<'a>(statements: impl Iterator<Item = &'a Statement>) -> Vec<u64> {
    let mut met: HashMap<u64, u64> = HashMap::new();
    let mut hash = |statement: &Statement| {
        let letters = statement.paragraphs.iter().flat_map(|paragraph| paragraph.text.chars());
        let letters = letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let words = fnv(letters.flat_map(|c| (c as u32).to_le_bytes()));
        let before = met.entry(words).or_default();
        *before += 1;
        let both = fnv(words.to_le_bytes().into_iter().chain((*before - 1).to_le_bytes()));
        (both >> (64 - 4 * DIGITS)) ^ (both & BITS)
    };
    statements.map(&mut hash).collect()
}

/// FNV-1a of 64 bits. It is written here because the file outlives the program: a hash that changed would make everything
/// new.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::json;

    fn statements(texts: &[&str]) -> Vec<u64> {
        let said = |(n, text): (usize, &&str)| {
            format!(
                r#"{{"type": "statement", "number": {}, "speaker": {{"printed": "A", "name": "A"}},
                    "paragraphs": [{{"text": "{text}"}}]}}"#,
                n + 1
            )
        };
        let items: Vec<String> = texts.iter().enumerate().map(said).collect();
        let record = format!(
            r#"{{"format": "spv/1", "symbol": "S/PV.9998", "kind": "verbatim", "language": "en",
                "date": "2020-02-27", "items": [{}]}}"#,
            items.join(", ")
        );
        hashes(json::read_record(record.as_bytes()).unwrap().statements())
    }

    #[test]
    fn a_statement_is_its_words_wherever_it_is() {
        let first = statements(&["We thank you.", "The harbour is open."]);
        let later =
            statements(&["Order.", "The  harbour is \u{201C}open\u{201D}", "We thank YOU!"]);
        assert_eq!((first[0], first[1]), (later[2], later[1]));
        assert_ne!(first[1], statements(&["The harbour is not open."])[0]);
        assert!(first.iter().all(|hash| *hash <= BITS));
    }

    /// These numbers are in the files of users: they never change.
    #[test]
    fn the_hashes_are_those_of_every_version() {
        assert_eq!(statements(&["The harbour is open."]), [0x82c8_c02d_80f2]);
        assert_eq!(print_of(7, &[1, 2]), 0x1ee3_cbd9_c534_e7e1);
    }

    #[test]
    fn of_equal_statements_each_is_one() {
        let two = statements(&["Thank you.", "Thank you."]);
        assert_ne!(two[0], two[1]);
        let three = statements(&["Thank you.", "Thank you.", "Thank you."]);
        assert_eq!(three[..2], two[..]);
        let seen = SeenRecord::new(1, two);
        assert_eq!(three.iter().filter(|hash| !seen.has(**hash)).count(), 1);
    }

    #[test]
    fn what_was_seen_stays_seen() {
        let mut seen = Seen::default();
        seen.insert("S/PV.1 en".to_owned(), SeenRecord::new(1, [5, 3]));
        let mut now = Seen::default();
        now.insert("S/PV.1 en".to_owned(), SeenRecord::new(2, [3, 9]));
        now.insert("S/PV.2 en".to_owned(), SeenRecord::new(4, [1]));
        seen.add(&now);
        let text = serde_json::to_string(&seen).unwrap();
        assert_eq!(
            text,
            r#"{"S/PV.1 en":"0000000000000002 000000000003 000000000005 000000000009","S/PV.2 en":"0000000000000004 000000000001"}"#
        );
        assert_eq!(serde_json::from_str::<Seen>(&text).unwrap(), seen);
        let record = seen.record("S/PV.1 en").unwrap();
        assert!(record.has_print(2) && record.has(5) && record.has(9) && !record.has(1));
        assert!(serde_json::from_str::<Seen>(r#"{"S/PV.1 en":"nonsense"}"#).is_err());
    }
}
