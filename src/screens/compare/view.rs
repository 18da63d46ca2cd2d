//! Two statements, side by side where there is room, else above one another.
//!
//! ```text
//! Kazakhstan · 19 November 2019 · p. 2      │ Kazakhstan · 3 March 2020 · p. 7
//!     The words of the one …                │     The words of the other …
//! ```

use ratatui::layout::Rect;

use crate::app::geometry::Geometry;
use crate::app::number::long_date;
use crate::screens::reading::state::Reader;
use crate::screens::reading::view::marks;
use crate::ui::paint::Pen;
use crate::ui::text::put_line;

use super::state::{Compare, MARGIN, Side};

/// Draws both; the cursor is on the side that moves.
pub(super) fn view(
    geometry: Geometry,
    compare: &Compare,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let (first, second) = areas(geometry, body);
    side(&compare.first, first, compare.side != Side::Second, pen);
    side(&compare.second, second, compare.side != Side::First, pen);
    if Compare::beside(geometry) {
        for y in body.y..body.bottom() {
            pen.put(second.x.saturating_sub(1), y, 1, "\u{2502}", pen.theme.faint);
        }
    }
    let at = if compare.side == Side::Second { second } else { first };
    Some((at.x, at.y))
}

fn areas(geometry: Geometry, body: Rect) -> (Rect, Rect) {
    if Compare::beside(geometry) {
        let half = body.width / 2;
        let second = Rect { x: body.x + half, width: body.width - half, ..body };
        return (Rect { width: half.saturating_sub(1), ..body }, second);
    }
    let first = u16::try_from(Compare::heights(geometry).0).unwrap_or(body.height / 2);
    let below = Rect { y: body.y + first, height: body.height.saturating_sub(first), ..body };
    (Rect { height: first, ..body }, below)
}

fn side(reader: &Reader, area: Rect, moves: bool, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let who = reader.statement().map_or(String::new(), |s| {
        let who = s.speaker.spoken_for().unwrap_or(&s.speaker.name);
        format!("{who} \u{b7} ")
    });
    let page = reader.page().map_or(String::new(), |p| format!(" \u{b7} p. {p}"));
    let head =
        format!("{who}{}{page} \u{b7} {}", long_date(reader.record.date), reader.record.symbol);
    let style = if moves { theme.title } else { theme.faint };
    pen.put(area.x, area.y, area.width, &head, style);
    let x = area.x + MARGIN;
    let rows = area.y + 1..area.bottom();
    for ((pos, line), y) in reader.visible().into_iter().zip(rows) {
        if let Some(page) = line.page {
            pen.put_right(x - 1, y, &page.to_string(), theme.faint);
        }
        put_line(pen, line, x, y, area.right().saturating_sub(x));
        marks(reader, pos, line, x, y, pen);
    }
}
