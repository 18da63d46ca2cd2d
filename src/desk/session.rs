//! The records that were open when the reader was closed, for `spv --resume`.
//!
//! `DIR/session.json` has the shape `{"format": "spv-session/1", "open": […]}`, the one read last
//! at the end. Of two readers the one closed last is resumed.

use std::path::Path;

use super::contents::{Contents, Entry, Kept, Shape};
use super::kept::{self, DeskError};
use super::places::{Place, same_edition};

#[derive(Debug)]
struct Session;

impl Kept for Session {
    type Item = Place;
    const SHAPE: Shape = Shape {
        file: "session.json",
        format: "spv-session",
        field: "open",
        named: false,
        one: "session",
        many: "sessions",
        limit: 4 << 20,
    };
}

/// The places that were open, and a warning if a damaged file was renamed.
///
/// # Errors
/// One line if the file cannot be read or is of a later version; it is left unchanged.
pub fn last(dir: &Path) -> Result<(Vec<Place>, Option<String>), String> {
    let (kept, warning) = kept::read::<Session>(dir)?;
    Ok((kept.entries.into_iter().map(|entry| entry.item).collect(), warning))
}

/// Keeps the open places, replacing those of the previous session.
///
/// # Errors
/// If it cannot be written; those of the previous session are unchanged.
pub fn keep(dir: &Path, open: Vec<Place>) -> Result<(), DeskError> {
    let replaced = |kept: &mut Contents<Session>| {
        let before = std::mem::take(&mut kept.entries);
        let unknown = |place: &Place| {
            let known = before.iter().find(|known| same_edition(&known.item, place));
            known.map(|known| known.unknown.clone()).unwrap_or_default()
        };
        let open = open.into_iter();
        kept.entries =
            open.map(|place| Entry { unknown: unknown(&place), ..place.into() }).collect();
    };
    kept::change(dir, replaced).map(drop)
}
