//! State, actions, keys, and `update`: what a key does, with no terminal near.
//!
//! No files, no threads, no clock and no ratatui `Frame` here; effects are returned as data and
//! carried out by `run`.

pub mod action;
pub mod answers;
pub mod backlinks;
pub mod card;
pub mod cite;
pub mod command;
pub mod compare;
pub mod concordance;
pub mod explain;
pub mod export;
pub mod finder;
pub mod geometry;
pub mod help;
pub mod keymap;
pub mod last;
pub mod line;
pub mod meetings;
pub mod notes;
pub mod number;
pub mod page;
pub mod pieces;
pub mod position;
pub mod ration;
pub mod reader;
pub mod scan;
pub mod search;
pub mod state;
pub mod statements;
pub mod tally;
pub mod told;
mod update;
pub mod window;
pub mod wrap;

pub use state::State;
pub use update::{keep_places, open_at, update};
