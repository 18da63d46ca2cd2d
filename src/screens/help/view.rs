//! The keys of a screen.

use ratatui::layout::Rect;

use crate::app::help::{key_columns, lines};
use crate::ui::paint::Pen;

use super::state::Help;

/// The keys of a screen.
pub(super) fn view(help: &Help, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let lines = lines(help.context, body.width);
    let keys = key_columns(body.width);
    for (line, y) in lines.iter().skip(help.window.top).zip(body.y..body.bottom()) {
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
