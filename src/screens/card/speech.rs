//! A card in lines.

use super::state::Card;

/// The lines of a card, its links numbered.
pub(super) fn lines(card: &Card) -> Vec<String> {
    let mut lines = vec![format!("{}.", card.title)];
    let mut links = 0;
    for line in card.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let text = line.text.trim();
        if line.target.is_some() {
            links += 1;
            lines.push(format!("{links}. {text}"));
        } else {
            lines.push(text.to_owned());
        }
    }
    lines
}
