//! A query written out: what is printed is read as the same query.

use std::fmt::{self, Display, Formatter};

use jiff::civil::Date;

use super::lex::is_one_run;
use super::value::{AS, CAPACITIES, word_of};
use super::{Field, Name, Node, Query, Said};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(nodes) => join(f, nodes, " ", |_| false),
            Self::Any(nodes) => join(f, nodes, " OR ", |node| matches!(node, Self::All(_))),
            Self::Not(node) if matches!(**node, Self::All(_) | Self::Any(_) | Self::Near(..)) => {
                write!(f, "-({node})")
            }
            Self::Not(node) => write!(f, "-{node}"),
            Self::Said(said) => said.fmt(f),
            // A pair by itself in brackets: beside another pair the two would be read as a chain.
            Self::Near(left, right, within) => write!(f, "({left} near/{within} {right})"),
            Self::Field(field) => field.fmt(f),
        }
    }
}

fn join(
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

impl Display for Said {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let star = if self.prefix { "*" } else { "" };
        if self.phrase {
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
            Self::Topic(name) => whole(f, "topic", name),
            Self::Group(name) => whole(f, "group", name),
            Self::Behalf(name) => whole(f, "behalf", name),
            Self::Symbol(symbol) => write!(f, "symbol:\"{symbol}\""),
            Self::Year(first, last) => {
                let year = |year: &Option<i16>| year.map_or(String::new(), |y| format!("{y:04}"));
                range(f, "year", &year(first), &year(last))
            }
            Self::Date(first, last) => {
                let day = |day: &Option<Date>| day.map_or(String::new(), |d| d.to_string());
                range(f, "date", &day(first), &day(last))
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

/// A field of which whole words are asked for: the last is the beginning of one only with a star.
fn whole(f: &mut Formatter<'_>, field: &str, name: &Name) -> fmt::Result {
    let star = if name.prefix { "*" } else { "" };
    match is_one_run(&name.text) {
        true => write!(f, "{field}:{}{star}", name.text),
        false => write!(f, "{field}:\"{}{star}\"", name.text),
    }
}

fn range(f: &mut Formatter<'_>, name: &str, first: &str, last: &str) -> fmt::Result {
    if first == last { write!(f, "{name}:{first}") } else { write!(f, "{name}:{first}..{last}") }
}
