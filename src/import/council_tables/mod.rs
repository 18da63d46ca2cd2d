//! Tables about the Council, as services publish them, into a file of fetched facts.
//!
//! `meetings` reads the library's page of the meetings of a year, `decisions` the UN's own resolutions with
//! their votes, one JSON object a line. [`build_year`] joins the two. A row that is not sound is named and left
//! out; a page that is no table, is cut off or is of another year is refused as a whole.

mod decisions;
mod meetings;
mod rows;
mod words;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::facts::council;
use crate::facts::fetched::{FORMAT, FactsFile, MOST_ROWS, VoteRow};

/// What was made of the tables of a year.
#[derive(Debug)]
pub struct YearOfFacts {
    /// The file.
    pub file: FactsFile,
    /// A sentence about each row that was left out.
    pub faults: Vec<String>,
    /// Sentences about what is kept and is not as it should be.
    pub remarks: Vec<String>,
}

/// Why a table was refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// What is wrong with the page of meetings.
    Meetings(String),
    /// What is wrong with the table of resolutions.
    Decisions(String),
}

/// Joins the tables of a year, fetched on the day `fetched`. `decisions` may be missing: then votes have only
/// the counts of the table of meetings.
///
/// # Errors
/// If the page is not a whole table of the meetings of that year, or the other text none of its resolutions.
pub fn build_year(
    year: i16,
    fetched: Date,
    meetings: &str,
    decisions: Option<&str>,
) -> Result<YearOfFacts, TableFault> {
    let (mut faults, mut remarks) = (Vec::new(), Vec::new());
    let table = meetings::read_meetings(meetings, year, fetched, &mut faults)
        .map_err(TableFault::Meetings)?;
    let decided = match decisions {
        Some(lines) => {
            decisions::read_decisions(lines, year, &mut faults).map_err(TableFault::Decisions)?
        }
        None => Vec::new(),
    };
    let mut votes: Vec<VoteRow> = decided;
    let known: HashMap<String, usize> =
        votes.iter().enumerate().map(|(at, vote)| (vote.reference.clone(), at)).collect();
    for row in &table {
        for said in meetings::votes_of(row) {
            match known.get(&said.reference) {
                Some(at) => complete(&mut votes[*at], &said, &mut remarks),
                None => votes.push(said),
            }
        }
    }
    votes.iter_mut().for_each(name_the_unanimous);
    votes.sort_by(|a, b| (&a.date, &a.reference).cmp(&(&b.date, &b.reference)));
    let most = table.len().max(votes.len());
    if most > MOST_ROWS {
        return Err(TableFault::Meetings(format!("it has {most} rows, too many for a year")));
    }
    let last = table.last().map(|row| row.date.clone()).unwrap_or_default();
    let to = match meetings::lacks(&table, year) {
        Some(lacks) => {
            remarks.push(format!("{lacks}; what it has is kept, and {year} is not taken as known"));
            String::new()
        }
        // A year that is over is known to its end.
        None if year < fetched.year() => format!("{year}-12-31"),
        None => last,
    };
    Ok(YearOfFacts {
        file: FactsFile {
            format: FORMAT.to_owned(),
            year,
            fetched: fetched.to_string(),
            to,
            sources: vec![
                "Dag Hammarskjöld Library, table of meetings".to_owned(),
                "United Nations (DGACM), UNxml/SCresolutions, data_extract".to_owned(),
            ],
            meetings: table,
            votes,
        },
        faults,
        remarks,
    })
}

/// Completes a decision with what the table of meetings says of it. Where the counts differ, both are named and
/// the vote has no members: which table is right is not known.
fn complete(vote: &mut VoteRow, said: &VoteRow, remarks: &mut Vec<String>) {
    if vote.title.is_empty() {
        vote.title.clone_from(&said.title);
    }
    if vote.meeting.is_empty() && vote.letter.is_empty() {
        vote.meeting.clone_from(&said.meeting);
    }
    let counted = said.counts.iter().any(|count| *count > 0);
    if !counted || vote.counts == said.counts {
        return;
    }
    let shown = |counts: [u8; 3]| format!("{}-{}-{}", counts[0], counts[1], counts[2]);
    remarks.push(format!(
        "{}: the UN's table counts {}, the library's {}; the library's is taken, without members",
        vote.reference,
        shown(vote.counts),
        shown(said.counts)
    ));
    vote.counts = said.counts;
    vote.in_favour.clear();
    vote.against.clear();
    vote.abstaining.clear();
}

/// Where every member is counted in favour, every member is in favour.
fn name_the_unanimous(vote: &mut VoteRow) {
    let members = vote.date.parse::<Date>().ok().and_then(council::on);
    let Some(council) = members else { return };
    if usize::from(vote.counts[0]) == council.seats.len() && vote.in_favour.is_empty() {
        vote.in_favour = council.seats.iter().map(|seat| seat.called.to_owned()).collect();
    }
}

#[cfg(test)]
mod tests;
