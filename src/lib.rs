//! `spv` reads the verbatim records of the United Nations Security Council in a
//! terminal: meetings, statements, votes and fuzzy find, offline and by keyboard.
//!
//! The rooms are in this order; each may use only those above it, and a test
//! (`tests/walls.rs`) reads the sources and holds that. `ARCHITECTURE.md` is the map.

pub mod record;

pub mod facts;

pub mod import;

pub mod library;

pub mod desk;

pub mod search;

pub mod app;

pub mod ui;

pub mod screens;

pub mod terminal;

pub mod cli;

pub mod run;
