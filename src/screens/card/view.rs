//! A card.

use ratatui::layout::Rect;

use crate::app::card_line::Weight;
use crate::app::wrap::columns;
use crate::ui::paint::Pen;

use super::state::Card;

/// A card; the selected link is marked and the cursor is on it.
pub(super) fn view(card: &Card, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let mut cursor = None;
    let rows = card.rows(body.width.saturating_sub(3));
    for ((index, row), y) in
        rows.iter().enumerate().skip(card.window.top).zip(body.y..body.bottom())
    {
        let line = &card.lines[row.line];
        let style = match line.weight {
            Weight::Strong => theme.strong,
            Weight::Plain => theme.plain,
            Weight::Faint => theme.faint,
        };
        let x = if card.flush { body.x } else { body.x + 2 + row.indent };
        let taken = pen.put(x, y, body.right().saturating_sub(x), &row.text, style);
        if let Some(at) = row.text.find("VETO") {
            let before = columns(&row.text[..at]);
            pen.restyle(x + u16::try_from(before).unwrap_or(0), y, 4, theme.alert);
        }
        if line.target.is_some() {
            pen.restyle(x, y, taken, style.patch(theme.reference));
            if index == card.window.selected {
                pen.put(body.x, y, 1, ">", theme.strong);
                cursor = Some((body.x, y));
            }
        }
    }
    cursor
}
