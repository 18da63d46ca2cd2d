//! A parsed query: its nodes, its fields, its mistakes.

use std::ops::Range;

use jiff::civil::Date;

use crate::record::{As, Capacity, Language, Symbol};
use crate::search::forms::Grammar;

/// The most words between the two sides of a `near`.
pub const FARTHEST: u32 = 50;
/// The most pairs of `near` in a query: each is checked at every position of its words.
pub const MOST_NEAR: usize = 8;
/// The most words in a query, including those of its phrases.
pub const MOST_WORDS: usize = 200;
/// The longest query, in bytes; the rest is ignored.
pub const LONGEST: usize = 4096;

/// A parsed query, and its mistakes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The root node; `None` for an empty query.
    pub root: Option<Node>,
    /// The mistakes, in the order of the text.
    pub troubles: Vec<Trouble>,
    /// What was understood and may have been meant otherwise, in the order of the text.
    pub notes: Vec<Trouble>,
}

/// A mistake in a query, or a part of it that may have been meant otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Its bytes in the query.
    pub at: Range<usize>,
    /// What is wrong and what to write, in one line.
    pub message: String,
}

/// A node of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these, two or more.
    All(Vec<Node>),
    /// At least one of these, two or more.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word or phrase.
    Phrase(Phrase),
    /// Two words or phrases in one paragraph, in either order, with at most this many words between.
    Near(Phrase, Phrase, u32),
    /// A field.
    Field(Field),
}

/// A word or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As typed, without quotation marks and star.
    pub text: String,
    /// Whether it was in quotation marks: then a hyphen is the same as a space.
    pub quoted: bool,
    /// Whether its last word is a prefix.
    pub prefix: bool,
    /// The grammar by which its inflected forms are looked for too; `None` for the word alone.
    pub forms: Option<Grammar>,
}

/// The value of a field that is compared by its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As typed.
    pub text: String,
    /// Whether its last word may be a prefix: for a State, organization or speaker if it is not in quotation marks, for a
    /// topic or group only with a star or while it is typed.
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
    /// `symbol:` the record; without a resumption, the whole meeting.
    Symbol(Symbol),
    /// `year:` from and to, inclusive.
    Year(Option<i16>, Option<i16>),
    /// `date:` from and to, inclusive.
    Date(Option<Date>, Option<Date>),
    /// `lang:` the edition's language.
    Language(Language),
    /// `spoken:` the speaker's language.
    Spoken(Language),
    /// `as:` the role of the speaker.
    As(As),
    /// `rule:` 37 or 39.
    Rule(u8),
    /// `capacity:` the capacity it was spoken in.
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
    /// Whether it narrows to what was said in one capacity, instead of the whole statement.
    pub fn narrows_capacity(&self) -> bool {
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
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Calls `found` for every node, parents first, and tells whether it is forbidden.
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

    /// Whether any of its nodes passes a test, which also gets whether the node is forbidden.
    fn any(&self, test: impl Fn(&Node, bool) -> bool) -> bool {
        let mut any = false;
        self.visit(&mut |node, not| any |= test(node, not));
        any
    }

    /// Whether one of its fields narrows to what was said in one capacity.
    pub fn narrows_capacity(&self) -> bool {
        self.any(|node, _| matches!(node, Node::Field(field) if field.narrows_capacity()))
    }

    /// Whether it names an edition's language.
    pub fn names_language(&self) -> bool {
        self.any(|node, _| matches!(node, Node::Field(Field::Language(_))))
    }

    /// The language of the editions it asks for, if it names one.
    pub fn language(&self) -> Option<&Language> {
        let mut found = None;
        self.visit(&mut |node, not| {
            if let (Node::Field(Field::Language(language)), false, None) = (node, not, found) {
                found = Some(language);
            }
        });
        found
    }

    /// Whether it asks for a word or phrase, and not only for fields.
    pub fn has_words(&self) -> bool {
        self.any(|node, not| !not && matches!(node, Node::Phrase(_) | Node::Near(..)))
    }
}

/// A node that requires all of these: nested ones are flattened, and a single one is returned as it is.
pub(super) fn all_of(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::All(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(Node::All(flat)) }
}

/// A node that requires one of these, in the same way.
pub(super) fn any_of(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::new();
    for node in nodes {
        match node {
            Node::Any(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(Node::Any(flat)) }
}

/// The opposite of a node; a double negation is removed.
pub(super) fn negated(node: Node) -> Node {
    match node {
        Node::Not(inner) => *inner,
        node => Node::Not(Box::new(node)),
    }
}
