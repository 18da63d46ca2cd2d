//! The one way text gets into a buffer: harmless, cut to its room, wide characters whole.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::wrap::columns;
use crate::record::harmless;

use super::Theme;

/// The most bytes of a character that are drawn; the longest emoji have half as many. A cluster may be as long
/// as the text, and would be sent to the terminal with every frame.
const CLUSTER: usize = 64;

/// What is drawn instead of one that is longer.
const REPLACED: &str = "\u{FFFD}";

/// As much of a text as may be seen in some columns, and whether that is all of it.
fn visible_prefix(text: &str, room: u16) -> (&str, bool) {
    let end = text.floor_char_boundary((usize::from(room) + 1) * CLUSTER);
    (&text[..end], end == text.len())
}

/// Draws into a part of a buffer; nothing is ever drawn outside it.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    /// The looks.
    pub theme: &'a Theme,
}

impl<'a> Pen<'a> {
    /// A pen for an area of a buffer.
    pub fn new(buffer: &'a mut Buffer, area: Rect, theme: &'a Theme) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, theme }
    }

    /// Writes a text in at most `room` columns and returns how many it took. A text too long ends
    /// in an ellipsis.
    pub fn put(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let (text, whole) = visible_prefix(text, room);
        let text = harmless::line(text);
        if whole && columns(&text) <= usize::from(room) {
            return self.write(x, y, room, &text, style);
        }
        let taken = self.write(x, y, room.saturating_sub(1), &text, style);
        if room > 0 {
            self.write(x + taken, y, 1, "…", style);
        }
        (taken + 1).min(room)
    }

    /// Writes a text that ends at column `right`.
    pub fn put_right(&mut self, right: u16, y: u16, text: &str, style: Style) {
        let (seen, _) = visible_prefix(text, right);
        let width = u16::try_from(columns(seen)).unwrap_or(u16::MAX);
        self.put(right.saturating_sub(width), y, width.min(right), text, style);
    }

    /// Gives some columns of a row another look; their text stays.
    pub fn restyle(&mut self, x: u16, y: u16, width: u16, style: Style) {
        let row = Rect { x, y, width, height: 1 }.intersection(self.area);
        self.buffer.set_style(row, style);
    }

    /// Draws a widget that has no text of a record into a part.
    pub fn widget(&mut self, part: Rect, widget: impl Widget) {
        widget.render(part.intersection(self.area), self.buffer);
    }

    /// Gives each cell of a part another symbol or look.
    pub fn change(&mut self, part: Rect, mut change: impl FnMut(u16, u16, &mut Cell)) {
        for (x, y) in part.intersection(self.area).positions().map(Into::into) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                change(x, y, cell);
            }
        }
    }

    /// Empties a part.
    pub fn clear(&mut self, part: Rect) {
        let part = part.intersection(self.area);
        for (x, y) in part.positions().map(Into::into) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }

    /// Draws a rule between two panes, from the top to the bottom of a part of the screen.
    pub fn rule(&mut self, x: u16, part: Rect) {
        let sign = if self.theme.ascii { "|" } else { "\u{2502}" };
        for y in part.top()..part.bottom() {
            self.put(x, y, 1, sign, self.theme.faint);
        }
    }

    /// Shows that a row is the selected one: by a bar in one look over all of it, or by a sign where each byte
    /// counts. Where there is no colour the sign is beside the bar.
    pub fn select(&mut self, x: u16, y: u16, width: u16) {
        let look = self.theme.selected;
        let row = Rect { x, y, width, height: 1 }.intersection(self.area);
        if !self.theme.mark {
            for position in row.positions() {
                if let Some(cell) = self.buffer.cell_mut(position) {
                    // Dim or coloured letters would be patches in the bar; underlined ones are what matched.
                    let underlined = cell.modifier & Modifier::UNDERLINED;
                    cell.set_style(Style::reset().patch(look).add_modifier(underlined));
                }
            }
        }
        if self.theme.has_sign() {
            self.put(x, y, 1, ">", if self.theme.mark { self.theme.plain } else { look });
        }
    }

    fn write(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        if y < self.area.y || y >= self.area.bottom() || x < self.area.x {
            return 0;
        }
        let room = room.min(self.area.right().saturating_sub(x));
        let mut at = 0;
        for cluster in text.graphemes(true) {
            let width = u16::try_from(columns(cluster)).unwrap_or(u16::MAX);
            if width == 0 {
                continue;
            }
            if at + width > room {
                break;
            }
            let shown = if cluster.len() > CLUSTER { REPLACED } else { cluster };
            if let Some(cell) = self.buffer.cell_mut((x + at, y)) {
                cell.set_symbol(shown).set_style(style);
            }
            for covered in 1..width {
                if let Some(cell) = self.buffer.cell_mut((x + at + covered, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
            at += width;
        }
        at
    }
}
