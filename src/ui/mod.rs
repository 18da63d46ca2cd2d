//! `view`: every screen a pure function of the state into a buffer; it changes nothing.

mod card;
mod compare;
mod concordance;
mod finder;
mod lists;
mod meetings;
mod notes;
mod paint;
mod reader;
mod search;
mod status;
mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::State;
use crate::app::state::Screen;

pub use theme::Theme;

use paint::Pen;

/// The whole screen of a state, and where the hardware cursor stands on it.
#[must_use]
pub fn frame(state: &State, theme: &Theme) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, state.geometry.columns, state.geometry.rows);
    let mut buffer = Buffer::empty(area);
    let cursor = view(state, theme, area, &mut buffer);
    (buffer, cursor)
}

/// Draws the state; gives back where the hardware cursor stands, which is on the selected line or
/// in the input line, for screen readers and magnifiers.
///
/// ```text
/// title: where one is
/// body: the list, the text, the card
/// status: position, message or input line; the most useful keys
///
/// where slow: body; title and position in one row
/// ```
pub fn view(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut pen = Pen::new(buffer, area, theme);
    if state.geometry.too_small() || area.width < 24 || area.height < 6 {
        pen.put(0, 0, area.width, "too small: 24x6 or more", theme.plain);
        return None;
    }
    let head = state.geometry.head();
    let body = Rect { y: area.y + head, height: area.height - 1 - head, ..area };
    let cursor = match state.screen() {
        Screen::Meetings(list) => meetings::view(state, list, body, &mut pen),
        Screen::Statements(list) => lists::statements(state, list, body, &mut pen),
        Screen::Answers(list) => lists::answers(list, body, &mut pen),
        Screen::Reader(text) => reader::view(state, text, body, &mut pen),
        Screen::Finder(find) => finder::view(find, state.geometry.found(), body, &mut pen),
        Screen::Search(found) => search::view(state, found, body, &mut pen),
        Screen::Concordance(lines) => concordance::view(lines, body, &mut pen),
        Screen::Notes(list) => notes::view(state, list, body, &mut pen),
        Screen::Card(shown) => card::card(shown, body, &mut pen),
        Screen::Compare(two) => compare::view(state.geometry, two, body, &mut pen),
        Screen::Help(context, window) => card::help(*context, *window, body, &mut pen),
    };
    hold_back(state, area, &mut pen);
    if head > 0 {
        status::title(state, area, &mut pen);
    }
    status::foot(state, area, &mut pen).or(cursor)
}

/// Leaves the rows of a list empty that are drawn when the keys pause, behind a sign that they follow.
fn hold_back(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let (Some(list), Some(shown)) = (state.below_line(), state.ration.shown()) else { return };
    let y = area.y + list.top + shown;
    pen.clear(Rect { y, height: list.rows.saturating_sub(shown), ..area });
    pen.put(area.x + 2, y, 1, "\u{2026}", pen.theme.faint);
}
