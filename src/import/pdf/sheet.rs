//! Sheets: how a page of the file lies before its reader, and the pages that are printed on it.
//!
//! A page is seen through its visible box, turned by its rotation and enlarged by its unit (ISO 32000-1,
//! 7.7.3.3). From here on its lower left corner is the origin. Two pages side by side, or more of them in
//! rows, are parted if nothing crosses the gaps between them.

use hayro_syntax::object::Number;
use hayro_syntax::page::{Page, Rotation};

use super::content::{Area, Glyph, Matrix, PageCounts, View};
use super::content::{IDENTITY, Interpreter};

/// The size of a page whose boxes are not to be believed, in points.
const WIDTH: f64 = 612.0;
pub(super) const HEIGHT: f64 = 792.0;
/// Sides shorter or longer than this are not to be believed.
const SIDES: std::ops::Range<f64> = 72.0..20_000.0;
/// Letters may reach over the edge of the page by this much.
const EDGE: f64 = 1.0;
/// The fewest letters by which a page counts as turned; fewer are a mark in its margin.
const TURNED: usize = 100;
/// A sheet that is wider than this share of its height has two pages, or one in an odd format.
const WIDE: f64 = 1.15;
/// The proportion of the pages of records.
const PORTRAIT: std::ops::Range<f64> = 0.55..0.96;
/// The share of the height of a page from its footer to its header.
const INKED: f64 = 0.84;
/// The fewest letters of a usual line.
const LINE: usize = 40;
/// The most pages side by side on a sheet, and the most rows of them.
const MOST: usize = 4;

/// A page of the file as its reader sees it.
pub(super) struct Sheet {
    /// What can be seen, in the order it is drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// What was found on it.
    pub(super) counts: PageCounts,
    /// Width in points.
    pub(super) width: f64,
    /// Height in points.
    pub(super) height: f64,
    /// Its lines had to be turned to be level.
    pub(super) turned: bool,
    /// Its lines are slanted, so that none of them was read.
    pub(super) slanted: bool,
}

/// Reads a page of the file. If nearly all of its lines are turned by a right angle, they are read level.
pub(super) fn read_sheet(interpreter: &mut Interpreter, page: &Page<'_>) -> Sheet {
    let turns = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 1,
        Rotation::Flipped => 2,
        Rotation::FlippedHorizontal => 3,
    };
    let mut sheet = read_turned(interpreter, page, turns);
    let level = sheet.glyphs.iter().filter(|g| !g.text.is_space()).count();
    let most = |letters: usize| letters >= TURNED && letters > 4 * level;
    let aside = (1..4).max_by_key(|quarter| sheet.counts.turned[*quarter]).unwrap_or(0);
    if most(sheet.counts.turned[aside]) {
        // Lines that run upwards are level when the page is turned clockwise.
        sheet = read_turned(interpreter, page, (turns + aside) % 4);
        sheet.turned = true;
    } else {
        sheet.slanted = most(sheet.counts.slanted.letters);
    }
    sheet
}

/// Reads a page of the file that is shown turned by this number of quarters, clockwise.
fn read_turned(interpreter: &mut Interpreter, page: &Page<'_>, turns: usize) -> Sheet {
    let (media, visible) = (page.media_box(), page.intersected_crop_box());
    let sound = |width: f64, height: f64| SIDES.contains(&width) && SIDES.contains(&height);
    // Viewers pass over a visible box that is empty.
    let shown = [visible, media].into_iter().find(|area| sound(area.width(), area.height()));
    let unit = page.raw().get::<Number>("UserUnit").map_or(1.0, |unit| unit.as_f64());
    let unit = if (0.01..=100.0).contains(&unit) { unit } else { 1.0 };
    let (matrix, width, height) = match shown {
        Some(area) => {
            let (matrix, width, height) = turn([area.x0, area.y0, area.x1, area.y1], turns);
            (matrix.map(|number| number * unit), width * unit, height * unit)
        }
        None => (IDENTITY, WIDTH, HEIGHT),
    };
    let area = Area { left: 0.0, bottom: 0.0, right: width, top: height }.grown(EDGE);
    let view = View { matrix, area: if shown.is_some() { area } else { Area::ALL } };
    let (glyphs, counts) = interpreter.read_page(page.raw(), page.resources(), view);
    Sheet { glyphs, counts, width, height, turned: false, slanted: false }
}

/// The matrix that moves the lower left corner of a box to the origin after it was turned clockwise by
/// this number of quarters, and the width and height it has then.
fn turn([x0, y0, x1, y1]: [f64; 4], turns: usize) -> (Matrix, f64, f64) {
    let (width, height) = (x1 - x0, y1 - y0);
    match turns {
        0 => ([1.0, 0.0, 0.0, 1.0, -x0, -y0], width, height),
        1 => ([0.0, -1.0, 1.0, 0.0, -y0, x1], height, width),
        2 => ([-1.0, 0.0, 0.0, -1.0, x1, y1], width, height),
        _ => ([0.0, 1.0, -1.0, 0.0, y1, -x0], height, width),
    }
}

