//! The title line and the status line: where one is, and what the hand can do next.

use ratatui::layout::Rect;

use crate::app::State;
use crate::app::action::Command;
use crate::app::card::long_date;
use crate::app::compare::Side;
use crate::app::help;
use crate::app::keymap::{self, Context};
use crate::app::reader::Reader;
use crate::app::state::{Purpose, Screen, Shelf};
use crate::app::told::Told;
use crate::app::wrap::{columns, wrap};
use crate::record::{Record, Status, harmless};

use super::paint::Pen;

/// The first row: what this screen shows. EXERCISE stands at its right wherever an exercise is shown.
pub fn title(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let theme = *pen.theme;
    pen.restyle(area.x, area.y, area.width, theme.title);
    let words = title_words(state);
    let mark = mark(state, area.width < NARROW);
    let room = area.width.saturating_sub(1 + marked(&mark));
    pen.put(area.x + 1, area.y, room.saturating_sub(1), &words, theme.title);
    if !mark.is_empty() {
        pen.put_right(area.right() - 1, area.y, &mark, theme.title.patch(theme.strong));
    }
}

/// Columns in which a mark is as short as it can be.
const NARROW: u16 = 60;

/// What is said on every screen: that an exercise is shown, and how many records could not be read, with the key
/// that lists them.
fn mark(state: &State, brief: bool) -> String {
    let exercise = if is_exercise(state) { "EXERCISE" } else { "" };
    let unread = match state.problems.iter().filter(|problem| problem.unread).count() {
        0 => String::new(),
        n if brief => format!("{n} unreadable (!)"),
        1 => "1 record unreadable (!)".to_owned(),
        n => format!("{n} records unreadable (!)"),
    };
    format!("{exercise}  {unread}").trim().to_owned()
}

/// Room for a mark and two blanks before it.
fn marked(mark: &str) -> u16 {
    if mark.is_empty() { 0 } else { wide(mark) + 2 }
}

fn is_exercise(state: &State) -> bool {
    match state.screen() {
        Screen::Statements(list) => list.record.exercise,
        Screen::Reader(reader) => reader.record.exercise,
        Screen::Compare(c) => c.first.record.exercise || c.second.record.exercise,
        Screen::Answers(list) => list.rows.iter().any(|row| row.exercise),
        Screen::Search(search) => search.results.found.iter().any(|found| found.exercise),
        Screen::Concordance(_) => state.catalogue.entries.iter().any(|entry| entry.exercise),
        Screen::Notes(list) => list.is_exercise(),
        Screen::Card(card) => card.exercise,
        _ => false,
    }
}

fn title_words(state: &State) -> String {
    match state.screen() {
        Screen::Meetings(_) => match &state.shelf {
            Shelf::Exercise => "Security Council meetings".to_owned(),
            Shelf::Folder(path) => format!("Security Council meetings · {path}"),
        },
        Screen::Statements(list) => record_words(&list.record),
        Screen::Reader(reader) => record_words(&reader.record),
        Screen::Finder(_) => "Find: record, speaker, State, organization, item, vote".to_owned(),
        Screen::Answers(list) => list.title(),
        Screen::Search(_) => "Search: the words of every statement".to_owned(),
        Screen::Concordance(lines) => {
            format!("Concordance of {}", lines.narrow.query(&lines.query))
        }
        Screen::Notes(list) => list.title(),
        Screen::Card(card) => card.title.clone(),
        Screen::Compare(compare) => {
            format!("{} and {}", compare.first.record.symbol, compare.second.record.symbol)
        }
        Screen::Help(context, _) => format!("Keys: {}", context.title()),
    }
}

fn record_words(record: &Record) -> String {
    let provisional = if record.status == Status::Provisional { " · provisional" } else { "" };
    let language = record.language.code();
    let topic =
        if record.topic.is_empty() { String::new() } else { format!(" · {}", record.topic) };
    format!("{} · {} · {language}{provisional}{}", record.symbol, long_date(record.date), topic)
}

