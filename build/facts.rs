//! The tables of facts: JSON in, one blob out, each row checked on the way.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use crate::blob::{Blob, Row};
use crate::key;
use crate::layout::{KINDS, PRIVATE, Table, UNKNOWN, WRITTEN};
use crate::names::Names;
use crate::seats;
use crate::tables::{self, Meeting, Vote, day, symbol};

/// Reads `folder/*.json` and writes `facts.bin` and `facts.txt` into `out`.
pub fn make(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let names = Names::new(tables::read(folder, "states.json")?)?;
    let mut blob = Blob::default();
    let council = tables::read(folder, "council.json")?;
    let presidents = tables::read(folder, "presidents.json")?;
    let permanent = seats::write(&mut blob, &names, &council, &presidents)?;
    names.write(&mut blob, &permanent)?;
    write_meetings(&mut blob, &tables::read(folder, "meetings.json")?)?;
    write_votes(&mut blob, &names, &tables::read(folder, "votes.json")?)?;
    blob.write(out)
}

fn write_meetings(blob: &mut Blob, meetings: &[Meeting]) -> Result<(), Box<dyn Error>> {
    let mut symbols = Vec::new();
    let mut last = 0;
    for (id, meeting) in (0u16..).zip(meetings) {
        let date = day(&meeting.date)?;
        if date < last {
            return Err(
                format!("meetings.json: {} is not in order of dates", meeting.symbol).into()
            );
        }
        last = date;
        let mut row = Row::default();
        let outcomes = meeting.outcomes.join("; ");
        for text in
            [&meeting.symbol, &meeting.press, &meeting.topic, &outcomes, &meeting.outcome_text]
        {
            row = row.u16(blob.text(text)?);
        }
        blob.push(Table::Meetings, row.u16(if meeting.private { PRIVATE } else { 0 }).u32(date))?;
        let (number, resumption) = symbol(&meeting.symbol)?;
        symbols.push((key::symbol(number, resumption), id));
    }
    symbols.sort_unstable();
    for (key, id) in symbols {
        blob.push(Table::Symbols, Row::default().u32(key).u16(id))?;
    }
    Ok(())
}

fn write_votes(blob: &mut Blob, names: &Names, votes: &[Vote]) -> Result<(), Box<dyn Error>> {
    let (mut by_meeting, mut references, mut resolutions) = (Vec::new(), Vec::new(), Vec::new());
    let mut drafts = Vec::new();
    let mut last = 0;
    for (id, vote) in (0u16..).zip(votes) {
        let date = day(&vote.date)?;
        if date < last {
            return Err(format!("votes.json: {} is not in order of dates", vote.reference).into());
        }
        last = date;
        write_vote(blob, names, vote, date)
            .map_err(|error| format!("votes.json: {}: {error}", vote.reference))?;
        if !vote.meeting.is_empty() {
            let (number, resumption) = symbol(&vote.meeting)?;
            by_meeting.push((key::symbol(number, resumption), id));
        }
        if let Some(rest) = vote.reference.strip_prefix("S/RES/") {
            let number = rest.split(' ').next().unwrap_or_default();
            resolutions.push((number.parse::<u16>()?, id));
        }
        references.push((key::reference(&vote.reference), id));
        if !vote.draft.is_empty() {
            drafts.push((key::reference(&vote.draft), id));
        }
    }
    // A draft whose own symbol was voted on is found as that vote.
    let own: HashSet<String> = references.iter().map(|(key, _)| key.clone()).collect();
    references.extend(drafts.into_iter().filter(|(key, _)| !own.contains(key)));
    by_meeting.sort_unstable();
    references.sort_unstable();
    resolutions.sort_unstable();
    for (key, id) in by_meeting {
        blob.push(Table::VotesByMeeting, Row::default().u32(key).u16(id))?;
    }
    for (key, id) in references {
        let text = blob.text(&key)?;
        blob.push(Table::References, Row::default().u16(text).u16(id))?;
    }
    for (number, id) in resolutions {
        blob.push(Table::Resolutions, Row::default().u16(number).u16(id))?;
    }
    Ok(())
}

fn write_vote(
    blob: &mut Blob,
    names: &Names,
    vote: &Vote,
    date: u32,
) -> Result<(), Box<dyn Error>> {
    let outcome = match vote.outcome.as_str() {
        "adopted" => 0,
        "vetoed" => 1,
        "not adopted" => 2,
        "adopted without a vote" => 3,
        other => return Err(format!("outcome {other:?}").into()),
    };
    let mut casts = Vec::new();
    let lists = [&vote.in_favour, &vote.against, &vote.abstaining, &vote.absent, &vote.unknown];
    for (ballot, list) in (0u16..).zip(lists) {
        for name in list {
            let state = names.id(name)?;
            if names.called(state, date)? != name {
                return Err(
                    format!("{name:?} is not what the State was called on {}", vote.date).into()
                );
            }
            casts.push((names.order(state, date)?, state | ballot << 12));
        }
    }
    casts.sort();
    let mut row = Row::default();
    let texts =
        [&vote.reference, &vote.meeting, &vote.title, &vote.note, &vote.draft, &vote.letter];
    for text in texts {
        row = row.u16(blob.text(text)?);
    }
    let kind = KINDS.iter().position(|kind| *kind == vote.kind);
    let kind = u8::try_from(kind.ok_or_else(|| format!("kind {:?}", vote.kind))?)?;
    row = row.u32(date).u8(outcome).u8(if vote.written { kind | WRITTEN } else { kind });
    for count in [vote.yes, vote.no, vote.abstain, vote.not_voting] {
        row = row.u8(count.unwrap_or(UNKNOWN));
    }
    row = row.u8(u8::try_from(casts.len())?).u8(u8::try_from(vote.sponsors.len())?);
    row = row.u32(u32::try_from(blob.rows(Table::Casts))?);
    blob.push(Table::Votes, row.u16(u16::try_from(blob.rows(Table::Sponsors))?))?;
    for name in &vote.sponsors {
        blob.push(Table::Sponsors, Row::default().u16(names.id(name)?))?;
    }
    for (_, word) in casts {
        blob.push(Table::Casts, Row::default().u16(word))?;
    }
    Ok(())
}
