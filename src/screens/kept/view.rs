//! The kept queries, and the selected one whole below them.
//!
//! ```text
//!   grain and ports             3 new       12  grain near/5 port*
//!   veto                            -    1,204  veto state:France
//!
//!   grain near/5 port*
//!   12 statements, 3 new since 2026-11-30.
//! ```

use ratatui::layout::Rect;

use crate::app::kept::{KeptFound, KeptRow};
use crate::app::number::thousands;
use crate::app::shared::Shared;
use crate::app::wrap::wrap;
use crate::screens::behaviour::Behaviour as _;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::speech::found;
use super::state::Kept;

/// Rows below the list: one empty, and the selected query.
pub(super) const BELOW: usize = 6;

/// The list and the query that is selected.
pub(super) fn view(
    shared: &Shared,
    list: &Kept,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let height = u16::try_from(list.list_height(shared)).unwrap_or(body.height).min(body.height);
    if list.rows.is_empty() {
        let words = "No query is kept any more; u puts one back.";
        pen.put(body.x + 2, body.y, body.width.saturating_sub(2), words, theme.faint);
    }
    let area = Rect { height, ..body };
    let cursor = rows(list.window, list.rows.len(), area, pen, |row, y, pen| {
        if let Some(row) = list.rows.get(row) {
            kept_row(row, body, y, pen);
        }
    });
    let below =
        Rect { y: area.bottom() + 1, height: body.height.saturating_sub(height + 1), ..body };
    if let Some(row) = list.selected() {
        let width = below.width.saturating_sub(3).max(1);
        let mut y = below.y;
        for (text, style) in [(row.kept.query.trim(), theme.plain), (&found(row), theme.faint)] {
            for line in wrap(text, width).iter().take(3) {
                if y < below.bottom() {
                    pen.put(below.x + 2, y, width, text[line.start..line.end].trim_end(), style);
                    y += 1;
                }
            }
        }
    }
    cursor
}

fn kept_row(row: &KeptRow, body: Rect, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let narrow = body.width < 60;
    let name = if narrow { body.width.saturating_sub(21) } else { (body.width / 3).min(40) };
    pen.put(body.x + 2, y, name, &row.kept.name, theme.plain);
    let new = body.x + 2 + name + 10;
    let all = new + 8;
    match &row.found {
        KeptFound::Awaited => pen.put_right(new, y, "\u{2026}", theme.faint),
        KeptFound::Trouble(_) => pen.put_right(new, y, "not asked", theme.alert),
        KeptFound::Counted { statements, new: count } => {
            match count {
                0 => pen.put_right(new, y, "-", theme.faint),
                n => pen.put_right(new, y, &format!("{} new", thousands(*n)), theme.strong),
            }
            pen.put_right(all, y, &thousands(*statements), theme.plain);
        }
    }
    if !narrow {
        let room = body.right().saturating_sub(all + 3);
        pen.put(all + 2, y, room, row.kept.query.trim(), theme.faint);
    }
}
