//! Forms of address that the rules for them do not know, or that are within a statement.
//!
//! The table of speakers names the speaker of every text. Where a text starts with that name and a colon, it
//! is the form of address, whatever the title ("Dato Orlan:"). Where one of the usual forms is within a text,
//! two statements may be in it; this is only reported, because the table has one row for both.

use super::plan::Document;
use super::rows::SpeechRow;
use crate::import::address::{self, Address};
use crate::import::decode;
use crate::import::words::{edit_distance, first_bytes, fold_text, last_bytes};

/// The longest form of address that is looked for, in bytes.
const LONGEST: usize = 160;
/// The bytes at the start of a text in which its form of address is.
const HEAD: usize = 300;
/// The most names of a document that are compared with its rows.
const COMPARED: usize = 8;
/// How OCR misreads "The President", folded. As words to the President they have no language after them.
const MISREAD: [&str; 4] = ["mr. president", "mr president", "madam president", "madame president"];

/// The form of address at the start of a text by the row of the table: the name of the speaker, or a
/// misread "The President".
pub(super) fn address_by_row(text: &str, row: &SpeechRow) -> Option<Address> {
    let head = first_bytes(text, LONGEST);
    let core = head.split([':', '(']).next().filter(|core| core.len() < head.len())?;
    let folded = fold_text(core);
    if MISREAD.contains(&folded.as_str()) {
        let (usual, rest) = ("The President", &text[core.trim_end().len()..]);
        let mut address = address::parse_address(&format!("{usual}{rest}"))?;
        if address.spoken.is_none() && !row.presides() {
            return None;
        }
        address.len = address.len + core.trim_end().len() - usual.len();
        address.speaker.printed = address.speaker.printed.replacen(usual, core.trim_end(), 1);
        return Some(address);
    }
    let speaker = row.speaker.as_deref().map(fold_text)?;
    let letters = core.chars().filter(|c| c.is_alphanumeric()).count();
    (folded == speaker).then(|| address::parse_bold_address(text, letters)).flatten()
}

/// A sentence about each form of address within a paragraph.
pub(super) fn find_addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = 0;
    for (colon, _) in text.match_indices(':') {
        if colon < from {
            continue;
        }
        let before = last_bytes(&text[from..colon], LONGEST);
        let start = colon - before.len();
        let mut starts = sentence_starts(before).map(|at| start + at);
        if let Some(at) = starts.find(|at| is_address(&text[*at..], colon - at)) {
            found.push(format!(
                "{:?} is within the text like a form of address; the words after it may be of another speaker",
                &text[at..=colon]
            ));
        }
        from = colon + 1;
    }
    found
}

/// Where sentences can start in a text: at its start, and after an end of a sentence and a space.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let after = text.match_indices(' ').filter_map(move |(at, _)| {
        text[..at].ends_with(['.', '!', '?', '"', '”', ')']).then_some(at + 1)
    });
    std::iter::once(0).chain(after)
}

/// Whether a text starts with a form of address whose colon is at `colon`.
fn is_address(text: &str, colon: usize) -> bool {
    let title = address::begins_with_title(text) || text.starts_with("The P");
    title
        && address::parse_address(first_bytes(text, colon + 1))
            .is_some_and(|address| address.chair || !address.bare)
}

/// Why the rows of a document are not about its texts: most of the names in the forms of address are others.
/// `texts` are the bytes of all its texts in order.
#[must_use]
pub fn find_other_speakers(document: &Document, texts: &[Vec<u8>]) -> Option<String> {
    let mut texts = texts.iter();
    let (mut compared, mut other) = (0, Vec::new());
    for speech in &document.speeches {
        if compared == COMPARED {
            break;
        }
        let first = texts.next();
        for _ in 1..speech.texts.len() {
            texts.next();
        }
        let named = speech.row.as_ref().and_then(|row| row.speaker.as_deref());
        let (Some(bytes), Some(named)) = (first, named) else { continue };
        let head = decode::decode_words(&bytes[..bytes.len().min(HEAD)]);
        let Some(address) = address::parse_address(head.trim_start()) else { continue };
        // Who is addressed by an office has another name in the table.
        if address.chair || address.speaker.role.is_some() {
            continue;
        }
        compared += 1;
        if !is_same_name(&address.speaker.name, named) {
            other.push((address.speaker.name, named));
        }
    }
    let (text, table) = other.first()?;
    (compared >= 2 && 2 * other.len() > compared).then(|| {
        format!(
            "its rows in speaker.tsv are about other texts ({table:?} is {text:?} in the text, and {} more); use the speaker.tsv published with these texts",
            other.len() - 1
        )
    })
}

