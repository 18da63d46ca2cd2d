//! The tables inside the binary: meetings, votes, membership, States.
//!
//! Made at build time by `build.rs` from `data/facts/*.json` into one blob that is read in place:
//! nothing is parsed and nothing allocated until a row is asked for. Where the facts come from is
//! in `data/SOURCES.md`. The texts of records are not here; they are in a library.

mod blob;
pub mod checks;
pub mod council;
pub mod fetched;
pub mod groups;
mod inside;
mod key;
pub mod known;
pub mod layer;
mod layout;
pub mod meetings;
pub mod states;
pub mod votes;
pub mod voting;

/// Bytes of the tables inside the binary: rows, texts.
pub fn size() -> (usize, usize) {
    blob::size()
}
