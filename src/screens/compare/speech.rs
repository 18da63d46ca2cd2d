//! Two statements in lines.

use crate::app::number::long_date;
use crate::screens::behaviour::Speech;
use crate::screens::reading::speech::paragraph;
use crate::screens::reading::state::Reader;
use crate::screens::speech::EXERCISE;

use super::state::Compare;

impl Speech for Compare {
    fn place_name(&self) -> String {
        "compare".to_owned()
    }

    /// The two, one after the other, each whole.
    fn introduction(&self) -> Vec<String> {
        let side = |which: &str, reader: &Reader| {
            let record = &reader.record;
            let mut lines =
                vec![format!("{which}: {}, {}.", record.symbol, long_date(record.date))];
            if record.exercise {
                lines.push(EXERCISE.to_owned());
            }
            if let Some(statement) = reader.statement() {
                let parts = 0..statement.paragraphs.len().max(1);
                lines.extend(parts.flat_map(|part| paragraph(record, statement, part)));
            }
            lines
        };
        [side("The first", &self.first), side("The second", &self.second)].concat()
    }

    /// Which two they are.
    fn summary(&self) -> Vec<String> {
        let name = |reader: &Reader| {
            let number = reader.statement().map_or(0, |s| s.number);
            format!("{}, statement {number}", reader.record.symbol)
        };
        vec![format!("Compared: {}; and {}.", name(&self.first), name(&self.second))]
    }
}
