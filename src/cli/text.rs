//! Records as plain text: at most 72 columns, no escape sequences, nothing harmful.

use std::io::{self, Write};

use super::out::one_line;
use super::table::MEASURE;
use super::table::write_paragraph;
use crate::app::blocks::{Block, Part, record_blocks};
use crate::app::number::long_date;
use crate::app::tally::{self, Tally};
use crate::app::wrap::columns;
use crate::facts::meetings;
use crate::import::direction;
use crate::record::{Capacity, Kind, Record, Status, Vote, VoteKind, harmless};
use crate::screens::card::state::{Card, TEXT_WIDTH};

/// The indent of directions and votes.
const INDENT: usize = 4;

/// Writes a part of a record.
pub fn write_record(out: &mut dyn Write, record: &Record, part: Part) -> io::Result<()> {
    for (i, row) in heading_lines(record, part).iter().enumerate() {
        if i == 0 || !row.is_empty() {
            write_indented(out, row)?;
        }
    }
    for block in record_blocks(record, part) {
        writeln!(out)?;
        match block {
            Block::Page(page) => writeln!(out, "[page {page}]")?,
            Block::Direction(text) => write_paragraph(out, &one_line(text), INDENT, MEASURE)?,
            Block::Speaker { number, printed, note } => {
                write_paragraph(out, &one_line(&format!("{number}. {printed}")), 0, MEASURE)?;
                if !note.is_empty() {
                    write_paragraph(out, &one_line(&note), INDENT, MEASURE)?;
                }
            }
            Block::Capacity(capacity) => writeln!(out, "[{}]", capacity_words(capacity))?,
            Block::Paragraph(text) => write_paragraph(out, &one_line(&text), 0, MEASURE)?,
            Block::Vote(vote) => {
                write_tally(out, &Tally::of_record(record, vote), INDENT)?;
                if let Some(drafts) = voted_on_row(vote) {
                    writeln!(out)?;
                    write_paragraph(out, &drafts, INDENT, MEASURE)?;
                }
            }
        }
    }
    Ok(())
}

/// What was voted on, if the vote is called by what it was adopted as.
pub fn voted_on_row(vote: &Vote) -> Option<String> {
    let named = vote.adopted_as.is_some() && !vote.on.is_empty();
    named.then(|| one_line(&format!("Voted on: {}", vote.on.join(", "))))
}

/// Writes the lines of a card of the screens, those that are too wide wrapped.
pub fn write_card(out: &mut dyn Write, card: &Card) -> io::Result<()> {
    for text in card.text().lines() {
        let text = harmless::line(text);
        match text.trim_end() {
            // A row of a table stays whole.
            row if columns(row) <= usize::from(TEXT_WIDTH) => writeln!(out, "{row}")?,
            long => write_indented(out, long)?,
        }
    }
    Ok(())
}

/// Writes a vote, member by member. Without an indent, it starts with its title and record.
pub fn write_tally(out: &mut dyn Write, vote: &Tally, indent: usize) -> io::Result<()> {
    let mut rows = Vec::new();
    if vote.exercise && indent == 0 {
        rows.push("EXERCISE".to_owned());
    }
    let heading = match vote.kind {
        VoteKind::Substantive | VoteKind::Unknown => "Vote".to_owned(),
        kind => tally::heading(kind, ""),
    };
    rows.push(format!("{heading}: {}", one_line(&vote.reference)));
    if indent == 0 {
        rows.push(one_line(&vote.title));
        let symbol = if vote.symbol.is_empty() { "record not known" } else { &vote.symbol };
        rows.push(format!("{}, {}", one_line(symbol), long_date(vote.date)));
    }
    rows.push(format!("Result: {}", vote.result()));
    rows.extend(vote.lines().into_iter().map(|l| l.text));
    for row in rows {
        let words = row.trim_start();
        write_paragraph(out, &harmless::line(words), indent + row.len() - words.len(), MEASURE)?;
    }
    Ok(())
}

/// Writes a line that starts with spaces, and indents its further rows as far.
fn write_indented(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let words = text.trim_start();
    write_paragraph(out, words, text.len() - words.len(), MEASURE)
}

/// The heading of a record or a part of it, made harmless; the first line is the symbol.
pub fn heading_lines(record: &Record, part: Part) -> Vec<String> {
    let part_words = match part {
        Part::Whole => String::new(),
        Part::Statement(number) => format!(", statement {number}"),
        Part::Page(page) => format!(", page {page}"),
    };
    let mut head = vec![format!("{}{part_words}", record.symbol)];
    if record.exercise {
        head.push("EXERCISE: a debate written for this program, not the words of any State".into());
    }
    let council = if record.exercise { "Model Security Council" } else { "Security Council" };
    let mut when = vec![format!("{council}, {}", long_date(record.date))];
    when.extend(record.opened.iter().map(|t| format!("opened {}", one_line(t))));
    let ended = if direction::ends_suspended(&record.items) { "suspended" } else { "rose" };
    when.extend(record.closed.iter().map(|t| format!("{ended} {}", one_line(t))));
    when.extend(record.place.iter().map(|t| one_line(t)));
    head.push(when.join(", "));
    head.push(edition_words(record));
    head.push(topic_line(record));
    if part == Part::Whole {
        for (i, item) in record.agenda.iter().enumerate() {
            head.push(format!("{}{}", if i == 0 { "Agenda: " } else { "  " }, one_line(item)));
        }
        for president in &record.presidents {
            let of = president.state.as_deref().map_or(String::new(), |s| format!(" ({s})"));
            head.push(one_line(&format!("President: {}{of}", president.name)));
        }
        let members: Vec<String> = record
            .members
            .iter()
            .map(|member| match &member.representative {
                Some(name) => format!("{} ({name})", member.state),
                None => member.state.clone(),
            })
            .collect();
        if !members.is_empty() {
            head.push(one_line(&format!("Members of the Council: {}", members.join(", "))));
        }
    }
    head
}

/// The topic; if the text has none, that of the table of meetings, marked as such.
fn topic_line(record: &Record) -> String {
    let known = if record.exercise { None } else { meetings::by_symbol(&record.symbol) };
    match (one_line(&record.topic), known) {
        (topic, Some(meeting)) if topic.is_empty() => {
            format!("{} (the library's heading)", one_line(meeting.topic))
        }
        (topic, _) => topic,
    }
}

/// The edition in words: `English, provisional`.
fn edition_words(record: &Record) -> String {
    let mut words = vec![one_line(record.language.name())];
    match record.status {
        Status::Provisional => words.push("provisional".to_owned()),
        Status::Final => words.push("final".to_owned()),
        Status::Corrected => words.push("corrected".to_owned()),
        Status::Unknown => {}
    }
    match record.kind {
        Kind::Verbatim => {}
        Kind::Letter => words.push("letter".to_owned()),
        Kind::Communique => words.push("communiqué of a closed meeting".to_owned()),
    }
    words.extend(record.corrections.iter().map(|c| format!("with {}", one_line(c))));
    // On this line and not on one of its own: what is written here is imported again.
    words.extend(doubts_in_words(record.count_doubts()));
    words.join(", ")
}

/// The number of doubts in words; `None` if there are none.
pub fn doubts_in_words(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} doubt{}", if count == 1 { "" } else { "s" }))
}

/// The capacity in words.
pub fn capacity_words(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::President => "as President of the Council",
        Capacity::National => "in national capacity",
        Capacity::Organization => "for the organization",
    }
}
