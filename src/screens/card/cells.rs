//! The cells of a card's lines, put in columns.
//!
//! Tabs part the cells of a line. Lines with cells that follow one another are a table: its columns are as wide
//! as their widest cell if the table has room, else the cells of each line follow one another.

use std::borrow::Cow;

use crate::app::card_line::Line;
use crate::app::wrap::columns;

/// The blanks between two columns.
const GAP: usize = 2;

/// The columns that the last cell has in any table.
const LAST: usize = 24;

/// The blanks between two cells without columns.
const APART: &str = "   ";

/// The texts of lines, their cells in columns where a table has at most `width` columns.
pub(super) fn in_columns(lines: &[Line], width: u16) -> Vec<Cow<'_, str>> {
    let is_row = |line: &Line| line.text.contains('\t');
    lines
        .chunk_by(|a, b| is_row(a) == is_row(b))
        .flat_map(|lines| match lines.first().is_some_and(is_row) {
            true => table(lines, width),
            false => lines.iter().map(|line| Cow::Borrowed(line.text.as_str())).collect(),
        })
        .collect()
}

fn table(lines: &[Line], width: u16) -> Vec<Cow<'_, str>> {
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.text.split('\t').collect()).collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &rows {
        for (at, cell) in row.iter().enumerate() {
            match widths.get_mut(at) {
                Some(widest) => *widest = columns(cell).max(*widest),
                None => widths.push(columns(cell)),
            }
        }
    }
    // A column that is empty in every line takes no room.
    let used = widths.iter().filter(|widest| **widest > 0).count();
    let total = widths.iter().sum::<usize>() + GAP * used.saturating_sub(1);
    // What is too long in the last column is wrapped.
    let cut = widths.last().map_or(0, |last| last.saturating_sub(LAST));
    let fits = total - cut <= usize::from(width);
    rows.into_iter()
        .map(|row| Cow::Owned(if fits { padded(&row, &widths) } else { joined(&row) }))
        .collect()
}

fn padded(row: &[&str], widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, widest) in row.iter().zip(widths).filter(|(_, widest)| **widest > 0) {
        text.push_str(cell);
        text.push_str(&" ".repeat(widest - columns(cell) + GAP));
    }
    text.truncate(text.trim_end().len());
    text
}

fn joined(row: &[&str]) -> String {
    let first = row.first().copied().unwrap_or_default();
    // A line without its first cell goes on with what the line above it is about.
    let indent =
        if first.is_empty() { APART } else { &first[..first.len() - first.trim_start().len()] };
    let cells = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    format!("{indent}{}", cells.collect::<Vec<_>>().join(APART))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::card_line::Weight;

    fn shown(texts: &[&str], width: u16) -> Vec<String> {
        let line = |text: &&str| Line { weight: Weight::Plain, text: (*text).into(), target: None };
        let lines: Vec<Line> = texts.iter().map(line).collect();
        in_columns(&lines, width).into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn cells_are_in_columns_where_there_is_room() {
        let table = ["head", "  a\tlong\t\tx", "  bbb\tc\t\ty", "", "alone\tz"];
        let wide = ["head", "  a    long  x", "  bbb  c     y", "", "alone  z"];
        assert_eq!(shown(&table, 14), wide);
        let narrow = ["head", "  a   long   x", "  bbb   c   y", "", "alone  z"];
        assert_eq!(shown(&table, 13), narrow);
        // Wide letters count as they are drawn.
        assert_eq!(shown(&["\u{4e2d}\tx", "ab\ty"], 9), ["\u{4e2d}  x", "ab  y"]);
        assert_eq!(shown(&["\t\t", "\ta"], 9), ["", "a"]);
        assert_eq!(shown(&["next\ta", "\tb"], 3), ["next   a", "   b"]);
    }
}
