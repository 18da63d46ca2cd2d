//! Names of speakers as other records spell them. OCR lost accents and misread letters ("Vey" for "Véy",
//! "Viiy" for "Vüy").
//!
//! The table is made from records that did not come from OCR. A name is repaired only for the same State,
//! and only if exactly one name in the table fits. Its printed form stays.

use std::collections::{BTreeSet, HashMap};

use crate::import::words::{edit_distance, fold_text};
use crate::record::Record;

/// Names by State, from records that did not come from OCR.
#[derive(Clone, Debug, Default)]
pub struct Spellings(HashMap<String, BTreeSet<String>>);

impl Spellings {
    /// Adds the names of a record, unless it came from OCR.
    pub fn learn(&mut self, record: &Record) {
        if record.exercise || record.source.quality.as_deref() == Some("ocr") {
            return;
        }
        let members =
            record.members.iter().filter_map(|m| Some((&m.state, m.representative.as_ref()?)));
        let presidents =
            record.presidents.iter().filter_map(|p| Some((p.state.as_ref()?, &p.name)));
        let speakers =
            record.statements().filter_map(|s| Some((s.speaker.state.as_ref()?, &s.speaker.name)));
        for (state, name) in members.chain(presidents).chain(speakers) {
            // "The President" is no name.
            if name.contains(". ") {
                self.0.entry(state.clone()).or_default().insert(name.clone());
            }
        }
    }

    /// The right spelling of a name that speaks for a State, if it differs and is certain.
    #[must_use]
    pub fn mend(&self, name: &str, state: &str) -> Option<&str> {
        let known = self.0.get(state)?;
        if known.contains(name) {
            return None;
        }
        let folded = fold_text(name);
        let same = |other: &&String| fold_text(other) == folded;
        let near = |other: &&String| is_near(&folded, &fold_text(other));
        let mut found: Vec<&String> = known.iter().filter(same).collect();
        if found.is_empty() && is_damaged(&folded) {
            found = known.iter().filter(near).collect();
        }
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// Whether a name shows a misread letter: "ii", "ie" at the end, a digit or a bracket.
fn is_damaged(folded: &str) -> bool {
    folded.contains("ii")
        || folded.ends_with("ie")
        || folded.contains(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '|' | '{' | '}'))
}

/// Whether two folded names with the same title and first letter differ in one or two letters.
fn is_near(damaged: &str, other: &str) -> bool {
    let first = |name: &str| {
        let (title, rest) = name.split_once(' ')?;
        Some((title.to_owned(), rest.chars().next()?))
    };
    let words = |name: &str| name.split(' ').count();
    first(damaged) == first(other)
        && words(damaged) == words(other)
        && other.chars().count() >= 9
        && edit_distance(damaged, other) <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings() -> Spellings {
        let mut spellings = Spellings::default();
        for (state, names) in [
            ("Peru", &["Mr. Jäppersen", "Ms. Vüykunen", "Mr. Castañero", "Ms. Anders"][..]),
            ("Chile", &["Mr. Orlanić"]),
        ] {
            let names = names.iter().map(|n| (*n).to_owned()).collect();
            spellings.0.insert(state.to_owned(), names);
        }
        spellings
    }

    #[test]
    fn names_of_the_same_state_are_mended() {
        for (name, state, want) in [
            ("Mr. Jappersen", "Peru", Some("Mr. Jäppersen")),
            ("Ms. Viiykunen", "Peru", Some("Ms. Vüykunen")),
            ("Mr. Castaiiero", "Peru", Some("Mr. Castañero")),
            ("Mr. Orlanie", "Chile", Some("Mr. Orlanić")),
            // Another State, another title, another person, and one that is sound.
            ("Mr. Orlanie", "Peru", None),
            ("Ms. Castaiiero", "Peru", None),
            ("Ms. Andrews", "Peru", None),
            ("Ms. Anders", "Peru", None),
            ("Ms. Anders", "Cuba", None),
        ] {
            assert_eq!(spellings().mend(name, state), want, "{name} ({state})");
        }
    }
}
