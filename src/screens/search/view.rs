//! The search screen.
//!
//! ```text
//! > reconciliation state:kaz
//!          what is wrong with the query, or what Tab may put in
//! 46 statements in 12 records · best first                1995 ▁▂▁▃▅█▂ 2020
//! S/PV.8668  2019-11-19  Reconciliation in the maintenance of …
//!   Kazakhstan · Mr. Sarsenov   … the words around the one that was looked for …
//! ```

use ratatui::layout::Rect;

use crate::app::found::{Counts, Found, Words};
use crate::app::number::thousands;
use crate::app::shared::Shared;
use crate::app::wrap::{columns, wrap};
use crate::search::query::forms_are_on;
use crate::search::results::{Order, make_snippet};
use crate::ui::paint::Pen;
use crate::ui::rows::rows;
use crate::ui::text::tail;

use super::bar::{Bar, HEIGHTS};
use super::rows::SearchRow;
use super::state::{Focus, Search, rates};

/// A column of the bar, from nothing to all.
const BLOCKS: [&str; HEIGHTS + 1] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The same where only ASCII may be written, or every byte counts.
const ASCII: [&str; HEIGHTS + 1] = [" ", ".", ".", ":", ":", "+", "+", "#", "#"];

/// What is told of the query language where nothing is typed yet: what to type, what it means, and the same
/// in few words.
const HELP: [(&str, &str, &str); 7] = [
    ("peace talks", "both words, anywhere in a statement", "both words"),
    ("\"peace talks\"", "the phrase", "the phrase"),
    ("fire near/5 cease", "at most five words between", "5 words apart"),
    ("talks OR dialogue", "one of the two;  -war  without it", "one of the two"),
    ("reconcil*", "a prefix; so is the last word typed", "a prefix"),
    ("state: speaker: org:", "who said it;  Tab completes", "who;  Tab"),
    ("year: date: topic: lang:", "when, on what, in which edition", "when, on what"),
];

/// Draws the screen; the cursor is in the query line, or on the selected row.
pub(super) fn view(
    shared: &Shared,
    search: &Search,
    body: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let above = u16::try_from(shared.geometry.above_hits()).unwrap_or(3);
    let cursor = line(search, body, pen);
    let noted = note(search, Rect { y: body.y + 1, height: 1, ..body }, pen);
    if above > 2 || !noted {
        totals(shared, search, Rect { y: body.y + above - 1, height: 1, ..body }, pen);
    }
    if search.is_empty() && shared.kept_queries > 0 {
        let words = match shared.kept_queries {
            1 => "Down, then W: your kept query".to_owned(),
            n => format!("Down, then W: your {n} kept queries"),
        };
        pen.put(
            body.x + 2,
            body.y + above - 1,
            body.width.saturating_sub(2),
            &words,
            pen.theme.faint,
        );
    }
    let list = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
    let selected = match search.focus {
        Focus::States => states(search, list, pen),
        _ if search.is_empty() => queries(shared, search, list, pen),
        _ => statements(shared, search, list, pen),
    };
    if search.focus == Focus::Line { Some(cursor) } else { selected }
}

/// The query line, what is wrong in it marked; returns where the cursor is.
fn line(search: &Search, body: Rect, pen: &mut Pen<'_>) -> (u16, u16) {
    let theme = *pen.theme;
    let typing = search.focus == Focus::Line;
    pen.put(body.x, body.y, 1, ">", if typing { theme.strong } else { theme.faint });
    let (x, room) = (body.x + 2, body.width.saturating_sub(3));
    let before = tail(search.line.before_cursor(), room);
    let cut = search.line.before_cursor().len() - before.len();
    let shown = search.line.text().get(cut..).unwrap_or("");
    pen.put(x, body.y, room, shown, theme.plain);
    if search.is_empty() && typing {
        let words =
            if search.line.text().is_empty() { "words, or \u{201C}a phrase\u{201D}" } else { "" };
        pen.put(x, body.y, room, words, theme.faint);
    }
    if let Some(at) = search.trouble().map(|trouble| trouble.at)
        && let (Some(left), Some(piece)) =
            (shown.get(..at.start.saturating_sub(cut)), search.line.text().get(at))
    {
        let start = width(left).min(room);
        pen.restyle(x + start, body.y, width(piece).min(room - start), theme.alert);
    }
    (x + width(before).min(room), body.y)
}

