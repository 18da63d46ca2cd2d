//! What is on the screen, cell by cell, reduced to what this terminal can show and to what
//! all terminals agree on.
//!
//! Made from a ratatui `Buffer`: looks become [`Pen`]s, the cell after a double-width character
//! becomes a continuation, and a symbol that terminals measure differently is shown by its first
//! character. As a last defence no control character passes, whatever a screen drew.

use super::caps::Caps;
use super::pen::Pen;
use crate::record::harmless;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// One character of one or two columns.
    One(char),
    /// A character with others on it that take no column (combining marks).
    Many(Box<str>),
    /// The second half of the double-width character before.
    Rest,
}

/// One cell of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Its text.
    pub glyph: Glyph,
    /// Its look.
    pub pen: Pen,
}

impl Tile {
    /// A cell as erasing leaves it.
    pub const BLANK: Self = Self {
        glyph: Glyph::One(' '),
        pen: Pen {
            fg: super::pen::Ink::Own,
            bg: super::pen::Ink::Own,
            attributes: ratatui::style::Modifier::empty(),
        },
    };

    /// How many columns the terminal moves when this is written: 0 for a continuation.
    pub fn width(&self) -> u16 {
        match &self.glyph {
            Glyph::One(c) if c.is_ascii() => 1,
            Glyph::One(c) => narrow(c.width()),
            Glyph::Many(text) => narrow(Some(text.width())),
            Glyph::Rest => 0,
        }
    }

    /// Whether it is as erasing leaves it.
    pub fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// Appends the text that shows it.
    pub fn write(&self, out: &mut Vec<u8>) {
        match &self.glyph {
            Glyph::One(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Glyph::Many(text) => out.extend_from_slice(text.as_bytes()),
            Glyph::Rest => {}
        }
    }
}

fn narrow(width: Option<usize>) -> u16 {
    u16::try_from(width.unwrap_or(1)).unwrap_or(u16::MAX)
}

/// A screen full of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
    tiles: Vec<Tile>,
}

impl Grid {
    /// An erased screen.
    pub fn blank(width: u16, height: u16) -> Self {
        let tiles = vec![Tile::BLANK; usize::from(width) * usize::from(height)];
        Self { width, height, tiles }
    }

    /// What a buffer asks to be shown; a cell it says to skip stays as in `last`.
    pub fn new(buffer: &Buffer, caps: &Caps, last: Option<&Self>) -> Self {
        let mut grid = Self::blank(buffer.area.width, buffer.area.height);
        let last = last.filter(|last| (last.width, last.height) == (grid.width, grid.height));
        let columns = usize::from(grid.width);
        if columns == 0 {
            return grid;
        }
        for (y, cells) in buffer.content.chunks(columns).take(usize::from(grid.height)).enumerate()
        {
            let row = y * columns;
            let old = last.map(|last| &last.tiles[row..row + columns]);
            fill(&mut grid.tiles[row..row + columns], cells, old, caps);
        }
        grid
    }

    /// The cells of one row, empty for a row that is not there.
    pub fn row(&self, y: u16) -> &[Tile] {
        let columns = usize::from(self.width);
        let start = usize::from(y) * columns;
        self.tiles.get(start..start + columns).unwrap_or_default()
    }

    /// Moves the rows from `top` to `bottom` (both in) up by `by`, or down where it is negative;
    /// rows that come in are erased.
    pub fn shift(&mut self, top: u16, bottom: u16, by: i32) {
        let columns = usize::from(self.width);
        let region = usize::from(top) * columns..(usize::from(bottom) + 1) * columns;
        let Some(tiles) = self.tiles.get_mut(region) else { return };
        let moved = (by.unsigned_abs() as usize * columns).min(tiles.len());
        if by > 0 {
            tiles.rotate_left(moved);
            let kept = tiles.len() - moved;
            tiles[kept..].fill(Tile::BLANK);
        } else {
            tiles.rotate_right(moved);
            tiles[..moved].fill(Tile::BLANK);
        }
    }
}

/// One row of a buffer into one row of cells.
fn fill(tiles: &mut [Tile], cells: &[Cell], old: Option<&[Tile]>, caps: &Caps) {
    let mut x = 0;
    while let (Some(cell), true) = (cells.get(x), x < tiles.len()) {
        if cell.diff_option == CellDiffOption::Skip {
            if let Some(tile) = old.and_then(|old| old.get(x)) {
                tiles[x] = tile.clone();
            }
            x += 1;
            continue;
        }
        let pen = Pen::new(cell.fg, cell.bg, cell.modifier, caps);
        let tile = Tile { glyph: glyph(cell.symbol(), caps.ascii), pen };
        let wide = tile.width() == 2;
        // A double-width character at the edge, or one whose second half something else is drawn
        // over (the border of a box), is cut: a blank is all that can be shown of it.
        let whole = cells.get(x + 1).is_some_and(|next| matches!(next.symbol(), " " | ""));
        if wide && !whole {
            tiles[x] = Tile { glyph: Glyph::One(' '), pen };
        } else {
            tiles[x] = tile;
            if wide {
                x += 1;
                tiles[x] = Tile { glyph: Glyph::Rest, pen };
            }
        }
        x += 1;
    }
    mend(tiles);
}

