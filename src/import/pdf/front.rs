//! The cover page: what the text importer reads of its lines, and what only their places tell.

use super::lines::Line;
use super::pages::Sheets;
use crate::import::direction::{self, Kind};
use crate::import::text::cover::{self, Cover};
use crate::import::text::lines as plain;
use crate::import::words::head;
use crate::record::Status;

/// The most bytes of a line that are looked at; none is longer on paper.
const LINE: usize = 1_000;
/// The most rows of a cover page.
const ROWS: usize = 300;

/// What the cover page says.
#[derive(Default)]
pub(super) struct Front {
    pub(super) cover: Cover,
    /// Symbols of corrections it names.
    pub(super) corrections: Vec<String>,
    pub(super) report: Vec<String>,
    pub(super) warnings: Vec<String>,
}

/// A line as the readers of plain text take it.
pub(super) fn plain(line: &Line) -> plain::Line {
    plain::Line { text: head(&line.text, LINE).to_owned(), ..plain::Line::default() }
}

/// Reads the cover page. A first page on which the meeting opens is no cover: what follows the
/// opening is put before the other lines.
pub(super) fn read(sheets: &mut Sheets) -> Front {
    let rows = std::mem::take(&mut sheets.cover);
    let opening =
        rows.iter().position(|row| matches!(direction::kind(&row.text), Some((Kind::Opening, _))));
    let (rows, body) = rows.split_at(opening.unwrap_or(rows.len()));
    if !body.is_empty() {
        let mut lines = body.to_vec();
        lines.append(&mut sheets.lines);
        sheets.lines = lines;
    }
    let rows = &rows[..rows.len().min(ROWS)];
    let lines: Vec<plain::Line> = rows.iter().map(plain).collect();
    let mut front = Front { corrections: corrections(rows), ..Front::default() };
    let Some(members) = cover::members_line(&lines) else {
        front.warnings.push("there is no cover page with the members of the Council".to_owned());
        return front;
    };
    front.report.push(format!("read {} lines of the cover page", rows.len()));
    front.cover = cover::read(&lines, members);
    // The word stands at the right end of a row that begins with "Security Council".
    let provisional = rows.iter().take(12).any(|row| {
        let ends = row.text.rmatch_indices(' ').take(2).map(|(at, _)| &row.text[at + 1..]);
        ends.chain([row.text.as_str()]).any(cover::is_provisional)
    });
    if provisional {
        front.cover.status = Status::Provisional;
    }
    let items = agenda(rows);
    if !items.is_empty() {
        front.cover.agenda = items;
    }
    let reissued = rows.iter().find(|r| r.text.contains("eissued for technical"));
    if let Some(row) = reissued {
        front.warnings.push(format!("the cover page says: {}", row.text));
    }
    front
}

/// The agenda item and its sub-items: a new one where the lines are further apart or further in.
fn agenda(rows: &[Line]) -> Vec<String> {
    let Some(title) = rows.iter().position(|row| cover::is_agenda(&row.text)) else {
        return Vec::new();
    };
    let rows = &rows[title + 1..];
    let Some(first) = rows.first() else { return Vec::new() };
    let end = rows.iter().position(|row| {
        row.size < 0.93 * first.size || cover::is_notice(&row.text) || row.y < 100.0
    });
    let rows = &rows[..end.unwrap_or(rows.len())];
    let gaps = rows.windows(2).map(|pair| pair[0].y - pair[1].y);
    let lead = gaps.fold(15.0, f64::min).max(8.0);
    let mut items: Vec<String> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &rows[at]);
        let goes_on = before
            .is_some_and(|before| before.y - row.y < 1.25 * lead && (row.x - before.x).abs() < 8.0);
        match items.last_mut().filter(|_| goes_on) {
            Some(item) => {
                if !item.ends_with('-') {
                    item.push(' ');
                }
                item.push_str(&row.text);
            }
            None => items.push(row.text.clone()),
        }
    }
    items
}

/// Symbols such as `S/PV.3105/Corr.1` on the cover page.
fn corrections(rows: &[Line]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in rows.iter().flat_map(|row| row.text.split([' ', ',', ';', '(', ')'])) {
        let word = word.trim_end_matches('.');
        let number = word.split_once("/Corr.").filter(|(symbol, _)| symbol.starts_with("S/PV"));
        let whole =
            number.is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if whole && !found.iter().any(|f| f == word) {
            found.push(word.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(f64, f64, &str)]) -> Vec<Line> {
        let line = |(x, y, text): &(f64, f64, &str)| Line {
            text: (*text).to_owned(),
            x: *x,
            y: *y,
            size: 10.0,
            ..Line::default()
        };
        rows.iter().map(line).collect()
    }

    #[test]
    fn items_of_an_invented_agenda() {
        let rows = rows(&[
            (60.0, 314.0, "Agenda"),
            (123.0, 302.0, "The invented question"),
            (147.0, 284.0, "Report of the Secretary-"),
            (147.0, 272.0, "General on it (S/2099/8)"),
            (147.0, 254.0, "Another report (S/2099/9)"),
            (123.0, 159.0, "This record contains the text of speeches"),
        ]);
        assert_eq!(
            agenda(&rows),
            [
                "The invented question",
                "Report of the Secretary-General on it (S/2099/8)",
                "Another report (S/2099/9)"
            ]
        );
    }

    #[test]
    fn corrections_are_named() {
        let rows = rows(&[(60.0, 90.0, "Incorporating S/PV.9998/Corr.1 and S/PV.9998/Corr.2.")]);
        assert_eq!(corrections(&rows), ["S/PV.9998/Corr.1", "S/PV.9998/Corr.2"]);
    }
}
