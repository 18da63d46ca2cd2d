//! Glyphs, and counts of those that are on a page and no part of its text.

use std::rc::Rc;

/// Replaces a glyph for which neither a table nor its name gives any character.
pub(super) const UNKNOWN: char = '\u{FFFD}';
/// The most bytes of a text that was left out which are kept to show it.
const SAMPLE: usize = 60;

/// A glyph on a page.
#[derive(Clone, Debug)]
pub(in crate::import::pdf) struct Glyph {
    /// Its characters.
    pub(in crate::import::pdf) text: GlyphText,
    /// Left end of its baseline, in points from the left edge of the visible page.
    pub(in crate::import::pdf) x: f64,
    /// Right end of its baseline.
    pub(in crate::import::pdf) end: f64,
    /// The baseline, in points from the bottom.
    pub(in crate::import::pdf) y: f64,
    /// Size in points.
    pub(in crate::import::pdf) size: f32,
    /// Drawn with a bold font.
    pub(in crate::import::pdf) bold: bool,
    /// Drawn with an italic font.
    pub(in crate::import::pdf) italic: bool,
    /// Drawn in a light colour.
    pub(in crate::import::pdf) light: bool,
    /// Its number in the structure tree; `None` for headers and what is not tagged.
    pub(in crate::import::pdf) mcid: Option<u32>,
    /// Marked as an artifact, as headers and footers are.
    pub(in crate::import::pdf) artifact: bool,
}

/// The characters of a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::pdf) enum GlyphText {
    /// One, in nearly all cases.
    One(char),
    /// Several, such as `ffi`.
    More(Rc<str>),
}

impl GlyphText {
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::One(c)),
            (Some(_), Some(_)) => Some(Self::More(text.into())),
            _ => None,
        }
    }

    /// Its first character.
    pub(super) fn first(&self) -> Option<char> {
        match self {
            Self::One(c) => Some(*c),
            Self::More(text) => text.chars().next(),
        }
    }

    /// Whether a character is among them.
    pub(super) fn contains(&self, character: char) -> bool {
        match self {
            Self::One(c) => *c == character,
            Self::More(text) => text.contains(character),
        }
    }

    /// Whether it is white space.
    pub(in crate::import::pdf) fn is_space(&self) -> bool {
        match self {
            Self::One(c) => c.is_whitespace(),
            Self::More(text) => text.trim().is_empty(),
        }
    }
}

/// Letters that are on a page and no part of its text, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import::pdf) struct LeftOut {
    /// The number of letters, without spaces.
    pub(in crate::import::pdf) letters: usize,
    /// The first words.
    pub(in crate::import::pdf) sample: String,
}

impl LeftOut {
    /// Counts a glyph.
    pub(in crate::import::pdf) fn add(&mut self, text: &GlyphText) {
        let spaced = text.is_space();
        self.letters += usize::from(!spaced);
        if self.sample.len() < SAMPLE {
            match text {
                _ if spaced => self.sample.push(' '),
                GlyphText::One(c) => self.sample.push(*c),
                GlyphText::More(text) => self.sample.push_str(text),
            }
        }
    }

    /// Adds what was left out on another page.
    pub(in crate::import::pdf) fn merge(&mut self, other: &Self) {
        self.letters += other.letters;
        if self.sample.is_empty() {
            self.sample.clone_from(&other.sample);
        }
    }
}

/// Counts of what is on one page.
#[derive(Clone, Debug, Default)]
pub(in crate::import::pdf) struct PageCounts {
    /// Glyphs drawn, also those that cannot be seen.
    pub(in crate::import::pdf) glyphs: usize,
    /// Letters in a text mode that shows nothing, or under a picture.
    pub(in crate::import::pdf) invisible: LeftOut,
    /// Glyphs whose characters neither a table nor their name gives.
    pub(in crate::import::pdf) unknown: usize,
    /// Letters outside the visible box or the clipping path.
    pub(in crate::import::pdf) outside: LeftOut,
    /// Letters in layers that are off.
    pub(in crate::import::pdf) off: LeftOut,
    /// Letters in the colour of their ground.
    pub(in crate::import::pdf) white: LeftOut,
    /// Letters under something that was drawn later.
    pub(in crate::import::pdf) covered: LeftOut,
    /// Letters of lines that are neither level nor at right angles to that.
    pub(in crate::import::pdf) slanted: LeftOut,
    /// Letters of watermarks, by their tag.
    pub(in crate::import::pdf) stamped: LeftOut,
    /// The number of letters by the quarters by which their lines are turned counter-clockwise.
    pub(in crate::import::pdf) turned: [usize; 4],
}

impl PageCounts {
    /// Adds the counts of another page.
    pub(in crate::import::pdf) fn merge(&mut self, other: &Self) {
        self.glyphs += other.glyphs;
        self.invisible.merge(&other.invisible);
        self.unknown += other.unknown;
        self.outside.merge(&other.outside);
        self.off.merge(&other.off);
        self.white.merge(&other.white);
        self.covered.merge(&other.covered);
        self.slanted.merge(&other.slanted);
        self.stamped.merge(&other.stamped);
        for (sum, count) in self.turned.iter_mut().zip(other.turned) {
            *sum += count;
        }
    }
}
