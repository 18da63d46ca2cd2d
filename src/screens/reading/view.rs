//! The text of a record.
//!
//! ```text
//! Mr. Sarsenov (Kazakhstan) (spoke in Russian)
//!
//! The words of the statement, in a measure of at most 72 columns …
//! … with the printed page beside them where it turns.                    14
//! ```

use ratatui::layout::Rect;

use crate::app::page::{self, Line};
use crate::app::position::{ParagraphAt, Pos, StatusPosition};
use crate::app::shared::Shared;
use crate::app::tally;
use crate::app::wrap::columns;
use crate::record::Item;
use crate::ui::paint::Pen;
use crate::ui::text::{fitting, put_line};

use super::state::Reader;

/// Draws the lines on the screen, with the statements and votes beside them where there is room.
pub(super) fn view(
    shared: &Shared,
    reader: &Reader,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let contents = shared.geometry.contents();
    if contents > 0 {
        self::contents(reader, Rect { width: contents, ..body }, pen);
        pen.rule(body.x + contents, body);
    }
    let x = body.x + contents + shared.geometry.margin();
    let width = shared.geometry.text();
    for ((pos, line), y) in reader.visible().into_iter().zip(body.y..body.bottom()) {
        if let Some(page) = line.page {
            let right = x + width + shared.geometry.pages();
            pen.put_right(right, y, &page.to_string(), theme.plain);
        }
        put_line(pen, line, x, y, width);
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
    let selection = reader.selection.filter(|selection| selection.item == item);
    let selected = selection.and_then(|s| s.passage().within(shown.paragraph, &shown.bytes));
    if let Some(bytes) = selected {
        let start = column(bytes.start - shown.bytes.start);
        pen.restyle(start, y, column(bytes.end - shown.bytes.start) - start, theme.selected);
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

/// The statements and votes of the record, the one being read selected and kept in the middle.
fn contents(reader: &Reader, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let shown = reader.statements_and_votes();
    let here = reader.begin(reader.top.item);
    let current = shown.partition_point(|first| *first <= here).saturating_sub(1);
    let height = usize::from(area.height);
    let top = current.saturating_sub(height / 2).min(shown.len().saturating_sub(height));
    for ((at, first), y) in shown.iter().enumerate().skip(top).zip(area.y..area.bottom()) {
        let room = area.width.saturating_sub(7);
        match reader.item(*first) {
            Some(Item::Statement(s)) => {
                let style = if s.is_procedural() { theme.faint } else { theme.plain };
                pen.put_right(area.x + 4, y, &s.number.to_string(), theme.faint);
                let who = match s.speaker.spoken_for() {
                    Some(of) if !s.is_procedural() => format!("{of}, {}", s.speaker.name),
                    _ => s.speaker.name.clone(),
                };
                pen.put(area.x + 6, y, room, &who, style);
            }
            Some(Item::Vote(vote)) => {
                let words = format!("vote  {}  {}", tally::voted_on(vote), page::result(vote));
                pen.put(area.x + 6, y, room, &words, theme.strong);
            }
            _ => {}
        }
        if at == current {
            pen.select(area.x, y, area.width - 1);
        }
    }
}

/// Columns of the name on a slow line. It always takes all of them, so that what is left of it stays in its place.
const SLOW_NAME: u16 = 12;

/// The position in the text: statement, how far, page, who speaks.
pub(super) fn position(reader: &Reader, shared: &Shared) -> String {
    let StatusPosition { number, who, page, percent } = reader.position_in_status(shared.trailing);
    let page = page.map_or(String::new(), |p| format!(" · p. {p}"));
    // As wide with one digit as with two, so that what comes after it is not written again.
    let percent = if percent == 100 { "end".to_owned() } else { format!("{percent:>2}%") };
    let Some(number) = number else { return format!("{percent}{page}") };
    let total = reader.of_statements.to_string();
    let selecting = if reader.selection.is_some() { " · selecting" } else { "" };
    let wide = total.len();
    let place = format!("{number:>wide$}/{total} · {percent}{page}{selecting}");
    if shared.geometry.wide {
        return format!("{place} · {who}");
    }
    let name = fitting(&who, SLOW_NAME);
    let blank = " ".repeat(usize::from(SLOW_NAME).saturating_sub(columns(name)));
    format!("{place} · {name}{blank}")
}
