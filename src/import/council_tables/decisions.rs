//! The UN's own table of resolutions, `data_extract/YYYY.json` of UNxml/SCresolutions: a JSON object a line.

use serde::Deserialize;

use super::words::{find_tally, parse_day};
use crate::facts::checks::{LISTS, casts_by_name};
use crate::facts::fetched::VoteRow;
use crate::facts::{council, states};
use crate::record::harmless::{self, excerpt};

/// The most bytes of a line.
const LONGEST_LINE: usize = 200_000;

/// What is read of a line; the other fields are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Line {
    symbol: String,
    adoption_date: String,
    adoption_type: String,
    agenda_item_name: String,
    resolution_title: String,
    draft_resolution: String,
    outcome_letter: String,
    #[serde(rename = "MS_in_favour_count")]
    in_favour_count: String,
    #[serde(rename = "MS_against_count")]
    against_count: String,
    #[serde(rename = "MS_abstaining_count")]
    abstaining_count: String,
    #[serde(rename = "MS_in_favour")]
    in_favour: Vec<String>,
    #[serde(rename = "MS_against")]
    against: Vec<String>,
    #[serde(rename = "MS_abstaining")]
    abstaining: Vec<String>,
    sponsors: Vec<String>,
}

/// Reads the resolutions of a year. Lines that are not sound are left out, each with a sentence in `faults`.
///
/// # Errors
/// If the text has no such line of that year.
pub(super) fn read_decisions(
    text: &str,
    year: i16,
    faults: &mut Vec<String>,
) -> Result<Vec<VoteRow>, String> {
    let mut found: Vec<VoteRow> = Vec::new();
    let mut left = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let read: Result<Line, String> = match line.len() {
            0..=LONGEST_LINE => {
                serde_json::from_str(line).map_err(|_| "it is no JSON object".to_owned())
            }
            _ => Err("it is too long".to_owned()),
        };
        let row = read.map_err(|fault| format!("line {number} of the UN's table: {fault}"));
        match row.and_then(|line| read_line(&line, year)) {
            Ok(row) if found.iter().any(|own| own.reference == row.reference) => {
                left.push(format!("{}: it is listed twice", row.reference));
            }
            Ok(row) => found.push(row),
            Err(fault) => left.push(fault),
        }
    }
    if found.is_empty() {
        let first = left.first().map(|fault| format!(" ({fault})")).unwrap_or_default();
        return Err(format!("it is not a table of the resolutions of {year}{first}"));
    }
    faults.extend(left);
    Ok(found)
}

fn read_line(line: &Line, year: i16) -> Result<VoteRow, String> {
    let symbol = excerpt(line.symbol.trim());
    let ends = format!(" ({year})");
    let number = symbol.strip_prefix("S/RES/").and_then(|rest| rest.strip_suffix(ends.as_str()));
    if !number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) {
        return Err(format!("{symbol}: it is not a resolution of {year}"));
    }
    let day = parse_day(&line.adoption_date).filter(|day| day.year() == year).ok_or_else(|| {
        format!("{symbol}: {:?} is not a day of {year}", excerpt(&line.adoption_date))
    })?;
    let council = council::on(day)
        .ok_or_else(|| format!("{symbol}: no members of the Council are known on {day}"))?;
    let lists = [&line.in_favour[..], &line.against, &line.abstaining];
    let casts = casts_by_name(&council, lists).map_err(|fault| format!("{symbol}: {fault}"))?;
    let named = LISTS.map(|ballot| -> Vec<String> {
        let own = casts.iter().filter(|cast| cast.ballot == ballot);
        own.map(|cast| cast.called.to_owned()).collect()
    });
    let counts = counts_of(line, &named, council.seats.len())
        .ok_or_else(|| format!("{symbol}: its counts and its members do not agree"))?;
    let sound = counts == lengths(&named);
    let [in_favour, against, abstaining] = if sound { named } else { Default::default() };
    let place = harmless::line(line.outcome_letter.trim()).into_owned();
    let meeting = place.starts_with("S/PV.") && place.parse::<crate::record::Symbol>().is_ok();
    let letter = !meeting && place.starts_with("S/2");
    let title = match line.resolution_title.split_once("[on ") {
        Some((_, rest)) => rest.trim_end_matches([']', ' ']),
        None => line.agenda_item_name.as_str(),
    };
    Ok(VoteRow {
        reference: symbol,
        date: day.to_string(),
        outcome: "adopted".to_owned(),
        kind: "substantive".to_owned(),
        meeting: if meeting { place.clone() } else { String::new() },
        letter: if letter { place } else { String::new() },
        title: harmless::line(title.trim()).into_owned(),
        draft: harmless::line(line.draft_resolution.trim()).into_owned(),
        sponsors: line
            .sponsors
            .iter()
            .filter_map(|name| states::lookup(name.trim()))
            .map(|state| state.name.to_owned())
            .collect(),
        counts,
        in_favour,
        against,
        abstaining,
    })
}

fn lengths(named: &[Vec<String>; 3]) -> [u8; 3] {
    named.each_ref().map(|names| u8::try_from(names.len()).unwrap_or(u8::MAX))
}

/// The counts that two of three agree on: the members named, the numbers, and the words ("Adopted 13-0-2"). Where
/// no two agree, the words.
fn counts_of(line: &Line, named: &[Vec<String>; 3], seats: usize) -> Option<[u8; 3]> {
    let number = |text: &str| text.trim().parse::<u8>().unwrap_or(0);
    let numbers = [&line.in_favour_count, &line.against_count, &line.abstaining_count]
        .map(|text| number(text));
    let words = line.adoption_type.to_lowercase();
    let all = u8::try_from(seats).unwrap_or(u8::MAX);
    let said = find_tally(&words).or_else(|| words.contains("unanimous").then_some([all, 0, 0]));
    let listed = lengths(named);
    let fits = |counts: &[u8; 3]| {
        let sum: usize = counts.iter().map(|count| usize::from(*count)).sum();
        sum > 0 && sum <= seats
    };
    let agreed = match said {
        Some(said) if said == listed || said == numbers => Some(said),
        _ if listed == numbers => Some(listed),
        said => said,
    };
    agreed.filter(fits)
}
