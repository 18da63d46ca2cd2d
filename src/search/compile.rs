//! From a query as it was understood to a question for tantivy.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Ask, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

use super::index::Fields;
use super::phrase::{Placed, Slot, Terms, TermsQuery, slots};
use super::query::{Field, Name, Node, Query, Said};
use super::words;
use crate::facts::groups::{self, Members};
use crate::facts::states;
use crate::record::{As, Capacity};

/// A question, and how it may be asked.
pub(super) struct Compiled {
    /// The question.
    pub ask: Box<dyn Ask>,
    /// Whole words only, which tantivy can give the best of without looking at all.
    pub quick: bool,
}

/// The question of a query; nothing asked for is nothing found. Scans for phrases end early once `cancelled`
/// is set, and what they found is then not to be used.
pub(super) fn compile(query: &Query, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Compiled {
    match &query.root {
        Some(root) => Compiled { ask: node(root, fields, cancelled), quick: quick(root) },
        None => Compiled { ask: Box::new(EmptyQuery), quick: true },
    }
}

/// Whether a part is whole words only.
fn quick(root: &Node) -> bool {
    let one = |node: &Node| match node {
        Node::Said(said) => matches!(slots(said).as_slice(), [slot] if !slot.prefix),
        _ => false,
    };
    match root {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(one),
        node => one(node),
    }
}

fn node(root: &Node, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Box<dyn Ask> {
    match root {
        Node::All(nodes) => {
            let mut clauses: Vec<(Occur, Box<dyn Ask>)> = Vec::new();
            for part in nodes {
                clauses.push(match part {
                    Node::Not(inner) => (Occur::MustNot, node(inner, fields, cancelled)),
                    part => (Occur::Must, node(part, fields, cancelled)),
                });
            }
            boolean(clauses)
        }
        Node::Any(nodes) => {
            let clauses = nodes.iter().map(|part| (Occur::Should, node(part, fields, cancelled)));
            Box::new(BooleanQuery::new(clauses.collect()))
        }
        Node::Not(inner) => boolean(vec![(Occur::MustNot, node(inner, fields, cancelled))]),
        Node::Said(word) => said(word, fields, cancelled),
        Node::Near(left, right, within) => {
            let (first, other) = (slots(left), slots(right));
            if first.is_empty() || other.is_empty() {
                return Box::new(EmptyQuery);
            }
            placed(first, Some((other, *within)), fields, cancelled)
        }
        Node::Field(value) => {
            // What narrows does not make a hit better.
            Box::new(ConstScoreQuery::new(field(value, fields), 0.0))
        }
    }
}

/// All that must be, less what must not.
fn boolean(mut clauses: Vec<(Occur, Box<dyn Ask>)>) -> Box<dyn Ask> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn said(word: &Said, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Box<dyn Ask> {
    let slots = slots(word);
    match slots.as_slice() {
        [] => Box::new(EmptyQuery),
        [Slot { word, prefix: true, .. }] => {
            let terms = Terms::Beginning(word.clone());
            Box::new(TermsQuery { field: fields.text, terms })
        }
        [Slot { word, .. }] => {
            let term = Term::from_field_text(fields.text, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        }
        _ => placed(slots, None, fields, cancelled),
    }
}

/// A phrase, or two near each other.
fn placed(
    first: Vec<Slot>,
    near: Option<(Vec<Slot>, u32)>,
    fields: &Fields,
    cancelled: &Arc<AtomicBool>,
) -> Box<dyn Ask> {
    Box::new(Placed { field: fields.text, first, near, cancelled: Arc::clone(cancelled) })
}

/// A term that narrows.
fn term(fields: &Fields, text: &str) -> Box<dyn Ask> {
    Box::new(TermQuery::new(Term::from_field_text(fields.meta, text), IndexRecordOption::Basic))
}

fn range(fields: &Fields, terms: Terms) -> Box<dyn Ask> {
    Box::new(TermsQuery { field: fields.meta, terms })
}

/// All words of a name, the last as a beginning where it may be one.
fn named(fields: &Fields, kind: &str, name: &Name) -> Box<dyn Ask> {
    let said = Said { text: name.text.clone(), phrase: true, prefix: name.prefix };
    let parts: Vec<Box<dyn Ask>> = slots(&said)
        .iter()
        .map(|slot| {
            let word = format!("{kind}:{}", slot.word);
            if slot.prefix { range(fields, Terms::Beginning(word)) } else { term(fields, &word) }
        })
        .collect();
    Box::new(BooleanQuery::intersection(parts))
}

/// What is spoken by the members of a group on the day.
fn members(fields: &Fields, name: &str) -> Box<dyn Ask> {
    match groups::members(name) {
        Some(Members::Seats(seats)) => term(fields, &format!("gr:{}", seats.name().to_lowercase())),
        Some(Members::Region(region)) => whole_words(fields, "gr", region),
        Some(Members::States(states)) => {
            let one = |(state, from, until): &(&str, Date, Option<Date>)| -> (Occur, Box<dyn Ask>) {
                let last = until.and_then(|until| until.yesterday().ok());
                let spoken = term(fields, &format!("st={}", words::name(state)));
                let days = days(fields, Some(*from), last);
                (Occur::Should, Box::new(BooleanQuery::intersection(vec![spoken, days])))
            };
            Box::new(BooleanQuery::new(states.iter().map(one).collect()))
        }
        None => Box::new(EmptyQuery),
    }
}

/// What is said for a group or a State, by any of its names.
fn behalf(fields: &Fields, name: &Name) -> Box<dyn Ask> {
    if let Some(group) = groups::lookup(&name.text) {
        let names = group.names().map(|name| (Occur::Should, whole_words(fields, "be", name)));
        return Box::new(BooleanQuery::new(names.collect()));
    }
    match states::lookup(&name.text) {
        Some(state) => whole_words(fields, "be", state.name),
        None => named(fields, "be", name),
    }
}

/// All words of a name as whole words.
fn whole_words(fields: &Fields, kind: &str, text: &str) -> Box<dyn Ask> {
    named(fields, kind, &Name { text: text.to_owned(), prefix: false })
}

/// The days from one to another, both included; open where there is none.
fn days(fields: &Fields, first: Option<Date>, last: Option<Date>) -> Box<dyn Ask> {
    let day = |date: Option<Date>, open: &str| match date {
        Some(d) => format!("d:{:04}{:02}{:02}", d.year().max(0), d.month(), d.day()),
        None => format!("d:{open}"),
    };
    range(fields, Terms::Between(day(first, "0000"), day(last, "9999:")))
}

fn field(value: &Field, fields: &Fields) -> Box<dyn Ask> {
    match value {
        // A name that means a State means that State and no other: Niger is not Nigeria.
        Field::State(name) => match states::lookup(&name.text) {
            Some(state) => term(fields, &format!("st={}", words::name(state.name))),
            None => named(fields, "st", name),
        },
        Field::Organization(name) => named(fields, "or", name),
        Field::Speaker(name) => named(fields, "pe", name),
        Field::Topic(name) => named(fields, "to", name),
        Field::Group(name) => members(fields, &name.text),
        Field::Behalf(name) => behalf(fields, name),
        Field::Symbol(symbol) if symbol.resumption() == 0 && symbol.part() == 0 => {
            term(fields, &format!("sy:{symbol}"))
        }
        Field::Symbol(symbol) => term(fields, &format!("sy={symbol}")),
        Field::Year(first, last) => {
            let year = |year: i16| format!("y:{:04}", year.max(0));
            let (first, last) = (first.unwrap_or(0), last.unwrap_or(9999));
            range(fields, Terms::Between(year(first), year(last)))
        }
        Field::Date(first, last) => days(fields, *first, *last),
        Field::Language(language) => term(fields, &format!("l:{}", language.code())),
        Field::Spoken(language) => term(fields, &format!("sp:{}", language.code())),
        Field::As(as_) => term(
            fields,
            match as_ {
                As::President => "as:president",
                As::Member => "as:member",
                As::Invited => "as:invited",
                As::Unknown => "as:unknown",
            },
        ),
        Field::Rule(rule) => term(fields, &format!("ru:{rule}")),
        Field::Capacity(capacity) => term(
            fields,
            match capacity {
                Capacity::President => "ca:president",
                Capacity::National => "ca:national",
                Capacity::Organization => "ca:organization",
            },
        ),
        Field::Vote(cast) => term(fields, &format!("vo:{}", cast.word())),
        Field::Cites(document) => term(fields, &format!("ci:{document}")),
    }
}
