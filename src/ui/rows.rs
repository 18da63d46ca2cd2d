//! The rows of a list.

use ratatui::layout::Rect;

use crate::app::window::Window;

use super::paint::Pen;

/// Draws the rows of a window and the selection; returns where the selection is.
pub fn rows(
    window: Window,
    len: usize,
    area: Rect,
    pen: &mut Pen<'_>,
    mut draw: impl FnMut(usize, u16, &mut Pen<'_>),
) -> Option<(u16, u16)> {
    let mut cursor = None;
    for row in (window.top..len).take(usize::from(area.height)) {
        let y = area.y + u16::try_from(row - window.top).unwrap_or(0);
        draw(row, y, pen);
        if row == window.selected {
            pen.select(area.x, y, area.width);
            cursor = Some((area.x, y));
        }
    }
    cursor
}