/// Blanks the halves of double-width characters whose other half is gone (beside skipped cells).
fn mend(tiles: &mut [Tile]) {
    for x in 0..tiles.len() {
        let after_wide = x > 0 && tiles[x - 1].width() == 2;
        if tiles[x].glyph == Glyph::Rest && !after_wide {
            tiles[x].glyph = Glyph::One(' ');
        }
        let rest_follows = tiles.get(x + 1).is_some_and(|next| next.glyph == Glyph::Rest);
        if tiles[x].width() == 2 && !rest_follows {
            tiles[x].glyph = Glyph::One(' ');
        }
    }
}

/// The text shown for a symbol.
fn glyph(symbol: &str, ascii: bool) -> Glyph {
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else { return Glyph::One(' ') };
    let alone = chars.as_str().is_empty();
    if alone && matches!(first, ' '..='~') {
        return Glyph::One(first);
    }
    if ascii {
        return Glyph::One(in_ascii(first));
    }
    // U+FFFD, the mark of what could not be shown, is itself dropped by some terminals.
    if symbol.chars().any(|c| matches!(c, '\n' | '\u{FFFD}') || harmless::is_harmful(c)) {
        return Glyph::One('?');
    }
    match first.width().unwrap_or(0) {
        // Nothing to combine with: a mark alone would land on the cell before.
        0 => Glyph::One(' '),
        // U+17D8 is counted as three, which no terminal has.
        3.. => Glyph::One('?'),
        _ if alone => Glyph::One(first),
        // Joined emoji and the like take one, two or four columns as the terminal likes.
        wide if chars.all(|c| c.width() == Some(0) && !is_joiner(c)) && symbol.width() == wide => {
            Glyph::Many(symbol.into())
        }
        _ => Glyph::One(first),
    }
}

/// A character without width that changes how wide terminals draw what is before it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// The nearest thing in ASCII: a line, a quotation mark, a letter without its accents.
fn in_ascii(c: char) -> char {
    match c {
        '─' | '━' | '═' | '–' | '—' | '‐' | '‑' | '−' | '╌' | '┄' => '-',
        '│' | '┃' | '║' | '▏' | '▌' | '█' | '▐' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' | '╔' | '╗'
        | '╚' | '╝' => '+',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '•' | '·' | '●' | '★' => '*',
        '…' => '.',
        '▶' | '▸' | '›' | '→' | '❯' => '>',
        '◀' | '◂' | '‹' | '←' | '❮' => '<',
        '▲' | '↑' => '^',
        '▼' | '↓' => 'v',
        '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
        _ => c.nfkd().next().filter(|c| matches!(c, ' '..='~')).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::caps::SAFEST;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn text(symbols: &[&str], ascii: bool) -> Vec<Glyph> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        for (x, symbol) in (0..).zip(symbols) {
            buffer[(x, 0)].set_symbol(symbol);
        }
        let caps = Caps { ascii, ..SAFEST };
        Grid::new(&buffer, &caps, None).row(0)[..symbols.len()]
            .iter()
            .map(|tile| tile.glyph.clone())
            .collect()
    }

    #[test]
    fn only_what_terminals_agree_on_is_shown() {
        let one = Glyph::One;
        assert_eq!(text(&["a", "é", ""], false), [one('a'), one('é'), one(' ')]);
        assert_eq!(text(&["\x1b[2J", "\u{9b}", "\u{202e}"], false), vec![one('?'); 3]);
        assert_eq!(text(&["\u{301}"], false), [one(' ')]);
        assert_eq!(text(&["e\u{301}"], false), [Glyph::Many("e\u{301}".into())]);
        assert_eq!(text(&["中", " "], false), [one('中'), Glyph::Rest]);
        assert_eq!(text(&["中", "|"], false), [one(' '), one('|')]);
        assert_eq!(text(&["a", "a", "a", "a", "a", "中"], false)[5], one(' '));
        let family = "\u{1F469}\u{200D}\u{1F467}";
        assert_eq!(text(&[family, " "], false), [one('\u{1F469}'), Glyph::Rest]);
        assert_eq!(text(&["\u{260E}\u{FE0F}", " "], false), [one('?'), one(' ')]);
        assert_eq!(text(&["│", "é", "中", "“"], true), [one('|'), one('e'), one('?'), one('"')]);
    }

    #[test]
    fn a_skipped_cell_stays_as_it_is() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "中b", Style::new());
        let first = Grid::new(&buffer, &SAFEST, None);
        buffer.set_string(0, 0, "xyz", Style::new());
        buffer[(2, 0)].set_diff_option(CellDiffOption::Skip);
        let next = Grid::new(&buffer, &SAFEST, Some(&first));
        assert_eq!(next.row(0)[2], first.row(0)[2]);
        buffer[(2, 0)].set_diff_option(CellDiffOption::None);
        buffer[(1, 0)].set_diff_option(CellDiffOption::Skip);
        let next = Grid::new(&buffer, &SAFEST, Some(&first));
        assert_eq!(next.row(0)[1].glyph, Glyph::One(' '));
    }

    #[test]
    fn shifting_moves_rows_and_erases_what_comes_in() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 5));
        for (y, symbol) in (0..).zip(["a", "b", "c", "d", "e"]) {
            buffer[(0, y)].set_symbol(symbol);
        }
        let shifted = |top, bottom, by| {
            let mut grid = Grid::new(&buffer, &SAFEST, None);
            grid.shift(top, bottom, by);
            let mut out = Vec::new();
            (0..5).for_each(|y| grid.row(y)[0].write(&mut out));
            String::from_utf8(out).unwrap()
        };
        assert_eq!(shifted(1, 3, 1), "acd e");
        assert_eq!(shifted(1, 3, -2), "a  be");
        assert_eq!(shifted(0, 4, 9), "     ");
    }
}
