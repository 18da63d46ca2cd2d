//! The rows of a table of a web page, cell by cell.

use html5gum::Token;

use crate::import::html::tokens;

/// The most cells of a row that are read; a row with more is no row of these tables.
const MOST_CELLS: usize = 12;
/// The longest cell, in bytes.
const LONGEST_CELL: usize = 4_000;

/// The tables of a page, as one list of rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The rows with their cells, whose white space is single spaces.
    pub rows: Vec<Vec<String>>,
    /// The page ended before the table did.
    pub cut_off: bool,
}

/// Reads the rows of every table of a page. A row with too many cells is kept with as many as are read.
pub(super) fn read_rows(page: &str) -> Rows {
    let (mut found, mut open) = (Rows::default(), 0u32);
    let mut cell: Option<String> = None;
    for token in tokens(page) {
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"table" => open += 1,
                b"tr" => {
                    end_cell(&mut found, &mut cell);
                    found.rows.push(Vec::new());
                }
                b"td" | b"th" => {
                    end_cell(&mut found, &mut cell);
                    cell = Some(String::new());
                }
                // Lines within a cell are words apart.
                b"br" | b"p" | b"div" | b"li" => push(&mut cell, " "),
                _ => {}
            },
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"table" => {
                    end_cell(&mut found, &mut cell);
                    open = open.saturating_sub(1);
                }
                b"td" | b"th" | b"tr" => end_cell(&mut found, &mut cell),
                b"a" | b"p" | b"div" | b"li" => push(&mut cell, " "),
                _ => {}
            },
            Token::String(text) => push(&mut cell, &String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    found.cut_off = open > 0;
    found.rows.retain(|row| !row.is_empty());
    found
}

fn push(cell: &mut Option<String>, text: &str) {
    if let Some(cell) = cell
        && cell.len() < LONGEST_CELL
    {
        cell.push_str(&text[..text.floor_char_boundary(LONGEST_CELL)]);
    }
}

fn end_cell(found: &mut Rows, cell: &mut Option<String>) {
    let (Some(text), Some(row)) = (cell.take(), found.rows.last_mut()) else { return };
    if row.len() <= MOST_CELLS {
        row.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
