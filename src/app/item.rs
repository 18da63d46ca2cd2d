//! What happened on an agenda item: every known meeting with the same heading, and what came of it.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::facts::meetings::{self, Meeting, short_symbol};
use crate::facts::votes;
use crate::library::{Catalogue, Entry};
use crate::record::{Outcome, Symbol, fold};

use super::coverage::Coverage;
use super::tally::Tally;

/// One meeting on an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnItem {
    /// Its record.
    pub symbol: Symbol,
    /// Its day.
    pub date: Date,
    /// Its heading, where it is not that of the item.
    pub other_heading: Option<Arc<str>>,
    /// Its text is here.
    pub here: bool,
    /// What came of it, each in a few words with its vote: `RES 2254 15-0-0`.
    pub outcomes: Vec<String>,
}

/// The meetings on an agenda item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The heading of the item.
    pub heading: Arc<str>,
    /// The meetings, the latest first.
    pub meetings: Vec<OnItem>,
    /// How many of their records are here.
    pub coverage: Coverage,
}

/// The heading of the item a record is on: that of the table of meetings, else the item or topic of the record.
pub fn heading(entry: &Entry) -> Arc<str> {
    let known = meetings::by_symbol(&entry.symbol).filter(|_| !entry.exercise);
    match known.map(|meeting| meeting.topic).filter(|topic| !topic.is_empty()) {
        Some(topic) => topic.into(),
        None if entry.item.is_empty() => entry.topic.clone(),
        None => entry.item.clone(),
    }
}

/// The meetings on the item of a meeting; `None` where its item is not known. Exercise debates are on items of their
/// own.
pub fn meetings_on_item_of(symbol: &Symbol, catalogue: &Catalogue) -> Option<Item> {
    let own = catalogue.records(None).find(|entry| entry.symbol == *symbol);
    let exercise = own.is_some_and(|entry| entry.exercise);
    let heading = match own {
        Some(entry) => heading(entry),
        None => meetings::by_symbol(symbol)?.topic.into(),
    };
    let wanted = key(&heading);
    if wanted.is_empty() {
        return None;
    }
    let same = |topic: &str| *topic == *heading || is_same_item(&key(topic), &wanted);
    let here: Vec<&Entry> = catalogue
        .records(None)
        .filter(|entry| entry.exercise == exercise && same(&self::heading(entry)))
        .collect();
    let known: Vec<Meeting> =
        meetings::all().filter(|meeting| !exercise && same(meeting.topic)).collect();
    let coverage = Coverage::of(here.iter().copied(), known.len());
    let mut rows: Vec<OnItem> = here.iter().map(|entry| of_entry(entry, &wanted)).collect();
    let present: HashSet<&Symbol> = here.iter().map(|entry| &entry.symbol).collect();
    for meeting in &known {
        let Ok(symbol) = meeting.symbol.parse::<Symbol>() else { continue };
        if !present.contains(&symbol) {
            let outcomes = outcomes_of(&symbol, meeting.short_outcomes());
            let other_heading = other_heading(meeting.topic.into(), &wanted);
            rows.push(OnItem { symbol, date: meeting.date, other_heading, here: false, outcomes });
        }
    }
    rows.sort_by(|a, b| {
        (Reverse(a.date), Reverse(&a.symbol)).cmp(&(Reverse(b.date), Reverse(&b.symbol)))
    });
    Some(Item { heading, meetings: rows, coverage })
}

/// A heading to be compared: folded, each dash as a hyphen, the blanks around it and in a row as one.
fn key(heading: &str) -> String {
    let folded = fold::text(heading).replace("--", " - ").replace(['\u{2013}', '\u{2014}'], "-");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two headings are of one item: they are the same, or one is the other with something more specific in
/// brackets or after a dash ("The situation in the Middle East (Syria)").
fn is_same_item(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let Some(more) = long.strip_prefix(short) else { return false };
    !short.is_empty() && (more.is_empty() || more.starts_with(" (") || more.starts_with(" - "))
}

/// The heading of a meeting, where it is not the one that is wanted.
fn other_heading(heading: Arc<str>, wanted: &str) -> Option<Arc<str>> {
    (key(&heading) != wanted).then_some(heading)
}

fn of_entry(entry: &Entry, wanted: &str) -> OnItem {
    let own = entry.outcomes.iter().map(|outcome| outcome.to_string()).collect();
    let known = meetings::by_symbol(&entry.symbol).filter(|_| !entry.exercise);
    let outcomes = match known {
        Some(meeting) => outcomes_of(&entry.symbol, meeting.short_outcomes()),
        None => own,
    };
    let other_heading = other_heading(heading(entry), wanted);
    OnItem { symbol: entry.symbol.clone(), date: entry.date, other_heading, here: true, outcomes }
}

/// The votes of a meeting with their counts, then what was adopted without one.
fn outcomes_of(symbol: &Symbol, short: Vec<String>) -> Vec<String> {
    let votes = votes::of_meeting(symbol);
    let mut outcomes: Vec<String> = votes
        .iter()
        .map(|vote| {
            let (name, score) = (short_symbol(vote.reference), Tally::of_fact(vote).score());
            match vote.outcome {
                Outcome::Adopted => format!("{name} {score}"),
                Outcome::AdoptedWithoutVote => format!("{name} without a vote"),
                Outcome::Vetoed => {
                    format!("VETO by {}: {name} {score}", vote.vetoed_by().join(" and "))
                }
                Outcome::NotAdopted => format!("{name} not adopted {score}"),
            }
        })
        .collect();
    let voted = |text: &String| {
        text == "VETO" || votes.iter().any(|vote| short_symbol(vote.reference) == *text)
    };
    outcomes.extend(short.into_iter().filter(|text| !voted(text)));
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_one_item() {
        let same = |one: &str, other: &str| is_same_item(&key(one), &key(other));
        for (one, other) in [
            ("The situation in Cyprus", "The SITUATION in  Cyprus"),
            ("The situation in the Middle East (Syria)", "The situation in the Middle East"),
            ("Middle East \u{2014} UNDOF", "Middle East - UNDOF"),
            ("ICJ \u{2014} Election", "ICJ"),
            ("The situation in Haiti--UNMIHAT", "The situation in Haiti"),
        ] {
            assert!(same(one, other) && same(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("The situation in the Middle East", "The situation in the Middle East, including X"),
            (
                "International Tribunal \u{2014} Rwanda",
                "International Tribunal \u{2014} Yugoslavia",
            ),
            ("Niger", "Nigeria"),
            ("", "Niger"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one}, {other}");
        }
    }

    #[test]
    fn outcomes_have_their_votes() {
        let item = |symbol: &str| {
            meetings_on_item_of(&symbol.parse().unwrap(), &Catalogue::default()).unwrap()
        };
        let syria = item("S/PV.7180");
        let of = |symbol: &str| {
            syria.meetings.iter().find(|m| m.symbol.to_string() == symbol).unwrap().clone()
        };
        let veto = "VETO by China and Russian Federation: S/2014/348 13-2-0";
        assert_eq!(of("S/PV.7180").outcomes, [veto]);
        assert_eq!(of("S/PV.7588").outcomes, ["RES 2254 15-0-0"]);
        assert_eq!(&*of("S/PV.7588").other_heading.unwrap(), "The situation in the Middle East");
        assert!(syria.meetings.windows(2).all(|pair| pair[0].date >= pair[1].date));
        assert!((syria.coverage.held, syria.coverage.known) == (0, syria.meetings.len()));
    }
}
