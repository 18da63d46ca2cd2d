//! Paragraphs into directions, statements and votes, by their fonts first and their words second.
//!
//! A bold name before a colon starts a statement. A paragraph in bold is a title, one in italics a
//! direction or the label of a list of votes. The words, which decide in a plain text, confirm the font.

use super::paragraphs::{self, PlacedParagraph, name_letters};
use crate::import::address::{self, Address};
use crate::import::assemble::Body;
use crate::import::direction::{self, DirectionKind};
use crate::import::lines::Line;
use crate::import::lines::join::{JoinRules, JoinedText};
use crate::import::vote::{self, VoteList};
use crate::record::{Direction, Item, Paragraph, Statement, Vote};

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq)]
enum ParagraphKind {
    /// A form of address and the first words.
    Statement(Box<Address>),
    /// A line nobody spoke.
    Direction(Option<(DirectionKind, Option<String>)>),
    /// The label of a list of a vote, and its length in bytes.
    Label(VoteList, usize),
    /// A note at the foot of a page.
    Note,
    /// More words of the open statement, or more names of the open list.
    Words,
}

/// Reads the body of a record; `numbers` are the printed numbers of the file's pages.
pub(super) fn read_body(
    paragraphs: &[PlacedParagraph],
    numbers: &[u32],
    rules: &JoinRules,
) -> Body {
    // If no font has a name, no letter is known to be bold, and the words decide.
    let plain = !paragraphs.iter().any(PlacedParagraph::is_named);
    let mut reader = BodyReader {
        plain,
        body: Body::default(),
        open: None,
        last: None,
        count: 0,
        vote: None,
        list: None,
        notes: Vec::new(),
        size: paragraphs::usual_size(paragraphs),
    };
    let joined: Vec<JoinedText> =
        paragraphs.iter().map(|p| join_paragraph(p, numbers, rules, &mut reader.body)).collect();
    for (at, (paragraph, text)) in paragraphs.iter().zip(&joined).enumerate() {
        let next = paragraphs.get(at + 1).zip(joined.get(at + 1));
        let sort = reader.classify(paragraph, &text.text, next.map(|(p, g)| (p, g.text.as_str())));
        reader.add_classified(sort, text.clone());
    }
    reader.end_vote();
    reader.close_statement();
    reader.body
}

/// Joins the lines of a paragraph.
fn join_paragraph(
    paragraph: &PlacedParagraph,
    numbers: &[u32],
    rules: &JoinRules,
    body: &mut Body,
) -> JoinedText {
    let mut joined = JoinedText::default();
    for line in &paragraph.lines {
        let line = Line {
            text: line.text.clone(),
            page: numbers.get(line.page).copied(),
            ..Line::default()
        };
        joined.push(&line, rules, &mut body.tally);
    }
    joined
}

/// The state of the reader: what is open, and what is done.
struct BodyReader {
    /// No letter is bold.
    plain: bool,
    body: Body,
    /// The statement that is being read.
    open: Option<Statement>,
    /// The statement before a direction, whose speaker may go on.
    last: Option<Statement>,
    count: u32,
    /// The vote whose lists are being read.
    vote: Option<Vote>,
    /// The list whose names are being read, and the names so far.
    list: Option<(VoteList, String)>,
    /// Notes below the open statement. They follow it, because it may continue on the next page.
    notes: Vec<Direction>,
    /// The usual size of letters.
    size: f64,
}

impl BodyReader {
    /// What a paragraph is.
    fn classify(
        &self,
        paragraph: &PlacedParagraph,
        text: &str,
        next: Option<(&PlacedParagraph, &str)>,
    ) -> ParagraphKind {
        if paragraphs::is_note(paragraph, self.size) {
            return ParagraphKind::Note;
        }
        let (italic, bold) = (paragraph.is_italic(), paragraph.is_bold());
        if let Some((list, rest)) = vote::parse_list_label(text) {
            let names = text.len() - rest.len();
            if italic || self.vote.is_some() || !rest.is_empty() {
                return ParagraphKind::Label(list, names);
            }
        }
        let head = paragraph.bold_prefix();
        if let Some(address) = self.parse_address(text, head)
            && !(bold && text.len() == address.len && !text.trim_end().ends_with([':', '：']))
        {
            return ParagraphKind::Statement(Box::new(address));
        }
        if bold {
            return ParagraphKind::Direction(direction::parse_direction(text));
        }
        let kind = direction::parse_direction(text);
        match &kind {
            Some((kind_of, _))
                if (kind_of.is_timed() || *kind_of == DirectionKind::Vote)
                    && (italic || self.plain) =>
            {
                return ParagraphKind::Direction(kind);
            }
            // The font does not tell, but this sentence is a direction in every record.
            Some((kind_of, _)) if kind_of.is_timed() && self.open.is_none() => {
                return ParagraphKind::Direction(kind);
            }
            _ => {}
        }
        if italic && self.is_direction(paragraph, text, kind.is_some(), next) {
            return ParagraphKind::Direction(kind);
        }
        ParagraphKind::Words
    }

    /// The form of address at the start of a paragraph.
    fn parse_address(&self, text: &str, head: usize) -> Option<Address> {
        if self.plain {
            return address::parse_address(text).filter(|a| !a.bare || self.open.is_none());
        }
        if head < name_letters(text) { None } else { address::parse_bold_address(text, head) }
    }

