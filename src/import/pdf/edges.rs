//! The edges of a page: its header and footer, and what they say.
//!
//! They are looked for in the upper and lower part of the visible page, wherever its lines begin.

use super::lines::PlacedLine;
use crate::import::page_headers::{self, HeaderMark, PagedText};

/// The share of the height, at the top and at the bottom, in which headers and footers are.
pub(super) const ZONE: f64 = 0.12;

/// The header and the footer of a page.
#[derive(Clone, Debug)]
pub(super) struct PageEdges {
    /// The text is below this height,
    pub(super) top: f64,
    /// and above this one.
    pub(super) bottom: f64,
    /// The printed number of the page.
    pub(super) number: Option<u32>,
    /// The number of pages, of a footer such as `2/3`.
    pub(super) of: Option<u32>,
    /// The headers that give a symbol.
    marks: Vec<HeaderMark>,
    /// The number of other lines at the edges.
    others: u64,
}

impl PageEdges {
    /// Finds header and footer among the rows of a page of this height.
    pub(super) fn find(rows: &[PlacedLine], height: f64) -> Self {
        let mut edges = Self {
            top: f64::INFINITY,
            bottom: f64::NEG_INFINITY,
            number: None,
            of: None,
            marks: Vec::new(),
            others: 0,
        };
        edges.find_header(rows, height);
        edges.find_footer(rows, height);
        edges
    }

    fn find_header(&mut self, rows: &[PlacedLine], height: f64) {
        let mut top = f64::INFINITY;
        for row in rows.iter().filter(|r| r.y > height * (1.0 - ZONE)) {
            if let Some(mark) = page_headers::parse_header(&row.text) {
                self.marks.push(mark);
                top = row.y;
            } else if page_headers::is_old_header(&row.text) {
                self.others += 1;
                top = row.y;
            }
        }
        // A long title continues below the recognised line; the text starts further down.
        for row in rows.iter().filter(|r| r.y > height * (1.0 - ZONE) - 24.0) {
            if top.is_finite() && row.y < top && top - row.y < 1.4 * row.size.max(8.5) {
                top = row.y;
            }
        }
        self.top = if top.is_finite() { top - 2.0 } else { top };
    }

    fn find_footer(&mut self, rows: &[PlacedLine], height: f64) {
        for row in rows.iter().filter(|r| r.y < height * ZONE) {
            let mark = page_headers::parse_footer(&row.text);
            let plain = row.text.parse().ok().filter(|n| (1..1000).contains(n));
            let old = parse_old_footer(&row.text);
            let number = self.number.or(mark.as_ref().and_then(HeaderMark::page)).or(plain);
            self.number = number.or(old.filter(|n| *n > 0));
            if mark.is_some() || plain.is_some() || old.is_some() {
                self.of = self.of.or(mark.as_ref().and_then(HeaderMark::page_count));
                self.others += 1;
                self.bottom = self.bottom.max(row.y + 2.0);
            }
        }
    }

    /// Whether anything of a header or footer was found.
    pub(super) fn is_marked(&self) -> bool {
        self.others > 0 || !self.marks.is_empty()
    }

    /// Whether these are the edges of a page of text: a cover has its symbol alone at the top, and no
    /// number. A number alone may be that of any page.
    pub(super) fn is_of_text(&self) -> bool {
        self.top.is_finite() && self.number.is_some_and(|number| number > 1) || self.is_dated()
    }

    /// Whether the header gives a date, as it does over text alone.
    pub(super) fn is_dated(&self) -> bool {
        !self.said().dates.is_empty()
    }

    /// Adds what header and footer say to that of other pages.
    pub(super) fn keep_in(&self, running: &mut PagedText) {
        self.marks.iter().for_each(|mark| running.keep_mark(mark.clone(), 1));
        running.dropped += self.others;
    }

    /// What header and footer of this page say.
    pub(super) fn said(&self) -> PagedText {
        let mut said = PagedText::default();
        self.keep_in(&mut said);
        said
    }
}

/// The page in a footer of the years around 2000, such as `2 0254321E.doc` or `01-26489 3`: page and job
/// number in either order. Zero if there is only the job number.
fn parse_old_footer(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split(' ').collect();
    let job = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        digits >= 6 && word.len() <= 16 && word.starts_with(|c: char| c.is_ascii_digit())
    };
    let page = |word: &str| word.parse().ok().filter(|n| (1..1000).contains(n));
    match words[..] {
        [one, two] if job(two) => page(one),
        [one, two] if job(one) => page(two),
        [one] if job(one) => Some(0),
        _ => None,
    }
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
    fn the_number_of_pages() {
        for (text, want) in [("2/37", Some(37)), ("24-15339 3/4", Some(4)), ("01-26489 3", None)] {
            let mark = page_headers::parse_footer(text);
            assert_eq!(mark.and_then(|mark| mark.page_count()), want, "{text}");
        }
    }
}