/// What Tab may put in, or what is wrong with the query or doubtful in it, and where; false where there is nothing to say.
fn note(search: &Search, row: Rect, pen: &mut Pen<'_>) -> bool {
    let theme = *pen.theme;
    if let Some(completing) = &search.completing {
        let mut x = row.x + 2;
        for (n, choice) in completing.choices.iter().enumerate().skip(completing.chosen) {
            let room = row.right().saturating_sub(x);
            if room < 4 {
                break;
            }
            let style = if n == completing.chosen { theme.strong } else { theme.faint };
            x += pen.put(x, row.y, room, choice, style) + 2;
        }
        return true;
    }
    let (trouble, sign) = match (search.trouble(), search.note()) {
        (Some(trouble), _) => (trouble, theme.alert),
        (None, Some(note)) => (note, theme.faint),
        (None, None) => return false,
    };
    // What is of no place in the line has no sign.
    if trouble.at.is_empty() {
        pen.put(row.x + 2, row.y, row.width.saturating_sub(2), &trouble.message, theme.faint);
        return true;
    }
    let before = search.line.text().get(..trouble.at.start).map_or(0, width);
    let at = row.x + 2 + before.min(row.width.saturating_sub(4));
    let message = width(&trouble.message);
    // Behind the sign where there is room, else before it, else as much as fits.
    if at + 2 + message <= row.right() {
        pen.put(at, row.y, 1, "^", sign);
        pen.put(at + 2, row.y, message, &trouble.message, theme.plain);
    } else if row.x + 2 + message < at {
        pen.put_right(at - 1, row.y, &trouble.message, theme.plain);
        pen.put(at, row.y, 1, "^", sign);
    } else {
        pen.put(row.x + 2, row.y, row.width.saturating_sub(2), &trouble.message, theme.plain);
    }
    true
}

/// How many, in which order, narrowed to what, and the bar by year.
fn totals(shared: &Shared, search: &Search, row: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let Some(counts) = search.results.counts.as_ref().filter(|_| !search.is_empty()) else {
        return;
    };
    let brief = row.width < 60;
    let order = match (search.order, brief) {
        (Order::Relevance, false) => "best first",
        (Order::Date, false) => "latest first",
        (Order::Relevance, true) => "best",
        (Order::Date, true) => "latest",
    };
    let (statements, records) = (thousands(counts.statements), thousands(counts.records));
    let mut words = if brief {
        format!("{statements}/{records} {order}")
    } else {
        let one = |n: usize, one: &str| if n == 1 { one.to_owned() } else { format!("{one}s") };
        format!(
            "{statements} {} in {records} {} \u{b7} {order}",
            one(counts.statements, "statement"),
            one(counts.records, "record")
        )
    };
    let year = search.narrow.year.map(|year| year.to_string());
    for narrowed in year.into_iter().chain(search.narrow.state.clone()) {
        words.push_str(if brief { " " } else { " \u{b7} " });
        words.push_str(&narrowed);
    }
    // A bar that is too small shows nothing; then the words have all the room.
    let least = if brief { 14 } else { 20 };
    let used = pen.put(row.x, row.y, row.width.saturating_sub(least), &words, theme.plain);
    let room = row.width.saturating_sub(used + 2);
    bar(shared, search, counts, Rect { x: row.x + used + 2, width: room, ..row }, pen);
}

/// The bar by year at the right end of a row, the year it is narrowed to marked.
fn bar(shared: &Shared, search: &Search, counts: &Counts, row: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let years = if search.rates {
        rates(&counts.years, &shared.catalogue)
    } else {
        counts.years.iter().map(|(year, n)| (*year, *n as f64)).collect()
    };
    let label = if search.rates { "/words " } else { "" };
    let around = 10 + label.len();
    let room = usize::from(row.width).saturating_sub(around).min(80);
    let Some(bar) = Bar::of(&years, room) else { return };
    if bar.heights.len() < 2 {
        pen.put_right(row.right(), row.y, &bar.first.to_string(), theme.faint);
        return;
    }
    let signs = if theme.ascii { ASCII } else { BLOCKS };
    let columns: String = bar.heights.iter().map(|height| signs[*height]).collect();
    let text = format!("{label}{} {columns} {}", bar.first, bar.last);
    let start = row.right().saturating_sub(width(&text));
    pen.put(start, row.y, width(&text), &text, theme.faint);
    let x = start + u16::try_from(label.len()).unwrap_or(0) + 5;
    pen.restyle(x, row.y, u16::try_from(bar.heights.len()).unwrap_or(0), theme.plain);
    if let Some(column) = search.narrow.year.and_then(|year| bar.column(year)) {
        pen.restyle(x + u16::try_from(column).unwrap_or(0), row.y, 1, theme.current);
    }
}

