//! How things are said in lines without any setting: what the screens show by place, look and
//! columns is said in words here.

use crate::app::answers::Listed;
use crate::app::card::{Card, long_date};
use crate::app::compare::Compare;
use crate::app::notes::{Notes, Row};
use crate::app::number::thousands;
use crate::app::reader::Reader;
use crate::app::search::{Found, Search, Words};
use crate::app::tally::Tally;
use crate::cli::blocks::{Block, Part, blocks};
use crate::cli::list;
use crate::record::reference::{self, Target};
use crate::record::{Capacity, Item, Record, Statement, Status};
use crate::search::find::{Hit, Named};
use crate::search::text::Order;

use super::talk::sentence;

const EXERCISE: &str = "EXERCISE: invented persons and words, not those of any State.";

/// The lines above a record.
pub fn head(record: &Record) -> Vec<String> {
    let provisional = if record.status == Status::Provisional { ", provisional" } else { "" };
    let language = record.language.name();
    let mut lines =
        vec![format!("{}, {}, {language}{provisional}.", record.symbol, long_date(record.date))];
    if record.exercise {
        lines.push(EXERCISE.to_owned());
    }
    lines.push(format!("{}.", record.topic.trim_end_matches('.')));
    for president in &record.presidents {
        let of = president.state.as_deref().map_or(String::new(), |s| format!(", {s}"));
        lines.push(format!("President: {}{of}.", president.name));
    }
    lines
}

/// A record or a known meeting in a list.
pub fn meeting(row: &list::Row) -> String {
    let exercise = if row.exercise { "EXERCISE, " } else { "" };
    let text = match row.statements {
        Some(1) => "1 statement".to_owned(),
        Some(n) => format!("{n} statements"),
        None => "text not here".to_owned(),
    };
    let outcome = row.outcome.as_ref().map_or(String::new(), |o| format!(". Outcome: {o}"));
    format!("{exercise}{}, {}, {text}, {}{outcome}", row.symbol, row.date, row.topic)
}

/// A statement in the list of its record.
pub fn listed_statement(statement: &Statement) -> String {
    let speaker = &statement.speaker;
    let of = match speaker.spoken_for() {
        _ if statement.is_procedural() => ", procedural".to_owned(),
        Some(of) => format!(", {of}"),
        None => String::new(),
    };
    let page = statement.page.map_or(String::new(), |p| format!(", page {p}"));
    format!("{}{of}, {} words{page}", speaker.name, statement.words())
}

/// A statement in a list of statements found.
pub fn answer(row: &Listed) -> String {
    let exercise = if row.exercise { "EXERCISE, " } else { "" };
    let Listed { symbol, date, number, name, topic, words, .. } = row;
    format!("{exercise}{date}, {symbol}, statement {number}, {name}, {words} words, {topic}")
}

/// What a search found in all, or why it found nothing; and what of the query was not understood.
pub fn totals(search: &Search) -> Vec<String> {
    let trouble = search.trouble().map(|trouble| {
        let piece = search.line.text().get(trouble.at).unwrap_or("");
        sentence(format!("{piece}: {}", trouble.message))
    });
    let many = |n: usize, one: &str| {
        let s = if n == 1 { "" } else { "s" };
        format!("{} {one}{s}", thousands(n))
    };
    let found = match (&search.results.why, &search.results.counts) {
        (Some(why), _) => sentence(why.clone()),
        (None, Some(counts)) if counts.statements > 0 => {
            let order = match search.order {
                Order::Relevance => "best first",
                Order::Date => "latest first",
            };
            let statements = many(counts.statements, "statement");
            format!("{statements} in {}, {order}.", many(counts.records, "record"))
        }
        _ => "No statement has all of this.".to_owned(),
    };
    trouble.into_iter().chain([found]).collect()
}

/// A statement that was found.
pub fn found(found: &Found) -> String {
    let exercise = if found.exercise { "EXERCISE, " } else { "" };
    let (of, page, words) = match &found.words {
        Words::Here { of, page, text, .. } => (of, *page, text.as_str()),
        Words::Lost(why) => (&found.of, None, why.as_str()),
        Words::Awaited => (&found.of, None, ""),
    };
    let of = of.as_ref().map_or(String::new(), |of| format!(", {of}"));
    let page = page.map_or(String::new(), |page| format!(", page {page}"));
    let Found { at, date, number, speaker, .. } = found;
    format!("{exercise}{}, {date}, statement {number}{page}, {speaker}{of}: {words}", at.symbol)
}

