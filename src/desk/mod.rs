//! What belongs to the user: places, notes, marks, queries, settings. Private files, never in a
//! library.
//!
//! `DIR/places.json` (DIR is `$XDG_STATE_HOME/spv`, mode 0700, its files 0600) has the shape
//! `{"format": "spv-places/1", "places": […]}` (see [`Place`]): the newest 500 places, each with
//! its words, so that it is found again in another edition. Beside it are `notes.json` ([`notes`]),
//! `marks.json` ([`marks`]), `history.json` ([`history`]), `session.json` ([`session`]) and
//! `drafts.json` ([`drafts`]); `queries.json` ([`queries`]) has the kept queries. Each is written to
//! a temporary file and renamed; links are followed. [`exchange`] carries them to another computer.
//! Two readers at a time take turns with `DIR/desk.lock`, and each adds to what the other wrote.
//! Fields that this version does not know are kept, and one unreadable entry does not affect the
//! others. There is no clock here: callers pass the time.

mod contents;
pub mod drafts;
pub mod exchange;
pub mod history;
mod kept;
pub mod marks;
pub mod notes;
mod places;
pub mod queries;
pub mod session;
pub mod settings;

pub use contents::Unknown;
pub use kept::DeskError;
pub use places::{Desk, PLACES, Place};