/// The latest queries, or how a query is written.
fn queries(shared: &Shared, search: &Search, list: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    if shared.queries.is_empty() {
        let brief = list.width < 60;
        for ((query, means, briefly), y) in HELP.iter().zip(list.y..list.bottom()) {
            pen.put(list.x + 2, y, 24, query, theme.plain);
            let (at, words) = if brief { (25, briefly) } else { (29, means) };
            pen.put(list.x + at, y, list.width.saturating_sub(at), words, theme.faint);
        }
        return None;
    }
    let queries = &shared.queries;
    let query = |row: usize, y: u16, pen: &mut Pen<'_>| {
        pen.put(list.x + 2, y, list.width.saturating_sub(3), &queries[row], theme.plain);
    };
    if search.focus == Focus::Hits {
        return rows(search.window, queries.len(), list, pen, query);
    }
    (0..queries.len()).zip(list.y..list.bottom()).for_each(|(row, y)| query(row, y, pen));
    None
}

/// The States of the statements found, with how many each has.
fn states(search: &Search, list: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let states = search.counted_states();
    let right = list.x + list.width.min(48);
    rows(search.states, states.len(), list, pen, |row, y, pen| {
        let (name, count) = &states[row];
        pen.put(list.x + 2, y, right.saturating_sub(list.x + 10), name, theme.plain);
        pen.put_right(right, y, &thousands(*count), theme.plain);
        if search.narrow.state.as_ref() == Some(name) {
            pen.put(right + 1, y, 1, "\u{2039}", theme.strong);
        }
    })
}

fn statements(
    shared: &Shared,
    search: &Search,
    list: Rect,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    if search.rows.is_empty() {
        nothing(shared, search, list, pen);
        return None;
    }
    let mut cursor = None;
    let selected = search.selected_hit();
    let typing = search.focus == Focus::Line;
    let most = if typing { shared.geometry.hits_while_typing() } else { usize::MAX };
    let mut shown = search.rows.get(search.window.top..).unwrap_or(&[]);
    if shown.len() > most {
        shown = &shown[..most];
        // No heading without a statement below it.
        while let [before @ .., SearchRow::Record(_)] = shown {
            shown = before;
        }
    }
    for (row, y) in shown.iter().zip(list.y..list.bottom()) {
        let (SearchRow::Record(n) | SearchRow::Hit(n) | SearchRow::Words(n)) = *row;
        let Some(found) = search.results.found.get(n) else { continue };
        match row {
            SearchRow::Record(_) => heading(found, list, y, pen),
            SearchRow::Hit(_) if shared.geometry.narrow() => {
                let new = new_mark(search, found, list.x + 1, y, pen);
                speaker(found, list.x + 1 + new, y, list.width.saturating_sub(2 + new), pen);
            }
            SearchRow::Hit(_) => {
                let name = (list.width / 3).clamp(24, 38);
                let new = new_mark(search, found, list.x + 2, y, pen);
                speaker(found, list.x + 2 + new, y, name - new, pen);
                words(found, list.x + name + 4, y, list.width.saturating_sub(name + 5), pen);
            }
            SearchRow::Words(_) => words(found, list.x + 3, y, list.width.saturating_sub(4), pen),
        }
        if search.focus == Focus::Hits
            && Some(n) == selected
            && !matches!(row, SearchRow::Record(_))
        {
            pen.select(list.x, y, list.width);
            if matches!(row, SearchRow::Hit(_)) {
                cursor = Some((list.x, y));
            }
        }
    }
    cursor
}

