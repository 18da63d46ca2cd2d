//! Record files on disk and inside the binary: reading them, the catalogue of what is there, safe writes.

mod catalogue;
mod library;

pub use catalogue::{Catalogue, Entry, Heading};
pub use library::{Library, LibraryError, Problem};
