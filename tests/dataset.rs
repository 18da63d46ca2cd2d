//! The debates data set into a library: its layouts and faults, kills, the real texts.
//!
//! Every sentence in the sets made here is invented.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "dataset/kit.rs"]
#[allow(dead_code)]
mod kit;

#[path = "dataset/ends.rs"]
mod ends;
#[path = "dataset/faults.rs"]
mod faults;
#[path = "dataset/real.rs"]
mod real;
