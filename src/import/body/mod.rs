//! The body of a record: lines into directions, statements, paragraphs and votes, for every source.
//!
//! ```text
//! source ── lines ──▶ blocks ──▶ record
//! ```
//!
//! A source gives [`Line`]s with what it knows of them: the printed page, a blank line before, the weight of
//! the letters. Where the weight is known, [`by_style`] decides what a paragraph is, by its letters first
//! and its words second. Elsewhere [`by_words`] does, which also finds where paragraphs end (`shape`). Both
//! hand blocks to one [`BodyBuilder`], and so does the data set, whose texts are statements already.
//!
//! [`Line`]: crate::import::lines::Line

mod builder;
pub mod by_style;
pub mod by_words;
mod shape;

pub use builder::{Block, Body, BodyBuilder, Opening};
