//! The tables of facts: against their JSON by a plain second implementation, joined by date, and by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "facts/council.rs"]
mod council;
#[path = "facts/joins.rs"]
mod joins;
#[path = "facts/names.rs"]
mod names;
#[path = "facts/plain.rs"]
mod plain;
#[path = "facts/tables.rs"]
mod tables;
