//! The part of the crate's `record` that names are folded with, so that there is one rule.

#[path = "../src/record/fold.rs"]
#[allow(dead_code)]
pub mod fold;
