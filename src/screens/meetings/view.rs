//! The list of meetings.
//!
//! ```text
//! > S/PV.8668         2019-11-19  Reconciliation in the maintenance …      46  RES 2282
//!     Resumption 1    2019-11-19  Reconciliation in the maintenance …      38
//!   S/PV.8667         2019-11-19  The situation in the Middle East          –
//! ```

use ratatui::layout::Rect;

use crate::app::shared::Shared;
use crate::app::topic::distinct;
use crate::app::wrap::wrap;
use crate::facts::meetings::{self, Meeting};
use crate::library::Entry;
use crate::record::Symbol;
use crate::record::symbol::Series;
use crate::screens::card::cards;
use crate::ui::paint::Pen;

use super::state::{MeetingRow, Meetings, notice, symbol_of};

/// Draws the list, with a preview beside it where there is room.
pub(super) fn view(
    shared: &Shared,
    list: &Meetings,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let mut y = body.y;
    for line in notice(shared) {
        let style = if y == body.y { theme.strong } else { theme.plain };
        pen.put(body.x + 2, y, body.width.saturating_sub(2), line, style);
        y += 1;
    }
    let width = shared.geometry.meetings().min(body.width);
    let mut cursor = None;
    let rows = usize::from(body.bottom().saturating_sub(y));
    let window = list.window;
    if list.rows.is_empty() {
        let words = if list.filter.text().is_empty() {
            "No records here yet.\nspv get corpus  fetches them,\nspv import FILE  takes them from a file.\nt  lists all known meetings."
        } else {
            "Nothing has these words."
        };
        for (line, y) in words.lines().zip(y..body.bottom()) {
            pen.put(body.x + 2, y, width.saturating_sub(2), line, theme.plain);
        }
    }
    let mut above = None;
    for (offset, row) in list.rows.iter().skip(window.top).take(rows).enumerate() {
        let at = y + u16::try_from(offset).unwrap_or(0);
        let columns = Columns { x: body.x, width };
        let meeting = symbol_of(*row, &shared.catalogue).map(|s| s.meeting());
        let below = meeting.is_some() && meeting == above;
        above = meeting;
        match row {
            MeetingRow::Here(index) => {
                if let Some(entry) = shared.catalogue.entries.get(*index) {
                    columns.entry(entry, below, at, pen);
                }
            }
            MeetingRow::Known(id) => {
                if let Some(meeting) = meetings::get(*id) {
                    columns.known(&meeting, below, at, pen);
                }
            }
        }
        if window.top + offset == window.selected {
            pen.select(body.x, at, width);
            cursor = Some((body.x, at));
        }
    }
    if shared.geometry.two_panes() {
        let height = body.bottom() - y;
        let beside = Rect { x: width + 3, y, width: body.width - width - 3, height };
        pen.rule(width + 1, beside);
        preview(shared, list, beside, pen);
    }
    cursor
}

/// Where the columns of a row are.
struct Columns {
    x: u16,
    width: u16,
}

impl Columns {
    const SYMBOL: u16 = 15;
    const DATE: u16 = 12;
    const COUNT: u16 = 15;
    const OUTCOME: u16 = 12;

    fn narrow(&self) -> bool {
        self.width < 60
    }

    fn topic(&self) -> (u16, u16) {
        let start = if self.narrow() { 2 + 11 } else { 2 + Self::SYMBOL + Self::DATE };
        let end =
            if self.narrow() { self.width } else { self.width.saturating_sub(Self::COUNT + 4) };
        (self.x + start, end.saturating_sub(start))
    }

    fn outcome(&self) -> u16 {
        self.x + self.width - Self::OUTCOME
    }

    fn entry(&self, entry: &Entry, below: bool, y: u16, pen: &mut Pen<'_>) {
        let theme = *pen.theme;
        let symbol = shown_symbol(&entry.symbol, below, self.narrow());
        let outcome = entry.outcomes.join(", ");
        self.row([&symbol, &entry.date.to_string(), &entry.topic], y, theme.strong, pen);
        if !self.narrow() {
            let count = self.x + self.width - Self::COUNT + 1;
            pen.put_right(count, y, &entry.statements.to_string(), theme.plain);
            let style = if outcome.contains("VETO") && !outcome.contains("doubtful") {
                theme.alert
            } else {
                theme.plain
            };
            pen.put(self.outcome(), y, Self::OUTCOME, &outcome, style);
        }
    }

