//! Attacks on the person who opens a library, on the answers they get and on what they keep. Each test repeats
//! an attack that once succeeded, and the others of its kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod answers;
mod desk;
mod formats;
mod links;
mod poison;
mod refusals;
mod signals;

use crate::command as kit;
use crate::pty;
