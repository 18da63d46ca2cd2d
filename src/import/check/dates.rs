//! The day of a meeting, beside the table of meetings and other editions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::votes::count_noun;
use crate::import::cover::identity::other_day;
use crate::record::{Doubt, Record};

/// A doubt where the table of meetings has another date, unless the source was warned of it already.
pub(super) fn find_doubts(record: &Record) -> Vec<Doubt> {
    if record.exercise {
        return Vec::new();
    }
    let said = other_day(&record.symbol, record.date);
    let new = said.filter(|text| !record.source.warnings.contains(text));
    new.map(|text| Doubt { text, ..Doubt::default() }).into_iter().collect()
}

/// What differs between a record and other editions of it, where one of them must be wrong.
#[must_use]
pub fn compare_editions(record: &Record, others: &[Record]) -> Vec<Doubt> {
    let mut dates: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    let mut votes: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let here = record.votes().count();
    for other in others.iter().filter(|other| other.symbol == record.symbol) {
        let language = other.language.name();
        if other.date != record.date {
            dates.entry(other.date).or_default().push(language);
        }
        // The lists of a vote that are damaged stay in the text of the data set.
        let whole = [record, other].iter().all(|edition| edition.source.from != "dataverse");
        if other.votes().count() != here && whole {
            votes.entry(other.votes().count()).or_default().push(language);
        }
    }
    let editions = |languages: &[&str]| {
        let word = if languages.len() == 1 { "edition" } else { "editions" };
        format!("in the {word} in {}", languages.join(", "))
    };
    let dates = dates.iter().map(|(date, languages)| {
        format!("the date is {}, and {date} {}", record.date, editions(languages))
    });
    let votes = votes.iter().map(|(count, languages)| {
        format!("it has {}, and {count} {}", count_noun(here, "vote"), editions(languages))
    });
    dates.chain(votes).map(|text| Doubt { text, ..Doubt::default() }).collect()
}
