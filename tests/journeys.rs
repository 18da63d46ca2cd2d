//! The real binary in a pseudo-terminal, from start to end, as a person meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pty;

#[path = "journeys/reading.rs"]
mod reading;

#[path = "journeys/looks.rs"]
mod looks;

#[path = "journeys/keys.rs"]
mod keys;

#[path = "journeys/ahead.rs"]
mod ahead;

#[path = "journeys/ending.rs"]
mod ending;

#[path = "journeys/suspend.rs"]
mod suspend;

#[path = "journeys/places.rs"]
mod places;

#[path = "journeys/notes.rs"]
mod notes;

#[path = "journeys/libraries.rs"]
mod libraries;

#[path = "journeys/indexing.rs"]
mod indexing;

#[path = "journeys/tasks.rs"]
mod tasks;

#[path = "journeys/real.rs"]
mod real;
#[path = "journeys/search.rs"]
mod search;

#[path = "journeys/tmux.rs"]
mod tmux;
