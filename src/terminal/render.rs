//! The sparing renderer: from the last frame to the next with as few bytes as are known to work
//! on every terminal.
//!
//! A frame is drawn by (a) moving rows, over the full width only: with a scroll region, a line
//! feed at its foot or a reverse index at its head, or with lines deleted and inserted; (b) writing the runs of changed cells; each way is
//! written out and the shortest kept. The caller sends what comes out in one write. Not used, each
//! for a terminal that gets it wrong or lacks it: REP, SU and SD, ECH, erasing in colour, CHA,
//! left and right margins, and every question to the terminal.

use super::caps::Caps;
use super::emit::{Emitter, Way};
use super::grid::Grid;
use super::pen::Pen;
use super::shift;
use ratatui::buffer::Buffer;

/// A frame of more bytes than this is sent as one, where the terminal can (mode 2026): smaller
/// ones arrive whole anyhow, and the marks take 16 bytes.
const LARGE: usize = 512;

/// A change of fewer bytes than this cannot be beaten by moving rows.
const SMALL: usize = 24;

/// What margins may cost more than another way when they are set for a single line: the next line
/// of the same text saves as much.
const PAYS: usize = 12;

/// Draws frames and remembers the last.
#[derive(Clone, Debug)]
pub struct Renderer {
    caps: Caps,
    last: Option<Grid>,
    at: Option<(u16, u16)>,
    pen: Pen,
    margins: Option<(u16, u16)>,
    cursor_shown: Option<bool>,
}

impl Renderer {
    /// A renderer for a screen of unknown content.
    pub fn new(caps: Caps) -> Self {
        Self { caps, last: None, at: None, pen: Pen::default(), margins: None, cursor_shown: None }
    }

    /// What the terminal can do.
    pub fn caps(&self) -> &Caps {
        &self.caps
    }

    /// Forgets what is on the screen, so that the next frame is drawn in full: after a
    /// suspend, or when something else wrote over it.
    pub fn forget(&mut self) {
        *self = Self::new(self.caps);
    }

    /// How many bytes [`Renderer::draw`] would take for this frame.
    pub fn cost(&self, next: &Buffer, cursor: Option<(u16, u16)>) -> usize {
        let mut out = Vec::new();
        self.clone().draw(next, cursor, &mut out);
        out.len()
    }

    /// Appends to `out` the bytes that show `next`, and the cursor at a column and row where one
    /// is wanted. A frame like the last one adds nothing. A frame of another size is drawn in full.
    pub fn draw(&mut self, next: &Buffer, cursor: Option<(u16, u16)>, out: &mut Vec<u8>) {
        let next = Grid::new(next, &self.caps, self.last.as_ref());
        let size = (next.width, next.height);
        if size.0 == 0 || size.1 == 0 {
            self.forget();
            return;
        }
        let cursor = cursor.map(|(x, y)| (x.min(size.0 - 1), y.min(size.1 - 1)));
        let known = self.last.take().filter(|last| (last.width, last.height) == size);
        let mut emitter = Emitter::new(&self.caps, size, self.at, self.pen);
        emitter.margins = self.margins;
        let best = match &known {
            None => {
                emitter.erase_all();
                emitter.paint(&Grid::blank(size.0, size.1), &next);
                finish(emitter, cursor)
            }
            Some(base) => cheapest(&emitter, base, &next, cursor, &self.caps),
        };
        let large = self.caps.sync && best.out.len() > LARGE;
        if large {
            out.extend_from_slice(b"\x1b[?2026h");
        }
        // Hidden before the cells and shown after them, so that it is not seen to run about.
        if cursor.is_none() && self.cursor_shown != Some(false) {
            out.extend_from_slice(b"\x1b[?25l");
        }
        out.extend_from_slice(&best.out);
        if cursor.is_some() && self.cursor_shown != Some(true) {
            out.extend_from_slice(b"\x1b[?25h");
        }
        if large {
            out.extend_from_slice(b"\x1b[?2026l");
        }
        (self.at, self.pen, self.margins) = (best.at, best.pen, best.margins);
        self.cursor_shown = Some(cursor.is_some());
        self.last = Some(next);
    }
}

/// The cheapest of the ways known from `base` to `next`.
fn cheapest<'a>(
    start: &Emitter<'a>,
    base: &Grid,
    next: &Grid,
    cursor: Option<(u16, u16)>,
    caps: &Caps,
) -> Emitter<'a> {
    let mut best = start.clone();
    best.paint(base, next);
    best = finish(best, cursor);
    if !caps.scroll || best.out.len() <= SMALL {
        return best;
    }
    let mut least = best.out.len();
    let ways: &[Way] =
        if caps.lines { &[Way::Margins, Way::Lines, Way::Roll] } else { &[Way::Margins] };
    for shift in shift::candidates(base, next) {
        let mut moved = base.clone();
        moved.shift(shift.top, shift.bottom, shift.by);
        for &way in ways {
            let mut trial = start.clone();
            trial.limit = least + PAYS;
            if trial.scroll(shift, way) {
                trial.paint(&moved, next);
                trial = finish(trial, cursor);
                // Margins set for one line serve the next one, too.
                let new = trial.margins.is_some() && trial.margins != start.margins;
                let pays = if new && shift.rows() == 1 { PAYS } else { 0 };
                let cost = trial.out.len().saturating_sub(pays);
                if cost < least {
                    (best, least) = (trial, cost);
                }
            }
        }
    }
    best
}

/// Puts the cursor in its place.
fn finish<'a>(mut emitter: Emitter<'a>, cursor: Option<(u16, u16)>) -> Emitter<'a> {
    if let Some((x, y)) = cursor {
        emitter.go(x, y);
    }
    emitter
}
