//! A chart in lines: what is counted, then a line for each row of its table.

use std::ops::Range;

use crate::app::chart::{letter, table, title};
use crate::app::number::thousands;
use crate::app::shared::Shared;
use crate::screens::behaviour::Speech;
use crate::screens::speech::{numbered, sentence};

use super::state::ChartScreen;

impl Speech for ChartScreen {
    fn place_name(&self) -> String {
        "chart".to_owned()
    }

    fn introduction(&self) -> Vec<String> {
        let Some(chart) = &self.chart else { return Vec::new() };
        if let Some(why) = &chart.why {
            return vec![sentence(why.clone())];
        }
        let mut lines = vec![sentence(title(chart, self.rate))];
        let several = chart.series.len() > 1;
        for (n, series) in chart.series.iter().enumerate() {
            let name = if several { format!("{}: ", letter(n)) } else { String::new() };
            let count = series.total.statements;
            let statements = if count == 1 { "statement" } else { "statements" };
            lines.push(format!("{name}{}, {} {statements}.", series.query, thousands(count)));
        }
        lines.extend(self.notes.iter().cloned().map(sentence));
        lines
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.chart.as_ref().map_or(0, |chart| table(chart, self.rate).rows.len()))
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let Some(chart) = &self.chart else { return Vec::new() };
        let table = table(chart, self.rate);
        let rows = table.rows.iter().skip(range.start).take(range.len());
        numbered(range.start, rows.map(|row| line(&table.head, row)))
    }

    /// A State or topic has a line for each query.
    fn choose(&mut self, number: u32, said: usize, _shared: &Shared) -> bool {
        let row = (number as usize).wrapping_sub(1);
        let Some(chart) = self.chart.as_ref().filter(|_| row < said) else { return false };
        let each = if chart.asked.by.is_grouped() { chart.series.len().max(1) } else { 1 };
        self.window.selected = row / each;
        true
    }

    fn summary(&self) -> Vec<String> {
        self.introduction()
    }
}

/// A row, each figure after the name of its column; a column without a figure is left out.
fn line(head: &[String], row: &[String]) -> String {
    let mut cells = head.iter().zip(row);
    let name = cells.next().map_or("", |(_, name)| name);
    let figures = cells.filter(|(_, cell)| !cell.is_empty()).map(|(head, cell)| {
        let cell = match cell.as_str() {
            "-" => "none",
            "?" => "not known",
            cell => cell,
        };
        format!("{head} {cell}")
    });
    format!("{name}: {}", figures.collect::<Vec<_>>().join(", "))
}
