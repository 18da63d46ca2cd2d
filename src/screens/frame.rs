//! The whole screen: title line, body, status line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::keymap;
use crate::app::prompt::Purpose;
use crate::app::wrap::{columns, wrap};
use crate::record::{Record, harmless};
use crate::ui::Theme;
use crate::ui::paint::Pen;
use crate::ui::text::{fitting, tail};

use super::state::State;

/// The whole screen of a state, and where the hardware cursor is on it.
pub fn frame(state: &State, theme: &Theme) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, state.shared.geometry.columns, state.shared.geometry.rows);
    let mut buffer = Buffer::empty(area);
    let cursor = view(state, theme, area, &mut buffer);
    (buffer, cursor)
}

/// Draws the state. Returns where the hardware cursor is: on the selected line or in the input
/// line, for screen readers and magnifiers.
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
    if state.shared.geometry.too_small() || area.width < 24 || area.height < 6 {
        pen.put(0, 0, area.width, "too small: 24x6 or more", theme.plain);
        return None;
    }
    let head = state.shared.geometry.head();
    let body = Rect { y: area.y + head, height: area.height - 1 - head, ..area };
    let cursor = state.screen().behaviour().view(&state.shared, body, &mut pen);
    hold_back(state, area, &mut pen);
    if head > 0 {
        title(state, area, &mut pen);
    }
    foot(state, area, &mut pen).or(cursor)
}

/// Leaves the rows of a list empty that are drawn when the keys pause, after a sign that they follow.
fn hold_back(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let (Some(list), Some(shown)) = (state.below_line(), state.shared.budget.shown()) else {
        return;
    };
    let y = area.y + list.top + shown;
    pen.clear(Rect { y, height: list.rows.saturating_sub(shown), ..area });
    pen.put(area.x + 2, y, 1, "\u{2026}", pen.theme.faint);
}

/// The first row: what this screen shows. EXERCISE is at its right wherever an exercise is shown.
fn title(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    pen.restyle(area.x, area.y, area.width, theme.title);
    let words = state.screen().behaviour().title(&state.shared);
    let mark = mark(state, area.width < NARROW);
    let room = area.width.saturating_sub(1 + marked(&mark));
    pen.put(area.x + 1, area.y, room.saturating_sub(1), &words, theme.title);
    if !mark.is_empty() {
        pen.put_right(area.right() - 1, area.y, &mark, theme.title.patch(theme.strong));
    }
}

/// Columns in which a mark is as short as it can be.
const NARROW: u16 = 60;

/// What is said on every screen: that an exercise is shown, how many doubts there are about the record on it, and
/// how many records could not be read, with the key that lists them.
fn mark(state: &State, brief: bool) -> String {
    let exercise =
        if state.screen().behaviour().is_exercise(&state.shared) { "EXERCISE" } else { "" };
    let unread = match state.shared.problems.iter().filter(|problem| problem.unread).count() {
        0 => String::new(),
        n if brief => format!("{n} unreadable"),
        1 => "1 record unreadable".to_owned(),
        n => format!("{n} records unreadable"),
    };
    let doubts = state.screen().behaviour().record().map_or(0, Record::count_doubts);
    let doubts = match doubts {
        0 => String::new(),
        1 => "1 doubt".to_owned(),
        n => format!("{n} doubts"),
    };
    let told: Vec<String> =
        [doubts, unread].into_iter().filter(|words| !words.is_empty()).collect();
    let key = if told.is_empty() { "" } else { " (!)" };
    format!("{exercise}  {}{key}", told.join(", ")).trim().to_owned()
}

/// Room for a mark and two blanks before it.
fn marked(mark: &str) -> u16 {
    if mark.is_empty() { 0 } else { wide(mark) + 2 }
}

