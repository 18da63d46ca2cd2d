//! Places of the person in records, found again by their words.

use crate::app::position::Spot;
use crate::desk::{Desk, Place};
use crate::record::Record;

/// The number of characters that must be there; those after them only choose among equal matches.
const WORDS: usize = 32;

/// Where the person left a record.
pub(super) fn left_at(desk: &Desk, record: &Record) -> Option<Spot> {
    Some(spot_of(desk.place_of(&record.symbol, &record.language)?, record))
}

/// Finds a place in a record: by the words at it, else by its numbers.
pub(super) fn spot_of(place: &Place, record: &Record) -> Spot {
    let spot = Spot { statement: place.statement, paragraph: place.paragraph, byte: place.byte };
    if place.words.is_empty() || has_words_at(record, spot, &place.words) {
        return spot;
    }
    find_words(record, place).unwrap_or(spot)
}

fn has_words_at(record: &Record, spot: Spot, words: &str) -> bool {
    let statement = record.statements().find(|s| s.number == spot.statement);
    statement
        .and_then(|s| s.paragraphs.get(spot.paragraph)?.text.get(spot.byte..))
        .is_some_and(|rest| rest.starts_with(words))
}

/// Looks for the words of a place, which may go on in the next paragraph in another edition.
fn find_words(record: &Record, place: &Place) -> Option<Spot> {
    let end = place.words.char_indices().nth(WORDS).map_or(place.words.len(), |(at, _)| at);
    let (words, after) = place.words.split_at(end);
    let wanted = crate::record::Place {
        symbol: place.symbol.clone(),
        language: place.language.clone(),
        statement: place.statement,
        speaker: String::new(),
        words: words.to_owned(),
        before: String::new(),
        after: after.to_owned(),
    };
    let (statement, paragraph, byte) = wanted.find(record)?;
    Some(Spot { statement: record.statements().nth(statement)?.number, paragraph, byte })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::json;

    /// A record of the data set, or of a PDF with one statement before, paragraphs and pages. The words are
    /// invented.
    fn edition(pdf: bool) -> Record {
        let statement = |number: u32, paragraphs: &str| {
            format!(
                r#"{{"type": "statement", "number": {number}, "speaker": {{"printed": "Mr. Orlan",
                "name": "Mr. Orlan"}}, "paragraphs": [{paragraphs}]}}"#
            )
        };
        let items = if pdf {
            let said = r#"{"page": 2, "text": "We thank the envoy. The harbour is open."},
                {"page": 3, "text": "The bridge  is closed, and we regret it. It was mended in the spring of that year, and we thank all who did it."}"#;
            format!("{}, {}", statement(1, r#"{"text": "Order."}"#), statement(2, said))
        } else {
            let said = "We thank the envoy. The harbour is open. \
                The bridge is closed, and we regret it. 1t was mended in the spring of that year, and we thank all who did it.";
            statement(1, &format!(r#"{{"text": "{said}"}}"#))
        };
        let record = format!(
            r#"{{"format": "spv/1", "symbol": "S/PV.9998", "kind": "verbatim", "language": "en",
                "date": "2020-02-27", "items": [{items}]}}"#
        );
        json::read_record(record.as_bytes()).unwrap()
    }

    #[test]
    fn a_place_in_the_data_set_is_found_in_the_pdf_that_comes_later() {
        let (old, new) = (edition(false), edition(true));
        let text = &old.statements().next().unwrap().paragraphs[0].text;
        // (words at the top of the screen, paragraph of the PDF, words there)
        for (at, paragraph, words) in [
            ("We thank", 0, "We thank"),
            ("The harbour", 0, "The harbour"),
            ("open. The bridge", 0, "open."),
            ("The bridge", 1, "The bridge"),
            // The words themselves differ: those after them are found.
            ("1t was mended in the spring of that", 1, "hat year, and"),
        ] {
            let byte = text.find(at).unwrap();
            let place = Place {
                symbol: old.symbol.clone(),
                language: old.language.clone(),
                statement: 1,
                paragraph: 0,
                byte,
                words: text[byte..].chars().take(64).collect(),
                at: 0,
            };
            assert_eq!(spot_of(&place, &old), Spot { statement: 1, paragraph: 0, byte });
            let spot = spot_of(&place, &new);
            assert_eq!((spot.statement, spot.paragraph), (2, paragraph), "{at}");
            let there = &new.statements().nth(1).unwrap().paragraphs[paragraph].text;
            assert!(there[spot.byte..].starts_with(words), "{at}");
        }
    }
}
