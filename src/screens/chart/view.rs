//! Draws a chart: what is counted, the queries, the graph, and what it was drawn from; or the table.

use ratatui::layout::Rect;

use crate::app::chart::{letter, title};
use crate::app::wrap::columns;
use crate::ui::chart::{Look, draw};
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::{ChartScreen, Shape};

/// Draws the screen; the cursor is on the selected point or row.
pub(super) fn view(screen: &ChartScreen, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let Some(chart) = &screen.chart else {
        pen.put(body.x, body.y, body.width, "counting \u{2026}", theme.faint);
        return None;
    };
    if let Some(why) = &chart.why {
        pen.put(body.x, body.y, body.width, why, theme.plain);
        return None;
    }
    if screen.shape == Shape::Table {
        return table(screen, body, pen);
    }
    let width = usize::from(body.width);
    let [above, graph, below] = parts(screen, usize::from(body.height), width).map(narrow);
    pen.put(body.x, body.y, body.width, &title(chart, screen.rate), theme.strong);
    for (row, y) in names(screen, width).iter().zip(body.y + 1..body.y + above) {
        let mut x = body.x;
        for (series, words) in row {
            let look = theme.series(*series);
            x += pen.put(x, y, body.right().saturating_sub(x), words, look) + 3;
        }
    }
    let area = Rect { y: body.y + above, height: graph, ..body };
    let look = Look {
        bars: screen.shape == Shape::Bars,
        rate: screen.rate,
        selected: screen.selected(),
        top: screen.window.top,
    };
    let cursor = if chart.is_empty() {
        pen.put(area.x, area.y, area.width, "No statement has all of this.", theme.plain);
        None
    } else {
        draw(chart, look, area, pen)
    };
    for (row, y) in screen.note_rows.iter().zip(area.bottom()..area.bottom() + below) {
        pen.put(body.x, y, body.width, row, theme.faint);
    }
    cursor
}

/// Rows above the graph, of the graph, and below it. A graph has half of the screen and more.
pub(super) fn parts(screen: &ChartScreen, body: usize, width: usize) -> [usize; 3] {
    let above = (1 + names(screen, width).len()).min(body / 3).max(1);
    let below = screen.note_rows.len().min(body.saturating_sub(above) * 2 / 5);
    [above, body.saturating_sub(above + below), below]
}

/// The queries with their letters, as many in a row as have room; nothing where the title names the only one.
fn names(screen: &ChartScreen, width: usize) -> Vec<Vec<(usize, String)>> {
    let Some(chart) = screen.chart.as_ref().filter(|chart| chart.series.len() > 1) else {
        return Vec::new();
    };
    let mut rows: Vec<Vec<(usize, String)>> = Vec::new();
    let mut used = width;
    for (n, series) in chart.series.iter().enumerate() {
        let words = format!("{} {}", letter(n), series.query);
        let long = columns(&words) + 3;
        if used + long > width + 3 {
            rows.push(Vec::new());
            used = 0;
        }
        used += long;
        if let Some(row) = rows.last_mut() {
            row.push((n, words));
        }
    }
    rows
}

/// The table: its head, and the rows in the window; what is said of the chart comes below the last.
fn table(screen: &ChartScreen, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let table = &screen.table;
    let list = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    let mut wide = screen.widths.clone();
    if let Some(first) = wide.first_mut() {
        *first = (*first).min(usize::from(body.width) * 2 / 5);
    }
    let fixed = table.texts.min(table.head.len());
    let shown = |column: usize| column < fixed || column >= fixed + screen.column;
    let put = |cells: &[String], y: u16, strong: bool, pen: &mut Pen<'_>| {
        let style = if strong { theme.strong } else { theme.plain };
        let mut x = body.x + 2;
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| shown(*column)) {
            let room = narrow(wide.get(column).copied().unwrap_or(0));
            if x + room > body.right() {
                break;
            }
            if column < fixed {
                pen.put(x, y, room, cell, style);
            } else {
                let blank = room.saturating_sub(narrow(columns(cell)));
                pen.put(x + blank, y, room - blank, cell, style);
            }
            x += room + 2;
        }
    };
    put(&table.head, body.y, true, pen);
    rows(screen.window, screen.rows(), list, pen, |row, y, pen| match table.rows.get(row) {
        Some(cells) => put(cells, y, false, pen),
        None => {
            let note =
                row.checked_sub(table.rows.len() + 1).and_then(|at| screen.note_rows.get(at));
            if let Some(note) = note {
                pen.put(body.x + 2, y, body.width.saturating_sub(2), note, theme.faint);
            }
        }
    })
}

fn narrow(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
