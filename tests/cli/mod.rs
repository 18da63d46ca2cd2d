//! The commands, on the real binary: what they answer, how they end, and that no text from a record
//! leaves them as a control. All sentences in the records here are invented.

#![allow(clippy::unwrap_used)]

mod answers;
mod ends;
mod examples;
mod hostile;
mod kept;
mod quick;
mod tables;
mod terminal;

use crate::command as kit;
