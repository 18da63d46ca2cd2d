//! Backlinks: which records cite a document, counted and listed as a card.

use super::card::{Card, Target, Weight};
use super::cite::Pages;
use crate::library::Catalogue;
use crate::library::references::{At, Citing};

/// The most references a card lists; `spv refs --back` prints all.
const MOST: usize = 500;

/// The card of what cites a document. Where one stands on a statement, `pages` are its own, and the
/// references that name one of them stand first.
#[must_use]
pub fn card(of: &str, pages: Pages, found: &[At<Citing>], catalogue: &Catalogue) -> Card {
    let mut card = Card::new(format!("Who cites {of}"));
    let found: Vec<&At<Citing>> = found.iter().filter(|at| at.symbol.to_string() != of).collect();
    let records = found.chunk_by(|a, b| a.symbol == b.symbol).count();
    let named = |at: &&&At<Citing>| {
        pages.zip(at.what.cites_page).is_some_and(|((first, last), p)| (first..=last).contains(&p))
    };
    let here: Vec<&At<Citing>> = found.iter().filter(named).copied().collect();
    if found.is_empty() {
        card.push(Weight::Plain, "No other record in this library cites it.");
        return card;
    }
    let times = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let count = if records == 1 { "1 record".to_owned() } else { format!("{records} records") };
    card.push(Weight::Strong, format!("Cited {} in {count}", times(found.len())));
    if !here.is_empty() {
        card.gap();
        card.push(
            Weight::Strong,
            format!("Of these {} by a page of this statement", times(here.len())),
        );
        list(&mut card, &here, catalogue);
    }
    let rest: Vec<&At<Citing>> =
        found.iter().filter(|at| !here.iter().any(|h| std::ptr::eq(*h, **at))).copied().collect();
    if !rest.is_empty() {
        card.gap();
        list(&mut card, &rest[rest.len().saturating_sub(MOST)..], catalogue);
    }
    if rest.len() > MOST {
        let more = rest.len() - MOST;
        card.push(Weight::Faint, format!("{more} earlier ones: spv refs --back \"{of}\""));
    }
    card
}

/// One link a statement: day, record, page, speaker, and the words of the references in it.
fn list(card: &mut Card, found: &[&At<Citing>], catalogue: &Catalogue) {
    let same = |a: &&At<Citing>, b: &&At<Citing>| {
        a.symbol == b.symbol && a.what.statement == b.what.statement
    };
    for group in found.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let page = first.what.page.map_or(String::new(), |p| format!(", p. {p}"));
        let editions = catalogue.editions(&first.symbol);
        let entry = editions.iter().find(|e| e.language == first.language);
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
