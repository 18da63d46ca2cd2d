//! Places of the person in records, found again by their words.

use crate::app::position::Spot;
use crate::desk::{Desk, Place};
use crate::record::{Item, Record};

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
    find_words(record, &place.words).unwrap_or(spot)
}

fn has_words_at(record: &Record, spot: Spot, words: &str) -> bool {
    let statement = record.statements().find(|s| s.number == spot.statement);
    statement
        .and_then(|s| s.paragraphs.get(spot.paragraph)?.text.get(spot.byte..))
        .is_some_and(|rest| rest.starts_with(words))
}

fn find_words(record: &Record, words: &str) -> Option<Spot> {
    record.items.iter().find_map(|item| {
        let Item::Statement(s) = item else { return None };
        s.paragraphs.iter().enumerate().find_map(|(paragraph, p)| {
            let byte = p.text.find(words)?;
            Some(Spot { statement: s.number, paragraph, byte })
        })
    })
}
