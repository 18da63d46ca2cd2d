//! Record files on disk and inside the binary: reading them, the catalogue of what is there, safe writes.
//!
//! Nothing here asks the network or draws a screen, and nothing of the person's own is kept in a
//! library: places and notes are in [`crate::desk`]. Reading never waits for a writer.

mod beside;
pub mod bulk;
mod cache;
mod catalogue;
mod check;
mod decode;
mod encode;
mod error;
mod files;
mod folder;
pub mod get;
mod here;
mod inside;
mod journal;
mod lock;
mod open;
mod outline;
pub mod owner;
pub mod packs;
mod pieces;
pub mod places;
mod reason;
pub mod references;
pub(crate) mod safe;
mod scan;
mod writer;

pub use cache::Keeping;
pub(crate) use cache::{Place, believed, made_as_open, places_of_index, shut_out_everyone};
pub use catalogue::{Catalogue, Entry, Heading, Headings, SpeakerName, usual_file};
pub use check::{Checked, check};
pub(crate) use encode::checksum;
pub use error::LibraryError;
pub use files::RECORD_LIMIT;
pub(crate) use folder::{Folder, sync};
pub use here::Replace;
pub(crate) use lock::{Held, NotHeld, lock};
pub use open::{Library, Problem};
pub(crate) use pieces::{pieces, processors, spawn, spawn_some};
pub use places::{Places, home_opened};
pub use reason::reason;
pub use safe::Left;
pub use writer::{Stored, Writer};

#[cfg(test)]
mod catalogue_tests;
#[cfg(test)]
mod disk_tests;
