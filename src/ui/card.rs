//! Cards and help.

use ratatui::layout::Rect;

use crate::app::card::{Card, Weight};
use crate::app::help;
use crate::app::keymap::Context;
use crate::app::window::Window;

use super::paint::Pen;

/// A card; the selected link is marked and the cursor stands on it.
pub fn card(card: &Card, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
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
            let before = crate::app::wrap::columns(&row.text[..at]);
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

/// The keys of a screen.
pub fn help(context: Context, window: Window, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let lines = help::lines(context, body.width);
    let keys = help::key_columns(body.width);
    for (line, y) in lines.iter().skip(window.top).zip(body.y..body.bottom()) {
        if line.keys.is_empty() {
            pen.put(body.x + 2, y, body.width.saturating_sub(2), &line.words, theme.strong);
            continue;
        }
        pen.put(body.x + 2, y, keys, &line.keys, theme.plain);
        let x = body.x + 2 + keys + 2;
        pen.put(x, y, body.right().saturating_sub(x), &line.words, theme.plain);
    }
    Some((body.x, body.y))
}
