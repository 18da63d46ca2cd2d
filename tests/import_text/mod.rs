//! Text import: real records where they are at hand, invented ones for every rule, and strings of any kind.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod any;
mod invented;
mod neighbours;
mod plain;
mod real;
