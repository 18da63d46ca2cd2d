//! The search screen: a query line, and below it the statements that have its words, grouped by record.
//!
//! Everything the screen asks for is one [`Asked`]; an answer says which one it answers, so that what is
//! shown is never taken for the answer to something else. The index and the records are reached elsewhere.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::library::Catalogue;
use crate::record::{Capacity, Language, Symbol};
use crate::search::query::{Field, Name, Node, Query, Trouble, parse, parse_typed};
use crate::search::results::Order;

use super::line::InputLine;
use super::window::Window;

pub mod bar;
pub mod rows;

pub use rows::Row;

/// So many statements are asked for at first, and as many again whenever one comes near the last.
pub const PAGE: usize = 50;
/// More than this nobody scrolls through; a narrower query finds the rest.
pub const MOST: usize = 5_000;

/// What the answer is narrowed to, besides the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// One year.
    pub year: Option<i16>,
    /// One State, by its UN short name.
    pub state: Option<String>,
}

impl Narrow {
    /// Whether it narrows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The query of a line, narrowed. Its last word is a beginning until a space follows.
    #[must_use]
    pub fn query(&self, line: &str) -> Query {
        let mut query = parse_typed(line);
        let year = self.year.map(|year| Field::Year(Some(year), Some(year)));
        let name = |text: &String| Name { text: text.clone(), prefix: false };
        let state = self.state.as_ref().map(|state| Field::State(name(state)));
        let fields = [year, state].into_iter().flatten().map(Node::Field);
        if let Some(root) = query.root.take() {
            let mut nodes = match root {
                Node::All(nodes) => nodes,
                node => vec![node],
            };
            nodes.extend(fields);
            query.root = if nodes.len() == 1 { nodes.pop() } else { Some(Node::All(nodes)) };
        }
        query
    }
}

/// What the screen asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The line as typed.
    pub line: String,
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// The order of the statements.
    pub order: Order,
    /// How many statements.
    pub limit: usize,
}

impl Asked {
    /// The query, narrowed.
    #[must_use]
    pub fn query(&self) -> Query {
        self.narrow.query(&self.line)
    }

    /// Whether another asks for the same statements in the same order, be it more of them.
    #[must_use]
    pub fn same_list(&self, other: &Self) -> bool {
        (&self.line, &self.narrow, self.order) == (&other.line, &other.narrow, other.order)
    }
}

/// Which statement: it outlives a change of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The record.
    pub symbol: Symbol,
    /// The edition.
    pub language: Language,
    /// Its place among the statements of the edition, from 0.
    pub nth: usize,
    /// The capacity it was found in, where the query asks for what was said in one.
    pub capacity: Option<Capacity>,
}

impl At {
    /// Whether both are of one edition of one record.
    #[must_use]
    pub fn same_record(&self, other: &Self) -> bool {
        self.symbol == other.symbol && self.language == other.language
    }
}

/// The words of a statement that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Not read from the record yet.
    Awaited,
    /// Around the first word of the query.
    Here {
        /// The text.
        text: String,
        /// Bytes of it that are marked.
        marks: Vec<Range<usize>>,
        /// The paragraph, from 0.
        paragraph: usize,
        /// Its printed page.
        page: Option<u32>,
        /// The State or organization that paragraph was spoken for.
        of: Option<String>,
    },
    /// The record could not be read, or no longer has the words: one line that says which.
    Lost(String),
}

/// A statement that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub at: At,
    /// The day.
    pub date: Date,
    /// The topic of the record.
    pub topic: Arc<str>,
    /// An exercise debate.
    pub exercise: bool,
    /// Number of the statement.
    pub number: u32,
    /// Title and name.
    pub speaker: String,
    /// The State or organization spoken for.
    pub of: Option<String>,
    /// Its words.
    pub words: Words,
}

/// How many were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Statements.
    pub statements: usize,
    /// Records.
    pub records: usize,
    /// Statements by year, rising, as if not narrowed to a year.
    pub years: Vec<(i16, usize)>,
    /// Statements by State, most first, as if not narrowed to a State.
    pub states: Vec<(String, usize)>,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// What it answers.
    pub of: Asked,
    /// The first statements, at most as many as asked for; grouped by record.
    pub found: Vec<Found>,
    /// None until they are counted.
    pub counts: Option<Counts>,
    /// Why there is no answer, in one line.
    pub why: Option<String>,
    /// The index has changed since.
    pub stale: bool,
}

