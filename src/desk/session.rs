//! The records that stood open when the reader was left, for `spv --resume`.
//!
//! `DIR/session.json` has the shape `{"format": "spv-session/1", "open": […]}`, the one read last
//! at the end. Of two readers at once the one left last is resumed.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::kept::{self, Kept, Shape};
use super::{DeskError, Place};

#[derive(Debug, Default, Serialize, Deserialize)]
struct Session {
    open: Vec<Place>,
}

impl Kept for Session {
    const SHAPE: Shape = Shape {
        file: "session.json",
        format: "spv-session",
        one: "session",
        many: "sessions",
        limit: 4 << 20,
    };
}

/// The places that stood open, and a line where a damaged file was kept aside.
///
/// # Errors
/// One line when the file may not be read or is of a later version; it is left as it is.
pub fn last(dir: &Path) -> Result<(Vec<Place>, Option<String>), String> {
    kept::read::<Session>(dir).map(|(kept, warning)| (kept.open, warning))
}

/// Keeps the places that stand open, instead of those of the session before.
///
/// # Errors
/// When it cannot be written; those of the session before are unchanged.
pub fn keep(dir: &Path, open: Vec<Place>) -> Result<(), DeskError> {
    kept::change(dir, |kept: &mut Session| kept.open = open).map(drop)
}
