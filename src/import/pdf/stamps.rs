//! Stamps: letters that somebody put over a record or at its edges, and that are no part of its text.
//!
//! A watermark is far larger than the text, or light and larger, or light and across other words. Slanted
//! lines are left out where glyphs are read. A line that recurs at the edge of most pages is that of the
//! archive a file comes from.

use std::collections::HashMap;

use super::content::{Glyph, LeftOut};
use super::edges::ZONE;
use super::lines::PlacedLine;

/// Letters this many times as large as the usual ones are no text; titles of a record have its size.
pub(super) const TEXT: f64 = 1.8;
/// The same on a cover page, whose titles are up to twice as large as its text.
pub(super) const COVER: f64 = 2.9;
/// Light letters this many times as large as the usual ones are no text.
const LIGHT: f64 = 1.3;
/// The most comparisons of light letters with others on a page.
const COMPARED: usize = 4_000_000;
/// The fewest pages on which a line recurs.
const PAGES: usize = 3;

/// How often each size of letters occurs in a file, in half points.
#[derive(Debug)]
pub(super) struct Sizes {
    counts: [usize; 128],
}

impl Default for Sizes {
    fn default() -> Self {
        Self { counts: [0; 128] }
    }
}

impl Sizes {
    /// Counts the letters of a page.
    pub(super) fn add(&mut self, glyphs: &[Glyph]) {
        for glyph in glyphs.iter().filter(|g| !g.text.is_space()) {
            let step = ((glyph.size * 2.0).round() as usize).min(self.counts.len() - 1);
            self.counts[step] += 1;
        }
    }

    /// The median size in points.
    pub(super) fn usual(&self) -> f64 {
        let all: usize = self.counts.iter().sum();
        let mut below = 0;
        let step = self.counts.iter().position(|count| {
            below += count;
            below * 2 >= all
        });
        step.map_or(10.0, |step| step as f64 / 2.0)
    }
}

/// Removes the letters of watermarks from a page: those more than `limit` times as large as usual, and
/// light ones that are larger than usual, or across other words. Once light letters were across words,
/// `across` is set, and those of further pages are left out wherever they are.
pub(super) fn remove_stamps(
    glyphs: &mut Vec<Glyph>,
    usual: f64,
    limit: f64,
    across: &mut bool,
    left: &mut LeftOut,
) {
    let (large, larger) = ((usual * limit) as f32, (usual * LIGHT) as f32);
    let light = glyphs.iter().any(|glyph| glyph.light);
    if !light && !glyphs.iter().any(|glyph| glyph.size > large) {
        return;
    }
    *across |= light && is_light_across(glyphs);
    let mut stamps = LeftOut::default();
    glyphs.retain(|glyph| {
        let stamp = glyph.size > large || glyph.light && (*across || glyph.size > larger);
        if stamp {
            stamps.add(&glyph.text);
        }
        !stamp
    });
    left.merge(&stamps);
}

/// Whether the light letters of a page are across words in dark letters.
fn is_light_across(glyphs: &[Glyph]) -> bool {
    let (light, dark): (Vec<&Glyph>, Vec<&Glyph>) =
        glyphs.iter().filter(|g| !g.text.is_space()).partition(|g| g.light);
    if light.len() * 2 > dark.len() || light.len() * dark.len() > COMPARED {
        return false;
    }
    let overlap = |one: &Glyph, other: &Glyph| {
        let size = f64::from(one.size.min(other.size));
        (one.y - other.y).abs() < 0.6 * size && one.x < other.end - 1.0 && other.x < one.end - 1.0
    };
    let crossed = light.iter().filter(|one| dark.iter().any(|other| overlap(one, other)));
    crossed.count() * 4 > light.len()
}

