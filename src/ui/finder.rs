//! The find screen: what is typed, and the best names with their matched letters.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::finder::Finder;
use crate::app::wrap::columns;
use crate::search::find::{Hit, Named};

use super::paint::Pen;

/// Draws the screen with at most so many rows of names; the cursor stands in the input line.
pub fn view(find: &Finder, rows: usize, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    pen.put(body.x, body.y, 2, "> ", theme.strong);
    let used =
        pen.put(body.x + 2, body.y, body.width.saturating_sub(3), find.line.text(), theme.plain);
    if find.line.text().is_empty() {
        let words = "a symbol, a name, a State, an item, a date, a resolution";
        pen.put(body.x + 2, body.y, body.width.saturating_sub(2), words, theme.faint);
    }
    let window = find.window;
    let height = usize::from(body.height.saturating_sub(1)).min(rows);
    for (offset, hit) in find.hits.hits.iter().skip(window.top).take(height).enumerate() {
        let y = body.y + 1 + u16::try_from(offset).unwrap_or(0);
        row(hit, body, y, pen);
        if window.top + offset == window.selected {
            pen.put(body.x, y, 1, ">", theme.strong);
        }
    }
    let left = columns(find.line.before_cursor()).min(usize::from(body.width.saturating_sub(3)));
    let x = body.x + 2 + u16::try_from(left).unwrap_or(used);
    Some((x, body.y))
}

fn row(hit: &Hit, body: Rect, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let faint = matches!(hit.named, Named::Record { text: false, .. });
    let style = if faint { theme.faint } else { theme.plain };
    let label = label(&hit.named);
    let right = body.right().saturating_sub(u16::try_from(label.len()).unwrap_or(0) + 1);
    let room = right.saturating_sub(body.x + 3);
    pen.put(body.x + 2, y, room, &hit.line, style);
    // On a slow line no: every letter typed would give every row another mark.
    if !theme.mark {
        mark(hit, body.x + 2, y, room, pen);
    }
    pen.put_right(body.right(), y, label, theme.faint);
}

/// Gives the matched letters their look, by the columns they stand in.
fn mark(hit: &Hit, x: u16, y: u16, room: u16, pen: &mut Pen<'_>) {
    let mut at = 0u16;
    let mut chars = 0;
    for cluster in hit.line.graphemes(true) {
        let width = u16::try_from(columns(cluster)).unwrap_or(0);
        let count = cluster.chars().count();
        let matched = hit.matched.iter().any(|m| (chars..chars + count).contains(m));
        if matched && at + width <= room.saturating_sub(1) {
            pen.restyle(x + at, y, width, pen.theme.matched);
        }
        at = at.saturating_add(width);
        chars += count;
    }
}

/// What kind of thing a hit is.
fn label(named: &Named) -> &'static str {
    match named {
        Named::Record { text: true, .. } => "record",
        Named::Record { text: false, .. } => "no text",
        Named::Page { .. } => "page",
        Named::Speaker { .. } => "speaker",
        Named::State(_) => "State",
        Named::Organization(_) => "organization",
        Named::Group(_) => "group",
        Named::Topic(_) => "item",
        Named::Vote(_) => "vote",
    }
}
