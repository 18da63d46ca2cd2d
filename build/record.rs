//! The parts of the crate's `record` that the build needs: how names are folded and numbers written.

#[path = "../src/record/fold.rs"]
#[allow(dead_code)]
pub mod fold;
#[path = "../src/record/varint.rs"]
#[allow(dead_code)]
pub mod varint;
