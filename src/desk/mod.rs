//! What belongs to the person: places, notes, marks, what one looked for. Private files, never in a library.
//!
//! `DIR/places.json` (DIR is `$XDG_STATE_HOME/spv`, mode 0700, its files 0600) has the shape
//! `{"format": "spv-places/1", "places": […]}` (see [`Place`]): the newest 500 places, each with the words that stood there, so that it is found
//! again in another edition. Beside it are `notes.json` ([`notes`]), `marks.json` ([`marks`]), `history.json`
//! ([`history`]), `session.json` ([`session`]) and `drafts.json` ([`drafts`]). Each is written beside and renamed, at the end of its links
//! where it is one; two readers at once take turns by `DIR/desk.lock` and each adds to what the other wrote.
//! Fields that this version does not know are kept, and a thing of a list that cannot be read is only that one.
//! There is no clock here: who keeps something gives its time.

mod contents;
pub mod drafts;
pub mod history;
mod kept;
pub mod marks;
pub mod notes;
mod places;
pub mod session;
pub mod settings;

pub use contents::Unknown;
pub use kept::DeskError;
pub use places::{Desk, PLACES, Place};
