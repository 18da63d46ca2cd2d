//! Prints a query. Parsing what is printed gives the same query.

use std::fmt::{self, Display, Formatter};

use jiff::civil::Date;

use super::lex::is_one_run;
use super::value::{AS, CAPACITIES, word_of};
use super::{Field, Name, Node, Phrase, Query};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(nodes) => join_nodes(f, nodes, " ", |_| false),
            Self::Any(nodes) => join_nodes(f, nodes, " OR ", |node| matches!(node, Self::All(_))),
            Self::Not(node) if matches!(**node, Self::All(_) | Self::Any(_) | Self::Near(..)) => {
                write!(f, "-({node})")
            }
            Self::Not(node) => write!(f, "-{node}"),
            Self::Phrase(said) => said.fmt(f),
            // In brackets, because two pairs next to each other would be parsed as a chain.
            Self::Near(left, right, within) => write!(f, "({left} near/{within} {right})"),
            Self::Field(field) => field.fmt(f),
        }
    }
}

fn join_nodes(
    f: &mut Formatter<'_>,
    nodes: &[Node],
    between: &str,
    bracket: fn(&Node) -> bool,
) -> fmt::Result {
    for (n, node) in nodes.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        if bracket(node) { write!(f, "({node})")? } else { node.fmt(f)? }
    }
    Ok(())
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = if self.prefix { "*" } else { "" };
        if self.forms.is_some() {
            write!(f, "forms:{}{star}", self.text)
        } else if self.quoted {
            write!(f, "\"{}{star}\"", self.text)
        } else {
            write!(f, "{}{star}", self.text)
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.prefix {
            true if is_one_run(&self.text) => f.write_str(&self.text),
            true => write!(f, "\"{}*\"", self.text),
            false => write!(f, "\"{}\"", self.text),
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(name) => write!(f, "state:{name}"),
            Self::Organization(name) => write!(f, "org:{name}"),
            Self::Speaker(name) => write!(f, "speaker:{name}"),
            Self::Topic(name) => write_words(f, "topic", name),
            Self::Group(name) => write_words(f, "group", name),
            Self::Behalf(name) => write_words(f, "behalf", name),
            Self::Symbol(symbol) => write!(f, "symbol:\"{symbol}\""),
            Self::Year(first, last) => {
                let year = |year: &Option<i16>| year.map_or(String::new(), |y| format!("{y:04}"));
                write_range(f, "year", &year(first), &year(last))
            }
            Self::Date(first, last) => {
                let day = |day: &Option<Date>| day.map_or(String::new(), |d| d.to_string());
                write_range(f, "date", &day(first), &day(last))
            }
            Self::Language(language) => write!(f, "lang:\"{}\"", language.code()),
            Self::Spoken(language) => write!(f, "spoken:\"{}\"", language.code()),
            Self::As(as_) => write!(f, "as:{}", word_of(as_, &AS)),
            Self::Rule(rule) => write!(f, "rule:{rule}"),
            Self::Capacity(capacity) => write!(f, "capacity:{}", word_of(capacity, &CAPACITIES)),
            Self::Vote(cast) => write!(f, "vote:{}", cast.word()),
            Self::Cites(document) => write!(f, "cites:\"{document}\""),
        }
    }
}

/// A field that matches whole words: the last is a prefix only with a star.
fn write_words(f: &mut Formatter<'_>, field: &str, name: &Name) -> fmt::Result {
    let star = if name.prefix { "*" } else { "" };
    match is_one_run(&name.text) {
        true => write!(f, "{field}:{}{star}", name.text),
        false => write!(f, "{field}:\"{}{star}\"", name.text),
    }
}

fn write_range(f: &mut Formatter<'_>, name: &str, first: &str, last: &str) -> fmt::Result {
    if first == last { write!(f, "{name}:{first}") } else { write!(f, "{name}:{first}..{last}") }
}
