//! Blocks into the items of a record.

use crate::import::address::{self, Address};
use crate::import::check::VoteWords;
use crate::import::direction::DirectionKind;
use crate::import::lines::join::{JoinCounts, JoinedText};
use crate::import::vote::{self, VoteList};
use crate::import::words::first_bytes;
use crate::record::{Direction, Doubt, Item, Language, Paragraph, Speaker, Statement, Vote};

/// A piece of a body that is one thing, in the order of the record.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph that starts with a form of address.
    Statement(Opening, JoinedText),
    /// A line nobody spoke; with its kind and time, if the words tell them.
    Direction(Option<(DirectionKind, Option<String>)>, JoinedText),
    /// One list of a vote: the page of its label, and the text of its names. A list that the open vote
    /// already has starts the next vote.
    List(VoteList, Option<u32>, String),
    /// A note at the foot of a page.
    Note(JoinedText),
    /// A paragraph of the open statement.
    Words(JoinedText),
}

/// What a form of address says.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Who speaks; `as` is left unknown.
    pub speaker: Speaker,
    /// The language in the marker, if there is one.
    pub spoken: Option<Language>,
    /// The speaker is in the chair.
    pub chair: bool,
    /// The length of the form of address in bytes, up to the words spoken.
    pub len: usize,
}

impl From<Address> for Opening {
    fn from(address: Address) -> Self {
        let Address { speaker, spoken, chair, len, .. } = address;
        Self { speaker, spoken, chair, len }
    }
}

/// The items of a body, and what was noticed while it was read.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The items, in order.
    pub items: Vec<Item>,
    /// When the meeting was opened or resumed, as printed.
    pub opened: Option<String>,
    /// When it rose or was suspended, as printed.
    pub closed: Option<String>,
    /// What was done at line ends.
    pub tally: JoinCounts,
    /// The number of paragraphs.
    pub paragraphs: u64,
    /// The ends of paragraphs were guessed by the width of the lines.
    pub by_width: bool,
    /// What is doubtful.
    pub warnings: Vec<String>,
    /// The number of statements that continue after a direction without a form of address.
    pub resumed: u64,
    /// The numbers of the statements made from the chair.
    pub chairs: Vec<u32>,
    /// The words around each vote, where a source keeps the statement whole that a vote was taken within.
    pub vote_words: Vec<VoteWords>,
    /// What is doubtful about a statement.
    pub doubts: Vec<Doubt>,
}

/// Builds the items of a record from its blocks.
#[derive(Debug, Default)]
pub struct BodyBuilder {
    body: Body,
    /// The statement that is being read.
    open: Option<Statement>,
    /// The statement before a direction, whose speaker may go on.
    last: Option<Statement>,
    /// The number of statements until now.
    count: u32,
    /// The vote whose lists are being read.
    vote: Option<Vote>,
    /// Notes below the open statement. They follow it, because it may continue on the next page.
    notes: Vec<Direction>,
}

impl BodyBuilder {
    /// Whether words would be added to a statement.
    pub fn in_statement(&self) -> bool {
        self.open.is_some()
    }

    /// Whether words would be added to a statement of the chair.
    pub fn in_chair(&self) -> bool {
        self.open.as_ref().is_some_and(|open| self.body.chairs.contains(&open.number))
    }

    /// Whether a list would be added to a vote.
    pub fn in_vote(&self) -> bool {
        self.vote.is_some()
    }

    /// What was done at line ends until now, to be counted on by whoever joins lines.
    pub fn tally(&mut self) -> &mut JoinCounts {
        &mut self.body.tally
    }

    /// Adds a block. One without words is dropped, unless it is a form of address.
    pub fn add(&mut self, block: Block) {
        match block {
            Block::Statement(opening, text) => self.open_statement(opening, text),
            Block::Direction(kind, text) => self.add_direction(kind, text),
            Block::List(list, page, names) => self.add_list(list, page, &names),
            Block::Note(text) => {
                self.notes.push(Direction { page: text.page, text: text.text });
            }
            Block::Words(text) => self.add_words(text),
        }
    }

    /// Adds a doubt about the latest statement.
    pub fn doubt(&mut self, text: String) {
        let page = self.open.as_ref().and_then(|open| open.page);
        let statement = Some(self.count).filter(|count| *count > 0);
        self.body.doubts.push(Doubt { statement, page, text });
    }

