//! What a search asks for and what it finds, as the screens and the worker hand it to one another.
//!
//! Everything that is asked for is one [`Asked`]; an answer says which one it answers, so that what is shown is
//! never taken for the answer to something else.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::record::{Capacity, Language, Symbol};
use crate::search::concordance::Line;
use crate::search::query::{Field, Name, Node, Query, Trouble, parse_typed};
use crate::search::results::Order;

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
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The query of a line, narrowed. Its last word is a prefix until a space follows.
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
    /// Statements that are listed before the others, because they are new to a kept query.
    pub first: Arc<[At]>,
}

impl Asked {
    /// The query, narrowed.
    pub fn query(&self) -> Query {
        self.narrow.query(&self.line)
    }

    /// Whether another asks for the same statements in the same order, be it more of them.
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
    /// What the library and the index say of the query: names that nothing has, forms that are looked for.
    pub notes: Vec<Trouble>,
    /// Why nothing was found, in one line, where more is known than that.
    pub nothing: Option<String>,
    /// Why there is no answer, in one line.
    pub why: Option<String>,
    /// The index has changed since.
    pub stale: bool,
}

impl Results {
    /// Whether more statements were found than are here.
    pub fn has_more(&self) -> bool {
        let all = self.counts.as_ref().map_or(0, |counts| counts.statements);
        self.found.len() < all.min(MOST)
    }
}

/// Groups statements by record, each record where its first statement was. What comes with a later page is put
/// after all of the earlier ones: nothing moves under the eye when more is loaded.
pub fn grouped(found: Vec<Found>) -> Vec<Found> {
    let mut grouped = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    let mut page = PAGE;
    while found.peek().is_some() {
        let mut groups: Vec<Vec<Found>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for one in found.by_ref().take(page) {
            let key = format!("{} {}", one.at.symbol, one.at.language.code());
            let place = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        grouped.extend(groups.into_iter().flatten());
        // Each time as many more are asked for as there are.
        page = grouped.len().max(PAGE);
    }
    grouped
}

/// More occurrences than this are not kept; they are the latest by date. `spv search --kwic` gives all.
pub const MOST_OCCURRENCES: usize = 5_000;

/// An occurrence and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The statement.
    pub at: At,
    /// The occurrence.
    pub line: Line,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

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