    /// Whether italics are a direction and not part of a statement. "(spoke in English)" and verses are
    /// inside a statement, and the speaker continues after them.
    fn is_direction(
        &self,
        paragraph: &PlacedParagraph,
        text: &str,
        known: bool,
        next: Option<(&PlacedParagraph, &str)>,
    ) -> bool {
        if text.starts_with(['(', '（']) {
            return false;
        }
        if known || self.open.is_none() || paragraph.letters().0 < 4 {
            return known || self.open.is_none();
        }
        next.is_none_or(|(next, words)| {
            next.is_italic()
                || next.is_bold()
                || self.parse_address(words, next.bold_prefix()).is_some()
        })
    }

    /// Adds a paragraph of a known kind.
    fn add_classified(&mut self, sort: ParagraphKind, joined: JoinedText) {
        if joined.text.trim().is_empty() {
            return;
        }
        if matches!(sort, ParagraphKind::Statement(_) | ParagraphKind::Direction(_)) {
            self.end_vote();
        }
        match sort {
            ParagraphKind::Statement(address) => self.open_statement(*address, joined),
            ParagraphKind::Direction(kind) => self.add_direction(kind, joined),
            ParagraphKind::Label(list, len) => self.open_list(list, joined, len),
            ParagraphKind::Note => {
                self.notes.push(Direction { page: joined.page, text: joined.text })
            }
            ParagraphKind::Words => self.add_words(joined),
        }
    }

    fn open_statement(&mut self, address: Address, joined: JoinedText) {
        self.close_statement();
        self.count += 1;
        if address.chair {
            self.body.chairs.push(self.count);
        }
        self.open = Some(Statement {
            number: self.count,
            page: joined.page,
            speaker: address.speaker,
            spoken: address.spoken,
            ..Statement::default()
        });
        self.add_paragraph(joined.without_head(address.len));
    }

    fn add_direction(&mut self, kind: Option<(DirectionKind, Option<String>)>, joined: JoinedText) {
        self.close_statement();
        match kind {
            Some((kind, time)) if kind.opens() => {
                self.body.opened = self.body.opened.take().or(time)
            }
            Some((kind, time)) if kind.closes() => {
                self.body.closed = time.or(self.body.closed.take())
            }
            _ => {}
        }
        self.add_paragraph(joined);
    }

    /// Opens a list; its vote is opened by the first label.
    fn open_list(&mut self, list: VoteList, joined: JoinedText, len: usize) {
        self.end_list();
        self.close_statement();
        // A label that the open vote already has starts the next vote.
        let again = self.vote.as_mut().is_some_and(|v| !list.names_in(v).is_empty());
        if again {
            self.end_vote();
        }
        let page = joined.page;
        self.vote.get_or_insert_with(|| Vote { page, ..Vote::default() });
        self.list = Some((list, joined.text[len..].to_owned()));
    }

    fn add_words(&mut self, joined: JoinedText) {
        if let Some((_, names)) = &mut self.list {
            let whole = !names.is_empty() && !names.ends_with(',');
            if !whole || vote::parse_state_list(&joined.text).unknown.is_empty() {
                if whole {
                    names.push(',');
                }
                names.push(' ');
                names.push_str(&joined.text);
                return;
            }
        }
        self.end_vote();
        if self.open.is_none()
            && let Some(last) = self.last.take()
        {
            self.body.resumed += 1;
            self.count += 1;
            if self.body.chairs.contains(&last.number) {
                self.body.chairs.push(self.count);
            }
            self.open = Some(Statement { number: self.count, page: joined.page, ..last });
        }
        self.add_paragraph(joined);
    }

    /// Adds a paragraph to the open statement; without one it is a direction.
    fn add_paragraph(&mut self, joined: JoinedText) {
        let text = joined.text.trim_end().to_owned();
        if text.is_empty() {
            return;
        }
        self.body.paragraphs += 1;
        let breaks = joined.breaks.into_iter().filter(|b| b.at < text.len()).collect();
        match &mut self.open {
            Some(statement) => {
                statement.paragraphs.push(Paragraph {
                    page: joined.page,
                    text,
                    capacity: None,
                    breaks,
                });
            }
            None => self.body.items.push(Item::Direction(Direction { page: joined.page, text })),
        }
    }

    fn end_list(&mut self) {
        let (Some((list, text)), Some(vote)) = (self.list.take(), &mut self.vote) else { return };
        let names = vote::parse_state_list(&text);
        self.body.warnings.extend(names.unknown.iter().map(|unknown| {
            format!("unknown State {unknown:?} in the list of a vote; kept as printed")
        }));
        *list.names_in(vote) = names.names;
    }

    fn end_vote(&mut self) {
        self.end_list();
        self.body.items.extend(self.vote.take().map(Item::Vote));
    }

    fn close_statement(&mut self) {
        if let Some(statement) = self.open.take() {
            self.last = Some(Statement { paragraphs: Vec::new(), ..statement.clone() });
            self.body.items.push(Item::Statement(statement));
        }
        self.body.items.extend(self.notes.drain(..).map(Item::Direction));
    }
}
