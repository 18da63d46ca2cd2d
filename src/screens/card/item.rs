//! The card of an agenda item: all meetings on it, the latest first, with what came of each.

use super::state::{Card, MOST_LINES};
use crate::app::card_line::{Target, Weight};
use crate::app::item::{Item, OnItem, meetings_on_item_of};
use crate::app::number::thousands;
use crate::facts::known;
use crate::library::Catalogue;
use crate::record::Symbol;

/// The most bytes of a heading that the title line has room for on a usual screen.
const LONG: usize = 60;

/// The card of the item that a meeting is on; `None` where its item is not known.
pub fn card(of: &Symbol, catalogue: &Catalogue) -> Option<Card> {
    let item = meetings_on_item_of(of, catalogue)?;
    let count = item.meetings.len();
    let many = if count == 1 { "meeting" } else { "meetings" };
    let mut card = Card::new(format!("Item: {}", item.heading));
    card.exercise = item.coverage.exercise;
    // The title line has room for most headings.
    if item.heading.len() > LONG {
        card.push(Weight::Strong, item.heading.as_ref());
    }
    card.push(Weight::Plain, format!("{} {many} on this item", thousands(count)));
    coverage(&mut card, &item);
    card.gap();
    for meeting in item.meetings.iter().take(MOST_LINES) {
        let this = meeting.symbol == *of;
        card.link(line(meeting, this), Target::Meeting(meeting.symbol.clone()));
    }
    if count > MOST_LINES {
        let words =
            format!("{} earlier meetings are not shown here", thousands(count - MOST_LINES));
        card.push(Weight::Faint, words);
    }
    if item.meetings.iter().any(|meeting| meeting.other_heading.is_some()) {
        card.gap();
        card.push(
            Weight::Faint,
            "The same item is the same heading, with or without what is in brackets.",
        );
    }
    Some(card)
}

/// What the list was drawn from.
fn coverage(card: &mut Card, item: &Item) {
    let words = item.coverage.words("known records on this item");
    card.push(Weight::Faint, format!("In your library: {words}."));
    if !item.coverage.exercise {
        card.push(Weight::Faint, format!("Meetings: {}.", known::sentence()));
    }
}

/// A meeting: day, symbol, whether it is the one the list was asked for or its text is here, and what came of it.
fn line(meeting: &OnItem, this: bool) -> String {
    let here = match (this, meeting.here) {
        (true, _) => "this",
        (false, true) => "text",
        (false, false) => "",
    };
    let symbol = meeting.symbol.to_string().replace(" (Resumption ", " R").replace(')', "");
    let mut words = meeting.outcomes.join("; ");
    if let Some(heading) = &meeting.other_heading {
        let gap = if words.is_empty() { "" } else { "  " };
        words = format!("{words}{gap}[{heading}]");
    }
    format!("{}\t{symbol}\t{here}\t{words}", meeting.date)
}
