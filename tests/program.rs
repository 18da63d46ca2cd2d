//! The program itself: its commands, and what a person meets in a terminal, with friendly and hostile input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod attack;
mod cli;
#[allow(dead_code)]
mod command;
mod journeys;
mod kit;
mod linear;
mod pty;
mod terminals;
