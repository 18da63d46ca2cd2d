//! The list of meetings in lines.

use std::ops::Range;

use crate::app::shared::Shared;
use crate::facts::meetings as table;
use crate::screens::behaviour::Speech;
use crate::screens::speech::numbered;

use super::state::{MeetingRow, Meetings};

impl Speech for Meetings {
    fn line_count(&self) -> Option<usize> {
        Some(self.rows.len())
    }

    // Thousands of meetings are known: only these are put in words.
    fn lines(&self, range: Range<usize>, shared: &Shared) -> Vec<String> {
        let rows = self.rows.iter().skip(range.start).take(range.len());
        numbered(range.start, rows.map(|row| line(*row, shared).unwrap_or_default()))
    }

    fn summary(&self) -> Vec<String> {
        vec![format!("Meetings: {} in this list.", self.rows.len())]
    }
}

/// A record or a known meeting.
fn line(row: MeetingRow, shared: &Shared) -> Option<String> {
    Some(match row {
        MeetingRow::Here(index) => {
            let entry = shared.catalogue.entries.get(index)?;
            let text = match entry.statements {
                1 => "1 statement".to_owned(),
                n => format!("{n} statements"),
            };
            let exercise = if entry.exercise { "EXERCISE, " } else { "" };
            let outcomes = outcome(&entry.outcomes.join("; "));
            format!("{exercise}{}, {}, {text}, {}{outcomes}", entry.symbol, entry.date, entry.topic)
        }
        MeetingRow::Known(id) => {
            let meeting = table::get(id)?;
            let outcomes = outcome(&meeting.short_outcomes().join("; "));
            let (symbol, date, topic) = (meeting.symbol, meeting.date, meeting.topic);
            format!("{symbol}, {date}, text not here, {topic}{outcomes}")
        }
    })
}

fn outcome(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(". Outcome: {words}") }
}
