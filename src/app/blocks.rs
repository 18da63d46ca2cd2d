//! A record, a statement or a page as blocks: what `spv show` prints, without a format.

use crate::record::{As, Capacity, Item, Paragraph, Record, Statement, Vote};

/// Which part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The statement with this number.
    Statement(u32),
    /// What is printed on this page.
    Page(u32),
}

/// One block.
#[derive(Clone, Debug, PartialEq)]
pub enum Block<'a> {
    /// The next printed page starts here.
    Page(u32),
    /// A line nobody spoke.
    Direction(&'a str),
    /// A statement starts, or continues from an earlier page.
    Speaker {
        /// Its number.
        number: u32,
        /// The form of address as printed.
        printed: &'a str,
        /// What the form of address does not say: what they speak as, and for whom.
        note: String,
    },
    /// The capacity changes.
    Capacity(Capacity),
    /// A paragraph, or the part of it on the page.
    Paragraph(String),
    /// A vote.
    Vote(&'a Vote),
}

/// The blocks of a part; empty if the record has no such statement or page.
pub fn record_blocks(record: &Record, part: Part) -> Vec<Block<'_>> {
    let mut walk = Walk { part, page: None, blocks: Vec::new() };
    for item in &record.items {
        match item {
            Item::Statement(s) => walk.statement(s),
            Item::Direction(d) => {
                if walk.takes(d.page) {
                    walk.blocks.push(Block::Direction(&d.text));
                }
            }
            Item::Vote(v) => {
                if walk.takes(v.page) {
                    walk.blocks.push(Block::Vote(v));
                }
            }
        }
    }
    walk.blocks
}

/// A walk through the items that keeps the current page.
struct Walk<'a> {
    part: Part,
    page: Option<u32>,
    blocks: Vec<Block<'a>>,
}

impl<'a> Walk<'a> {
    /// Moves to a page, and returns whether an item outside the statements is part of the output there.
    fn takes(&mut self, page: Option<u32>) -> bool {
        self.turn(page);
        match self.part {
            Part::Whole => true,
            Part::Statement(_) => false,
            Part::Page(wanted) => self.page == Some(wanted),
        }
    }

    /// Moves to a page, which is shown in a whole record.
    fn turn(&mut self, page: Option<u32>) {
        if page.is_some() && page != self.page {
            self.page = page;
            if let (Part::Whole, Some(page)) = (self.part, page) {
                self.blocks.push(Block::Page(page));
            }
        }
    }

    fn statement(&mut self, statement: &'a Statement) {
        match self.part {
            Part::Statement(number) if number != statement.number => return,
            Part::Statement(_) => {
                self.page = statement.page;
                self.blocks.extend(statement.page.map(Block::Page));
            }
            _ => self.turn(statement.page),
        }
        let heading = Block::Speaker {
            number: statement.number,
            printed: &statement.speaker.printed,
            note: speaker_note(statement),
        };
        let mut headed = !matches!(self.part, Part::Page(_));
        if headed {
            self.blocks.push(heading.clone());
        }
        for paragraph in &statement.paragraphs {
            let before = self.page;
            if paragraph.page.is_some() && paragraph.page != before {
                self.page = paragraph.page;
                if !matches!(self.part, Part::Page(_)) {
                    self.blocks.extend(paragraph.page.map(Block::Page));
                }
            }
            let Some(text) = self.text(paragraph) else { continue };
            if !headed {
                self.blocks.push(heading.clone());
                headed = true;
            }
            self.blocks.extend(paragraph.capacity.map(Block::Capacity));
            self.blocks.push(Block::Paragraph(text));
        }
    }

    /// The text of a paragraph with marks where pages start, or only what is on the wanted page.
    fn text(&mut self, paragraph: &Paragraph) -> Option<String> {
        let mut pieces: Vec<(Option<u32>, &str)> = Vec::new();
        let mut from = 0;
        for turn in &paragraph.breaks {
            // A break outside the text or inside a character is skipped; `spv check` reports it.
            let Some(piece) = paragraph.text.get(from..turn.at) else { continue };
            pieces.push((self.page, piece));
            from = turn.at;
            self.page = Some(turn.page);
        }
        pieces.push((self.page, paragraph.text.get(from..).unwrap_or("")));
        if let Part::Page(wanted) = self.part {
            let on_page: Vec<&str> =
                pieces.iter().filter(|(p, _)| *p == Some(wanted)).map(|(_, t)| t.trim()).collect();
            return (!on_page.is_empty()).then(|| on_page.join(" "));
        }
        let mut text = String::new();
        for (i, (page, piece)) in pieces.iter().enumerate() {
            if let (true, Some(page)) = (i > 0, page) {
                if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
                text.push_str(&format!("[page {page}] "));
            }
            text.push_str(if i > 0 { piece.trim_start() } else { piece });
        }
        Some(text)
    }
}

