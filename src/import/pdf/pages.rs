//! Pages: glyphs read, headers and footers removed, the printed numbers kept.

use std::collections::HashMap;

use hayro_syntax::Pdf;

use super::content::{ContentCounts, Glyph, Interpreter};
use super::lines::{self, PlacedLine};
use super::tree::TaggedPiece;
use crate::import::page_headers::{self, PagedText};

/// The share of the height, at the top and at the bottom, in which headers and footers are.
const ZONE: f64 = 0.12;

/// The content of the pages of a file.
#[derive(Default)]
pub(super) struct PdfPages {
    /// The rows of the first page, which is the cover.
    pub(super) cover: Vec<PlacedLine>,
    /// The lines of the other pages in reading order, without headers and footers.
    pub(super) lines: Vec<PlacedLine>,
    /// The lines of each tagged piece.
    pub(super) tagged: HashMap<TaggedPiece, Vec<PlacedLine>>,
    /// The number of letters without a tag.
    pub(super) untagged: usize,
    /// The number printed on each page of the file.
    pub(super) numbers: Vec<u32>,
    /// What headers and footers say.
    pub(super) running: PagedText,
    /// Counts of what was found.
    pub(super) tally: ContentCounts,
    /// The first damaged page of the file, from 1.
    pub(super) damaged: Option<usize>,
}

/// Reads every page.
pub(super) fn read_pages(pdf: &Pdf) -> PdfPages {
    let mut interpreter = Interpreter::new();
    let mut sheets = PdfPages::default();
    let mut printed: Vec<Option<u32>> = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let glyphs = interpreter.read_page(page.raw(), page.resources());
        if interpreter.tally.damaged > 0 && sheets.damaged.is_none() {
            sheets.damaged = Some(index + 1);
        }
        let area = page.media_box();
        let height = if (100.0..5_000.0).contains(&area.y1) { area.y1 } else { 792.0 };
        let all: Vec<&Glyph> = glyphs.iter().collect();
        let rows = lines::split_rows(&all, index);
        // A cover page has no header, but the first page may be one of a record without a cover.
        let (top, bottom, number) = if index == 0 && is_cover(&rows) {
            (f64::INFINITY, f64::NEG_INFINITY, None)
        } else {
            sheets.find_headers(&rows, height)
        };
        printed.push(number);
        if index == 0 {
            sheets.cover = rows;
            continue;
        }
        let body: Vec<&Glyph> =
            glyphs.iter().filter(|g| g.y < top && g.y > bottom && !g.artifact).collect();
        sheets.lines.extend(lines::split_columns(&body, index, lines::find_gutter(&body)));
        sheets.keep_tagged(&body, index);
    }
    sheets.tally = interpreter.tally;
    sheets.numbers = fill_page_numbers(&printed);
    let range = sheets.numbers.first().copied().zip(sheets.numbers.last().copied());
    sheets.running.range = range;
    sheets
}

/// Whether the rows are those of a cover page.
fn is_cover(rows: &[PlacedLine]) -> bool {
    rows.iter().take(4).any(|row| row.text.contains("United Nations") || row.size >= 13.0)
}

impl PdfPages {
    /// Finds header and footer. Returns the heights between which the text is, and the printed page number.
    fn find_headers(&mut self, rows: &[PlacedLine], height: f64) -> (f64, f64, Option<u32>) {
        let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut number = None;
        for row in rows.iter().filter(|r| r.y > height * (1.0 - ZONE)) {
            if let Some(mark) = page_headers::parse_header(&row.text) {
                self.running.keep_mark(mark, 1);
                top = row.y;
            } else if page_headers::is_old_header(&row.text) {
                self.running.dropped += 1;
                top = row.y;
            }
        }
        // A long title continues below the recognised line; the text starts further down.
        for row in rows.iter().filter(|r| r.y > height * (1.0 - ZONE) - 24.0) {
            if top.is_finite() && row.y < top && top - row.y < 1.4 * row.size.max(8.5) {
                top = row.y;
            }
        }
        for row in rows.iter().filter(|r| r.y < height * ZONE) {
            let mark = page_headers::parse_footer(&row.text);
            let plain = row.text.parse().ok().filter(|n| (1..1000).contains(n));
            let old = parse_old_footer(&row.text);
            number = number.or(mark.as_ref().and_then(page_headers::HeaderMark::page)).or(plain);
            number = number.or(old.filter(|n| *n > 0));
            if mark.is_some() || plain.is_some() || old.is_some() {
                self.running.dropped += 1;
                bottom = bottom.max(row.y + 2.0);
            }
        }
        (if top.is_finite() { top - 2.0 } else { top }, bottom, number)
    }

    /// Keeps the lines of each tagged piece.
    fn keep_tagged(&mut self, body: &[&Glyph], page: usize) {
        let mut pieces: HashMap<u32, Vec<&Glyph>> = HashMap::new();
        for glyph in body {
            match glyph.mcid {
                Some(mcid) => pieces.entry(mcid).or_default().push(glyph),
                None => self.untagged += usize::from(!glyph.text.is_space()),
            }
        }
        for (mcid, glyphs) in pieces {
            self.tagged.insert((page, mcid), lines::lines_as_drawn(&glyphs, page));
        }
    }
}

/// The page in a footer of the years around 2000, such as `2 0254321E.doc` or `01-26489 3`: page and job
/// number in either order. Zero if there is only the job number.
fn parse_old_footer(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split(' ').collect();
    let job = |word: &str| {
        let figures = word.bytes().filter(u8::is_ascii_digit).count();
        figures >= 6 && word.len() <= 16 && word.starts_with(|c: char| c.is_ascii_digit())
    };
    let page = |word: &str| word.parse().ok().filter(|n| (1..1000).contains(n));
    match words[..] {
        [one, two] if job(two) => page(one),
        [one, two] if job(one) => page(two),
        [one] if job(one) => Some(0),
        _ => None,
    }
}

/// The number of each page: the printed one, or else one more than that of the page before.
fn fill_page_numbers(printed: &[Option<u32>]) -> Vec<u32> {
    let first = printed.iter().enumerate().find_map(|(at, number)| {
        let at = u32::try_from(at).ok()?;
        number.and_then(|n| n.checked_sub(at)).filter(|n| *n > 0)
    });
    let mut next = first.unwrap_or(1);
    let mut numbers = Vec::with_capacity(printed.len());
    for number in printed {
        let this = number.unwrap_or(next);
        numbers.push(this);
        next = this.saturating_add(1);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_around_2000() {
        for (text, want) in [
            ("2 0254321E.doc", Some(2)),
            ("01-26489 13", Some(13)),
            ("01-26489", Some(0)),
            ("2 dozen", None),
            ("in 1997 2", None),
            ("1997", None),
        ] {
            assert_eq!(parse_old_footer(text), want, "{text}");
        }
    }

    #[test]
    fn pages_without_a_number_follow_on() {
        assert_eq!(fill_page_numbers(&[None, Some(2), None, Some(4)]), [1, 2, 3, 4]);
        assert_eq!(fill_page_numbers(&[None, Some(24), Some(25)]), [23, 24, 25]);
        assert_eq!(fill_page_numbers(&[None, None]), [1, 2]);
    }
}