/// The lines that recur at the edges of most of these pages; `heights` are those of the pages.
pub(super) fn recurring_lines(lines: &[PlacedLine], heights: &[f64], pages: usize) -> Vec<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for line in lines.iter().filter(|line| is_at_edge(line, heights)) {
        let (count, last) = counts.entry(without_digits(&line.text)).or_default();
        if *count == 0 || *last != line.page {
            (*count, *last) = (*count + 1, line.page);
        }
    }
    let most = |(count, _): &(usize, usize)| *count >= PAGES && *count * 2 > pages;
    let mut found: Vec<String> =
        counts.into_iter().filter(|(_, counts)| most(counts)).map(|(text, _)| text).collect();
    found.sort();
    found
}

/// Whether a line is one of those that recur.
pub(super) fn is_recurring(line: &PlacedLine, heights: &[f64], recurring: &[String]) -> bool {
    is_at_edge(line, heights) && recurring.contains(&without_digits(&line.text))
}

fn is_at_edge(line: &PlacedLine, heights: &[f64]) -> bool {
    let Some(height) = heights.get(line.page) else { return false };
    line.y < height * ZONE || line.y > height * (1.0 - ZONE)
}

/// A line with one sign for each number, as the number of the page or of a copy differs.
fn without_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::content::GlyphText;
    use super::*;

    fn glyphs(words: &str, y: f64, size: f32, light: bool) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: GlyphText::One(c),
            x: 60.0 + 5.0 * at as f64,
            end: 65.0 + 5.0 * at as f64,
            y,
            size,
            bold: false,
            italic: false,
            light,
            mcid: None,
            artifact: false,
        };
        words.chars().enumerate().map(glyph).collect()
    }

    fn left(mut page: Vec<Glyph>, limit: f64) -> (usize, String) {
        let mut left = LeftOut::default();
        remove_stamps(&mut page, 10.0, limit, &mut false, &mut left);
        (left.letters, left.sample)
    }

    #[test]
    fn large_and_light_letters() {
        let text = || glyphs("the words of the record itself", 700.0, 10.0, false);
        for (stamp, y, size, light, limit, want) in [
            ("COPY", 400.0, 40.0, false, TEXT, 4),
            ("COPY", 400.0, 20.0, false, TEXT, 4),
            ("COPY", 400.0, 20.0, false, COVER, 0),
            ("COPY", 400.0, 40.0, false, COVER, 4),
            ("COPY", 400.0, 14.0, true, COVER, 4),
            ("COPY", 400.0, 10.0, true, TEXT, 0),
            ("COPY", 698.0, 10.0, true, TEXT, 4),
            ("COPY", 698.0, 10.0, false, TEXT, 0),
        ] {
            let mut page = text();
            page.extend(glyphs(stamp, y, size, light));
            assert_eq!(left(page, limit).0, want, "{y} {size} {light} {limit}");
        }
        assert_eq!(left(glyphs("all of it is light", 700.0, 10.0, true), TEXT).0, 0);
    }

    #[test]
    fn the_usual_size_is_that_of_most_letters() {
        let mut sizes = Sizes::default();
        assert_eq!(sizes.usual(), 0.0);
        sizes.add(&glyphs("a long line of text", 700.0, 10.1, false));
        sizes.add(&glyphs("TITLE", 700.0, 99.0, false));
        assert_eq!(sizes.usual(), 10.0);
    }

    #[test]
    fn a_line_at_the_edge_of_most_pages_recurs() {
        let line = |page: usize, y: f64, text: &str| PlacedLine {
            page,
            y,
            text: text.to_owned(),
            ..PlacedLine::default()
        };
        let mut lines: Vec<PlacedLine> =
            (0..4).map(|page| line(page, 30.0, &format!("Copy 47{page} of an archive"))).collect();
        lines.extend((0..4).map(|page| line(page, 400.0, "I thank the speaker.")));
        lines.push(line(1, 30.0, "and so on."));
        let heights = [792.0; 4];
        assert_eq!(recurring_lines(&lines, &heights, 4), ["Copy # of an archive"]);
        assert!(recurring_lines(&lines[..2], &heights, 4).is_empty());
    }
}