    fn known(&self, meeting: &Meeting, below: bool, y: u16, pen: &mut Pen<'_>) {
        let theme = *pen.theme;
        let symbol = meeting.symbol.parse::<Symbol>();
        let symbol = symbol
            .map_or_else(|_| meeting.symbol.to_owned(), |s| shown_symbol(&s, below, self.narrow()));
        self.row([&symbol, &meeting.date.to_string(), meeting.topic], y, theme.plain, pen);
        if !self.narrow() {
            pen.put_right(self.x + self.width - Self::COUNT + 1, y, "–", theme.faint);
            pen.put(
                self.outcome(),
                y,
                Self::OUTCOME,
                &meeting.short_outcomes().join(", "),
                theme.plain,
            );
        }
    }

    /// `style` is that of the symbol: it stands out where the text is here.
    fn row(
        &self,
        [symbol, date, topic]: [&str; 3],
        y: u16,
        style: ratatui::style::Style,
        pen: &mut Pen<'_>,
    ) {
        let plain = pen.theme.plain;
        let (start, room) = self.topic();
        if self.narrow() {
            pen.put(self.x + 1, y, 11, symbol.trim_start_matches("S/"), style);
            pen.put(start, y, 10, date, plain);
            let room = room.saturating_sub(11);
            pen.put(start + 11, y, room, distinct(topic, room), plain);
        } else {
            pen.put(self.x + 2, y, Self::SYMBOL - 1, symbol, style);
            pen.put(self.x + 2 + Self::SYMBOL, y, 10, date, plain);
            pen.put(start, y, room, distinct(topic, room), plain);
        }
    }
}

/// A resumption is under its meeting without repeating it; alone it names the meeting. A part
/// is named with its meeting, in short.
fn shown_symbol(symbol: &Symbol, below: bool, narrow: bool) -> String {
    let part = match symbol.part() {
        0 => String::new(),
        part => format!(" pt.{part}"),
    };
    match symbol.resumption() {
        0 => format!("{}{part}", symbol.meeting()),
        number if below && narrow => format!("  Resum. {number}"),
        number if below => format!("  Resumption {number}"),
        number => format!("{} R{number}", symbol.meeting()),
    }
}

/// What is selected, in more words: item, who presided, who spoke.
fn preview(shared: &Shared, list: &Meetings, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let mut words = Words { area, y: area.y };
    match list.rows.get(list.window.selected) {
        Some(MeetingRow::Here(index)) => {
            let Some(entry) = shared.catalogue.entries.get(*index) else { return };
            words.say(&entry.topic, theme.strong, pen);
            if entry.symbol.series() == Series::Letter {
                let what =
                    format!("Videoconference: letter {}, not a formal meeting.", entry.symbol);
                words.say(&what, theme.plain, pen);
            }
            if entry.item != entry.topic {
                words.say(&entry.item, theme.plain, pen);
            }
            for president in entry.presidents.iter() {
                let of = president.state.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
                words.say(&format!("President: {}{of}", president.name), theme.plain, pen);
            }
            words.y += 1;
            let mut said: Vec<&str> = Vec::new();
            for heading in shared.catalogue.headings(entry).filter(|h| !h.procedural) {
                if words.y >= area.bottom() {
                    return;
                }
                if !said.contains(&heading.name) {
                    said.push(heading.name);
                    let of = heading.state.or(heading.organization);
                    let of = of.map(|of| format!(", {of}")).unwrap_or_default();
                    words.say(&format!("{}{of}", heading.name), theme.plain, pen);
                }
            }
        }
        Some(MeetingRow::Known(id)) => {
            let Some(meeting) = meetings::get(*id) else { return };
            for line in cards::known_meeting(&meeting).lines {
                words.say(&line.text, theme.plain, pen);
            }
        }
        None => {}
    }
}

/// Lines written one below the other, wrapped, as long as there is room.
struct Words {
    area: Rect,
    y: u16,
}

impl Words {
    fn say(&mut self, text: &str, style: ratatui::style::Style, pen: &mut Pen<'_>) {
        for row in wrap(text, self.area.width.max(1)) {
            if self.y >= self.area.bottom() {
                return;
            }
            pen.put(self.area.x, self.y, self.area.width, &text[row.start..row.end], style);
            self.y += 1;
        }
    }
}