/// What the form of address does not say: what they speak as, under which rule, and for whom.
pub fn speaker_note(statement: &Statement) -> String {
    let speaker = &statement.speaker;
    let mut parts: Vec<String> = Vec::new();
    if let Some(of) = speaker.spoken_for().filter(|of| !speaker.printed.contains(of)) {
        parts.push(of.to_owned());
    }
    parts.extend(speaker.role.clone());
    match (speaker.as_, speaker.rule) {
        (As::President, _) if !statement.is_procedural() => {
            parts.push("President, also in another capacity".to_owned());
        }
        (As::Invited, Some(rule)) => parts.push(format!("invited under rule {rule}")),
        (As::Invited, None) => parts.push("invited".to_owned()),
        _ => {}
    }
    parts.extend(statement.on_behalf_of.iter().map(|b| format!("on behalf of {}", b.group)));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Break, Direction, Speaker};

    fn record() -> Record {
        let json = r#"{"format":"spv/1","symbol":"MSC/PV.1","kind":"verbatim","language":"en",
            "date":"2001-01-01","items":[]}"#;
        let mut record: Record = serde_json::from_str(json).unwrap();
        let paragraph = |page, text: &str, breaks| Paragraph {
            page,
            text: text.to_owned(),
            breaks,
            ..Paragraph::default()
        };
        let statement = |number, page, paragraphs| {
            Item::Statement(Statement {
                number,
                page,
                speaker: Speaker { printed: format!("Speaker {number}"), ..Speaker::default() },
                paragraphs,
                ..Statement::default()
            })
        };
        record.items = vec![
            Item::Direction(Direction { page: Some(1), text: "An invented line.".to_owned() }),
            statement(
                1,
                Some(1),
                vec![
                    paragraph(Some(1), "First.", vec![]),
                    paragraph(Some(1), "One side. Other side.", vec![Break { at: 10, page: 2 }]),
                    paragraph(Some(2), "Last.", vec![]),
                ],
            ),
            statement(2, Some(2), vec![paragraph(None, "No page of its own.", vec![])]),
        ];
        record
    }

    fn shown(part: Part) -> Vec<String> {
        record_blocks(&record(), part)
            .into_iter()
            .map(|block| match block {
                Block::Page(p) => format!("[{p}]"),
                Block::Direction(text) => format!("({text})"),
                Block::Speaker { number, .. } => format!("#{number}"),
                Block::Paragraph(text) => text,
                Block::Capacity(_) | Block::Vote(_) => "other".to_owned(),
            })
            .collect()
    }

    #[test]
    fn the_whole_record_shows_every_turn_of_the_page_once() {
        assert_eq!(
            shown(Part::Whole),
            [
                "[1]",
                "(An invented line.)",
                "#1",
                "First.",
                "One side. [page 2] Other side.",
                "Last.",
                "#2",
                "No page of its own."
            ]
        );
    }

    #[test]
    fn a_page_holds_what_is_printed_on_it_and_no_more() {
        assert_eq!(shown(Part::Page(1)), ["(An invented line.)", "#1", "First.", "One side."]);
        assert_eq!(
            shown(Part::Page(2)),
            ["#1", "Other side.", "Last.", "#2", "No page of its own."]
        );
        assert_eq!(shown(Part::Page(3)), [""; 0]);
    }

    #[test]
    fn a_statement_is_shown_alone() {
        assert_eq!(shown(Part::Statement(2)), ["[2]", "#2", "No page of its own."]);
        assert_eq!(shown(Part::Statement(9)), [""; 0]);
    }

    #[test]
    fn a_break_inside_a_letter_loses_no_text() {
        let mut record = record();
        record.items = vec![Item::Statement(Statement {
            number: 1,
            paragraphs: vec![Paragraph {
                text: "é".to_owned(),
                breaks: vec![Break { at: 1, page: 2 }, Break { at: 99, page: 3 }],
                ..Paragraph::default()
            }],
            ..Statement::default()
        })];
        assert!(record_blocks(&record, Part::Whole).contains(&Block::Paragraph("é".to_owned())));
    }
}
