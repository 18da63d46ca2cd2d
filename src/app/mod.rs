//! What all screens share: keys, actions and effects, the arithmetic of windows, wrapping, the data of answers.
//!
//! No files, no threads, no clock and no ratatui `Frame` here. A screen is never named: screens are in
//! `screens`, which uses this room.

pub mod action;
pub mod blocks;
pub mod byte_budget;
pub mod card_line;
pub mod chart;
pub mod cite;
pub mod command;
pub mod coverage;
pub mod explain;
pub mod export;
pub mod fetching;
pub mod filter;
pub mod found;
pub mod geometry;
pub mod help;
pub mod identity;
pub mod item;
pub mod kept;
pub mod keymap;
pub mod last;
pub mod line;
pub mod listed;
pub mod number;
pub mod page;
pub mod pieces;
pub mod position;
pub mod prompt;
pub mod reading_breaks;
pub mod said;
pub mod scan;
pub mod shared;
pub mod shelf;
pub mod tally;
pub mod topic;
pub mod window;
pub mod wrap;
