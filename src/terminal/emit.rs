//! The bytes that change one screen into another, counted as they are written.
//!
//! The emitter knows where the cursor is, or that it does not know: after margins are set or
//! reset, after the last column, and after a cluster of several characters it does not, and
//! only an absolute move or a carriage return within the row follows. Two ways are compared by
//! writing both and keeping the shorter.

use super::caps::Caps;
use super::grid::{Glyph, Grid, Tile};
use super::pen::Pen;
use super::shift::Shift;
use ratatui::style::Modifier;

/// A gap of unchanged cells longer than this is never written through: no move costs that much.
const LONGEST_GAP: u16 = 12;

/// How rows are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a scroll region.
    Margins,
    /// By deleting lines at one end and inserting as many at the other.
    Lines,
    /// Up from the first row: the whole screen rolls, and lines inserted push back what is
    /// below. With the cursor in the last row this is the shortest of all.
    Roll,
}

/// Writes changes and keeps track of the terminal's state while it does.
#[derive(Debug, Clone)]
pub struct Emitter<'a> {
    caps: &'a Caps,
    size: (u16, u16),
    /// What is to be sent.
    pub out: Vec<u8>,
    /// Where the cursor is, column and row from 0; none when that is not certain.
    pub at: Option<(u16, u16)>,
    /// The look that is switched on.
    pub pen: Pen,
    /// What is written beyond this many bytes has lost to another way already, and painting ends.
    pub limit: usize,
    /// First and last row of the scroll region, when one is set. It stays from frame to frame: the
    /// next line of the same text then takes a line feed and its words.
    pub margins: Option<(u16, u16)>,
}

impl<'a> Emitter<'a> {
    /// Begins for a screen of `size` (columns, rows), with the state the last frame left.
    pub fn new(caps: &'a Caps, size: (u16, u16), at: Option<(u16, u16)>, pen: Pen) -> Self {
        Self { caps, size, out: Vec::new(), at, pen, limit: usize::MAX, margins: None }
    }

    /// Makes a screen of unknown content and state an erased one.
    pub fn erase_all(&mut self) {
        if self.caps.scroll {
            self.out.extend_from_slice(b"\x1b[r");
        }
        self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
        (self.at, self.pen, self.margins) = (Some((0, 0)), Pen::default(), None);
    }

    /// Moves the rows of a shift by one of the ways there are; false where that way does not fit.
    #[must_use]
    pub fn scroll(&mut self, shift: Shift, way: Way) -> bool {
        let Shift { top, bottom, by } = shift;
        let (rows, last) = (shift.rows(), self.size.1.saturating_sub(1));
        let opened = if by > 0 { (bottom + 1).saturating_sub(rows) } else { top };
        // Some terminals fill what comes in with the colours of the pen. Weight and slant are no
        // colours, and stay on for the row that comes in.
        let harmless = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC;
        if self.pen != (Pen { attributes: self.pen.attributes & harmless, ..Pen::default() }) {
            self.look(Pen::default());
        }
        // Inserting and deleting would stop at the margins.
        if way != Way::Margins {
            self.end_scroll();
        }
        match way {
            Way::Margins => self.scroll_in_margins(shift),
            // What is below the region is moved with it, and back.
            Way::Lines => {
                let deleted = if by > 0 { top } else { (bottom + 1).saturating_sub(rows) };
                if by > 0 || bottom < last {
                    self.lines(deleted, rows, 'M');
                }
                self.go(0, opened);
                if opened == 0 && rows == 1 {
                    self.out.extend_from_slice(b"\x1bM");
                } else if by < 0 || bottom < last {
                    self.lines(opened, rows, 'L');
                }
            }
            Way::Roll => {
                if by < 0 || top > 0 || bottom == last {
                    return false;
                }
                let x = self.at.map_or(0, |(x, _)| x);
                self.go(x, last);
                self.out.extend(std::iter::repeat_n(b'\n', usize::from(rows)));
                self.lines(opened, rows, 'L');
            }
        }
        true
    }

