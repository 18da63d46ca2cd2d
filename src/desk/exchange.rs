//! The desk in one file, to take it to another computer: kept queries, notes, marks and reading positions.
//!
//! The file has the shape `{"format": "spv-desk/1", "queries": […], "notes": […], "marks": {…}, "places": […]}`, each
//! field as in the file of the desk that has it, with everything that this version does not know. What is missing in it
//! adds nothing. An import only adds: what is here stays, also where the file has something else.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::value::RawValue;

use super::contents::{Contents, Entry, Kept, NotUsed, check_format};
use super::kept::{self, DeskError};
use super::marks::{self, Marks};
use super::notes::{self, Note, Notes};
use super::places::{self, Places};
use super::queries::{self, KeptQuery, Queries};
use crate::record::harmless;

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 128 << 20;

/// The format of the file, without its version.
const FORMAT: &str = "spv-desk";

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Kept queries.
    pub queries: usize,
    /// Notes.
    pub notes: usize,
    /// Marks.
    pub marks: usize,
    /// Reading positions.
    pub places: usize,
}

impl Counts {
    /// In words: `2 queries, 1 note, 0 marks, 12 reading positions`.
    pub fn words(self) -> String {
        let many = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        [
            many(self.queries, "kept query", "kept queries"),
            many(self.notes, "note", "notes"),
            many(self.marks, "mark", "marks"),
            many(self.places, "reading position", "reading positions"),
        ]
        .join(", ")
    }
}

/// The file for the desk in a folder, what is in it, and what was wrong, in one line each.
///
/// # Errors
/// One line if a file of the desk cannot be read or is of a later version: half a desk is not exported.
pub fn export(dir: &Path) -> Result<(Vec<u8>, Counts, Vec<String>), String> {
    let mut warnings = Vec::new();
    let mut fields = serde_json::Map::new();
    fields.insert("format".to_owned(), format!("{FORMAT}/1").into());
    let queries = field::<Queries>(dir, &mut fields, &mut warnings)?;
    let notes = field::<Notes>(dir, &mut fields, &mut warnings)?;
    let marks = field::<Marks>(dir, &mut fields, &mut warnings)?;
    let places = field::<Places>(dir, &mut fields, &mut warnings)?;
    let mut text = serde_json::to_vec(&fields).map_err(|e| e.to_string())?;
    text.push(b'\n');
    Ok((text, Counts { queries, notes, marks, places }, warnings))
}

/// Adds the field of a file of the desk, unreadable entries and all.
fn field<K: Kept>(
    dir: &Path,
    fields: &mut serde_json::Map<String, serde_json::Value>,
    warnings: &mut Vec<String>,
) -> Result<usize, String> {
    let (contents, warning) = kept::read::<K>(dir)?;
    warnings.extend(warning);
    let mut whole = serde_json::to_value(&contents).map_err(|e| e.to_string())?;
    let value = whole.as_object_mut().and_then(|whole| whole.remove(K::SHAPE.field));
    fields.insert(K::SHAPE.field.to_owned(), value.unwrap_or_default());
    Ok(contents.entries.len())
}

