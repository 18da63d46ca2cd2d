//! Fuzzy find over records, speakers, States and organizations, items, votes and resolutions.
//!
//! **The order is that of fuzzy-matcher over every line.** A query is words and dates in any
//! order. A line answers when every word matches it and every date stands in it. Its
//! score is the sum, over the words, of what `SkimMatcherV2::default().ignore_case()` gives in
//! `fuzzy_indices` for the folded word in the folded line; a date adds nothing, a line has it or
//! has not. Equal scores are ordered by how many of the words stand whole in the line, then by
//! the order of the names: groups of members, States, organizations, topics, speakers, records, votes. In front of
//! all stands what a query names outright: the page of `8668r1 p12`, the record of `8668`,
//! the vote of `resolution 1325`.
//!
//! Two things about fuzzy-matcher 0.3.7 decide how it is asked. `fuzzy_match`, which keeps two rows of
//! its table instead of all, reads cells left from two rows before and gives some lines more
//! than `fuzzy_indices` does; and a matcher that is used again reads bonuses that earlier lines left
//! behind, so that a score depends on what was matched before. Here the score is therefore that of
//! `fuzzy_indices` of a new matcher, which depends on the word and the line alone.
//!
//! What makes it quick: a set of letters for each line passes over most
//! lines, a bound on the score is computed in one pass over a line, and the matcher is asked only about the
//! lines that can be among the best. `tests/search/find.rs` holds all that against the plain way, which
//! asks about every line.
//!
//! What is not here: words inside statements (full text), and words inside one text
//! ([`within`](super::within)).

mod dates;
mod haystack;
mod lines;
mod rank;
mod score;
mod typed;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::facts;
use crate::facts::council::Group;
use crate::library::Catalogue;
use crate::record::Symbol;

use haystack::{Haystack, Of};
use typed::Typed;

/// What a name names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record here, or a known meeting without its text.
    Record {
        /// Its symbol.
        symbol: Symbol,
        /// Whether its text is in the library.
        text: bool,
    },
    /// A page of a record, from a query such as `8668r1 p12`.
    Page {
        /// The record.
        symbol: Symbol,
        /// The printed page.
        page: u32,
    },
    /// A speaker: name as in headings, and State or organization.
    Speaker {
        /// Title and name.
        name: Arc<str>,
        /// State or organization.
        of: Option<Arc<str>>,
    },
    /// A group of members of the Council.
    Group(Group),
    /// A State, by its short name.
    State(Arc<str>),
    /// An organization.
    Organization(Arc<str>),
    /// An agenda item or topic.
    Topic(Arc<str>),
    /// A vote or resolution: row of `facts::votes`.
    Vote(u32),
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub named: Named,
    /// The line shown and matched: `S/PV.8668 (Resumption 1)  2019-11-19  Reconciliation ...`.
    pub line: Arc<str>,
    /// Places of the matched letters in `line`, in characters, rising.
    pub matched: Vec<usize>,
    /// Score; higher is better. What a query names outright stands first whatever its score.
    pub score: i64,
}

/// The answers to one query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Best first, at most as many as asked for.
    pub hits: Vec<Hit>,
    /// How many names matched in all, those named outright among them.
    pub total: usize,
}

/// The names to find in: those inside the binary, and those of a library.
///
/// Making them reads all facts and the whole catalogue: some milliseconds, for a worker and not
/// for the start of the program.
#[derive(Debug, Default)]
pub struct Names {
    haystack: Haystack,
}

impl Names {
    /// The names of the facts and of this catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        Self { haystack: lines::all(catalogue) }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.haystack.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` names for `query`; gives up early, with what it has, once `cancelled` is set.
    ///
    /// A query without a word or date answers with every name, in their own order.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize, cancelled: &AtomicBool) -> Hits {
        let typed = Typed::read(query);
        // A date is nothing's name, whatever else its numbers could be.
        let pins = if typed.dates.is_empty() { self.pins(query) } else { Vec::new() };
        let ranked = rank::best(&self.haystack, &typed, limit, cancelled);
        let mut total = ranked.total;
        let mut hits: Vec<Hit> = Vec::new();
        for pin in &pins {
            let answer = rank::answer(&self.haystack, &typed, pin.at);
            // A page is an answer of its own; a record or vote is one of the names, counted
            // already where its line matches the words too.
            total += usize::from(pin.page.is_some() || answer.is_none());
            let (score, matched) = answer.unwrap_or_default();
            hits.extend(self.hit(pin.at, pin.page, score, matched));
        }
        for found in ranked.best {
            if !pins.iter().any(|pin| pin.page.is_none() && pin.at == found.at) {
                hits.extend(self.hit(found.at, None, found.score, found.matched));
            }
        }
        hits.truncate(limit);
        Hits { hits, total }
    }

    /// What the query names outright: a record by its symbol, with or without a page, and a vote by
    /// the symbol or number of what was voted on.
    fn pins(&self, query: &str) -> Vec<Pin> {
        let mut pins = Vec::new();
        if let Some((symbol, page)) = Symbol::parse_with_page(query)
            && let Some(at) = self.record(&symbol)
        {
            pins.push(Pin { at, page });
        }
        if let Some(vote) = facts::votes::by_reference(query)
            && let Some(at) = self.haystack.position(Of::Vote(vote.id))
        {
            pins.push(Pin { at, page: None });
        }
        pins
    }

    /// The name of this record.
    fn record(&self, symbol: &Symbol) -> Option<usize> {
        self.haystack
            .record(symbol)
            .or_else(|| self.haystack.position(Of::Meeting(facts::meetings::by_symbol(symbol)?.id)))
    }

    fn hit(&self, at: usize, page: Option<u32>, score: i64, matched: Vec<usize>) -> Option<Hit> {
        let mut named = self.haystack.named(at)?;
        let mut line = self.haystack.line(at);
        if let (Some(page), Named::Record { symbol, .. }) = (page, &named) {
            // Put behind, so that the places of the matched letters stay true.
            line.push_str(&format!("  p. {page}"));
            named = Named::Page { symbol: symbol.clone(), page };
        }
        Some(Hit { named, line: line.into(), matched, score })
    }
}

/// Something the query names outright.
struct Pin {
    at: usize,
    page: Option<u32>,
}
