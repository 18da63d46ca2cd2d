//! The query language of full text: what a person types, understood.
//!
//! - Words are all required, anywhere in the statement; `OR` stands between two that are alternatives and
//!   binds closer than the space; `-` before a word, phrase, field or bracket forbids it.
//! - `NOT` is `-`, `AND` and `&&` are the space, `|` and `||` are `OR`; in lower case they are words.
//! - `"a phrase"` and `near/5` hold inside a paragraph; near in both orders, with at most so many words between.
//! - `word*` is a beginning; so is the last word of a text that is being typed, until a space follows.
//! - Fields narrow: see [`Field`]. `state:`, `org:`, `capacity:`, `group:` and `vote:` speak of what was said in one
//!   capacity, and with one of them the words must stand in that part of the statement.
//!
//! A wrong query says where it is wrong and still gives what was understood. Nothing here knows an
//! index or a library; values that complete a field are passed in.

mod complete;
mod lex;
mod parse;
mod print;
mod value;

pub(super) use value::target;

use std::ops::Range;

use jiff::civil::Date;

use crate::record::{As, Capacity, Language, Symbol};

pub use complete::{Completion, Values, asks_for_a_group, complete};
pub use parse::{parse, parse_typed};

/// The most words there may be between the two sides of a `near`.
pub const FARTHEST: u32 = 50;
/// The most pairs of `near` in a query: each is looked for at every place of its words.
pub const MOST_NEAR: usize = 8;
/// The most words in a query, those of its phrases counted one by one.
pub const MOST_WORDS: usize = 200;
/// A longer query is cut here, in bytes.
pub const LONGEST: usize = 4096;

/// A query as it was understood, and what of it was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What is asked for; `None` where nothing is.
    pub root: Option<Node>,
    /// What was not understood, in the order of the text.
    pub troubles: Vec<Trouble>,
}

/// Something in a query that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Bytes of the query.
    pub at: Range<usize>,
    /// What is wrong and what would be understood, in one line.
    pub message: String,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these, two or more.
    All(Vec<Node>),
    /// One of these at least, two or more.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word or phrase.
    Said(Said),
    /// Two words or phrases with at most so many words between, in either order, in one paragraph.
    Near(Said, Said, u32),
    /// A field.
    Field(Field),
}

/// A word or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As it was typed, without quotation marks and star.
    pub text: String,
    /// It was in quotation marks: hyphens in it are as good as spaces.
    pub phrase: bool,
    /// Its last word is the beginning of one.
    pub prefix: bool,
}

/// The value of a field that is compared by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As it was typed.
    pub text: String,
    /// Its last word may be the beginning of one. So it is of a State, organization or speaker where there are
    /// no quotation marks, of a topic or group only with a star or while it is typed.
    pub prefix: bool,
}

/// A field and its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// `state:` the State spoken for, by any of its names.
    State(Name),
    /// `org:` the organization spoken for.
    Organization(Name),
    /// `speaker:` the name of the speaker.
    Speaker(Name),
    /// `topic:` the topic or agenda of the meeting.
    Topic(Name),
    /// `symbol:` the record; without a resumption the whole meeting.
    Symbol(Symbol),
    /// `year:` from and to, both included.
    Year(Option<i16>, Option<i16>),
    /// `date:` from and to, both included.
    Date(Option<Date>, Option<Date>),
    /// `lang:` the edition's language.
    Language(Language),
    /// `spoken:` the speaker's language.
    Spoken(Language),
    /// `as:` what the speaker is there as.
    As(As),
    /// `rule:` 37 or 39.
    Rule(u8),
    /// `capacity:` what it was spoken as.
    Capacity(Capacity),
    /// `group:` members on that date of a group: of the Council `A3`, `E10`, `P5` or a regional group, or `EU`.
    Group(Name),
    /// `behalf:` a joint statement for this group or State.
    Behalf(Name),
    /// `vote:` of a State that voted so in that meeting.
    Vote(Cast),
    /// `cites:` a document or resolution, in the usual spelling.
    Cites(String),
}

/// How a State voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// In favour.
    Favour,
    /// Against.
    Against,
    /// Abstaining.
    Abstaining,
    /// Not taking part.
    Absent,
}

impl Cast {
    /// The word of the query language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Favour => "favour",
            Self::Against => "against",
            Self::Abstaining => "abstaining",
            Self::Absent => "absent",
        }
    }
}

impl Field {
    /// Whether it speaks of what was said in one capacity, and not of the statement as a whole.
    #[must_use]
    pub fn of_a_stretch(&self) -> bool {
        matches!(
            self,
            Self::State(_)
                | Self::Organization(_)
                | Self::Capacity(_)
                | Self::Group(_)
                | Self::Vote(_)
        )
    }
}

impl Query {
    /// Whether anything is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Every part, from the outside in, with whether it is forbidden.
    pub fn visit<'a>(&'a self, found: &mut dyn FnMut(&'a Node, bool)) {
        fn walk<'a>(node: &'a Node, not: bool, found: &mut dyn FnMut(&'a Node, bool)) {
            found(node, not);
            match node {
                Node::All(nodes) | Node::Any(nodes) => {
                    nodes.iter().for_each(|node| walk(node, not, found));
                }
                Node::Not(node) => walk(node, !not, found),
                _ => {}
            }
        }
        if let Some(root) = &self.root {
            walk(root, false, found);
        }
    }

    /// Whether a field in it speaks of what was said in one capacity.
    #[must_use]
    pub fn of_a_stretch(&self) -> bool {
        let mut any = false;
        self.visit(&mut |node, _| {
            any |= matches!(node, Node::Field(field) if field.of_a_stretch());
        });
        any
    }

    /// Whether it names an edition's language.
    #[must_use]
    pub fn names_language(&self) -> bool {
        let mut any = false;
        self.visit(&mut |node, _| any |= matches!(node, Node::Field(Field::Language(_))));
        any
    }

    /// Whether a word or phrase is asked for, and not fields alone.
    #[must_use]
    pub fn has_words(&self) -> bool {
        let mut any = false;
        self.visit(&mut |node, not| {
            any |= !not && matches!(node, Node::Said(_) | Node::Near(..));
        });
        any
    }
}

/// All of these as one part: those inside another are taken out, and one alone is itself.
pub(super) fn all(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::All(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(Node::All(flat)) }
}

/// One of these, in the same way.
pub(super) fn any(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::Any(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(Node::Any(flat)) }
}

/// Not this; what is forbidden twice is asked for.
pub(super) fn not(node: Node) -> Node {
    match node {
        Node::Not(inner) => *inner,
        node => Node::Not(Box::new(node)),
    }
}
