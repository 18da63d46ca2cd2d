//! What comes into a library: texts, PDFs, the data set, packs, what is fetched, and damaged files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod archive;
#[allow(dead_code)]
mod command;
mod damaged;
mod dataset;
mod forms;
mod fuzz;
mod get;
mod import_text;
mod packs;
mod pdf;
mod pty;
