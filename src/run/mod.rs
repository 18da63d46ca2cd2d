//! The loop: threads, signals, effects carried out, the clock.

pub mod answers;
mod reader;

pub use crate::cli::{Options, Start};
pub use reader::reader;