/// A note or mark in the list, under its own number or letter.
pub fn note(list: &Notes, row: Row) -> Option<String> {
    Some(match row {
        Row::Note(at) => {
            let note = list.notes.get(at)?;
            let (number, day, by) = (note.number, note.day(), &note.place.speaker);
            let tags = match note.tags.as_slice() {
                [] => String::new(),
                tags => format!(" Tags: {}.", tags.join(", ")),
            };
            format!(
                "{number}. {day}, {by}, {}: {}{tags}",
                note.citation,
                sentence(note.text.clone())
            )
        }
        Row::Mark(at) => {
            let (letter, place) = list.marks.get(at)?;
            let (by, number) = (&place.speaker, place.statement);
            let more = if place.after.is_empty() { "" } else { "\u{2026}" };
            let (symbol, words) = (&place.symbol, &place.words);
            format!("Mark {letter}: {symbol}, statement {number}, {by}: {words}{more}")
        }
    })
}

/// The two statements that are compared, in a line.
pub fn compared(both: &Compare) -> String {
    let name = |reader: &Reader| {
        let number = reader.statement().map_or(0, |s| s.number);
        format!("{}, statement {number}", reader.record.symbol)
    };
    format!("Compared: {}; and {}.", name(&both.first), name(&both.second))
}

/// The two statements that are compared, one after the other, each whole.
pub fn sides(both: &Compare) -> [Vec<String>; 2] {
    let side = |which: &str, reader: &Reader| {
        let record = &reader.record;
        let mut lines = vec![format!("{which}: {}, {}.", record.symbol, long_date(record.date))];
        if record.exercise {
            lines.push(EXERCISE.to_owned());
        }
        if let Some(statement) = reader.statement() {
            let parts = 0..statement.paragraphs.len().max(1);
            lines.extend(parts.flat_map(|part| paragraph(record, statement, part)));
        }
        lines
    };
    [side("The first", &both.first), side("The second", &both.second)]
}

/// A name found.
pub fn hit(hit: &Hit) -> String {
    let kind = match &hit.named {
        Named::Record { text: true, .. } => "record",
        Named::Record { text: false, .. } => "record, text not here",
        Named::Page { .. } => "page",
        Named::Speaker { .. } => "speaker",
        Named::State(_) => "State",
        Named::Organization(_) => "organization",
        Named::Group(_) => "group",
        Named::Topic(_) => "item",
        Named::Vote(_) => "vote",
    };
    format!("{kind}: {}", hit.line)
}

/// A card, its links numbered.
pub fn card(card: &Card) -> Vec<String> {
    let mut lines = vec![format!("{}.", card.title)];
    let mut links = 0;
    for line in card.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let text = line.text.trim();
        if line.target.is_some() {
            links += 1;
            lines.push(format!("{links}. {text}"));
        } else {
            lines.push(text.to_owned());
        }
    }
    lines
}

/// How many parts an item is read in: the paragraphs of a statement, else one.
pub fn parts(item: &Item) -> usize {
    match item {
        Item::Statement(s) => s.paragraphs.len().max(1),
        _ => 1,
    }
}

/// One part of an item: the heading before the first paragraph, and what the paragraph refers to
/// behind it.
pub fn part(record: &Record, item: &Item, part: usize) -> Vec<String> {
    match item {
        Item::Direction(d) => vec![format!("Direction: {}", d.text)],
        Item::Vote(v) => vote(&Tally::of_record(record, v)),
        Item::Statement(s) => {
            let mut lines = paragraph(record, s, part);
            lines.extend(references(s, part));
            lines
        }
    }
}

/// One paragraph of a statement, without what it refers to.
fn paragraph(record: &Record, statement: &Statement, part: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut page = None;
    for block in blocks(record, Part::Statement(statement.number)) {
        let paragraph = matches!(block, Block::Paragraph(_));
        if at == part {
            say(block, statement, record, &mut page, &mut lines);
        }
        at += usize::from(paragraph);
    }
    lines
}

