//! Record files on disk and inside the binary: reading them, the catalogue of what is there, safe writes.
//!
//! Nothing here asks the network or draws a screen, and nothing of the person's own is kept in a
//! library: places and notes are in [`crate::desk`]. Reading never waits for a writer.

pub mod bulk;
mod cache;
mod catalogue;
mod check;
mod decode;
mod encode;
mod error;
mod files;
pub mod get;
mod here;
mod inside;
mod journal;
mod open;
mod outline;
pub mod packs;
mod pieces;
pub mod places;
mod reason;
pub mod references;
pub(crate) mod safe;
mod scan;
mod writer;

pub(crate) use cache::{believed, folders, make_folder, shut_out_everyone};
pub use catalogue::{Catalogue, Entry, Heading, Headings, SpeakerName, usual_file};
pub use check::{Checked, check};
pub(crate) use encode::checksum;
pub use error::LibraryError;
pub use files::RECORD_LIMIT;
pub use here::Replace;
pub use open::{Library, Problem};
pub(crate) use pieces::{pieces, processors, spawn, spawn_some};
pub use places::Places;
pub use reason::reason;
pub use writer::{Stored, Writer};

#[cfg(test)]
mod catalogue_tests;
#[cfg(test)]
mod disk_tests;