/// The last row: the input line, or a message, or the position with the most useful keys.
pub fn foot(state: &State, area: Rect, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let theme = *pen.theme;
    let y = area.bottom() - 1;
    let width = area.width;
    if let Some(prompt) = &state.prompt {
        if let Some(message) = &state.message {
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
    if let Some(message) = &state.message
        && columns(message) > usize::from(width)
    {
        long_message(message, area, pen);
        return None;
    }
    let left = match (&state.message, state.count) {
        (Some(message), _) => message.clone(),
        (None, Some(count)) => format!("{count}"),
        (None, None) if state.loading => "opening …".to_owned(),
        (None, None) if state.geometry.head() == 0 => {
            title_and_position(state, area, pen);
            return None;
        }
        (None, None) => position(state, theme.mark),
    };
    let used = pen.put(area.x, y, width, &left, theme.plain);
    let room = width.saturating_sub(used + 2);
    // The hints give way as the position grows and come back: on a slow line only help is named.
    let alone = state.geometry.head() == 0;
    let hint = hints(state, usize::from(if alone { room.min(HELP) } else { room }));
    pen.put_right(area.right(), y, &hint, theme.faint);
    // Where no title says it, this row does, whatever else stands in it.
    let right = area.right().saturating_sub(wide(&hint) + 2);
    let mark = if alone { mark(state, true) } else { String::new() };
    if !mark.is_empty() && right >= area.x + used + marked(&mark) {
        pen.put_right(right, y, &mark, theme.strong);
    }
    None
}

/// The most rows a message takes, where the screen is not so small that they would be half of it.
const LONGEST: u16 = 4;

/// A message that is too long for its row stands over the last rows of the body as well, until the next key:
/// what to do stands at its end.
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
    let told = position(state, true);
    let told = cut(&told, right.saturating_sub(area.x));
    pen.put_right(right, y, told, theme.plain);
    let mut room = right.saturating_sub(wide(told) + 2 + area.x);
    let mark = mark(state, true);
    if !mark.is_empty() && room >= marked(&mark) {
        pen.put_right(area.x + room, y, &mark, theme.strong);
        room -= marked(&mark);
    }
    pen.put(area.x, y, room, &title_words(state), theme.strong);
}

/// The beginning of a text that fits into some columns.
fn cut(text: &str, room: u16) -> &str {
    let mut shown = text;
    while columns(shown) > usize::from(room) {
        let last = shown.char_indices().next_back().map_or(0, |(at, _)| at);
        shown = &shown[..last];
    }
    shown
}

/// The end of a text that fits into some columns, so that the cursor stays in sight.
pub(super) fn tail(text: &str, room: u16) -> &str {
    let mut shown = text;
    while columns(shown) > usize::from(room) {
        let next = shown.char_indices().nth(1).map_or(shown.len(), |(at, _)| at);
        shown = &shown[next..];
    }
    shown
}

fn position(state: &State, brief: bool) -> String {
    let of = |selected: usize, len: usize| {
        if len == 0 { "none".to_owned() } else { format!("{} of {len}", selected + 1) }
    };
    match state.screen() {
        Screen::Meetings(list) => {
            let filter = filtered(list.filter.text());
            format!("{}{filter}", of(list.window.selected, list.rows.len()))
        }
        Screen::Statements(list) => {
            let filter = filtered(list.filter.text());
            format!("{}{filter}", of(list.window.selected, list.rows.len()))
        }
        Screen::Answers(list) if list.waiting => "looking …".to_owned(),
        Screen::Answers(list) => {
            let filter = filtered(list.filter.text());
            format!("{}{filter}", of(list.window.selected, list.rows.len()))
        }
        Screen::Notes(list) => {
            let filter = filtered(list.filter.text());
            format!("{}{filter}", of(list.window.selected, list.rows.len()))
        }
        Screen::Finder(find) if find.line.text().is_empty() => String::new(),
        Screen::Finder(find) => match find.hits.total {
            0 if find.waiting => "looking …".to_owned(),
            0 => "nothing has these letters".to_owned(),
            total => of(find.window.selected, total),
        },
        Screen::Search(search) => super::search::position(state, search),
        Screen::Concordance(lines) => super::concordance::position(lines),
        Screen::Compare(compare) => match compare.side {
            Side::Both => "both move".to_owned(),
            Side::First => "first moves".to_owned(),
            Side::Second => "second moves".to_owned(),
        },
        Screen::Reader(reader) => reading_position(state, reader, brief),
        Screen::Card(card) => {
            let rows = card.rows(state.geometry.columns.saturating_sub(3)).len();
            seen(card.window.top, rows, state.geometry.body())
        }
        Screen::Help(context, window) => {
            let rows = help::lines(*context, state.geometry.columns).len();
            seen(window.top, rows, state.geometry.body())
        }
    }
}

/// How much of a card is on the screen; nothing where all of it is.
fn seen(top: usize, rows: usize, body: usize) -> String {
    match rows.saturating_sub(top + body) {
        _ if rows <= body => String::new(),
        0 => "end".to_owned(),
        below => format!("{below} more below"),
    }
}

fn filtered(filter: &str) -> String {
    if filter.is_empty() { String::new() } else { format!(" with \u{201C}{filter}\u{201D}") }
}

/// Where one is in the text; brief, without the name, which would be written with each new speaker.
fn reading_position(state: &State, reader: &Reader, brief: bool) -> String {
    let Told { number, who, page, percent } = state.position(reader);
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

/// Columns in which few hints have room.
const FEW: usize = 40;

/// As many hints of the key table as fit, the screen's own first, help always.
fn hints(state: &State, room: usize) -> String {
    let context = state.context();
    let follows = matches!(state.screen(), Screen::Reader(r) if r.reference.is_some());
    let opens =
        matches!(state.screen(), Screen::Card(c) if c.lines.iter().any(|l| l.target.is_some()));
    let cited = matches!(state.screen(), Screen::Card(card) if card.cited().is_some());
    let lists_known = matches!(state.screen(), Screen::Meetings(list) if list.known);
    let mut words: Vec<String> = Vec::new();
    let mut taken = 0;
    let rows = keymap::in_force(context).into_iter().filter(|b| !b.hint.is_empty());
    let (help, rows): (Vec<&keymap::Binding>, Vec<&keymap::Binding>) =
        rows.partition(|b| b.command == Command::Help);
    for binding in help.into_iter().chain(rows) {
        let hint = match (binding.command, context) {
            (Command::Slash, Context::Reading) => "search",
            (Command::Search, Context::Reading) => "search all",
            (Command::Open, Context::Reading) if !follows => continue,
            (Command::Open, Context::Reading) => "follow",
            (Command::Open, Context::Card) if !opens => continue,
            (Command::Slash, Context::Card | Context::States | Context::Concordance) => continue,
            (Command::Slash | Command::Open, Context::Compare) => continue,
            // Where there is room for one key of a card it is the one that opens.
            (Command::Backlinks, _) if !cited || room < FEW => continue,
            (Command::TextOnly, _) if lists_known => "text only",
            _ => binding.hint,
        };
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