    /// Adds a vote that is complete already, taken within the statement before it; `paragraph` is the first
    /// that was spoken after it.
    pub fn add_vote_within(&mut self, vote: Vote, paragraph: usize) {
        self.close();
        let spoken = self.body.items.iter().rev().find_map(|item| match item {
            Item::Statement(statement) => Some(statement.paragraphs.as_slice()),
            _ => None,
        });
        let (before, after) =
            spoken.unwrap_or_default().split_at(paragraph.min(spoken.map_or(0, <[_]>::len)));
        let join = |paragraphs: &[Paragraph]| {
            let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
            texts.join("\n")
        };
        self.body.vote_words.push(VoteWords { before: join(before), after: join(after) });
        self.body.items.push(Item::Vote(vote));
    }

    /// The body, with whatever was open closed.
    pub fn finish(mut self) -> Body {
        self.close();
        self.body
    }

    fn open_statement(&mut self, opening: Opening, text: JoinedText) {
        self.close();
        let Opening { speaker, spoken, chair, len } = opening;
        self.count += 1;
        if chair {
            self.body.chairs.push(self.count);
        }
        self.open = Some(Statement {
            number: self.count,
            page: text.page,
            speaker,
            spoken,
            ..Statement::default()
        });
        self.add_paragraph(text.without_head(len));
    }

    fn add_direction(&mut self, kind: Option<(DirectionKind, Option<String>)>, text: JoinedText) {
        self.close();
        match kind {
            Some((kind, time)) if kind.opens() => {
                self.body.opened = self.body.opened.take().or(time);
            }
            Some((kind, time)) if kind.closes() => {
                self.body.closed = time.or_else(|| self.body.closed.take());
            }
            _ => {}
        }
        self.add_paragraph(text);
    }

    fn add_list(&mut self, list: VoteList, page: Option<u32>, names: &str) {
        self.close_statement();
        if self.vote.as_mut().is_some_and(|vote| !list.names_in(vote).is_empty()) {
            self.close_vote();
        }
        let vote = self.vote.get_or_insert_with(|| Vote { page, ..Vote::default() });
        *list.names_in(vote) = vote::parse_state_list(names).names;
    }

    /// Adds a paragraph of a statement. After a direction the last speaker goes on: "There being no
    /// objection, it is so decided." is followed by more words of the President.
    fn add_words(&mut self, text: JoinedText) {
        self.close_vote();
        if self.open.is_none()
            && let Some(last) = self.last.take()
        {
            self.body.resumed += 1;
            self.count += 1;
            if self.body.chairs.contains(&last.number) {
                self.body.chairs.push(self.count);
            }
            self.open = Some(Statement { number: self.count, page: text.page, ..last });
        }
        self.add_paragraph(text);
    }

    /// Adds a paragraph to the open statement; without one it is a direction.
    fn add_paragraph(&mut self, joined: JoinedText) {
        let mut text = joined.text;
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            return;
        }
        self.body.paragraphs += 1;
        let breaks = joined.breaks.into_iter().filter(|b| b.at < text.len()).collect();
        match &mut self.open {
            Some(statement) => {
                let page = joined.page;
                if address::resembles_address(&text) {
                    let start = first_bytes(&text, 60);
                    self.body.doubts.push(Doubt {
                        statement: Some(statement.number),
                        page,
                        text: format!(
                            "{start:?} resembles a form of address, but is not one that is known"
                        ),
                    });
                }
                statement.paragraphs.push(Paragraph { page, text, capacity: None, breaks });
            }
            None => self.body.items.push(Item::Direction(Direction { page: joined.page, text })),
        }
    }

    /// Ends the open statement and the open vote.
    fn close(&mut self) {
        self.close_vote();
        self.close_statement();
    }

    fn close_vote(&mut self) {
        self.body.items.extend(self.vote.take().map(Item::Vote));
    }

    /// Ends the open statement: a list of a vote follows.
    pub fn close_statement(&mut self) {
        if let Some(statement) = self.open.take() {
            self.last = Some(Statement { paragraphs: Vec::new(), ..statement.clone() });
            self.body.items.push(Item::Statement(statement));
        }
        self.body.items.extend(self.notes.drain(..).map(Item::Direction));
    }
}