/// Says one block of a statement; the page waits for the heading, to stand in its line.
fn say(
    block: Block<'_>,
    statement: &Statement,
    record: &Record,
    page: &mut Option<u32>,
    lines: &mut Vec<String>,
) {
    let turned = page.take();
    match block {
        Block::Page(number) => {
            *page = Some(number);
            return;
        }
        Block::Speaker { number, printed, note } => {
            let kind = if statement.is_procedural() { "Procedural statement" } else { "Statement" };
            let page = turned.map_or(String::new(), |p| format!(", page {p}"));
            let total = record.statements().count();
            lines.push(format!("{kind} {number} of {total}{page}: {printed}"));
            if !note.is_empty() {
                lines.push(format!("{note}."));
            }
            return;
        }
        _ => {}
    }
    lines.extend(turned.map(|p| format!("Page {p}.")));
    match block {
        Block::Capacity(capacity) => lines.push(capacity_words(capacity).to_owned()),
        Block::Paragraph(text) => lines.push(text),
        _ => {}
    }
}

fn capacity_words(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::President => "As President of the Council:",
        Capacity::National => "In national capacity:",
        Capacity::Organization => "For the organization:",
    }
}

/// What a paragraph refers to, numbered for `follow`.
fn references(statement: &Statement, paragraph: usize) -> Option<String> {
    let text = &statement.paragraphs.get(paragraph)?.text;
    let found = reference::find_references(text);
    let words: Vec<String> = found
        .iter()
        .enumerate()
        .map(|(i, found)| {
            let target = match &found.target {
                Target::Record { symbol, page: Some(page) } => format!("{symbol}, page {page}"),
                Target::Record { symbol, page: None } => symbol.to_string(),
                Target::Resolution { number, year: 0 } => format!("resolution {number}"),
                Target::Resolution { number, year } => format!("resolution {number} ({year})"),
                Target::Document(symbol) => symbol.clone(),
            };
            format!("{}, {target}", i + 1)
        })
        .collect();
    let many = if words.len() == 1 { "Reference" } else { "References" };
    (!words.is_empty()).then(|| format!("{many}: {}.", words.join("; ")))
}

/// A vote, a line for each way of voting.
fn vote(tally: &Tally) -> Vec<String> {
    let procedural = if tally.procedural { "Procedural vote" } else { "Vote" };
    let mut lines = vec![format!("{procedural} on {}: {}.", tally.reference, tally.result())];
    for group in tally.groups.iter().filter(|g| !g.voters.is_empty()) {
        let names: Vec<String> = group
            .voters
            .iter()
            .map(|v| if v.veto { format!("{} (veto)", v.called) } else { v.called.clone() })
            .collect();
        lines.push(format!("{}, {}: {}.", group.name, names.len(), names.join(", ")));
    }
    lines.extend(tally.remark());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let json = r#"{"format":"spv/1","symbol":"MSC/PV.1","kind":"verbatim","language":"en",
            "exercise":true,"topic":"An invented item","date":"2001-01-01","items":[
            {"type":"direction","page":2,"text":"The invented meeting began."},
            {"type":"statement","number":1,"page":2,
             "speaker":{"printed":"The President","name":"The President","as":"president"},
             "paragraphs":[{"page":2,"text":"I open it."}]},
            {"type":"statement","number":2,"page":2,
             "speaker":{"printed":"Mr. Made (Chad)","name":"Mr. Made","state":"Chad",
                        "as":"invited","rule":37},
             "paragraphs":[{"page":2,"text":"As resolution 2254 (2015) and S/PV.8628, p. 2, say."},
                           {"page":3,"capacity":"organization","text":"And on."}]},
            {"type":"vote","on":["S/2001/1"],"in_favour":["Chad","Mali"],"against":["China"],
             "outcome":"not adopted"}]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn each_part_says_in_words_what_screens_show_by_looks() {
        let record = record();
        let said = |item: usize, number| part(&record, &record.items[item], number);
        assert_eq!(said(0, 0), ["Direction: The invented meeting began."]);
        let turn = ["Procedural statement 1 of 2, page 2: The President", "I open it."];
        assert_eq!(said(1, 0), turn);
        assert_eq!(
            said(2, 0),
            [
                "Statement 2 of 2, page 2: Mr. Made (Chad)",
                "invited under rule 37.",
                "As resolution 2254 (2015) and S/PV.8628, p. 2, say.",
                "References: 1, resolution 2254 (2015); 2, S/PV.8628, page 2."
            ]
        );
        assert_eq!(said(2, 1), ["Page 3.", "For the organization:", "And on."]);
        assert_eq!(
            said(3, 0),
            [
                "Vote on S/2001/1: not adopted, 2 in favour, 1 against, 0 abstaining.",
                "In favour, 2: Chad, Mali.",
                "Against, 1: China."
            ]
        );
        assert_eq!(record.items.iter().map(parts).collect::<Vec<_>>(), [1, 1, 2, 1]);
    }
}