/// Whether two names have a word in common, but for a few misread letters.
fn is_same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = fold_text(address::without_title(name));
        let words = name.split([' ', '-', '/']).filter(|word| word.chars().count() > 2);
        words.map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let near = |a: &String, b: &String| {
        edit_distance(a, b) <= a.chars().count().max(b.chars().count()) / 3
    };
    // A name without any longer word is not compared.
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| near(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(speaker: &str, kind: &str) -> SpeechRow {
        SpeechRow {
            speaker: Some(speaker.to_owned()),
            kind: Some(kind.to_owned()),
            ..SpeechRow::default()
        }
    }

    #[test]
    fn the_name_of_the_table_is_a_form_of_address_with_any_title() {
        let text = "Datuk Orlan Vey: The wells are deep.";
        let address = address_by_row(text, &row("Datuk Orlan Vey", "Guest")).unwrap();
        assert_eq!(address.speaker.name, "Datuk Orlan Vey");
        assert_eq!(&text[address.len..], "The wells are deep.");
        assert!(address_by_row(text, &row("Mr. Sel", "Guest")).is_none());
        assert!(
            address_by_row("Datuk Orlan Vey thanks", &row("Datuk Orlan Vey", "Guest")).is_none()
        );
    }

    #[test]
    fn a_misread_president_needs_a_language_or_the_chair() {
        let text = "Mr. President (spoke in French): We dig.";
        let address = address_by_row(text, &row("Mr. Orlan", "Mentioned")).unwrap();
        assert!(address.chair);
        assert_eq!(address.speaker.printed, "Mr. President (spoke in French)");
        assert_eq!(&text[address.len..], "We dig.");
        let text = "Madam President: We dig.";
        assert!(address_by_row(text, &row("Ms. Vey", "The President")).is_some());
        assert!(address_by_row(text, &row("Ms. Vey", "Mentioned")).is_none());
    }

    #[test]
    fn forms_of_address_within_a_text_are_reported() {
        for (text, want) in [
            ("We dig. Mr. Orlan (Chad): We dig too.", "Mr. Orlan (Chad):"),
            (
                "We dig.” Ms. Vey (Chad) (spoke in French): And we.",
                "Ms. Vey (Chad) (spoke in French):",
            ),
            ("So it is. The President: I thank him.", "The President:"),
            ("Mr. Orlan (Chad): We dig.", "Mr. Orlan (Chad):"),
        ] {
            let found = find_addresses(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].starts_with(&format!("{want:?} is within")), "{found:?}");
        }
        for text in [
            "As Mr. Orlan (Chad) said: We dig.",
            "Mr. Orlan said: dig.",
            "I call on Mr. Orlan: dig.",
            "The President said: dig. There are three: a, b, c",
            "We ask the President: why?",
            "",
        ] {
            assert_eq!(find_addresses(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn rows_about_other_texts_are_noticed() {
        let document = |names: &[&str]| Document {
            basename: "UNSC_2019_SPV.9998".to_owned(),
            symbol: "S/PV.9998".parse().unwrap(),
            date: jiff::civil::date(2019, 11, 19),
            topic: String::new(),
            agenda: Vec::new(),
            speeches: names
                .iter()
                .map(|name| super::super::plan::Speech {
                    texts: vec![super::super::plan::FoundText {
                        name: String::new(),
                        at: 0,
                        size: 0,
                    }],
                    row: Some(row(name, "Mentioned")),
                })
                .collect(),
        };
        let texts: Vec<Vec<u8>> =
            ["Mr. Orlan (Chad): We dig.", "Ms. Vey (Peru): We dig.", "The President: I thank her."]
                .map(|text| text.as_bytes().to_vec())
                .to_vec();
        let other = |names: &[&str]| find_other_speakers(&document(names), &texts);
        assert_eq!(other(&["Mr. Orlan", "Ms. Vey", "Mr. Sel"]), None);
        assert_eq!(other(&["Mr. Orlen", "Ms. Véy", "Mr. Sel"]), None);
        assert_eq!(other(&["Mr. Orlan", "Ms. Badi", "Mr. Sel"]), None, "half of them agree");
        let why = other(&["Mr. Sel", "Mr. Orlan", "Ms. Vey"]).unwrap();
        assert!(why.contains("\"Mr. Sel\" is \"Mr. Orlan\" in the text"), "{why}");
    }
}
