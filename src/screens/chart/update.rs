//! Keys of a chart.

use crate::app::chart::{By, queries_of};
use crate::app::command::Command;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::{Move, Window};
use crate::record::Kind;
use crate::screens::request::Request;

use super::state::{ChartScreen, Shape};

/// A key on a chart of which `height` rows are shown.
pub(super) fn obey(
    screen: &mut ChartScreen,
    command: Command,
    shared: &mut Shared,
    height: usize,
) -> Vec<Request> {
    if let Some(by) = Move::by_key_in_hits(command, shared.count) {
        screen.window = screen.window.moved(by, screen.rows(), height);
        return Vec::new();
    }
    match command {
        Command::NextYear => step(screen, 1, shared, height),
        Command::PreviousYear => step(screen, -1, shared, height),
        Command::Shape => next_shape(screen, height),
        Command::Rates => {
            screen.rate = !screen.rate;
            screen.set_words();
        }
        Command::ByYear => return by(screen, By::Year, shared),
        Command::ByMonth => return by(screen, By::Month, shared),
        Command::States => return by(screen, By::State, shared),
        Command::ByTopic => return by(screen, By::Topic, shared),
        Command::Procedural => {
            screen.asked.procedural = !screen.asked.procedural;
            let with = if screen.asked.procedural { "with" } else { "without" };
            shared.say(format!("{with} the procedural turns of the chair"));
            return screen.ask(shared);
        }
        Command::Letters => {
            screen.asked.kind = match screen.asked.kind {
                Kind::Verbatim => Kind::Letter,
                _ => Kind::Verbatim,
            };
            return screen.ask(shared);
        }
        Command::Slash => return vec![Request::Prompt(Purpose::Queries, screen.line())],
        Command::Open => return open(screen, shared).into_iter().collect(),
        _ => {}
    }
    Vec::new()
}

/// Other queries were typed.
pub(super) fn submit(screen: &mut ChartScreen, text: &str, shared: &mut Shared) -> Vec<Request> {
    match queries_of(text) {
        Err(many) => shared.say(many.to_string()),
        Ok(queries) if queries.is_empty() => shared.say("a chart needs a query"),
        Ok(queries) => {
            screen.asked.queries = queries;
            return screen.ask(shared);
        }
    }
    Vec::new()
}

/// Counts by something else.
fn by(screen: &mut ChartScreen, by: By, shared: &mut Shared) -> Vec<Request> {
    if screen.asked.by == by {
        return Vec::new();
    }
    screen.asked.by = by;
    screen.window = Window::default();
    screen.ask(shared)
}

/// Lines, bars, a table; by State or topic there are no lines.
fn next_shape(screen: &mut ChartScreen, height: usize) {
    let selected = screen.selected().unwrap_or(0);
    screen.shape = match screen.shape {
        Shape::Lines if screen.asked.by.is_grouped() => Shape::Table,
        Shape::Lines => Shape::Bars,
        Shape::Bars => Shape::Table,
        Shape::Table => Shape::Lines,
    };
    screen.set_words();
    let grouped = screen.asked.by.is_grouped() && screen.shape == Shape::Table;
    let row = if grouped { selected * screen.asked.queries.len().max(1) } else { selected };
    screen.window = Window::default().moved(Move::To(row), screen.rows(), height);
}

/// To the next period or the one before; in a table to further years.
fn step(screen: &mut ChartScreen, by: isize, shared: &mut Shared, height: usize) {
    if screen.shape == Shape::Table {
        let columns = screen.table.head.len().saturating_sub(screen.table.texts + 1);
        screen.column = screen.column.saturating_add_signed(by * 4).min(columns);
        return;
    }
    let count = isize::try_from(shared.count.unwrap_or(1)).unwrap_or(1);
    screen.window = screen.window.moved(Move::Rows(by * count), screen.rows(), height);
}

/// Searches what is selected: the first query, in that year or month, of that State, on that topic.
fn open(screen: &ChartScreen, shared: &mut Shared) -> Option<Request> {
    let (chart, at) = (screen.chart.as_ref()?, screen.selected()?);
    let each = chart.series.len().max(1);
    let series = if screen.shape == Shape::Table && chart.asked.by.is_grouped() {
        screen.window.selected % each
    } else {
        0
    };
    let query = &chart.series.get(series)?.query;
    let name = chart.point_name(at);
    if name.contains('"') || query.is_empty() {
        shared.say("this cannot be searched");
        return None;
    }
    let field = match chart.asked.by {
        By::Year => format!("year:{name}"),
        By::Month => format!("date:{name}"),
        By::State => format!("state:\"{name}\""),
        By::Topic => format!("topic:\"{name}\""),
    };
    Some(Request::Hits(format!("{query} {field} ")))
}