impl Results {
    /// Whether more statements were found than are here.
    #[must_use]
    pub fn has_more(&self) -> bool {
        let all = self.counts.as_ref().map_or(0, |counts| counts.statements);
        self.found.len() < all.min(MOST)
    }
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Into the query line.
    #[default]
    Line,
    /// To the statements.
    Hits,
    /// To the list of States.
    States,
}

/// The choices of a completion, and which one stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// The choices, best first.
    pub choices: Vec<String>,
    /// The one in the line.
    pub chosen: usize,
    /// Bytes of the line it takes up.
    pub at: Range<usize>,
}

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The query line.
    pub line: InputLine,
    /// Where the keys go.
    pub focus: Focus,
    /// What the answer is narrowed to.
    pub narrow: Narrow,
    /// The order of the statements.
    pub order: Order,
    /// How many statements are wanted.
    pub limit: usize,
    /// The newest answer; it stands until the next one comes.
    pub results: Results,
    /// The rows of the list, made from the answer and the width.
    pub rows: Vec<Row>,
    /// Scroll and selection in the rows.
    pub window: Window,
    /// Scroll and selection in the list of States.
    pub states: Window,
    /// Whether the bar shows statements for every so many words of the year.
    pub rates: bool,
    /// While Tab chooses among values.
    pub completing: Option<Completing>,
    /// The earlier query that stands in the line, from 0, and what was typed before it.
    pub recalled: Option<(usize, String)>,
}

impl Search {
    /// A screen with a query.
    #[must_use]
    pub fn new(words: &str) -> Self {
        Self { line: InputLine::new(words), limit: PAGE, ..Self::default() }
    }

    /// What it asks for now.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked {
            line: self.line.text().to_owned(),
            narrow: self.narrow.clone(),
            order: self.order,
            limit: self.limit,
        }
    }

    /// Whether anything is asked for: an empty line lists the latest queries instead.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.line.text().trim().is_empty()
    }

    /// Whether what it asks for is answered, counts and all.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        let done = self.results.counts.is_some() || self.results.why.is_some();
        done && !self.results.stale && self.results.of == self.asked()
    }

    /// What is wrong with the query, first of all. While one types, what is only not finished is not wrong.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        let line = self.line.text();
        let query = if self.focus == Focus::Line { parse_typed(line) } else { parse(line) };
        query.troubles.into_iter().next()
    }

    /// The statement that is selected.
    #[must_use]
    pub fn selected(&self) -> Option<&Found> {
        self.results.found.get(self.selected_hit()?)
    }

    /// Its place among those found.
    #[must_use]
    pub fn selected_hit(&self) -> Option<usize> {
        self.rows.get(self.window.selected).and_then(Row::hit)
    }
}

/// Statements for every 100,000 words the library has of the year, since the Council speaks far more in some
/// years than in others.
#[must_use]
pub fn rates(years: &[(i16, usize)], catalogue: &Catalogue) -> Vec<(i16, f64)> {
    let mut words: BTreeMap<i16, u64> = BTreeMap::new();
    for entry in catalogue.listed() {
        let here = words.entry(entry.date.year()).or_default();
        *here += catalogue.headings(entry).map(|heading| u64::from(heading.words)).sum::<u64>();
    }
    let rate = |(year, count): &(i16, usize)| {
        let words = words.get(year).copied().unwrap_or(0).max(1);
        (*year, *count as f64 * 100_000.0 / words as f64)
    };
    years.iter().map(rate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowing_is_two_fields_more() {
        for (line, year, state, same) in [
            ("peace ", None, None, "peace"),
            ("peace ", Some(2014), None, "peace year:2014"),
            ("\"truth and ", None, Some("Kazakhstan"), "\"truth and\" state:\"Kazakhstan\""),
            (
                "peac",
                Some(2014),
                Some("C\u{f4}te d\u{2019}Ivoire"),
                "peac* year:2014 state:\"C\u{f4}te d\u{2019}Ivoire\"",
            ),
            ("a OR b ", Some(2014), None, "(a OR b) year:2014"),
            ("", Some(2014), Some("Peru"), ""),
        ] {
            let narrow = Narrow { year, state: state.map(ToOwned::to_owned) };
            assert_eq!(narrow.query(line).root, parse(same).root, "{line}");
        }
    }
}
