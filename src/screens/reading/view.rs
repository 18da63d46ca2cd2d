//! The text of a record.
//!
//! ```text
//! Mr. Sarsenov (Kazakhstan) (spoke in Russian)
//!
//! The words of the statement, in a measure of at most 72 columns …
//! … with the printed page beside them where it turns.                    14
//! ```

use ratatui::layout::Rect;

use crate::app::page::Line;
use crate::app::position::{ParagraphAt, Pos, StatusPosition};
use crate::app::shared::Shared;
use crate::app::wrap::columns;
use crate::ui::paint::Pen;
use crate::ui::text::style_of;

use super::state::Reader;

/// Draws the lines on the screen, with the list of speakers beside them where there is room.
pub(super) fn view(
    shared: &Shared,
    reader: &Reader,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let contents = shared.geometry.contents();
    if contents > 0 {
        speakers(reader, Rect { width: contents, ..body }, pen);
    }
    let x = body.x + contents + shared.geometry.margin();
    let width = shared.geometry.text();
    for ((pos, line), y) in reader.visible().into_iter().zip(body.y..body.bottom()) {
        if let Some(page) = line.page {
            let right = x + width + shared.geometry.pages();
            pen.put_right(right, y, &page.to_string(), theme.plain);
        }
        let style = style_of(line.role, &theme);
        let room = width.saturating_sub(line.indent);
        pen.put(x + line.indent, y, room, &line.text, style);
        marks(reader, pos, line, x, y, pen);
    }
    // At the edge, on the line that came last: there it is read out, and few bytes lead to the next.
    let row = if reader.below { body.bottom() - 1 } else { body.y };
    Some((body.x + contents, row))
}

/// References, selection and search hits on a line.
pub fn marks(reader: &Reader, pos: Pos, line: &Line, x: u16, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let column = |byte: usize| {
        let before = line.text.get(..byte).map_or(0, columns);
        x + line.indent + u16::try_from(before).unwrap_or(0)
    };
    for (bytes, number) in &line.references {
        let chosen = reader.reference == Some((pos.item, *number));
        let style = if chosen { theme.current } else { theme.reference };
        let start = column(bytes.start);
        pen.restyle(start, y, column(bytes.end) - start, style);
    }
    let (Some(shown), Some(item)) = (&line.shown, reader.index(pos.item)) else { return };
    let at = ParagraphAt { item, paragraph: shown.paragraph };
    if let Some(selection) = reader.selection {
        let (first, last) = selection.ends();
        if at >= first && at <= last {
            let start = column(0);
            pen.restyle(start, y, column(line.text.len()) - start, theme.selected);
        }
    }
    let Some(scan) = &reader.scan else { return };
    for (number, hit) in scan.within(at, &shown.bytes) {
        let from = hit.bytes.start.max(shown.bytes.start);
        let to = hit.bytes.end.min(shown.bytes.end);
        if from < to {
            let style = if scan.current == Some(number) { theme.current } else { theme.matched };
            let start = column(from - shown.bytes.start);
            pen.restyle(start, y, column(to - shown.bytes.start) - start, style);
        }
    }
}

/// The speakers of the record, the one being read marked and kept in the middle.
fn speakers(reader: &Reader, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let statements = reader.statements();
    let here = reader.statement_item().map(|shown| reader.begin(shown));
    let current = here.map_or(0, |here| statements.partition_point(|shown| *shown < here));
    let height = usize::from(area.height);
    let top = current.saturating_sub(height / 2).min(statements.len().saturating_sub(height));
    let rows = statements[top..].iter().zip(area.y..area.bottom());
    for (shown, s, y) in
        rows.filter_map(|(shown, y)| Some((shown, reader.statement_of(*shown)?, y)))
    {
        let style = if s.is_procedural() { theme.faint } else { theme.plain };
        pen.put_right(area.x + 4, y, &s.number.to_string(), theme.faint);
        let who = match s.speaker.spoken_for() {
            Some(of) if !s.is_procedural() => format!("{of}, {}", s.speaker.name),
            _ => s.speaker.name.clone(),
        };
        pen.put(area.x + 6, y, area.width.saturating_sub(7), &who, style);
        if Some(*shown) == here {
            pen.restyle(area.x, y, area.width - 1, theme.selected);
        }
    }
}

/// Where one is in the text; brief, without the name, which would be written with each new speaker.
pub(super) fn position(reader: &Reader, trailing: bool, brief: bool) -> String {
    let StatusPosition { number, who, page, percent } = reader.position_in_status(trailing);
    let page = page.map_or(String::new(), |p| format!(" · p. {p}"));
    // As wide with one figure as with two, so that what stands behind is not written anew.
    let percent = if percent == 100 { "end".to_owned() } else { format!("{percent:>2}%") };
    let Some(number) = number else { return format!("{percent}{page}") };
    let total = reader.of_statements.to_string();
    let selecting = if reader.selection.is_some() { " · selecting" } else { "" };
    let wide = total.len();
    let place = format!("{number:>wide$}/{total} · {percent}{page}{selecting}");
    if brief { place } else { format!("{place} · {who}") }
}
