//! Record files on disk and inside the binary: reading them, the catalogue, safe writes.
//!
//! Only [`get`] uses the network. Nothing that belongs to the user is kept in a library: places and
//! notes are in [`crate::desk`]. Reading never waits for a writer.

pub mod bulk;
mod cache;
mod catalogue;
mod check;
mod error;
mod existing;
pub mod facts;
mod files;
mod folders;
pub mod get;
pub mod keeping;
mod open;
pub mod packs;
mod parallel;
pub mod references;
pub(crate) mod safe;
mod scan;
mod writer;

pub(crate) use catalogue::encode::checksum;
pub use catalogue::{Catalogue, Entry, Heading, Headings, SpeakerName, usual_file};
pub use check::{Checked, DoubtfulRecord, check};
pub(crate) use error::write_advice;
pub use error::{Left, LibraryError, Problem, reason};
pub use existing::Replace;
pub use files::RECORD_LIMIT;
pub use folders::{Folders, expand_home};
pub use keeping::Keeping;
pub(crate) use keeping::{Location, index_locations, is_believed, made_as_open, shut_out_everyone};
pub use open::Library;
pub(crate) use parallel::{parallel_map_with, processors, spawn, spawn_some};
pub(crate) use safe::lock::lock_in;
pub(crate) use safe::{Folder, Held, NotHeld, sync, write_new_private};
pub use writer::{Stored, Writer};
