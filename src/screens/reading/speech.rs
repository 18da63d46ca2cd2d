//! The text of a record in lines: what the screen shows by place and look is said in words.

use crate::app::blocks::{Block, Part, record_blocks};
use crate::app::reading_breaks::{MARK, grouped};
use crate::app::tally::Tally;
use crate::record::reference::{self, Target};
use crate::record::{Capacity, Item, Record, Statement};

/// How many parts an item is read in: the paragraphs of a statement, else one.
pub fn parts(item: &Item) -> usize {
    match item {
        Item::Statement(s) => s.paragraphs.len().max(1),
        _ => 1,
    }
}

/// One part of an item: the heading before the first paragraph, and what the paragraph refers to
/// after it.
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
pub fn paragraph(record: &Record, statement: &Statement, part: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut page = None;
    for block in record_blocks(record, Part::Statement(statement.number)) {
        let paragraph = matches!(block, Block::Paragraph(_));
        if at == part {
            say(block, statement, record, &mut page, &mut lines);
        }
        at += usize::from(paragraph);
    }
    lines
}

/// Says one block of a statement; the page waits for the heading, to be in its line.
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
        Block::Paragraph(text) => {
            let printed = record.source.has_printed_paragraphs();
            let groups = grouped(&text, printed).enumerate();
            // The mark before a group is one of those that speech passes over and braille shows.
            lines.extend(groups.map(|(number, group)| match number {
                0 => group.to_owned(),
                _ => format!("{MARK} {group}"),
            }));
        }
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
    fn a_wall_of_text_is_said_in_groups_of_sentences() {
        let mut record = record();
        let Item::Statement(statement) = &mut record.items[1] else { panic!() };
        statement.paragraphs[0].text = "We agree on this. ".repeat(60).trim_end().to_owned();
        assert_eq!(part(&record, &record.items[1], 0).len(), 2, "printed paragraphs stay whole");
        record.source.from = "dataverse".to_owned();
        let said = part(&record, &record.items[1], 0);
        let marks: Vec<bool> =
            said.iter().map(|line| line.starts_with("\u{b7} We agree")).collect();
        assert_eq!(marks, [false, false, true], "{said:?}");
        assert!(said[1..].iter().all(|line| line.ends_with("on this.")), "{said:?}");
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
