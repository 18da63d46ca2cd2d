//! The tables of facts: against their JSON by a plain second implementation, joined by date, and by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod council;
mod joins;
mod names;
mod plain;
mod tables;
mod unxml;
mod voting;
