//! Questions in, hits out: fuzzy find over everything that has a name, and full text.

pub mod catch_panic;
mod compile;
pub mod concordance;
pub mod find;
pub mod index;
pub mod letters;
mod phrase;
pub mod query;
pub mod results;
pub mod whole_words;
pub mod within;
pub mod words;
