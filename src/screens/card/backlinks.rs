//! Backlinks: which records cite a document, counted and listed as a card.

use std::collections::{HashMap, HashSet};

use super::state::Card;
use crate::app::card_line::{Target, Weight};
use crate::app::cite::Pages;
use crate::library::references::{At, Citing};
use crate::library::{Catalogue, Entry};
use crate::record::{Language, Symbol};

/// The most references a card lists; `spv refs --back` prints all.
const MOST: usize = 500;

/// The card of what cites a document. Where a statement is read, `pages` are its own, and the
/// references that name one of them come first.
pub fn card(of: &str, pages: Pages, found: &[At<Citing>], catalogue: &Catalogue) -> Card {
    let mut card = Card::new(format!("Who cites {of}"));
    let own: Option<Symbol> = of.parse().ok();
    let found: Vec<&At<Citing>> =
        found.iter().filter(|at| own.as_ref() != Some(&at.symbol)).collect();
    if found.is_empty() {
        card.push(Weight::Plain, "No other record in this library cites it.");
        return card;
    }
    let records = found.chunk_by(|a, b| a.symbol == b.symbol).count();
    let times = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let count = if records == 1 { "1 record".to_owned() } else { format!("{records} records") };
    card.push(Weight::Strong, format!("Cited {} in {count}", times(found.len())));
    let named = |at: &&At<Citing>| {
        pages.zip(at.what.cites_page).is_some_and(|((first, last), p)| (first..=last).contains(&p))
    };
    let (here, rest): (Vec<&At<Citing>>, Vec<&At<Citing>>) = found.into_iter().partition(named);
    if !here.is_empty() {
        card.gap();
        card.push(
            Weight::Strong,
            format!("Of these {} by a page of this statement", times(here.len())),
        );
        list(&mut card, latest(&here), catalogue);
    }
    if !rest.is_empty() {
        card.gap();
        list(&mut card, latest(&rest), catalogue);
    }
    let more = here.len().saturating_sub(MOST) + rest.len().saturating_sub(MOST);
    if more > 0 {
        card.push(Weight::Faint, format!("{more} earlier ones: spv refs --back \"{of}\""));
    }
    card
}

/// The last ones of a list that is too long for a card.
fn latest<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(MOST)..]
}

/// One link a statement: day, record, page, speaker, and the words of the references in it.
fn list(card: &mut Card, found: &[&At<Citing>], catalogue: &Catalogue) {
    let same = |a: &&At<Citing>, b: &&At<Citing>| {
        a.symbol == b.symbol && a.what.statement == b.what.statement
    };
    // One look through the catalogue finds them all: each for itself would look through it again.
    let cited: HashSet<&Symbol> = found.iter().map(|at| &at.symbol).collect();
    let entries: HashMap<(&Symbol, &Language), &Entry> = catalogue
        .entries
        .iter()
        .filter(|e| cited.contains(&e.symbol))
        .map(|e| ((&e.symbol, &e.language), e))
        .collect();
    for group in found.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let page = first.what.page.map_or(String::new(), |p| format!(", p. {p}"));
        let entry = entries.get(&(&first.symbol, &first.language));
        let heading =
            entry.and_then(|e| catalogue.headings(e).find(|h| h.number == first.what.statement));
        let who = heading.map_or(String::new(), |h| {
            let of = h.state.or(h.organization).map_or(String::new(), |of| format!(" ({of})"));
            format!("  {}{of}", h.name)
        });
        let mut words: Vec<String> = Vec::new();
        for at in group {
            let printed = format!("\u{201C}{}\u{201D}", at.what.printed);
            if !words.contains(&printed) {
                words.push(printed);
            }
        }
        card.link(
            format!("{}  {}{page}{who}: {}", first.date, first.symbol, words.join(", ")),
            Target::Statement(first.symbol.clone(), first.what.statement),
        );
    }
}
