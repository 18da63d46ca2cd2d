//! Other people's formats into records: bytes in, records and warnings out.
//!
//! No network, no terminal and no clock here; reading the files is the caller's.

pub mod address;
pub mod behalf;
pub mod capacity;
pub mod dataset;
pub mod direction;
pub mod invitation;
pub mod pdf;
pub mod tar;
pub mod text;
pub mod vote;
pub mod words;