    /// The way every terminal since the VT100 knows: margins, and line feeds at the lower or
    /// reverse indexes at the upper.
    fn scroll_in_margins(&mut self, shift: Shift) {
        let Shift { top, bottom, by } = shift;
        let whole = bottom + 1 == self.size.1;
        if top == 0 && whole {
            self.end_scroll();
        } else if self.margins != Some((top, bottom)) {
            let first = if top == 0 { String::new() } else { (top + 1).to_string() };
            let last = if whole { String::new() } else { format!(";{}", bottom + 1) };
            self.out.extend_from_slice(format!("\x1b[{first}{last}r").as_bytes());
            self.at = None;
            self.margins = Some((top, bottom));
        }
        let (row, step): (u16, &[u8]) = if by > 0 { (bottom, b"\n") } else { (top, b"\x1bM") };
        self.go(0, row);
        self.out.extend(step.repeat(usize::from(shift.rows())));
    }

    /// Inserts (`L`) or deletes (`M`) lines at a row; the cursor is at its start afterwards.
    fn lines(&mut self, row: u16, count: u16, what: char) {
        self.go(0, row);
        let count = if count == 1 { String::new() } else { count.to_string() };
        self.out.extend_from_slice(format!("\x1b[{count}{what}").as_bytes());
    }

    /// Gives the whole screen back to scrolling.
    pub fn end_scroll(&mut self) {
        if self.margins.take().is_some() {
            self.out.extend_from_slice(b"\x1b[r");
            self.at = None;
        }
    }

    /// Writes everything in which `next` differs from `base`, what is on the screen now.
    pub fn paint(&mut self, base: &Grid, next: &Grid) {
        let blank = |y: &u16| next.row(*y).iter().all(Tile::is_blank);
        let text_rows = (0..next.height).rev().find(|y| !blank(y)).map_or(0, |y| y + 1);
        let below: Vec<u16> =
            (text_rows..next.height).filter(|&y| base.row(y) != next.row(y)).collect();
        let below = below.first().copied().filter(|_| below.len() > 1);
        let end = below.unwrap_or(next.height);
        let dirty: Vec<u16> = (0..end).filter(|&y| base.row(y) != next.row(y)).collect();
        let here = self.at.and_then(|(_, y)| dirty.iter().position(|&row| row == y)).unwrap_or(0);
        let paint = |emitter: &mut Self, from: usize| {
            for &y in dirty[from..].iter().chain(&dirty[..from]) {
                if emitter.out.len() > emitter.limit {
                    return;
                }
                emitter.row(y, base.row(y), next.row(y));
            }
            if let Some(y) = below {
                emitter.go(0, y);
                emitter.look(Pen::default());
                emitter.out.extend_from_slice(b"\x1b[J");
            }
        };
        if here == 0 {
            paint(self, 0);
        } else {
            self.shorter(|emitter| paint(emitter, here), |emitter| paint(emitter, 0));
        }
    }

    /// Puts the cursor where the person looks for it.
    pub fn go(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let mut best = absolute(x, y);
        let from = self.at.filter(|&(_, row)| row == y || self.rows_are_free(row, y));
        if let Some((column, row)) = from {
            let mut near = along(row, y);
            near.extend(across(column, x));
            if near.len() < best.len() {
                best = near;
            }
        }
        self.out.extend(best);
        self.at = Some((x, y));
    }

    /// Whether moves by rows between these rows only move: with margins set line feeds scroll at
    /// them, and emulators differ in what any of them does outside.
    fn rows_are_free(&self, from: u16, to: u16) -> bool {
        self.margins.is_none_or(|(top, bottom)| {
            (top..=bottom).contains(&from) && (top..=bottom).contains(&to)
        })
    }

    /// Changes the look of what is written next.
    fn look(&mut self, pen: Pen) {
        self.pen.change(pen, self.caps, &mut self.out);
        self.pen = pen;
    }

    /// Writes one cell where the cursor is.
    fn put(&mut self, tile: &Tile) {
        self.look(tile.pen);
        tile.write(&mut self.out);
        let certain = matches!(tile.glyph, Glyph::One(_));
        self.at = self
            .at
            .map(|(x, y)| (x + tile.width(), y))
            .filter(|&(x, _)| certain && x < self.size.0);
    }

    /// Writes what differs in one row, erasing its end first where that is cheaper.
    fn row(&mut self, y: u16, base: &[Tile], next: &[Tile]) {
        let Some(first) = (0..next.len()).find(|&x| base.get(x) != next.get(x)) else { return };
        let erased: Vec<Tile> =
            base.iter().take(first).cloned().chain(vec![Tile::BLANK; next.len() - first]).collect();
        self.shorter(
            |emitter| emitter.runs(y, base, next),
            |emitter| {
                emitter.go(column(first), y);
                emitter.erase_line();
                emitter.runs(y, &erased, next);
            },
        );
    }

