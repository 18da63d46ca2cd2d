//! app
pub mod wrap;
