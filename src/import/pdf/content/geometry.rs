//! Matrices and areas (ISO 32000-1, 8.3).

/// The six numbers of a matrix. A point is a row, so the matrix that applies first is on the left.
pub(in crate::import::pdf) type Matrix = [f64; 6];

/// The matrix that changes nothing.
pub(in crate::import::pdf) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The matrix that applies `a` and then `b`.
pub(super) fn multiply(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// Where a matrix puts a point.
pub(super) fn apply(matrix: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

/// A rectangle with upright sides, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::import::pdf) struct Area {
    pub(in crate::import::pdf) left: f64,
    pub(in crate::import::pdf) bottom: f64,
    pub(in crate::import::pdf) right: f64,
    pub(in crate::import::pdf) top: f64,
}

impl Area {
    /// The area that everything is in.
    pub(in crate::import::pdf) const ALL: Self = Self {
        left: f64::NEG_INFINITY,
        bottom: f64::NEG_INFINITY,
        right: f64::INFINITY,
        top: f64::INFINITY,
    };

    /// The area that nothing is in.
    pub(super) const NONE: Self = Self {
        left: f64::INFINITY,
        bottom: f64::INFINITY,
        right: f64::NEG_INFINITY,
        top: f64::NEG_INFINITY,
    };

    /// The area around the four corners of a rectangle after a matrix was applied.
    pub(super) fn of_corners(matrix: &Matrix, [x0, y0, x1, y1]: [f64; 4]) -> Self {
        let mut area = Self::NONE;
        for (x, y) in [(x0, y0), (x1, y0), (x1, y1), (x0, y1)] {
            area.include(apply(matrix, x, y));
        }
        area
    }

    /// Grows the area so that a point is in it.
    pub(super) fn include(&mut self, (x, y): (f64, f64)) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.bottom = self.bottom.min(y);
        self.top = self.top.max(y);
    }

    /// The area that is in both; empty if they do not meet.
    pub(super) fn intersect(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// The area with a margin around it.
    pub(in crate::import::pdf) fn grown(self, margin: f64) -> Self {
        Self {
            left: self.left - margin,
            bottom: self.bottom - margin,
            right: self.right + margin,
            top: self.top + margin,
        }
    }

    /// Whether a point is in the area.
    pub(in crate::import::pdf) fn contains(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.bottom <= y && y <= self.top
    }
}
