//! The loop: threads, signals, effects carried out, the clock.

pub mod answers;
