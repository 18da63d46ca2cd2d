//! The statements of a speaker, State, organization or topic.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::listed::Listed;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::Answers;

/// Statements found, newest first.
pub(super) fn view(list: &Answers, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    if list.rows.is_empty() && !list.waiting {
        let words = match list.all.len() {
            0 => "No statement of theirs is in this library.",
            _ => "No statement here has these words.",
        };
        pen.put(body.x + 2, body.y, body.width.saturating_sub(2), words, theme.faint);
    }
    rows(list.window, list.rows.len(), body, pen, |row, y, pen| {
        answer_row(&list.rows[row], body, y, theme.plain, pen);
    })
}

fn answer_row(listed: &Listed, body: Rect, y: u16, style: Style, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let narrow = body.width < 60;
    pen.put(body.x + 1, y, 10, &listed.date.to_string(), style);
    let symbol = listed.symbol.to_string().replace(" (Resumption ", " R").replace(')', "");
    let room = if narrow { 12 } else { 15 };
    pen.put(body.x + 12, y, room, &symbol, style);
    let x = body.x + 13 + room;
    if narrow {
        pen.put(x, y, body.right().saturating_sub(x), &listed.name, style);
        return;
    }
    let taken = pen.put(x, y, 20, &listed.name, style);
    let rest = x + taken.max(18) + 2;
    let right = body.right().saturating_sub(7);
    pen.put(rest, y, right.saturating_sub(rest), &listed.topic, theme.faint);
    pen.put_right(body.right() - 1, y, &listed.words.to_string(), style);
}
