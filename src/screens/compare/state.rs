//! Two statements side by side, or above one another where the screen is narrow.
//!
//! Each side is a reader of its own. That a position changed is never said.

use crate::app::geometry::Geometry;
use crate::app::page::MEASURE;
use crate::screens::reading::state::Reader;

/// Which side the keys move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Both, line by line.
    #[default]
    Both,
    /// The one remembered first.
    First,
    /// The other.
    Second,
}

impl Side {
    /// The next one Tab goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Both => Self::First,
            Self::First => Self::Second,
            Self::Second => Self::Both,
        }
    }
}

/// The comparison.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The statement remembered first.
    pub first: Reader,
    /// The other one.
    pub second: Reader,
    /// Which of them the keys move.
    pub side: Side,
}

impl Compare {
    /// Two readers at the statements to compare, on a screen of this size.
    pub fn new(first: Reader, second: Reader, geometry: Geometry) -> Self {
        let mut compare = Self { first, second, side: Side::default() };
        compare.set_size(geometry);
        compare
    }

    /// Whether they are side by side on a screen of this size.
    pub fn beside(geometry: Geometry) -> bool {
        geometry.columns >= Geometry::TWO_PANES
    }

    /// Columns of the text of one side, after a margin for its pages.
    pub fn width(geometry: Geometry) -> u16 {
        // Side by side a column stays free before the line between them.
        let (half, free) = match Self::beside(geometry) {
            true => (geometry.columns / 2, 2),
            false => (geometry.columns, 1),
        };
        half.saturating_sub(MARGIN + free).clamp(1, MEASURE)
    }

    /// Rows of the first and of the second side, each with a line for who speaks.
    pub fn heights(geometry: Geometry) -> (usize, usize) {
        let body = geometry.body();
        if Self::beside(geometry) { (body, body) } else { (body / 2, body - body / 2) }
    }

    /// The size of the screen changed.
    pub fn set_size(&mut self, geometry: Geometry) {
        let width = Self::width(geometry);
        let (first, second) = Self::heights(geometry);
        self.first.set_size(width, first.saturating_sub(1));
        self.second.set_size(width, second.saturating_sub(1));
    }

    /// The readers the keys move.
    pub fn moved(&mut self) -> Vec<&mut Reader> {
        match self.side {
            Side::Both => vec![&mut self.first, &mut self.second],
            Side::First => vec![&mut self.first],
            Side::Second => vec![&mut self.second],
        }
    }
}

/// Columns left of the text, for the printed page.
pub const MARGIN: u16 = 4;
