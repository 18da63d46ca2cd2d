//! The PDF importer: on records made here, on damaged files, and on real records where they are.
//! All sentences in the records made here are invented.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod crypt;
pub mod damage;
pub mod editions;
pub mod glyphs;
pub mod hostile;
pub mod kinds;
pub mod make;
pub mod read;
pub mod real;
pub mod seen;
pub mod sheets;