/// The last row: the input line, or a message, or the position with the most useful keys.
fn foot(state: &State, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let y = area.bottom() - 1;
    let width = area.width;
    if let Some(prompt) = &state.prompt {
        if let Some(message) = &state.shared.message {
            // Such as why a note is not kept: it must not hide what was typed.
            let height = area.height.saturating_sub(1);
            long_message(message, Rect { height, ..area }, pen);
        }
        let label = match prompt.purpose {
            Purpose::Filter => "filter: ",
            Purpose::Search => "/",
            Purpose::Note => "note: ",
            Purpose::SetMark => "mark, a letter: ",
            Purpose::ToMark => "to mark, a letter: ",
            Purpose::Words(_) => "note: ",
            Purpose::Tags(_) => "tags: ",
            Purpose::Date => "date: ",
            Purpose::KeepQuery => "keep as: ",
            Purpose::Rename => "name: ",
            Purpose::Queries => "queries, with ; between: ",
            Purpose::Export => "to file: ",
        };
        let used = pen.put(area.x, y, width, label, theme.strong);
        let shown = tail(prompt.line.before_cursor(), width.saturating_sub(used + 1));
        let left = pen.put(area.x + used, y, width, shown, theme.plain);
        let rest = &prompt.line.text()[prompt.line.before_cursor().len()..];
        let at = area.x + used + left;
        pen.put(at, y, area.right().saturating_sub(at), rest, theme.plain);
        return Some((at.min(area.right() - 1), y));
    }
    if let Some(message) = &state.shared.message
        && columns(message) > usize::from(width)
    {
        long_message(message, area, pen);
        return None;
    }
    let left = match (&state.shared.message, state.shared.count) {
        (Some(message), _) => message.clone(),
        (None, Some(count)) => format!("{count}"),
        (None, None) if state.shared.loading => "opening …".to_owned(),
        (None, None) if state.shared.geometry.head() == 0 => {
            title_and_position(state, area, pen);
            return None;
        }
        (None, None) => state.screen().behaviour().status(&state.shared),
    };
    let used = pen.put(area.x, y, width, &left, theme.plain);
    let room = width.saturating_sub(used + 2);
    // The hints give way as the position grows and come back: on a slow line only help is named.
    let alone = state.shared.geometry.head() == 0;
    let hint = hints(state, usize::from(if alone { room.min(HELP) } else { room }));
    pen.put_right(area.right(), y, &hint, theme.faint);
    // Where no title says it, this row does, whatever else is in it.
    let right = area.right().saturating_sub(wide(&hint) + 2);
    let mark = if alone { mark(state, true) } else { String::new() };
    if !mark.is_empty() && right >= area.x + used + marked(&mark) {
        pen.put_right(right, y, &mark, theme.strong);
    }
    None
}

/// The most rows a message takes, where the screen is not so small that they would be half of it.
const LONGEST: u16 = 4;

/// A message that is too long for its row covers the last rows of the body as well, until the next key:
/// what to do is at its end.
fn long_message(message: &str, area: Rect, pen: &mut Pen<'_>) {
    let message = harmless::line(message);
    let rows = wrap(&message, area.width);
    let most = usize::from((area.height / 2).clamp(1, LONGEST)).min(rows.len());
    let first = area.bottom().saturating_sub(u16::try_from(most).unwrap_or(LONGEST));
    for (number, (row, y)) in rows.iter().zip(first..area.bottom()).enumerate() {
        // The last row there is room for has the rest, which is cut.
        let end = if number + 1 == most { message.len() } else { row.end };
        pen.clear(Rect { y, height: 1, ..area });
        pen.put(area.x, y, area.width, &message[row.start..end], pen.theme.strong);
    }
}

fn wide(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}

/// Room for the one hint of a slow line, the key of help.
const HELP: u16 = 8;

/// The one row of a slow line: the title as far as there is room, and right of it what changes.
fn title_and_position(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let y = area.bottom() - 1;
    let hint = hints(state, usize::from(HELP));
    pen.put_right(area.right(), y, &hint, theme.faint);
    let right = area.right().saturating_sub(wide(&hint) + 2);
    let told = state.screen().behaviour().status(&state.shared);
    let told = fitting(&told, right.saturating_sub(area.x));
    pen.put_right(right, y, told, theme.plain);
    let mut room = right.saturating_sub(wide(told) + 2 + area.x);
    let mark = mark(state, true);
    if !mark.is_empty() && room >= marked(&mark) {
        pen.put_right(area.x + room, y, &mark, theme.strong);
        room -= marked(&mark);
    }
    pen.put(area.x, y, room, &state.screen().behaviour().title(&state.shared), theme.strong);
}

/// Columns in which few hints have room.
const FEW: usize = 40;

/// As many hints of the key table as fit, the screen's own first, help always.
fn hints(state: &State, room: usize) -> String {
    let screen = state.screen().behaviour();
    let mut words: Vec<String> = Vec::new();
    let mut taken = 0;
    let rows = keymap::in_force(state.context()).into_iter().filter(|b| !b.hint.is_empty());
    let (help, rows): (Vec<&keymap::Binding>, Vec<&keymap::Binding>) =
        rows.partition(|b| b.command == Command::Help);
    for binding in help.into_iter().chain(rows) {
        // Where there is room for one key of a card it is the one that opens.
        let opens = screen.hint(Command::Open, "open").is_some();
        let second =
            binding.command == Command::Backlinks || (binding.command == Command::Fetch && opens);
        if second && room < FEW {
            continue;
        }
        let Some(hint) = screen.hint(binding.command, binding.hint) else { continue };
        let word = format!("{} {hint}", binding.keys[0]);
        let width = columns(&word) + 2;
        if taken + width > room {
            continue;
        }
        taken += width;
        words.push(word);
    }
    words.reverse();
    words.join("  ")
}
