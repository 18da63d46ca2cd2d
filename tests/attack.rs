//! Attacks on the person who opens a library, on the answers they get and on what they keep. Each test repeats
//! an attack that once succeeded, and the others of its kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, which clippy does not know as such

#[path = "attack/answers.rs"]
mod answers;
#[path = "attack/desk.rs"]
mod desk;
#[path = "attack/formats.rs"]
mod formats;
#[path = "cli/kit.rs"]
#[allow(dead_code)]
mod kit;
#[path = "attack/links.rs"]
mod links;
#[path = "attack/poison.rs"]
mod poison;
mod pty;
#[path = "attack/refusals.rs"]
mod refusals;
#[path = "attack/signals.rs"]
mod signals;
