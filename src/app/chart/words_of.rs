//! Of which words a rate is: those among which the query looks.
//!
//! - A query with words looks for them in what its fields leave: `ceasefire state:France` is counted for the words
//!   of France, `ceasefire` for all words.
//! - A query of fields alone that names who speaks (`state:France topic:haiti`) is counted for the words of all who
//!   spoke in that capacity on that topic: how much of the debate was theirs.
//! - A query that names a topic or a record alone is counted for all words.
//!
//! Years, days and languages always narrow both.

use crate::record::Capacity;
use crate::search::query::{Field, Node, Query};

/// The words of a rate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct WordsOf {
    /// The statements that have them; `None` for all.
    pub query: Option<Query>,
    /// Only what was spoken in this capacity.
    pub capacity: Option<Capacity>,
}

impl WordsOf {
    /// The words for a query.
    pub fn of(query: &Query) -> Self {
        let nodes = match &query.root {
            None => return Self::default(),
            Some(Node::All(nodes)) => nodes.clone(),
            Some(node) => vec![node.clone()],
        };
        if query.has_words() {
            return Self { query: all_of(nodes, |_| true), capacity: None };
        }
        let who = nodes.iter().any(|node| has(node, &|field| !is_matter(field)));
        let kept = if who { all_of(nodes, is_matter) } else { all_of(nodes, is_time) };
        Self { query: kept, capacity: capacity_of(query) }
    }

    /// In words: `state:"France", in national capacity`; nothing for all words.
    pub fn words(&self) -> String {
        let capacity = self.capacity.map(|capacity| match capacity {
            Capacity::President => "in the chair",
            Capacity::National => "in national capacity",
            Capacity::Organization => "for organizations",
        });
        let query = self.query.as_ref().map(Query::to_string);
        let parts: Vec<String> = query.into_iter().chain(capacity.map(str::to_owned)).collect();
        parts.join(", ")
    }
}

/// The nodes that consist of fields of these alone, as a query.
fn all_of(nodes: Vec<Node>, wanted: impl Fn(&Field) -> bool) -> Option<Query> {
    let mut kept: Vec<Node> = nodes
        .into_iter()
        .filter(|node| !has_words(node) && !has(node, &|field| !wanted(field)))
        .collect();
    let root = match kept.len() {
        0 => return None,
        1 => kept.pop(),
        _ => Some(Node::All(kept)),
    };
    Some(Query { root, ..Query::default() })
}

/// Whether any field of a node passes a test.
fn has(node: &Node, test: &impl Fn(&Field) -> bool) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(|node| has(node, test)),
        Node::Not(node) => has(node, test),
        Node::Field(field) => test(field),
        Node::Phrase(_) | Node::Near(..) => false,
    }
}

fn has_words(node: &Node) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_words),
        Node::Not(node) => has_words(node),
        Node::Field(_) => false,
        Node::Phrase(_) | Node::Near(..) => true,
    }
}

/// Whether a field says when, or in which edition.
fn is_time(field: &Field) -> bool {
    matches!(field, Field::Year(..) | Field::Date(..) | Field::Language(_))
}

/// Whether a field says when, or on what, and not who.
fn is_matter(field: &Field) -> bool {
    is_time(field) || matches!(field, Field::Topic(_) | Field::Symbol(_))
}

/// The capacity that the fields of a query look in, where it is one.
fn capacity_of(query: &Query) -> Option<Capacity> {
    let mut found: Vec<Capacity> = Vec::new();
    query.visit(&mut |node, not| {
        let capacity = match node {
            Node::Field(Field::State(_) | Field::Group(_) | Field::Vote(_)) => Capacity::National,
            Node::Field(Field::Organization(_)) => Capacity::Organization,
            Node::Field(Field::Capacity(capacity)) => *capacity,
            _ => return,
        };
        if !not && !found.contains(&capacity) {
            found.push(capacity);
        }
    });
    if found.len() == 1 { found.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[test]
    fn of_which_words_a_rate_is() {
        for (query, words) in [
            ("ceasefire", ""),
            ("ceasefire -truce", ""),
            ("ceasefire state:France", "state:France"),
            ("ceasefire (state:France OR state:China)", "state:France OR state:China"),
            ("ceasefire -state:France", "-state:France"),
            ("ceasefire (truce OR state:China)", ""),
            ("ceasefire topic:haiti year:2014..2019", "topic:haiti year:2014..2019"),
            ("state:France", "in national capacity"),
            ("state:France year:2014", "year:2014, in national capacity"),
            ("state:France topic:haiti", "topic:haiti, in national capacity"),
            ("org:\"European Union\" topic:haiti", "topic:haiti, for organizations"),
            ("group:A3", "in national capacity"),
            ("speaker:umarov", ""),
            ("topic:haiti", ""),
            ("topic:haiti lang:fr", "lang:\"fr\""),
            ("capacity:president", "in the chair"),
        ] {
            assert_eq!(WordsOf::of(&parse(query)).words(), words, "{query}");
        }
    }
}
