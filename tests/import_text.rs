//! Text import: real records where they are at hand, invented ones for every rule, and strings of any kind.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

#[path = "import_text/any.rs"]
mod any;
#[path = "import_text/invented.rs"]
mod invented;
#[path = "import_text/plain.rs"]
mod plain;
#[path = "import_text/real.rs"]
mod real;
