//! The statements of a record in lines; each has its own number.

use std::ops::Range;

use crate::app::shared::Shared;
use crate::record::{Item, Statement};
use crate::screens::behaviour::Speech;
use crate::screens::reading;
use crate::screens::speech::head;

use super::state::Statements;

impl Speech for Statements {
    fn place_name(&self) -> String {
        self.record.symbol.to_string()
    }

    fn introduction(&self) -> Vec<String> {
        let mut lines = head(&self.record);
        if let Some(spot) = self.place {
            let number = spot.statement;
            lines.push(format!("You were in statement {number}; resume goes there."));
        }
        lines
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.rows.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = self.rows.iter().skip(range.start).take(range.len());
        let items = rows.filter_map(|row| self.record.items.get(*row));
        let line = |item: &Item| match item {
            Item::Statement(s) => Some(format!("{}. {}", s.number, line(s))),
            item => reading::speech::part(&self.record, item, 0).into_iter().next(),
        };
        items.filter_map(line).collect()
    }

    fn summary(&self) -> Vec<String> {
        head(&self.record)
    }

    fn choose(&mut self, number: u32, _said: usize, _shared: &Shared) -> bool {
        let selected = self.select(number, 1);
        if selected {
            self.place = None;
        }
        selected
    }
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
