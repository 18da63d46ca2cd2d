//! Compiles a parsed query to a tantivy query.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Ask, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

use super::index::Fields;
use super::phrase::{PhraseQuery, PhraseTerm, TermRange, TermRangeQuery, phrase_terms};
use super::query::{AS, CAPACITIES, Field, Name, Node, Phrase, Query, word_of};
use super::words;
use crate::facts::groups::{self, Members};
use crate::facts::states;

/// A compiled query.
pub(super) struct Compiled {
    /// The query for tantivy.
    pub ask: Box<dyn Ask>,
    /// It has only whole words: tantivy finds the best hits without visiting all of them.
    pub quick: bool,
}

/// Compiles a query; an empty one matches nothing. When `cancelled` is set, scans for phrases end early and their results
/// must not be used.
pub(super) fn compile(query: &Query, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Compiled {
    match &query.root {
        Some(root) => {
            Compiled { ask: compile_node(root, fields, cancelled), quick: is_whole_words(root) }
        }
        None => Compiled { ask: Box::new(EmptyQuery), quick: true },
    }
}

/// A query that every document matches.
pub(super) fn compile_everything() -> Box<dyn Ask> {
    Box::new(AllQuery)
}

/// Whether a node has only whole words.
fn is_whole_words(root: &Node) -> bool {
    let one = |node: &Node| match node {
        Node::Phrase(said) => matches!(phrase_terms(said).as_slice(), [part] if part.is_plain()),
        _ => false,
    };
    match root {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(one),
        node => one(node),
    }
}

fn compile_node(root: &Node, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Box<dyn Ask> {
    match root {
        Node::All(nodes) => {
            let mut clauses: Vec<(Occur, Box<dyn Ask>)> = Vec::new();
            for part in nodes {
                clauses.push(match part {
                    Node::Not(inner) => (Occur::MustNot, compile_node(inner, fields, cancelled)),
                    part => (Occur::Must, compile_node(part, fields, cancelled)),
                });
            }
            boolean_query(clauses)
        }
        Node::Any(nodes) => {
            let clauses =
                nodes.iter().map(|part| (Occur::Should, compile_node(part, fields, cancelled)));
            Box::new(BooleanQuery::new(clauses.collect()))
        }
        Node::Not(inner) => {
            boolean_query(vec![(Occur::MustNot, compile_node(inner, fields, cancelled))])
        }
        Node::Phrase(word) => compile_phrase(word, fields, cancelled),
        Node::Near(left, right, within) => {
            let (first, other) = (phrase_terms(left), phrase_terms(right));
            if first.is_empty() || other.is_empty() {
                return Box::new(EmptyQuery);
            }
            phrase_query(first, Some((other, *within)), fields, cancelled)
        }
        Node::Field(value) => {
            // A field narrows, and does not change the score.
            Box::new(ConstScoreQuery::new(compile_field(value, fields), 0.0))
        }
    }
}

/// Everything that must match without what must not.
fn boolean_query(mut clauses: Vec<(Occur, Box<dyn Ask>)>) -> Box<dyn Ask> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn compile_phrase(word: &Phrase, fields: &Fields, cancelled: &Arc<AtomicBool>) -> Box<dyn Ask> {
    let terms = phrase_terms(word);
    match terms.as_slice() {
        [] => Box::new(EmptyQuery),
        [PhraseTerm { word, prefix, forms, .. }] => {
            let one = |word: &str| -> Box<dyn Ask> {
                let term = Term::from_field_text(fields.text, word);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
            };
            let first = if *prefix {
                let range = TermRange::Prefix(word.clone());
                Box::new(TermRangeQuery { field: fields.text, terms: range })
            } else {
                one(word)
            };
            if forms.is_empty() {
                return first;
            }
            let all = std::iter::once(first).chain(forms.iter().map(|form| one(form)));
            Box::new(BooleanQuery::new(all.map(|ask| (Occur::Should, ask)).collect()))
        }
        _ => phrase_query(terms, None, fields, cancelled),
    }
}

/// A phrase, or two near each other.
fn phrase_query(
    first: Vec<PhraseTerm>,
    near: Option<(Vec<PhraseTerm>, u32)>,
    fields: &Fields,
    cancelled: &Arc<AtomicBool>,
) -> Box<dyn Ask> {
    Box::new(PhraseQuery { field: fields.text, first, near, cancelled: Arc::clone(cancelled) })
}

/// A term of the field `meta`.
fn meta_term(fields: &Fields, text: &str) -> Box<dyn Ask> {
    Box::new(TermQuery::new(Term::from_field_text(fields.meta, text), IndexRecordOption::Basic))
}

fn range_query(fields: &Fields, terms: TermRange) -> Box<dyn Ask> {
    Box::new(TermRangeQuery { field: fields.meta, terms })
}

/// All words of a name; the last may be a prefix.
fn name_query(fields: &Fields, kind: &str, name: &Name) -> Box<dyn Ask> {
    let said = Phrase { text: name.text.clone(), quoted: true, prefix: name.prefix, forms: None };
    let parts: Vec<Box<dyn Ask>> = phrase_terms(&said)
        .iter()
        .map(|part| {
            let word = format!("{kind}:{}", part.word);
            if part.prefix {
                range_query(fields, TermRange::Prefix(word))
            } else {
                meta_term(fields, &word)
            }
        })
        .collect();
    Box::new(BooleanQuery::intersection(parts))
}

/// Statements of those who were members of a group on the day.
fn members_query(fields: &Fields, name: &str) -> Box<dyn Ask> {
    match groups::members(name) {
        Some(Members::Seats(seats)) => {
            meta_term(fields, &format!("gr:{}", seats.name().to_lowercase()))
        }
        Some(Members::Region(region)) => whole_words_query(fields, "gr", region),
        Some(Members::States(states)) => {
            let one = |(state, from, until): &(&str, Date, Option<Date>)| -> (Occur, Box<dyn Ask>) {
                let last = until.and_then(|until| until.yesterday().ok());
                let spoken = meta_term(fields, &format!("st={}", words::fold_name(state)));
                let days = days_query(fields, Some(*from), last);
                (Occur::Should, Box::new(BooleanQuery::intersection(vec![spoken, days])))
            };
            Box::new(BooleanQuery::new(states.iter().map(one).collect()))
        }
        None => Box::new(EmptyQuery),
    }
}

/// Statements on behalf of a group or a State, by any of its names.
fn behalf_query(fields: &Fields, name: &Name) -> Box<dyn Ask> {
    if let Some(group) = groups::lookup(&name.text) {
        let names =
            group.names().map(|name| (Occur::Should, whole_words_query(fields, "be", name)));
        return Box::new(BooleanQuery::new(names.collect()));
    }
    match states::lookup(&name.text) {
        Some(state) => whole_words_query(fields, "be", state.name),
        None => name_query(fields, "be", name),
    }
}

/// All words of a name as whole words.
fn whole_words_query(fields: &Fields, kind: &str, text: &str) -> Box<dyn Ask> {
    name_query(fields, kind, &Name { text: text.to_owned(), prefix: false })
}

/// The days from `first` to `last`, inclusive; `None` is open.
fn days_query(fields: &Fields, first: Option<Date>, last: Option<Date>) -> Box<dyn Ask> {
    let day = |date: Option<Date>, open: &str| match date {
        Some(d) => format!("d:{:04}{:02}{:02}", d.year().max(0), d.month(), d.day()),
        None => format!("d:{open}"),
    };
    range_query(fields, TermRange::Between(day(first, "0000"), day(last, "9999:")))
}

pub(super) fn compile_field(value: &Field, fields: &Fields) -> Box<dyn Ask> {
    match value {
        // The name of a State means that State alone: Niger is not Nigeria.
        Field::State(name) => match states::lookup(&name.text) {
            Some(state) => meta_term(fields, &format!("st={}", words::fold_name(state.name))),
            None => name_query(fields, "st", name),
        },
        Field::Organization(name) => name_query(fields, "or", name),
        Field::Speaker(name) => name_query(fields, "pe", name),
        Field::Topic(name) => name_query(fields, "to", name),
        Field::Group(name) => members_query(fields, &name.text),
        Field::Behalf(name) => behalf_query(fields, name),
        Field::Symbol(symbol) if symbol.resumption() == 0 && symbol.part() == 0 => {
            meta_term(fields, &format!("sy:{symbol}"))
        }
        Field::Symbol(symbol) => meta_term(fields, &format!("sy={symbol}")),
        Field::Year(first, last) => {
            let year = |year: i16| format!("y:{:04}", year.max(0));
            let (first, last) = (first.unwrap_or(0), last.unwrap_or(9999));
            range_query(fields, TermRange::Between(year(first), year(last)))
        }
        Field::Date(first, last) => days_query(fields, *first, *last),
        Field::Language(language) => meta_term(fields, &format!("l:{}", language.code())),
        Field::Spoken(language) => meta_term(fields, &format!("sp:{}", language.code())),
        Field::As(as_) => meta_term(fields, &format!("as:{}", word_of(as_, &AS))),
        Field::Rule(rule) => meta_term(fields, &format!("ru:{rule}")),
        Field::Capacity(capacity) => {
            meta_term(fields, &format!("ca:{}", word_of(capacity, &CAPACITIES)))
        }
        Field::Vote(cast) => meta_term(fields, &format!("vo:{}", cast.word())),
        Field::Cites(document) => meta_term(fields, &format!("ci:{document}")),
    }
}
