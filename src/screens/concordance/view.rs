//! The concordance: every occurrence on a row, the words in one column.
//!
//! ```text
//! 2019-11-19 Kazakhstan    … the words before it and the words after it …
//! ```

use ratatui::layout::Rect;

use crate::app::found::Occurrence;
use crate::app::number::thousands;
use crate::search::concordance::fit_line;
use crate::ui::paint::Pen;
use crate::ui::rows::rows;

use super::state::Concordance;

/// Draws the rows; the cursor is on the selected one.
pub(super) fn view(lines: &Concordance, body: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let more = if lines.waiting { " \u{2026}" } else { "" };
    let many = if lines.found.len() == 1 { "occurrence" } else { "occurrences" };
    let mut head =
        format!("{}{more} {many} \u{b7} {}", thousands(lines.found.len()), lines.order());
    if lines.cut {
        head = format!("the latest {head}");
    }
    if lines.found.is_empty() && !lines.waiting {
        "Nothing has these words.".clone_into(&mut head);
    }
    pen.put(body.x, body.y, body.width, &head, theme.plain);
    let list = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    // The mark of the selected row, where there is one, has columns of its own.
    let mark = if theme.has_sign() { 2 } else { 0 };
    // The date and the State where there is room, the date alone where there is little.
    let place = if body.width < 60 { 8 } else { (body.width / 3).min(34) };
    rows(lines.window, lines.rows.len(), list, pen, |row, y, pen| {
        if let Some(one) = lines.rows.get(row).and_then(|row| lines.found.get(*row)) {
            let (x, width) = (list.x + mark, list.width.saturating_sub(mark));
            occurrence(one, place, Rect { x, y, width, height: 1 }, pen);
        }
    })
}

fn occurrence(one: &Occurrence, place: u16, row: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let line = &one.line;
    if place < 12 {
        // Year and month: the day is one Enter away.
        let date = format!("{:04}-{:02}", line.date.year(), line.date.month());
        pen.put(row.x, row.y, 7, &date, theme.faint);
    } else {
        pen.put(row.x, row.y, 10, &line.date.to_string(), theme.faint);
        let who = line.state.as_deref().unwrap_or(&line.speaker);
        pen.put(row.x + 11, row.y, place.saturating_sub(12), who, theme.plain);
    }
    let clean = line.harmless();
    let room = usize::from(row.width.saturating_sub(place));
    // The column of the words is the same in every row, however long the words are.
    let side = room.saturating_sub(8).max(8) * 9 / 20;
    let (left, _, _) = fit_line(&clean, side);
    let x = row.x + place;
    pen.put(x, row.y, wide(side), &left, theme.plain);
    let at = x + wide(side);
    let taken = pen.put(at, row.y, row.right().saturating_sub(at), &clean.word, theme.matched);
    let after = at + taken;
    let room = usize::from(row.right().saturating_sub(after));
    let (_, _, right) = fit_line(&clean, room);
    pen.put(after, row.y, wide(room), &right, theme.plain);
}

/// Where one is, for the status line.
pub(super) fn position(lines: &Concordance) -> String {
    match (lines.rows.len(), lines.selected()) {
        (len, Some(one)) => {
            let page = one.line.page.map_or(String::new(), |page| format!(", p. {page}"));
            format!(
                "{} of {} \u{b7} {}{page}",
                lines.window.selected + 1,
                thousands(len),
                one.at.symbol
            )
        }
        _ if lines.waiting => "looking \u{2026}".to_owned(),
        _ => String::new(),
    }
}

fn wide(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
