//! `B`: who cites the record, the statement, or the reference one stands on.

use crate::app::action::{Effect, Question};
use crate::app::backlinks;
use crate::app::card::Target;
use crate::app::cite::{self, Pages};
use crate::app::state::{Screen, State};
use crate::facts::votes;
use crate::library::references::{At, Citing, target_name};

use super::{ask, cards};

/// Asks who cites a document.
pub(super) fn of(state: &mut State, of: String, pages: Pages) -> Vec<Effect> {
    state.message = Some(format!("looking for what cites {of} \u{2026}"));
    ask(state, Question::Backlinks { of, pages })
}

/// In the text: of the reference Tab stands on, else of the record, its pages by this statement first.
pub(super) fn of_reading(state: &mut State) -> Vec<Effect> {
    let Some(Screen::Reader(reader)) = state.screens.last_mut() else { return Vec::new() };
    if let Some((shown, number)) = reader.reference
        && let Some((_, reference)) = reader.lines(shown).references.get(number)
    {
        let name = target_name(&reference.target).0;
        return of(state, name, None);
    }
    let pages = reader.statement().and_then(|s| {
        let last = s.paragraphs.len().saturating_sub(1);
        cite::pages(s, 0, last)
    });
    let name = reader.record.symbol.to_string();
    of(state, name, pages)
}

/// On a card: of the vote or meeting it is about.
pub(super) fn of_card(state: &mut State) -> Vec<Effect> {
    let Some(Screen::Card(card)) = state.screens.last() else { return Vec::new() };
    let width = state.geometry.columns.saturating_sub(3);
    let selected = card.rows(width).get(card.window.selected).map(|row| row.line);
    let line = selected.and_then(|line| card.lines.get(line));
    let of_line = match line.and_then(|l| l.target.as_ref()) {
        Some(Target::Vote(id)) => votes::get(*id).map(|v| v.reference.to_owned()),
        Some(Target::Meeting(symbol) | Target::Statement(symbol, _)) => Some(symbol.to_string()),
        Some(Target::Explanation { on, .. }) => Some(on.clone()),
        None => None,
    };
    let name = match card.voted() {
        Some(reference) => Some(reference.to_owned()),
        None => of_line.or_else(|| card.cited()),
    };
    match name {
        Some(name) => of(state, name, None),
        None => {
            state.message = Some("nothing on this card can be cited".to_owned());
            Vec::new()
        }
    }
}

/// The answer: a card on top.
pub(super) fn found(state: &mut State, of: &str, pages: Pages, found: &[At<Citing>]) {
    state.message = None;
    let card = backlinks::card(of, pages, found, &state.catalogue);
    cards::show(state, card);
}
