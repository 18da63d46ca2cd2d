//! Fuzzy find over records, speakers, States and organizations, items, votes and resolutions.
//!
//! **The order is that of what a user means, and among equals that of fuzzy-matcher.** A query is words and dates in any
//! order. A line matches if it has every word and every date. It has a word as a whole word or by another name of the same
//! (`uk`, `россия`, `ocha`), at the start of a word, by the item under which the Council speaks of it (`golan`), by a word
//! that is one slip away, or within a word; the word that it has least well decides (`near`). Then come kinds: the one
//! that the query asks for (`veto`, `ambassador`), groups of members, States, organizations, speakers by their names, topics,
//! records, votes, and speakers by their States. What a query names exactly comes first: the page of `8668r1 p12`, the vote of
//! `2504` and then the record of that number. Lines that lack one of the words, and then lines that have only the letters
//! in their order, are given only if there is nothing better, and [`Reading`] says so.
//!
//! Within a rank the score is the sum, over the words, of the score of
//! `SkimMatcherV2::default().ignore_case().fuzzy_indices` for the folded word in the folded line; dates do not score.
//! Equal scores are ordered by the number of words that are whole words of the line, then by the order of the names:
//! groups of members, States, organizations, topics, speakers, records, votes.
//!
//! Two bugs of fuzzy-matcher 0.3.7 decide how it is called. `fuzzy_match` keeps only two rows of its table, reads cells
//! from two rows earlier, and gives some lines a higher score than `fuzzy_indices`. And a matcher that is reused reads
//! bonuses of earlier lines, so that a score depends on what was matched before. So each score comes from `fuzzy_indices`
//! of a new matcher, and depends only on the word and the line.
//!
//! It is fast because a set of letters excludes most lines, only the lines of the best ranks are scored, an upper bound of
//! the score is computed in one pass over a line, and the matcher is called only for lines that can be among the best. `tests/search/find.rs` compares all that with a
//! simple implementation that calls it for every line.

mod also_called;
mod correct;
mod council;
mod dates;
mod haystack;
mod hit;
mod lines;
mod meaning;
mod near;
mod rank;
mod score;
mod typed;

use std::sync::atomic::AtomicBool;

use crate::facts;
use crate::library::Catalogue;
use crate::record::Symbol;

