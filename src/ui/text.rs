//! The look of the lines of a text, and texts cut to their room.

use ratatui::style::Style;

use crate::app::page::{Line, Role};
use crate::app::reading_breaks::MARK;
use crate::app::wrap::columns;

use super::Theme;
use super::paint::Pen;

/// Draws a line of a text in its look, with a mark before it where a reading break is.
pub fn put_line(pen: &mut Pen<'_>, line: &Line, x: u16, y: u16, width: u16) {
    let style = style_of(line.role, pen.theme);
    if line.after_break && line.indent > 0 {
        pen.put(x, y, width, MARK, pen.theme.faint);
    }
    pen.put(x + line.indent, y, width.saturating_sub(line.indent), &line.text, style);
}

/// The look of a line.
#[must_use]
pub fn style_of(role: Role, theme: &Theme) -> Style {
    match role {
        Role::Heading | Role::Vote => theme.strong,
        Role::Note => theme.faint,
        Role::Direction => theme.direction,
        Role::Text | Role::Blank => theme.plain,
    }
}

/// The longest prefix of a text that fits into some columns.
#[must_use]
pub fn fitting(text: &str, room: u16) -> &str {
    let mut shown = text;
    while columns(shown) > usize::from(room) {
        let last = shown.char_indices().next_back().map_or(0, |(at, _)| at);
        shown = &shown[..last];
    }
    shown
}

/// The longest suffix of a text that fits into some columns, so that the cursor stays visible.
#[must_use]
pub fn tail(text: &str, room: u16) -> &str {
    let mut shown = text;
    while columns(shown) > usize::from(room) {
        let next = shown.char_indices().nth(1).map_or(shown.len(), |(at, _)| at);
        shown = &shown[next..];
    }
    shown
}
