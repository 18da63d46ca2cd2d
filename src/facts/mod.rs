//! The tables inside the binary: meetings, votes, membership, States.
//!
//! Made at build time by `build.rs` from `data/facts/*.json` into one blob that is read in place:
//! nothing is parsed and nothing allocated until a row is asked for.

pub mod council;
pub mod meetings;
pub mod states;
pub mod votes;