/// Why there is no statement to show.
fn nothing(shared: &Shared, search: &Search, list: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let words = match &search.results {
        results if results.of != search.asked() => return,
        results => match (&results.why, &results.counts) {
            (Some(why), _) => match (shared.indexing, &shared.unindexed) {
                (Some((done, total)), _) => format!(
                    "The index for search is being made: {} of {} records. It answers as soon as it is there.",
                    thousands(done),
                    thousands(total)
                ),
                (None, Some(unindexed)) => unindexed.clone(),
                (None, None) => why.clone(),
            },
            (None, None) => return,
            (None, Some(_)) if search.asked().query().is_empty() => return,
            (None, Some(_)) if results.nothing.is_some() => {
                let said = results.nothing.as_deref().unwrap_or_default();
                let first: String = said.chars().take(1).flat_map(char::to_uppercase).collect();
                format!("{first}{}.", said.chars().skip(1).collect::<String>())
            }
            (None, Some(_)) if !search.narrow.is_empty() => {
                "No statement; x takes away the year and the State.".to_owned()
            }
            (None, Some(_)) => {
                "No statement has all of this. Fewer words find more, or word* for a prefix."
                    .to_owned()
            }
        },
    };
    let set = wrap(&words, list.width.saturating_sub(4).max(1));
    for (row, y) in set.iter().zip(list.y..list.bottom()) {
        let text = words.get(row.start..row.end).unwrap_or("");
        pen.put(list.x + 2, y, list.width.saturating_sub(2), text.trim_end(), theme.faint);
    }
}

/// The record of the statements below.
fn heading(found: &Found, list: Rect, y: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let symbol = found.at.symbol.to_string();
    let symbol = if list.width < 60 {
        symbol.replace(" (Resumption ", " R").replace(')', "")
    } else {
        symbol
    };
    let head = format!("{symbol}  {}", found.date);
    let used = pen.put(list.x, y, list.width, &head, theme.strong);
    let x = list.x + used + 2;
    pen.put(x, y, list.right().saturating_sub(x + 1), &found.topic, theme.faint);
}

/// Marks a statement that is new to the kept query; returns the columns that takes.
fn new_mark(search: &Search, found: &Found, x: u16, y: u16, pen: &mut Pen<'_>) -> u16 {
    let theme = *pen.theme;
    if !search.is_new(found) {
        return 0;
    }
    pen.put(x, y, 3, "new", theme.strong) + 1
}

/// For whom, and who.
fn speaker(found: &Found, x: u16, y: u16, room: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let of = match &found.words {
        Words::Here { of, .. } => of.as_ref(),
        _ => found.of.as_ref(),
    };
    match of {
        Some(of) => {
            let used = pen.put(x, y, room, of, theme.plain);
            let name = format!(" \u{b7} {}", found.speaker);
            if used + 6 < room {
                pen.put(x + used, y, room - used, &name, theme.faint);
            }
        }
        None => {
            pen.put(x, y, room, &found.speaker, theme.plain);
        }
    }
}

/// The words around the first mark, in one row.
fn words(found: &Found, x: u16, y: u16, room: u16, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    let (text, marks) = match &found.words {
        Words::Awaited => return,
        Words::Lost(why) => {
            pen.put(x, y, room, why, theme.faint);
            return;
        }
        Words::Here { text, marks, .. } => (text, marks),
    };
    let (cut, marks) = make_snippet(text, marks, usize::from(room).saturating_sub(4));
    pen.put(x, y, room, &cut, theme.plain);
    for mark in &marks {
        let start = cut.get(..mark.start).map_or(0, width).min(room);
        let wide = cut.get(mark.clone()).map_or(0, width).min(room - start);
        pen.restyle(x + start, y, wide, theme.matched);
    }
}

/// Where one is, for the status line.
pub(super) fn position(shared: &Shared, search: &Search) -> String {
    let place = place(shared, search);
    match (place.is_empty(), forms_are_on(search.line.text())) {
        (true, true) => "all forms".to_owned(),
        (false, true) => format!("{place} \u{b7} all forms"),
        (_, false) => place,
    }
}

/// Which of how many statements or States is selected, or what is awaited.
fn place(shared: &Shared, search: &Search) -> String {
    let counts = search.results.counts.as_ref();
    let all = counts.map_or(0, |counts| counts.statements);
    match search.focus {
        _ if search.is_empty() => match shared.queries.len() {
            0 => String::new(),
            _ => "your latest queries".to_owned(),
        },
        Focus::States => {
            let states = counts.map_or(0, |counts| counts.states.len());
            format!("{} of {states} States", search.states.selected + 1)
        }
        _ if shared.pending && search.results.of != search.asked() => {
            "searching \u{2026}".to_owned()
        }
        _ if counts.is_none() && search.results.why.is_none() => "counting \u{2026}".to_owned(),
        Focus::Line => String::new(),
        Focus::Hits => match search.selected_hit() {
            Some(hit) => format!("{} of {}", thousands(hit + 1), thousands(all)),
            None => String::new(),
        },
    }
}

fn width(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}
