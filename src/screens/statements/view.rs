//! The statements of a record.
//!
//! ```text
//!   12  Mr. Sarsenov         Kazakhstan             invited   412  ru   p. 14
//!   13  The President        (procedural, faint)
//! ```

use ratatui::layout::Rect;

use crate::app::page::MEASURE;
use crate::app::shared::Shared;
use crate::app::wrap::columns;
use crate::app::{page, pieces, tally};
use crate::record::{As, Capacity, Item, Outcome, Statement, Vote};
use crate::ui::paint::Pen;
use crate::ui::rows::rows;
use crate::ui::text::put_line;

use super::state::Statements;

/// The statements of a record, with the first lines of the selected one beside them where there is room.
pub(super) fn view(
    shared: &Shared,
    list: &Statements,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let width = shared.geometry.list().min(body.width);
    let theme = *pen.theme;
    if list.rows.is_empty() {
        pen.put(body.x + 2, body.y, width, "No statement here has these words.", theme.faint);
    }
    let cursor = rows(list.window, list.rows.len(), Rect { width, ..body }, pen, |row, y, pen| {
        match list.record.items.get(list.rows[row]) {
            Some(Item::Statement(s)) => statement_row(s, list, body.x, y, width, pen),
            Some(Item::Vote(v)) => vote_row(v, body.x, y, width, pen),
            _ => {}
        }
    });
    if shared.geometry.two_panes() {
        let area = Rect { x: width + 3, width: body.width - width - 3, ..body };
        pen.rule(width + 1, area);
        preview(list, area, pen);
    }
    cursor
}

fn statement_row(s: &Statement, list: &Statements, x: u16, y: u16, width: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let style = if s.is_procedural() { theme.faint } else { theme.plain };
    pen.put_right(x + 4, y, &s.number.to_string(), theme.faint);
    let here = list.place.is_some_and(|p| p.statement == s.number);
    if here {
        pen.put(x + 4, y, 1, "\u{203A}", theme.strong);
    }
    let narrow = width < 60;
    let name_room = if narrow { width.saturating_sub(6) / 2 } else { 22 };
    pen.put(x + 6, y, name_room, &s.speaker.name, style);
    let of = x + 6 + name_room + 1;
    let right = if narrow { x + width } else { x + width.saturating_sub(16) };
    let (words, rule) = described(s, narrow);
    // The rule stays where a long name does not: it is short, and nothing else on the row says it.
    let room = right.saturating_sub(of);
    let kept = u16::try_from(columns(&rule)).unwrap_or(0).min(room);
    let taken = pen.put(of, y, room - kept, &words, style);
    pen.put(of + taken, y, room - taken, &rule, style);
    if !narrow {
        let spoken = s.spoken.as_ref().filter(|l| **l != list.record.language);
        pen.put(right + 1, y, 2, spoken.map_or("", |l| l.code()), theme.faint);
        pen.put_right(right + 9, y, &list.words(s).to_string(), style);
        if let Some(page) = s.page {
            pen.put_right(x + width, y, &format!("p. {page}"), theme.faint);
        }
    }
}

/// The most groups a row may have room for.
const GROUPS: usize = 50;

/// For whom, as what: `Kazakhstan`, `Kazakhstan, for the A3`, `United Kingdom, national capacity`; and
/// under which rule they were invited.
fn described(s: &Statement, narrow: bool) -> (String, String) {
    let speaker = &s.speaker;
    if s.is_procedural() {
        return (if narrow { "" } else { "chairs" }.to_owned(), String::new());
    }
    let mut words = speaker.spoken_for().or(speaker.role.as_deref()).unwrap_or("").to_owned();
    if narrow {
        return (words, String::new());
    }
    let groups = s.on_behalf_of.iter().take(GROUPS).map(|b| b.group.as_str());
    let groups: Vec<&str> = groups.collect();
    if !groups.is_empty() {
        words.push_str(&format!(", for {}", groups.join(", ")));
    }
    if speaker.as_ == As::President
        && s.paragraphs.iter().any(|p| p.capacity == Some(Capacity::National))
    {
        words.push_str(", national capacity");
    }
    let rule = match (speaker.rule, speaker.as_) {
        (Some(rule), _) => format!(" · rule {rule}"),
        (None, As::Invited) => " · invited".to_owned(),
        _ => String::new(),
    };
    (words, rule)
}

fn vote_row(vote: &Vote, x: u16, y: u16, width: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let on = tally::voted_on(vote);
    let words = format!(
        "vote  {on}  {}-{}-{}  {}",
        vote.in_favour.len(),
        vote.against.len(),
        vote.abstaining.len(),
        page::result(vote)
    );
    let style = if vote.outcome == Some(Outcome::Vetoed) { theme.alert } else { theme.strong };
    pen.put(x + 6, y, width.saturating_sub(6), &words, style);
}

/// The first lines of the selected statement.
fn preview(list: &Statements, area: Rect, pen: &mut Pen<'_>) {
    let item = list.item().and_then(|i| list.record.items.get(i));
    let Some(item) = item else { return };
    let printed = list.record.source.has_printed_paragraphs();
    let setting = page::set(item, &pieces::first(item), area.width.min(MEASURE), printed);
    let lines = setting.lines.iter().skip(1);
    for (line, y) in lines.zip(area.y..area.bottom()) {
        put_line(pen, line, area.x, y, area.width);
    }
}
