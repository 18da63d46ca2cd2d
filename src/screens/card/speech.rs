//! A card in lines.

use std::ops::Range;

use crate::app::fetching::HOST;
use crate::app::shared::Shared;
use crate::screens::behaviour::Speech;
use crate::screens::speech::sentence;

use super::state::Card;

impl Speech for Card {
    fn place_name(&self) -> String {
        self.title.clone()
    }

    fn line_count(&self) -> Option<usize> {
        Some(said(self).len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        said(self).into_iter().skip(range.start).take(range.len()).collect()
    }

    fn summary(&self) -> Vec<String> {
        vec![sentence(self.title.clone())]
    }

    fn choose(&mut self, number: u32, _said: usize, shared: &Shared) -> bool {
        self.select_link((number as usize).wrapping_sub(1), shared.geometry)
    }
}

/// The lines of a card, its links numbered.
fn said(card: &Card) -> Vec<String> {
    let mut lines = vec![format!("{}.", card.title)];
    let mut links = 0;
    for line in card.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let cells = line.text.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
        let text = cells.collect::<Vec<_>>().join(", ");
        if line.target.is_some() {
            links += 1;
            lines.push(format!("{links}. {text}"));
        } else {
            lines.push(text);
        }
    }
    if card.missing.is_some() && card.may_fetch {
        lines.push(format!("The word fetch gets it from {HOST}."));
    }
    lines
}
