//! The statements that are most like another, and the words that the selected one shares below them.
//!
//! ```text
//! 12 by others, 3 by Kazakhstan; compared with 1,204 statements held, …
//!   2019-11-19 S/PV.8668       15 of 25  other  Peru · Mr. Made
//!   2014-02-03 S/PV.7101        9 of 25  same   Kazakhstan · Mr. Abdrakhmanov
//!
//!   similar passage on 2019-11-19, S/PV.8668, statement 4, p. 3, Mr. Made (Peru)
//!   shares 15 of 25: grain, ports, …
//!   … the words around the first of them …
//! ```

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::shared::Shared;
use crate::app::wrap::{columns, wrap};
use crate::screens::behaviour::Behaviour as _;
use crate::search::similar::Similar;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::SimilarList;

/// Rows below the list: one empty, and the selected statement.
pub(super) fn below(shared: &Shared) -> usize {
    (shared.geometry.body() / 2).clamp(4, 10)
}

/// The list and the statement that is selected.
pub(super) fn view(
    list: &SimilarList,
    shared: &Shared,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    pen.put(body.x, body.y, body.width, &list.totals(), theme.plain);
    let height = u16::try_from(list.list_height(shared)).unwrap_or(body.height);
    let area = Rect { y: body.y + 1, height: height.min(body.height.saturating_sub(1)), ..body };
    let cursor = rows(list.window, list.count(), area, pen, |row, y, pen| {
        if let Some((one, same)) = list.row(row) {
            similar_row(list, one, same, Rect { y, height: 1, ..body }, pen);
        }
    });
    let mut at = Rect {
        x: body.x + 2,
        y: area.bottom() + 1,
        width: body.width.saturating_sub(3).max(1),
        height: body.bottom().saturating_sub(area.bottom() + 1),
    };
    if let Some((one, _)) = list.row(list.window.selected) {
        paragraph(&one.heading(), &[], theme.strong, 2, &mut at, pen);
        paragraph(&list.shares(one), &[], theme.faint, 3, &mut at, pen);
        paragraph(&one.snippet, &one.marks, theme.plain, u16::MAX, &mut at, pen);
    }
    cursor
}

fn similar_row(list: &SimilarList, one: &Similar, same: bool, row: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let narrow = row.width < 60;
    let symbol = one.symbol.to_string().replace(" (Resumption ", " R").replace(')', "");
    pen.put(row.x + 2, row.y, 10, &one.date.to_string(), theme.plain);
    pen.put(row.x + 13, row.y, if narrow { 12 } else { 15 }, &symbol, theme.plain);
    let group = if same { "same" } else { "other" };
    if narrow {
        pen.put_right(row.x + 29, row.y, &one.shared.len().to_string(), theme.plain);
        pen.put(row.x + 31, row.y, row.right().saturating_sub(row.x + 31), group, theme.faint);
        return;
    }
    let shared = format!("{} of {}", one.shared.len(), list.found.words.len());
    pen.put_right(row.x + 37, row.y, &shared, theme.plain);
    pen.put(row.x + 39, row.y, 5, group, if same { theme.strong } else { theme.faint });
    let of = one.state.as_deref().or(one.organization.as_deref());
    let who = of.map_or(one.speaker.clone(), |of| format!("{of} \u{b7} {}", one.speaker));
    pen.put(row.x + 46, row.y, row.right().saturating_sub(row.x + 46), &who, theme.plain);
}

/// Writes a text into at most `most` rows of what is left of an area, with some of its bytes marked.
fn paragraph(
    text: &str,
    marks: &[Range<usize>],
    style: Style,
    most: u16,
    area: &mut Rect,
    pen: &mut Pen<'_>,
) {
    let theme = *pen.theme;
    let most = usize::from(most.min(area.height));
    for row in wrap(text, area.width).iter().take(most) {
        let shown = text.get(row.start..row.end).unwrap_or("");
        pen.put(area.x, area.y, area.width, shown.trim_end(), style);
        for mark in marks.iter().filter(|mark| mark.start < row.end && mark.end > row.start) {
            let (start, end) = (mark.start.max(row.start), mark.end.min(row.end));
            let wide = |part: Option<&str>| u16::try_from(part.map_or(0, columns)).unwrap_or(0);
            let x = area.x + wide(text.get(row.start..start));
            pen.restyle(x, area.y, wide(text.get(start..end)), theme.matched);
        }
        area.y += 1;
        area.height -= 1;
    }
}
