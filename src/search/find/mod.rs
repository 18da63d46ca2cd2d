//! Fuzzy find over records, speakers, States and organizations, items, votes and resolutions.
//!
//! **The order is that of fuzzy-matcher over every line.** A query is words and dates in any order. A line matches if
//! every word matches it and every date is in it. Its score is the sum, over the words, of the score of
//! `SkimMatcherV2::default().ignore_case().fuzzy_indices` for the folded word in the folded line; dates do not score.
//! Equal scores are ordered by the number of words that are whole words of the line, then by the order of the names:
//! groups of members, States, organizations, topics, speakers, records, votes. What a query names exactly comes first: the
//! page of `8668r1 p12`, the record of `8668`, the vote of `resolution 1325`.
//!
//! Two bugs of fuzzy-matcher 0.3.7 decide how it is called. `fuzzy_match` keeps only two rows of its table, reads cells
//! from two rows earlier, and gives some lines a higher score than `fuzzy_indices`. And a matcher that is reused reads
//! bonuses of earlier lines, so that a score depends on what was matched before. So each score comes from `fuzzy_indices`
//! of a new matcher, and depends only on the word and the line.
//!
//! It is fast because a set of letters excludes most lines, an upper bound of the score is computed in one pass over a
//! line, and the matcher is called only for lines that can be among the best. `tests/search/find.rs` compares all that with a
//! simple implementation that calls it for every line.

mod council;
mod dates;
mod haystack;
mod hit;
mod lines;
mod rank;
mod score;
mod typed;

use std::sync::atomic::AtomicBool;

use crate::facts;
use crate::library::Catalogue;
use crate::record::Symbol;

pub use council::{council_entries, parse_day};
use haystack::{Haystack, NameKey};
pub use hit::{Hit, Hits, Named};
use typed::TypedQuery;

/// The names to find in: those in the binary, and those of a library.
///
/// Making them reads all facts and the whole catalogue, which takes some milliseconds: it is done by a worker, not at the
/// start of the program.
#[derive(Debug, Default)]
pub struct Names {
    haystack: Haystack,
}

impl Names {
    /// The names of the facts and of this catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        Self { haystack: lines::build_haystack(catalogue) }
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.haystack.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` names for `query`. Once `cancelled` is set it returns early, with what it has.
    ///
    /// A query without a word or date matches every name, in their own order.
    pub fn find(&self, query: &str, limit: usize, cancelled: &AtomicBool) -> Hits {
        let typed = TypedQuery::parse(query);
        // A date is nothing's name, whatever else its numbers could be.
        let pins = if typed.dates.is_empty() { self.pins(query) } else { Vec::new() };
        let ranked = rank::best_names(&self.haystack, &typed, limit, cancelled);
        let mut total = ranked.total;
        let mut hits: Vec<Hit> = Vec::new();
        for pin in &pins {
            let answer = rank::score_name(&self.haystack, &typed, pin.at);
            // A page is an additional hit; a record or vote is one of the names, and already counted if its line matches.
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

    /// What the query names exactly: a record by its symbol, with or without a page, and a vote by the symbol or number of
    /// what was voted on.
    fn pins(&self, query: &str) -> Vec<Pin> {
        let mut pins = Vec::new();
        if let Some((symbol, page)) = Symbol::parse_with_page(query)
            && let Some(at) = self.record(&symbol)
        {
            pins.push(Pin { at, page });
        }
        if let Some(vote) = facts::votes::by_reference(query)
            && let Some(at) = self.haystack.position(NameKey::Vote(vote.id))
        {
            pins.push(Pin { at, page: None });
        }
        pins
    }

    /// The name of this record.
    fn record(&self, symbol: &Symbol) -> Option<usize> {
        self.haystack.record(symbol).or_else(|| {
            self.haystack.position(NameKey::Meeting(facts::meetings::by_symbol(symbol)?.id))
        })
    }

    fn hit(&self, at: usize, page: Option<u32>, score: i64, matched: Vec<usize>) -> Option<Hit> {
        let mut named = self.haystack.named(at)?;
        let mut line = self.haystack.line(at);
        if let (Some(page), Named::Record { symbol, .. }) = (page, &named) {
            // At the end, so that the indexes of the matched characters stay valid.
            line.push_str(&format!("  p. {page}"));
            named = Named::Page { symbol: symbol.clone(), page };
        }
        Some(Hit { named, line: line.into(), matched, score })
    }
}

/// Something that the query names exactly.
struct Pin {
    at: usize,
    page: Option<u32>,
}
