//! Record files on disk and inside the binary: reading them, the catalogue of what is there, safe writes.

mod catalogue;
mod decode;
mod encode;
mod files;
mod inside;
mod library;
mod outline;
mod scan;

pub use catalogue::{Catalogue, Entry, Heading, Headings, SpeakerName, usual_file};
pub use files::RECORD_LIMIT;
pub use library::{Library, LibraryError, Problem};
