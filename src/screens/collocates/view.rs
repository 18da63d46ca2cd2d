//! The words beside the occurrences, with the counts by which they are ordered.
//!
//! ```text
//! 2596 matches in 2160 statements; 24899 words at most 5 before or after them, …
//!   word                   beside  expected     in all  likelihood
//!   irini                     436      0.23        646     6133.18
//! ```

use ratatui::layout::Rect;

use crate::app::wrap::wrap;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::CollocateList;

/// Rows above the list: what was counted, and the names of the columns.
pub(super) const ABOVE: usize = 3;

/// Draws the list; the cursor is on the selected row.
pub(super) fn view(list: &CollocateList, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let totals = list.found.words();
    for (row, y) in wrap(&totals, body.width.max(1)).iter().zip(body.y..body.y + 2) {
        // The second row has the rest, which is cut.
        let end = if y > body.y { totals.len() } else { row.end };
        pen.put(body.x, y, body.width, totals[row.start..end].trim_end(), theme.plain);
    }
    let head = ["word", "beside", "expected", "in all", "likelihood"].map(str::to_owned);
    columns(&head, Rect { y: body.y + 2, height: 1, ..body }, theme.faint, pen);
    let above = u16::try_from(ABOVE).unwrap_or(3);
    let area = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
    if list.found.rows.is_empty() {
        let words = "No word is beside it twice and more often than elsewhere.";
        pen.put(area.x + 2, area.y, area.width.saturating_sub(2), words, theme.faint);
    }
    rows(list.window, list.found.rows.len(), area, pen, |row, y, pen| {
        if let Some(row) = list.found.rows.get(row) {
            let cells = [
                row.word.clone(),
                row.observed.to_string(),
                format!("{:.2}", row.expected),
                row.frequency.to_string(),
                format!("{:.2}", row.likelihood),
            ];
            columns(&cells, Rect { y, height: 1, ..body }, theme.plain, pen);
        }
    })
}

/// A row: the word, and the numbers there is room for; the likelihood, by which the list is ordered, always.
fn columns(cells: &[String; 5], row: Rect, style: ratatui::style::Style, pen: &mut Pen<'_>) {
    let narrow = row.width < 60;
    let word = if narrow { row.width.saturating_sub(22) } else { (row.width / 3).min(30) };
    pen.put(row.x + 2, row.y, word, &cells[0], style);
    let mut right = row.x + 2 + word + 7;
    pen.put_right(right, row.y, &cells[1], style);
    if !narrow {
        pen.put_right(right + 11, row.y, &cells[2], style);
        right += 22;
        pen.put_right(right, row.y, &cells[3], style);
    }
    pen.put_right(right + 12, row.y, &cells[4], style);
}
