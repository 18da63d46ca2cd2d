//! The find screen: what is typed, and the best names with their matched letters.

use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::wrap::columns;
use crate::search::find::{Hit, Named};

use crate::ui::paint::Pen;

use super::state::Finder;

/// Draws the screen with at most this many rows of names; the cursor is in the input line.
pub(super) fn view(
    find: &Finder,
    rows: usize,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    pen.put(body.x, body.y, 2, "> ", theme.strong);
    let used =
        pen.put(body.x + 2, body.y, body.width.saturating_sub(3), find.line.text(), theme.plain);
    if find.line.text().is_empty() {
        let words = "a symbol, a name, a State, an item, a date, a resolution";
        pen.put(body.x + 2, body.y, body.width.saturating_sub(2), words, theme.faint);
    }
    let above = u16::try_from(find.rows_above()).unwrap_or(1);
    if let Some(remark) = find.remark() {
        pen.put(body.x + 2, body.y + 1, body.width.saturating_sub(2), &remark, theme.faint);
    }
    let window = find.window;
    let height = usize::from(body.height.saturating_sub(above)).min(rows);
    for (offset, hit) in find.hits.hits.iter().skip(window.top).take(height).enumerate() {
        let y = body.y + above + u16::try_from(offset).unwrap_or(0);
        let selected = window.top + offset == window.selected;
        row(hit, body, y, pen);
        if selected {
            pen.select(body.x, y, body.width);
        }
        // On a slow line no: every letter typed would give every row another mark.
        if !theme.mark && (selected || is_scattered(hit, find.line.text())) {
            let look = if selected { theme.reference } else { theme.matched };
            mark(hit, body.x + NAME, y, body.width.saturating_sub(NAME), look, pen);
        }
    }
    let left = columns(find.line.before_cursor()).min(usize::from(body.width.saturating_sub(3)));
    let x = body.x + 2 + u16::try_from(left).unwrap_or(used);
    Some((x, body.y))
}

/// The column of the name: after the sign of the selected row and the word for its kind.
const NAME: u16 = 10;

/// The kind is before the name, in a column that seldom changes from one letter typed to the next: after names
/// of all lengths it would be written again with each of them.
fn row(hit: &Hit, body: Rect, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    pen.put(body.x + 2, y, NAME - 3, label(&hit.named), theme.faint);
    let room = body.width.saturating_sub(NAME);
    pen.put(body.x + NAME, y, room, &hit.line, theme.plain);
}

/// Whether the letters are apart in the name. A word that is in it as it was typed is easily seen, and a mark
/// would only be written again in every row with every letter.
fn is_scattered(hit: &Hit, typed: &str) -> bool {
    let mut matched = hit.matched.clone();
    matched.sort_unstable();
    let runs = matched.chunk_by(|a, b| a + 1 >= *b).count();
    runs > typed.split_whitespace().count()
}

/// Gives the matched letters a look, by the columns they are in.
fn mark(hit: &Hit, x: u16, y: u16, room: u16, look: Style, pen: &mut Pen<'_>) {
    let mut at = 0u16;
    let mut chars = 0;
    for cluster in hit.line.graphemes(true) {
        let width = u16::try_from(columns(cluster)).unwrap_or(0);
        let count = cluster.chars().count();
        let matched = hit.matched.iter().any(|m| (chars..chars + count).contains(m));
        if matched && at + width <= room.saturating_sub(1) {
            pen.restyle(x + at, y, width, look);
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
        Named::Council(_) => "Council",
        Named::State(_) => "State",
        Named::Organization(_) => "org.",
        Named::Group(_) => "group",
        Named::Topic(_) => "item",
        Named::Vote(_) => "vote",
    }
}
