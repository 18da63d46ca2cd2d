//! The debates data set into a library: its layouts and faults, kills, the real texts.
//!
//! Every sentence in the sets made here is invented.

#![allow(clippy::unwrap_used, clippy::panic)]

mod editions;
mod ends;
mod faults;
mod real;

use crate::archive as kit;
