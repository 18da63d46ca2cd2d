//! The real binary in a pseudo-terminal, from start to end, as a person meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ahead;
mod ending;
mod indexing;
mod keys;
mod libraries;
mod looks;
mod notes;
mod places;
mod reading;
mod real;
mod search;
mod seed;
mod suspend;
mod tasks;
mod tmux;