use also_called::Kind;
pub use also_called::is_filler;
pub use council::{council_entries, parse_day};
use haystack::{Haystack, NameKey};
pub use hit::{Hit, Hits, Named, Reading};
pub use meaning::Form;
use meaning::Term;
use near::Closeness;
use rank::{Ranked, Search, Wanted};
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
        let mut typed = TypedQuery::parse(query);
        // A date is nothing's name, whatever else its numbers could be.
        let pins = if typed.dates.is_empty() { self.pins(query, &typed) } else { Vec::new() };
        let (ranked, wanted) = self.ranked(&mut typed, limit, cancelled);
        let search = Search { hay: &self.haystack, typed: &typed, wanted, cancelled };
        let mut total = ranked.total;
        let mut hits: Vec<Hit> = Vec::new();
        for pin in &pins {
            // A page is an additional hit; a record or vote is one of the names, and already counted if it matches.
            total += usize::from(pin.page.is_some() || !search.is_match(pin.at));
            let (score, matched) = search.score_name(pin.at).unwrap_or_default();
            hits.extend(self.hit(pin.at, pin.page, score, matched));
        }
        let mut reading = match (wanted, ranked.best.first()) {
            _ if !pins.is_empty() => Reading::AsTyped,
            (Wanted::All, Some(first)) => self.corrected_in(&typed, first.at),
            (Wanted::AllButOne, Some(_)) => Reading::OneMissing,
            (Wanted::Letters, Some(_)) => Reading::Letters,
            (_, None) => Reading::AsTyped,
        };
        // With what the query names exactly, names that have its letters are no help.
        let others =
            if pins.is_empty() || wanted == Wanted::All { ranked.best } else { Vec::new() };
        if others.is_empty() && !pins.is_empty() {
            (total, reading) = (hits.len(), Reading::AsTyped);
        }
        for found in others {
            if !pins.iter().any(|pin| pin.page.is_none() && pin.at == found.at) {
                hits.extend(self.hit(found.at, None, found.score, found.matched));
            }
        }
        hits.truncate(limit);
        Hits { hits, total, reading }
    }

    /// The terms of a query with the forms by which each is looked for among these names, as typed first.
    pub fn terms(&self, query: &str) -> Vec<Vec<(Form, String)>> {
        let mut typed = TypedQuery::parse(query);
        self.ranked(&mut typed, 1, &AtomicBool::new(false));
        let forms =
            |term: Term| term.forms.into_iter().map(|form| (form.form, form.text)).collect();
        typed.meaning.terms.into_iter().map(forms).collect()
    }

    /// The names that have all terms; else with slips corrected; else those that lack one; else those that have the letters.
    fn ranked(
        &self,
        typed: &mut TypedQuery,
        limit: usize,
        cancelled: &AtomicBool,
    ) -> (Ranked, Wanted) {
        let hay = &self.haystack;
        let best = |typed: &TypedQuery, wanted: Wanted| {
            (Search { hay, typed, wanted, cancelled }.best_names(limit), wanted)
        };
        let mut found = best(typed, Wanted::All);
        if found.0.closeness != Some(Closeness::Whole) && self.correct(typed) {
            found = best(typed, Wanted::All);
        }
        if found.0.total == 0 && typed.meaning.terms.len() > 1 {
            found = best(typed, Wanted::AllButOne);
        }
        if found.0.total == 0 {
            found = best(typed, Wanted::Letters);
        }
        found
    }

    /// Adds corrections to the terms, and tells whether there are any.
    fn correct(&self, typed: &mut TypedQuery) -> bool {
        let hay = &self.haystack;
        let mut corrected = false;
        for term in typed.meaning.terms.iter_mut().filter(|term| !term.named) {
            let starts = near::any_starts(hay, term);
            corrected |= correct::add_corrections(hay, term, starts);
        }
        corrected
    }

    /// The words that are corrected in this name.
    fn corrected_in(&self, typed: &TypedQuery, at: usize) -> Reading {
        let hay = &self.haystack;
        let mut words = Vec::new();
        for term in &typed.meaning.terms {
            let form = near::match_term(hay, term, at).and_then(|found| term.forms.get(found.form));
            let Some(form) = form.filter(|form| form.form.is_corrected()) else { continue };
            let fold = hay.fold(at);
            let start = fold.find(&form.text).map_or(0, |start| fold[..start].chars().count());
            let shown = hay.line(at).chars().skip(start).take(form.text.chars().count()).collect();
            words.push((term.typed().to_owned(), shown));
        }
        if words.is_empty() { Reading::AsTyped } else { Reading::Corrected(words) }
    }

    /// What the query names exactly: a record by its symbol, with or without a page; a vote by the symbol or number of what
    /// was voted on; the record in which a presidential statement was made.
    ///
    /// A number alone is first that of a resolution, unless the query asks for a meeting.
    fn pins(&self, query: &str, typed: &TypedQuery) -> Vec<Pin> {
        // "Meeting 8668" is the record of 8668.
        let kind_named = typed.meaning.kind.is_some();
        let bare = if kind_named { typed.meaning.without_kinds() } else { query.trim().to_owned() };
        let mut pins = Vec::new();
        let with_year = bare.split_once('/').map(|(number, year)| format!("{number} ({year})"));
        let spellings = [query, &bare].into_iter().chain(with_year.as_deref());
        let vote = spellings.flat_map(facts::votes::by_reference).next();
        let vote = vote.filter(|_| typed.meaning.kind != Some(Kind::Record));
        if let Some(vote) = vote
            && let Some(at) = self.haystack.position(NameKey::Vote(vote.id))
        {
            pins.push(Pin { at, page: None });
        }
        let ordinal = bare.strip_suffix("th").or_else(|| bare.strip_suffix("st")).unwrap_or(&bare);
        let named = Symbol::parse_with_page(query)
            .or_else(|| Symbol::parse_with_page(&bare))
            .or_else(|| Symbol::parse_with_page(ordinal));
        if typed.meaning.kind != Some(Kind::Vote)
            && let Some((symbol, page)) = named
            && let Some(at) = self.record(&symbol)
        {
            pins.push(Pin { at, page });
        }
        if let Some(meeting) = facts::meetings::of_statement(query)
            && let Ok(symbol) = meeting.symbol.parse()
            && let Some(at) = self.record(&symbol)
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
