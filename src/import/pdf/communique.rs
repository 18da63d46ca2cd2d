//! Official communiqués of closed meetings: one page without members and without speakers.
//!
//! Under rule 55 of the provisional rules of procedure a meeting in private has no verbatim record but
//! a communiqué. Nobody speaks in it, so its paragraphs are directions.

use super::lines::Line;
use super::pages::Sheets;
use super::{front, paragraphs};
use crate::import::text::body::Body;
use crate::import::text::build::{Grown, Manner};
use crate::import::text::cover::{self, Cover};
use crate::import::text::lines as plain;
use crate::import::words::{head, key};
use crate::record::{Direction, Item, Status};

/// How the title of a communiqué begins, folded, in five languages.
const TITLES: [&str; 5] = [
    "official communique of the",
    "communique officiel de la",
    "comunicado oficial de la",
    "официальное коммюнике",
    "安全理事会第",
];
/// What the title in Chinese ends in; it begins as other lines do.
const CHINESE: &str = "公报";
/// How far down the first page the title stands, in rows.
const ROWS: usize = 20;

/// Whether a row is the title of a communiqué.
fn is_title(text: &str) -> bool {
    let folded = key(head(text, 300));
    let begins = TITLES.iter().any(|title| folded.starts_with(&key(title)));
    begins && (folded.is_ascii() || !text.contains('第') || text.contains(CHINESE))
}

/// The row of the first page that is the title of a communiqué.
pub(super) fn title(sheets: &Sheets) -> Option<usize> {
    sheets.cover.iter().take(ROWS).position(|row| is_title(&row.text))
}

/// Reads a communiqué whose title is this row: what stands over it is its cover.
pub(super) fn read(sheets: &mut Sheets, title: usize, manner: &Manner) -> (Cover, Body) {
    let rows = std::mem::take(&mut sheets.cover);
    let lines: Vec<plain::Line> = rows[..title].iter().map(front::plain).collect();
    let mut cover = cover::read(&lines, lines.len());
    if rows[..title].iter().any(|row| row.text.split(' ').any(cover::is_provisional)) {
        cover.status = Status::Provisional;
    }
    // At the foot of the page stand small letters: the number of the job, the notice on paper.
    let size = rows[title].size;
    let end = rows[title..].iter().position(|row| row.size < 0.93 * size || row.y < 60.0);
    let end = end.map_or(rows.len(), |end| title + end);
    let mut text: Vec<Line> = rows[title..end].to_vec();
    text.append(&mut sheets.lines);
    let mut body = Body::default();
    for paragraph in paragraphs::by_place(&text) {
        let mut grown = Grown::default();
        for line in &paragraph.lines {
            let page = sheets.numbers.get(line.page).copied();
            let line = plain::Line { page, ..front::plain(line) };
            grown.push(&line, manner, &mut body.tally);
        }
        body.paragraphs += 1;
        let text = grown.text.trim().to_owned();
        body.items.push(Item::Direction(Direction { page: grown.page, text }));
    }
    (cover, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for yes in [
            "Official communiqué of the 9998th (closed) meeting of the",
            "OFFICIAL COMMUNIQUÉ OF THE 9998TH (CLOSED) MEETING",
            "Communiqué officiel de la 9998e séance (privée)",
            "Comunicado oficial de la 9998ª sesión (privada)",
            "Официальное коммюнике 9998-го (закрытого) заседания",
            "安全理事会第9998次会议(闭门)正式公报",
        ] {
            assert!(is_title(yes), "{yes}");
        }
        for no in ["9998th meeting", "安全理事会第9998次会议", "The official communiqué", "Agenda"]
        {
            assert!(!is_title(no), "{no}");
        }
    }
}
