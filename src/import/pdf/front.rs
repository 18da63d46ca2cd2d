//! The first page: a cover page, by its lines and by their places, or an official communiqué.
//!
//! Under rule 55 of the provisional rules of procedure a meeting in private has no verbatim record but a
//! communiqué of one page, without members and speakers. Nobody speaks in it, so its paragraphs are
//! directions.

use super::lines::PlacedLine;
use super::pages::PdfPages;
use super::paragraphs;
use crate::import::body::{Block, Body, BodyBuilder};
use crate::import::cover::{self, Cover};
use crate::import::direction;
use crate::import::lines::Line;
use crate::import::lines::join::{JoinRules, JoinedText};
use crate::record::Status;

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

/// Reads the cover page. If the meeting opens on the first page, the rows from the opening on are moved to
/// the other lines.
pub(super) fn read_front(sheets: &mut PdfPages) -> Front {
    let rows = std::mem::take(&mut sheets.cover);
    let opening = rows.iter().position(|row| {
        direction::parse_direction(&row.text).is_some_and(|(kind, _)| kind.opens())
    });
    let (rows, body) = rows.split_at(opening.unwrap_or(rows.len()));
    if !body.is_empty() {
        let mut lines = body.to_vec();
        lines.append(&mut sheets.lines);
        sheets.lines = lines;
    }
    let rows = &rows[..rows.len().min(ROWS)];
    let lines: Vec<Line> = rows.iter().map(PlacedLine::to_plain).collect();
    let mut front = Front { corrections: find_corrections(rows), ..Front::default() };
    let Some(members) = cover::members_line(&lines) else {
        front.warnings.push(
            "there is no cover page with the members of the Council: who presided, the members and the agenda are not known".to_owned(),
        );
        return front;
    };
    front.report.push(format!("read {} lines of the cover page", rows.len()));
    front.cover = cover::read_cover(&lines, members);
    // The word is at the right end of a row that starts with "Security Council".
    let provisional = rows.iter().take(12).any(|row| {
        let ends = row.text.rmatch_indices(' ').take(2).map(|(at, _)| &row.text[at + 1..]);
        ends.chain([row.text.as_str()]).any(cover::is_provisional)
    });
    if provisional {
        front.cover.status = Status::Provisional;
    }
    let items = read_agenda(rows);
    if !items.is_empty() {
        front.cover.agenda = items;
    }
    let reissued = rows.iter().find(|r| r.text.contains("eissued for technical"));
    if let Some(row) = reissued {
        front.warnings.push(format!("the cover page says: {}", row.text));
    }
    front
}

/// The agenda item and its sub-items. A new one starts where the distance or the indent of lines changes.
fn read_agenda(rows: &[PlacedLine]) -> Vec<String> {
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
fn find_corrections(rows: &[PlacedLine]) -> Vec<String> {
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

/// Reads a communiqué whose title is this row; the rows above are its cover.
pub(super) fn read_communique(
    sheets: &mut PdfPages,
    title: usize,
    rules: &JoinRules,
) -> (Cover, Body) {
    let rows = std::mem::take(&mut sheets.cover);
    let lines: Vec<Line> = rows[..title].iter().map(PlacedLine::to_plain).collect();
    let mut cover = cover::read_cover(&lines, lines.len());
    if rows[..title].iter().any(|row| row.text.split(' ').any(cover::is_provisional)) {
        cover.status = Status::Provisional;
    }
    // At the foot of the page the job number and a notice are in small letters.
    let size = rows[title].size;
    let end = rows[title..].iter().position(|row| row.size < 0.93 * size || row.y < 60.0);
    let end = end.map_or(rows.len(), |end| title + end);
    let mut text: Vec<PlacedLine> = rows[title..end].to_vec();
    text.append(&mut sheets.lines);
    let mut builder = BodyBuilder::default();
    for paragraph in paragraphs::by_place(&text) {
        let paragraph = paragraph.to_styled(size, &sheets.numbers);
        let joined = JoinedText::join(&paragraph.lines, rules, builder.tally());
        builder.add(Block::Direction(None, joined));
    }
    (cover, builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(f64, f64, &str)]) -> Vec<PlacedLine> {
        let line = |(x, y, text): &(f64, f64, &str)| PlacedLine {
            text: (*text).to_owned(),
            x: *x,
            y: *y,
            size: 10.0,
            ..PlacedLine::default()
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
            read_agenda(&rows),
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
        assert_eq!(find_corrections(&rows), ["S/PV.9998/Corr.1", "S/PV.9998/Corr.2"]);
    }
}
