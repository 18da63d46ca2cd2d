//! The statements of a record in lines; each has its own number.

use std::ops::Range;

use crate::record::{Item, Statement};
use crate::screens::reading;

use super::state::Statements;

/// Some rows of the list.
pub(super) fn lines(list: &Statements, range: Range<usize>) -> Vec<String> {
    let rows = list.rows.iter().skip(range.start).take(range.len());
    let items = rows.filter_map(|row| list.record.items.get(*row));
    items
        .filter_map(|item| match item {
            Item::Statement(statement) => {
                Some(format!("{}. {}", statement.number, line(statement)))
            }
            item => reading::speech::part(&list.record, item, 0).into_iter().next(),
        })
        .collect()
}

fn line(statement: &Statement) -> String {
    let speaker = &statement.speaker;
    let of = match speaker.spoken_for() {
        _ if statement.is_procedural() => ", procedural".to_owned(),
        Some(of) => format!(", {of}"),
        None => String::new(),
    };
    let page = statement.page.map_or(String::new(), |p| format!(", page {p}"));
    format!("{}{of}, {} words{page}", speaker.name, statement.words())
}
