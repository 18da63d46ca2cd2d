//! The run of printed pages through a record.

use crate::record::{Doubt, Item, Record};

/// A page where something begins, with the statement it is in.
struct PageMark {
    page: u32,
    statement: Option<u32>,
    /// A new page begins here; else the page may be the one before.
    turn: bool,
}

/// Doubts about pages that are missing, that come twice or that go back.
pub(super) fn find_doubts(record: &Record) -> Vec<Doubt> {
    let marks = page_marks(record);
    let mut found = Vec::new();
    for pair in marks.windows(2) {
        let [before, mark] = pair else { continue };
        let (last, page) = (before.page, mark.page);
        let text = match page.checked_sub(last) {
            None => format!("page {page} comes after page {last}; its text may be out of order"),
            Some(0) if mark.turn => format!("page {page} begins twice"),
            Some(0 | 1) => continue,
            Some(2) => format!("page {} is missing: page {page} follows page {last}", last + 1),
            Some(_) => format!(
                "pages {} to {} are missing: page {page} follows page {last}",
                last + 1,
                page - 1
            ),
        };
        found.push(Doubt { statement: mark.statement, page: Some(page), text });
    }
    found
}

/// Every page of the record in order of the text.
fn page_marks(record: &Record) -> Vec<PageMark> {
    let mut marks = Vec::new();
    let mut statement = None;
    for item in &record.items {
        let mut mark = |page: Option<u32>, statement, turn| {
            marks.extend(page.map(|page| PageMark { page, statement, turn }));
        };
        if let Item::Statement(s) = item {
            statement = Some(s.number);
        }
        mark(item.page(), statement, false);
        let Item::Statement(s) = item else { continue };
        for paragraph in &s.paragraphs {
            mark(paragraph.page, statement, false);
            paragraph.breaks.iter().for_each(|turn| mark(Some(turn.page), statement, true));
        }
    }
    marks
}
