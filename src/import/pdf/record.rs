//! Paragraphs into directions, statements and votes, by their fonts first and their words second.
//!
//! A name in bold before a colon begins a statement; a paragraph all in bold is a title, one all in
//! italics a direction or the label of a vote's list. What words alone decide in a plain text is
//! here only held against the font.

use super::paragraphs::{self, Paragraph, name_letters};
use crate::import::address::{self, Address};
use crate::import::assemble::Body;
use crate::import::direction::{self, Kind};
use crate::import::lines::Line;
use crate::import::lines::join::{Grown, Manner};
use crate::import::vote::{self, List};
use crate::record::{Direction, Item, Paragraph as Said, Statement, Vote};

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq)]
enum Sort {
    /// A form of address and the first words.
    Statement(Box<Address>),
    /// A line nobody spoke.
    Direction(Option<(Kind, Option<String>)>),
    /// The label of a list of a vote, and how many bytes it has.
    Label(List, usize),
    /// A note at the foot of a page.
    Note,
    /// Words of the statement that is open, or names of the list.
    Words,
}

/// Reads the body of a record; `numbers` are the printed numbers of the file's pages.
pub(super) fn body(paragraphs: &[Paragraph], numbers: &[u32], manner: &Manner) -> Body {
    // A file whose fonts have no names shows no bold letter; then the words must do.
    let plain = !paragraphs.iter().any(Paragraph::is_named);
    let mut reader = Reader {
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
    let grown: Vec<Grown> =
        paragraphs.iter().map(|p| grow(p, numbers, manner, &mut reader.body)).collect();
    for (at, (paragraph, text)) in paragraphs.iter().zip(&grown).enumerate() {
        let next = paragraphs.get(at + 1).zip(grown.get(at + 1));
        let sort = reader.sort(paragraph, &text.text, next.map(|(p, g)| (p, g.text.as_str())));
        reader.take(sort, text.clone());
    }
    reader.end_vote();
    reader.close();
    reader.body
}

/// Joins the lines of a paragraph.
fn grow(paragraph: &Paragraph, numbers: &[u32], manner: &Manner, body: &mut Body) -> Grown {
    let mut grown = Grown::default();
    for line in &paragraph.lines {
        let line = Line {
            text: line.text.clone(),
            page: numbers.get(line.page).copied(),
            ..Line::default()
        };
        grown.push(&line, manner, &mut body.tally);
    }
    grown
}

/// The work in hand.
struct Reader {
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
    list: Option<(List, String)>,
    /// Notes under the statement that is open; they stand behind it, which goes on over the page.
    notes: Vec<Direction>,
    /// The usual size of letters.
    size: f64,
}

impl Reader {
    /// What a paragraph is.
    fn sort(&self, paragraph: &Paragraph, text: &str, next: Option<(&Paragraph, &str)>) -> Sort {
        if paragraphs::is_note(paragraph, self.size) {
            return Sort::Note;
        }
        let (italic, bold) = (paragraph.is_italic(), paragraph.is_bold());
        if let Some((list, rest)) = vote::label(text) {
            let names = text.len() - rest.len();
            if italic || self.vote.is_some() || !rest.is_empty() {
                return Sort::Label(list, names);
            }
        }
        let head = paragraph.head();
        if let Some(address) = self.address(text, head)
            && !(bold && text.len() == address.len && !text.trim_end().ends_with([':', '：']))
        {
            return Sort::Statement(Box::new(address));
        }
        if bold {
            return Sort::Direction(direction::kind(text));
        }
        let kind = direction::kind(text);
        match &kind {
            Some((Kind::Opening | Kind::Closing | Kind::Vote, _)) if italic || self.plain => {
                return Sort::Direction(kind);
            }
            // Without a font to tell, a sentence that is one in every record.
            Some((Kind::Opening | Kind::Closing, _)) if self.open.is_none() => {
                return Sort::Direction(kind);
            }
            _ => {}
        }
        if italic && self.is_direction(paragraph, text, kind.is_some(), next) {
            return Sort::Direction(kind);
        }
        Sort::Words
    }

    /// The form of address a paragraph begins with.
    fn address(&self, text: &str, head: usize) -> Option<Address> {
        if self.plain {
            return address::parse(text).filter(|a| !a.bare || self.open.is_none());
        }
        if head < name_letters(text) { None } else { address::parse_bold(text, head) }
    }

    /// Whether italics are a direction and not a phrase that the speaker quotes: "(spoke in
    /// English)" and verses stand inside a statement, and the speaker goes on after them.
    fn is_direction(
        &self,
        paragraph: &Paragraph,
        text: &str,
        known: bool,
        next: Option<(&Paragraph, &str)>,
    ) -> bool {
        if text.starts_with(['(', '（']) {
            return false;
        }
        if known || self.open.is_none() || paragraph.letters().0 < 4 {
            return known || self.open.is_none();
        }
        next.is_none_or(|(next, words)| {
            next.is_italic() || next.is_bold() || self.address(words, next.head()).is_some()
        })
    }

    /// Takes a paragraph in.
    fn take(&mut self, sort: Sort, grown: Grown) {
        if grown.text.trim().is_empty() {
            return;
        }
        if matches!(sort, Sort::Statement(_) | Sort::Direction(_)) {
            self.end_vote();
        }
        match sort {
            Sort::Statement(address) => self.statement(*address, grown),
            Sort::Direction(kind) => self.direction(kind, grown),
            Sort::Label(list, len) => self.label(list, grown, len),
            Sort::Note => self.notes.push(Direction { page: grown.page, text: grown.text }),
            Sort::Words => self.words(grown),
        }
    }

    fn statement(&mut self, address: Address, grown: Grown) {
        self.close();
        self.count += 1;
        if address.chair {
            self.body.chairs.push(self.count);
        }
        self.open = Some(Statement {
            number: self.count,
            page: grown.page,
            speaker: address.speaker,
            spoken: address.spoken,
            ..Statement::default()
        });
        self.add(grown.without_head(address.len));
    }

    fn direction(&mut self, kind: Option<(Kind, Option<String>)>, grown: Grown) {
        self.close();
        match kind {
            Some((Kind::Opening, time)) => self.body.opened = self.body.opened.take().or(time),
            Some((Kind::Closing, time)) => self.body.closed = time.or(self.body.closed.take()),
            _ => {}
        }
        self.add(grown);
    }

    /// A label opens a list; the vote it belongs to is opened by the first.
    fn label(&mut self, list: List, grown: Grown, len: usize) {
        self.end_list();
        self.close();
        // A list that is there already belongs to the vote before.
        let again = self.vote.as_ref().is_some_and(|v| !names_of(v, list).is_empty());
        if again {
            self.end_vote();
        }
        let page = grown.page;
        self.vote.get_or_insert_with(|| Vote { page, ..Vote::default() });
        self.list = Some((list, grown.text[len..].to_owned()));
    }

    fn words(&mut self, grown: Grown) {
        if let Some((_, names)) = &mut self.list {
            let whole = !names.is_empty() && !names.ends_with(',');
            if !whole || vote::names(&grown.text).unknown.is_empty() {
                if whole {
                    names.push(',');
                }
                names.push(' ');
                names.push_str(&grown.text);
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
            self.open = Some(Statement { number: self.count, page: grown.page, ..last });
        }
        self.add(grown);
    }

    /// Puts a paragraph into the open statement, or among the directions.
    fn add(&mut self, grown: Grown) {
        let text = grown.text.trim_end().to_owned();
        if text.is_empty() {
            return;
        }
        self.body.paragraphs += 1;
        let breaks = grown.breaks.into_iter().filter(|b| b.at < text.len()).collect();
        match &mut self.open {
            Some(statement) => {
                statement.paragraphs.push(Said { page: grown.page, text, capacity: None, breaks });
            }
            None => self.body.items.push(Item::Direction(Direction { page: grown.page, text })),
        }
    }

    fn end_list(&mut self) {
        let (Some((list, text)), Some(vote)) = (self.list.take(), &mut self.vote) else { return };
        let names = vote::names(&text);
        self.body.warnings.extend(names.unknown.iter().map(|unknown| {
            format!("in a vote, {unknown:?} is no State the table knows; kept as printed")
        }));
        *names_of_mut(vote, list) = names.names;
    }

    fn end_vote(&mut self) {
        self.end_list();
        self.body.items.extend(self.vote.take().map(Item::Vote));
    }

    fn close(&mut self) {
        if let Some(statement) = self.open.take() {
            self.last = Some(Statement { paragraphs: Vec::new(), ..statement.clone() });
            self.body.items.push(Item::Statement(statement));
        }
        self.body.items.extend(self.notes.drain(..).map(Item::Direction));
    }
}

fn names_of(vote: &Vote, list: List) -> &Vec<String> {
    match list {
        List::InFavour => &vote.in_favour,
        List::Against => &vote.against,
        List::Abstaining => &vote.abstaining,
        List::NotVoting => &vote.not_voting,
    }
}

fn names_of_mut(vote: &mut Vote, list: List) -> &mut Vec<String> {
    match list {
        List::InFavour => &mut vote.in_favour,
        List::Against => &mut vote.against,
        List::Abstaining => &mut vote.abstaining,
        List::NotVoting => &mut vote.not_voting,
    }
}