/// Pages in columns and rows on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Grid {
    /// One page on the sheet.
    pub(super) const ONE: Self = Self { columns: 1, rows: 1 };

    /// Whether there are several pages on a sheet.
    pub(super) fn is_several(self) -> bool {
        self != Self::ONE
    }
}

/// The grids that a sheet of this size may have, if each page has the proportion of a record's.
pub(super) fn possible_grids(width: f64, height: f64) -> impl Iterator<Item = Grid> {
    let all = (1..=MOST).flat_map(|rows| (1..=MOST).map(move |columns| Grid { columns, rows }));
    all.filter(move |grid| {
        let (columns, rows) = (grid.columns as f64, grid.rows as f64);
        grid.is_several() && PORTRAIT.contains(&((width / columns) / (height / rows)))
    })
}

/// Whether a sheet is so wide that it is no page of a record.
pub(super) fn is_wide(width: f64, height: f64) -> bool {
    width > WIDE * height
}

/// Parts the glyphs of a sheet into pages of the usual height, from left to right and from top to bottom;
/// `None` if text crosses from one page to another.
///
/// A page need not fill its place. Headers and footers are the outermost lines of the pages, so that these
/// show where the pages begin and end.
pub(super) fn part_sheet(sheet: &Sheet, grid: Grid) -> Option<Vec<Vec<Glyph>>> {
    let (columns, rows) = (grid.columns as f64, grid.rows as f64);
    let (width, height) = (sheet.width / columns, sheet.height / rows);
    let place = |glyph: &Glyph| {
        let column = (f64::midpoint(glyph.x, glyph.end) / width).floor().clamp(0.0, columns - 1.0);
        (column, (glyph.y / height).floor().clamp(0.0, rows - 1.0))
    };
    let letters = || sheet.glyphs.iter().filter(|glyph| !glyph.text.is_space());
    let (mut crossing, mut all) = (0, 0);
    let (mut low, mut high) = (height, 0.0f64);
    for glyph in letters() {
        let (column, up) = place(glyph);
        let left = column * width;
        crossing += usize::from(glyph.x < left || glyph.end > left + width);
        all += 1;
        low = low.min(glyph.y - up * height);
        high = high.max(glyph.y - up * height);
    }
    // Of a line that crosses, one letter does; letters of a watermark may.
    if crossing > 2 + all / LINE / 50 {
        return None;
    }
    let inked = (high - low).max(height / 2.0);
    let enlarged = HEIGHT / (inked / INKED);
    let margin = (inked / INKED - inked) / 2.0;
    let mut pages = vec![Vec::new(); grid.columns * grid.rows];
    for glyph in &sheet.glyphs {
        let (column, up) = place(glyph);
        let (left, bottom) = (column * width, up * height + low - margin);
        let at = (rows - 1.0 - up) as usize * grid.columns + column as usize;
        pages[at].push(Glyph {
            x: (glyph.x - left) * enlarged,
            end: (glyph.end - left) * enlarged,
            y: (glyph.y - bottom) * enlarged,
            size: glyph.size * enlarged as f32,
            // Their tags are those of the sheet.
            mcid: None,
            ..glyph.clone()
        });
    }
    Some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a point of a box is after it was turned.
    fn turned(point: (f64, f64), turns: usize) -> (f64, f64) {
        let (m, _, _) = turn([100.0, -50.0, 700.0, 750.0], turns);
        let (x, y) = point;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    #[test]
    fn a_box_is_turned_about_its_corner() {
        // The upper left corner, 600 wide and 800 high.
        let corner = (100.0, 750.0);
        assert_eq!(turned(corner, 0), (0.0, 800.0));
        assert_eq!(turned(corner, 1), (800.0, 600.0));
        assert_eq!(turned(corner, 2), (600.0, 0.0));
        assert_eq!(turned(corner, 3), (0.0, 0.0));
    }

    #[test]
    fn grids_by_the_proportion_of_their_pages() {
        let grids = |width, height| possible_grids(width, height).collect::<Vec<_>>();
        let grid = |columns, rows| Grid { columns, rows };
        assert_eq!(grids(842.0, 595.0), [grid(2, 1), grid(3, 2), grid(4, 2)]);
        assert_eq!(grids(612.0, 792.0), [grid(2, 2), grid(3, 3), grid(4, 3), grid(4, 4)]);
        assert!(is_wide(842.0, 595.0) && !is_wide(612.0, 792.0));
    }
}
