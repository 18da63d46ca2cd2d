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

/// Which facts an answer rests on: the last day of the meetings, a checksum of the tables inside, and the years that
/// were fetched with their days: `2026-10-08 1a2b3c4d, fetched 2024 on 2026-11-30`.
pub fn edition() -> String {
    let fetched = layer::files().iter().map(|(year, day)| format!(", fetched {year} on {day}"));
    format!("{} {:08x}{}", known::last_day(), blob::checksum(), fetched.collect::<String>())
}

/// Bytes of the tables inside the binary: rows, texts.
pub fn size() -> (usize, usize) {
    blob::size()
}