/// A file that was read, before anything of it is written.
#[derive(Debug)]
pub struct Import {
    queries: Vec<KeptQuery>,
    notes: Vec<Note>,
    marks: Vec<Entry<crate::record::Place>>,
    places: Vec<Entry<super::Place>>,
    /// What of it cannot be read, in one line each.
    pub warnings: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// One line if it is not a file of [`export`], is cut off, or is of a later version.
pub fn read(bytes: &[u8]) -> Result<Import, String> {
    let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(bytes)
        .map_err(|e| format!("not an exported desk, or cut off: {e}"))?;
    let format = fields.remove("format").ok_or("not an exported desk: missing field `format`")?;
    let format: String = serde_json::from_str(format.get()).unwrap_or_default();
    check_format(&format, FORMAT).map_err(|wrong| match wrong {
        NotUsed::Later(later) => {
            format!("written by a later version of spv ({}); upgrade spv", harmless::line(&later))
        }
        NotUsed::Damaged(_) => "not an exported desk: unknown format".to_owned(),
    })?;
    let mut warnings = Vec::new();
    let queries = entries::<Queries>(&mut fields, &mut warnings)?;
    let notes = entries::<Notes>(&mut fields, &mut warnings)?;
    let marks = entries::<Marks>(&mut fields, &mut warnings)?;
    let places = entries::<Places>(&mut fields, &mut warnings)?;
    let queries = queries.into_iter().map(|e| KeptQuery { unknown: e.unknown, ..e.item });
    let notes = notes.into_iter().map(|e| Note { unknown: e.unknown, ..e.item });
    Ok(Import { queries: queries.collect(), notes: notes.collect(), marks, places, warnings })
}

/// The entries of a field; none if it is missing.
fn entries<K: Kept>(
    fields: &mut BTreeMap<String, Box<RawValue>>,
    warnings: &mut Vec<String>,
) -> Result<Vec<Entry<K::Item>>, String> {
    let Some(list) = fields.remove(K::SHAPE.field) else { return Ok(Vec::new()) };
    let file = format!(r#"{{"format": "{}/1", "{}": {list}}}"#, K::SHAPE.format, K::SHAPE.field);
    match Contents::<K>::parse(file.as_bytes()) {
        Ok(contents) => {
            warnings.extend(contents.left_out());
            Ok(contents.entries)
        }
        Err(NotUsed::Damaged(why) | NotUsed::Later(why)) => {
            Err(format!("{}: {}", K::SHAPE.field, harmless::line(&why)))
        }
    }
}

impl Import {
    /// Adds what is not in the desk of a folder yet. Returns how many were added, and how many marks were not because their
    /// letters are taken.
    ///
    /// # Errors
    /// If something cannot be written; what was added before that stays.
    pub fn add_to(self, dir: &Path) -> Result<(Counts, usize), DeskError> {
        let queries = queries::import(dir, self.queries)?;
        let notes = notes::import(dir, self.notes)?;
        let (marks, taken) = marks::import(dir, self.marks)?;
        let places = places::import(dir, self.places)?;
        Ok((Counts { queries, notes, marks, places }, taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::record::{Language, Place, Symbol};

    fn place(number: u32) -> Place {
        Place {
            symbol: Symbol::verbatim(number),
            language: Language::English,
            statement: 3,
            speaker: "Ms. Made".to_owned(),
            words: "invented words".to_owned(),
            before: String::new(),
            after: String::new(),
        }
    }

    fn reading(number: u32, at: i64) -> crate::desk::Place {
        let (symbol, language) = (Symbol::verbatim(number), Language::English);
        let words = "words".to_owned();
        crate::desk::Place { symbol, language, statement: 1, paragraph: 0, byte: 0, words, at }
    }

    fn fill(dir: &Path) {
        queries::keep(dir, "veto", "veto", 5).unwrap();
        notes::add(dir, Note::new(place(8668), "quoted", "S/PV.8668", "ask #ports"), 6).unwrap();
        marks::set(dir, 'k', place(8668)).unwrap();
        Desk::open(dir).0.keep_place(reading(8668, 7)).unwrap();
    }

    #[test]
    fn a_desk_is_taken_to_another_computer_and_twice_adds_nothing() {
        let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fill(old.path());
        let (text, counts, warnings) = export(old.path()).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(counts.words(), "1 kept query, 1 note, 1 mark, 1 reading position");
        let (added, taken) = read(&text).unwrap().add_to(new.path()).unwrap();
        assert_eq!((added, taken), (counts, 0));
        assert_eq!(export(new.path()).unwrap().0, text);
        let again = read(&text).unwrap().add_to(new.path()).unwrap();
        assert_eq!(again, (Counts::default(), 0));
        assert_eq!(export(new.path()).unwrap().0, text);
    }

    #[test]
    fn what_is_here_stays() {
        let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fill(old.path());
        let dir = new.path();
        queries::keep(dir, "Veto", "vetoes", 5).unwrap();
        marks::set(dir, 'k', place(9000)).unwrap();
        Desk::open(dir).0.keep_place(reading(8668, 9)).unwrap();
        let import = read(&export(old.path()).unwrap().0).unwrap();
        let (added, taken) = import.add_to(dir).unwrap();
        assert_eq!(added, Counts { queries: 1, notes: 1, marks: 0, places: 0 });
        assert_eq!(taken, 1);
        let (queries, _) = queries::all(dir).unwrap();
        let names: Vec<&str> = queries.iter().map(|kept| kept.name.as_str()).collect();
        assert_eq!(names, ["Veto", "veto (2)"]);
        assert_eq!(marks::all(dir).unwrap().0[&'k'], place(9000));
        assert_eq!(Desk::open(dir).0.places()[0].at, 9);
    }

    #[test]
    fn unknown_fields_are_carried_and_a_part_is_enough() {
        let temp = tempfile::tempdir().unwrap();
        let text = r#"{"format": "spv-desk/1.3", "later": 1, "queries":
            [{"name": "a", "query": "b", "colour": "red"}, {"name": 3}]}"#;
        let import = read(text.as_bytes()).unwrap();
        assert_eq!(import.warnings.len(), 1);
        let (added, _) = import.add_to(temp.path()).unwrap();
        assert_eq!(added, Counts { queries: 1, ..Counts::default() });
        let (text, ..) = export(temp.path()).unwrap();
        assert!(String::from_utf8(text).unwrap().contains(r#""colour":"red""#));
    }

    #[test]
    fn what_is_no_exported_desk_is_refused() {
        for (text, said) in [
            ("", "cut off"),
            ("{\"format\": \"spv-desk/1\", \"queries\": [", "cut off"),
            ("{\"format\": \"spv-desk/2\"}", "later version"),
            ("{\"format\": \"spv-notes/1\", \"notes\": []}", "unknown format"),
            ("{\"queries\": []}", "missing field"),
            ("{\"format\": \"spv-desk/1\", \"notes\": 3}", "notes: "),
        ] {
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.contains(said), "{text}: {why}");
        }
    }
}