    /// Writes the runs of changed cells of a row, and erases a changed blank end.
    fn runs(&mut self, y: u16, base: &[Tile], next: &[Tile]) {
        let text = next.iter().rposition(|tile| !tile.is_blank()).map_or(0, |last| last + 1);
        let last = (0..next.len()).rev().find(|&x| base.get(x) != next.get(x)).unwrap_or(0);
        // Erasing takes three bytes, as many as three blanks.
        let erase = last >= text + 3;
        let end = if erase { text } else { last + 1 };
        let mut x = 0;
        while x < end {
            if base.get(x) == next.get(x) {
                x += 1;
                continue;
            }
            if next[x].glyph == Glyph::Rest && x > 0 {
                x -= 1;
            }
            self.reach(x, y, next);
            self.put(&next[x]);
            x += usize::from(next[x].width().max(1));
        }
        if erase {
            self.go(column(text), y);
            self.erase_line();
        }
    }

    /// Comes to a cell about to be written, with its look on: by a move, or by writing the
    /// unchanged cells on the way again.
    fn reach(&mut self, x: usize, y: u16, next: &[Tile]) {
        let (to, pen) = (column(x), next[x].pen);
        let jump = |emitter: &mut Self| {
            emitter.go(to, y);
            emitter.look(pen);
        };
        // From another row by its start, where few cells are before the one to be written.
        let start = self.at.map_or(0, |(from, row)| if row == y { from } else { 0 });
        let gap = if start < to && to - start <= LONGEST_GAP {
            &next[usize::from(start)..x]
        } else {
            &[]
        };
        // The cursor may have been put on the second half of a character, which cannot be written.
        let half = gap.first().is_none_or(|tile| tile.glyph == Glyph::Rest);
        if half || gap.iter().any(|tile| matches!(tile.glyph, Glyph::Many(_))) {
            return jump(self);
        }
        let through = |emitter: &mut Self| {
            emitter.go(start, y);
            for tile in gap.iter().filter(|tile| tile.glyph != Glyph::Rest) {
                emitter.put(tile);
            }
            emitter.look(pen);
        };
        self.shorter(through, jump);
    }

    /// Erases from the cursor to the end of its row, in the default background alone: terminals
    /// differ in what they do with another.
    fn erase_line(&mut self) {
        self.look(Pen::default());
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Does whichever of two things takes fewer bytes, the first where they are equal.
    fn shorter(&mut self, one: impl FnOnce(&mut Self), other: impl FnOnce(&mut Self)) {
        let mut trial = Self { out: Vec::new(), ..*self };
        other(&mut trial);
        let begin = self.out.len();
        one(self);
        if trial.out.len() < self.out.len() - begin {
            self.out.truncate(begin);
            self.out.append(&mut trial.out);
            *self = Self { out: std::mem::take(&mut self.out), ..trial };
        }
    }
}

/// A column as the terminal counts them.
fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

/// The absolute move, with what is 1 left out.
fn absolute(x: u16, y: u16) -> Vec<u8> {
    match (x, y) {
        (0, 0) => b"\x1b[H".to_vec(),
        (0, _) => format!("\x1b[{}H", y + 1).into_bytes(),
        (_, 0) => format!("\x1b[;{}H", x + 1).into_bytes(),
        _ => format!("\x1b[{};{}H", y + 1, x + 1).into_bytes(),
    }
}

/// The shortest move within a column.
fn along(from: u16, to: u16) -> Vec<u8> {
    let rows = from.abs_diff(to);
    let (step, far): (&[u8], char) = if to > from { (b"\n", 'B') } else { (b"\x1bM", 'A') };
    let far = format!("\x1b[{rows}{far}").into_bytes();
    let steps = usize::from(rows) * step.len();
    if steps <= far.len() { step.repeat(usize::from(rows)) } else { far }
}

/// The shortest move within a row.
fn across(from: u16, to: u16) -> Vec<u8> {
    let right = |by: u16| match by {
        0 => Vec::new(),
        1 => b"\x1b[C".to_vec(),
        _ => format!("\x1b[{by}C").into_bytes(),
    };
    if to >= from {
        return right(to - from);
    }
    let mut home = b"\r".to_vec();
    home.extend(right(to));
    let back = usize::from(from - to);
    if back < home.len() { vec![b'\x08'; back] } else { home }
}
